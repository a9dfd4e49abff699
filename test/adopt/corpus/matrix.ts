/** Matrices with numbers, vectors and matrices on the right: overloads and a generic method. */
import { operators } from 'tsgrad'
import { Vec3 } from './vector.ts'

type Row = readonly number[]

export class Matrix {
  declare readonly [operators]: {
    '+': 'add'
    '-': 'sub'
    '*': 'multiply'
    '**': 'power'
    'unary -': 'negative'
    '~': 'transpose'
    reflected: { '*': 'scaled' }
  }

  constructor(readonly rows: readonly Row[]) {}

  static identity(size: number): Matrix {
    return new Matrix(Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))))
  }

  #zip(other: Matrix, combine: (a: number, b: number) => number): Matrix {
    return new Matrix(this.rows.map((row, i) => row.map((x, j) => combine(x, other.rows[i]![j]!))))
  }

  add(other: Matrix): Matrix {
    return this.#zip(other, (a, b) => a + b)
  }

  sub(other: Matrix): Matrix {
    return this.add(other.negative())
  }

  multiply(other: number): Matrix
  multiply(other: Vec3): Vec3
  multiply(other: Matrix): Matrix
  multiply(other: number | Vec3 | Matrix): Vec3 | Matrix {
    if (typeof other === 'number') return new Matrix(this.rows.map(row => row.map(x => x * other)))
    if (other instanceof Vec3) {
      const [x = 0, y = 0, z = 0] = this.rows.map(([a = 0, b = 0, c = 0]) => a * other.x + b * other.y + c * other.z)
      return new Vec3(x, y, z)
    }
    const columns = other.transpose().rows
    const dot = (row: Row, column: Row) => row.reduce((sum, x, i) => sum + x * column[i]!, 0)
    return new Matrix(this.rows.map(row => columns.map(column => dot(row, column))))
  }

  scaled(k: number): Matrix {
    return this.multiply(k)
  }

  power(n: number): Matrix {
    if (n === 0) return Matrix.identity(this.rows.length)
    const half = this.power(Math.floor(n / 2))
    return n % 2 === 0 ? half.multiply(half) : half.multiply(half).multiply(this)
  }

  negative(): Matrix {
    return this.multiply(-1)
  }

  transpose(): Matrix {
    return new Matrix((this.rows[0] ?? []).map((_, j) => this.rows.map(row => row[j]!)))
  }
}

export const symmetric = (m: Matrix) => m.add(m.transpose()).multiply(0.5)

export const commutator = (a: Matrix, b: Matrix) => a.multiply(b).sub(b.multiply(a))

/** One step of Newton's iteration for the inverse. */
export const newtonStep = (a: Matrix, x: Matrix): Matrix =>
  x.multiply(
    Matrix.identity(a.rows.length)
      .multiply(2)
      .sub(a.multiply(x)),
  )

export const exponential = (m: Matrix, terms = 12): Matrix => {
  let [sum, term] = [Matrix.identity(m.rows.length), Matrix.identity(m.rows.length)]
  for (let n = 1; n < terms; n++) {
    term = term.multiply(m).multiply(1 / n)
    sum = sum.add(term)
  }
  return sum
}

export const rotated = (m: Matrix, v: Vec3, angle: number) =>
  m.multiply(v).scale(Math.cos(angle)).add(v.cross(m.multiply(v)).scale(Math.sin(angle)))

export const form = (m: Matrix, v: Vec3): number => m.power(2).multiply(v).dot(v.negate())

export const twice = (m: Matrix) => m.scaled(2).add(m.transpose().power(2).negative())
