/**
 * The reverse sweep over a recorded graph: each node once, after all its users.
 * It walks and orders; what a node gives its operands is in propagate.ts. No recursion, so the depth of a graph is no limit.
 */

import {
  type GraphNode,
  LEAF as LEAF_OPCODE,
  MANY as MANY_OPCODE,
  type ManyOperands,
  type Operand,
  operandsOf,
} from '../engine/node.ts'
import { propagate } from '../generated/core/propagate.ts'
import { propagateMany } from './propagate-many.ts'

// V8 loads an imported name at each use, and knows a constant of the module.
const LEAF = LEAF_OPCODE
const MANY = MANY_OPCODE

// A work list is a stack threaded through the nodes' `_next`; a head of null is the empty one.
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

/** Counts how many users each node below `root` has, and starts the intermediate ones from zero. Leaves keep their sum. */
function countUses(root: GraphNode): void {
  root._uses = 0
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    if (node._opcode === LEAF) continue
    node._adjoint = 0
    if (node._opcode === MANY) for (const operand of (node._a as ManyOperands).operands) work = countUse(operand, work)
    else work = countUse(node._b, countUse(node._a as Operand, work))
  }
}

/**
 * Adds to every node below `root` the derivative of `root` by that node, times `seed`.
 * Time is linear in the graph, memory constant. Kahn's order: a node is taken when its last user was.
 */
export function backward(root: GraphNode, seed: number): void {
  countUses(root)
  root._adjoint += seed
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    node._next = null
    if (node._opcode === LEAF) continue
    // Zero is a strong zero: nothing flows on, so that no 0 * Infinity makes a NaN.
    if (node._opcode === MANY) {
      if (node._adjoint !== 0) propagateMany(node)
      for (const operand of (node._a as ManyOperands).operands) work = sweepUse(operand, work)
    } else {
      if (node._adjoint !== 0) propagate(node)
      work = sweepUse(node._b, sweepUse(node._a as Operand, work))
    }
  }
}

/** The nodes below `root` and itself, each after all its users; the derivatives of the intermediate ones are zero then. */
export function nodesBelow(root: GraphNode): GraphNode[] {
  countUses(root)
  const nodes: GraphNode[] = []
  let work: WorkList = push(root, null)
  while (work !== null) {
    const node: GraphNode = work
    work = node._next
    node._next = null
    nodes.push(node)
    for (const operand of operandsOf(node)) work = sweepUse(operand, work)
  }
  return nodes
}
