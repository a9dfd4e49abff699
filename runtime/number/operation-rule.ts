/**
 * Rules of one node for functions of one and of two operands that are no rows of the core's table: value, partials and their derivatives.
 * It must not know any such function.
 */
import { type FusedRule, isReached, type NodeOrNumber, type ValuedRule } from '../engine/node.ts'
import { tape } from '../engine/tape.ts'
import { applyMany } from './custom-rule.ts'
import { type Numeric, requireTracked } from './number-with-grad.ts'

/** The partials of a function of one operand: on numbers, their derivative, and on tracked numbers. */
export interface UnaryPartials {
  readonly partial: (x: number, y: number) => number
  readonly second: (x: number, y: number) => number
  readonly tracked: (x: Numeric, y: Numeric) => NodeOrNumber | null
  /** The value is the operand or a constant: nothing flows where the partial is 0. */
  readonly selects?: boolean
}

/** The same of two operands; the derivatives are by the first twice, by both, by the second twice. */
export interface BinaryPartials {
  readonly partials: (a: number, b: number, y: number) => [number, number]
  readonly seconds: (a: number, b: number, y: number) => [number, number, number]
  readonly tracked: (a: Numeric, b: Numeric, y: Numeric) => [NodeOrNumber | null, NodeOrNumber | null]
}

/** 0 times a derivative of what does not move is nothing, also where that derivative is infinite. */
const along = (derivative: number, tangent: number) => (isReached(tangent) ? derivative * tangent + 0 : -0)
const sumOf = (a: number, b: number) => (isReached(a) ? (isReached(b) ? a + b : a) : b)

/** The rule of a function of one operand. */
export function unaryRule(name: string, value: (x: number) => number, of: UnaryPartials): ValuedRule {
  const { partial, second, tracked, selects = false } = of
  const passed = (x: number, y: number) => {
    const found = partial(x, y)
    // at the kink the 0 is a number, so that second derivatives are NaN there
    return selects && found === 0 && !Number.isNaN(second(x, y)) ? null : found
  }
  return {
    name,
    value: ([x]) => value(x!),
    partials: ([x], y) => [passed(x!, y)],
    trackedPartials: ([x], y) => [tracked(x as Numeric, y as Numeric)],
    partialTangents: ([x], [tangent], y) => [along(second(x!, y), tangent!)],
    ...(!selects && {
      fuse(xs: Float64Array, _count: number, partials: Float64Array, first: number) {
        const y = value(xs[0]!)
        partials[first] = partial(xs[0]!, y)
        return y
      },
    }),
  }
}

/** The rule of a function of two operands. */
export function binaryRule(name: string, value: (a: number, b: number) => number, of: BinaryPartials): ValuedRule {
  return {
    name,
    value: ([a, b]) => value(a!, b!),
    partials: ([a, b], y) => of.partials(a!, b!, y),
    trackedPartials: ([a, b], y) => of.tracked(a as Numeric, b as Numeric, y as Numeric),
    partialTangents([a, b], [ofA, ofB], y) {
      const [twiceA, both, twiceB] = of.seconds(a!, b!, y)
      return [sumOf(along(twiceA, ofA!), along(both, ofB!)), sumOf(along(both, ofA!), along(twiceB, ofB!))]
    },
    fuse(xs, _count, partials, first) {
      const y = value(xs[0]!, xs[1]!)
      const found = of.partials(xs[0]!, xs[1]!, y)
      partials[first] = found[0]
      partials[first + 1] = found[1]
      return y
    },
  }
}

/** The result of a rule at operands of which one is tracked. */
export function operated(rule: ValuedRule, xs: readonly Numeric[]): Numeric {
  for (const x of xs) if (typeof x !== 'number') requireTracked(x, rule.name)
  const fused =
    tape.life === null || rule.fuse === undefined ? null : (tape.fuse!(rule as FusedRule, xs, []) as Numeric | null)
  return fused ?? applyMany(rule, xs)
}
