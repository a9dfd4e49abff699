/**
 * Matrices as callers give them, rows of numbers or one Float64Array with a shape, and as the operations read them.
 * It must not know what is computed with a matrix.
 */
import { GraphNode, kindOf, notNumeric, operandValue } from '../engine/node.ts'
import type { NumberWithGrad, Numeric } from '../number/number-with-grad.ts'

/** How large a matrix is. */
export interface Size {
  readonly rows: number
  readonly columns: number
}

/** A matrix of plain numbers: the entry of row i and column j stands at i · columns + j. */
export interface Dense extends Size {
  readonly entries: Float64Array
}

/** A matrix by its rows. */
export type MatrixRows<Entry> = readonly (readonly Entry[])[]

/** What operations take for a matrix. */
export type MatrixInput = MatrixRows<Numeric> | Dense

/** What operations take for a vector. */
export type VectorInput = readonly Numeric[] | Float64Array

/** The numbers in a matrix or a vector. */
export type EntryOf<M> = M extends Dense | Float64Array
  ? number
  : M extends MatrixRows<infer Entry>
    ? Entry
    : M extends readonly (infer Entry)[]
      ? Entry
      : never

/** What an operation on two kinds of numbers gives: tracked numbers where either holds nothing else. */
export type Joined<A, B> = [A | B] extends [number]
  ? number
  : [A] extends [NumberWithGrad]
    ? NumberWithGrad
    : [B] extends [NumberWithGrad]
      ? NumberWithGrad
      : Numeric

/** A matrix of what an operation gives: with a shape where both operands have one. */
export type MatrixOf<A, B = A> = A extends Dense
  ? B extends Dense
    ? Dense
    : Joined<EntryOf<A>, EntryOf<B>>[][]
  : Joined<EntryOf<A>, EntryOf<B>>[][]

/** A matrix as the operations read it: its entries row by row. */
export interface NumericTable extends Size {
  readonly entries: readonly Numeric[]
}

export function isDense(matrix: MatrixInput): matrix is Dense {
  return !Array.isArray(matrix)
}

/** @throws TypeError for what is no matrix; RangeError for rows of different lengths, and for one without entries. */
export function readMatrix(matrix: MatrixInput, where: string): NumericTable {
  if (typeof matrix !== 'object' || matrix === null || !(Array.isArray(matrix) || matrixEntries(matrix as Dense)))
    throw new TypeError(
      `${where}: expected a matrix: an array of rows, or { rows, columns, entries: Float64Array }; got ${kindOf(matrix)}`,
    )
  if (isDense(matrix)) {
    const { rows, columns, entries } = matrix
    if (rows * columns !== entries.length || entries.length === 0)
      throw new RangeError(`${where}: a matrix of ${rows} by ${columns} has not ${entries.length} entries`)
    return { rows, columns, entries: Array.from(entries) }
  }
  const columns = matrix[0]?.length ?? 0
  const entries: Numeric[] = []
  let at = 0
  for (const row of matrix) {
    if (row.length !== columns || columns === 0)
      throw new RangeError(`${where}: row ${at} of a matrix has ${row.length} entries, and row 0 has ${columns}`)
    for (const entry of row) {
      if (typeof entry !== 'number' && !(entry instanceof GraphNode)) throw notNumeric(where, entry)
      entries.push(entry)
    }
    at++
  }
  if (at === 0) throw new RangeError(`${where}: the matrix has no rows`)
  return { rows: at, columns, entries }
}

const matrixEntries = ({ entries }: Dense) => entries instanceof Float64Array

/** The numbers of a vector. @throws RangeError for another length than `count`. */
export function vectorOf(vector: VectorInput, count: number, where: string): Numeric[] {
  if (!Array.isArray(vector) && !(vector instanceof Float64Array))
    throw new TypeError(`${where}: expected a vector: an array of numbers; got ${kindOf(vector)}`)
  const found: Numeric[] = []
  for (const each of vector) found.push(each)
  if (found.length !== count)
    throw new RangeError(`${where}: the vector must have ${count} numbers; got ${found.length}`)
  return found
}

/** @throws RangeError for a matrix that is not square. */
export function requireSquare({ rows, columns }: NumericTable, where: string): void {
  if (rows !== columns) throw new RangeError(`${where}: the matrix must be square; got ${rows} by ${columns}`)
}

/** Rows of `columns` entries each. */
export function splitRows<T>(entries: readonly T[], columns: number): T[][] {
  return Array.from({ length: entries.length / columns }, (_, i) => entries.slice(i * columns, (i + 1) * columns))
}

/** Entries as a caller gets them: with a shape where all his matrices had one. */
export function shapedLike(entries: readonly Numeric[], columns: number, inputs: readonly MatrixInput[]): unknown {
  if (!inputs.every(isDense)) return splitRows(entries, columns)
  return { rows: entries.length / columns, columns, entries: Float64Array.from(entries as readonly number[]) }
}

export function transposedTable({ rows, columns, entries }: NumericTable): NumericTable {
  const turned = Array.from({ length: entries.length }, (_, k) => entries[(k % rows) * columns + Math.floor(k / rows)]!)
  return { rows: columns, columns: rows, entries: turned }
}

/** The values of a table. */
export function plainTable({ rows, columns, entries }: NumericTable): Dense {
  const found = new Float64Array(entries.length)
  for (let k = 0; k < found.length; k++) found[k] = operandValue(entries[k]!)
  return { rows, columns, entries: found }
}

/** A table of one column. */
export function columnOf(entries: readonly Numeric[]): NumericTable {
  return { rows: entries.length, columns: 1, entries }
}

export function identity(size: number): Dense {
  const entries = new Float64Array(size * size)
  for (let k = 0; k < entries.length; k += size + 1) entries[k] = 1
  return { rows: size, columns: size, entries }
}
