/**
 * Reverse and forward sweeps with tracked results, which can be derived again, and the forward sweep with plain ones.
 * It must not know any rule: generated/core/partials.ts has the formulas.
 */

import {
  type GraphNode,
  LEAF,
  MANY,
  type ManyOperands,
  type NodeOrNumber,
  operandsOfNode,
  operandValue,
} from '../engine/node.ts'
import { add, mul, partial } from '../generated/core/partials.ts'
import { requireOneEach } from './propagate-many.ts'

/** Adjoints (reverse mode) or tangents (forward mode) by node. */
export type Derivatives = Map<GraphNode, NodeOrNumber>

type TrackedOperand = { readonly operand: GraphNode; readonly partial: NodeOrNumber }

function manyPartials(node: GraphNode, tracked: boolean): ArrayLike<NodeOrNumber> {
  const { rule, operands } = node._a as ManyOperands
  if (!tracked) return rule.partials(operands.map(operandValue), node._num)
  if (rule.trackedPartials) return rule.trackedPartials(operands, node) as ArrayLike<NodeOrNumber>
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
    const found = many ? many[i]! : partial(node._opcode, i, a!, b, y)
    return found === null ? [] : { operand, partial: found }
  })
}

const isFiniteNumber = (x: NodeOrNumber) => Number.isFinite(operandValue(x))

/** The product of the chain rule. Zero is a strong zero: 0 * Infinity is 0 and not NaN. */
function product(derivative: NodeOrNumber, partial: NodeOrNumber): NodeOrNumber {
  const zero = operandValue(derivative) === 0
  if (derivative === 0 || (zero && !isFiniteNumber(partial))) return 0
  if (derivative === 1) return partial
  return partial === 1 ? derivative : mul(derivative, partial)
}

/** Adds one term of the chain rule to a node's derivative. */
export function addTo(to: Derivatives, node: GraphNode, share: NodeOrNumber): void {
  const sum = to.get(node)
  to.set(node, sum === undefined || sum === 0 ? share : add(sum, share))
}

/** One step of reverse mode: adds the node's adjoint times partial to each operand that `takes` accepts. */
export function pullThrough(node: GraphNode, derivatives: Derivatives, takes: (operand: GraphNode) => boolean): void {
  const derivative = derivatives.get(node)
  if (derivative === undefined || derivative === 0 || node._opcode === LEAF) return
  for (const { operand, partial } of flowsOf(node, true))
    if (takes(operand)) addTo(derivatives, operand, product(derivative, partial))
}

/** One step of forward mode: the node's tangent from those of its operands; tracked with `tracked`, else plain. */
export function pushThrough(node: GraphNode, derivatives: Derivatives, tracked: boolean): void {
  if (node._opcode === LEAF || !operandsOfNode(node).some(operand => derivatives.has(operand as GraphNode))) return
  for (const { operand, partial } of flowsOf(node, tracked)) {
    const derivative = derivatives.get(operand)
    // The partial's zero is strong here, as in the reverse sweep, which multiplies by it first.
    const stops = operandValue(partial) === 0 && derivative !== undefined && !isFiniteNumber(derivative)
    if (derivative !== undefined && !stops) addTo(derivatives, node, product(derivative, partial))
  }
}
