/**
 * `backward({ createGraph: true })`: gradients as tracked numbers, beside the numeric ones.
 * It must not know any rule, nor the class of its nodes.
 */

import { type GraphNode, LEAF, type NodeOrNumber, operandValue, unexpected } from '../engine/node.ts'
import { nodesBelow } from './backward.ts'
import { addTo, type Derivatives, jumpsIn, pullThrough } from './tracked-sweep.ts'

// A WeakMap and not a field: few programs need it, and the others should not pay for it.
const trackedGradients = /* @__PURE__ */ new WeakMap<GraphNode, NodeOrNumber>()

/** The tracked gradient of a node, from the last `backwardCreatingGraph`. */
export function trackedGradientOf(node: GraphNode): NodeOrNumber | undefined {
  return trackedGradients.get(node._self)
}

export function clearTrackedGradient(node: GraphNode): void {
  trackedGradients.delete(node._self)
}

/** What `backward` takes beside a number. */
export interface SeedOptions {
  readonly seed?: number
  readonly createGraph?: boolean
}

/** By hand, not as all options are asked: every program has this. @throws TypeError for anything else. */
export function requireSeed(options: SeedOptions, where: string): SeedOptions {
  const { seed = 1, createGraph = false, ...others } = Object(options)
  const isObject = {}.toString.call(options) === '[object Object]' && Object.keys(others).length === 0
  if (!isObject || typeof seed !== 'number' || typeof createGraph !== 'boolean')
    throw unexpected(where, 'a number or { seed, createGraph }', isObject && typeof seed !== 'number' ? seed : options)
  return options
}

/** Adds to every node below `root` its adjoint times `seed`, as a plain and as a tracked number. */
export function backwardCreatingGraph(root: GraphNode, seed: number): void {
  const nodes = nodesBelow(root)
  const derivatives: Derivatives = new Map([[root._self, seed]])
  const jumps = jumpsIn(nodes.toReversed())
  for (const node of nodes) pullThrough(node, derivatives, jumps, () => true)
  for (const node of nodes) {
    const gradient = derivatives.get(node) ?? 0
    node._adjoint += operandValue(gradient)
    const before = node._opcode === LEAF ? trackedGradientOf(node) : undefined
    if (before !== undefined) addTo(derivatives, node, before)
    trackedGradients.set(node, derivatives.get(node) ?? 0)
  }
}
