/** checkGrad of functions on plain numbers: right ones pass to the second order, wrong derivatives of each kind are named. */
import { expect, test } from 'vitest'
import { differentiable } from '../../runtime/index.ts'
import * as inspect from '../../runtime/inspect.ts'
import { compile, run, shown } from '../compile.ts'

const { checkGrad } = inspect

const rows: readonly (readonly [f: string, args: readonly unknown[]])[] = [
  ['(x: number) => Math.sin(x) * x', [0.7]],
  ['(x: number[]) => x[0]! ** x[1]! / x[2]!', [[1.5, 2.5, -300]]],
  ['(x: Float64Array) => x[0]! * x[1]!', [Float64Array.of(2, 3)]],
  ['({ w, b }: { w: number[]; b: number }, c: number) => Math.exp(b * w[0]!) / c', [{ w: [2], b: 0.1 }, 3]],
  ['(x: number[]) => { let s = 0; for (const v of x) s += v * v; return Math.sqrt(s) }', [[3, 4]]],
  ['(x: number) => 1e8 + x - 1e8', [3]],
]

test('agrees to the second order, in every shape that grad takes', () => {
  const { diagnostics, lowered, emit } = compile({
    'main.ts': `import { checkGrad } from 'tsgrad/inspect'
${rows.map(([f], i) => `export const check${i} = checkGrad(${f})`).join('\n')}
export const one = (x: number) => checkGrad((v: number) => v ** 3, x)
export const list = (xs: number[]) => checkGrad((v: number[]) => v[0]! * v[1]!, xs, { order: 1 })
`,
  })
  expect(diagnostics.map(shown)).toEqual([])
  expect(lowered().match(/\{ grad: /g)?.length).toBe(rows.length + 2)
  const made = run(emit().get('main.js')!, { 'tsgrad/inspect': inspect }) as Record<
    string,
    (...args: readonly unknown[]) => unknown
  >
  for (const [i, [, args]] of rows.entries()) expect(made[`check${i}`]!(...args)).toEqual({ order: 2, notes: [] })
  expect(made.one!(2)).toEqual({ order: 2, notes: [] })
  expect(made.list!([2, 3])).toEqual({ order: 1, notes: [] })
})

/** x³ with factors for its derivatives. */
const cube = (reverse: number, forward: number, second: number) =>
  differentiable(
    (x: number) => x ** 3,
    {
      grad: (_, seed, x) => [x ** 3, [reverse * seed(x ** 3) * 3 * x * x]],
      jvp: (_, x, xDot) => [x ** 3, forward * 3 * x * x * xDot],
      hvp: (_, seed, x, xDot) => [3 * x * x * xDot, [second * seed(3 * x * x * xDot) * 6 * x * xDot]],
    },
    2,
  )

test('a wrong derivative is named, whichever way it was found', () => {
  expect(checkGrad(cube(1, 1, 1), 2)).toEqual({ order: 2, notes: [] })
  expect(() => checkGrad(cube(1.001, 1, 1), 2)).toThrow(/do not agree with central differences\.\n.*reverse.*\n> x /)
  expect(() => checkGrad(cube(1, 1.001, 1), 2)).toThrow(/do not agree with central differences\.\n/)
  expect(() => checkGrad(cube(1, 1, 1.001), 2)).toThrow(/second derivatives .*\n\s+hvp\s+numeric\n> x, gradient/)
  expect(checkGrad(cube(1, 1, 1.001), 2, { order: 1 })).toEqual({ order: 1, notes: [] })
})

test('at a kink a derivative of either side is right, with a note', () => {
  const f = differentiable(
    (x: number) => Math.abs(x),
    {
      grad: (_, seed, x) => [Math.abs(x), [seed(x) * (x < 0 ? -1 : 1)]],
      jvp: (_, x, xDot) => [Math.abs(x), (x < 0 ? -1 : 1) * xDot],
    },
    2,
  )
  expect(checkGrad(f, 0, { order: 1 }).notes.join()).toMatch(/^x: /)
})
