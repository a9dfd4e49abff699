// The text of runtime/generated/surface/taped-operations.ts, from the rules: the methods again, for numbers that are slots of the tape.

import { load } from './load.mjs'
import { filled, importOfSpecial, operandNames, partialText, valueText } from './quote.mjs'

/** Written as numbers: V8 loads an imported name at each use. */
const { CONSTANT, NONE, SELECTS } = await load('runtime/engine/slots.ts')
const UNUSUAL = -1

/** Whether nothing flows where a partial is 0. */
const passesNothing = rule => rule.selects || rule.partials.some((_, index) => partialText(rule, index) === '0')

const opcodeText = (rule, opcode) => (passesNothing(rule) ? `${SELECTS + opcode}` : `${opcode}`)

function unaryMethod(name, rule, opcode) {
  return `
  override ${name}(): NumberWithGrad {
    if (!isUsual(this)) return super.${name}()
    const x = slots.value[this._slot]!
    const y = ${valueText(rule, operandNames(rule))}
    return put(${opcodeText(rule, opcode)} /* ${name} */, y, this._slot, ${partialText(rule, 0)}, ${NONE} /* no operand */, 0)
  }`
}

/** A partial, but for a plain number the number itself. */
const partialOr = (slot, name, partial) =>
  filled('slot === constant ? name : partial', { slot, constant: `${CONSTANT}`, name, partial })

function binaryMethod(method, rule, opcode, reflected) {
  const [own, others] = reflected ? ['b', 'a'] : ['a', 'b']
  const [left, right] = reflected ? ['slot', 'this._slot'] : ['this._slot', 'slot']
  const [p, q] = [partialText(rule, 0), partialText(rule, 1)]
  const partials = reflected ? [partialOr('slot', 'a', p), q] : [p, partialOr('slot', 'b', q)]
  return `
  override ${method}(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === ${UNUSUAL}) return super.${method}(other)
    const { value } = slots
    const ${own} = value[this._slot]!
    const ${others} = typeof other === 'number' ? +other : value[slot]!
    const y = ${valueText(rule, ['a', 'b'])}
    return put(${opcodeText(rule, opcode)} /* ${method} */, y, ${left}, ${partials[0]}, ${right}, ${partials[1]})
  }`
}

function methodsOf([name, rule], index) {
  if (!rule.frequent) return []
  const opcode = index + 1
  if (rule.arity === 1) return unaryMethod(name, rule, opcode)
  const direct = binaryMethod(rule.alone ? `_${name}` : name, rule, opcode, false)
  return rule.frequent === 'reflected' ? [direct, binaryMethod(`r${name}`, rule, opcode, true)] : direct
}

/** runtime/generated/surface/taped-operations.ts: the methods of numbers on the tape. */
export function tapedModule(rules) {
  const methods = Object.entries(rules).flatMap(methodsOf).join('\n')
  return `/**
 * The methods of NumberWithGrad again, for numbers that a scope records as slots: value and partial derivatives are written at
 * once. What is not usual (an operand from outside, a full tape, nothing to be recorded) is left to the inherited method.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import type { Lifetime } from '../../engine/node.ts'
import { NumberWithGrad, type Numeric } from '../../number/number-with-grad.ts'
import { slots as allSlots } from '../../engine/slots.ts'
import { tape as theTape } from '../../engine/tape.ts'
${importOfSpecial(methods)}
// V8 loads an imported name anew at each use, and knows nothing of what it finds; a constant of the module it knows.
const slots = allSlots
const tape = theTape
const isNoNumber = Number.isNaN

/** Whether an operation on it can be recorded here, and at once. */
function isUsual(node: TapedOperations): boolean {
  return tape.top !== tape.limit && node._life === tape.life
}

/** The same, and the slot of the other operand: ${CONSTANT} for a plain number, ${UNUSUAL} where it cannot be recorded so. */
function usualSlot(node: TapedOperations, other: Numeric): number {
  const { life } = tape
  if (tape.top === tape.limit || node._life !== life) return ${UNUSUAL}
  if (typeof other === 'number') return ${CONSTANT}
  return (other as TapedOperations)?._life === life ? (other as TapedOperations)._slot : ${UNUSUAL}
}

function put(
  opcode: number,
  value: number,
  left: number,
  leftPartial: number,
  right: number,
  rightPartial: number,
): NumberWithGrad {
  const own = tape // each constant loaded once: what is short V8 puts into its callers
  const to = slots
  const slot = own.top
  own.top = slot + 1
  to.value[slot] = value
  to.left[slot] = left
  to.leftPartial[slot] = leftPartial
  to.right[slot] = right
  to.rightPartial[slot] = rightPartial
  to.opcode[slot] = opcode
  if (isNoNumber(value)) spoil(slot)
  return new OwnHandle(slot, own.life!)
}

/** A derivative that is a number would hide the error; in the place of a constant's partial is its value. */
function spoil(slot: number): void {
  if (slots.left[slot] !== ${CONSTANT}) slots.leftPartial[slot] = NaN
  if (slots.right[slot] !== ${CONSTANT}) slots.rightPartial[slot] = NaN
}

/**
 * A new number for a slot, one for each operation: what was kept from an ended scope is told by its own \`_life\`.
 * A function and not a class: a chain of constructors takes longer. taped-number.ts sets its prototype.
 */
const OwnHandle = function (this: { _slot: number; _life: Lifetime }, slot: number, life: Lifetime) {
  this._slot = slot
  this._life = life
} as unknown as { new (slot: number, life: Lifetime): TapedOperations; prototype: TapedOperations }
export const Handle = OwnHandle

/** The slot of a number and the methods that record in slots. */
export abstract class TapedOperations extends NumberWithGrad {
  /** @internal */
  declare readonly _slot: number
  /** @internal */
  declare readonly _life: Lifetime
${methods}
}
`
}
