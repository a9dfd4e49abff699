/**
 * Systems of linear equations: solutions, inverses, determinants and Cholesky's triangle, with their exact derivatives.
 * They must not know how gradients flow.
 */

import { dot } from '../arrays/reductions.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import {
  type EntryOf,
  identity,
  type Joined,
  type MatrixInput,
  type MatrixOf,
  type NumericTable,
  readMatrix,
  requireSquare,
  shapedLike,
  splitRows,
  transposedTable,
  type VectorInput,
  vectorOf,
} from './dense.ts'
import { added, computedOnce, entriesAt, multiplied, plainValues } from './entry-rules.ts'
import { choleskyOf, type Lu, luOf, luSolve } from './factorisations.ts'

const unit = (size: number, at: number) => Array.from({ length: size }, (_, i) => (i === at ? 1 : 0))
const tableFrom = (entries: readonly Numeric[], columns: number): NumericTable => ({
  rows: entries.length / columns,
  columns,
  entries,
})

/** A⁻¹ b of one right side, with a node for each entry: dx = A⁻¹ (db - dA x). */
function solved(matrix: NumericTable, right: readonly Numeric[], factors: Lu, where: string): Numeric[] {
  const size = matrix.rows
  const x = luSolve(factors, plainValues(right))
  const rows = Array.from({ length: size }, (_, i) => computedOnce(() => luSolve(factors, unit(size, i), true)))
  return entriesAt(
    {
      name: where,
      values: x,
      partials(i) {
        const row = rows[i]!()
        const partials = new Float64Array(size * size + size)
        for (let j = 0; j < size; j++) {
          for (let k = 0; k < size; k++) partials[j * size + k] = -row[j]! * x[k]!
          partials[size * size + j] = row[j]!
        }
        return partials
      },
      trackedPartials(i, xs) {
        const again = tableFrom(xs.slice(0, size * size), size)
        const ofAgain = factored(again, where)
        const solution = solved(again, xs.slice(size * size), ofAgain, where)
        const turned = transposedTable(again)
        const row = solved(turned, unit(size, i), factored(turned, where), where)
        return [...row.flatMap(each => solution.map(other => multiplied(multiplied(each, -1), other))), ...row]
      },
    },
    [...matrix.entries, ...right],
  )
}

const factored = (matrix: NumericTable, where: string) =>
  luOf({ ...matrix, entries: plainValues(matrix.entries) }, where)

/** A⁻¹ B, column by column of B. */
function solvedColumns(matrix: NumericTable, right: NumericTable, where: string): NumericTable {
  const factors = factored(matrix, where)
  const columns = splitRows(transposedTable(right).entries, right.rows)
  return transposedTable(
    tableFrom(
      columns.flatMap(column => solved(matrix, column, factors, where)),
      right.rows,
    ),
  )
}

const isVector = (right: VectorInput | MatrixInput): right is VectorInput =>
  right instanceof Float64Array || (Array.isArray(right) && !Array.isArray(right[0]))

/**
 * The x with A x = b, for a vector b or for each column of a matrix b.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where shapes do not fit.
 * @returns derivatives of all orders are exact: those of the solution, not of the steps of the elimination.
 * Cost: n³ / 3 multiplications; a node for each number of x, with n² + n partials where it is differentiated.
 * Source: LU with partial pivoting, Golub & Van Loan, "Matrix Computations", 3.4; Giles, "Collected matrix derivative results", 2008, 2.3.1.
 * @example solve([[2, 1], [1, 3]], [5, 10]) // [1, 3]
 */
export function solve<A extends MatrixInput, B extends VectorInput>(a: A, b: B): Joined<EntryOf<A>, EntryOf<B>>[]
export function solve<A extends MatrixInput, B extends MatrixInput>(a: A, b: B): MatrixOf<A, B>
export function solve(a: MatrixInput, b: VectorInput | MatrixInput): unknown {
  const matrix = readMatrix(a, 'solve')
  requireSquare(matrix, 'solve')
  if (isVector(b)) return solved(matrix, vectorOf(b, matrix.rows, 'solve'), factored(matrix, 'solve'), 'solve')
  const right = readMatrix(b, 'solve')
  if (right.rows !== matrix.rows)
    throw new RangeError(`solve: the matrices must have as many rows; got ${matrix.rows} and ${right.rows}`)
  return shapedLike(solvedColumns(matrix, right, 'solve').entries, right.columns, [a, b])
}

/**
 * A⁻¹. To solve A x = b, `solve` takes a third of the time and loses fewer digits.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where it is not square.
 * Cost: n³ multiplications; a node for each entry, with n² partials where it is differentiated.
 * Source: as for `solve`.
 * @example inverse([[2, 0], [0, 4]]) // [[0.5, 0], [0, 0.25]]
 */
export function inverse<A extends MatrixInput>(a: A): MatrixOf<A> {
  const matrix = readMatrix(a, 'inverse')
  requireSquare(matrix, 'inverse')
  return shapedLike(inverted(matrix, 'inverse').entries, matrix.rows, [a]) as MatrixOf<A>
}

