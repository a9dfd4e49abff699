/**
 * Linear algebra on numbers and tracked numbers: values against a second computation, first and second derivatives against differences, on
 * random matrices; Float64Arrays with a shape; and what is singular or does not fit.
 */
import { describe, expect, test } from 'vitest'
import { grad, hessian, NumberWithGrad, type Numeric, valueAndGrad } from '../runtime/index.ts'
import * as linear from '../runtime/linear.ts'
import { seed } from './random.ts'

const { cholesky, inverse, leastSquaresSolve, logDet, matMul, matVec, solve, transpose } = linear
type N = NumberWithGrad
type Rows<T> = T[][]

let state = (seed % 2147483646) + 1
function between(): number {
  state = (state * 48271) % 2147483647
  return state / 1073741823.5 - 1
}
const matrix = (rows: number, columns = rows): Rows<number> =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, between))
const inRows = <T>(entries: readonly T[], columns: number): Rows<T> =>
  Array.from({ length: entries.length / columns }, (_, i) => entries.slice(i * columns, (i + 1) * columns))

/** Differences of the value, to sixth order: a derivative of the plain computation, which shares nothing with the partials. */
function differences(f: (xs: readonly number[]) => number, xs: readonly number[], h = 1e-2): number[] {
  return xs.map((x, i) => {
    const at = (step: number) => f(xs.map((each, k) => (k === i ? x + step * h : each)))
    return (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * h)
  })
}
function expectClose(found: readonly number[], expected: readonly number[], tolerance: number, what: string) {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(found.length).toBe(expected.length)
  found.forEach((each, i) => {
    expect(Math.abs(each - expected[i]!), `${what} ${i}: ${each} for ${expected[i]} (SEED=${seed})`).toBeLessThan(
      tolerance * scale,
    )
  })
}

const weighted = (xs: readonly Numeric[]): Numeric =>
  xs
    .map((x, i) => [x, Math.sin(i + 1)] as const)
    .reduce<Numeric>((sum, [x, w]) => {
      const term = typeof x === 'number' ? x * w : x.mul(w)
      return typeof sum === 'number' ? (typeof term === 'number' ? sum + term : term.add(sum)) : sum.add(term)
    }, 0)
/** Well away from singular. */
const regular = (size: number) => matrix(size).map((row, i) => row.map((each, j) => each + (i === j ? 3 : 0)))

/** A result of each operation as one number, of a list of numbers, so that the same text runs on plain and on tracked ones. */
const operations: Record<string, [f: (xs: readonly Numeric[]) => Numeric, at: number[]]> = {
  matVec: [xs => weighted(matVec(inRows(xs.slice(0, 6), 3), xs.slice(6))), [...matrix(1, 9)[0]!]],
  matMul: [xs => weighted(matMul(inRows(xs.slice(0, 6), 3), inRows(xs.slice(6), 2)).flat()), matrix(1, 12)[0]!],
  transpose: [xs => weighted(transpose(inRows(xs, 3)).flat()), matrix(1, 6)[0]!],
  solve: [xs => weighted(solve(inRows(xs.slice(0, 9), 3), xs.slice(9))), [...regular(3).flat(), 0.3, -0.7, 1.1]],
  'solve for columns': [
    xs => weighted(solve(inRows(xs.slice(0, 4), 2), inRows(xs.slice(4), 3)).flat()),
    [...regular(2).flat(), ...matrix(1, 6)[0]!],
  ],
  'solve with rows exchanged': [xs => weighted(solve(inRows(xs.slice(0, 4), 2), xs.slice(4))), [0.1, 2, 3, 0.2, 1, -1]],
  inverse: [xs => weighted(inverse(inRows(xs, 3)).flat()), regular(3).flat()],
  logDet: [xs => logDet(inRows(xs, 3)), regular(3).flat()],
  leastSquaresSolve: [
    xs => weighted(leastSquaresSolve(inRows(xs.slice(0, 8), 2), xs.slice(8))),
    [1, 0.2, 1, 1.1, 1, 1.9, 1, 3.2, 0.4, -1, 2, 0.3],
  ],
  cholesky: [
    xs => {
      // symmetric, of any three numbers
      const [a, b, c] = xs as [Numeric, Numeric, Numeric]
      return weighted(
        cholesky([
          [a, b],
          [b, c],
        ]).flat(),
      )
    },
    [2, 0.6, 1.5],
  ],
  'cholesky by each entry': [
    xs => {
      const rows = inRows(xs, 3)
      const half = (x: Numeric, y: Numeric) => matVec([[x, y]], [0.5, 0.5])[0]!
      return weighted(cholesky(rows.map((row, i) => row.map((each, j) => half(each, rows[j]![i]!)))).flat())
    },
    [4, 1, 0.5, 1, 5, -1, 0.5, -1, 3],
  ],
}

