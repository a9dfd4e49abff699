/**
 * Contour lines on a grid, by marching squares.
 * It must not know how they are drawn.
 *
 * Source: Maple, "Geometric design and space planning using the marching squares and marching cube algorithms", 2003.
 */

/** Values on a square grid, row by row. */
export interface Grid {
  readonly columns: number
  readonly values: Float32Array
}

/** A contour line through columns and rows; closed if its first and last points are the same. */
export type Line = readonly (readonly [x: number, y: number])[]

/** Heights for contour lines: quantiles of the values, so that a deep valley gets as many lines as the hills around it. */
export function heights({ values }: Grid, count: number): number[] {
  const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  // more lines at low heights, where minima are
  const found = Array.from(
    { length: count },
    (_, i) => sorted[Math.floor(((i + 1.2) / (count + 1)) ** 1.7 * sorted.length)]!,
  )
  return [...new Set(found)]
}

/** The lines at one height, each in one piece. */
export function lines(grid: Grid, height: number): Line[] {
  const { places, joins } = crossings(grid, height)
  const found: Line[] = []
  const follow = (start: number) => {
    const line: (readonly [number, number])[] = []
    let edge: number | undefined = start
    while (edge !== undefined) {
      line.push(places.get(edge)!)
      const from: number = edge
      const next = joins.get(from)?.shift()
      const back = next === undefined ? undefined : joins.get(next)
      back?.splice(back.indexOf(from), 1)
      edge = next
    }
    found.push(line)
  }
  // lines from the frame first: the remaining ones are closed
  for (const [edge, others] of joins) if (others.length === 1) follow(edge)
  for (const [edge, others] of joins) if (others.length > 0) follow(edge)
  return found
}

/** The edges that lines cross, the crossing points, and which edges are joined through a cell. */
function crossings({ columns, values }: Grid, height: number) {
  const rows = values.length / columns
  const places = new Map<number, readonly [number, number]>()
  const joins = new Map<number, number[]>()
  const join = (from: number, to: number) => {
    const others = joins.get(from)
    if (others) others.push(to)
    else joins.set(from, [to])
  }
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column
      const corners = [values[at]!, values[at + 1]!, values[at + columns + 1]!, values[at + columns]!] as const
      const edges = edgesCrossed(corners, height).map(([x, y, side]) => {
        // an edge is numbered by its lower left end; vertical edges are odd
        const edge = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1][side]!
        places.set(edge, [column + x, row + y])
        return edge
      })
      for (let i = 0; i + 1 < edges.length; i += 2) {
        join(edges[i]!, edges[i + 1]!)
        join(edges[i + 1]!, edges[i]!)
      }
    }
  return { places, joins }
}

type Corners = readonly [number, number, number, number]

/** The crossings of lines with the sides of one cell, two for each piece. Corners and sides are numbered from the lower left. */
function edgesCrossed(corners: Corners, height: number) {
  if (!corners.every(Number.isFinite)) return []
  const [a, b, c, d] = corners
  const share = (from: number, to: number) => (height - from) / (to - from)
  const crosses = (from: number, to: number) => from < height !== to < height
  const found: (readonly [x: number, y: number, side: number])[] = []
  if (crosses(a, b)) found.push([share(a, b), 0, 0])
  if (crosses(b, c)) found.push([1, share(b, c), 1])
  if (crosses(c, d)) found.push([1 - share(c, d), 1, 2])
  if (crosses(d, a)) found.push([0, 1 - share(d, a), 3])
  return found
}

/**
 * Interpolates a grid: the surface goes through its points, and is exact for polynomials of degree two. The bottom of a valley
 * mostly lies between grid points, and without interpolation the lines around it break into pieces.
 *
 * Source: Keys, "Cubic convolution interpolation for digital image processing", 1981.
 */
export function refined({ columns, values }: Grid, times: number): Grid {
  const rows = values.length / columns
  const across = stretched(values, rows, columns, times)
  const width = (columns - 1) * times + 1
  const up = stretched(turned(across, width), width, rows, times)
  return { columns: width, values: turned(up, (rows - 1) * times + 1) }
}

/** Interpolates each of `count` rows. */
function stretched(values: Float32Array, count: number, length: number, times: number): Float32Array {
  const width = (length - 1) * times + 1
  const result = new Float32Array(count * width)
  for (let row = 0; row < count; row++) {
    const start = row * length
    // beyond its ends the curve continues as a parabola
    const at = (i: number): number => {
      if (i < 0) return 3 * values[start]! - 3 * values[start + 1]! + values[start + 2]!
      if (i >= length)
        return 3 * values[start + length - 1]! - 3 * values[start + length - 2]! + values[start + length - 3]!
      return values[start + i]!
    }
    for (let k = 0; k < width; k++) {
      const i = Math.min(Math.floor(k / times), length - 2)
      const t = k / times - i
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
      result[row * width + k] = b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    }
  }
  return result
}

/** Transposes a grid. */
function turned(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!)
}

/** The interpolated value at a column and a row. */
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
