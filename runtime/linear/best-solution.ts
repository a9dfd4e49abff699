/**
 * The best solution of more equations than numbers, with its exact derivatives.
 * It must not know how gradients flow.
 */
import { dot } from '../arrays/reductions.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import {
  type EntryOf,
  type Joined,
  type MatrixInput,
  type NumericTable,
  readMatrix,
  splitRows,
  transposedTable,
  type VectorInput,
  vectorOf,
} from './dense.ts'
import { added, computedOnce, entriesAt, multiplied, plainValues } from './entry-rules.ts'
import { qrSolve } from './factorisations.ts'
import { tableProduct } from './products.ts'

const WHERE = 'leastSquaresSolve'
const minus = (a: Numeric, b: Numeric) => added(a, multiplied(b, -1))

/** A⁺: a row for each number of the solution. */
function pseudoInverse(
  matrix: NumericTable,
  solution: (right: readonly Numeric[]) => readonly Numeric[],
): NumericTable {
  const { rows, columns } = matrix
  const found = Array.from({ length: rows }, (_, j) =>
    solution(Array.from({ length: rows }, (_, i) => (i === j ? 1 : 0))),
  )
  return transposedTable({ rows, columns, entries: found.flat() })
}

/** dx = A⁺ (db - dA x) + (Aᵀ A)⁻¹ dAᵀ r with the residuals r = b - A x, and (Aᵀ A)⁻¹ = A⁺ A⁺ᵀ. */
function bestPartials(matrix: NumericTable, right: readonly Numeric[], x: readonly Numeric[], pseudo: NumericTable) {
  const residuals = splitRows(matrix.entries, matrix.columns).map((row, j) => minus(right[j]!, dot(row, x)))
  const rows = splitRows(pseudo.entries, pseudo.columns)
  const inverse = splitRows(tableProduct(pseudo, transposedTable(pseudo)).entries, pseudo.rows)
  return (entry: number): Numeric[] => [
    ...residuals.flatMap((r, j) =>
      x.map((each, k) => minus(multiplied(inverse[entry]![k]!, r), multiplied(rows[entry]![j]!, each))),
    ),
    ...rows[entry]!,
  ]
}

function bestSolution(matrix: NumericTable, right: readonly Numeric[]): Numeric[] {
  const { entries } = matrix
  const numbers = plainValues(entries)
  const plain: NumericTable = { ...matrix, entries: Array.from(numbers) }
  const plainSolution = (b: readonly Numeric[]) =>
    Array.from(qrSolve({ ...matrix, entries: numbers.slice() }, plainValues(b), WHERE))
  const values = plainSolution(right)
  const partials = computedOnce(() =>
    bestPartials(plain, Array.from(plainValues(right)), values, pseudoInverse(plain, plainSolution)),
  )
  return entriesAt(
    {
      name: WHERE,
      values,
      partials: entry => partials()(entry) as number[],
      trackedPartials(entry, xs) {
        const again: NumericTable = { ...matrix, entries: xs.slice(0, entries.length) }
        const b = xs.slice(entries.length)
        return bestPartials(
          again,
          b,
          bestSolution(again, b),
          pseudoInverse(again, each => bestSolution(again, each)),
        )(entry)
      },
    },
    [...entries, ...right],
  )
}

/**
 * The x that makes ‖A x - b‖ least, for a matrix with at least as many rows as columns. The search of `tsgrad/optimise` for functions that are
 * not linear is `leastSquares`.
 *
 * @throws RangeError with the place of a column that depends on those before it, to the precision of its numbers; where shapes do not fit.
 * @returns derivatives of all orders are exact: those of the solution, not of the steps of the factorisation.
 * Cost: 2 m n² multiplications; a node for each number of x, with m n + m partials where it is differentiated.
 * Source: Householder's QR, Golub & Van Loan, "Matrix Computations", 5.3; Golub & Pereyra, "The differentiation of pseudo-inverses", 1973.
 * @example leastSquaresSolve([[1, 0], [1, 1], [1, 2]], [1, 3, 5]).map(x => x.toFixed(6)) // ['1.000000', '2.000000']
 */
export function leastSquaresSolve<A extends MatrixInput, B extends VectorInput>(
  a: A,
  b: B,
): Joined<EntryOf<A>, EntryOf<B>>[] {
  const matrix = readMatrix(a, WHERE)
  if (matrix.rows < matrix.columns)
    throw new RangeError(
      `${WHERE}: the matrix must have at least as many rows as columns; got ${matrix.rows} by ${matrix.columns}`,
    )
  return bestSolution(matrix, vectorOf(b, matrix.rows, WHERE)) as never
}
