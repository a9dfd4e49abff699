/**
 * One derivative, found by several roads, beside what differences of values say. It must not know how either is found.
 */
import { bestOf, type Difference, differenceOf, type Estimate, isNear, isWithin } from '../verbs/differences.ts'

/** Derivatives of one thing, and what differences make of them. */
export interface CheckedRow {
  /** What is derived, for a table. */
  readonly at: string
  readonly found: readonly number[]
  readonly numeric: number
  readonly verdict: 'right' | 'wrong'
  /** Why it was not compared as usual. */
  readonly note?: string
}

/** How things are compared. */
export interface Comparing {
  /** The size of what moves. */
  readonly scale: number
  /** The number that moves, where it is only one; else 0. */
  readonly from: number
  readonly tolerance: number
  /** What rounding makes of a value. */
  readonly rounding: number
  /** A difference of derivatives that rounding explains. */
  readonly slack: number
  /** A NaN is a note. */
  readonly mayBeNaN: boolean
}

/** Digits to which differences must settle to find an error, and to find none. */
const DIGITS = 4.7
const FEW_DIGITS = 3.5
/** What the values of a long computation have in rounding errors, in last digits. */
const LAST_DIGITS = 48

const UNCHECKED = 'not checked here: no difference settles'

/** Compares derivatives at 0 along `values`. */
export function besideDifferences(
  at: string,
  found: readonly number[],
  values: (t: number) => number,
  { scale, from, tolerance, rounding, slack, mayBeNaN }: Comparing,
): CheckedRow {
  const seen: number[] = []
  const noted = (t: number) => {
    const y = values(t)
    seen.push(y)
    return y
  }
  const judgedBy = (difference: Difference) =>
    found.map(each =>
      mayBeNaN && Number.isNaN(each)
        ? 'NaN, as at kinks and ends of domains'
        : judge(each, difference, tolerance, slack),
    )
  let difference = differenceOf(noted, scale, from, rounding)
  let judged = judgedBy(difference)
  if (judged.includes('wrong')) {
    difference = differenceOf(values, scale, from, Math.max(rounding, leastChange(seen)))
    judged = judgedBy(difference)
  }
  const verdict = judged.includes('wrong') ? 'wrong' : 'right'
  const note = judged.find(each => each !== 'right')
  const sides = [difference.central, difference.left, difference.right].map(bestOf)
  const numeric = (sides.find(each => isWithin(each, 0, 3)) ?? sides[0]!).value
  return { at, found, numeric, verdict, ...(verdict === 'right' && note !== undefined && { note: `${at}: ${note}` }) }
}

/** The least change of values that come in whole multiples of it: a larger number that they went through has rounded them. Else 0. */
function leastChange([middle, ...others]: readonly number[]): number {
  const changes = others.map(each => Math.abs(each - middle!)).filter(each => each > 0 && each < Infinity)
  const least = Math.min(...changes)
  return changes.every(each => Number.isInteger(each / least)) ? least : 0
}

/** What is said of a derivative; anything but `right` and `wrong` is a note. */
function judge(derivative: number, { central, left, right }: Difference, tolerance: number, slack: number): string {
  if (Number.isNaN(derivative)) return 'wrong'
  const best = bestOf(central)
  if (isAllRounding(derivative, central, slack) || isOneOf(derivative, central, tolerance)) return 'right'
  if (isNear(derivative, best, tolerance))
    return derivative === best.value || isWithin(best, Math.abs(derivative), FEW_DIGITS) ? 'right' : UNCHECKED
  const size = Math.max(...[derivative, bestOf(left).value, bestOf(right).value].filter(Number.isFinite).map(Math.abs))
  const isSettled = (each: readonly Estimate[]) => isWithin(bestOf(each), size, DIGITS)
  const sides = [left, right].filter(each => isSettled(each) && isStill(each, size)).map(bestOf)
  if (sides.some(side => isNear(derivative, side, tolerance)) || (sides.length === 2 && isBetween(derivative, sides)))
    return 'near an edge: compared with one-sided differences'
  const all = [central, left, right]
  // differences that settle nowhere say nothing, and grow where the derivative is infinite
  const distance = Math.min(...all.filter(isSettled).map(each => Math.abs(derivative - bestOf(each).value)))
  return distance === Infinity || all.some(each => isNearest(derivative, distance, each)) ? UNCHECKED : 'wrong'
}

/** Whether a derivative and all estimates are no more than rounding makes. */
const isAllRounding = (derivative: number, estimates: readonly Estimate[], slack: number) =>
  estimates.length > 0 &&
  estimates.every(
    ({ value, noise }) => Math.abs(derivative - value) <= Math.max(slack, 2 ** -1000) + LAST_DIGITS * noise,
  )

/** Whether a derivative is two neighbours that are good to five digits. */
function isOneOf(derivative: number, estimates: readonly Estimate[], tolerance: number): boolean {
  const isGood = (each: Estimate) =>
    isNear(derivative, each, tolerance) && each.error <= 2e-5 * Math.max(Math.abs(derivative), Math.abs(each.value))
  return estimates.some((each, i) => i > 0 && isGood(each) && isGood(estimates[i - 1]!))
}

/** The estimate by the nearest step whose last digits do not hide such a distance. */
const nearestOf = (estimates: readonly Estimate[], distance: number) =>
  estimates.findLast(({ noise }) => LAST_DIGITS * noise < distance)

/**
 * Whether a derivative is nearer to the estimate by the nearest step than to any that settles, which is `distance` away: near a pole, wide
 * steps agree on a slope that has nothing to do with that of the place.
 */
function isNearest(derivative: number, distance: number, estimates: readonly Estimate[]): boolean {
  const nearest = nearestOf(estimates, distance)
  return nearest !== undefined && Math.abs(derivative - nearest.value) < 0.95 * distance
}

/** Whether the best estimate is that of near steps too: beside a kink, those that do not reach it say another thing. */
function isStill(estimates: readonly Estimate[], size: number): boolean {
  const nearest = nearestOf(estimates, size / 2)
  return nearest === undefined || Math.abs(bestOf(estimates).value - nearest.value) < size / 2
}

const isBetween = (derivative: number, sides: readonly Estimate[]) =>
  sides.some(({ value }) => value <= derivative) && sides.some(({ value }) => value >= derivative)
