/**
 * A computation as text for Graphviz. It must not know what a node is.
 */

import type { NumberWithGrad } from '../number/number-with-grad.ts'
import type { NodeNames } from './graph.ts'
import { pictureOf, type Vertex } from './graph-picture.ts'

const DOT_STYLE = {
  number: 'color=orange, style=filled',
  constant: 'shape=plaintext',
  operation: 'color=lightblue, style=filled, shape=box',
}

function vertexLine({ key, lines, kind }: Vertex): string {
  const label = lines.map(line => line.replace(/["\\]/g, '\\$&')).join('\\n')
  return `  ${key} [label="${label}", ${DOT_STYLE[kind]}]\n`
}

/**
 * The computation behind `root` in Graphviz's language: numbers are ellipses with name, value and gradient, operations are boxes.
 * Gradients are those of the last `backward()`. `dot -Tsvg` draws it; `toSvg` does without any program.
 *
 * @param names what nodes are called: `{ a, b }`, or a Map from node to name.
 * Source: Saito, "Deep Learning from Scratch 3", step 26.
 * @example toDot(new NumberWithGrad(3).neg()).split('\n').length // 8
 */
export function toDot(root: NumberWithGrad, names: NodeNames = {}): string {
  const { vertices, edges } = pictureOf(root, names, 'toDot')
  const arrows = edges.map(([from, to]) => `  ${from} -> ${to}\n`)
  return `digraph g {\n${vertices.map(vertexLine).join('')}${arrows.join('')}}\n`
}
