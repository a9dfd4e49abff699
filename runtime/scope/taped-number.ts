/**
 * The tracked number of a scope: its fields read and write a slot of the tape, so that code for nodes works on it. And the two
 * recorders of scopes. It must not know any operation.
 */

import {
  type GraphNode,
  LEAF,
  ManyOperands,
  type ManyRule,
  type NodeOrNumber,
  OPCODES,
  type Operand,
  operandValue,
  STAND_IN,
} from '../engine/node.ts'
import {
  edges as allEdges,
  slots as allSlots,
  CONSTANT,
  FILLED,
  FIRST,
  NONE,
  OTHER,
  resizeEdges,
  resizeSlots,
  SELECTS,
  sweepSlots,
} from '../engine/slots.ts'
import { moved, rejectCaptured, settleTape, tape as theTape } from '../engine/tape.ts'
import { operationNames } from '../generated/core/operations.ts'
import { partial } from '../generated/core/partials.ts'
import { Handle, TapedOperations } from '../generated/surface/taped-operations.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { ruleAt } from '../sweep/held-rules.ts'
import { partialsOf } from '../sweep/propagate-many.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const slots = allSlots
const edges = allEdges
const tape = theTape

/** Number k of the tape. Operations make it by `Handle`; its fields are those of the slot. */
class TapedNumber extends TapedOperations {
  override get _num(): number {
    return slots.value[this._slot]!
  }
  override set _num(value: number) {
    slots.value[this._slot] = value
  }

  override get _adjoint(): number {
    return slots.adjoint[this._slot]!
  }
  override set _adjoint(value: number) {
    slots.adjoint[this._slot] = value
  }

  override get _uses(): number {
    return slots.uses[this._slot]! - 1
  }
  override set _uses(count: number) {
    slots.uses[this._slot] = count + 1
  }

  override get _tag(): number {
    return OPCODES | slots.opcode[this._slot]!
  }

  // Slots are written by the recorders: these two are for reading.
  override get _a(): Operand | ManyOperands {
    const { _slot } = this
    if (slots.opcode[_slot] === OTHER) return manyAt(_slot)
    return operandAt(slots.left[_slot]!, slots.leftPartial[_slot]!)
  }

  override get _b(): Operand {
    if (slots.opcode[this._slot] === OTHER) return null
    return operandAt(slots.right[this._slot]!, slots.rightPartial[this._slot]!)
  }

  override get _self(): GraphNode {
    return this._life === tape.life ? nodeAt(this._slot) : this
  }
}

Handle.prototype = TapedNumber.prototype

function operandAt(slot: number, constant: number): Operand {
  if (slot === NONE) return null
  if (slot === CONSTANT) return constant
  return slots.opcode[slot] === STAND_IN ? outsideAt(slot) : nodeAt(slot)
}

/** The node from outside for which a slot stands. @throws Error when it was assigned since. */
function outsideAt(slot: number): GraphNode {
  const node = tape.held[slots.rightPartial[slot]!] as GraphNode
  if (!Object.is(node._num, slots.value[slot])) throw moved(node)
  return node
}

function manyAt(slot: number): ManyOperands {
  const held = tape.held[slots.rightPartial[slot]!] as ManyOperands | ManyRule
  const [first, end] = [slots.left[slot]!, slots.right[slot]!]
  if (held instanceof ManyOperands) {
    for (let e = first; e < end; e++) if (slots.opcode[edges.operand[e]!] === STAND_IN) outsideAt(edges.operand[e]!)
    return held
  }
  const operands: NodeOrNumber[] = []
  for (let e = first; e < end; e++) operands.push(operandAt(edges.operand[e]!, edges.partial[e]!)!)
  return new ManyOperands(held, operands)
}

/** The node at a place of the tape: the same object at each call. */
export function nodeAt(place: number): GraphNode {
  const { nodes, life, keeping, leaves } = tape
  const found = nodes[place]
  if (keeping || (found && found._life === life)) return found!
  if (place - FIRST < leaves.length) return leaves[place - FIRST]!
  while (nodes.length < place) nodes.push(null)
  const node = numberAt(place)
  nodes[place] = node
  return node
}

/** The place of a node on the tape; -1 for one that is not of the derivative being computed. */
export function placeOf(node: GraphNode): number {
  if (node instanceof TapedNumber) return node._life === tape.life ? node._slot : -1
  return (tape.keeping && tape.places.get(node)) || -1
}

/** Writes the next slot. */
function store(opcode: number, value: number, left: number, right: number): number {
  const { top } = tape
  if (top >= slots.capacity) {
    resizeSlots(top + 1, top)
    tape.capacity = slots.capacity
  }
  tape.top++
  settleTape()
  slots.value[top] = value
  slots.adjoint[top] = 0
  slots.left[top] = left
  slots.leftPartial[top] = 0
  slots.right[top] = right
  slots.rightPartial[top] = 0
  slots.opcode[top] = opcode
  return top
}

