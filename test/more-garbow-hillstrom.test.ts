/**
 * Public test problems in natural math, at their standard starts: values as published, Jacobians, gradients and Hessians those of
 * hyper-dual numbers. The same text runs three times: as plain numbers without the transformer, as hyper-dual and as tracked numbers.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { grad, hessian, hvp, jacobian, type NumberWithGrad, valueAndGrad } from '../runtime/index.ts'
import { type HyperDual, hessianOf, jacobianOf } from './hyper-dual.ts'
import { problems, programText } from './more-garbow-hillstrom.ts'
import { inThreeNumbers } from './three-numbers.ts'

interface Functions<N> {
  readonly starts: number[][]
  readonly residuals: ((x: readonly N[]) => (N | number)[])[]
  readonly squares: ((x: readonly N[]) => N)[]
}

let plain: Functions<number>
let oracle: Functions<HyperDual>
let tracked: Functions<NumberWithGrad>
beforeAll(() => {
  const found = inThreeNumbers(programText)
  plain = found.plain as Functions<number>
  oracle = found.oracle as Functions<HyperDual>
  tracked = found.tracked as Functions<NumberWithGrad>
})

/** Equal to 12 digits of the largest number in the row: a sum of squares of 10¹² has no more in its small derivatives. */
function expectClose(found: readonly number[], expected: readonly number[], digits = 12) {
  const scale = Math.max(1e-300, ...expected.map(Math.abs))
  expect(found.length).toBe(expected.length)
  found.forEach((y, i) => {
    expect(Math.abs(y - expected[i]!) / scale, `${found} for ${expected}`).toBeLessThanOrEqual(10 ** -digits)
  })
}
const expectCloseRows = (found: readonly (readonly number[])[], expected: readonly (readonly number[])[]) => {
  expect(found.length).toBe(expected.length)
  found.forEach((row, i) => {
    expectClose(row, expected[i]!)
  })
}

describe.each(problems.map((problem, at) => [problem[0], at, problem] as const))('%s', (_name, at, [, n, m, f]) => {
  test('the value at the standard start is the published one, plain and tracked', () => {
    const x = plain.starts[at]!
    expect([x.length, plain.residuals[at]!(x).length]).toEqual([n, m])
    expectClose([plain.squares[at]!(x)], [f], 7)
    const [value, gradient] = valueAndGrad(tracked.squares[at]!)(x)
    expectClose([value], [plain.squares[at]!(x)], 14)
    expectClose(gradient as number[], jacobianOf(x => [oracle.squares[at]!(x)], x)[0]!)
  })

  test('Jacobian, gradient and Hessian are those of hyper-dual numbers', () => {
    const x = plain.starts[at]!
    const rows = jacobianOf(oracle.residuals[at]!, x)
    expectCloseRows(jacobian(tracked.residuals[at]!)(x) as number[][], rows)
    const values = plain.residuals[at]!(x)
    // ∇ Σ r² = 2 Jᵀ r
    const gradient = x.map((_, j) => 2 * rows.map((row, i) => row[j]! * values[i]!).reduce((a, b) => a + b))
    expectClose(grad(tracked.squares[at]!)(x) as number[], gradient)
    const second = hessianOf(oracle.squares[at]!, x)
    expectCloseRows(hessian(tracked.squares[at]!)(x) as number[][], second)
    const direction = x.map((_, j) => 1 / (j + 1))
    const product = second.map(row => row.map((y, j) => y * direction[j]!).reduce((a, b) => a + b))
    expectClose(hvp(tracked.squares[at]!)(x, direction) as number[], product)
  })
})