const inverted = (matrix: NumericTable, where: string) => solvedColumns(matrix, identity(matrix.rows), where)

/**
 * log det A; NaN where the determinant is negative. Neither over- nor underflows. Of a positive definite matrix it is twice the sum of the
 * logarithms of the diagonal of `cholesky`.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where it is not square.
 * Cost: n³ / 3 multiplications, and n³ where it is differentiated; one node.
 * Source: Giles, "Collected matrix derivative results", 2008, 2.2.3; PyTorch's `logdet`.
 * @example logDet([[2, 0], [0, 3]]) // 1.791759469228055
 */
export function logDet<A extends MatrixInput>(a: A): Joined<EntryOf<A>, EntryOf<A>> {
  const matrix = readMatrix(a, 'logDet')
  requireSquare(matrix, 'logDet')
  const size = matrix.rows
  const factors = factored(matrix, 'logDet')
  let { sign } = factors
  let value = 0
  for (let i = 0; i < size; i++) {
    const pivot = factors.entries[i * size + i]!
    sign *= Math.sign(pivot)
    value += Math.log(Math.abs(pivot))
  }
  // the derivative by the entry of row i and column j is that of row j and column i of the inverse
  const rows = computedOnce(() => Array.from({ length: size }, (_, i) => luSolve(factors, unit(size, i))))
  const [found] = entriesAt(
    {
      name: 'logDet',
      values: [sign < 0 ? NaN : value],
      partials: () => Float64Array.from(rows().flatMap(column => Array.from(column))),
      trackedPartials: (_, xs) => transposedTable(inverted(tableFrom(xs, size), 'logDet')).entries,
    },
    matrix.entries,
  )
  return found as never
}

/**
 * The lower triangle L with A = L Lᵀ, of a symmetric positive definite matrix. Derivatives are by the mean of an entry and its mirror image.
 *
 * @throws RangeError with the place of the pivot that is not positive, and where A is not symmetric.
 * Cost: n³ / 6 multiplications; a node for each entry of the triangle, with n² partials where it is differentiated.
 * Source: Golub & Van Loan, "Matrix Computations", 4.2; Murray, "Differentiation of the Cholesky decomposition", 2016.
 * @example cholesky([[4, 2], [2, 5]]) // [[2, 0], [1, 2]]
 */
export function cholesky<A extends MatrixInput>(a: A): MatrixOf<A> {
  const matrix = readMatrix(a, 'cholesky')
  requireSquare(matrix, 'cholesky')
  requireSymmetric(plainValues(matrix.entries), matrix.rows)
  return shapedLike(lowerTriangle(matrix).entries, matrix.rows, [a]) as MatrixOf<A>
}

function requireSymmetric(entries: Float64Array, size: number): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [entries[i * size + j]!, entries[j * size + i]!]
      if (Math.abs(a - b) > 1e-12 * Math.max(Math.abs(a), Math.abs(b)))
        throw new RangeError(
          `cholesky: the matrix must be symmetric; entry ${i}, ${j} is ${a}, and its mirror image ${b}`,
        )
    }
}

function lowerTriangle(matrix: NumericTable): NumericTable {
  const size = matrix.rows
  const values = choleskyOf({ ...matrix, entries: plainValues(matrix.entries) }, 'cholesky')
  const triangle = tableFrom(Array.from(values), size)
  const bestPartials = computedOnce(() => trianglePartials(triangle, inverted(triangle, 'cholesky')))
  const entries = entriesAt(
    {
      name: 'cholesky',
      values,
      partials: entry => bestPartials()(entry) as number[],
      trackedPartials(entry, xs) {
        const again = lowerTriangle(tableFrom(xs, size))
        return trianglePartials(again, inverted(again, 'cholesky'))(entry)
      },
    },
    matrix.entries,
  )
  return tableFrom(entries, size)
}

/**
 * The derivatives of an entry of L by those of A: dL = L Φ(L⁻¹ dA L⁻ᵀ), where Φ takes the lower triangle and half of the diagonal.
 */
function trianglePartials(triangle: NumericTable, inverseOf: NumericTable): (entry: number) => Numeric[] {
  const size = triangle.rows
  const rows = splitRows(triangle.entries, size)
  const inverseRows = splitRows(inverseOf.entries, size)
  return entry => {
    const [i, j] = [Math.floor(entry / size), entry % size]
    // Σ over k from j to i of L[i][k] φ[k][j] M[k], with M the inverse of L: what multiplies M[j] on the other side
    const left = inverseRows[0]!.map((_, p) =>
      j > i
        ? 0
        : dot(
            Array.from({ length: i - j + 1 }, (_, k) => multiplied(rows[i]![j + k]!, k === 0 ? 0.5 : 1)),
            Array.from({ length: i - j + 1 }, (_, k) => inverseRows[j + k]![p]!),
          ),
    )
    const right = inverseRows[j]!
    return left.flatMap((a, p) =>
      left.map((b, q) => multiplied(added(multiplied(a, right[q]!), multiplied(b, right[p]!)), 0.5)),
    )
  }
}
