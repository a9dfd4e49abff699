/**
 * The sweeps whose results are tracked numbers again, so that they can be derived again; and forward mode.
 * It must not know any rule: partials.ts has them, quoted.
 */

import {
  type GraphNode,
  LEAF,
  MANY,
  type ManyOperands,
  type NodeOrNumber,
  operandsOf,
  operandValue,
} from '../engine/node.ts'
import { add, mul, partial } from '../generated/core/partials.ts'
import { requireOneEach } from './propagate-many.ts'

/** A derivative for each node that one reached: by it, or of it. */
export type Derivatives = Map<GraphNode, NodeOrNumber>

type TrackedOperand = { readonly operand: GraphNode; readonly partial: NodeOrNumber }

function manyPartials(node: GraphNode, tracked: boolean): ArrayLike<NodeOrNumber> {
  const { rule, operands } = node._a as ManyOperands
  if (!tracked) return rule.partials(operands.map(operandValue), node._num)
  if (rule.trackedPartials) return rule.trackedPartials(operands, node) as ArrayLike<NodeOrNumber>
  throw new Error(`${rule.name}: its rule has no trackedPartials, which a derivative of a derivative needs`)
}

/** The tracked operands of a node through which something flows. With `tracked` the partials are functions of them too. */
function flowsOf(node: GraphNode, tracked: boolean): TrackedOperand[] {
  const operands = operandsOf(node)
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

/** The product of the chain rule. Zero is a strong zero: nothing flows, so that no 0 * Infinity makes a NaN. */
function product(derivative: NodeOrNumber, partial: NodeOrNumber): NodeOrNumber {
  const zero = operandValue(derivative) === 0
  if (derivative === 0 || (zero && !isFiniteNumber(partial))) return 0
  if (derivative === 1) return partial
  return partial === 1 ? derivative : mul(derivative, partial)
}

/** Adds a share to a node's derivative. */
export function addTo(to: Derivatives, node: GraphNode, share: NodeOrNumber): void {
  const sum = to.get(node)
  to.set(node, sum === undefined || sum === 0 ? share : add(sum, share))
}

/** Reverse mode: what a node's derivative gives the operands that `takes` lets through. */
export function pullThrough(node: GraphNode, derivatives: Derivatives, takes: (operand: GraphNode) => boolean): void {
  const derivative = derivatives.get(node)
  if (derivative === undefined || derivative === 0 || node._opcode === LEAF) return
  for (const { operand, partial } of flowsOf(node, true))
    if (takes(operand)) addTo(derivatives, operand, product(derivative, partial))
}

/** Forward mode: a node's derivative from those of its operands. Tracked ones for `tracked`, else plain numbers. */
export function pushThrough(node: GraphNode, derivatives: Derivatives, tracked: boolean): void {
  if (node._opcode === LEAF || !operandsOf(node).some(operand => derivatives.has(operand as GraphNode))) return
  for (const { operand, partial } of flowsOf(node, tracked)) {
    const derivative = derivatives.get(operand)
    // The zero of the partial is a strong one here: it is what the reverse sweep would meet first.
    const stops = operandValue(partial) === 0 && derivative !== undefined && !isFiniteNumber(derivative)
    if (derivative !== undefined && !stops) addTo(derivatives, node, product(derivative, partial))
  }
}
