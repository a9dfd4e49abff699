/**
 * The picture of a computation: a card for each number, with its operation and constants, its value and its gradient.
 * The runtime's own layout places the cards. It must not know where the numbers came from.
 */
import { edgePaths } from '../../runtime/inspect/graph-edges.ts'
import { layOut } from '../../runtime/inspect/graph-layout.ts'
import { titleOfOperation } from '../../runtime/inspect/graph-picture.ts'
import type { Box, Column } from '../../runtime/inspect/graph-rows.ts'
import { html, svg } from '../page/element.ts'
import type { Graph, GraphNode } from '../run/messages.ts'
import { tenth } from './axes.ts'
import { short } from './numbers.ts'

const CHARACTER = 7.3
const PADDING = 11
const LINE = 17
const MARGIN = 12
const SMALLEST = 0.92
const ROOM = 1000

const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '−',
  mul: '×',
  div: '÷',
  pow: '**',
  neg: '−x',
  mod: '%',
  sqrt: '√',
}

interface Card {
  readonly key: string
  readonly name: string
  readonly operation: string
  readonly value: string
  readonly gradient: string
  readonly kind: 'leaf' | 'result' | 'inner' | 'constant'
}

export function graphPicture(graph: Graph): HTMLElement {
  if (graph.nodes.length === 0)
    return html(
      'p',
      { class: 'empty' },
      `${graph.operations.toLocaleString('en')} operations, ${graph.depth.toLocaleString('en')} deep: too many to draw. `,
      'Pictures show up to 60.',
    )
  const { cards, edges } = cardsOf(graph)
  const boxes = cards.map(boxOf)
  const box = new Map(boxes.map(each => [each.key, each]))
  const layout = layOut(boxes, edges, ROOM)
  const paths = edgePaths(edges, box, layout, 0).map(d => svg('path', { d, class: 'edge' }))
  const drawn = cards.map(card => drawnCard(card, box.get(card.key)!, layout.places.get(card.key)!))
  const [w, h] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN]
  const picture = svg(
    'svg',
    {
      viewBox: `${-MARGIN} ${-MARGIN} ${tenth(w)} ${tenth(h)}`,
      width: tenth(w),
      // scaled down to fit, but not below a readable size
      style: `max-width: max(100%, ${tenth(w * SMALLEST)}px)`,
      role: 'img',
      'aria-label': describe(graph),
    },
    ...paths,
    ...drawn,
  )
  // wide computations scroll, also by keyboard
  return html(
    'div',
    { class: 'graph', tabindex: '0', role: 'group', 'aria-label': `computation of ${graph.title}` },
    picture,
  )
}

/** Cards in the order of evaluation, and an edge for each use of a number. */
function cardsOf({ nodes }: Graph) {
  const cards: Card[] = []
  const edges: [string, string][] = []
  nodes.forEach((node, i) => {
    for (const operand of node.operands) if ('node' in operand) edges.push([`${operand.node}`, `${i}`])
    cards.push(cardOf(node, i, i === nodes.length - 1))
  })
  return { cards, edges }
}

function cardOf({ name, operation, operands, num, grad }: GraphNode, i: number, isResult: boolean): Card {
  const gradient = grad === null ? '' : `∂ ${short(grad)}`
  const kind = isResult ? 'result' : operation === '' ? 'leaf' : 'inner'
  const constants = operands.map(operand => ('constant' in operand ? operand.constant : undefined))
  return {
    key: `${i}`,
    name,
    operation: titleOfOperation(operation, constants, SIGNS),
    value: short(num),
    gradient,
    kind,
  }
}

const titleOf = ({ name, operation }: Card) => [name, operation].filter(Boolean).join(' ')
const linesOf = (card: Card) => [titleOf(card), card.value, card.gradient].filter(Boolean)

function boxOf(card: Card): Box {
  const lines = linesOf(card)
  const longest = Math.max(...lines.map(text => text.length), 3)
  return { key: card.key, width: longest * CHARACTER + 2 * PADDING, height: lines.length * LINE + 12 }
}

function drawnCard(card: Card, { width, height }: Box, { x, y }: Column): SVGGElement {
  const lines = linesOf(card)
  const texts = lines.map((text, i) => {
    const name = text === card.gradient ? 'gradient' : text === card.value ? 'value' : 'title'
    const parts = name === 'title' ? titleParts(card) : [text]
    return svg('text', { x: tenth(x), y: tenth(y + (i - (lines.length - 1) / 2) * LINE + 4.5), class: name }, ...parts)
  })
  const frame = svg('rect', {
    x: tenth(x - width / 2),
    y: tenth(y - height / 2),
    width: tenth(width),
    height: tenth(height),
    rx: 9,
  })
  return svg('g', { class: `card ${card.kind}` }, frame, ...texts)
}

/** A name is bolder than the operation beside it. */
function titleParts({ name, operation }: Card): (Node | string)[] {
  if (!name || !operation) return [name || operation]
  return [name, svg('tspan', { class: 'operation' }, ` ${operation}`)]
}

function describe({ title, nodes }: Graph): string {
  const texts = nodes.map(({ name, operation, num, grad }) => {
    const derivative = grad === null ? '' : `, gradient ${short(grad)}`
    return `${[name, operation].filter(Boolean).join(' ') || 'number'} ${short(num)}${derivative}`
  })
  return `The computation of ${title}: ${texts.join('; ')}`
}
