/**
 * Room for the operands of one call of a rule that finds its value and its partials at once. Nobody keeps it: such a rule calls nobody.
 * It must not know any rule.
 */
import { type Fuse, type FusedRule, type GraphNode, type ManyOperands, type ManyRule, operandValue } from './node.ts'

class OperandValues {
  values = new Float64Array(64)
  partials = new Float64Array(64)
}
const room = /* @__PURE__ */ new OperandValues()

export const operandValues: OperandValues = room

/** Makes room for more operands, `count` in all. */
export function makeRoomFor(count: number): void {
  const { values } = room
  room.values = new Float64Array(2 * count)
  room.values.set(values)
  room.partials = new Float64Array(2 * count)
}

function propagateFused({ _num, _a, _adjoint }: GraphNode, fuse: Fuse): void {
  const { operands } = _a as ManyOperands
  const count = operands.length
  if (count > room.values.length) makeRoomFor(count)
  const { values, partials } = room
  for (let i = 0; i < count; i++) values[i] = operandValue(operands[i]!)
  fuse(values, count, partials, 0)
  const spoilt = Number.isNaN(_num)
  for (let i = 0; i < count; i++) {
    const operand = operands[i]!
    if (typeof operand !== 'number') operand._adjoint += spoilt ? NaN : _adjoint * partials[i]! + 0
  }
}

/** A rule of which one function tells the value and all partials. */
export function fusedRule(
  name: string,
  fuse: Fuse,
  { trackedPartials, partialTangents }: Required<Pick<ManyRule, 'trackedPartials' | 'partialTangents'>>,
): FusedRule {
  return {
    name,
    fuse,
    propagate: node => propagateFused(node, fuse),
    partials(xs) {
      const partials = new Float64Array(xs.length)
      fuse(Float64Array.from(xs), xs.length, partials, 0)
      return partials
    },
    trackedPartials,
    partialTangents,
  }
}
