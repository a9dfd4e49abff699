/**
 * The reverse sweep over a recorded graph: each node once, after all its users.
 * It orders the nodes; generated/core/propagate.ts adds to the operands' adjoints. No recursion, so the depth of a graph is no limit.
 */

import {
  type GraphNode,
  isReached,
  LEAF as LEAF_OPCODE,
  MANY as MANY_OPCODE,
  type ManyOperands,
  type Operand,
  operandsOfNode,
} from '../engine/node.ts'
import { ageOf as ageOfNode, requireUnmoved, tape } from '../engine/tape.ts'
import { propagate } from '../generated/core/propagate.ts'
import { propagateMany } from './propagate-many.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const LEAF = LEAF_OPCODE
const MANY = MANY_OPCODE
const ageOf = ageOfNode

// A work list is a stack linked by the nodes' `_next`; null is the empty one.
type WorkList = GraphNode | null

function push(node: GraphNode, rest: WorkList): GraphNode {
  node._next = rest
  return node
}

function countUse(operand: Operand, rest: WorkList): WorkList {
  if (operand === null || typeof operand === 'number') return rest
  if (operand._uses > 0) {
    operand._uses++
    return rest
  }
  operand._uses = 1
  return push(operand, rest)
}

function sweepUse(operand: Operand, rest: WorkList): WorkList {
  if (operand === null || typeof operand === 'number' || --operand._uses > 0) return rest
  return push(operand, rest)
}

/**
 * Counts the users of each node below `root`, and sets the adjoints of intermediate nodes to -0, not reached. Leaves keep their sum.
 * Returns whether some leaf was assigned after some operation, perhaps one that does not use it.
 */
function countUses(root: GraphNode): boolean {
  let oldest = 0 // the greatest age of an operation
  let newest = 0 // the last version of a leaf
  root._uses = 0
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    if (node._opcode === LEAF) {
      if ((node._b as number) > newest) newest = node._b as number
      continue
    }
    const age = ageOf(node)
    if (age > oldest) oldest = age
    node._adjoint = -0
    if (node._opcode === MANY) for (const operand of (node._a as ManyOperands).operands) work = countUse(operand, work)
    else work = countUse(node._b, countUse(node._a as Operand, work))
  }
  // No leaf is newer than any operation, in a program that assigns after backward().
  return newest > tape.version - oldest
}

/** Counts uses; throws before any gradient is changed where a leaf was assigned after its use. */
function prepare(root: GraphNode): void {
  if (!countUses(root)) return
  const nodes = inOrder(root)
  try {
    for (const node of nodes) for (const operand of operandsOfNode(node)) requireUnmoved(node, operand)
  } catch (error) {
    for (const node of nodes) if (Object.is(node._adjoint, -0)) node._uses = -1 // as before any backward()
    throw error
  }
  countUses(root)
}

/**
 * Adds to every node below `root` the derivative of `root` by that node, times `seed`.
 * Time is linear in the graph, memory constant. Kahn's order: a node is taken when its last user was.
 */
export function backward(root: GraphNode, seed: number): void {
  prepare(root)
  root._adjoint += seed + 0 // not -0, as a seed of 0 arrives too
  try {
    sweep(root)
  } catch (error) {
    abandon(root)
    throw error
  }
}

function sweep(root: GraphNode): void {
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    node._next = null
    if (node._opcode === LEAF) continue
    if (node._opcode === MANY) {
      if (isReached(node._adjoint)) propagateMany(node)
      for (const operand of (node._a as ManyOperands).operands) work = sweepUse(operand, work)
    } else {
      if (isReached(node._adjoint)) propagate(node)
      work = sweepUse(node._b, sweepUse(node._a as Operand, work))
    }
  }
}

/**
 * After a rule that threw: how much arrived at a leaf is not known, so its gradient is NaN, and what waited for other users waits no
 * more, else the next sweep would not go below it.
 */
function abandon(root: GraphNode): void {
  const all = new Set<GraphNode>([root])
  for (const node of all) {
    if (node._opcode === LEAF) node._adjoint = NaN
    node._uses = node._opcode === LEAF ? 0 : -1 // as before any backward()
    for (const operand of operandsOfNode(node)) if (operand !== null && typeof operand === 'object') all.add(operand)
  }
}

/** `root` and the nodes below it, each after all its users; sets the adjoints of intermediate nodes to -0. */
export function nodesBelow(root: GraphNode): GraphNode[] {
  prepare(root)
  return inOrder(root)
}

/** The same, after the uses were counted. */
function inOrder(root: GraphNode): GraphNode[] {
  const nodes: GraphNode[] = []
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    node._next = null
    nodes.push(node._self)
    for (const operand of operandsOfNode(node)) work = sweepUse(operand, work)
  }
  return nodes
}
