/**
 * The entry `tsgrad/optimise`: searches for minima, best fits and roots.
 * Names only; it must not hold anything of its own.
 */

export {
  type Fit,
  type LeastSquaresOptions,
  type Loss,
  leastSquares,
  leastSquaresSteps,
} from './optimise/least-squares.ts'
export { type MinimizeOptions, type Minimum, minimize, minimizeSteps } from './optimise/minimize.ts'
export type { FoundPoint, Progress, Reason, SearchOptions, SearchResult, Signal, Start } from './optimise/problem.ts'
export { type Root, type RootOptions, root, rootSteps } from './optimise/root.ts'
export { clipGradients, cosineDecay, exponentialDecay, warmup } from './training/schedules.ts'
