/**
 * The recorder of the package's functions of whole arrays: operands, value and partials are written at once, without handles.
 * It must not know any such function.
 */
import { ManyOperands, type ManyRule, type NodeOrNumber } from '../engine/node.ts'
import { edges as allEdges, slots as allSlots, CONSTANT, FILLED, OTHER, resizeEdges } from '../engine/slots.ts'
import { tape as theTape } from '../engine/tape.ts'
import { Handle, type TapedOperations } from '../generated/surface/taped-operations.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const slots = allSlots
const edges = allEdges
const tape = theTape

/** The values, partials and slots of the operands of one call. */
class CallOperands {
  values = new Float64Array(64)
  partials = new Float64Array(64)
  slots = new Int32Array(64)
}
const operands = /* @__PURE__ */ new CallOperands()

/** Reads the operands; whether each is a number or one of the scope. */
function read(xs: readonly NodeOrNumber[]): boolean {
  const { values, slots: places } = operands
  const { life } = tape
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as TapedOperations | number
    if (typeof x === 'number') {
      values[i] = x
      places[i] = CONSTANT
    } else if (x?._life === life) {
      values[i] = slots.value[x._slot]!
      places[i] = x._slot
    } else return false
  }
  return true
}

/** A node for `rule` at `xs` and then `more`; `null` where a general recorder must do it. */
export function recordFused(
  rule: ManyRule,
  xs: readonly NodeOrNumber[],
  more: readonly NodeOrNumber[],
): TapedOperations | null {
  const slot = tape.top
  if (slot === tape.limit) return null
  // the node's own, so that the caller may change his, of which V8 boxes no number when it is read (docs/decisions/0025)
  const own = more.length > 0 ? xs.concat(more) : xs.slice()
  const count = own.length
  if (count > operands.values.length) {
    operands.values = new Float64Array(2 * count)
    operands.partials = new Float64Array(2 * count)
    operands.slots = new Int32Array(2 * count)
  }
  const first = tape.edges
  if (first + count > edges.capacity) resizeEdges(first + count, first)
  if (!read(own)) return null
  const value = rule.fuse!(operands.values, count, operands.partials)
  const end = writeEdges(first, count, Number.isNaN(value))
  if (end === first) return null // numbers only
  tape.edges = end
  tape.top = slot + 1
  slots.value[slot] = value
  slots.left[slot] = first
  slots.right[slot] = end
  slots.leftPartial[slot] = FILLED
  slots.opcode[slot] = OTHER
  slots.rightPartial[slot] = tape.held.push(new ManyOperands(rule, own)) - 1
  return new Handle(slot, tape.life!)
}

/** An edge for each operand that is no constant; where the value is NaN, so is each partial. */
function writeEdges(first: number, count: number, spoilt: boolean): number {
  const { partials, slots: places } = operands
  let edge = first
  for (let i = 0; i < count; i++) {
    if (places[i] === CONSTANT) continue
    edges.operand[edge] = places[i]!
    edges.partial[edge++] = spoilt ? NaN : partials[i]!
  }
  return edge
}
