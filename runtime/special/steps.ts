/**
 * Functions of three operands made of others: clamp and smoothstep.
 * They must not know how gradients flow.
 */
import { notNumeric } from '../engine/node.ts'
import { max, min } from '../generated/surface/functions.ts'
import { ensureNumber, NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'

/** The values of three operands. */
function numbersIn(where: string, operands: readonly Numeric[]): number[] {
  return operands.map(x => {
    if (typeof x === 'number') return x
    if (x instanceof NumberWithGrad) return x.num
    throw notNumeric(where, x)
  })
}

/**
 * `x`, but not below `low` and not above `high`: `min(max(x, low), high)`. At a bound a derivative is shared, as by `max` and `min`.
 *
 * @throws RangeError when `low` is above `high`; TypeError for what is neither a number nor tracked.
 * Source: JAX's `clip`.
 * @example clamp(7, 0, 1) // 1
 */
export function clamp(x: number, low: number, high: number): number
export function clamp(x: NumberWithGrad, low: Numeric, high: Numeric): NumberWithGrad
export function clamp(x: Numeric, low: Numeric, high: Numeric): Numeric
export function clamp(x: Numeric, low: Numeric, high: Numeric): Numeric {
  const [, least, most] = numbersIn('clamp', [x, low, high])
  if (least! > most!) throw new RangeError(`clamp: low must not be above high; got ${least} and ${most}`)
  return min(max(x, low), high)
}

/**
 * 0 up to `from`, 1 from `to` on, and between them 3t² - 2t³ with t = (x - from) / (to - from): its derivative is 0 at both ends.
 *
 * @throws RangeError unless `from` is below `to`; TypeError for what is neither a number nor tracked.
 * Source: GLSL's `smoothstep`, whose operands stand in another order: edges first.
 * @example smoothstep(0.5, 0, 1) // 0.5
 */
export function smoothstep(x: number, from: number, to: number): number
export function smoothstep(x: NumberWithGrad, from: Numeric, to: Numeric): NumberWithGrad
export function smoothstep(x: Numeric, from: Numeric, to: Numeric): Numeric
export function smoothstep(x: Numeric, from: Numeric, to: Numeric): Numeric {
  const [, first, last] = numbersIn('smoothstep', [x, from, to])
  if (!(first! < last!)) throw new RangeError(`smoothstep: from must be below to; got ${first} and ${last}`)
  if (typeof x === 'number' && typeof from === 'number' && typeof to === 'number') {
    const t = clamp((x - from) / (to - from), 0, 1)
    return t * t * (3 - 2 * t)
  }
  const [tracked, start, end] = [ensureNumber(x), ensureNumber(from), ensureNumber(to)]
  const t = clamp(tracked.sub(start).div(end.sub(start)), 0, 1)
  return t.mul(t).mul(t.mul(-2).add(3))
}
