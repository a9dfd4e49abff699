/**
 * Primitives outside the table, one node a call: a user's own, and the package's functions of many numbers.
 * It must not know any such primitive, nor how a sweep works.
 */
import {
  type FusedRule,
  kindOf,
  MANY,
  ManyOperands,
  OPCODES,
  operandValue,
  requireFunction,
  unexpected,
  type ValuedRule,
} from '../engine/node.ts'
import { operandValues as allOperandValues, makeRoomFor } from '../engine/operand-values.ts'
import { admit } from '../engine/tape.ts'
import { requireDependence } from './lost-dependence.ts'
import { NumberWithGrad, type Numeric, record } from './number-with-grad.ts'

const operandValues = allOperandValues // V8 loads an imported name at each use, and treats a module's own constant as one

/** @internal One node for `rule` at `xs`; a plain number when no operand is tracked. `xs` is kept: do not change it afterwards. */
export function applyMany(rule: ValuedRule, xs: readonly Numeric[]): Numeric {
  const numbers: number[] = []
  let tracked: NumberWithGrad | undefined
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!
    if (typeof x !== 'number') {
      if (!(x?._tag < OPCODES) && x?._life?.ended !== false) admit(x, rule.name)
      tracked = x
    }
    numbers.push(operandValue(x))
  }
  const value = rule.value(numbers)
  return tracked === undefined ? value : tracked._record(value, MANY, new ManyOperands(rule, xs), null)
}

/** @internal The same for a rule of whole arrays, at the numbers of `xs` and then of `more`, which stay the caller's. */
export function applyFused(rule: FusedRule, xs: readonly Numeric[], more: readonly Numeric[]): Numeric {
  const count = xs.length + more.length
  const tracked = readValues(xs, 0, rule.name) + (more.length === 0 ? 0 : readValues(more, xs.length, rule.name))
  const value = rule.fuse(operandValues.values, count, operandValues.partials, 0)
  return tracked === 0 ? value : record(value, MANY, new ManyOperands(rule, copyOf(xs, more)), null)
}

/** @internal Writes the values into those of `operandValues`, from place `from` on; how many are tracked. */
export function readValues(xs: readonly Numeric[], from: number, name: string): number {
  if (from + xs.length > operandValues.values.length) makeRoomFor(from + xs.length)
  const { values } = operandValues
  let tracked = 0
  for (let i = 0; i < xs.length; i++) {
    const x = xs.at(i) as Numeric // not xs[i], which may box the caller's numbers (docs/decisions/0025)
    if (typeof x === 'number') values[from + i] = x
    else {
      if (!(x?._tag < OPCODES) && x?._life?.ended !== false) admit(x, name)
      values[from + i] = x._num
      tracked++
    }
  }
  return tracked
}

function copyOf(xs: readonly Numeric[], more: readonly Numeric[]): readonly Numeric[] {
  if (more.length === 0) return xs.slice()
  const operands: Numeric[] = new Array(xs.length + more.length) // concat takes three times as long
  for (let i = 0; i < xs.length; i++) operands[i] = xs.at(i)!
  for (let i = 0; i < more.length; i++) operands[xs.length + i] = more.at(i)!
  return operands
}

/** A primitive's name, value and partial derivatives. */
export interface CustomRule<Xs extends readonly number[]> {
  /** The `creation_op` of its nodes, and its name in errors. */
  readonly name: string
  /** The value on plain numbers. */
  readonly value: (...xs: Xs) => number
  /** The partial derivatives on plain numbers, one for each operand. */
  readonly partials: (...xs: Xs) => readonly number[]
  /**
   * The same partials on tracked numbers; needed only where a derivative is derived again. Where all operands are tracked, each is
   * a tracked number, a constant one by `new NumberWithGrad(2)`. What changes with the operands must be computed from them, without
   * `num`: a number made of `num` would have the derivative 0, so it throws. It is called again beside the operands to see that.
   */
  readonly trackedPartials?: (...xs: { [I in keyof Xs]: Numeric }) => readonly Numeric[]
}

/** The function of a custom rule: a number for numbers, a tracked number where an operand is one. */
export interface CustomFunction<Xs extends readonly number[]> {
  (...xs: Xs): number
  (...xs: { [I in keyof Xs]: NumberWithGrad }): NumberWithGrad
  (...xs: { [I in keyof Xs]: Numeric }): Numeric
}

function requireNumber(result: unknown, name: string, what: string): number {
  if (typeof result === 'number') return result
  throw new TypeError(`${name}: ${what} must be a number; the rule gave ${kindOf(result)}`)
}

function requireTrackedPartial(partial: unknown, name: string, mayBePlain: boolean): void {
  if (partial instanceof NumberWithGrad || (mayBePlain && typeof partial === 'number')) return
  throw new TypeError(
    `${name}: each of the trackedPartials must be a tracked number; the rule gave ${kindOf(partial)}. ` +
      'Compute it from the operands, without `num`; a constant is `new NumberWithGrad(2)`.',
  )
}

function requireList(partials: unknown, name: string): void {
  if (!Array.isArray(partials) && !(partials instanceof Float64Array))
    throw new TypeError(`${name}: partials must be an array; the rule gave ${kindOf(partials)}`)
}

function requireRule<Rule>(rule: Rule): Rule {
  if (typeof rule !== 'object' || rule === null)
    throw unexpected('customRule', 'a rule { name, value, partials }', rule)
  return rule
}

/**
 * A primitive of your own: a function on numbers and tracked numbers, recorded as one node whose derivatives are `partials`.
 *
 * The number of operands is that of `value`'s parameters; it may be variadic. Neither function may keep or change its arguments.
 *
 * @param rule see CustomRule; without `trackedPartials` a second derivative through it throws.
 * @throws TypeError (the function) for an operand that is neither a number nor tracked.
 * @throws RangeError (`backward`) when there is not one partial for each operand; TypeError when one is no number.
 * Source: JAX's `custom_vjp`, PyTorch's `autograd.Function`; here the engine does the chain rule.
 * @example customRule({ name: 'area', value: (w: number, h: number) => w * h, partials: (w, h) => [h, w] })(2, 3) // 6
 */
export function customRule<Xs extends readonly number[]>(rule: CustomRule<Xs>): CustomFunction<Xs> {
  const { name, value, partials, trackedPartials } = requireRule(rule)
  if (typeof name !== 'string') throw unexpected('customRule', 'a string as name', name)
  requireFunction(value, `${name}: value`)
  requireFunction(partials, `${name}: partials`)
  requireFunction(trackedPartials ?? partials, `${name}: trackedPartials`)
  const many: ValuedRule = {
    name,
    value: xs => requireNumber(value(...(xs as Xs)), name, 'the value'),
    partials(xs) {
      const found = partials(...(xs as Xs))
      requireList(found, name)
      for (let i = 0; i < found.length; i++) requireNumber(found[i], name, 'each partial')
      return found
    },
    ...(trackedPartials && {
      trackedPartials(xs) {
        const found = trackedPartials(...(xs as { [I in keyof Xs]: Numeric }))
        const mayBePlain = xs.some(x => typeof x === 'number')
        requireList(found, name)
        for (let i = 0; i < found.length; i++) requireTrackedPartial(found[i], name, mayBePlain)
        const again = (moved: readonly Numeric[]) => trackedPartials(...(moved as { [I in keyof Xs]: Numeric }))
        requireDependence(name, again, xs as readonly Numeric[])
        return found
      },
    }),
  }
  return ((...xs: readonly Numeric[]) => applyMany(many, xs)) as CustomFunction<Xs>
}
