/** Data beside numbers: arrays of whole numbers, indices, and objects of classes that have fields only. */

export function reordered(x: readonly number[]): number {
  const order = new Int32Array([2, 0, 1])
  let s = 0
  for (const i of order) s = s * 0.5 + x[i]! ** 2
  return s + order.length * x[order[0]!]!
}

export function histogram(x: readonly number[]): number {
  const counts = new Uint8Array(4)
  const sums = new Float64Array(4)
  for (const v of x) {
    const bin = Math.floor(v) % 4
    counts[bin]!++
    sums[bin]! += v ** 2
  }
  return sums.reduce((s, each, bin) => (counts[bin]! > 0 ? s + each / counts[bin]! : s), 0)
}

const edges = Int32Array.of(0, 1, 1, 2, 2, 0)
const weights = Float32Array.from([0.1, 0.2, 0.3])
export function graphEnergy(x: readonly number[]): number {
  let s = 0
  for (let e = 0; e < edges.length; e += 2) s += weights[e / 2]! * (x[edges[e]!]! - x[edges[e + 1]!]!) ** 2
  return s + weights.reduce((sum, w, i) => sum + w * x[i]!, 0)
}

export function wrapping(x: readonly number[]): number {
  const n = new Int16Array(2)
  n[0] = 7 / 2
  n[1] = 70_000
  return x[0]! * n[0]! + x[1]! ** 2 * n[1]!
}

export class Point {
  readonly x: number
  readonly y: number
  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }
}
export class Segment {
  from: Point
  to: Point
  weights: readonly number[]
  constructor(from: Point, to: Point, weights: readonly number[]) {
    this.from = from
    this.to = to
    this.weights = weights
  }
}
export const crossed = (p: Point): number => p.x ** 2 * p.y
export function weighted({ from, to, weights: [a, b] }: Segment): number {
  const middle = new Point((from.x + to.x) / 2, (from.y + to.y) / 2)
  return crossed(middle) * a! + Math.hypot(from.x - to.x, from.y - to.y) * b!
}

export const points = {
  reordered: [[1.1, 2.3, 3.7]],
  histogram: [[1.1, 2.3, 3.7, 1.2]],
  graphEnergy: [[1.1, 2.3, 3.7]],
  wrapping: [[1.1, 2.3]],
  crossed: [new Point(1.5, -0.7)],
  weighted: [new Segment(new Point(1, 2), new Point(3, 1), [0.7, 1.3])],
}