describe.each(Object.entries(operations))('%s', (_name, [f, at]) => {
  const tracked = (xs: readonly N[]) => f(xs) as N
  const plain = (xs: readonly number[]) => f(xs) as number

  test('plain numbers give the value that tracked ones have', () => {
    expect(valueAndGrad(tracked)(at)[0]).toBe(plain(at))
  })
  test('first derivatives equal differences, by grad and by backward', () => {
    const expected = differences(plain, at)
    expectClose(grad(tracked)(at), expected, 1e-9, 'derivative')
    const leaves = at.map(x => new NumberWithGrad(x))
    tracked(leaves).backward()
    expectClose(
      leaves.map(leaf => leaf.grad ?? 0),
      expected,
      1e-9,
      'derivative',
    )
  })
  test('second derivatives equal differences of the first', () => {
    const rows = hessian(tracked)(at)
    rows.forEach((row, i) => {
      expectClose(
        row,
        differences(xs => grad(tracked)(xs)[i]!, at),
        1e-8,
        `row ${i}, second derivative`,
      )
    })
  })
})

test('third derivatives are exact too: of 1 / x', () => {
  const third = grad((x: N) => grad((y: N) => grad((z: N) => inverse([[z]])[0]![0]!)(y))(x))
  expect(third(2)).toBeCloseTo(-6 / 16, 14)
})

test('the derivative of log det is the transposed inverse', () => {
  const a = regular(4)
  const rows = grad((xs: N[][]) => logDet(xs))(a)
  expectClose(rows.flat(), transpose(inverse(a)).flat(), 1e-14, 'entry')
})

test.each([1, 2, 5, 12])('random matrices of %i rows: A x = b, A A⁻¹ = I, L Lᵀ = A, normal equations', size => {
  const [a, b] = [matrix(size), matrix(1, size)[0]!]
  expectClose(matVec(a, solve(a, b)), b, 1e-11, 'right side')
  const unit = matMul(a, inverse(a)).map((row, i) => row.map((each, j) => each - (i === j ? 1 : 0)))
  expectClose(
    unit.flat(),
    unit.flat().map(() => 0),
    1e-10,
    'entry',
  )
  const positive = matMul(a, transpose(a)).map((row, i) => row.map((each, j) => each + (i === j ? 1 : 0)))
  const lower = cholesky(positive)
  expectClose(matMul(lower, transpose(lower)).flat(), positive.flat(), 1e-14, 'entry')
  expect(logDet(positive)).toBeCloseTo(2 * lower.reduce((sum, row, i) => sum + Math.log(row[i]!), 0), 10)
  const tall = matrix(size + 4, size)
  const right = matrix(1, size + 4)[0]!
  const residuals = matVec(tall, leastSquaresSolve(tall, right)).map((each, i) => each - right[i]!)
  expectClose(
    matVec(transpose(tall), residuals),
    residuals.slice(0, size).map(() => 0),
    1e-12,
    'normal equation',
  )
})

