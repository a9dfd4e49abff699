/**
 * `root`: a point at which as many functions as there are numbers are all 0.
 * It must not know how a Jacobian is found.
 */
import { atLeast0, requireOptions } from '../engine/options.ts'
import { luOf, luSolve } from '../linear/factorisations.ts'
import type { Differentiable } from '../verbs/carried.ts'
import { leastSquares } from './least-squares.ts'
import {
  type FoundPoint,
  isAllFinite,
  isConverged,
  largest,
  type Progress,
  pointsOf,
  productOf,
  type Reason,
  runToEnd,
  type SearchOptions,
  type SearchResult,
  type Start,
  searchRanges,
  watcherOf,
} from './problem.ts'
import { type Linearised, Residuals } from './residuals.ts'

/** What `root` can be told. */
export interface RootOptions<X> extends SearchOptions<X> {
  /** Converged where no value is further from 0; 1e-10 if not given, in units of the values. */
  readonly valueTolerance?: number
}

/** What `root` found; `value` is the largest absolute value at `x`. */
export interface Root<X> extends SearchResult<X> {
  /** The values at `x`, in a row. */
  readonly residuals: number[]
}

/** The Newton step, or `undefined` where the Jacobian is singular. */
function newtonStep({ residuals, jacobian }: Linearised): Float64Array | undefined {
  const size = residuals.length
  try {
    const step = luSolve(
      luOf({ rows: size, columns: size, entries: jacobian }, 'root'),
      residuals.map(each => -each),
    )
    return isAllFinite(step) ? step : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * A point near `start` at which `f` is 0: Newton's method, each step halved until the values are nearer to 0; where the Jacobian is
 * singular, or no such step helps, the iterations of `leastSquares`.
 *
 * @param f as many numbers as its argument has, in any shape; of plain or of tracked numbers.
 * @param start plain numbers in the shape of that argument; it is not changed.
 * @returns `converged` where all values are 0 by the tolerance. A minimum of the squares that is no root is `stalled`.
 * @throws RangeError when `f` returns more or fewer numbers than it takes; TypeError for a start that is no numbers; what `f` throws.
 * Cost: a Jacobian, and n³ / 3 multiplications an iteration.
 * Source: Dennis & Schnabel, "Numerical methods for unconstrained optimization and nonlinear equations", 1983, section 6.3.
 * @example root((x: NumberWithGrad) => x.mul(x).sub(2), 1).x // 1.4142135623730951
 */
export function root<X>(f: Differentiable<(x: X) => unknown>, start: Start<X>, options: RootOptions<X> = {}): Root<X> {
  return runToEnd(rootSteps(f, start, options))
}

/**
 * `root` step by step: a generator that gives the progress after each iteration and returns the result. Who calls `next`, or writes `for … of`, may
 * wait between two steps, so that a page is drawn and a signal with a time limit ends the search; leaving the loop leaves nothing behind.
 *
 * @throws what `root` throws, at the first step.
 * Cost: that of `root`, and a copy of the point for each step. Source: as for `root`.
 * @example [...rootSteps((x: NumberWithGrad) => x.mul(2).sub(4), 1)].map(({ x }) => x) // [2]
 */
export function* rootSteps<X>(
  f: Differentiable<(x: X) => unknown>,
  start: Start<X>,
  options: RootOptions<X> = {},
): Generator<Progress<X>, Root<X>, unknown> {
  requireOptions('root', options, { ...searchRanges, valueTolerance: atLeast0 })
  const { valueTolerance = 1e-10, maxIterations = 200 } = options
  const shape = pointsOf(start, 'root')
  const values = new Residuals(f, shape, 'root')
  let x = shape.numbers
  let at = values.linearised(x)
  if (at.residuals.length !== x.length)
    throw new RangeError(
      `root: f must return as many numbers as it takes; got ${at.residuals.length} for ${x.length}. ` +
        'For more of them take `leastSquares`.',
    )
  let iterations = 0
  let isExact = false
  const tell = watcherOf({ ...options, maxIterations }, shape)
  let reason: Reason | undefined = at.isFinite ? undefined : 'not finite'
  while (reason === undefined) {
    const value = largest(at.residuals)
    // one step more, which costs little and gives all digits
    if (value === 0 || (value <= valueTolerance && isExact)) reason = 'value'
    else reason = yield* tell({ iterations, value, gradient: value, x })
    if (reason !== undefined) break
    isExact = value <= valueTolerance
    const next = damped(values, x, at)
    if (next !== undefined) {
      iterations++
      x = next
      at = values.linearised(x)
    } else if (isExact) reason = 'value'
    else {
      const fit = leastSquares(f, shape.shaped(x) as Start<X>, {
        maxIterations: maxIterations - iterations,
        valueTolerance: 0,
        ...(options.signal && { signal: options.signal }),
      })
      values.evaluations += fit.evaluations
      iterations += fit.iterations
      x = pointsOf(fit.x, 'root').numbers
      at = values.linearised(x)
      reason =
        largest(at.residuals) <= valueTolerance
          ? 'value'
          : fit.reason === 'iterations' || fit.reason === 'aborted'
            ? fit.reason
            : 'stalled'
    }
  }
  const value = largest(at.residuals)
  yield* tell({ iterations, value, gradient: value, x })
  return {
    x: shape.shaped(x) as FoundPoint<X>,
    value: at.isFinite ? value : NaN,
    gradient: value,
    residuals: at.residuals,
    iterations,
    evaluations: values.evaluations,
    converged: isConverged(reason) && value <= valueTolerance,
    reason,
  }
}

/** A point with less of the squares, on the way of Newton's step. */
function damped(values: Residuals, x: readonly number[], at: Linearised): number[] | undefined {
  const step = newtonStep(at)
  if (step === undefined) return undefined
  const before = productOf(at.residuals, at.residuals)
  for (let share = 1; share > 1e-4; share /= 2) {
    const next = x.map((each, i) => each + share * step[i]!)
    const found = values.at(next)
    const after = productOf(found, found)
    if (after <= (1 - 2e-4 * share) * before) return next
  }
  return undefined
}
