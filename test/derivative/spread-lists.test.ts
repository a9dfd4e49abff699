/** `Math.max`, `min` and `hypot` of lists that are spread: at ties, edges and elsewhere the derivatives are the tape's, of both orders. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

/** Bodies for both engines: on the tape a list is spread behind a tracked number. */
const bodies = [
  'Math.max(x[0]!, ...x.slice(1))',
  'Math.min(x[0]!, ...x.slice(1))',
  'Math.hypot(x[0]!, ...x.slice(1))',
  'Math.max(x[0]!, ...x) * Math.min(x[1]!, ...x.slice(0, 2), x[2]!)',
  'Math.max(x[0]! * x[1]!, ...x.map(v => v * v), x[2]!) ** 2',
  'Math.hypot(x[0]! * x[1]!, ...x, 2) * Math.exp(Math.max(x[2]!, ...x))',
]

const text = [
  "import { grad, hessian, jvp, NumberWithGrad } from 'tsgrad'",
  ...bodies.flatMap((body, i) =>
    ['number', 'NumberWithGrad'].map((type, k) => {
      const f = `(x: ${type}[]) => ${body}`
      return `export const ${'pt'[k]}${i} = [grad(${f}), hessian(${f}), jvp(${f})] as const`
    }),
  ),
  ...bodies.map((body, i) => `export const v${i} = (x: number[]) => ${body}`),
].join('\n')
const compiled = compile({ 'main.ts': text }, { declaration: false })
type Verb = (...args: readonly unknown[]) => unknown
const made = run(compiled.emit().get('main.js')!) as Record<string, readonly Verb[] & Verb>

const numbers = [0, -0, 1, 1, 2, 2, -1, -2, 0.1, 3e200, Infinity, -Infinity, NaN]
const isOrdinary = (x: readonly number[]) => x.every(each => Math.abs(each) < 1e100)
const points = Array.from({ length: 400 }, (_, i) =>
  [1, 7, 31].map(step => numbers[(i * step + (i >> 3) * 5 + (step >> 2)) % numbers.length]!),
)

const flat = (value: unknown): number[] => [value].flat(3) as number[]
/** The first number that differs by more than its last digits. */
const differs = (found: unknown, expected: unknown) => {
  const [a, b] = [flat(found), flat(expected)]
  return a.some(
    (x, i) => !Object.is(x + 0, b[i]! + 0) && !(Math.abs(x - b[i]!) <= 1e-13 * Math.max(1, Math.abs(b[i]!))),
  )
}

test('the program compiles', () => {
  expect(compiled.diagnostics.map(shown)).toEqual([])
})

test.each(bodies.map((body, i) => [body, i] as const))('%s', (_, i) => {
  const faults: unknown[] = []
  let ties = 0
  // in products Infinity has conventions of its own
  for (const x of i < 3 ? points : points.filter(isOrdinary)) {
    const args = [[x], [x], [x, [1, -2, 0.5]]]
    const [plain, taped] = [made[`p${i}`]!, made[`t${i}`]!].map(verbs => verbs.map((verb, k) => verb(...args[k]!)))
    for (const [k, each] of plain!.entries())
      if (differs(each, taped![k])) faults.push({ x, k, each, taped: taped![k] })
    if (new Set(x).size < 3) ties++
    expect((plain![2] as number[])[0]).toBe(made[`v${i}`]!(x))
  }
  expect(faults.slice(0, 3)).toEqual([])
  expect(ties).toBeGreaterThan(50)
})
