// The text of runtime/taped-operations.ts, from the rules: the methods again, for numbers that are slots of the tape.

import { bodyOf, operandNames, valueText } from './quote.mjs'

/** As in runtime/slots.ts, whose names would be loaded at each use. */
const { CONSTANT, NONE, SPECIAL } = { CONSTANT: 0, NONE: 1, SPECIAL: 128 }

/** A slot marked so needs more than its partials: nothing flows where a partial is 0. */
const isSpecial = rule => rule.selects || rule.partials.some(partial => bodyOf(partial) === '0')

const opcodeText = (rule, opcode) => (isSpecial(rule) ? `${SPECIAL + opcode}` : `${opcode}`)

function unaryMethod(name, rule, opcode) {
  return `
  override ${name}(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.${name}()
    const x = slots.value[this._slot]!
    const y = ${valueText(rule, operandNames(rule))}
    return put(top, ${opcodeText(rule, opcode)} /* ${name} */, y, this._slot, ${bodyOf(rule.partials[0])}, ${NONE} /* no operand */, 0)
  }`
}

/** A partial, but for a plain number the number itself. */
const partialOr = (slot, name, partial) => `${slot} === ${CONSTANT} ? ${name} : ${bodyOf(partial)}`

function binaryMethod(method, rule, opcode, reflected) {
  const [own, others] = reflected ? ['b', 'a'] : ['a', 'b']
  const [left, right] = reflected ? ['slot', 'this._slot'] : ['this._slot', 'slot']
  const [p, q] = rule.partials
  const partials = reflected ? [partialOr('slot', 'a', p), bodyOf(q)] : [bodyOf(p), partialOr('slot', 'b', q)]
  return `
  override ${method}(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.${method}(other)
    let slot = ${CONSTANT} // for a plain number
    let ${others}: number
    if (typeof other === 'number') ${others} = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.${method}(other)
      slot = (other as TapedOperations)._slot
      ${others} = slots.value[slot]!
    }
    const ${own} = slots.value[this._slot]!
    const y = ${valueText(rule, ['a', 'b'])}
    return put(top, ${opcodeText(rule, opcode)} /* ${method} */, y, ${left}, ${partials[0]}, ${right}, ${partials[1]})
  }`
}

function methodsOf([name, rule], index) {
  const opcode = index + 1
  if (rule.arity === 1) return unaryMethod(name, rule, opcode)
  const direct = binaryMethod(rule.alone ? `_${name}` : name, rule, opcode, false)
  return `${direct}\n${binaryMethod(`r${name}`, rule, opcode, true)}`
}

/** runtime/taped-operations.ts: the methods of numbers on the tape. */
export function tapedModule(rules) {
  return `/**
 * The methods of NumberWithGrad again, for numbers that a scope records as slots: value and partial derivatives are written at
 * once. What is not usual (an operand from outside, a full tape, nothing to be recorded) is left to the inherited method.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { NumberWithGrad, type Numeric } from './number-with-grad.ts'
import { slots as allSlots } from './slots.ts'
import { tape as theTape } from './tape.ts'

// V8 loads an imported name anew at each use, and knows nothing of what it finds; a constant of the module it knows.
const slots = allSlots
const tape = theTape

function put(
  slot: number,
  opcode: number,
  value: number,
  left: number,
  leftPartial: number,
  right: number,
  rightPartial: number,
): NumberWithGrad {
  tape.top = slot + 1
  slots.value[slot] = value
  slots.left[slot] = left
  slots.leftPartial[slot] = leftPartial
  slots.right[slot] = right
  slots.rightPartial[slot] = rightPartial
  slots.opcode[slot] = opcode
  const node = tape.pool[slot] as TapedOperations
  node._scope = tape.current
  return node
}

/** The slot of a number and the methods that record in slots. */
export abstract class TapedOperations extends NumberWithGrad {
  /** @internal */
  declare _slot: number
  /** @internal The stamp of its scope. */
  declare _scope: number
${Object.entries(rules).map(methodsOf).join('\n')}
}
`
}
