/**
 * A computation as a picture, without any program: SVG text. It must not know how places are found.
 */

import type { NumberWithGrad } from '../number/number-with-grad.ts'
import type { NodeNames } from './graph.ts'
import { edgePaths, rounded } from './graph-edges.ts'
import { layOut } from './graph-layout.ts'
import { pictureOf, type Vertex } from './graph-picture.ts'
import type { Box, Column } from './graph-rows.ts'

const LINE = 16
// a wide digit of the font, so that text fits where the font is another
const CHARACTER = 7.8
const PADDING = 8
const MARGIN = 10
const ARROW = 4
const ROOM = 1200
const MOST_NUMBERS = 240

const NUMBER = 'fill="#fff3d6" stroke="#d9920a"'
const LEFT_OUT = 'fill="#f3f4f6" stroke="#6b7280" stroke-dasharray="4 3"'
const OPERATION = 'fill="#dbeafe" stroke="#3b82c4"'

// XML has no way to write control characters, or half of a pair
const escaped = (text: string) =>
  text
    .replace(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

// Chinese and Japanese characters, and many signs, are as wide as two
const lengthOf = (text: string) => text.replace(/[\u2e80-\uffff]/g, '00').length

function boxOf({ key, operation, lines }: Vertex): Box {
  const longest = [operation, ...lines].reduce((most, line) => Math.max(most, lengthOf(line)), 0)
  const title = operation === '' ? 0 : LINE + PADDING / 2
  return { key, width: longest * CHARACTER + 2 * PADDING, height: title + lines.length * LINE + PADDING }
}

/** A number, with the operation that gave it above it. */
function vertexSvg({ operation, lines, kind }: Vertex, { width, height }: Box, { x, y }: Column): string {
  const [left, top] = [rounded(x - width / 2), y - height / 2]
  const size = `width="${rounded(width)}" height="${rounded(height)}"`
  const frame = `<rect x="${left}" y="${rounded(top)}" ${size} rx="6" ${kind === 'number' ? NUMBER : LEFT_OUT}/>`
  const title = operation === '' ? 0 : LINE + PADDING / 2
  const isNamed = kind === 'number' && lines.length > 1 && !lines[0]!.startsWith('num ')
  const texts = lines.map((line, i) => {
    const weight = isNamed && i === 0 ? ' font-weight="bold"' : ''
    return textSvg(line, x, top + title + PADDING / 2 + (i + 0.5) * LINE, weight)
  })
  if (operation === '') return `  <g>${frame}${texts.join('')}</g>\n`
  const band = kind === 'number' ? OPERATION : 'fill="none"'
  const strip = `<path d="M${left} ${rounded(top + title)}v${6 - title}q0 -6 6 -6h${rounded(width - 12)}q6 0 6 6v${title - 6}z" ${band}/>`
  return `  <g>${frame}${strip}${textSvg(operation, x, top + title / 2, '')}${texts.join('')}</g>\n`
}

function textSvg(text: string, x: number, y: number, weight: string): string {
  return `<text x="${rounded(x)}" y="${rounded(y + 4.5)}"${weight}>${escaped(text)}</text>`
}

/**
 * The computation behind `root` as an SVG picture, operands left and results right: numbers with name, value and gradient (that of
 * the last `backward()`), below the operation that gave them, with its constants. Each use of a number is an arrow, those of one
 * operation in the order of operands. What is wider than a page goes on in the next row. Of more than 240 numbers the picture shows
 * 50 from the beginning and 50 from the end, and says what is left out; `toDot` and `summary` have all.
 *
 * @param names what nodes are called: `{ a, b }`, or a Map from node to name.
 * Cost: linear in the computation; 9, 73 and 500 operations give 4, 33 and 42 kB in 3, 24 and 42 ms, and no picture has more than some
 * 200 kB. Source: Sugiyama, Tagawa & Toda 1981 (layout).
 * @example toSvg(new NumberWithGrad(3).neg()).startsWith('<svg') // true
 */
export function toSvg(root: NumberWithGrad, names: NodeNames = {}): string {
  const { vertices, edges } = pictureOf(root, names, 'toSvg', MOST_NUMBERS)
  const boxes = new Map(vertices.map(vertex => [vertex.key, boxOf(vertex)]))
  const layout = layOut([...boxes.values()], edges, ROOM)
  const paths = edgePaths(edges, boxes, layout, ARROW).map(d => `  <path d="${d}" marker-end="url(#arrow)"/>\n`)
  const shapes = vertices.map(vertex => vertexSvg(vertex, boxes.get(vertex.key)!, layout.places.get(vertex.key)!))
  const [w, h] = [rounded(layout.width + 2 * MARGIN), rounded(layout.height + 2 * MARGIN)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" font-family="monospace" font-size="12" text-anchor="middle">
  <defs><marker id="arrow" viewBox="0 0 6 6" refX="2" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6z" fill="#666"/></marker></defs>
  <rect x="${-MARGIN}" y="${-MARGIN}" width="${w}" height="${h}" fill="white"/>
  <g fill="none" stroke="#666">
${paths.join('')}  </g>
${shapes.join('')}</svg>
`
}
