/**
 * Where a scope keeps what it records: number k of the scope is slot k of these arrays, with its partial derivatives, so that
 * the reverse sweep multiplies and adds and asks nothing. It must not know any operation, nor whose the slots are.
 *
 * Typed arrays, since they cost no collection and no write barrier; docs/decisions/0012 has the figures.
 */
import { MANY, OPCODES } from './node.ts'

/** The slot that stands for a plain number among the operands; the number stands in the place of its partial. */
export const CONSTANT = 0

/** The slot that stands for no operand. What is swept into these two is never read. */
export const NONE = 1

/** The first slot of a number. */
export const FIRST = 2

/** Added to the opcode of a slot through which nothing flows where a partial is 0, not even times Infinity. */
export const STRONG_ZERO = OPCODES

/** The opcode of a slot whose operands and partials are not here: that of MANY operands. */
export const OTHER = STRONG_ZERO + MANY

/**
 * How many there are at first. As long as these arrays were never replaced, V8 reads them as constants, which makes the sweep
 * and every operation a third faster. So they begin large; an operating system gives memory only to what was written.
 */
export const BEGINNING = 2 ** 17

class Slots {
  capacity = BEGINNING
  value = new Float64Array(BEGINNING)
  adjoint = new Float64Array(BEGINNING)
  left = new Int32Array(BEGINNING)
  right = new Int32Array(BEGINNING)
  leftPartial = new Float64Array(BEGINNING)
  rightPartial = new Float64Array(BEGINNING)
  opcode = new Uint8Array(BEGINNING)
}

// V8 knows the fields of a constant of the module, but not those of what is exported or imported.
const own = /* @__PURE__ */ new Slots()

/** The one set of slots, as there is one tape. */
export const slots: Slots = own

/** Makes room for at least `count` slots. Kept are the first `used`. */
export function resizeSlots(count: number, used: number): void {
  let capacity = BEGINNING
  while (capacity < count) capacity *= 2
  if (capacity === slots.capacity) return
  slots.capacity = capacity
  for (const [name, from] of Object.entries(slots) as [keyof Slots, number | Float64Array][]) {
    if (typeof from === 'number') continue
    const to = new (from.constructor as Float64ArrayConstructor)(capacity) // each an array of its own kind
    to.set(from.subarray(0, used))
    slots[name] = to as never
  }
}

/**
 * The reverse sweep over the slots from the last one down: each hands its operands its derivative times the partial.
 *
 * @param special does the same for a slot with opcode OTHER.
 */
export function sweepSlots(start: number, end: number, special: (slot: number) => void): void {
  const { adjoint, left, right, leftPartial, rightPartial, opcode } = own
  for (let k = end - 1; k >= start; k--) {
    const derivative = adjoint[k]!
    if (derivative === 0) continue // a strong zero: nothing flows, so that no 0 * Infinity makes a NaN
    if (opcode[k]! >= STRONG_ZERO) {
      if (opcode[k] === OTHER) {
        special(k)
        continue
      }
      // a partial of 0 is a strong zero too: nothing flows to what was not selected
      if (leftPartial[k] !== 0) adjoint[left[k]!]! += derivative * leftPartial[k]!
      if (rightPartial[k] !== 0) adjoint[right[k]!]! += derivative * rightPartial[k]!
    } else {
      adjoint[left[k]!]! += derivative * leftPartial[k]!
      adjoint[right[k]!]! += derivative * rightPartial[k]!
    }
  }
}
