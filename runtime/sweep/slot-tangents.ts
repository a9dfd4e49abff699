/**
 * The forward sweep over slots: the tangent of each number along one direction of the inputs, by the partials that were recorded.
 * It must not know any rule, nor who asks. As an adjoint, a tangent is -0 where nothing arrived (isReached).
 */
import { isReached } from '../engine/node.ts'
import { edges, FILLED, OTHER, SELECTS, slots } from '../engine/slots.ts'
import { ruleAt } from './held-rules.ts'

/**
 * Computes the tangents of the slots from `start` to below `end`. Those before `start` must be there, and the partials of all edges.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.1.
 */
export function pushSlots(tangent: Float64Array, start: number, end: number): void {
  const { left, right, leftPartial, rightPartial, opcode } = slots
  for (let k = start; k < end; k++) {
    const code = opcode[k]!
    if (code === OTHER) {
      if (leftPartial[k] === FILLED) tangent[k] = tangentOfEdges(tangent, left[k]!, right[k]!)
      else k = ruleAt(k).whole!.push(k, tangent)
      continue
    }
    const a = tangent[left[k]!]!
    const b = tangent[right[k]!]!
    const p = leftPartial[k]!
    const q = rightPartial[k]!
    let sum = -0
    // what was not selected passes nothing on
    if ((a !== 0 || 1 / a > 0) && (code < SELECTS || p !== 0)) sum = a * p + 0
    if ((b !== 0 || 1 / b > 0) && (code < SELECTS || q !== 0)) sum += b * q + 0
    tangent[k] = sum
  }
}

function tangentOfEdges(tangent: Float64Array, first: number, end: number): number {
  const { operand, partial } = edges
  let sum = -0
  for (let e = first; e < end; e++) {
    const a = tangent[operand[e]!]!
    if (isReached(a)) sum += a * partial[e]! + 0
  }
  return sum
}
