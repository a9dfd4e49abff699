/**
 * Steps at their jumps, on slots. Nothing passes through one, so sweeps do not see what moves it; but what moves it makes it jump, and
 * then what stands behind it has no second derivative. It must not know any rule, nor who asks.
 */
import { isReached, type Lifetime } from '../engine/node.ts'
import { edges, FIRST, NONE, OTHER, SELECTS, slots } from '../engine/slots.ts'
import { tape } from '../engine/tape.ts'

/** Whether a slot is a step: a function of one number through which nothing passes. */
export function isStepSlot(k: number): boolean {
  const { opcode, right } = slots
  return opcode[k]! >= SELECTS && opcode[k] !== OTHER && right[k] === NONE
}

/** How far the slots of a lifetime are known to hold no step. */
const known: { life: Lifetime | null; slot: number } = { life: null, slot: FIRST }

/** Whether there is a step among the slots before `start`; each is looked at once. */
export function hasStepBefore(start: number): boolean {
  if (known.life !== tape.life) {
    known.life = tape.life
    known.slot = FIRST
  }
  for (; known.slot < start; known.slot++) if (isStepSlot(known.slot)) return true
  return false
}

/** Whether `use` is true of an operand on which the value of a slot depends here; it stops at the first. */
function someOperand(k: number, use: (operand: number) => boolean): boolean {
  const { left, right, leftPartial, rightPartial, opcode } = slots
  if (opcode[k] === OTHER) {
    for (let e = left[k]!; e < right[k]!; e++) if (use(edges.operand[e]!)) return true
    return false
  }
  const passes = opcode[k]! < SELECTS || isStepSlot(k)
  return ((passes || leftPartial[k] !== 0) && use(left[k]!)) || ((passes || rightPartial[k] !== 0) && use(right[k]!))
}

/**
 * For each slot whether a step at its jump is among what it depends on, itself included; `undefined` where there is none. A step of
 * what jumps counts as one: its operand is not near one value.
 */
export function jumpsBelow(isAtJump: (step: number) => boolean, start: number, end: number): Uint8Array | undefined {
  let below: Uint8Array | undefined
  for (let k = start; k < end; k++) {
    const jumps =
      (below !== undefined && someOperand(k, operand => operand >= start && below![operand - start] === 1)) ||
      (isStepSlot(k) && isAtJump(k))
    if (!jumps) continue
    below ??= new Uint8Array(end - start)
    below[k - start] = 1
  }
  return below
}

/** For each slot whether the output depends on it, also through steps. */
export function reachedThroughSteps(start: number, end: number): Uint8Array {
  const reached = new Uint8Array(end - start)
  const reach = (operand: number) => {
    if (operand >= start) reached[operand - start] = 1
    return false
  }
  for (let k = end - 1; k >= start; k--) {
    if (isReached(slots.adjoint[k]!)) reached[k - start] = 1
    if (reached[k - start] === 1) someOperand(k, reach)
  }
  return reached
}

/** Makes tangents of 0 where nothing arrives along a direction, but a jump below moves. */
export function moveJumps(tangent: Float64Array, below: Uint8Array, start: number, end: number): void {
  const moves = (operand: number) => isReached(tangent[operand]!)
  for (let k = start; k < end; k++) if (below[k - start] === 1 && !moves(k) && someOperand(k, moves)) tangent[k] = 0
}
