/**
 * Products of matrices and vectors: each entry of a result is one node, a dot product.
 * They must not know how gradients flow.
 */
import { dot } from '../arrays/reductions.ts'
import {
  type EntryOf,
  isDense,
  type Joined,
  type MatrixInput,
  type MatrixOf,
  type NumericTable,
  readMatrix,
  shapedLike,
  splitRows,
  transposedTable,
  type VectorInput,
  vectorOf,
} from './dense.ts'

/** The product of two tables; entry by entry a dot product. */
export function tableProduct(a: NumericTable, b: NumericTable): NumericTable {
  const rows = splitRows(a.entries, a.columns)
  const columns = splitRows(transposedTable(b).entries, b.rows)
  return { rows: a.rows, columns: b.columns, entries: rows.flatMap(row => columns.map(column => dot(row, column))) }
}

/**
 * A x: for each row of the matrix its dot product with the vector.
 *
 * @throws RangeError where the lengths do not fit; TypeError for what is no matrix or no vector.
 * Cost: a node for each row. Source: BLAS's `gemv`.
 * @example matVec([[1, 2], [3, 4]], [5, 6]) // [17, 39]
 */
export function matVec<A extends MatrixInput, X extends VectorInput>(a: A, x: X): Joined<EntryOf<A>, EntryOf<X>>[] {
  const table = readMatrix(a, 'matVec')
  const vector = vectorOf(x, table.columns, 'matVec')
  return splitRows(table.entries, table.columns).map(row => dot(row, vector)) as never
}

/**
 * A B.
 *
 * @returns rows of entries; where both matrices are a Float64Array with a shape, such a matrix.
 * @throws RangeError where A has not as many columns as B has rows; TypeError for what is no matrix.
 * Cost: a node for each entry. Source: BLAS's `gemm`.
 * @example matMul([[1, 2], [3, 4]], [[0, 1], [1, 0]]) // [[2, 1], [4, 3]]
 */
export function matMul<A extends MatrixInput, B extends MatrixInput>(a: A, b: B): MatrixOf<A, B> {
  const [left, right] = [readMatrix(a, 'matMul'), readMatrix(b, 'matMul')]
  if (left.columns !== right.rows)
    throw new RangeError(
      `matMul: the first matrix must have as many columns as the second has rows; got ${left.columns} and ${right.rows}`,
    )
  return shapedLike(tableProduct(left, right).entries, right.columns, [a, b]) as MatrixOf<A, B>
}

/**
 * The matrix with rows and columns exchanged. No operation is recorded.
 *
 * @throws TypeError for what is no matrix; RangeError for rows of different lengths.
 * @example transpose([[1, 2, 3]]) // [[1], [2], [3]]
 */
export function transpose<A extends MatrixInput>(a: A): MatrixOf<A> {
  const { columns, entries } = transposedTable(readMatrix(a, 'transpose'))
  return shapedLike(entries, columns, isDense(a) ? [a] : [[]]) as never
}
