/**
 * Systems of linear equations: solutions, inverses, determinants and Cholesky's triangle, each one record with its exact derivatives.
 * They must not know how gradients flow.
 */

import {
  columnOf,
  type Dense,
  type EntryOf,
  identity,
  type Joined,
  type MatrixInput,
  type MatrixOf,
  plainTable,
  readMatrix,
  requireSquare,
  shapedLike,
  type VectorInput,
  vectorOf,
} from './dense.ts'
import { choleskyOf, type Lu, luOf, luSolve } from './factorisations.ts'
import { type Algebra, applyRule, type MatrixRule, minus, transposedIn } from './matrix-rule.ts'
import { MAT_MUL } from './products.ts'

/** A matrix with its factors, once they are known. */
interface Factored extends Dense {
  lu?: Lu
}

function factorsOf(matrix: Factored, where: string): Lu {
  matrix.lu ??= luOf(matrix, where)
  return matrix.lu
}

/** A⁻¹ B, or A⁻ᵀ B. */
function solvedColumns(factors: Lu, { rows, columns, entries }: Dense, isTransposed: boolean): Dense {
  const found = new Float64Array(entries.length)
  const column = new Float64Array(rows)
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) column[i] = entries[i * columns + j]!
    const solution = luSolve(factors, column, isTransposed)
    for (let i = 0; i < rows; i++) found[i * columns + j] = solution[i]!
  }
  return { rows, columns, entries: found }
}

/** X = A⁻¹ B: dX = A⁻¹ (dB - dA X), and the same of the transposed matrix. */
function solving(isTransposed: boolean): MatrixRule {
  return {
    name: 'solve',
    value: ([a, b]) => solvedColumns(factorsOf(a!, 'solve'), b!, isTransposed),
    pull(m, [a], x, adjoint) {
      const right = m.apply(isTransposed ? SOLVE : SOLVE_TRANSPOSED, [a!, adjoint])
      const [left, other] = isTransposed ? [x, right] : [right, x]
      return [() => minus(m, m.apply(MAT_MUL, [left, transposedIn(m, other)])), () => right]
    },
    push(m, [a], x, [da, db]) {
      const moved = m.apply(MAT_MUL, [isTransposed ? transposedIn(m, da!) : da!, x])
      return m.apply(isTransposed ? SOLVE_TRANSPOSED : SOLVE, [a!, m.sum(db!, minus(m, moved))])
    },
  }
}

const SOLVE: MatrixRule = /* @__PURE__ */ solving(false)
const SOLVE_TRANSPOSED: MatrixRule = /* @__PURE__ */ solving(true)

const isVector = (right: VectorInput | MatrixInput): right is VectorInput =>
  right instanceof Float64Array || (Array.isArray(right) && !Array.isArray(right[0]))

/**
 * The x with A x = b, for a vector b or for each column of a matrix b.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where shapes do not fit.
 * @returns derivatives of all orders are exact: those of the solution, not of the steps of the elimination.
 * Cost: n³ / 3 multiplications, and n² where it is differentiated; one record, with a node for each number of x.
 * Source: LU with partial pivoting, Golub & Van Loan, "Matrix Computations", 3.4; Giles, "Collected matrix derivative results", 2008, 2.3.1.
 * @example solve([[2, 1], [1, 3]], [5, 10]) // [1, 3]
 */
export function solve<A extends MatrixInput, B extends VectorInput>(a: A, b: B): Joined<EntryOf<A>, EntryOf<B>>[]
export function solve<A extends MatrixInput, B extends MatrixInput>(a: A, b: B): MatrixOf<A, B>
export function solve(a: MatrixInput, b: VectorInput | MatrixInput): unknown {
  const matrix = readMatrix(a, 'solve')
  requireSquare(matrix, 'solve')
  if (isVector(b)) return applyRule(SOLVE, [matrix, columnOf(vectorOf(b, matrix.rows, 'solve'))]).entries
  const right = readMatrix(b, 'solve')
  if (right.rows !== matrix.rows)
    throw new RangeError(`solve: the matrices must have as many rows; got ${matrix.rows} and ${right.rows}`)
  return shapedLike(applyRule(SOLVE, [matrix, right]).entries, right.columns, [a, b])
}

/** Y = A⁻¹: dY = -Y dA Y. */
const INVERSE: MatrixRule = {
  name: 'inverse',
  value: ([a]) => solvedColumns(factorsOf(a!, 'inverse'), identity(a!.rows), false),
  pull(m, _xs, y, adjoint) {
    const turned = transposedIn(m, y)
    return [() => minus(m, m.apply(MAT_MUL, [m.apply(MAT_MUL, [turned, adjoint]), turned]))]
  },
  push: (m, _xs, y, [da]) => minus(m, m.apply(MAT_MUL, [m.apply(MAT_MUL, [y, da!]), y])),
}

/**
 * A⁻¹. To solve A x = b, `solve` takes a third of the time and loses fewer digits.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where it is not square.
 * Cost: n³ multiplications, and 2 n³ where it is differentiated; one record, with a node for each entry.
 * Source: as for `solve`.
 * @example inverse([[2, 0], [0, 4]]) // [[0.5, 0], [0, 0.25]]
 */
