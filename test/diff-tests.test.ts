/**
 * The functions of numbers and vectors that DiffTests.jl collects for tools of differentiation, in natural math: values those of plain
 * numbers without the transformer, Jacobians, gradients and Hessians those of hyper-dual numbers. Matrices are lists of their rows.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { grad, hessian, jacobian, jvp, type NumberWithGrad, vjp } from '../runtime/index.ts'
import { diffTests, rows } from './diff-tests.ts'
import { type HyperDual, hessianOf, jacobianOf } from './hyper-dual.ts'
import { inThreeNumbers } from './three-numbers.ts'

interface Functions<N> {
  readonly results: ((x: readonly N[]) => (N | number)[])[]
  readonly weighted: ((x: readonly N[]) => N)[]
}

let plain: Functions<number>
let oracle: Functions<HyperDual>
let tracked: Functions<NumberWithGrad>
beforeAll(() => {
  const found = inThreeNumbers(diffTests)
  plain = found.plain as Functions<number>
  oracle = found.oracle as Functions<HyperDual>
  tracked = found.tracked as Functions<NumberWithGrad>
})

function expectClose(found: readonly number[], expected: readonly number[]) {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(found.length).toBe(expected.length)
  found.forEach((y, i) => {
    expect(Math.abs(y - expected[i]!) / scale, `${found} for ${expected}`).toBeLessThanOrEqual(1e-13)
  })
}

describe.each(rows.map(([name, x], at) => [name, at, x] as const))('%s', (_name, at, x) => {
  test('values and Jacobian, by rows, by columns and whole', () => {
    const f = tracked.results[at]!
    const expected = jacobianOf(oracle.results[at]!, x)
    const values = plain.results[at]!(x)
    const whole = jacobian(f)([...x]) as number[][]
    expect(whole.length).toBe(expected.length)
    whole.forEach((row, i) => {
      expectClose(row, expected[i]!)
    })
    const [ys, gradient] = vjp(f)(
      [...x],
      values.map((_, i) => i + 1),
    )
    expectClose(ys as number[], values)
    expectClose(
      gradient as number[],
      x.map((_, j) => expected.map((row, i) => (i + 1) * row[j]!).reduce((a, b) => a + b)),
    )
    const [again, tangent] = jvp(f)(
      [...x],
      x.map((_, j) => j - 1.5),
    )
    expectClose(again as number[], values)
    expectClose(
      tangent as number[],
      expected.map(row => row.map((d, j) => (j - 1.5) * d).reduce((a, b) => a + b)),
    )
  })

  test('gradient and Hessian of the weighted sum', () => {
    const f = tracked.weighted[at]!
    expectClose(grad(f)([...x]) as number[], jacobianOf(x => [oracle.weighted[at]!(x)], x)[0]!)
    const second = hessianOf(oracle.weighted[at]!, x)
    ;(hessian(f)([...x]) as number[][]).forEach((row, i) => {
      expectClose(row, second[i]!)
    })
  })
})
