/**
 * Public test problems as functions on plain numbers: 35 problems of Moré, Garbow and Hillstrom, and the functions of DiffTests.jl. Compiled
 * Jacobians, gradients and Hessians are those of hyper-dual numbers.
 */
import { describe, expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { diffTests, rows } from '../diff-tests.ts'
import { type HyperDual, hessianOf, jacobianOf } from '../hyper-dual.ts'
import { problems, programText } from '../more-garbow-hillstrom.ts'
import { inThreeNumbers } from '../three-numbers.ts'

type Of<N, Y> = (x: readonly N[]) => Y

interface Problem {
  readonly name: string
  readonly at: readonly number[]
  readonly residuals: Of<HyperDual, (HyperDual | number)[]>
  readonly total: Of<HyperDual, HyperDual>
}

/** Each function as one of its own: a function that is an element of a list has no known body. */
const separate = (text: string, results: readonly string[], total: (result: string) => string) => `
import { grad, hessian, jacobian, jvp } from 'tsgrad'
${text.slice(0, text.indexOf('export const'))}
${results
  .map(
    (result, i) => `const f${i} = (x: readonly N[]): (N | number)[] => ${result}
const total${i} = (x: readonly N[]): N => ${total(`f${i}(x)`)}
export const jacobian${i} = jacobian(f${i})
export const jvp${i} = jvp(f${i})
export const grad${i} = grad(total${i})
export const hessian${i} = hessian(total${i})`,
  )
  .join('\n')}
`

function expectClose(found: readonly number[], expected: readonly number[]) {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(found.length).toBe(expected.length)
  for (const [i, each] of found.entries())
    expect(Math.abs(each - expected[i]!) / scale, `${found} for ${expected}`).toBeLessThanOrEqual(1e-12)
}

function checked(all: readonly Problem[], text: string) {
  const { diagnostics, emit } = compile({ 'main.ts': text }, { declaration: false })
  const made = run(emit().get('main.js')!) as Record<string, (...xs: (readonly number[])[]) => unknown>
  test('all are compiled', () => {
    expect(diagnostics.map(shown)).toEqual([])
  })
  test.each(all.map((each, i) => [each.name, each, i] as const))('%s', (_, { at, residuals, total }, i) => {
    const expected = jacobianOf(residuals, [...at])
    const direction = at.map((_, j) => 1 / (j + 1))
    expectClose((made[`jacobian${i}`]!(at) as number[][]).flat(), expected.flat())
    const along = expected.map(row => row.reduce((sum, d, j) => sum + d * direction[j]!, 0))
    expectClose((made[`jvp${i}`]!(at, direction) as number[][])[1]!, along)
    expectClose(made[`grad${i}`]!(at) as number[], jacobianOf(x => [total(x)], [...at])[0]!)
    expectClose((made[`hessian${i}`]!(at) as number[][]).flat(), hessianOf(total, [...at]).flat())
  })
}

describe('Moré, Garbow and Hillstrom', () => {
  const { starts, residuals, squares } = inThreeNumbers(programText).oracle as {
    readonly starts: number[][]
    readonly residuals: Problem['residuals'][]
    readonly squares: Problem['total'][]
  }
  const all = problems.map(([name], i) => ({ name, at: starts[i]!, residuals: residuals[i]!, total: squares[i]! }))
  const results = problems.map(each => each[5])
  checked(
    all,
    separate(programText('type N = number'), results, f => `${f}.map(r => r ** 2).reduce((a, b) => a + b)`),
  )
})

describe('DiffTests.jl', () => {
  const { results, weighted } = inThreeNumbers(diffTests).oracle as {
    readonly results: Problem['residuals'][]
    readonly weighted: Problem['total'][]
  }
  const all = rows.map(([name, at], i) => ({ name, at, residuals: results[i]!, total: weighted[i]! }))
  const total = (f: string) => `${f}.map((y, k) => (k + 1) * y).reduce((a, b) => a + b) + x[0]! ** 2`
  checked(
    all,
    separate(
      diffTests('type N = number'),
      rows.map(each => each[2]),
      total,
    ),
  )
})
