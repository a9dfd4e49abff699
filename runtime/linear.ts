/**
 * The entry `tsgrad/linear`: matrices of numbers and tracked numbers.
 * Names only; it must not hold anything of its own.
 */

export { dot } from './arrays/reductions.ts'
export { leastSquaresSolve } from './linear/best-solution.ts'
export type { Dense, EntryOf, Joined, MatrixInput, MatrixOf, MatrixRows, VectorInput } from './linear/dense.ts'
export { matMul, matVec, transpose } from './linear/products.ts'
export { cholesky, inverse, logDet, solve } from './linear/solutions.ts'
