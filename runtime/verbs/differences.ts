/**
 * The derivative of a function of one number from its values alone, with an estimate of its error, from both sides and from each.
 * It must not know tracked numbers.
 *
 * Central differences with steps h that shrink by 4, each pair extrapolated to h = 0; the step with the least estimated error decides.
 * Source: Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", 1982; Press et al., "Numerical Recipes", 2007, section 5.7.
 */

/** A derivative from values, how far off it may be, and how far by the last digits of the values alone; NaN and Infinity where no step gives any. */
export interface Estimate {
  readonly value: number
  readonly error: number
  readonly noise: number
}

const NOTHING: Estimate = { value: NaN, error: Infinity, noise: Infinity }

/** From both sides, from the left and from the right: an estimate for each step, from the widest to the nearest. */
export interface Difference {
  readonly central: readonly Estimate[]
  readonly left: readonly Estimate[]
  readonly right: readonly Estimate[]
}

/** Steps from 1/8 (2⁻²⁶ scale, where that is more) to 2⁻⁵² scale (2⁻⁵⁰ for 0): powers of 2, so that x + h is exact for most x. */
function stepsFor(scale: number): number[] {
  const steps: number[] = []
  const least = scale === 0 ? 2 ** -50 : Math.max(scale * 2 ** -52, Number.MIN_VALUE)
  for (let h = 2 ** Math.floor(Math.log2(Math.max(1 / 8, scale * 2 ** -26))); h >= least && h < Infinity; h /= 4)
    steps.push(h)
  return steps
}

/** One step: the slope over it, how far the values are from a line over it, and how large they are. */
interface Rung {
  readonly step: number
  readonly slope: number
  readonly bend: number
  readonly size: number
}

/** The derivative by each two neighbours, whose errors go as a power of the step that 4 raised to it is `ratio`. */
function extrapolated(rungs: readonly Rung[], ratio: number, rounding: number): Estimate[] {
  // what is far from a line at a near step too is not curvature, but noise of the values
  const noises = rungs.map(({ bend }, i) => (i > 0 && bend > rungs[i - 1]!.bend / 2 ? bend : 0))
  return rungs.slice(1).map((near, i) => {
    const wide = rungs[i]!
    const value = (ratio * near.slope - wide.slope) / (ratio - 1)
    const rough = Math.max(...noises.slice(Math.max(0, i - 5), i + 3)) // a step may hide what its neighbours show
    const noise = Math.max(rounding, 2 ** -50 * near.size) / near.step
    // extrapolation leaves less than it changes
    const error = 0.1 * Math.abs(value - near.slope) + (1e-3 * wide.bend + rough) / near.step + noise
    return Number.isFinite(value) ? { value, error, noise } : NOTHING
  })
}

/**
 * The estimate with the least error. One that a nearer step contradicts to five digits is off by as much: near a pole wide steps agree on
 * a slope that is small, and has nothing to do with that of the place.
 */
export function bestOf(estimates: readonly Estimate[]): Estimate {
  let best = NOTHING
  let [low, high] = [Infinity, -Infinity]
  for (const { value, error, noise } of estimates.toReversed()) {
    const own = Math.max(error, value - low, high - value)
    if (own < best.error) best = { value, error: own, noise }
    if (error <= 1e-5 * Math.abs(value)) [low, high] = [Math.min(low, value), Math.max(high, value)]
  }
  return best
}

/**
 * The derivative of `f` at 0 by values around it.
 *
 * @param scale the size of the number that `f` moves: it sets the steps.
 * @param from that number, to which steps are added with rounding; 0 where several move.
 * @param rounding what rounding on the way makes of a value, where that is known.
 */
export function differenceOf(f: (t: number) => number, scale: number, from = 0, rounding = 0): Difference {
  const middle = f(0)
  const central: Rung[] = []
  const left: Rung[] = []
  const right: Rung[] = []
  for (const step of stepsFor(scale)) {
    const [before, behind] = [from - step - from, from + step - from]
    const [down, up] = [f(-step), f(step)]
    const bend = Math.abs(up - middle + (down - middle))
    const size = Math.max(Math.abs(up), Math.abs(down), Math.abs(middle))
    if (Number.isFinite(bend)) central.push({ step, slope: (up - down) / (behind - before), bend, size })
    addSide(left, before, middle, down)
    addSide(right, behind, middle, up)
  }
  return {
    central: extrapolated(central, 16, rounding),
    left: extrapolated(left, 4, rounding),
    right: extrapolated(right, 4, rounding),
  }
}

function addSide(rungs: Rung[], step: number, middle: number, value: number): void {
  const slope = (value - middle) / step
  if (!Number.isFinite(slope)) return
  const bend = Math.abs((slope - (rungs.at(-1)?.slope ?? slope)) * step)
  rungs.push({ step: Math.abs(step), slope, bend, size: Math.max(Math.abs(value), Math.abs(middle)) })
}

/** Whether an estimate is that of a number of this size to so many digits. */
export function isWithin({ value, error }: Omit<Estimate, 'noise'>, size: number, digits: number): boolean {
  return error <= 10 ** -digits * Math.max(size, Math.abs(value))
}

/** Whether a derivative is an estimate: to `tolerance` relative to the larger of both, and ten times the estimated error. */
export function isNear(derivative: number, { value, error }: Estimate, tolerance: number): boolean {
  return (
    Math.abs(derivative - value) <= tolerance * Math.max(Math.abs(derivative), Math.abs(value)) + 10 * error &&
    error < Infinity
  )
}
