/**
 * The recorder of the package's functions of whole arrays: operands, value and partials are written at once, without handles.
 * It must not know any such function.
 */
import type { FusedRule, NodeOrNumber } from '../engine/node.ts'
import { operandValues as allOperandValues, makeRoomFor } from '../engine/operand-values.ts'
import { edges as allEdges, slots as allSlots, CONSTANT, FILLED, OTHER, resizeEdges } from '../engine/slots.ts'
import { tape as theTape } from '../engine/tape.ts'
import { Handle, type TapedOperations } from '../generated/surface/taped-operations.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const slots = allSlots
const edges = allEdges
const tape = theTape
const operandValues = allOperandValues

/** Writes operands from place `from` on, and their edges; how many are tracked, or -1 where one is neither a number nor of the scope. */
function read(xs: readonly NodeOrNumber[], from: number, first: number): number {
  const { values } = operandValues
  const { operand } = edges
  const { life } = tape
  let tracked = 0
  for (let i = 0; i < xs.length; i++) {
    const x = xs.at(i) as TapedOperations | number // not xs[i], which may box the caller's numbers (docs/decisions/0025)
    if (typeof x === 'number') {
      values[from + i] = x
      operand[first + from + i] = CONSTANT
    } else if (x?._life === life) {
      values[from + i] = slots.value[x._slot]!
      operand[first + from + i] = x._slot
      tracked++
    } else return -1
  }
  return tracked
}

/** A node for `rule` at `xs` and then `more`; `null` where a general recorder must do it. */
export function recordFused(
  rule: FusedRule,
  xs: readonly NodeOrNumber[],
  more: readonly NodeOrNumber[],
): TapedOperations | null {
  const slot = tape.top
  if (slot === tape.limit) return null
  const count = xs.length + more.length
  if (count > operandValues.values.length) makeRoomFor(count)
  const first = tape.edges
  const end = first + count
  if (end > edges.capacity) resizeEdges(end, first)
  const inFirst = read(xs, 0, first)
  const inMore = more.length === 0 ? 0 : read(more, xs.length, first)
  const tracked = inFirst + inMore
  if (inFirst < 0 || inMore < 0 || tracked === 0) return null
  const value = rule.fuse(operandValues.values, count, edges.partial, first)
  if (tracked < count || Number.isNaN(value)) settleEdges(first, count, Number.isNaN(value))
  tape.edges = end
  tape.top = slot + 1
  slots.value[slot] = value
  slots.left[slot] = first
  slots.right[slot] = end
  slots.leftPartial[slot] = FILLED
  slots.rightPartial[slot] = holdRule(rule)
  slots.opcode[slot] = OTHER
  return new Handle(slot, tape.life!)
}

/** The place of a rule among the objects that are held: the last one, in a loop over one function. */
function holdRule(rule: FusedRule): number {
  const { held } = tape
  const last = held.length - 1
  return last >= 0 && held[last] === rule ? last : held.push(rule) - 1
}

/** In the place of a constant's partial is its value; where the value is NaN, so is each partial. */
function settleEdges(first: number, count: number, spoilt: boolean): void {
  for (let i = 0; i < count; i++)
    if (edges.operand[first + i] === CONSTANT) edges.partial[first + i] = operandValues.values[i]!
    else if (spoilt) edges.partial[first + i] = NaN
}
