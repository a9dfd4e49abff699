/**
 * What a picture of a computation shows: a vertex for each number and each operation, and the edges between them.
 * It must not know where anything is drawn.
 */

import { operandsOfNode } from '../engine/node.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { evaluationOrder, type NodeNames, namesByNode } from './graph.ts'

/** A vertex: its key (`n0`, `n0_op`, `n0_c1`), what stands in it, and what it is. */
export interface Vertex {
  readonly key: string
  readonly lines: readonly string[]
  readonly kind: 'number' | 'constant' | 'operation'
}

/** A computation to be drawn. Vertices stand in the order of evaluation, and edges point from operands to results. */
export interface Picture {
  readonly vertices: readonly Vertex[]
  readonly edges: readonly (readonly [from: string, to: string])[]
}

/** Six digits, as a picture has room for. */
function short(x: number): string {
  return String(Number.isFinite(x) ? Number(x.toPrecision(6)) : x)
}

function numberVertex(node: NumberWithGrad, key: string, name: string | undefined): Vertex {
  const gradient = node.grad === null ? [] : [`grad ${short(node.grad)}`]
  return { key, lines: [...(name === undefined ? [] : [name]), `num ${short(node.num)}`, ...gradient], kind: 'number' }
}

/** The computation behind `root`. */
export function pictureOf(root: NumberWithGrad, names: NodeNames, where: string): Picture {
  const nameOf = namesByNode(names)
  const keys = new Map<unknown, string>()
  const vertices: Vertex[] = []
  const edges: [string, string][] = []
  for (const node of evaluationOrder(root, where)) {
    const key = `n${keys.size}`
    keys.set(node, key)
    if (node.creation_op !== '') {
      const operation = `${key}_op`
      operandsOfNode(node).forEach((operand, i) => {
        const from = keys.get(operand) ?? `${key}_c${i}`
        if (typeof operand === 'number') vertices.push({ key: from, lines: [short(operand)], kind: 'constant' })
        edges.push([from, operation])
      })
      vertices.push({ key: operation, lines: [node.creation_op], kind: 'operation' })
      edges.push([operation, key])
    }
    vertices.push(numberVertex(node, key, nameOf.get(node)))
  }
  return { vertices, edges }
}
