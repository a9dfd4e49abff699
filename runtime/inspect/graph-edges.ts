/**
 * The lines of edges as commands of SVG paths: level inside of the ranks, curves between them, and around where a row ends.
 * It must not know what is drawn at their ends.
 */
import type { Box, Edge, Layout } from './graph-rows.ts'

const PORT_GAP = 12
const ARROW_ROOM = 8

export const rounded = (x: number): string => String(Math.round(x * 10) / 10)

/** For each edge how far below the middle of its box it arrives: each has its own place, in the order of operands. */
function portsOf(edges: readonly Edge[], boxes: ReadonlyMap<string, Box>): number[] {
  const counts = new Map<string, number>()
  const places = edges.map(([, to]) => {
    const place = counts.get(to) ?? 0
    counts.set(to, place + 1)
    return place
  })
  return edges.map(([, to], i) => {
    const count = counts.get(to)!
    return (places[i]! - (count - 1) / 2) * Math.min(PORT_GAP, boxes.get(to)!.height / count)
  })
}

/** The commands of each edge, which ends `arrow` pixels before its box. */
export function edgePaths(
  edges: readonly Edge[],
  boxes: ReadonlyMap<string, Box>,
  { places, ways }: Layout,
  arrow: number,
): string[] {
  const ports = portsOf(edges, boxes)
  return edges.map(([from, to], i) => {
    const way = ways[i]!
    const first = way[0]!.from
    const isFirst = first === places.get(from) // else it leaves the line of another edge, in a bend
    let commands = `M${rounded(first.x + (isFirst ? boxes.get(from)!.width / 2 : 0))} ${rounded(first.y)}`
    way.forEach((piece, k) => {
      const y = rounded(piece.to.y + (k === way.length - 1 ? ports[i]! : 0))
      const { right, y: before } = piece.from
      const arrival = piece.to.left - ARROW_ROOM // the last piece is level, so that an arrow points to the right
      const middle = rounded((right + arrival) / 2)
      commands += piece.turn
        ? `H${rounded(piece.turn.right)}V${rounded(piece.turn.middle)}H${rounded(piece.turn.left)}V${y}`
        : `H${rounded(right)}C${middle} ${rounded(before)} ${middle} ${y} ${rounded(arrival)} ${y}`
    })
    return `${commands}H${rounded(places.get(to)!.x - boxes.get(to)!.width / 2 - arrow)}`
  })
}