const numberAt = (slot: number): NumberWithGrad => new Handle(slot, tape.life!)

/** Stores an object that a slot refers to; its index is in the field for constants. */
function hold(slot: number, object: GraphNode | ManyOperands): number {
  slots.rightPartial[slot] = tape.held.push(object) - 1
  return slot
}

function slotOf(operand: Operand, operation: string): number {
  if (operand === null) return NONE
  if (typeof operand === 'number') return CONSTANT
  if (operand instanceof TapedNumber) return operand._slot
  rejectCaptured(operand, `\`${operation}\` met`)
  return hold(store(STAND_IN, operand._num, NONE, NONE), operand)
}

/** Adds an edge for each operand. */
function addEdges(operands: readonly NodeOrNumber[], name: string): void {
  if (tape.edges + operands.length > edges.capacity) resizeEdges(tape.edges + operands.length, tape.edges)
  for (let i = 0; i < operands.length; i++) {
    const slot = slotOf(operands[i]!, name)
    edges.operand[tape.edges++] = slot
  }
}

/** Records an operation in a slot: the general path behind the generated methods of TapedOperations. */
export function recordTaped(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): NumberWithGrad {
  if (opcode === LEAF) return leafOnTape(num)
  if (a instanceof ManyOperands) {
    const first = tape.edges
    addEdges(a.operands, a.rule.name)
    return numberAt(hold(store(OTHER, num, first, tape.edges), a))
  }
  const left = slotOf(a, operationNames[opcode]!)
  const right = slotOf(b, operationNames[opcode]!)
  const x = operandValue(a)
  const y = b === null ? null : operandValue(b)
  const spoilt = Number.isNaN(num) // as in TapedOperations
  const p = left === CONSTANT ? x : spoilt ? NaN : partial(opcode, 0, x, y, num)
  const q = right === CONSTANT ? y : right === NONE ? 0 : spoilt ? NaN : partial(opcode, 1, x, y, num)
  const slot = store(p === null || q === null ? opcode + SELECTS : opcode, num, left, right)
  slots.leftPartial[slot] = (p as number | null) ?? 0
  slots.rightPartial[slot] = (q as number | null) ?? 0
  return numberAt(slot)
}

/** Records an operation as an ordinary object that outlives the scope. */
export function recordKept(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): NumberWithGrad {
  const node = new NumberWithGrad(num, opcode, a, b)
  tape.places.set(node, tape.top)
  tape.nodes[tape.top++] = node
  tape.limit = tape.top
  return node
}

/** Writes the partials of the edges of a slot with many operands; of a whole it adds what they get. */
function fill(slot: number): void {
  const many = manyAt(slot)
  if (many.rule.whole) return many.rule.whole.pull(slot, slots.adjoint)
  const partials = partialsOf(many, slots.value[slot]!)
  slots.leftPartial[slot] = FILLED
  const first = slots.left[slot]!
  const { operands } = many
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]!
    const partial = typeof operand === 'number' ? operand : partials[i]!
    if (partial === null) edges.operand[first + i] = NONE
    edges.partial[first + i] = partial ?? 0
  }
}

/** Writes the partials of all edges of the slots from `start` to below `end`, so that a sweep calls no rule. */
export function fillEdges(start: number, end: number): void {
  if (tape.edges === 0) return
  for (let k = start; k < end; k++)
    if (slots.opcode[k] === OTHER && slots.leftPartial[k] !== FILLED && !ruleAt(k).whole) fill(k)
}

/** The slot of a number of the scope that begins with slot `start`; NONE of any other number. */
export function slotFrom(output: Numeric, start: number): number {
  const place = typeof output === 'number' ? -1 : placeOf(output)
  return place >= start ? place : NONE
}

/** A leaf of the scope. */
export function leafOnTape(value: number): NumberWithGrad {
  return nodeAt(store(LEAF, value, NONE, NONE)) as NumberWithGrad
}

/**
 * Computes the adjoints of all slots from `start` on, for the sum of `seed * output`; former adjoints are cleared.
 */
export function sweepTape(outputs: readonly Numeric[], seeds: readonly number[], start: number): void {
  clear(start)
  for (let i = 0; i < outputs.length; i++) seed(outputs[i]!, seeds[i]!, start)
  sweepSlots(start, tape.top, fill)
}

/** `sweepTape` for a slot of the outermost scope. */
export function sweepFrom(slot: number): void {
  clear(FIRST)
  slots.adjoint[slot] = 1
  sweepSlots(FIRST, slot + 1, fill)
}

function clear(start: number): void {
  const { adjoint } = slots
  if (tape.top - start > 64) adjoint.fill(-0, start, tape.top)
  else for (let k = start; k < tape.top; k++) adjoint[k] = -0
}

function seed(output: Numeric, by: number, start: number): void {
  const slot = by === 0 ? NONE : slotFrom(output, start)
  if (slot !== NONE) slots.adjoint[slot]! += by
}
