/**
 * The best solution of more equations than numbers, one record with its exact derivatives.
 * It must not know how gradients flow.
 */
import {
  columnOf,
  type Dense,
  type EntryOf,
  type Joined,
  type MatrixInput,
  readMatrix,
  type VectorInput,
  vectorOf,
} from './dense.ts'
import { type Qr, qrOf, solveUpper, solveUpperTransposed, turn, turnBack } from './factorisations.ts'
import { type Algebra, applyRule, type MatrixRule, minus, transposedIn } from './matrix-rule.ts'
import { MAT_MUL } from './products.ts'

const WHERE = 'leastSquaresSolve'

/** A matrix with its factors, once they are known. */
interface Triangulated extends Dense {
  qr?: Qr
}

/** r and x with r + A x = f and Aᵀ r = g. Source: Björck, "Numerical methods for least squares problems", 1996, section 1.4. */
function augmentedSolution(matrix: Triangulated, f: Float64Array, g: Float64Array): Float64Array {
  matrix.qr ??= qrOf(matrix, WHERE)
  const { rows, columns } = matrix
  const residuals = f.slice()
  turn(matrix.qr, residuals)
  const head = solveUpperTransposed(matrix.qr, g)
  const found = new Float64Array(rows + columns)
  found.set(
    solveUpper(
      matrix.qr,
      head.map((each, k) => residuals[k]! - each),
    ),
    rows,
  )
  residuals.set(head)
  turnBack(matrix.qr, residuals)
  found.set(residuals)
  return found
}

const rowsFrom = <M>(m: Algebra<M>, a: M, first: number, count: number): M => m.picked(a, count, 1, i => first + i)

/**
 * The residuals and the best solution x, one below the other, of A, f and g: for g = 0 they are those of the least ‖A x - f‖. The
 * derivatives are solutions of the same equations: dr + A dx = df - dA x and Aᵀ dr = dg - dAᵀ r.
 */
const AUGMENTED: MatrixRule = {
  name: WHERE,
  value([a, f, g]) {
    const entries = augmentedSolution(a!, f!.entries, g!.entries)
    return { rows: entries.length, columns: 1, entries }
  },
  pull<M>(m: Algebra<M>, [a]: readonly M[], y: M, adjoint: M) {
    const { rows, columns } = m.sizeOf(a!)
    const halves = (both: M) => [rowsFrom(m, both, 0, rows), rowsFrom(m, both, rows, columns)] as const
    const [r, x] = halves(y)
    const [p, q] = halves(m.apply(AUGMENTED, [a!, ...halves(adjoint)]))
    const outer = (u: M, v: M) => m.apply(MAT_MUL, [u, transposedIn(m, v)])
    return [() => minus(m, m.sum(outer(p, x), outer(r, q))), () => p, () => q]
  },
  push(m, [a], y, [da, df, dg]) {
    const { rows, columns } = m.sizeOf(a!)
    const moved = m.apply(MAT_MUL, [da!, rowsFrom(m, y, rows, columns)])
    const turned = m.apply(MAT_MUL, [transposedIn(m, da!), rowsFrom(m, y, 0, rows)])
    return m.apply(AUGMENTED, [a!, m.sum(df!, minus(m, moved)), m.sum(dg!, minus(m, turned))])
  },
}

/**
 * The x that makes ‖A x - b‖ least, for a matrix with at least as many rows as columns. The search of `tsgrad/optimise` for functions that are
 * not linear is `leastSquares`.
 *
 * @throws RangeError with the place of a column that depends on those before it, to the precision of its numbers; where shapes do not fit.
 * @returns derivatives of all orders are exact: those of the solution, not of the steps of the factorisation.
 * Cost: 2 m n² multiplications, and 4 m n where it is differentiated; one record, with a node for each number of x and for each residual.
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
  const right = columnOf(vectorOf(b, matrix.rows, WHERE))
  const nothing = columnOf(Array.from({ length: matrix.columns }, () => 0))
  return applyRule(AUGMENTED, [matrix, right, nothing]).entries.slice(matrix.rows) as never
}
