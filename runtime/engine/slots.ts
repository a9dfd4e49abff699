/**
 * The storage of a scope: slot k of these arrays holds number k with its partial derivatives, so that the reverse sweep only
 * multiplies and adds. This file must not know any operation, nor who owns the slots.
 *
 * Typed arrays need no garbage collection and no write barrier; docs/decisions/0012 has the figures.
 */
import { MANY, OPCODES } from './node.ts'

/** The slot number of a plain operand; the operand's value is in the place of its partial. */
export const CONSTANT = 0

/** The slot number of a missing operand. The sweep adds to the adjoints of these two slots too, and nobody reads them. */
export const NONE = 1

/** The first slot that holds a number. */
export const FIRST = 2

/** Added to the opcode of a slot that passes nothing on where its partial is 0: what was not selected is not reached. */
export const SELECTS = OPCODES

/** The opcode of a slot with MANY operands: `left` and `right` hold the places of its first edge and behind its last one. */
export const OTHER = SELECTS + MANY

/** In `leftPartial` of a slot with many operands: whether the partials of its edges are there yet. */
export const FILLED = 1

/**
 * The number of slots at the start. V8 treats these arrays as constants until they are replaced, which makes the sweep and every
 * operation a third faster. So they start large; an operating system allocates only the pages that are written.
 */
export const BEGINNING = 2 ** 17
const BEGINNING_OF_EDGES = 2 ** 14

class Slots {
  capacity = BEGINNING
  value = new Float64Array(BEGINNING)
  adjoint = new Float64Array(BEGINNING)
  left = new Int32Array(BEGINNING)
  right = new Int32Array(BEGINNING)
  leftPartial = new Float64Array(BEGINNING)
  rightPartial = new Float64Array(BEGINNING)
  opcode = new Uint8Array(BEGINNING)
  /** `_uses` of a node, plus 1. */
  uses = new Int32Array(BEGINNING)
}

/** The tracked operands of slots with many operands, each with its partial. */
class Edges {
  capacity = BEGINNING_OF_EDGES
  operand = new Int32Array(BEGINNING_OF_EDGES)
  partial = new Float64Array(BEGINNING_OF_EDGES)
}

// V8 knows the fields of a module's own constant, but not those of an exported or imported one.
const own = /* @__PURE__ */ new Slots()
const ownEdges = /* @__PURE__ */ new Edges()

/** The one set of slots, as there is one tape, and its edges. */
export const slots: Slots = own
export const edges: Edges = ownEdges

const EMPTY = /* @__PURE__ */ new Float64Array(0)

/** What sweeps along directions need beside the slots: tangents, those of adjoints, second partials. They stay for the next sweep. */
class Work {
  tangent = EMPTY
  adjointTangent = EMPTY
  seconds = EMPTY
  curved = /* @__PURE__ */ new Int32Array(0)
}
const work: Work = /* @__PURE__ */ new Work()

/** One of these arrays with room for `count` numbers, whatever they are. */
export function workOf(name: 'tangent' | 'adjointTangent' | 'seconds', count: number): Float64Array {
  if (work[name].length < count) work[name] = new Float64Array(Math.max(1024, 2 * count))
  return work[name]
}

/** The same for the places of slots. */
export function placesFor(count: number): Int32Array {
  if (work.curved.length < count) work.curved = new Int32Array(Math.max(1024, 2 * count))
  return work.curved
}

/** Makes room for at least `count` slots; the first `used` keep their contents. */
export function resizeSlots(count: number, used: number): void {
  if (slots.capacity > BEGINNING && slots.capacity > 2 * count) Object.assign(work, new Work()) // as large as the slots were
  resize(slots, BEGINNING, count, used)
}

/** The same for edges. */
export function resizeEdges(count: number, used: number): void {
  resize(edges, BEGINNING_OF_EDGES, count, used)
}

function resize<Table extends Slots | Edges>(table: Table, beginning: number, count: number, used: number): void {
  let capacity = beginning
  while (capacity < count) capacity *= 2
  if (capacity === table.capacity) return
  table.capacity = capacity
  for (const [name, from] of Object.entries(table) as [keyof Table, number | Float64Array][]) {
    if (typeof from === 'number') continue
    const to = new (from.constructor as Float64ArrayConstructor)(capacity) // each an array of its own kind
    to.set(from.subarray(0, used))
    table[name] = to as never
  }
}

/**
 * The reverse sweep, from the last slot down: each slot adds its adjoint times the partial to the adjoint of each operand.
 *
 * @param fill writes the partials of the edges of a slot with opcode OTHER; of a whole it adds what the operands get.
 */
export function sweepSlots(start: number, end: number, fill: (slot: number) => void): void {
  const { adjoint, left, right, leftPartial, rightPartial, opcode } = own
  for (let k = end - 1; k >= start; k--) {
    const derivative = adjoint[k]!
    if (derivative === 0 && 1 / derivative < 0) continue // nothing arrived (isReached)
    if (opcode[k]! >= SELECTS) {
      sweepSpecial(k, derivative, fill)
      // a rule that derives something itself may have made room, in other arrays
      if (own.adjoint !== adjoint) return sweepSlots(start, k, fill)
    } else {
      adjoint[left[k]!]! += derivative * leftPartial[k]! + 0 // + 0 makes 0 of -0
      adjoint[right[k]!]! += derivative * rightPartial[k]! + 0
    }
  }
}

/** A function of its own, so that V8 puts the loop above into those who call it. */
function sweepSpecial(k: number, derivative: number, fill: (slot: number) => void): void {
  if (own.opcode[k] === OTHER && own.leftPartial[k] !== FILLED) fill(k)
  const { adjoint, left, right, leftPartial, rightPartial, opcode } = own
  if (opcode[k] === OTHER) {
    if (leftPartial[k] !== FILLED) return // a whole, which has added what it gives
    const { operand, partial } = ownEdges
    for (let e = left[k]!; e < right[k]!; e++) adjoint[operand[e]!]! += derivative * partial[e]! + 0
    return
  }
  if (leftPartial[k] !== 0) adjoint[left[k]!]! += derivative * leftPartial[k]! + 0
  if (rightPartial[k] !== 0) adjoint[right[k]!]! += derivative * rightPartial[k]! + 0
}
