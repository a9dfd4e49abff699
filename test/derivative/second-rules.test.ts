/** Second derivatives of each rule, compiled and by the tape: the same at ordinary points, at kinks and at the ends of domains. */
import { expect, test } from 'vitest'
import { rules } from '../../runtime/rules/rules.ts'
import { compile, run, shown } from '../compile.ts'
import { countOr, seed } from '../random.ts'

const points = [-2, -1, -0.5, -0, 0, 0.5, 1, 2, Number.POSITIVE_INFINITY, Number.NaN]

function written(key: string, operands: readonly string[]): string {
  if (key.startsWith('Math.')) return `${key}(${operands.join(', ')})`
  return key.startsWith('unary ') ? `-${operands[0]}` : `(${operands.join(` ${key} `)})`
}
const inner = Object.values(rules).flatMap(({ keys, arity }) =>
  (keys as readonly string[]).flatMap(key =>
    arity === 1
      ? [written(key, ['x'])]
      : [written(key, ['x', 'y']), written(key, ['x', 'x']), written(key, ['2', 'y'])],
  ),
)
const all = [
  ...inner.flatMap(r => [r, `${r} * y`, `Math.sqrt(${r})`, `${r} * ${r}`]),
  'x ** 2 * y ** 3',
  'x ** 0 + x ** 1 + x ** 2 + x ** 3',
  'Math.max(x, y, 1) * x * y',
  'Math.max(Math.floor(x), 0) * y',
  'Math.abs(Math.floor(x)) * y',
  'Math.floor(x) ** 2',
  'Math.floor(Math.sign(x) * y)',
  'Math.floor(0.5 * Math.sign(x) + 0.3) * y',
  'Math.sign(Math.floor(x)) * y',
  'Math.floor(x * Math.sign(y) + 0.5) * y',
  'Math.floor(Math.floor(x) * y) * x',
  'Math.round(Math.abs(x)) * x * y',
  'Math.hypot(x, y, 1) * x',
  '5 - Math.sqrt(x) ** 2',
]

/** `npm test` tries a fourth of them, others each time; `node scripts/full.mjs 'second rules'` tries all. */
const count = countOr(Math.ceil(all.length / 4))
const bodies = Array.from({ length: Math.min(count, all.length) }, (_, i) => all[(seed + i) % all.length]!)

/** Both engines give a finite number, or neither: the order of additions decides whether it is Infinity or NaN. */
const isSame = (a: number, b: number) =>
  Number.isFinite(a) ? Math.abs(a - b) <= 1e-14 + 1e-12 * Math.max(Math.abs(a), Math.abs(b)) : !Number.isFinite(b)

test(`${bodies.length} compiled Hessians from seed ${seed} are those of the tape`, () => {
  const text = [
    "import { hessian, type NumberWithGrad, type Numeric } from 'tsgrad'",
    ...bodies.map((body, i) => `export const plain${i} = hessian((x: number, y: number) => ${body})`),
    ...bodies.map(
      (body, i) => `export const taped${i} = hessian((x: NumberWithGrad, y: NumberWithGrad): Numeric => ${body})`,
    ),
  ].join('\n')
  const compiled = compile({ 'main.ts': text }, { declaration: false })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  const made = run(compiled.emit().get('main.js')!) as Record<string, (x: number, y: number) => number[][]>
  const different: string[] = []
  let compared = 0
  for (const [i, body] of bodies.entries())
    for (const x of points)
      for (const y of points) {
        // three operands: where one is infinite, the tape multiplies in another order
        if (body.includes(', 1)') && !Number.isFinite(x + y)) continue
        const [found, expected] = [made[`plain${i}`]!(x, y).flat(), made[`taped${i}`]!(x, y).flat()]
        compared++
        if (found.length !== 4 || !found.every((each, k) => isSame(each, expected[k]!)))
          different.push(`${body} at ${x}, ${y}: ${found} for ${expected}`)
      }
  expect(different).toEqual([])
  expect(compared).toBeGreaterThan(50 * bodies.length)
})
