/**
 * Factorisations of matrices of plain numbers, kept row by row in one array. They throw where a pivot is lost in rounding errors, with its
 * place. They must not know any derivative.
 */

import type { Dense } from './dense.ts'

const EPSILON = 2 ** -52

/** An LU factorisation with the order of the rows and the sign of that permutation. */
export interface Lu {
  readonly size: number
  readonly entries: Float64Array
  readonly order: Int32Array
  readonly sign: number
}

/** The error of a matrix that has no inverse to the precision of its numbers. */
export function singular(where: string, place: number, pivot: number): RangeError {
  return new RangeError(
    `${where}: the matrix is singular: pivot ${place} (counted from 0) is ${pivot}, which is no more than rounding errors. ` +
      'A row or column depends on others; for a best solution take `leastSquaresSolve`.',
  )
}

function greatestIn(entries: Float64Array, from: number, to: number): number {
  let greatest = 0
  for (let i = from; i < to; i++) greatest = Math.max(greatest, Math.abs(entries[i]!))
  return greatest
}

function swapRows(entries: Float64Array, size: number, i: number, k: number): void {
  for (let j = 0; j < size; j++) {
    const kept = entries[i * size + j]!
    entries[i * size + j] = entries[k * size + j]!
    entries[k * size + j] = kept
  }
}

/** P A = L U by Gaussian elimination with the largest pivot of each column. Source: Golub & Van Loan, "Matrix Computations", 3.4. */
export function luOf({ rows: size, entries: given }: Dense, where: string): Lu {
  const entries = given.slice()
  const order = Int32Array.from({ length: size }, (_, i) => i)
  // a pivot is compared with its own row, so that rows may have different units
  const scales = Float64Array.from({ length: size }, (_, i) => greatestIn(given, i * size, (i + 1) * size))
  let sign = 1
  for (let k = 0; k < size; k++) {
    let best = k
    for (let i = k + 1; i < size; i++)
      if (Math.abs(entries[i * size + k]!) > Math.abs(entries[best * size + k]!)) best = i
    if (best !== k) {
      swapRows(entries, size, best, k)
      ;[order[k], order[best]] = [order[best]!, order[k]!]
      sign = -sign
    }
    const pivot = entries[k * size + k]!
    if (Math.abs(pivot) <= size * EPSILON * scales[order[k]!]!) throw singular(where, k, pivot)
    for (let i = k + 1; i < size; i++) {
      const factor = entries[i * size + k]! / pivot
      entries[i * size + k] = factor
      if (factor !== 0) for (let j = k + 1; j < size; j++) entries[i * size + j]! -= factor * entries[k * size + j]!
    }
  }
  return { size, entries, order, sign }
}

/** A⁻¹ b of a factorisation; with `transposed` A⁻ᵀ b. */
export function luSolve({ size, entries, order }: Lu, b: ArrayLike<number>, transposed = false): Float64Array {
  const x = new Float64Array(size)
  const at = (i: number, j: number) => (transposed ? entries[j * size + i]! : entries[i * size + j]!)
  if (transposed) {
    for (let i = 0; i < size; i++) {
      let sum = b[i]!
      for (let j = 0; j < i; j++) sum -= at(i, j) * x[j]!
      x[i] = sum / at(i, i)
    }
    for (let i = size - 1; i >= 0; i--) for (let j = i + 1; j < size; j++) x[i]! -= at(i, j) * x[j]!
    const placed = new Float64Array(size)
    for (let i = 0; i < size; i++) placed[order[i]!] = x[i]!
    return placed
  }
  for (let i = 0; i < size; i++) {
    let sum = b[order[i]!]!
    for (let j = 0; j < i; j++) sum -= at(i, j) * x[j]!
    x[i] = sum
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let j = i + 1; j < size; j++) sum -= at(i, j) * x[j]!
    x[i] = sum / at(i, i)
  }
  return x
}

