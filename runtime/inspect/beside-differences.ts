/**
 * One derivative, found by several roads, beside what differences of values say. It must not know how either is found.
 */
import { agrees, bestOf, type Difference, differenceOf, type Estimate, isWithin } from '../verbs/differences.ts'

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

/** Digits to which one side must settle to be compared with. */
const DIGITS = 4.7

/** How things are compared. */
interface Comparing {
  /** The size of what moves. */
  readonly scale: number
  readonly tolerance: number
  /** A difference that rounding explains. */
  readonly rounding: number
  /** A NaN is a note. */
  readonly mayBeNaN: boolean
}

/** Compares derivatives at 0 along `values`. */
export function besideDifferences(
  at: string,
  found: readonly number[],
  values: (t: number) => number,
  { scale, tolerance, rounding, mayBeNaN }: Comparing,
): CheckedRow {
  const difference = differenceOf(values, scale)
  const isRounding = (each: number) => Math.abs(each - bestOf(difference.central).value) <= rounding
  const judged = found.map(each =>
    mayBeNaN && Number.isNaN(each)
      ? 'NaN, as at kinks and ends of domains'
      : isRounding(each)
        ? 'right'
        : judge(each, difference, tolerance),
  )
  const verdict = judged.includes('wrong') ? 'wrong' : 'right'
  const note = judged.find(each => each !== 'right')
  const sides = [difference.central, difference.left, difference.right].map(bestOf)
  const numeric = (sides.find(each => isWithin(each, 0, 3)) ?? sides[0]!).value
  return { at, found, numeric, verdict, ...(verdict === 'right' && note !== undefined && { note: `${at}: ${note}` }) }
}

/** What is said of a derivative; anything but `right` and `wrong` is a note. */
function judge(derivative: number, { central, left, right }: Difference, tolerance: number): string {
  if (Number.isNaN(derivative)) return 'wrong'
  if (agrees(derivative, central, tolerance)) return 'right'
  const both = [left, right].map(bestOf)
  const size = Math.max(...[derivative, ...both.map(({ value }) => value)].filter(Number.isFinite).map(Math.abs))
  const sides = both.filter(side => isWithin(side, size, DIGITS))
  // differences that settle nowhere say nothing, and grow where the derivative is infinite
  if (sides.length === 0)
    return isWithin(bestOf(central), size, DIGITS) ? 'wrong' : 'near an edge: no difference settles'
  return sides.some(side => agrees(derivative, [side], tolerance)) || isBetween(derivative, sides)
    ? 'near an edge: compared with one-sided differences'
    : 'wrong'
}

const isBetween = (derivative: number, sides: readonly Estimate[]) =>
  sides.some(({ value }) => value <= derivative) && sides.some(({ value }) => value >= derivative)
