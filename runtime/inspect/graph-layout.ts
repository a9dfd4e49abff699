/**
 * Places for the vertices of a layered drawing, left to right: ranks by longest path, order by barycentres, positions by
 * least squares. It must not know what the vertices are.
 *
 * Source: Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures", 1981.
 */
import { type Box, type Edge, inRows, type Layout } from './graph-rows.ts'

type Neighbours = Map<string, string[]>

const GAP = 14
const SWEEPS = 8

/** The length of the longest path from each box to the last one: a box stands beside the first that uses it. */
function ranksOf(boxes: readonly Box[], edges: readonly Edge[]): Map<string, number> {
  const users = neighbours(edges, 0, 1)
  const ranks = new Map<string, number>()
  let longest = 0
  for (const { key } of [...boxes].reverse()) {
    const rank = (users.get(key) ?? []).reduce((most, to) => Math.max(most, ranks.get(to)! + 1), 0)
    ranks.set(key, rank)
    longest = Math.max(longest, rank)
  }
  for (const { key } of boxes) ranks.set(key, longest - ranks.get(key)!)
  return ranks
}

function neighbours(edges: readonly Edge[], of: 0 | 1, other: 0 | 1): Neighbours {
  const found: Neighbours = new Map()
  for (const edge of edges) {
    const list = found.get(edge[of])
    if (list) list.push(edge[other])
    else found.set(edge[of], [edge[other]])
  }
  return found
}

interface Layers {
  readonly layers: Box[][]
  /** Edges between neighbouring layers only, those with two uses of one number twice. */
  readonly steps: Edge[]
  /** The steps of each edge that are no other's before. */
  readonly waysByKey: Edge[][]
}

/** Boxes by rank, with a bend in each rank that an edge passes; edges from one box share their bends. */
function layersOf(boxes: readonly Box[], edges: readonly Edge[]): Layers {
  const ranks = ranksOf(boxes, edges)
  const layers: Box[][] = []
  const bends = new Set<string>()
  const put = (rank: number, box: Box) => {
    while (layers.length <= rank) layers.push([])
    layers[rank]!.push(box)
  }
  for (const box of boxes) put(ranks.get(box.key)!, box)
  const waysByKey = edges.map(([from, to]) => {
    const way: Edge[] = []
    let last = from
    for (let rank = ranks.get(from)! + 1; rank < ranks.get(to)!; rank++) {
      const key = `bend ${from} ${rank}`
      if (!bends.has(key)) {
        bends.add(key)
        put(rank, { key, width: 0, height: 0 })
        way.push([last, key])
      }
      last = key
    }
    way.push([last, to])
    return way
  })
  return { layers, steps: waysByKey.flat(), waysByKey }
}

const average = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length

/** Sorts each layer by the mean place of its neighbours, there and back, so that few edges cross. */
function order({ layers, steps }: Layers): void {
  const below = neighbours(steps, 1, 0)
  const above = neighbours(steps, 0, 1)
  const places = new Map<string, number>()
  const number = (layer: readonly Box[]) => {
    layer.forEach(({ key }, i) => {
      places.set(key, i)
    })
  }
  layers.forEach(number)
  const sort = (layer: Box[], neighboursOf: Neighbours) => {
    const mean = new Map(
      layer.map(({ key }) => [key, average((neighboursOf.get(key) ?? [key]).map(other => places.get(other)!))]),
    )
    layer.sort((a, b) => mean.get(a.key)! - mean.get(b.key)!)
    number(layer)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    if (sweep % 2 === 0) for (const layer of layers.slice(1)) sort(layer, below)
    else for (const layer of layers.slice(0, -1).reverse()) sort(layer, above)
  }
}

/** The positions nearest to `wanted`, by least squares, in the given order and with room for each box. */
function spread(layer: readonly Box[], wanted: readonly number[]): number[] {
  const offsets: number[] = []
  layer.forEach((box, i) => {
    offsets.push(i === 0 ? 0 : offsets[i - 1]! + layer[i - 1]!.height / 2 + GAP + box.height / 2)
  })
  // Without the room that boxes take, this is isotonic regression: neighbours in the wrong order are pooled.
  const blocks: { mean: number; size: number }[] = []
  wanted.forEach((y, i) => {
    let block = { mean: y - offsets[i]!, size: 1 }
    while (blocks.length > 0 && blocks.at(-1)!.mean > block.mean) {
      const { mean, size } = blocks.pop()!
      block = { mean: (mean * size + block.mean * block.size) / (size + block.size), size: size + block.size }
    }
    blocks.push(block)
  })
  return blocks.flatMap(({ mean, size }) => Array<number>(size).fill(mean)).map((mean, i) => mean + offsets[i]!)
}

/** Vertical positions, from 0: each box is drawn to the mean of its neighbours. */
function heights({ layers, steps }: Layers): Map<string, number> {
  const ys = new Map<string, number>()
  const directions = [neighbours(steps, 1, 0), neighbours(steps, 0, 1)]
  const settle = (layer: readonly Box[], neighboursOf: Neighbours) => {
    const wanted = layer.map(({ key }) => average((neighboursOf.get(key) ?? [key]).map(other => ys.get(other) ?? 0)))
    spread(layer, wanted).forEach((y, i) => {
      ys.set(layer[i]!.key, y)
    })
  }
  for (const layer of layers) settle(layer, new Map())
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const ordered = sweep % 2 === 0 ? layers : [...layers].reverse()
    for (const layer of ordered) settle(layer, directions[sweep % 2]!)
  }
  return ys
}

/**
 * Places for `boxes`, which must stand in an order that all edges follow, in rows of about `room` pixels, or of more where all of it
 * would be higher than wide.
 */
export function layOut(boxes: readonly Box[], edges: readonly Edge[], room = Infinity): Layout {
  const layered = layersOf(boxes, edges)
  order(layered)
  return inRows(layered.layers, layered.waysByKey, heights(layered), room)
}
