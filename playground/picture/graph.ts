/**
 * The picture of a computation: a card for each number, with the operation that gave it, its value and its gradient.
 * The places are found by the runtime's own layout. It must not know where the numbers came from.
 */
import { type Box, type Column, layOut } from '../../runtime/inspect/graph-layout.ts'
import { html, svg } from '../page/element.ts'
import type { Graph, GraphNode } from '../run/messages.ts'
import { tenth } from './axes.ts'
import { short } from './numbers.ts'

const CHARACTER = 7.3
const PADDING = 11
const LINE = 17
const MARGIN = 12
const SMALLEST = 0.92

const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '−',
  mul: '×',
  div: '÷',
  pow: 'xʸ',
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
  const { places, bends, width, height } = layOut(boxes, edges)
  const box = new Map(boxes.map(each => [each.key, each]))
  const paths = edges.map(([from, to], i) => {
    const way = [places.get(from)!, ...bends[i]!, places.get(to)!]
    return svg('path', { d: edgePath(way, box.get(from)!, box.get(to)!), class: 'edge' })
  })
  const drawn = cards.map(card => drawnCard(card, box.get(card.key)!, places.get(card.key)!))
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN]
  const picture = svg(
    'svg',
    {
      viewBox: `${-MARGIN} ${-MARGIN} ${tenth(w)} ${tenth(h)}`,
      width: tenth(w),
      // made smaller to fit, but only as far as it can be read
      style: `max-width: max(100%, ${tenth(w * SMALLEST)}px)`,
      role: 'img',
      'aria-label': describe(graph),
    },
    ...paths,
    ...drawn,
  )
  // wide computations are scrolled, by keyboard too
  return html(
    'div',
    { class: 'graph', tabindex: '0', role: 'group', 'aria-label': `computation of ${graph.title}` },
    picture,
  )
}

/** Cards in the order of evaluation, constants before what uses them, and the edges between them. */
function cardsOf({ nodes }: Graph) {
  const cards: Card[] = []
  const edges: [string, string][] = []
  nodes.forEach((node, i) => {
    node.operands.forEach((operand, k) => {
      const from = 'node' in operand ? `${operand.node}` : `${i} constant ${k}`
      if ('constant' in operand)
        cards.push({
          key: from,
          name: '',
          operation: '',
          value: short(operand.constant),
          gradient: '',
          kind: 'constant',
        })
      edges.push([from, `${i}`])
    })
    cards.push(cardOf(node, i, i === nodes.length - 1))
  })
  return { cards, edges }
}

function cardOf({ name, operation, num, grad }: GraphNode, i: number, isResult: boolean): Card {
  const gradient = grad === null ? '' : `∂ ${short(grad)}`
  const kind = isResult ? 'result' : operation === '' ? 'leaf' : 'inner'
  return { key: `${i}`, name, operation: SIGNS[operation] ?? operation, value: short(num), gradient, kind }
}

const titleOf = ({ name, operation }: Card) => [name, operation].filter(Boolean).join(' ')
const linesOf = (card: Card) => [titleOf(card), card.value, card.gradient].filter(Boolean)

function boxOf(card: Card): Box {
  if (card.kind === 'constant') return { key: card.key, width: card.value.length * CHARACTER + 16, height: 22 }
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
  const radius = card.kind === 'constant' ? height / 2 : 9
  const frame = svg('rect', {
    x: tenth(x - width / 2),
    y: tenth(y - height / 2),
    width: tenth(width),
    height: tenth(height),
    rx: radius,
  })
  return svg('g', { class: `card ${card.kind}` }, frame, ...texts)
}

/** A name is stronger than the operation beside it. */
function titleParts({ name, operation }: Card): (Node | string)[] {
  if (!name || !operation) return [name || operation]
  return [name, svg('tspan', { class: 'operation' }, ` ${operation}`)]
}

/** From the right side of one card to the left side of another, level at both ends. */
function edgePath(way: readonly Column[], from: Box, to: Box): string {
  const [first] = way
  let commands = `M${tenth(first!.x + from.width / 2)} ${tenth(first!.y)}`
  for (let i = 1; i < way.length; i++) {
    const [start, end] = [way[i - 1]!, way[i]!]
    const arrival = i === way.length - 1 ? end.x - to.width / 2 : end.left
    const middle = tenth((start.right + end.left) / 2)
    commands += `H${tenth(start.right)}C${middle} ${tenth(start.y)} ${middle} ${tenth(end.y)} ${tenth(end.left)} ${tenth(end.y)}H${tenth(arrival)}`
  }
  return commands
}

function describe({ title, nodes }: Graph): string {
  const texts = nodes.map(({ name, operation, num, grad }) => {
    const derivative = grad === null ? '' : `, gradient ${short(grad)}`
    return `${[name, operation].filter(Boolean).join(' ') || 'number'} ${short(num)}${derivative}`
  })
  return `The computation of ${title}: ${texts.join('; ')}`
}
