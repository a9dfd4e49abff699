/** Geometry: points, rotations, distances. */

type Vec3 = [x: number, y: number, z: number]
type Point = { x: number; y: number }
type Matrix = readonly (readonly number[])[]

const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const cross = ([a, b, c]: Vec3, [d, e, f]: Vec3): Vec3 => [b * f - c * e, c * d - a * f, a * e - b * d]
const length = (v: Vec3) => Math.hypot(...v)
function normalize(v: Vec3): Vec3 {
  const l = length(v)
  return v.map(each => each / l) as Vec3
}

export function triangleArea(a: Vec3, b: Vec3, c: Vec3): number {
  return length(cross(sub(b, a), sub(c, a))) / 2
}

export function shade(light: Vec3, normal: Vec3): number {
  const [l, n] = [normalize(light), normalize(normal)]
  const cosine = l.reduce((sum, each, i) => sum + each * n[i]!, 0)
  return Math.max(0, cosine) ** 3
}

export function polygonArea(corners: Point[]): number {
  let area = 0
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [p, q] = [corners[i]!, corners[j]!]
    area += q.x * p.y - p.x * q.y
  }
  return Math.abs(area) / 2
}

export function segmentDistance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const t = Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)))
  const nearest = { x: a.x + t * dx, y: a.y + t * dy }
  return Math.hypot(p.x - nearest.x, p.y - nearest.y)
}

const multiply = (a: Matrix, b: Matrix): number[][] =>
  a.map(row => b[0]!.map((_, j) => row.reduce((sum, each, k) => sum + each * b[k]![j]!, 0)))

function rotation(axis: 'x' | 'y' | 'z', angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  if (axis === 'x')
    return [
      [1, 0, 0],
      [0, c, -s],
      [0, s, c],
    ]
  if (axis === 'y')
    return [
      [c, 0, s],
      [0, 1, 0],
      [-s, 0, c],
    ]
  return [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, 1],
  ]
}

export function reach(angles: number[], target: Vec3): number {
  let frame: Matrix = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  let tip: Vec3 = [0, 0, 0]
  const axes = ['z', 'y', 'x'] as const
  for (const [i, angle] of angles.entries()) {
    frame = multiply(frame, rotation(axes[i % 3]!, angle))
    tip = tip.map((each, k) => each + frame[k]![0]!) as Vec3
  }
  return length(sub(tip, target))
}

export function bezier(t: number, points: Point[]): number {
  let level = points
  while (level.length > 1) {
    level = level.slice(1).map((p, i) => ({ x: (1 - t) * level[i]!.x + t * p.x, y: (1 - t) * level[i]!.y + t * p.y }))
  }
  const { x, y } = level[0]!
  return x * y
}

const EARTH = 6371
export function haversine(from: { lat: number; lon: number }, to: { lat: number; lon: number }): number {
  const rad = (d: number) => (d * Math.PI) / 180
  const a =
    Math.sin(rad(to.lat - from.lat) / 2) ** 2 +
    Math.cos(rad(from.lat)) * Math.cos(rad(to.lat)) * Math.sin(rad(to.lon - from.lon) / 2) ** 2
  return 2 * EARTH * Math.asin(Math.sqrt(a))
}

class Quaternion {
  readonly w: number
  readonly x: number
  readonly y: number
  readonly z: number
  constructor(w: number, x: number, y: number, z: number) {
    this.w = w
    this.x = x
    this.y = y
    this.z = z
  }
  times(q: Quaternion): Quaternion {
    return new Quaternion(
      this.w * q.w - this.x * q.x - this.y * q.y - this.z * q.z,
      this.w * q.x + this.x * q.w + this.y * q.z - this.z * q.y,
      this.w * q.y - this.x * q.z + this.y * q.w + this.z * q.x,
      this.w * q.z + this.x * q.y - this.y * q.x + this.z * q.w,
    )
  }
  conjugate() {
    return new Quaternion(this.w, -this.x, -this.y, -this.z)
  }
}
export function rotated(q: [number, number, number, number], v: Vec3): number {
  const unit = Math.sqrt(q.map(each => each ** 2).reduce((a, b) => a + b))
  const [w, x, y, z] = q.map(each => each / unit) as [number, number, number, number]
  const turn = new Quaternion(w, x, y, z)
  const r = turn.times(new Quaternion(0, ...v)).times(turn.conjugate())
  return r.x + 2 * r.y + 3 * r.z ** 2
}

export function sphereSdf(p: Vec3, spheres: { center: Vec3; radius: number }[]): number {
  const distances = spheres.map(s => length(sub(p, s.center)) - s.radius)
  const k = 4
  return -Math.log(distances.map(d => Math.exp(-k * d)).reduce((a, b) => a + b)) / k
}

