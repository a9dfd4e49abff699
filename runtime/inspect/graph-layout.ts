/**
 * Places for the vertices of a layered drawing, left to right: ranks by longest path, order by barycentres, positions by
 * least squares. It must not know what the vertices are.
 *
 * Source: Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures", 1981.
 */

/** A rectangle to be placed, or a bend of a long edge, which has no size. */
export interface Box {
  readonly key: string
  readonly width: number
  readonly height: number
}

/** A centre, and where the rank around it begins and ends: between those, no edge may climb. */
export interface Column {
  readonly x: number
  readonly y: number
  readonly left: number
  readonly right: number
}

/** Where the boxes are, the bends of each edge between its two ends, and the size of the whole. */
export interface Layout {
  readonly places: ReadonlyMap<string, Column>
  readonly bends: readonly (readonly Column[])[]
  readonly width: number
  readonly height: number
}

type Edge = readonly [from: string, to: string]
type Neighbours = Map<string, string[]>

const RANK_GAP = 36
const GAP = 14
const SWEEPS = 8

/** The length of the longest path to each box; a box without a path to it moves next to the first that uses it. */
function ranksOf(boxes: readonly Box[], edges: readonly Edge[]): Map<string, number> {
  const ranks = new Map<string, number>()
  const below = neighbours(edges, 1, 0)
  const above = neighbours(edges, 0, 1)
  for (const { key } of boxes)
    ranks.set(
      key,
      (below.get(key) ?? []).reduce((rank, from) => Math.max(rank, ranks.get(from)! + 1), 0),
    )
  for (const { key } of boxes) {
    const users = above.get(key)
    if (!below.has(key) && users)
      ranks.set(key, users.reduce((rank, to) => Math.min(rank, ranks.get(to)!), Infinity) - 1)
  }
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
  /** Edges between neighbouring layers only. */
  readonly steps: Edge[]
  readonly bendKeys: string[][]
}

/** Boxes by rank, with a bend in each rank that an edge passes. */
function layersOf(boxes: readonly Box[], edges: readonly Edge[]): Layers {
  const ranks = ranksOf(boxes, edges)
  const layers: Box[][] = []
  const put = (rank: number, box: Box) => {
    while (layers.length <= rank) layers.push([])
    layers[rank]!.push(box)
  }
  for (const box of boxes) put(ranks.get(box.key)!, box)
  const steps: Edge[] = []
  const bendKeys = edges.map(([from, to], i) => {
    const keys: string[] = []
    for (let rank = ranks.get(from)! + 1; rank < ranks.get(to)!; rank++) keys.push(`bend ${i} ${rank}`)
    keys.forEach((key, k) => {
      put(ranks.get(from)! + 1 + k, { key, width: 0, height: 0 })
    })
    const path = [from, ...keys, to]
    for (let k = 1; k < path.length; k++) steps.push([path[k - 1]!, path[k]!])
    return keys
  })
  return { layers, steps, bendKeys }
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

/** Places for `boxes`, which must stand in an order that all edges follow. */
export function layOut(boxes: readonly Box[], edges: readonly Edge[]): Layout {
  const layered = layersOf(boxes, edges)
  order(layered)
  const ys = heights(layered)
  const all = layered.layers.flat()
  const top = Math.min(...all.map(({ key, height }) => ys.get(key)! - height / 2))
  const bottom = Math.max(...all.map(({ key, height }) => ys.get(key)! + height / 2))
  const places = new Map<string, Column>()
  let left = 0
  for (const layer of layered.layers) {
    const width = Math.max(...layer.map(box => box.width))
    const right = left + width
    for (const { key } of layer) places.set(key, { x: left + width / 2, y: ys.get(key)! - top, left, right })
    left = right + RANK_GAP
  }
  return {
    places,
    bends: layered.bendKeys.map(keys => keys.map(key => places.get(key)!)),
    width: left - RANK_GAP,
    height: bottom - top,
  }
}
