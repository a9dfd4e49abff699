/**
 * `minimize`: the least value of a function of many numbers, within bounds if there are any.
 * It must not know how a gradient is found.
 */
import { requireFunction } from '../engine/node.ts'
import { anything, atLeast0, type Range, requireOptions } from '../engine/options.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import type { Differentiable } from '../verbs/carried.ts'
import { numbersOf } from '../verbs/shapes.ts'
import { valueAndGrad } from '../verbs/verbs.ts'
import { type LinePoint, searchLine } from './line-search.ts'
import {
  type FoundPoint,
  isAllFinite,
  isConverged,
  largest,
  type Progress,
  pointsOf,
  productOf,
  type Reason,
  requirePlainNumbers,
  runToEnd,
  type SearchOptions,
  type SearchResult,
  type Shape,
  type Start,
  searchRanges,
  watcherOf,
} from './problem.ts'

/** What `minimize` can be told. */
export interface MinimizeOptions<X> extends SearchOptions<X> {
  /** Converged where no derivative is larger; 1e-8 if not given, in units of the value for one of the number. */
  readonly gradientTolerance?: number
  /** Converged where an iteration lowers the value by less than this share of it, twice; 1e-15 if not given. */
  readonly valueTolerance?: number
  /** The least and the largest value of each number, in the shape of the start; -Infinity and Infinity where there is none. */
  readonly lower?: Start<X>
  readonly upper?: Start<X>
  /** How many of the last steps tell the curvature; 10 if not given. */
  readonly memory?: number
}

const minimumRanges: { readonly [Name in keyof MinimizeOptions<unknown>]-?: Range } = {
  ...searchRanges,
  gradientTolerance: atLeast0,
  valueTolerance: atLeast0,
  lower: anything,
  upper: anything,
  memory: atLeast0,
}

/** What `minimize` found. */
export interface Minimum<X> extends SearchResult<X> {
  /** The derivatives at `x`, in its shape. */
  readonly derivatives: FoundPoint<X>
}

/** The share of a value that derivatives may promise at a minimum; rounding errors make some thousand times less of it. */
const PROMISE = 1e-9

interface Visited extends LinePoint {
  readonly x: number[]
  readonly gradient: number[]
}

interface Pair {
  readonly step: number[]
  readonly change: number[]
  /** 1 / (step · change) */
  readonly inverse: number
}

interface Bounds {
  readonly lower: readonly number[] | undefined
  readonly upper: readonly number[] | undefined
}

/** An approximate Newton step downhill. Source: Nocedal & Wright, "Numerical Optimization", 2006, algorithm 7.4. */
function directionOf(gradient: readonly number[], pairs: readonly Pair[]): number[] {
  const q = gradient.map(each => -each)
  const shares: number[] = []
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, inverse } = pairs[k]!
    const share = inverse * productOf(step, q)
    shares[k] = share
    for (let i = 0; i < q.length; i++) q[i]! -= share * change[i]!
  }
  const last = pairs.at(-1)
  const scale = last ? 1 / (last.inverse * productOf(last.change, last.change)) : 1
  for (let i = 0; i < q.length; i++) q[i]! *= scale
  pairs.forEach(({ step, change, inverse }, k) => {
    const share = shares[k]! - inverse * productOf(change, q)
    for (let i = 0; i < q.length; i++) q[i]! += share * step[i]!
  })
  return q
}