export function inverse<A extends MatrixInput>(a: A): MatrixOf<A> {
  const matrix = readMatrix(a, 'inverse')
  requireSquare(matrix, 'inverse')
  return shapedLike(applyRule(INVERSE, [matrix]).entries, matrix.rows, [a]) as MatrixOf<A>
}

function logDeterminant({ size, entries, sign: permuted }: Lu): number {
  let sign = permuted
  let sum = 0
  for (let i = 0; i < size; i++) {
    const pivot = entries[i * size + i]!
    sign *= Math.sign(pivot)
    sum += Math.log(Math.abs(pivot))
  }
  return sign < 0 ? NaN : sum
}

/** d log det A = trace(A⁻¹ dA). */
const LOG_DET: MatrixRule = {
  name: 'logDet',
  value: ([a]) => ({ rows: 1, columns: 1, entries: Float64Array.of(logDeterminant(factorsOf(a!, 'logDet'))) }),
  pull(m, [a], _y, adjoint) {
    const { rows } = m.sizeOf(a!)
    return [() => m.apply(SOLVE_TRANSPOSED, [a!, m.picked(adjoint, rows, rows, (i, j) => (i === j ? 0 : -1))])]
  },
  push(m, [a], _y, [da]) {
    const { rows } = m.sizeOf(a!)
    const diagonal = m.picked(m.apply(SOLVE, [a!, da!]), 1, rows, (_, j) => j * rows + j)
    const ones = m.constant({ rows, columns: 1, entries: new Float64Array(rows).fill(1) })
    return m.apply(MAT_MUL, [diagonal, ones])
  },
}

/**
 * log det A; NaN where the determinant is negative. Neither over- nor underflows. Of a positive definite matrix it is twice the sum of the
 * logarithms of the diagonal of `cholesky`.
 *
 * @throws RangeError with the place of the pivot where A is singular to the precision of its numbers, and where it is not square.
 * Cost: n³ / 3 multiplications, and n³ where it is differentiated; one record.
 * Source: Giles, "Collected matrix derivative results", 2008, 2.2.3; PyTorch's `logdet`.
 * @example logDet([[2, 0], [0, 3]]) // 1.791759469228055
 */
export function logDet<A extends MatrixInput>(a: A): Joined<EntryOf<A>, EntryOf<A>> {
  const matrix = readMatrix(a, 'logDet')
  requireSquare(matrix, 'logDet')
  return applyRule(LOG_DET, [matrix]).entries[0] as never
}

/** The lower triangle, and `diagonal` times its diagonal. */
const lowerOf = <M>(m: Algebra<M>, a: M, diagonal: number): M =>
  m.scaled(a, (i, j) => (j < i ? 1 : j === i ? diagonal : 0))

/** The mean of a matrix and its mirror image. */
const symmetricOf = <M>(m: Algebra<M>, a: M): M => m.scaled(m.sum(a, transposedIn(m, a)), () => 0.5)

/** A = L Lᵀ: dL = L Φ(L⁻¹ dA L⁻ᵀ), where Φ takes the lower triangle and half of the diagonal. */
const CHOLESKY: MatrixRule = {
  name: 'cholesky',
  value: ([a]) => ({ ...a!, entries: choleskyOf(a!, 'cholesky') }),
  pull: (m, _xs, lower, adjoint) => [
    () => {
      const inner = lowerOf(m, m.apply(MAT_MUL, [transposedIn(m, lower), lowerOf(m, adjoint, 1)]), 0.5)
      const left = m.apply(SOLVE_TRANSPOSED, [lower, inner])
      return symmetricOf(m, m.apply(SOLVE_TRANSPOSED, [lower, transposedIn(m, left)]))
    },
  ],
  push(m, _xs, lower, [da]) {
    const left = m.apply(SOLVE, [lower, symmetricOf(m, da!)])
    const inner = m.apply(SOLVE, [lower, transposedIn(m, left)])
    return m.apply(MAT_MUL, [lower, lowerOf(m, inner, 0.5)])
  },
}

/**
 * The lower triangle L with A = L Lᵀ, of a symmetric positive definite matrix. Derivatives are by the mean of an entry and its mirror image.
 *
 * @throws RangeError with the place of the pivot that is not positive, and where A is not symmetric.
 * Cost: n³ / 6 multiplications, and 2 n³ where it is differentiated; one record, with a node for each entry.
 * Source: Golub & Van Loan, "Matrix Computations", 4.2; Murray, "Differentiation of the Cholesky decomposition", 2016.
 * @example cholesky([[4, 2], [2, 5]]) // [[2, 0], [1, 2]]
 */
export function cholesky<A extends MatrixInput>(a: A): MatrixOf<A> {
  const matrix = readMatrix(a, 'cholesky')
  requireSquare(matrix, 'cholesky')
  requireSymmetric(plainTable(matrix))
  return shapedLike(applyRule(CHOLESKY, [matrix]).entries, matrix.rows, [a]) as MatrixOf<A>
}

function requireSymmetric({ rows: size, entries }: Dense): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [entries[i * size + j]!, entries[j * size + i]!]
      if (Math.abs(a - b) > 1e-12 * Math.max(Math.abs(a), Math.abs(b)))
        throw new RangeError(
          `cholesky: the matrix must be symmetric; entry ${i}, ${j} is ${a}, and its mirror image ${b}`,
        )
    }
}
