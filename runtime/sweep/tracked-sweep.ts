/**
 * Reverse and forward sweeps with tracked results, which can be derived again.
 * It must not know any rule: generated/core/partials.ts has the formulas.
 */

import { bothNothing, isNothing, kinked } from '../engine/kinked.ts'
import {
  type GraphNode,
  LEAF,
  MANY,
  type ManyOperands,
  type NodeOrNumber,
  operandsOfNode,
  operandValue,
} from '../engine/node.ts'
import { requireUnmoved } from '../engine/tape.ts'
import { add, mul, partial } from '../generated/core/partials.ts'
import { requireOneEach } from './propagate-many.ts'

/** Adjoints (reverse mode) or tangents (forward mode) by node. */
export type Derivatives = Map<GraphNode, NodeOrNumber>

type TrackedOperand = { readonly operand: GraphNode; readonly partial: NodeOrNumber }

function manyPartials(node: GraphNode, tracked: boolean): ArrayLike<NodeOrNumber | null> {
  const { rule, operands } = node._a as ManyOperands
  if (!tracked) return rule.partials(operands.map(operandValue), node._num)
  if (rule.trackedPartials) return rule.trackedPartials(operands, node) as ArrayLike<NodeOrNumber | null>
  throw new Error(`${rule.name}: the rule has no trackedPartials, which higher derivatives need`)
}

/** The tracked operands of a node that have a partial. With `tracked` the partials are tracked numbers too. */
function flowsOf(node: GraphNode, tracked: boolean): TrackedOperand[] {
  const operands = operandsOfNode(node)
  const many = node._opcode === MANY ? manyPartials(node, tracked) : undefined
  if (many) requireOneEach((node._a as ManyOperands).rule.name, many.length, operands.length)
  const [a, b = null] = (many || tracked ? operands : operands.map(operandValue)) as NodeOrNumber[]
  const y = (tracked ? node : node._num) as NodeOrNumber
  return operands.flatMap((operand, i) => {
    if (typeof operand === 'number') return []
    requireUnmoved(node, operand)
    // a number would hide the error, also in further derivatives
    const found = Number.isNaN(node._num)
      ? kinked(NaN, -1, ...(tracked ? operands : []))
      : many
        ? many[i]!
        : partial(node._opcode, i, a!, b, y)
    return found === null ? [] : { operand, partial: found }
  })
}

/** The product of the chain rule, without a node where a factor is the plain number 1, or 0 and the other one finite. */
function product(derivative: NodeOrNumber, partial: NodeOrNumber): NodeOrNumber {
  const [isStopped, stops] = [isNothing(derivative), isNothing(partial)]
  if (isStopped && stops) return bothNothing(derivative, partial)
  if (derivative === 1 || stops) return partial
  if (partial === 1 || isStopped) return derivative
  if ((derivative === 0 || partial === 0) && operandValue(derivative) * operandValue(partial) === 0) return 0
  return mul(derivative, partial)
}

/** Adds one term of the chain rule to a node's derivative. A node without one is not reached. */
export function addTo(to: Derivatives, node: GraphNode, share: NodeOrNumber): void {
  const sum = to.get(node)
  if (sum === undefined || sum === 0) to.set(node, share)
  else to.set(node, isNothing(sum) && isNothing(share) ? bothNothing(sum, share) : add(sum, share))
}

/** One step of reverse mode: adds the node's adjoint times partial to each operand that `takes` accepts. */
export function pullThrough(node: GraphNode, derivatives: Derivatives, takes: (operand: GraphNode) => boolean): void {
  const derivative = derivatives.get(node)
  if (derivative === undefined || node._opcode === LEAF) return
  for (const { operand, partial } of flowsOf(node, true))
    if (takes(operand)) addTo(derivatives, operand, product(derivative, partial))
}

/** One step of forward mode: the node's tangent from those of its operands; tracked with `tracked`, else plain. */
export function pushThrough(node: GraphNode, derivatives: Derivatives, tracked: boolean): void {
  if (node._opcode === LEAF || !operandsOfNode(node).some(operand => derivatives.has(operand as GraphNode))) return
  for (const { operand, partial } of flowsOf(node, tracked)) {
    const derivative = derivatives.get(operand)
    if (derivative !== undefined) addTo(derivatives, node, product(derivative, partial))
  }
}
