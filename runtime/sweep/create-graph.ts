/**
 * `backward({ createGraph: true })`: gradients as tracked numbers, beside the numeric ones.
 * It must not know any rule, nor the class of its nodes.
 */

import { type GraphNode, LEAF, type NodeOrNumber, operandValue } from '../engine/node.ts'
import { nodesBelow } from './backward.ts'
import { addTo, type Derivatives, pullThrough } from './tracked-sweep.ts'

// A WeakMap and not a field: few programs need it, and the others should not pay for it. The stamp tells a recycled node.
const trackedGradients = /* @__PURE__ */ new WeakMap<
  GraphNode,
  { readonly stamp: number; readonly gradient: NodeOrNumber }
>()

/** The tracked gradient of a node, from the last `backwardCreatingGraph`. */
export function trackedGradientOf(node: GraphNode): NodeOrNumber | undefined {
  const found = trackedGradients.get(node)
  return found?.stamp === node._stamp ? found.gradient : undefined
}

export function clearTrackedGradient(node: GraphNode): void {
  trackedGradients.delete(node)
}

/** Adds to every node below `root` its adjoint times `seed`, as a plain and as a tracked number. */
export function backwardCreatingGraph(root: GraphNode, seed: number): void {
  const nodes = nodesBelow(root)
  const derivatives: Derivatives = new Map([[root, seed]])
  for (const node of nodes) pullThrough(node, derivatives, () => true)
  for (const node of nodes) {
    const gradient = derivatives.get(node) ?? 0
    node._adjoint += operandValue(gradient)
    const before = node._opcode === LEAF ? trackedGradientOf(node) : undefined
    if (before !== undefined) addTo(derivatives, node, before)
    trackedGradients.set(node, { stamp: node._stamp, gradient: derivatives.get(node) ?? 0 })
  }
}
