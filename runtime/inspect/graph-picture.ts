/**
 * What a picture of a computation shows: a vertex for each number, with the operation that gave it and this one's constants, and an
 * edge for each use of a number. It must not know where anything is drawn.
 */

import { type NodeOrNumber, operandsOfNode } from '../engine/node.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { evaluationOrder, type NodeNames, namesByNode } from './graph.ts'
import type { Edge } from './graph-rows.ts'

/** A vertex: its key (`n0`), the operation that gave the number (`''` for a leaf), what stands below it, and what it is. */
export interface Vertex {
  readonly key: string
  readonly operation: string
  readonly lines: readonly string[]
  readonly kind: 'number' | 'left out'
}

/** A computation to be drawn. Vertices stand in the order of evaluation, and edges point from operands to results, in their order. */
export interface Picture {
  readonly vertices: readonly Vertex[]
  readonly edges: readonly Edge[]
}

/** Of a larger picture, how many numbers are shown of its beginning, and of its end. */
const ENDS = 50

/** The operators of methods that have one. */
const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  pow: '**',
  neg: '-',
}

/** Six digits, as a picture has room for. */
function short(x: number): string {
  return String(Number.isFinite(x) ? Number(x.toPrecision(6)) : x)
}

/**
 * An operation in words, constants included: `* 4`, `2 **`, `max(·, 0)`, and where there are many of them how many.
 *
 * @param constants the operands, with `undefined` in the place of tracked ones.
 */
export function titleOfOperation(name: string, constants: readonly (number | undefined)[], signs = SIGNS): string {
  const sign = signs[name]
  const count = constants.filter(each => each !== undefined).length
  if (count === 0) return sign ?? name
  if (constants.length > 4) return `${name}, ${count} of ${constants.length} constant`
  const texts = constants.map(each => (each === undefined ? '·' : short(each)))
  if (sign === undefined) return `${name}(${texts.join(', ')})`
  return constants[0] === undefined ? `${sign} ${texts[1]}` : `${texts[0]} ${sign}`
}

function numberVertex(node: NumberWithGrad, key: string, name: string | undefined): Vertex {
  const gradient = node.grad === null ? [] : [`grad ${short(node.grad)}`]
  const operands = operandsOfNode(node).map(operand => (typeof operand === 'number' ? operand : undefined))
  return {
    key,
    operation: titleOfOperation(node.creation_op, operands),
    lines: [...(name === undefined ? [] : [name]), `num ${short(node.num)}`, ...gradient],
    kind: 'number',
  }
}

/** What stands for numbers that are not shown. */
function gapVertex(nodes: readonly NumberWithGrad[]): Vertex {
  const counts = new Map<string, number>()
  for (const { creation_op } of nodes) counts.set(creation_op, (counts.get(creation_op) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  const lines = sorted.slice(0, 6).map(([name, count]) => `${count} ${name || (count === 1 ? 'leaf' : 'leaves')}`)
  if (sorted.length > 6) lines.push('…')
  return { key: 'gap', operation: `${nodes.length} numbers left out`, lines, kind: 'left out' }
}

/**
 * The computation behind `root`.
 *
 * @param most shown in full; of a larger one, the beginning and the end in the order of evaluation, and a vertex for all between.
 */
export function pictureOf(root: NumberWithGrad, names: NodeNames, where: string, most = Infinity): Picture {
  const nameOf = namesByNode(names)
  const order = evaluationOrder(root, where)
  const gap = order.length > most ? order.slice(ENDS, -ENDS) : []
  const keys = new Map<NodeOrNumber, string>(gap.map(node => [node, 'gap']))
  const vertices: Vertex[] = []
  const edges: Edge[] = []
  const into = (key: string, node: NumberWithGrad) => {
    for (const operand of operandsOfNode(node)) {
      const from = keys.get(operand)
      if (from !== undefined && from !== key) edges.push([from, key])
    }
  }
  order.forEach((node, i) => {
    const isLeftOut = keys.has(node)
    const key = isLeftOut ? 'gap' : `n${i}`
    keys.set(node, key)
    into(key, node)
    if (!isLeftOut) vertices.push(numberVertex(node, key, nameOf.get(node)))
    else if (node === gap.at(-1)) vertices.push(gapVertex(gap))
  })
  return { vertices, edges: gap.length === 0 ? edges : once(edges) }
}

/** Of the edges into and out of what is left out one between two vertices, which stands for all. */
function once(edges: readonly Edge[]): Edge[] {
  const seen = new Set<string>()
  return edges.filter(([from, to]) => {
    const key = `${from} ${to}`
    if ((from !== 'gap' && to !== 'gap') || !seen.has(key)) return seen.add(key)
    return false
  })
}
