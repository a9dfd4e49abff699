/**
 * Turns a recorded computation into a list for a message.
 * It must not know how it is drawn.
 */

import { operandsOfNode } from '../../runtime/engine/node.ts'
import type { NumberWithGrad } from '../../runtime/index.ts'
import { evaluationOrder, type NodeNames, namesByNode, summary } from '../../runtime/inspect/graph.ts'
import { bounds, shortened } from './bounds.ts'
import type { Graph } from './messages.ts'

/** The largest computation that a reader can follow on a page. */
const MOST_OPERATIONS = 60

export function graphOf(root: NumberWithGrad, names: NodeNames): Graph {
  const nameOf = namesByNode(names)
  const title = shortened(nameOf.get(root) ?? 'result', bounds.name)
  const { operations, depth } = summary(root)
  if (operations > MOST_OPERATIONS) return { kind: 'graph', title, nodes: [], operations, depth }
  const order = evaluationOrder(root, 'graph')
  const places = new Map<unknown, number>(order.map((node, i) => [node, i]))
  const nodes = order.map(node => ({
    name: shortened(nameOf.get(node) ?? '', bounds.name),
    operation: shortened(node.creation_op, bounds.name),
    num: node.num,
    grad: node.grad,
    operands: operandsOfNode(node).map(operand => {
      const place = places.get(operand)
      return place === undefined ? { constant: Number(operand) } : { node: place }
    }),
  }))
  return { kind: 'graph', title, nodes, operations, depth }
}