const within = (x: number, i: number, { lower, upper }: Bounds) =>
  Math.min(Math.max(x, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity)

/** The derivatives that a step could follow: not those that lead out of a bound. */
function freeGradient({ x, gradient }: Visited, bounds: Bounds): number[] {
  return gradient.map((each, i) =>
    each !== 0 && within(x[i]! - Math.sign(each) * Infinity, i, bounds) === x[i] ? 0 : each,
  )
}

/** How far a direction leads before a bound. */
function roomAlong(x: readonly number[], direction: readonly number[], { lower, upper }: Bounds): number {
  let room = Infinity
  direction.forEach((each, i) => {
    const bound = each < 0 ? lower?.[i] : upper?.[i]
    if (each !== 0 && bound !== undefined) room = Math.min(room, (bound - x[i]!) / each)
  })
  return room
}

class Search<X> {
  evaluations = 0
  /** By how much the last first step was to lower the value, by the derivatives. */
  promised = 0
  readonly pairs: Pair[] = []
  private readonly derive: (x: unknown) => [number, unknown]
  private readonly shape: Shape
  private readonly bounds: Bounds
  private readonly memory: number

  constructor(f: Differentiable<(x: X) => Numeric>, shape: Shape, bounds: Bounds, memory: number) {
    requireFunction(f, 'minimize')
    this.derive = valueAndGrad(f as never) as never
    this.shape = shape
    this.bounds = bounds
    this.memory = memory
  }

  visit(x: number[], step = 0, direction?: readonly number[]): Visited {
    this.evaluations++
    const [value, derivatives] = this.derive(this.shape.shaped(x))
    const gradient = numbersOf(derivatives, 'minimize') as number[]
    // a value without derivatives is no point to go to
    const slope = isAllFinite(gradient) ? (direction ? productOf(gradient, direction) : 0) : NaN
    return { x, step, value: Number.isNaN(value) ? Infinity : value, gradient, slope }
  }

  /** A better point from `at` on; `undefined` where there is none. */
  next(at: Visited, free: readonly number[]): Visited | undefined {
    const direction = directionOf(free, this.pairs)
    for (const [i, each] of free.entries()) if (each === 0) direction[i] = 0
    const slope = productOf(direction, free)
    // not downhill to working precision: the curvature that was seen is of no use
    if (!(slope < 0) || !isAllFinite(direction)) return undefined
    const first = this.pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(productOf(free, free)))
    const along = (step: number) =>
      this.visit(
        at.x.map((each, i) => within(each + step * direction[i]!, i, this.bounds)),
        step,
        direction,
      )
    const room = roomAlong(at.x, direction, this.bounds)
    this.promised = -slope * Math.min(first, room)
    const start = { step: 0, value: at.value, slope }
    // across bounds, where the line bends, less value is enough
    const found = room < first ? this.bent(along, at, free, first) : searchLine(along, start, first, room)
    if (found !== undefined) this.remember(at, found)
    return found
  }

  /** Source: Bertsekas, "Projected Newton methods for optimization problems with simple constraints", 1982. */
  private bent(
    along: (step: number) => Visited,
    at: Visited,
    free: readonly number[],
    first: number,
  ): Visited | undefined {
    for (let step = first; step > 1e-20; step /= 2) {
      const point = along(step)
      const expected = point.x.reduce((sum, each, i) => sum + free[i]! * (each - at.x[i]!), 0)
      if (point.value <= at.value + 1e-4 * expected && expected < 0 && !Number.isNaN(point.slope)) return point
    }
    return undefined
  }

  private remember(from: Visited, to: Visited): void {
    const step = to.x.map((each, i) => each - from.x[i]!)
    const change = to.gradient.map((each, i) => each - from.gradient[i]!)
    const curvature = productOf(step, change)
    if (!(curvature > 1e-16 * productOf(change, change)) || !Number.isFinite(1 / curvature)) return
    this.pairs.push({ step, change, inverse: 1 / curvature })
    if (this.pairs.length > this.memory) this.pairs.shift()
  }
}

/** @throws RangeError where bounds have another length, or exclude each other. */
function boundsOf(lower: unknown, upper: unknown, count: number): Bounds {
  const numbers = (bound: unknown, name: string) => {
    if (bound === undefined) return undefined
    const found = requirePlainNumbers(bound, 'minimize', name)
    if (found.length !== count)
      throw new RangeError(`minimize: ${name} must have as many numbers as the start; got ${found.length} for ${count}`)
    const bad = found.findIndex(Number.isNaN)
    if (bad !== -1) throw new RangeError(`minimize: number ${bad} of ${name} is NaN; it must be a bound, or infinite`)
    return found
  }
  const bounds = { lower: numbers(lower, 'lower'), upper: numbers(upper, 'upper') }
  bounds.lower?.forEach((least, i) => {
    if (!(least <= (bounds.upper?.[i] ?? Infinity)))
      throw new RangeError(`minimize: number ${i} cannot be at least ${least} and at most ${bounds.upper![i]}`)
  })
  return bounds
}

