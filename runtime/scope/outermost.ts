/**
 * The leaves of the outermost scope, whose first slots they are, and what a sweep found for them. It must not know any operation.
 */
import { LEAF, type Lifetime } from '../engine/node.ts'
import { slots as allSlots, FIRST, NONE, resizeSlots } from '../engine/slots.ts'
import { settleTape, tape as theTape } from '../engine/tape.ts'
import { Handle, type TapedOperations } from '../generated/surface/taped-operations.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const slots = allSlots
const tape = theTape

/** The leaves of the outermost scope, which has no numbers yet, all at once. */
export function leavesOnTape(values: readonly number[]): NumberWithGrad[] {
  const life = tape.life!
  const end = FIRST + values.length
  if (end > slots.capacity) {
    resizeSlots(end, FIRST)
    tape.capacity = slots.capacity
  }
  const leaves: NumberWithGrad[] = []
  for (let i = 0; i < values.length; i++) leaves.push(writeLeaf(FIRST + i, values.at(i)!, life))
  tape.top = end
  tape.leaves = leaves.slice() // the caller may change its own
  settleTape()
  return leaves
}

/** The only leaf of the outermost scope, which has no numbers yet. */
export function onlyLeaf(value: number): NumberWithGrad {
  const leaf = writeLeaf(FIRST, value, tape.life!)
  tape.leaves = [leaf]
  tape.top = FIRST + 1
  if (tape.limit === FIRST) tape.limit = FIRST + 1 // watched
  return leaf
}

function writeLeaf(slot: number, value: number, life: Lifetime): NumberWithGrad {
  slots.value[slot] = value
  slots.adjoint[slot] = 0 // a leaf's gradient adds up, and an earlier call has left one
  slots.left[slot] = NONE
  slots.leftPartial[slot] = 0
  slots.right[slot] = NONE
  slots.rightPartial[slot] = 0
  slots.opcode[slot] = LEAF
  return new Handle(slot, life)
}

/** The slot of a number of the scope; -1 for anything else. */
export function slotIn(x: unknown, life: Lifetime): number {
  return (x as TapedOperations | undefined | null)?._life === life ? (x as TapedOperations)._slot : -1
}

/** The derivative that the last sweep found for number `index` of the outermost scope. */
export function derivativeAt(index: number): number {
  return slots.adjoint[FIRST + index]! + 0 // + 0 makes 0 of -0
}
