/**
 * `leastSquares`: the least sum of squares of residuals, or of a function of them that forgives outliers.
 * It must not know how a Jacobian is found.
 */
import { atLeast0, numberWhere, type Range, requireOptions } from '../engine/options.ts'
import { qrSolve } from '../linear/factorisations.ts'
import type { Differentiable } from '../verbs/carried.ts'
import {
  type FoundPoint,
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

/** What counts of a residual r: with z = (r / scale)², scale² times ρ(z) / 2. */
export type Loss = 'squares' | 'softL1' | 'huber' | 'cauchy' | 'arctan'

/** What `leastSquares` can be told. */
export interface LeastSquaresOptions<X> extends SearchOptions<X> {
  /** How residuals count; 'squares' if not given. */
  readonly loss?: Loss
  /** From which size on a residual counts less than its square; 1 if not given. */
  readonly scale?: number
  /** Converged where the cosine of the residuals with each column of the Jacobian is no larger; 1e-10 if not given. */
  readonly gradientTolerance?: number
  /** Converged where a step lowers the value, and was expected to, by less than this share of it; 1e-15 if not given. */
  readonly valueTolerance?: number
  /** Converged where a step is less than this share of the point; 1e-14 if not given. */
  readonly stepTolerance?: number
}

/** What `leastSquares` found; `value` is half the sum of what residuals count. */
export interface Fit<X> extends SearchResult<X> {
  /** The residuals at `x`, in a row. */
  readonly residuals: number[]
  /** The Jacobian at `x`: a row for each residual. Its QR factorisation gives errors of the parameters. */
  readonly jacobian: number[][]
}

/** ρ and ρ′ at z. Source: SciPy's `least_squares`. */
const losses: { readonly [Name in Loss]: (z: number) => readonly [value: number, slope: number] } = {
  squares: z => [z, 1],
  softL1: z => [2 * (Math.sqrt(1 + z) - 1), (1 + z) ** -0.5],
  huber: z => (z <= 1 ? [z, 1] : [2 * Math.sqrt(z) - 1, z ** -0.5]),
  cauchy: z => [Math.log1p(z), 1 / (1 + z)],
  arctan: z => [Math.atan(z), 1 / (1 + z * z)],
}

/**
 * Residuals and Jacobian of a sum of squares with the same gradient: each is weighed by √ρ′. The curvature of ρ, which bends down, is left
 * out. Source: Triggs and others, "Bundle adjustment: a modern synthesis", 2000, section 4.3; as Ceres does.
 */
interface Weighted {
  readonly value: number
  readonly residuals: Float64Array
  readonly jacobian: Float64Array
}

function totalLoss(residuals: readonly number[], loss: Loss, scale: number): number {
  let sum = 0
  for (const r of residuals) sum += losses[loss]((r / scale) ** 2)[0]
  return 0.5 * scale * scale * sum
}

function weighted({ residuals, jacobian }: Linearised, loss: Loss, scale: number, columns: number): Weighted {
  const value = totalLoss(residuals, loss, scale)
  const scaledResiduals = Float64Array.from(residuals)
  const scaledRows = jacobian.slice()
  if (loss !== 'squares')
    residuals.forEach((r, i) => {
      const weight = Math.sqrt(losses[loss]((r / scale) ** 2)[1])
      scaledResiduals[i] = r * weight
      for (let j = 0; j < columns; j++) scaledRows[i * columns + j]! *= weight
    })
  return { value, residuals: scaledResiduals, jacobian: scaledRows }
}

const columnNorms = (jacobian: Float64Array, columns: number) => {
  const norms = new Float64Array(columns)
  jacobian.forEach((each, k) => {
    norms[k % columns] = Math.hypot(norms[k % columns]!, each)
  })
  return norms
}

/** Jᵀ r */
function gradientOf({ jacobian, residuals }: Weighted, columns: number): Float64Array {
  const gradient = new Float64Array(columns)
  residuals.forEach((r, i) => {
    for (let j = 0; j < columns; j++) gradient[j]! += jacobian[i * columns + j]! * r
  })
  return gradient
}

/** The step that minimises ‖J s + r‖² + damping ‖D s‖². */
function dampedStep({ jacobian, residuals }: Weighted, scales: Float64Array, damping: number): Float64Array {
  const columns = scales.length
  const rows = residuals.length + columns
  const entries = new Float64Array(rows * columns)
  entries.set(jacobian)
  scales.forEach((scale, j) => {
    entries[(residuals.length + j) * columns + j] = Math.sqrt(damping) * scale
  })
  const right = new Float64Array(rows)
  residuals.forEach((r, i) => {
    right[i] = -r
  })
  return qrSolve({ rows, columns, entries }, right, 'leastSquares')
}

/** The largest cosine of the residuals with a column. */
function largestCosine(gradient: Float64Array, norms: Float64Array, residuals: Float64Array): number {
  const size = Math.sqrt(productOf(residuals, residuals))
  return size === 0 ? 0 : largest(gradient.map((each, j) => (norms[j] === 0 ? 0 : each / (norms[j]! * size))))
}

const fitRanges: { readonly [Name in keyof LeastSquaresOptions<unknown>]-?: Range } = {
  ...searchRanges,
  loss: [loss => typeof loss === 'string' && Object.hasOwn(losses, loss), `one of ${Object.keys(losses).join(', ')}`],
  scale: numberWhere(x => x > 0 && x < Infinity, 'above 0 and finite'),
  gradientTolerance: atLeast0,
  valueTolerance: atLeast0,
  stepTolerance: atLeast0,
}

/** A point with all that a step needs of it. */
interface Position {
  readonly x: number[]
  readonly linear: Linearised
  readonly weighed: Weighted
  readonly gradient: Float64Array
  readonly cosine: number
}

interface Tolerances {
  readonly loss: Loss
  readonly scale: number
  readonly valueTolerance: number
  readonly stepTolerance: number
}

/** The state of a fit: where it is, and how far it trusts the squares that it solves. */
class Fitting {
  at: Position
  iterations = 0
  private readonly values: Residuals
  private readonly options: Tolerances
  private readonly scales: Float64Array
  private damping = 1e-3
  private growth = 2

  constructor(values: Residuals, start: number[], options: Tolerances) {
    this.values = values
    this.options = options
    this.scales = new Float64Array(start.length)
    this.at = this.positionAt(start, values.linearised(start))
    this.scales.forEach((scale, j) => {
      this.scales[j] = scale || 1
    })
  }

  private positionAt(x: number[], linear: Linearised): Position {
    const { loss, scale } = this.options
    const weighed = weighted(linear, loss, scale, x.length)
    const gradient = gradientOf(weighed, x.length)
    const norms = columnNorms(weighed.jacobian, x.length)
    norms.forEach((norm, j) => {
      this.scales[j] = Math.max(this.scales[j]!, norm)
    })
    return { x, linear, weighed, gradient, cosine: largestCosine(gradient, norms, weighed.residuals) }
  }

  /** Goes to a better point, or says why there is none. */
  advance(): Reason | undefined {
    for (;;) {
      const { x, weighed, gradient, cosine } = this.at
      const step = dampedStep(weighed, this.scales, this.damping)
      const scaled = step.map((each, j) => each * this.scales[j]!)
      const length = Math.sqrt(productOf(scaled, scaled))
      // half of sᵀ (damping D² s - gradient), which is never negative
      const expected = 0.5 * (this.damping * length * length - productOf(step, gradient))
      const isShort = length <= this.options.stepTolerance * Math.hypot(...x.map((each, j) => each * this.scales[j]!))
      // short steps after many that failed are no sign of a minimum where the residuals still depend on the numbers
      const isTrusted = this.growth === 2 || cosine <= 1e-5
      const lowered = this.moved(x, step, expected)
      const least = this.options.valueTolerance * weighed.value
      const isLow = expected <= least && !(lowered !== undefined && lowered > least)
      if (isLow || isShort) return isTrusted ? (isLow ? 'value' : 'step') : 'stalled'
      if (lowered !== undefined) return undefined
      if (!(this.damping < 1e100)) return 'stalled'
      this.damping *= this.growth
      this.growth *= 2
    }
  }

  /** Goes a step where the value is lower by a share of what is expected; by how much it is lower. */
  private moved(x: readonly number[], step: Float64Array, expected: number): number | undefined {
    const next = x.map((each, j) => each + step[j]!)
    const { loss, scale } = this.options
    const lowered = this.at.weighed.value - totalLoss(this.values.at(next), loss, scale)
    const gain = lowered / expected
    if (!(gain > 1e-4 && Number.isFinite(lowered))) return undefined
    const linear = this.values.linearised(next)
    if (!linear.isFinite) return undefined
    this.iterations++
    this.at = this.positionAt(next, linear)
    this.damping *= Math.max(1 / 3, 1 - (2 * gain - 1) ** 3)
    this.growth = 2
    return lowered
  }
}

/**
 * The point near `start` at which the squares of the residuals that `f` returns have the least sum: Levenberg-Marquardt, with losses that
 * forgive outliers.
 *
 * @param f residuals, in any shape, of one argument of any shape, of plain or of tracked numbers. Their Jacobian is that of `jacobian`: of plain
 * numbers a compiled gradient for each residual, of tracked ones four at a time.
 * @param start plain numbers in the shape of that argument; it is not changed.
 * @throws TypeError for a start that is no numbers; RangeError for options out of range; what `f` throws.
 * Cost: a Jacobian, and 2 m n² multiplications an iteration, for n numbers and m residuals.
 * Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978, for the scales; Nielsen, "Damping parameter in
 * Marquardt's method", 1999.
 * @example leastSquares(([a, b]: NumberWithGrad[]) => [1, 2, 3].map(t => a.mul(t).add(b).sub(2 * t + 1)), [0, 0]).x.map(Math.round) // [2, 1]
 */
export function leastSquares<X>(
  f: Differentiable<(x: X) => unknown>,
  start: Start<X>,
  options: LeastSquaresOptions<X> = {},
): Fit<X> {
  return runToEnd(leastSquaresSteps(f, start, options))
}

/**
 * `leastSquares` step by step: a generator that gives the progress after each iteration and returns the result. Who calls `next`, or writes `for … of`, may
 * wait between two steps, so that a page is drawn and a signal with a time limit ends the search; leaving the loop leaves nothing behind.
 *
 * @throws what `leastSquares` throws, at the first step.
 * Cost: that of `leastSquares`, and a copy of the point for each step. Source: as for `leastSquares`.
 * @example [...leastSquaresSteps((x: NumberWithGrad) => [x.sub(3)], 0)].at(-1)!.x.toFixed(6) // '3.000000'
 */
export function* leastSquaresSteps<X>(
  f: Differentiable<(x: X) => unknown>,
  start: Start<X>,
  options: LeastSquaresOptions<X> = {},
): Generator<Progress<X>, Fit<X>, unknown> {
  requireOptions('leastSquares', options, fitRanges)
  const { loss = 'squares', scale = 1, maxIterations = 500 } = options
  const { gradientTolerance = 1e-10, valueTolerance = 1e-15, stepTolerance = 1e-14 } = options
  const shape = pointsOf(start, 'leastSquares')
  const values = new Residuals(f, shape, 'leastSquares')
  const fitting = new Fitting(values, shape.numbers, { loss, scale, valueTolerance, stepTolerance })
  const isUsable = fitting.at.linear.isFinite && Number.isFinite(fitting.at.weighed.value)
  let reason: Reason | undefined = isUsable ? undefined : 'not finite'
  const tell = watcherOf({ ...options, maxIterations }, shape)
  const stateNow = () => {
    const { x, weighed, gradient } = fitting.at
    return { iterations: fitting.iterations, value: weighed.value, gradient: largest(gradient), x }
  }
  while (reason === undefined) {
    if (fitting.at.cosine <= gradientTolerance) reason = 'gradient'
    else reason = (yield* tell(stateNow())) ?? fitting.advance()
  }
  yield* tell(stateNow())
  const { x, linear, weighed, gradient } = fitting.at
  const columns = x.length
  return {
    x: shape.shaped(x) as FoundPoint<X>,
    value: weighed.value,
    gradient: largest(gradient),
    residuals: linear.residuals,
    jacobian: linear.residuals.map((_, i) => Array.from(linear.jacobian.subarray(i * columns, (i + 1) * columns))),
    iterations: fitting.iterations,
    evaluations: values.evaluations,
    converged: isConverged(reason),
    reason,
  }
}