/** The lower triangle L with A = L Lᵀ. @throws RangeError with the place of a pivot that is not positive. */
export function choleskyOf({ rows: size, entries }: Dense, where: string): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = entries[i * size + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!
      if (i === j && sum <= size * EPSILON * Math.abs(entries[i * size + i]!))
        throw new RangeError(
          `${where}: the matrix is not positive definite: pivot ${i} (counted from 0) is ${sum}, ` +
            'which is no more than rounding errors. Add a small number to its diagonal if it should be.',
        )
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!
    }
  return lower
}

/** A = Q R: R in the upper triangle, and the vectors of the reflections that make up Q, each with half of its square. */
export interface Qr extends Dense {
  readonly vectors: readonly Float64Array[]
  readonly halves: readonly number[]
}

/**
 * By Householder reflections.
 *
 * @throws RangeError with the place of a column that depends on those before it.
 * Source: Golub & Van Loan, "Matrix Computations", 5.2.
 */
export function qrOf({ rows, columns, entries: given }: Dense, where: string): Qr {
  const entries = given.slice()
  const vectors: Float64Array[] = []
  const halves: number[] = []
  for (let k = 0; k < columns; k++) {
    let whole = 0
    let norm = 0
    for (let i = 0; i < rows; i++) {
      const entry = entries[i * columns + k]!
      whole = Math.hypot(whole, entry)
      if (i >= k) norm = Math.hypot(norm, entry)
    }
    if (norm <= rows * EPSILON * whole) throw singular(where, k, norm)
    const head = entries[k * columns + k]!
    // v = column - diagonal · unit; vᵀv / 2 = norm (norm + |head|)
    const vector = Float64Array.from({ length: rows - k }, (_, i) => entries[(k + i) * columns + k]! / norm)
    vector[0] = (head - (head > 0 ? -norm : norm)) / norm
    vectors.push(vector)
    halves.push(1 + Math.abs(head) / norm)
    for (let j = k; j < columns; j++) reflect(vector, halves[k]!, entries, k * columns + j, columns)
  }
  return { rows, columns, entries, vectors, halves }
}

/** Reflects the numbers from place `first` on, `stride` apart. */
function reflect(vector: Float64Array, half: number, numbers: Float64Array, first: number, stride: number): void {
  let product = 0
  for (let i = 0; i < vector.length; i++) product += vector[i]! * numbers[first + i * stride]!
  for (let i = 0; i < vector.length; i++) numbers[first + i * stride]! -= (vector[i]! * product) / half
}

/** Makes Qᵀ b of b. */
export function turn({ vectors, halves }: Qr, b: Float64Array): void {
  for (let k = 0; k < vectors.length; k++) reflect(vectors[k]!, halves[k]!, b, k, 1)
}

/** Makes Q b of b. */
export function turnBack({ vectors, halves }: Qr, b: Float64Array): void {
  for (let k = vectors.length - 1; k >= 0; k--) reflect(vectors[k]!, halves[k]!, b, k, 1)
}

/** R⁻¹ b. */
export function solveUpper({ columns, entries }: Dense, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(columns)
  for (let i = columns - 1; i >= 0; i--) {
    let sum = b[i]!
    for (let j = i + 1; j < columns; j++) sum -= entries[i * columns + j]! * x[j]!
    x[i] = sum / entries[i * columns + i]!
  }
  return x
}

/** R⁻ᵀ b. */
export function solveUpperTransposed({ columns, entries }: Dense, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(columns)
  for (let i = 0; i < columns; i++) {
    let sum = b[i]!
    for (let j = 0; j < i; j++) sum -= entries[j * columns + i]! * x[j]!
    x[i] = sum / entries[i * columns + i]!
  }
  return x
}

/** The x that minimises ‖A x - b‖; b is overwritten. @throws RangeError with the place of a column that depends on those before it. */
export function qrSolve(matrix: Dense, b: Float64Array, where: string): Float64Array {
  const qr = qrOf(matrix, where)
  turn(qr, b)
  return solveUpper(qr, b)
}
