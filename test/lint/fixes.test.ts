/** What `--fix` writes in place of a formula computes the same, to rounding, with the same gradients. */
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, test } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { NumberWithGrad } from '../../runtime/index.ts'
import { compile, run, shown } from '../compile.ts'
import { Project } from '../hosts/project.ts'

const project = new Project({ 'src/main.ts': '' })
const eslint = new ESLint({
  cwd: project.root,
  overrideConfigFile: true,
  overrideConfig: tsgrad.configs.strict,
  fix: true,
})

/** Each formula is one that the rule must change; `x` and `y` are tracked. */
const formulas = [
  'Math.log(1 + Math.exp(x))',
  'Math.log(Math.exp(x * y) + 1) * x',
  'Math.log1p(Math.exp(x - y))',
  '1 / (1 + Math.exp(-x))',
  'x * (1 / (Math.exp(x * y) + 1))',
  'Math.exp(x) / (1 + Math.exp(x))',
  'Math.log(1 / (1 + Math.exp(-x)))',
  '-(y * Math.log(1 / (1 + Math.exp(-x))) + (1 - y) * Math.log(1 - 1 / (1 + Math.exp(-x))))',
  'Math.sqrt(1 + x * x + y * y)',
  'Math.sqrt((x - y) ** 2 + y ** 2 + 1)',
  'Math.log(1 + x * x)',
  'Math.log(1 - x * x / 10)',
  'Math.exp(x) - 1',
  'Math.log(Math.exp(x) + Math.exp(y) + Math.exp(x * y))',
]
const points = [
  [0.5, -1.25],
  [-2, 0.75],
  [1e-3, 2.5],
  [1.75, 1.5],
] as const

const moduleOf = (bodies: readonly string[]) =>
  [
    "import { NumberWithGrad } from 'tsgrad'",
    ...bodies.map((body, i) => `export const f${i} = (x: NumberWithGrad, y: NumberWithGrad) => ${body}`),
  ].join('\n')

type Functions = Record<string, (x: NumberWithGrad, y: NumberWithGrad) => NumberWithGrad>

function compiled(text: string): Functions {
  const result = compile({ 'main.ts': text })
  expect(result.diagnostics.map(shown)).toEqual([])
  return run(result.emit().get('main.js')!) as Functions
}

function valueAndGradients(f: Functions[string], [x0, y0]: readonly [number, number]): number[] {
  const [x, y] = [new NumberWithGrad(x0), new NumberWithGrad(y0)]
  const result = f(x, y)
  result.backward()
  return [result.num, x.grad ?? 0, y.grad ?? 0]
}

test('every formula is written with its stable function, and gives the same value and gradients', async () => {
  const before = moduleOf(formulas)
  const [result] = await eslint.lintText(before, { filePath: join(project.root, 'src/main.ts') })
  expect(result!.messages).toEqual([])
  const after = result!.output!
  const [old, fixed] = [before, after].map(text => text.split('\n').slice(1))
  expect(fixed!.filter((line, i) => line === old![i])).toEqual([])
  expect(after).not.toMatch(/Math\.(?:exp|log|sqrt)\(/)
  const [first, second] = [compiled(before), compiled(after)]
  let compared = 0
  for (const name of Object.keys(first))
    for (const point of points) {
      const [expected, given] = [first, second].map(functions => valueAndGradients(functions[name]!, point))
      for (const [i, value] of expected!.entries()) {
        expect(Math.abs(given![i]! - value), `${name} at ${point}: ${given} for ${expected}`).toBeLessThan(
          1e-12 * (1 + Math.abs(value)),
        )
        compared++
      }
    }
  expect(compared).toBe(formulas.length * points.length * 3)
})

test('where the formula fails, what it is fixed to does not', async () => {
  const before = moduleOf([
    'Math.log(1 + Math.exp(x))',
    'Math.exp(x) / (1 + Math.exp(x))',
    'Math.sqrt(x * x + y * y + 1)',
  ])
  const [result] = await eslint.lintText(before, { filePath: join(project.root, 'src/main.ts') })
  const { f0, f1, f2 } = compiled(result!.output!)
  const broken = compiled(before)
  expect(valueAndGradients(broken.f0!, [800, 0]).some(each => !Number.isFinite(each))).toBe(true)
  expect(valueAndGradients(f0!, [800, 0])).toEqual([800, 1, 0])
  expect(valueAndGradients(broken.f1!, [800, 0])[0]).toBeNaN()
  expect(valueAndGradients(f1!, [800, 0])[0]).toBe(1)
  expect(valueAndGradients(broken.f2!, [3e200, 4e200])[0]).toBe(Number.POSITIVE_INFINITY)
  expect(valueAndGradients(f2!, [3e200, 4e200])[0]).toBeCloseTo(5e200, -190)
})

test('a comparator, an index, a comparison and a sum of losses are changed to code that compiles and uses the values', async () => {
  const before = [
    "import { NumberWithGrad } from 'tsgrad'",
    'const xs = [3, 1, 2].map(x => new NumberWithGrad(x))',
    'xs.sort((p, q) => p - q)',
    'export const sorted = xs.map(x => x.num)',
    'export const second = sorted[xs[0]! * 1]',
    'export const same = xs[0]! * 2 === xs[1]!',
    'let total = new NumberWithGrad(0)',
    'for (const x of xs) { const loss = x * x; loss.backward(); total += loss }',
    'export const shown = `${total.num / 3}`',
  ].join('\n')
  const filePath = join(project.root, 'src/main.ts')
  const text = await withSuggestions(before, filePath)
  expect(run(compile({ 'main.ts': text }).emit().get('main.js')!)).toEqual({
    sorted: [1, 2, 3],
    second: 2,
    same: true,
    shown: String(14 / 3),
  })
  expect(compile({ 'main.ts': text }).diagnostics.map(shown)).toEqual([])
  expect(compile({ 'main.ts': before }).diagnostics.length).toBeGreaterThan(0)
})

/** A text with its fixes, and then with each suggestion, the last one first. */
async function withSuggestions(before: string, filePath: string): Promise<string> {
  const [result] = await eslint.lintText(before, { filePath })
  const suggestions = result!.messages.map(({ suggestions }) => suggestions![0]!.fix)
  expect(suggestions).toHaveLength(3)
  return suggestions.reduceRight(
    (text, { range: [start, end], text: replacement }) => text.slice(0, start) + replacement + text.slice(end),
    result!.output!,
  )
}
