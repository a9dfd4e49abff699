/**
 * `leastSquares`: the least sum of squares of residuals, or of a function of them that forgives outliers.
 * It must not know how a Jacobian is found.
 */
import { qrSolve } from '../linear/factorisations.ts'
import {
  endedByWatchers,
  type FoundPoint,
  isConverged,
  largest,
  pointsOf,
  productOf,
  type Reason,
  requireTolerances,
  type SearchOptions,
  type SearchResult,
  type Start,
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

/** @throws RangeError for options out of range. */
function requireLoss({ loss = 'squares', scale = 1 }: { loss?: string; scale?: number }): void {
  if (!Object.hasOwn(losses, loss))
    throw new RangeError(`leastSquares: loss is ${String(loss)}; it must be one of ${Object.keys(losses).join(', ')}`)
  if (!(scale > 0 && scale < Infinity)) throw new RangeError(`leastSquares: scale is ${scale}; it must be above 0`)
}

/**
 * The point near `start` at which the squares of the residuals that `f` returns have the least sum: Levenberg-Marquardt, with losses that
 * forgive outliers.
 *
 * @param f residuals, in any shape, of one argument: tracked numbers in any shape. Their Jacobian is that of `jacobian`.
 * @param start plain numbers in the shape of that argument; it is not changed.
 * @throws TypeError for a start that is no numbers; RangeError for options out of range; what `f` throws.
 * Cost: a Jacobian, and 2 m n² multiplications an iteration, for n numbers and m residuals.
 * Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978, for the scales; Nielsen, "Damping parameter in
 * Marquardt's method", 1999.
 * @example leastSquares(([a, b]: NumberWithGrad[]) => [1, 2, 3].map(t => a.mul(t).add(b).sub(2 * t + 1)), [0, 0]).x.map(Math.round) // [2, 1]
 */
export function leastSquares<X>(f: (x: X) => unknown, start: Start<X>, options: LeastSquaresOptions<X> = {}): Fit<X> {
  const { loss = 'squares', scale = 1, maxIterations = 500 } = options
  const { gradientTolerance = 1e-10, valueTolerance = 1e-15, stepTolerance = 1e-14 } = options
  requireTolerances('leastSquares', { gradientTolerance, valueTolerance, stepTolerance, maxIterations })
  requireLoss(options)
  const shape = pointsOf(start, 'leastSquares')
  const columns = shape.numbers.length
  const values = new Residuals(f, shape, 'leastSquares')
  let x = shape.numbers
  let linear = values.linearised(x)
  let at = weighted(linear, loss, scale, columns)
  let gradient = gradientOf(at, columns)
  let norms = columnNorms(at.jacobian, columns)
  const scales = norms.map(each => each || 1)
  let damping = 1e-3
  let growth = 2
  let iterations = 0
  let reason: Reason | undefined = linear.isFinite ? undefined : 'not finite'
  while (reason === undefined) {
    const cosine = largestCosine(gradient, norms, at.residuals)
    if (cosine <= gradientTolerance) reason = 'gradient'
    else
      reason = endedByWatchers({ ...options, maxIterations }, shape, {
        iterations,
        value: at.value,
        gradient: largest(gradient),
        x,
      })
    while (reason === undefined) {
      const step = dampedStep(at, scales, damping)
      const next = x.map((each, j) => each + step[j]!)
      const residuals = values.at(next)
      const value = totalLoss(residuals, loss, scale)
      const length = Math.sqrt(
        productOf(
          step.map((each, j) => each * scales[j]!),
          step.map((each, j) => each * scales[j]!),
        ),
      )
      const size = Math.hypot(...x.map((each, j) => each * scales[j]!))
      // half of sᵀ (damping D² s - gradient), which is never negative
      const expected = 0.5 * (damping * length * length - productOf(step, gradient))
      const gain = (at.value - value) / expected
      if (gain > 1e-4 && Number.isFinite(value)) {
        const moved = values.linearised(next)
        if (moved.isFinite) {
          iterations++
          const lowered = at.value - value
          if (lowered <= valueTolerance * at.value && expected <= valueTolerance * at.value) reason = 'value'
          else if (length <= stepTolerance * size) reason = 'step'
          x = next
          linear = moved
          at = weighted(linear, loss, scale, columns)
          gradient = gradientOf(at, columns)
          norms = columnNorms(at.jacobian, columns)
          norms.forEach((norm, j) => {
            scales[j] = Math.max(scales[j]!, norm)
          })
          damping *= Math.max(1 / 3, 1 - (2 * gain - 1) ** 3)
          growth = 2
          break
        }
      }
      if (expected <= valueTolerance * at.value) reason = 'value'
      else if (length <= stepTolerance * size) reason = 'step'
      else if (!(damping < 1e100)) reason = 'stalled'
      damping *= growth
      growth *= 2
    }
  }
  const jacobian = linear.residuals.map((_, i) => Array.from(linear.jacobian.subarray(i * columns, (i + 1) * columns)))
  return {
    x: shape.shaped(x) as FoundPoint<X>,
    value: at.value,
    gradient: largest(gradient),
    residuals: linear.residuals,
    jacobian,
    iterations,
    evaluations: values.evaluations,
    converged: isConverged(reason),
    reason,
  }
}
