// The text of runtime/generated/surface/taped-operations.ts, from the rules: the methods again, for numbers that are slots of the tape.

import { load } from './load.mjs'
import { filled, importOfSpecial, operandNames, partialText, valueText } from './quote.mjs'

/** Written as numbers: V8 loads an imported name at each use. */
const { CONSTANT, NONE, SELECTS } = await load('runtime/engine/slots.ts')

/** Whether nothing flows where a partial is 0. */
const passesNothing = rule => rule.selects || rule.partials.some((_, index) => partialText(rule, index) === '0')

const opcodeText = (rule, opcode) => (passesNothing(rule) ? `${SELECTS + opcode}` : `${opcode}`)

/** Writes a slot and makes its number. In each method again: V8 puts whole methods into a loop, and calls within them last of all. */
const written = (rule, opcode, method, [left, leftPartial], [right, rightPartial]) => `
    tape.top = top + 1
    value[top] = y
    to.left[top] = ${left}
    to.leftPartial[top] = ${leftPartial}
    to.right[top] = ${right}
    to.rightPartial[top] = ${rightPartial}
    to.opcode[top] = ${opcodeText(rule, opcode)} // ${method}
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)`

function unaryMethod(name, rule, opcode) {
  return `
  override ${name}(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.${name}()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = ${valueText(rule, operandNames(rule))}${written(rule, opcode, name, ['at', partialText(rule, 0)], [`${NONE} /* no operand */`, '0'])}
  }`
}

/** A partial, but for a plain number the number itself. */
const partialOr = (slot, name, partial) =>
  filled('slot === constant ? name : partial', { slot, constant: `${CONSTANT}`, name, partial })

function binaryMethod(method, rule, opcode, reflected) {
  const [own, others] = reflected ? ['b', 'a'] : ['a', 'b']
  const [p, q] = [partialText(rule, 0), partialText(rule, 1)]
  const ofOwn = ['at', reflected ? q : p]
  const ofOther = ['from', partialOr('from', others, reflected ? p : q)]
  const [left, right] = reflected ? [ofOther, ofOwn] : [ofOwn, ofOther]
  return `
  override ${method}(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.${method}(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const ${own} = value[at]!
    let from = ${CONSTANT}
    let ${others}: number
    if (typeof other === 'number') ${others} = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.${method}(other)
      from = (other as TapedOperations)._slot
      ${others} = value[from]!
    }
    const y = ${valueText(rule, ['a', 'b'])}${written(rule, opcode, method, left, right)}
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
