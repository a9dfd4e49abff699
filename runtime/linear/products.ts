/**
 * Products of matrices and vectors: one record for a large one, a dot product for each entry of a small one.
 * They must not know how gradients flow.
 */
import { dot } from '../arrays/reductions.ts'
import { isReached } from '../engine/node.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import {
  type Dense,
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
import { applyRule, type MatrixRule, transposedIn } from './matrix-rule.ts'

/** A B, added from left to right. */
function plainProduct(a: Dense, b: Dense): Dense {
  const [rows, inner, columns] = [a.rows, a.columns, b.columns]
  const entries = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const left = a.entries[i * inner + k]!
      for (let j = 0; j < columns; j++) entries[i * columns + j]! += left * b.entries[k * columns + j]!
    }
  return { rows, columns, entries }
}

/** The columns of a row that are reached. */
function reachedIn(entries: Float64Array, first: number, columns: number): number[] {
  const found: number[] = []
  for (let j = 0; j < columns; j++) if (isReached(entries[first + j]!)) found.push(j)
  return found
}

/** Adds what entry i, j of the product gives to the entries i, k and k, j of its factors. */
function pullEntries(
  [a, b]: readonly Dense[],
  adjoint: Float64Array,
  [intoA, intoB]: readonly (Float64Array | undefined)[],
  isPartial: boolean,
): void {
  const [inner, columns] = [a!.columns, b!.columns]
  const counts = (x: number) => !isPartial || isReached(x)
  for (let i = 0; i < a!.rows; i++) {
    const reached = reachedIn(adjoint, i * columns, columns)
    for (let k = 0; k < inner; k++) {
      const left = a!.entries[i * inner + k]!
      let sum = -0
      for (let c = 0; c < reached.length; c++) {
        const j = reached[c]!
        const given = adjoint[i * columns + j]!
        const right = b!.entries[k * columns + j]!
        if (counts(right)) sum += given * right + 0
        if (intoB && counts(left)) intoB[k * columns + j]! += given * left + 0
      }
      if (intoA) intoA[i * inner + k]! += sum
    }
  }
}

/** Adds what the entries i, k and k, j of the factors give to the entry i, j of the product. */
function pushEntries([a, b]: readonly Dense[], [movedA, movedB]: readonly Float64Array[], into: Float64Array): void {
  const [inner, columns] = [a!.columns, b!.columns]
  for (let i = 0; i < a!.rows; i++)
    for (let k = 0; k < inner; k++) {
      const [left, movedLeft] = [a!.entries[i * inner + k]!, movedA![i * inner + k]!]
      for (let j = 0; j < columns; j++) {
        const [right, movedRight] = [b!.entries[k * columns + j]!, movedB![k * columns + j]!]
        if (isReached(movedLeft)) into[i * columns + j]! += movedLeft * right + 0
        if (isReached(movedRight)) into[i * columns + j]! += left * movedRight + 0
      }
    }
}

export const MAT_MUL: MatrixRule = {
  name: 'matMul',
  value: ([a, b]) => plainProduct(a!, b!),
  pull: (m, [a, b], _y, adjoint) => [
    () => m.apply(MAT_MUL, [adjoint, transposedIn(m, b!)]),
    () => m.apply(MAT_MUL, [transposedIn(m, a!), adjoint]),
  ],
  push: (m, [a, b], _y, [da, db]) => m.sum(m.apply(MAT_MUL, [da!, b!]), m.apply(MAT_MUL, [a!, db!])),
  byEntry: { pull: pullEntries, push: pushEntries },
}

/** Whether a record of the whole takes less than a dot product for each entry, which has a row and a column as operands. */
const isWorthOneRecord = (rows: number, inner: number, columns: number) =>
  rows * inner * columns >= 2 * inner * (rows + columns) + 100

function tableProduct(a: NumericTable, b: NumericTable): NumericTable {
  if (isWorthOneRecord(a.rows, a.columns, b.columns)) return applyRule(MAT_MUL, [a, b])
  const columns = splitRows(transposedTable(b).entries, b.rows)
  return { rows: a.rows, columns: b.columns, entries: splitRows(a.entries, a.columns).flatMap(dotsWith(columns)) }
}

const dotsWith = (columns: readonly Numeric[][]) => (row: readonly Numeric[]) => columns.map(column => dot(row, column))

/**
 * A x: for each row of the matrix its dot product with the vector.
 *
 * @throws RangeError where the lengths do not fit; TypeError for what is no matrix or no vector.
 * Cost: a node for each row, its dot product. Source: BLAS's `gemv`.
 * @example matVec([[1, 2], [3, 4]], [5, 6]) // [17, 39]
 */
export function matVec<A extends MatrixInput, X extends VectorInput>(a: A, x: X): Joined<EntryOf<A>, EntryOf<X>>[] {
  const table = readMatrix(a, 'matVec')
  const vector = vectorOf(x, table.columns, 'matVec')
  return splitRows(table.entries, table.columns).flatMap(dotsWith([vector])) as never
}

/**
 * A B.
 *
 * @returns rows of entries; where both matrices are a Float64Array with a shape, such a matrix.
 * @throws RangeError where A has not as many columns as B has rows; TypeError for what is no matrix.
 * Cost: a node for each entry; from some 8 rows and columns on one record, whose adjoint is two products. Source: BLAS's `gemm`; Giles, "Collected matrix derivative results", 2008, 2.2.2.
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