export function closestPair(points: Point[]): number {
  let best = Number.MAX_VALUE
  outer: for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < points.length; j++) {
      if (j >= i) continue outer
      const d = (points[i]!.x - points[j]!.x) ** 2 + (points[i]!.y - points[j]!.y) ** 2
      if (d < best) best = d
    }
  }
  return Math.sqrt(best)
}

interface Node {
  offset: Point
  children?: Node[]
}
function spread(node: Node, at: Point): number {
  const here = { x: at.x + node.offset.x, y: at.y + node.offset.y }
  return (node.children ?? []).reduce((sum, child) => sum + spread(child, here), here.x ** 2 * here.y)
}
export function tree(root: Node): number {
  return spread(root, { x: 0.5, y: 1 })
}

export function projected(p: { camera: Vec3; focal: number; points: Vec3[] }): number {
  const { camera, focal } = p
  let error = 0
  for (const point of p.points) {
    const [x, y, z] = sub(point, camera)
    if (z <= 0) continue
    error += ((focal * x) / z - 0.1) ** 2 + ((focal * y) / z + 0.2) ** 2
  }
  return error
}

export const angleBetween = (a: number[], b: number[]) => {
  const dot = (u: number[], v: number[]) => u.reduce((s, x, i) => s + x * v[i]!, 0)
  return Math.acos(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))
}

export function centroid(points: Point[]): number {
  const center = points.reduce((c, p) => ({ x: c.x + p.x / points.length, y: c.y + p.y / points.length }), {
    x: 0,
    y: 0,
  })
  return center.x * center.y + points.filter(p => p.x > center.x).length * center.x
}

export function perimeter(points: Point[]): number {
  const n = points.length
  return points.reduce((s, p, i) => {
    const q = points[(i + 1) % n]!
    return s + Math.sqrt((p.x - q.x) ** 2 + (p.y - q.y) ** 2)
  }, 0)
}

export const points: Record<string, unknown[]> = {
  triangleArea: [
    [0, 0, 1],
    [1, 0.5, 0],
    [0.2, 2, 0.3],
  ],
  shade: [
    [0.3, 1, 0.5],
    [0.1, 2, -0.2],
  ],
  polygonArea: [
    [
      { x: 0, y: 0 },
      { x: 2, y: 0.3 },
      { x: 2.5, y: 2 },
      { x: 0.2, y: 1.5 },
    ],
  ],
  segmentDistance: [
    { x: 1, y: 2 },
    { x: 0, y: 0.5 },
    { x: 3, y: 1 },
  ],
  reach: [
    [0.3, 0.7, -0.4, 0.2],
    [1, 1.5, -0.5],
  ],
  bezier: [
    0.3,
    [
      { x: 0, y: 1 },
      { x: 1, y: 3 },
      { x: 2, y: -1 },
      { x: 3, y: 0.5 },
    ],
  ],
  haversine: [
    { lat: 52.5, lon: 13.4 },
    { lat: 48.1, lon: 11.6 },
  ],
  rotated: [
    [0.9, 0.1, 0.3, -0.2],
    [1, 2, 0.5],
  ],
  sphereSdf: [
    [0.1, 0.2, 0.3],
    [
      { center: [1, 0, 0], radius: 0.5 },
      { center: [0, 1, 1], radius: 0.3 },
    ],
  ],
  closestPair: [
    [
      { x: 0, y: 0 },
      { x: 1, y: 0.4 },
      { x: 0.3, y: 0.8 },
    ],
  ],
  tree: [
    {
      offset: { x: 1, y: 2 },
      children: [
        { offset: { x: 0.3, y: 0.1 } },
        { offset: { x: 0.5, y: -0.2 }, children: [{ offset: { x: 0.1, y: 0.4 } }] },
      ],
    },
  ],
  projected: [
    {
      camera: [0, 0, -2],
      focal: 1.2,
      points: [
        [0.5, 0.3, 1],
        [-0.2, 0.4, 2],
        [0, 0, -3],
      ],
    },
  ],
  angleBetween: [
    [1, 2, 0.5],
    [0.3, -1, 2],
  ],
  centroid: [
    [
      { x: 0, y: 1 },
      { x: 2, y: 0.3 },
      { x: 2.5, y: 2 },
    ],
  ],
  perimeter: [
    [
      { x: 0, y: 0 },
      { x: 2, y: 0.3 },
      { x: 2.5, y: 2 },
      { x: 0.2, y: 1.5 },
    ],
  ],
}
