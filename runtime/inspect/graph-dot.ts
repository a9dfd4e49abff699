/**
 * A computation as text for Graphviz. It must not know what a node is.
 */

import type { NumberWithGrad } from '../number/number-with-grad.ts'
import type { NodeNames } from './graph.ts'
import { pictureOf, type Vertex } from './graph-picture.ts'

const NUMBER_STYLE = 'color=orange, style=filled'
const OPERATION_STYLE = 'color=lightblue, style=filled, shape=box'

const inQuotes = (text: string) => text.replace(/["\\]/g, '\\$&')

function vertexLines({ key, operation, lines }: Vertex): string {
  const number = `  ${key} [label="${lines.map(inQuotes).join('\\n')}", ${NUMBER_STYLE}]\n`
  if (operation === '') return number
  return `  ${key}_op [label="${inQuotes(operation)}", ${OPERATION_STYLE}]\n${number}  ${key}_op -> ${key}\n`
}

/**
 * The computation behind `root` in Graphviz's language: numbers are ellipses with name, value and gradient, operations are boxes with
 * their constants; each use of a number is an arrow. Gradients are those of the last `backward()`. `dot -Tsvg` draws it; `toSvg` does
 * without any program.
 *
 * @param names what nodes are called: `{ a, b }`, or a Map from node to name.
 * Source: Saito, "Deep Learning from Scratch 3", step 26.
 * @example toDot(new NumberWithGrad(3).neg()).split('\n').length // 8
 */
export function toDot(root: NumberWithGrad, names: NodeNames = {}): string {
  const { vertices, edges } = pictureOf(root, names, 'toDot')
  const arrows = edges.map(([from, to]) => `  ${from} -> ${to}_op\n`)
  return `digraph g {\n${vertices.map(vertexLines).join('')}${arrows.join('')}}\n`
}
