/**
 * A search along a line for a point that satisfies the strong Wolfe conditions.
 * It must not know where the line comes from.
 */

/** A point of the line: how far, the value, the derivative along the line. */
export interface LinePoint {
  readonly step: number
  readonly value: number
  readonly slope: number
}

const ENOUGH = 1e-4
const FLAT = 0.9
/** The share of a value that rounding errors may make of it. */
const ROUNDING = 1e-14

/** The minimum of the cubic through two points with their slopes, kept away from both; the middle where that is no number. */
function between(a: LinePoint, b: LinePoint): number {
  const [low, high] = [Math.min(a.step, b.step), Math.max(a.step, b.step)]
  const margin = 0.1 * (high - low)
  const middle = (low + high) / 2
  if (!Number.isFinite(b.value) || !Number.isFinite(b.slope)) return low + (high - low) / 4
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step)
  const root = d1 * d1 - a.slope * b.slope
  if (!(root >= 0)) return middle
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(root)
  const found = b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2)
  return Number.isFinite(found) ? Math.min(Math.max(found, low + margin), high - margin) : middle
}

/**
 * A step to a point with enough less value and a flat enough slope; else the best point that was met, or `undefined` where none is
 * better than the start. What is not finite is too far.
 *
 * @param first where to look first. @param most the longest step; there less value is enough.
 * Source: Nocedal & Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6; Hager & Zhang, 2005, for values that differ by rounding
 * errors only.
 */
export function searchLine<Point extends LinePoint>(
  at: (step: number) => Point,
  start: LinePoint,
  first: number,
  most = Infinity,
): Point | undefined {
  const noise = ROUNDING * Math.abs(start.value)
  const isEnough = (p: LinePoint) =>
    p.value <= start.value + ENOUGH * p.step * start.slope ||
    (p.value <= start.value + noise && p.slope <= (2 * ENOUGH - 1) * start.slope)
  const isFlat = (p: LinePoint) => Math.abs(p.slope) <= -FLAT * start.slope
  let low: LinePoint = start
  let lowest: Point | undefined
  let high: LinePoint | undefined
  let step = Math.min(first, most)
  for (let tries = 0; tries < 60; tries++) {
    const point = at(step)
    if (point.value === -Infinity) return point
    const isAbove = lowest !== undefined && point.value > lowest.value + noise
    if (!Number.isFinite(point.slope) || !isEnough(point) || isAbove) high = point
    else {
      if (isFlat(point) || (step === most && point.slope < 0)) return point
      // the minimum is on the side to which the slope leads down
      if (point.slope * (high ? high.step - low.step : 1) >= 0) high = low
      low = point
      lowest = point
    }
    if (high && Math.abs(high.step - low.step) <= 1e-16 * Math.max(low.step, high.step)) break
    step = high ? between(low, high) : Math.min(4 * step, most)
  }
  return lowest
}
