/**
 * Reverse and forward sweeps with tracked results, which can be derived again.
 * It must not know any rule: generated/core/partials.ts has the formulas.
 */

import { bothNothing, isNothing, kinked, singularOperands, stopped } from '../engine/kinked.ts'
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
import { partialsOf, requireOneEach } from './propagate-many.ts'

/** Adjoints (reverse mode) or tangents (forward mode) by node. */
export type Derivatives = Map<GraphNode, NodeOrNumber>

/**
 * By node, where a step at its jump is among what it depends on: nothing (isNothing), whose derivative by what moves such a step is NaN.
 * A step of what jumps counts as one.
 */
export type Jumps = ReadonlyMap<GraphNode, GraphNode>

/** Whether a node is a step: a function of one number through which nothing passes. */
function isStep(node: GraphNode): boolean {
  const [x, other] = node._opcode === MANY ? [] : operandsOfNode(node)
  if (x === undefined || other !== undefined || Number.isNaN(node._num)) return false
  return partial(node._opcode, 0, operandValue(x), null, node._num) === null
}

/** Nodes below which no step is at its jump, so that each is looked at once. */
const calm = /* @__PURE__ */ new WeakSet<GraphNode>()

/** What nodes use from outside of themselves, each after its operands; nothing of what is known to be calm. */
function outsideOf(nodes: readonly GraphNode[]): GraphNode[] {
  const done = new Set(nodes)
  const found: GraphNode[] = []
  const work: GraphNode[] = []
  const addOperands = (node: GraphNode) => {
    for (const operand of operandsOfNode(node))
      if (typeof operand !== 'number' && operand._opcode !== LEAF && !done.has(operand) && !calm.has(operand))
        work.push(operand)
  }
  for (const node of nodes) addOperands(node)
  while (work.length > 0) {
    const node = work.at(-1)!
    const { length } = work
    if (!done.has(node)) addOperands(node)
    if (work.length > length) continue // the operands first
    work.pop()
    if (!done.has(node)) found.push(node)
    done.add(node)
  }
  return found
}

/** Finds them in a record and in what it uses from outside: a step there jumps too. */
export function jumpsWithOutside(nodes: readonly GraphNode[]): Jumps {
  const outside = outsideOf(nodes)
  const jumps = jumpsIn([...outside, ...nodes])
  for (const node of outside) if (!jumps.has(node)) calm.add(node)
  return jumps
}

/** Finds them in nodes, each after its operands. */
export function jumpsIn(nodes: readonly GraphNode[]): Jumps {
  const jumps = new Map<GraphNode, GraphNode>()
  for (const node of nodes) {
    if (isStep(node)) {
      const operand = (node._a as GraphNode)._self
      const below = jumps.get(operand)
      const own = below ? kinked(null, -1, operand, below) : partial(node._opcode, 0, operand, null, node)
      if (own !== null) jumps.set(node, own as GraphNode)
    } else if (jumps.size > 0) {
      const [first, ...others] = passingOperands(node).flatMap(operand => jumps.get(operand as GraphNode) ?? [])
      if (first) jumps.set(node, others.length === 0 ? first : (kinked(null, -1, first, ...others) as GraphNode))
    }
  }
  return jumps
}

/** The operands on which the value of a node depends here. */
function passingOperands(node: GraphNode): readonly NodeOrNumber[] {
  const operands = operandsOfNode(node)
  const [a = 0, b = null] = operands.map(operandValue)
  const many = node._opcode === MANY ? partialsOf(node._a as ManyOperands, node._num) : undefined
  return operands.filter((_, i) => (many ? many[i] : partial(node._opcode, i, a, b, node._num)) !== null)
}

type TrackedOperand = { readonly operand: GraphNode; readonly partial: NodeOrNumber }

function manyPartials(node: GraphNode, derivatives: Derivatives): ArrayLike<NodeOrNumber | null> {
  const { rule, operands } = node._a as ManyOperands
  if (!rule.trackedPartials)
    throw new Error(`${rule.name}: the rule has no trackedPartials, which higher derivatives need`)
  const partials = rule.trackedPartials(operands, node, derivatives) as ArrayLike<NodeOrNumber | null>
  requireOneEach(rule.name, partials.length, operands.length)
  return partials
}

/** The tracked operands of a node that have a partial, a tracked number too. */
function flowsOf(node: GraphNode, jumps: Jumps, derivatives: Derivatives): TrackedOperand[] {
  const operands = operandsOfNode(node)
  const many = node._opcode === MANY ? manyPartials(node, derivatives) : undefined
  const [a, b = null] = operands
  const jump = jumps.size > 0 && isStep(node) ? jumps.get(node) : undefined
  return operands.flatMap((operand, i) => {
    if (typeof operand === 'number') return []
    requireUnmoved(node, operand)
    if (jump) return { operand, partial: jump }
    // a number would hide the error, also in further derivatives
    const found = Number.isNaN(node._num)
      ? kinked(NaN, -1, ...operands)
      : many
        ? many[i]!
        : partial(node._opcode, i, a!, b, node)
    return found === null ? [] : { operand, partial: jumps.size === 0 ? found : withJumps(found, jumps) }
  })
}

/** A partial whose derivative is none also by what moves the jumps below the operands by which it has none. */
function withJumps(found: NodeOrNumber, jumps: Jumps): NodeOrNumber {
  const moved = singularOperands(found).flatMap(each => jumps.get((each as GraphNode)._self) ?? [])
  return moved.length === 0 ? found : add(found, kinked(0, -1, ...moved))
}

/** The product of the chain rule, without a node where a factor is the plain number 1, or 0 and the other one finite. */
function product(derivative: NodeOrNumber, partial: NodeOrNumber): NodeOrNumber {
  const [isStopped, stops] = [isNothing(derivative), isNothing(partial)]
  if (isStopped && stops) return bothNothing(derivative, partial)
  if (stops) return stopped(partial, derivative)
  if (isStopped) return stopped(derivative, partial)
  if (derivative === 1) return partial
  if (partial === 1) return derivative
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
export function pullThrough(
  node: GraphNode,
  derivatives: Derivatives,
  jumps: Jumps,
  takes: (operand: GraphNode) => boolean,
): void {
  const derivative = derivatives.get(node)
  if (derivative === undefined || node._opcode === LEAF) return
  for (const { operand, partial } of flowsOf(node, jumps, derivatives))
    if (takes(operand)) addTo(derivatives, operand, product(derivative, partial))
}

/** One step of forward mode: the node's tangent from those of its operands. */
export function pushThrough(node: GraphNode, derivatives: Derivatives, jumps: Jumps): void {
  if (node._opcode === LEAF || !operandsOfNode(node).some(operand => derivatives.has(operand as GraphNode))) return
  const { whole } = (node._a as Partial<ManyOperands>).rule ?? {}
  if (whole) return whole.pushTracked(node, derivatives)
  for (const { operand, partial } of flowsOf(node, jumps, derivatives)) {
    const derivative = derivatives.get(operand)
    if (derivative !== undefined) addTo(derivatives, node, product(derivative, partial))
  }
}