test('a Float64Array with a shape gives one back', () => {
  const a = { rows: 2, columns: 2, entries: Float64Array.of(2, 1, 1, 3) }
  expect(matMul(a, a)).toEqual({ rows: 2, columns: 2, entries: Float64Array.of(5, 5, 5, 10) })
  expect(transpose({ rows: 1, columns: 2, entries: Float64Array.of(2, 1) })).toEqual({
    rows: 2,
    columns: 1,
    entries: Float64Array.of(2, 1),
  })
  expect(inverse(a)).toEqual({ rows: 2, columns: 2, entries: expect.any(Float64Array) })
  expect(cholesky(a).entries[0]).toBe(Math.SQRT2)
  expect(solve(a, Float64Array.of(5, 10))).toEqual([1, 3])
  expect(matVec(a, [1, 0])).toEqual([2, 1])
  expect(logDet(a)).toBeCloseTo(Math.log(5), 15)
  // beside tracked numbers it is a constant
  expect(grad((x: N[]) => matVec(a, x)[0]!)([1, 1])).toEqual([2, 1])
})

test('data stay as they are', () => {
  const [a, b] = [
    [
      [2, 1],
      [1, 3],
    ],
    [5, 10],
  ]
  solve(a, b)
  inverse(a)
  leastSquaresSolve(a, b)
  expect([a, b]).toEqual([
    [
      [2, 1],
      [1, 3],
    ],
    [5, 10],
  ])
})

test.each<[string, () => unknown, string]>([
  [
    'a row that depends on others',
    () =>
      solve(
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        [1, 2, 3],
      ),
    'solve: the matrix is singular: pivot 2 (counted from 0)',
  ],
  [
    'a column of zeros',
    () =>
      inverse([
        [0, 1],
        [0, 2],
      ]),
    'inverse: the matrix is singular: pivot 0 (counted from 0) is 0',
  ],
  [
    'a determinant of 0',
    () =>
      logDet([
        [1, 1],
        [1, 1],
      ]),
    'logDet: the matrix is singular: pivot 1',
  ],
  [
    'what is not positive definite',
    () =>
      cholesky([
        [1, 2],
        [2, 1],
      ]),
    'cholesky: the matrix is not positive definite: pivot 1 (counted from 0) is -3',
  ],
  [
    'what is not symmetric',
    () =>
      cholesky([
        [1, 2],
        [3, 9],
      ]),
    'entry 1, 0 is 3, and its mirror image 2',
  ],
  [
    'a column twice',
    () =>
      leastSquaresSolve(
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
        [1, 2, 3],
      ),
    'leastSquaresSolve: the matrix is singular: pivot 1',
  ],
  ['more columns than rows', () => leastSquaresSolve([[1, 2]], [1]), 'at least as many rows as columns; got 1 by 2'],
  [
    'rows of two lengths',
    () => matVec([[1, 2], [3]], [1, 2]),
    'matVec: row 1 of a matrix has 1 entries, and row 0 has 2',
  ],
  ['a vector of another length', () => matVec([[1, 2]], [1]), 'matVec: the vector must have 2 numbers; got 1'],
  ['a matrix that is not square', () => solve([[1, 2]], [1]), 'solve: the matrix must be square; got 1 by 2'],
  ['matrices that do not fit', () => matMul([[1, 2]], [[1, 2]]), 'as many columns as the second has rows; got 2 and 1'],
  ['no rows', () => transpose([]), 'transpose: the matrix has no rows'],
  [
    'a wrong shape',
    () => transpose({ rows: 2, columns: 2, entries: new Float64Array(3) }),
    'a matrix of 2 by 2 has not 3 entries',
  ],
  ['no matrix', () => transpose('x' as never), 'transpose: expected a matrix'],
  ['texts in it', () => matVec([['1' as never]], [1]), 'expected a number or a NumberWithGrad; got a string'],
])('%s throws', (_what, use, message) => {
  expect(use).toThrow(message)
})

test('rows of different units are no reason to refuse', () => {
  expect(
    solve(
      [
        [1e20, 0],
        [0, 1e-20],
      ],
      [1e20, 1e-20],
    ),
  ).toEqual([1, 1])
})

test('a negative determinant has no logarithm, and NaN stays NaN', () => {
  expect(
    logDet([
      [0, 1],
      [1, 0],
    ]),
  ).toBeNaN()
  expect(
    solve(
      [
        [NaN, 1],
        [1, 2],
      ],
      [1, 1],
    ).every(Number.isNaN),
  ).toBe(true)
})