/**
 * The least value of `f` near `start`: L-BFGS with a line search for the strong Wolfe conditions, and projections where there are bounds.
 *
 * The gradient is that of `valueAndGrad`: compiled where `f` takes plain numbers, recorded where it takes tracked ones. A local minimum
 * is found, if any; a value of NaN or Infinity is a wall. The result says why the search ended, and is never converged at NaN.
 *
 * @param f one argument: a number, an array or a record, of any depth; called once for each evaluation.
 * @param start plain numbers in the shape of that argument; it is not changed.
 * @param options tolerances, bounds, what watches.
 * @throws TypeError for a start that is no numbers; RangeError for bounds or tolerances out of range; what `f` throws.
 * Cost: one or two gradients an iteration, and 40 multiplications for each number.
 * Source: Liu & Nocedal, "On the limited memory BFGS method for large scale optimization", 1989.
 * @example minimize(([x, y]: NumberWithGrad[]) => x.sub(1).pow(2).add(y.pow(2)), [3, 4]).x // [1, 0]
 */
export function minimize<X>(
  f: Differentiable<(x: X) => Numeric>,
  start: Start<X>,
  options: MinimizeOptions<X> = {},
): Minimum<X> {
  return runToEnd(minimizeSteps(f, start, options))
}

/**
 * `minimize` step by step: a generator that gives the progress after each iteration and returns the result. Who calls `next`, or writes `for … of`, may
 * wait between two steps, so that a page is drawn and a signal with a time limit ends the search; leaving the loop leaves nothing behind.
 *
 * @throws what `minimize` throws, at the first step.
 * Cost: that of `minimize`, and a copy of the point for each step. Source: as for `minimize`.
 * @example [...minimizeSteps((x: NumberWithGrad) => x.sub(3).pow(2), 0)].map(({ value }) => value) // [4, 0]
 */
export function* minimizeSteps<X>(
  f: Differentiable<(x: X) => Numeric>,
  start: Start<X>,
  options: MinimizeOptions<X> = {},
): Generator<Progress<X>, Minimum<X>, unknown> {
  requireOptions('minimize', options, minimumRanges)
  const { gradientTolerance = 1e-8, valueTolerance = 1e-15, memory = 10, maxIterations = 1000 } = options
  const shape = pointsOf(start, 'minimize')
  const bounds = boundsOf(options.lower, options.upper, shape.numbers.length)
  const search = new Search(f, shape, bounds, memory)
  let at = search.visit(shape.numbers.map((each, i) => within(each, i, bounds)))
  let free = freeGradient(at, bounds)
  let iterations = 0
  let still = 0
  const tell = watcherOf({ ...options, maxIterations }, shape)
  const stateNow = () => ({ iterations, value: at.value, gradient: largest(free), x: at.x })
  let reason: Reason | undefined = Number.isFinite(at.value) && isAllFinite(at.gradient) ? undefined : 'not finite'
  while (reason === undefined) {
    const gradient = largest(free)
    if (gradient <= gradientTolerance) reason = 'gradient'
    // where the derivatives promise much, and the values give nothing, one of both is wrong
    else if (still > 1) reason = search.promised <= PROMISE * Math.abs(at.value) ? 'value' : 'stalled'
    else reason = yield* tell(stateNow())
    if (reason !== undefined) break
    let next = search.next(at, free)
    if (next === undefined && search.pairs.length > 0) {
      search.pairs.length = 0
      next = search.next(at, free)
    }
    if (next === undefined) reason = 'stalled'
    else {
      iterations++
      const share = (at.value - next.value) / Math.max(Math.abs(at.value), Math.abs(next.value), Number.MIN_VALUE)
      still = share <= valueTolerance ? still + 1 : 0
      at = next
      free = freeGradient(at, bounds)
      if (at.value === -Infinity) reason = 'unbounded'
    }
  }
  yield* tell(stateNow())
  return {
    x: shape.shaped(at.x) as FoundPoint<X>,
    value: at.value,
    gradient: isAllFinite(at.gradient) ? largest(free) : NaN,
    derivatives: shape.shaped(at.gradient) as FoundPoint<X>,
    iterations,
    evaluations: search.evaluations,
    converged: isConverged(reason),
    reason,
  }
}
