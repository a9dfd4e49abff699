/**
 * What one operation passed on to its operands in the last `backward()`, found on a copy of that operation.
 * It must not know any operation.
 */
import { ManyOperands, operandsOfNode, operandValue } from '../engine/node.ts'
import { NumberWithGrad } from '../number/number-with-grad.ts'
import { backward } from '../sweep/backward.ts'

/** @internal For each operand what it got, which is -0 where nothing is passed on (isReached); `[]` for a leaf and without a gradient. */
export function contributionsOf(node: NumberWithGrad): number[] {
  const operands = operandsOfNode(node)
  if (operands.length === 0 || node.grad === null) return []
  const leaves = operands.map(operand => new NumberWithGrad(operandValue(operand)))
  // by the constructor, which records also in `noGrad`, and nothing in a scope
  const copy =
    node._a instanceof ManyOperands
      ? new NumberWithGrad(node.num, node._opcode, new ManyOperands(node._a.rule, leaves), null)
      : new NumberWithGrad(node.num, node._opcode, leaves[0]!, leaves[1] ?? null)
  backward(copy, node.grad) // not the method, which `debug` watches
  return leaves.map(({ _adjoint }, i) => (typeof operands[i] === 'number' ? -0 : _adjoint))
}
