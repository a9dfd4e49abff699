/**
 * Sweeps over slots along four directions at once, so that operands and partials are read once for four products. They do not ask
 * what was reached, which is right where all partials are finite; `allFinite` says so. It must not know any rule, nor who asks.
 */
import { edges, FILLED, OTHER, slots } from '../engine/slots.ts'

/** Directions that are swept at once: lane j of slot k is number LANES * k + j. */
export const LANES = 4

/** Whether there are lanes for the slots, and each partial and each constant from slot `start` to below `end` is finite, so that 0 times it is 0. */
export function allFinite(start: number, end: number): boolean {
  const { leftPartial, rightPartial, left, right, opcode } = slots
  const { partial } = edges
  let zero = 0
  for (let k = start; k < end; k++) {
    zero += 0 * leftPartial[k]! + 0 * rightPartial[k]!
    if (opcode[k] !== OTHER) continue
    if (leftPartial[k] !== FILLED) return false // a whole sweeps one direction
    for (let e = left[k]!; e < right[k]!; e++) zero += 0 * partial[e]!
  }
  return zero === 0
}

/** The forward sweep: tangents of the slots from `start` to below `end`. */
export function pushLanes(tangent: Float64Array, start: number, end: number): void {
  const { left, right, leftPartial, rightPartial, opcode } = slots
  for (let k = start; k < end; k++) {
    const at = LANES * k
    if (opcode[k] === OTHER) {
      pushEdges(tangent, at, left[k]!, right[k]!)
      continue
    }
    const a = LANES * left[k]!
    const b = LANES * right[k]!
    const p = leftPartial[k]!
    const q = rightPartial[k]!
    tangent[at] = tangent[a]! * p + tangent[b]! * q
    tangent[at + 1] = tangent[a + 1]! * p + tangent[b + 1]! * q
    tangent[at + 2] = tangent[a + 2]! * p + tangent[b + 2]! * q
    tangent[at + 3] = tangent[a + 3]! * p + tangent[b + 3]! * q
  }
}

function pushEdges(tangent: Float64Array, at: number, first: number, end: number): void {
  const { operand, partial } = edges
  tangent.fill(0, at, at + LANES)
  for (let e = first; e < end; e++) {
    const a = LANES * operand[e]!
    for (let lane = 0; lane < LANES; lane++) tangent[at + lane]! += tangent[a + lane]! * partial[e]!
  }
}

/** The reverse sweep, from slot `end` - 1 down to `start`. */
export function pullLanes(adjoint: Float64Array, start: number, end: number): void {
  const { left, right, leftPartial, rightPartial, opcode } = slots
  for (let k = end - 1; k >= start; k--) {
    const at = LANES * k
    const d0 = adjoint[at]!
    const d1 = adjoint[at + 1]!
    const d2 = adjoint[at + 2]!
    const d3 = adjoint[at + 3]!
    if (d0 === 0 && d1 === 0 && d2 === 0 && d3 === 0) continue
    if (opcode[k] === OTHER) {
      pullEdges(adjoint, at, left[k]!, right[k]!)
      continue
    }
    const a = LANES * left[k]!
    const p = leftPartial[k]!
    adjoint[a]! += d0 * p
    adjoint[a + 1]! += d1 * p
    adjoint[a + 2]! += d2 * p
    adjoint[a + 3]! += d3 * p
    const b = LANES * right[k]!
    const q = rightPartial[k]!
    adjoint[b]! += d0 * q
    adjoint[b + 1]! += d1 * q
    adjoint[b + 2]! += d2 * q
    adjoint[b + 3]! += d3 * q
  }
}

function pullEdges(adjoint: Float64Array, at: number, first: number, end: number): void {
  const { operand, partial } = edges
  for (let e = first; e < end; e++) {
    const a = LANES * operand[e]!
    for (let lane = 0; lane < LANES; lane++) adjoint[a + lane]! += adjoint[at + lane]! * partial[e]!
  }
}
