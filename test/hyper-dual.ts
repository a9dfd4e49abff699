/**
 * Hyper-dual numbers, v + a ε₁ + b ε₂ + ab ε₁ε₂ with ε₁² = ε₂² = 0: first and second derivatives without a tape, an oracle for the verbs.
 * It must not know any rule or engine of the runtime. Source: Fike and Alonso, AIAA 2011-886.
 */
import type { operators } from '../runtime/index.ts'

type Operand = HyperDual | number

export class HyperDual {
  declare readonly [operators]: {
    '+': 'add'
    '-': 'sub'
    '*': 'mul'
    '/': 'div'
    '**': 'pow'
    '>': 'gt'
    'unary -': 'neg'
    'Math.exp': 'exp'
    'Math.log': 'log'
    'Math.sin': 'sin'
    'Math.cos': 'cos'
    'Math.atan': 'atan'
    'Math.sqrt': 'sqrt'
    'Math.abs': 'abs'
    reflected: { '+': 'add'; '-': 'rsub'; '*': 'mul'; '/': 'rdiv'; '**': 'rpow' }
  }

  readonly v: number
  readonly a: number
  readonly b: number
  readonly ab: number

  constructor(v: number, a = 0, b = 0, ab = 0) {
    this.v = v
    this.a = a
    this.b = b
    this.ab = ab
  }

  static of(x: Operand): HyperDual {
    return typeof x === 'number' ? new HyperDual(x) : x
  }

  /** A function of this number, by its value and its first two derivatives here. */
  chain(value: number, first: number, second: number): HyperDual {
    return new HyperDual(value, first * this.a, first * this.b, first * this.ab + second * this.a * this.b)
  }
  add(other: Operand): HyperDual {
    const { v, a, b, ab } = HyperDual.of(other)
    return new HyperDual(this.v + v, this.a + a, this.b + b, this.ab + ab)
  }
  mul(other: Operand): HyperDual {
    const { v, a, b, ab } = HyperDual.of(other)
    return new HyperDual(
      this.v * v,
      this.a * v + this.v * a,
      this.b * v + this.v * b,
      this.ab * v + this.a * b + this.b * a + this.v * ab,
    )
  }
  neg(): HyperDual {
    return this.mul(-1)
  }
  sub(other: Operand): HyperDual {
    return this.add(HyperDual.of(other).neg())
  }
  rsub(other: Operand): HyperDual {
    return this.neg().add(other)
  }
  inverse(): HyperDual {
    return this.chain(1 / this.v, -1 / this.v ** 2, 2 / this.v ** 3)
  }
  div(other: Operand): HyperDual {
    return this.mul(HyperDual.of(other).inverse())
  }
  rdiv(other: Operand): HyperDual {
    return this.inverse().mul(other)
  }
  pow(k: Operand): HyperDual {
    if (typeof k !== 'number') return this.log().mul(k).exp()
    return this.chain(
      this.v ** k,
      k === 0 ? 0 : k * this.v ** (k - 1),
      k === 0 || k === 1 ? 0 : k * (k - 1) * this.v ** (k - 2),
    )
  }
  rpow(base: number): HyperDual {
    return this.mul(Math.log(base)).exp()
  }
  gt(other: Operand): boolean {
    return this.v > HyperDual.of(other).v
  }
  exp(): HyperDual {
    const y = Math.exp(this.v)
    return this.chain(y, y, y)
  }
  log(): HyperDual {
    return this.chain(Math.log(this.v), 1 / this.v, -1 / this.v ** 2)
  }
  sin(): HyperDual {
    return this.chain(Math.sin(this.v), Math.cos(this.v), -Math.sin(this.v))
  }
  cos(): HyperDual {
    return this.chain(Math.cos(this.v), -Math.sin(this.v), -Math.cos(this.v))
  }
  atan(): HyperDual {
    const d = 1 / (1 + this.v ** 2)
    return this.chain(Math.atan(this.v), d, -2 * this.v * d ** 2)
  }
  sqrt(): HyperDual {
    const y = Math.sqrt(this.v)
    return this.chain(y, 0.5 / y, -0.25 / y ** 3)
  }
  abs(): HyperDual {
    return this.v < 0 ? this.neg() : this
  }
}

/** A function at a point, with ε₁ along coordinate i and ε₂ along coordinate j. */
function along<T>(f: (x: readonly HyperDual[]) => T, at: readonly number[], i: number, j: number): T {
  return f(at.map((v, k) => new HyperDual(v, k === i ? 1 : 0, k === j ? 1 : 0)))
}

/** One row for each result, one column for each input. */
export function jacobianOf(f: (x: readonly HyperDual[]) => readonly Operand[], at: readonly number[]): number[][] {
  const columns = at.map((_, i) => along(f, at, i, i).map(y => HyperDual.of(y).a))
  return columns[0]!.map((_, row) => columns.map(column => column[row]!))
}

export function hessianOf(f: (x: readonly HyperDual[]) => Operand, at: readonly number[]): number[][] {
  return at.map((_, i) => at.map((_, j) => HyperDual.of(along(f, at, i, j)).ab))
}
