/** Vectors and a ray tracer's arithmetic, in the style of a 3D library whose methods give new objects. */
import { operators } from 'tsgrad'

export class Vec3 {
  declare readonly [operators]: {
    '+': 'add'
    '-': 'sub'
    '*': 'scale'
    '/': 'divideScalar'
    '%': 'cross'
    'unary -': 'negate'
    'Math.abs': 'abs'
    'Math.max': 'max'
    'Math.min': 'min'
    reflected: { '*': 'scale' }
  }

  constructor(
    readonly x: number,
    readonly y: number,
    readonly z: number,
  ) {}

  add(other: Vec3): Vec3 {
    return new Vec3(this.x + other.x, this.y + other.y, this.z + other.z)
  }

  sub(other: Vec3): Vec3 {
    return this + -other
  }

  scale(k: number): Vec3 {
    return new Vec3(this.x * k, this.y * k, this.z * k)
  }

  divideScalar(k: number): Vec3 {
    return this * (1 / k)
  }

  negate(): Vec3 {
    return this * -1
  }

  cross({ x, y, z }: Vec3): Vec3 {
    return new Vec3(this.y * z - this.z * y, this.z * x - this.x * z, this.x * y - this.y * x)
  }

  dot(other: Vec3): number {
    return this.x * other.x + this.y * other.y + this.z * other.z
  }

  abs(): Vec3 {
    return new Vec3(Math.abs(this.x), Math.abs(this.y), Math.abs(this.z))
  }

  max(other: Vec3): Vec3 {
    return new Vec3(Math.max(this.x, other.x), Math.max(this.y, other.y), Math.max(this.z, other.z))
  }

  min(other: Vec3): Vec3 {
    return -Math.max(-this, -other)
  }

  get length(): number {
    return Math.sqrt(this.dot(this))
  }

  normalize(): Vec3 {
    return this / this.length
  }
}

export interface Ray {
  readonly origin: Vec3
  readonly direction: Vec3
}

export const at = ({ origin, direction }: Ray, t: number) => origin + direction * t

export const lerp = (a: Vec3, b: Vec3, t: number) => a * (1 - t) + b * t

export const reflect = (v: Vec3, normal: Vec3): Vec3 => v - normal * (v.dot(normal) * 2)

export function refract(v: Vec3, normal: Vec3, ratio: number): Vec3 {
  const cos = Math.min((-v).dot(normal), 1)
  const across = (v + normal * cos) * ratio
  const along = normal * -Math.sqrt(Math.abs(1 - across.dot(across)))
  return across + along
}

export function barycentric(p: Vec3, [a, b, c]: readonly [Vec3, Vec3, Vec3]): readonly number[] {
  const normal = (b - a) % (c - a)
  const area = normal.dot(normal)
  const part = (u: Vec3, v: Vec3) => ((u - p) % (v - p)).dot(normal) / area
  return [part(b, c), part(c, a), part(a, b)]
}

export function bezier(a: Vec3, b: Vec3, c: Vec3, d: Vec3, t: number): Vec3 {
  const s = 1 - t
  return a
    * s ** 3 // start
    + b * (3 * s ** 2 * t)
    + c * (3 * s * t ** 2)
    // end
    + d * t ** 3
}

/** Bounds of a cloud of points. */
export function bounds(points: readonly Vec3[]): { low: Vec3; high: Vec3; centre: Vec3 } {
  const low = points.reduce((u, v) => Math.min(u, v))
  const high = points.reduce((u, v) => Math.max(u, v))
  return { low, high, centre: (low + high) / 2 }
}

export function spring(position: Vec3, velocity: Vec3, stiffness: number, step: number): readonly [Vec3, Vec3] {
  let v = velocity
  let x = position
  for (let t = 0; t < 1; t += step) {
    v = v + -x * stiffness * step
    x = x + v * step
  }
  return [x, v]
}

export const optional = (v: Vec3 | undefined, w: Vec3): Vec3 => v?.add(w).scale(2) ?? -w
