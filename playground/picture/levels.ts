/**
 * Lines of equal height on a grid, by marching squares.
 * It must not know how they are drawn.
 *
 * Source: Maple, "Geometric design and space planning using the marching squares and marching cube algorithms", 2003.
 */

/** Values on a square grid, row by row. */
export interface Grid {
  readonly columns: number
  readonly values: Float32Array
}

/** The ends of a piece of a line, in columns and rows. */
export type Piece = readonly [x1: number, y1: number, x2: number, y2: number]

/** Heights for lines: evenly through the sorted values, so that a deep valley has as many as the hills around it. */
export function heights({ values }: Grid, count: number): number[] {
  const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  // more of them among the low ones, where minima are looked for
  const found = Array.from(
    { length: count },
    (_, i) => sorted[Math.floor(((i + 1.2) / (count + 1)) ** 1.7 * sorted.length)]!,
  )
  return [...new Set(found)]
}

/** The line at one height. */
export function pieces({ columns, values }: Grid, height: number): Piece[] {
  const rows = values.length / columns
  const found: Piece[] = []
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column
      const corners = [values[at]!, values[at + 1]!, values[at + columns + 1]!, values[at + columns]!] as const
      const crossings = edgesCrossed(corners, height).map(([x, y]) => [column + x, row + y] as const)
      for (let i = 0; i + 1 < crossings.length; i += 2) found.push([...crossings[i]!, ...crossings[i + 1]!])
    }
  return found
}

/** Where the line crosses the edges of one cell, two for each piece. Corners go around from the lower left. */
function edgesCrossed([a, b, c, d]: readonly [number, number, number, number], height: number) {
  const share = (from: number, to: number) => (height - from) / (to - from)
  const crosses = (from: number, to: number) => from < height !== to < height
  const found: (readonly [number, number])[] = []
  if (crosses(a, b)) found.push([share(a, b), 0])
  if (crosses(b, c)) found.push([1, share(b, c)])
  if (crosses(c, d)) found.push([1 - share(c, d), 1])
  if (crosses(d, a)) found.push([0, 1 - share(d, a)])
  return found
}

/** The value between the grid's points, at a column and a row. */
export function valueAt({ columns, values }: Grid, x: number, y: number): number {
  const rows = values.length / columns
  const column = Math.min(Math.floor(x), columns - 2)
  const row = Math.min(Math.floor(y), rows - 2)
  const [u, v] = [x - column, y - row]
  const at = row * columns + column
  const below = values[at]! * (1 - u) + values[at + 1]! * u
  const above = values[at + columns]! * (1 - u) + values[at + columns + 1]! * u
  return below * (1 - v) + above * v
}
