/**
 * Ranks of a drawing side by side, in rows one below the other where they are too wide for one, and the lines from row to row.
 * It must not know how ranks and heights were found.
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

/** A piece of an edge from one rank to the next, which may stand in the row below: then it goes around, by these lines. */
export interface EdgePiece {
  readonly from: Column
  readonly to: Column
  readonly turn?: { readonly right: number; readonly middle: number; readonly left: number } | undefined
}

/**
 * Where the boxes are, the way of each edge, and the size of the whole. Edges from one box share a line until they part; it is in the
 * way of the first of them.
 */
export interface Layout {
  readonly places: ReadonlyMap<string, Column>
  readonly ways: readonly (readonly EdgePiece[])[]
  readonly width: number
  readonly height: number
}

/** From a box to one that uses it. */
export type Edge = readonly [from: string, to: string]
const RANK_GAP = 36
const ROW_GAP = 30
const LANE = 7
const HIGHEST = 1.4

type Ranks = readonly (readonly Box[])[]
type Heights = ReadonlyMap<string, number>

const widthOf = (rank: readonly Box[]) => rank.reduce((most, box) => Math.max(most, box.width), 0)
const widthOfRow = (ranks: Ranks) => ranks.reduce((sum, rank) => sum + widthOf(rank) + RANK_GAP, -RANK_GAP)

/** The ranks in so many rows of about the same width, broken where few lines must go around. */
function rowsOf(ranks: Ranks, count: number): Ranks[] {
  const total = widthOfRow(ranks) + RANK_GAP
  const rows: Ranks[] = []
  let first = 0
  for (let row = 1; row < count; row++) {
    const wanted = (total * row) / count
    let best = { cost: Infinity, end: first }
    let x = first === 0 ? 0 : widthOfRow(ranks.slice(0, first)) + RANK_GAP
    for (let end = first + 1; end < ranks.length; end++) {
      x += widthOf(ranks[end - 1]!) + RANK_GAP
      const cost = ranks[end - 1]!.length + Math.abs(x - wanted) / 50 // from each box and bend a line goes on
      if (cost < best.cost) best = { cost, end }
    }
    if (best.end === first) break
    rows.push(ranks.slice(first, best.end))
    first = best.end
  }
  rows.push(ranks.slice(first))
  return rows
}

/** The top and the bottom of some ranks. */
function extentOf(ranks: Ranks, ys: Heights): [top: number, bottom: number] {
  let [top, bottom] = [Infinity, -Infinity]
  for (const { key, height } of ranks.flat()) {
    top = Math.min(top, ys.get(key)! - height / 2)
    bottom = Math.max(bottom, ys.get(key)! + height / 2)
  }
  return [top, bottom]
}

/** Rows as wide as `room`, or of ranks so high that they make a picture which is not much higher than wide. */
function fitted(ranks: Ranks, ys: Heights, room: number): Ranks[] {
  const total = widthOfRow(ranks)
  for (let count = Math.ceil(total / room); count > 1; count--) {
    const rows = rowsOf(ranks, count)
    const height = rows.reduce((sum, row) => {
      const [top, bottom] = extentOf(row, ys)
      return sum + bottom - top + ROW_GAP
    }, 0)
    if (height < HIGHEST * Math.max(...rows.map(widthOfRow))) return rows
  }
  return [ranks]
}

/** The lines from one row to the next: for each number that goes on its line on the right side and on the left side, counted from inside. */
interface Turns {
  readonly right: ReadonlyMap<string, number>
  readonly left: ReadonlyMap<string, number>
}

/** Nested, so that no line crosses another: the upper it leaves, the farther out and down it goes, and the upper it may arrive. */
function turnsOf(steps: readonly Edge[], ys: Heights): Turns {
  const lines = (end: 0 | 1) => {
    const sorted = [...steps].sort((a, b) => ys.get(b[end])! - ys.get(a[end])!)
    return new Map([...new Set(sorted.map(([from]) => from))].map((from, i) => [from, i]))
  }
  return { right: lines(0), left: lines(1) }
}

/** Adds the places of the boxes of one row, which begins at x = `start` and is moved down by `down`. */
function placeRow(row: Ranks, ys: Heights, start: number, down: number, places: Map<string, Column>): void {
  let left = start
  for (const rank of row) {
    const right = left + widthOf(rank)
    for (const { key } of rank) places.set(key, { x: (left + right) / 2, y: ys.get(key)! + down, left, right })
    left = right + RANK_GAP
  }
}

/** Places for ranks of boxes whose heights are known, in rows. */
export function inRows(ranks: Ranks, ways: readonly (readonly Edge[])[], ys: Heights, room: number): Layout {
  const rows = fitted(ranks, ys, room)
  const rowOf = new Map(rows.flatMap((row, i) => row.flat().map(({ key }) => [key, i])))
  const turns = rows.map((_, i) =>
    turnsOf(
      ways.flat().filter(([from, to]) => rowOf.get(from) === i && rowOf.get(to) !== i),
      ys,
    ),
  )
  const margin = rows.length > 1 ? LANE * (1 + Math.max(...turns.map(({ right }) => right.size))) : 0
  const places = new Map<string, Column>()
  const ends: number[] = []
  let y = 0
  rows.forEach((row, i) => {
    const [top, bottom] = extentOf(row, ys)
    placeRow(row, ys, margin, y - top, places)
    ends.push(y + bottom - top)
    y = ends[i]! + ROW_GAP + LANE * turns[i]!.right.size
  })
  const pieceOf = ([start, end]: Edge): EdgePiece => {
    const i = rowOf.get(start)!
    const [from, to] = [places.get(start)!, places.get(end)!]
    if (i === rowOf.get(end)) return { from, to }
    const line = LANE * turns[i]!.right.get(start)!
    const right = margin + widthOfRow(rows[i]!) + LANE + line
    return { from, to, turn: { right, middle: ends[i]! + ROW_GAP / 2 + line, left: LANE * turns[i]!.left.get(start)! } }
  }
  const width = Math.max(...rows.map(widthOfRow)) + 2 * margin
  return { places, ways: ways.map(way => way.map(pieceOf)), width, height: ends.at(-1)! }
}
