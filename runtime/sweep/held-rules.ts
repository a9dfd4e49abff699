/**
 * The rules of slots with many operands, which the tape holds.
 * It must not know any rule, nor how a sweep works.
 */
import { ManyOperands, type ManyRule } from '../engine/node.ts'
import { slots } from '../engine/slots.ts'
import { tape } from '../engine/tape.ts'

/** The rule of a slot with many operands, and its operands where the edges do not tell them. */
export const heldAt = (slot: number) => tape.held[slots.rightPartial[slot]!] as ManyOperands | ManyRule

/** The rule of a slot with many operands. */
export function ruleAt(slot: number): ManyRule {
  const held = heldAt(slot)
  return held instanceof ManyOperands ? held.rule : held
}
