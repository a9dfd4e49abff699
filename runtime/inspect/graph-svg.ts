/**
 * A computation as a picture, without any program: SVG text. It must not know how places are found.
 */

import type { NumberWithGrad } from '../number/number-with-grad.ts'
import type { NodeNames } from './graph.ts'
import { type Box, type Column, layOut } from './graph-layout.ts'
import { pictureOf, type Vertex } from './graph-picture.ts'

const LINE = 16
// a wide digit of the font, so that text fits where the font is another
const CHARACTER = 7.8
const PADDING = 8
const MARGIN = 10
const ARROW = 4
const MOST_VERTICES = 2000

const SVG_STYLE = {
  number: 'fill="#fff3d6" stroke="#d9920a"',
  constant: 'fill="none" stroke="none"',
  operation: 'fill="#dbeafe" stroke="#3b82c4"',
}

// XML has no way to write control characters, or half of a pair
const escaped = (text: string) =>
  text
    .replace(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
const rounded = (x: number) => String(Math.round(x * 10) / 10)

function boxOf({ key, lines }: Vertex): Box {
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0)
  return { key, width: longest * CHARACTER + 2 * PADDING, height: lines.length * LINE + PADDING }
}

function vertexSvg({ lines, kind }: Vertex, { width, height }: Box, { x, y }: Column): string {
  const corner = kind === 'number' ? 10 : 2
  const rectangle = `<rect x="${rounded(x - width / 2)}" y="${rounded(y - height / 2)}" width="${rounded(width)}" height="${rounded(height)}" rx="${corner}" ${SVG_STYLE[kind]}/>`
  const texts = lines.map((line, i) => {
    const baseline = y + (i - (lines.length - 1) / 2) * LINE + 4.5
    const weight = lines.length > 1 && i === 0 && !line.startsWith('num ') ? ' font-weight="bold"' : ''
    return `<text x="${rounded(x)}" y="${rounded(baseline)}"${weight}>${escaped(line)}</text>`
  })
  return `  <g>${rectangle}${texts.join('')}</g>\n`
}

/** A line from one box to another: level inside of the ranks, a curve between them. */
function edgeSvg(start: number, path: readonly Column[], end: number): string {
  let commands = `M${rounded(start)} ${rounded(path[0]!.y)}`
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1]!, path[i]!]
    const arrival = to.left - 2 * ARROW // the last stretch is level, so that the arrow points to the right
    const middle = rounded((from.right + arrival) / 2)
    commands += `H${rounded(from.right)}C${middle} ${rounded(from.y)} ${middle} ${rounded(to.y)} ${rounded(arrival)} ${rounded(to.y)}`
  }
  return `  <path d="${commands}H${rounded(end)}" marker-end="url(#arrow)"/>\n`
}

/**
 * The computation behind `root` as an SVG picture, operands left and results right: numbers with name, value and gradient
 * (that of the last `backward()`), operations between them.
 *
 * @param names what nodes are called: `{ a, b }`, or a Map from node to name.
 * @throws RangeError for more than 2,000 numbers and operations, which no picture shows; take `toDot` or `summary`.
 * Cost: linear in the picture, long edges counted by the ranks that they pass. Source: Sugiyama, Tagawa & Toda 1981 (layout).
 * @example toSvg(new NumberWithGrad(3).neg()).startsWith('<svg') // true
 */
export function toSvg(root: NumberWithGrad, names: NodeNames = {}): string {
  const { vertices, edges } = pictureOf(root, names, 'toSvg')
  if (vertices.length > MOST_VERTICES)
    throw new RangeError(
      `toSvg: the graph has ${vertices.length} numbers and operations, too many for a picture; use toDot or summary`,
    )
  const boxes = new Map(vertices.map(vertex => [vertex.key, boxOf(vertex)]))
  const { places, bends, width, height } = layOut([...boxes.values()], edges)
  const paths = edges.map(([from, to], i) => {
    const path = [places.get(from)!, ...bends[i]!, places.get(to)!]
    const start = path[0]!.x + boxes.get(from)!.width / 2
    return edgeSvg(start, path, path.at(-1)!.x - boxes.get(to)!.width / 2 - ARROW)
  })
  const shapes = vertices.map(vertex => vertexSvg(vertex, boxes.get(vertex.key)!, places.get(vertex.key)!))
  const [w, h] = [rounded(width + 2 * MARGIN), rounded(height + 2 * MARGIN)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" font-family="monospace" font-size="12" text-anchor="middle">
  <defs><marker id="arrow" viewBox="0 0 6 6" refX="2" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6z" fill="#666"/></marker></defs>
  <rect x="${-MARGIN}" y="${-MARGIN}" width="${w}" height="${h}" fill="white"/>
  <g fill="none" stroke="#666">
${paths.join('')}  </g>
${shapes.join('')}</svg>
`
}
