/** Gradients that are 0 wherever they are taken: a warning at the parameter, none where the result depends on it in any other way. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { transform } from '../../transformer/index.ts'
import { compile, programOf, shown } from '../compile.ts'

/** A function, and what is said of it: the parameter, and why. */
const rows: readonly (readonly [f: string, said?: string, why?: string])[] = [
  ['(x: number) => Math.floor(x) * 2', 'x', 'depends on it only through `Math.floor` in line 2'],
  ['(x: number) => Math.floor(x) * 2 + x'],
  ['(x: number) => Math.round(x) * Math.sign(x)', 'x', 'only through `Math.round`'],
  ['(x: number) => x - x'],
  ['(x: number) => (x > 0 ? 1 : 0)', 'x', 'only through a comparison'],
  ['(x: number) => (x > 0 ? x : 0)'],
  ['(x: number, rate: number) => x * x', 'rate', 'does not depend on it'],
  ['(x: number, _rate: number) => x * x'],
  ['(x: number, rate: number) => x * detach(rate)'],
  ['(x: number[], k: number) => x[k]! ** 2', 'k', 'only through an index'],
  ['(x: number[], k: number) => x[k]! ** 2 * k'],
  ['(x: number[]) => x.length', 'x', 'does not depend on it'],
  ['(x: number[]) => { const y = [0]; y[0] = x[0]!; return y[0]! }'],
  ['(x: number[]) => { let n = 0; for (const v of x) if (v > 1) n++; return n }', 'x', 'only through a comparison'],
  ['(x: number[]) => { let n = 0; for (const v of x) if (v > 1) n += v; return n }'],
  ['(x: number[]) => x.map(v => Math.trunc(v)).reduce((a, b) => a + b)', 'x', 'only through `Math.trunc`'],
  ['({ a, b }: { a: number; b: number }) => a * 2 + Math.floor(b)'],
  // a field that is overwritten counts as read: no alarm rather than a false one
  ['(x: number, p: { a: number }) => { const q = { ...p }; q.a = x; return q.a }'],
  ['(x: number) => { const go = (k: number, y: number): number => (k === 0 ? y : go(k - 1, y * 2)); return go(2, x) }'],
  [
    '(x: number) => { const go = (k: number, y: number): number => (k === 0 ? 1 : go(k - 1, y * 2)); return go(2, x) }',
    'x',
    'does not depend on it',
  ],
  ['(x: number) => 3', 'x', 'does not depend on it'],
  ['(x: number[]) => [x[0]!, 1]'],
  ['(x: number) => area(x, 2)'],
  ['(x: number) => Math.hypot(x, Math.ceil(x))'],
] // prettier-ignore

const text = rows.map(
  ([f], i) => `import { customRule, detach, grad, vjp } from 'tsgrad'
const f = ${f}
const area = customRule({ name: 'area', value: (w: number, h: number) => w * h, partials: (w, h) => [h, w] })
export const g${i} = vjp(f), d${i} = detach(1), a${i} = area(1, 2)
`,
)

const warnings: ts.Diagnostic[] = []
test('each is said once, and ends no build', () => {
  const { program, host } = programOf(Object.fromEntries(text.map((each, i) => [`f${i}.ts`, each])))
  const lowered = transform(ts, program, host, each => warnings.push(each))
  expect(lowered.getSemanticDiagnostics().map(shown)).toEqual([])
  expect(new Set(warnings.map(each => `${each.category} ${each.code} ${each.source}`))).toEqual(
    new Set([`${ts.DiagnosticCategory.Warning} 94010 tsgrad`]),
  )
})

test.each(rows.map((row, i) => [row[0], i, row] as const))('%s', (_, i, [, said, why]) => {
  const own = warnings.filter(({ file }) => file!.fileName.endsWith(`/f${i}.ts`)).map(shown)
  expect(own.length, own.join('\n')).toBe(said === undefined ? 0 : 1)
  if (said === undefined) return
  expect(own[0]).toContain(`"${said}" TS94010 The gradient of 'f' by '${said}' is 0: the result`)
  expect(own[0]).toContain(why!)
})

test('two verbs of one function say it once, and a function of another file at the call', () => {
  const found: string[] = []
  const { program, host } = programOf({
    'far.ts': 'export const far = (x: number, k: number) => x\n',
    'main.ts':
      "import { grad, hessian } from 'tsgrad'\nimport { far } from './far.ts'\nexport const all = [grad(far), hessian(far), grad(far, { by: 0 })]\n",
  })
  transform(ts, program, host, each => found.push(shown(each)))
  expect(found.length).toBe(1)
  expect(found[0]).toMatch(/^3:\d+ "far" TS94010/)
})

test('an error is no warning', () => {
  const { diagnostics } = compile({
    'main.ts': "import { grad } from 'tsgrad'\nexport const g = grad((x: number) => Number(x))\n",
  })
  expect(diagnostics.map(({ category, code }) => [category, code])).toEqual([[ts.DiagnosticCategory.Error, 94001]])
})
