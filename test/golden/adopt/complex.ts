/** Complex numbers, with powers and functions, and programs that draw with them. */
import { operators } from 'tsgrad'

type Scalar = Complex | number

export class Complex {
  declare readonly [operators]: {
    '+': 'add'
    '-': 'sub'
    '*': 'mul'
    '/': 'div'
    '**': 'pow'
    'unary -': 'neg'
    'unary +': 'clone'
    '~': 'conjugate'
    'Math.exp': 'exp'
    'Math.log': 'log'
    'Math.sqrt': 'sqrt'
    'Math.pow': 'pow'
    reflected: { '+': 'add'; '-': 'rsub'; '*': 'mul'; '/': 'rdiv'; '**': 'rpow' }
  }

  constructor(
    readonly re: number,
    readonly im = 0,
  ) {}

  static of(z: Scalar): Complex {
    return typeof z === 'number' ? new Complex(z) : z
  }

  add(other: Scalar): Complex {
    const { re, im } = Complex.of(other)
    return new Complex(this.re + re, this.im + im)
  }

  sub(other: Scalar): Complex {
    return this + -Complex.of(other)
  }

  rsub(other: Scalar): Complex {
    return Complex.of(other) - this
  }

  mul(other: Scalar): Complex {
    const { re, im } = Complex.of(other)
    return new Complex(this.re * re - this.im * im, this.re * im + this.im * re)
  }

  div(other: Scalar): Complex {
    const { re, im } = Complex.of(other)
    return this * new Complex(re, -im) * (1 / (re * re + im * im))
  }

  rdiv(other: Scalar): Complex {
    return Complex.of(other) / this
  }

  pow(exponent: Scalar): Complex {
    return Math.exp(Math.log(this) * exponent)
  }

  rpow(base: Scalar): Complex {
    return Complex.of(base) ** this
  }

  neg = (): Complex => new Complex(-this.re, -this.im)
  clone = (): Complex => new Complex(this.re, this.im)
  conjugate = (): Complex => new Complex(this.re, -this.im)
  exp = (): Complex => new Complex(Math.cos(this.im), Math.sin(this.im)) * Math.exp(this.re)
  log = (): Complex => new Complex(Math.log(Math.hypot(this.re, this.im)), Math.atan2(this.im, this.re))
  sqrt = (): Complex => Math.exp(Math.log(this) / 2)
}

export const i = new Complex(0, 1)

export function escapes(c: Complex, limit = 50): number {
  let z = new Complex(0)
  for (let n = 0; n < limit; n++) {
    if ((z * ~z).re > 4) return n
    z = z * z + c
  }
  return limit
}

export function roots(a: Complex, b: Complex, c: Complex): readonly [Complex, Complex] {
  const root = Math.sqrt(b ** 2 - a * c * 4)
  return [(-b + root) / (a * 2), (-b - root) / (a * 2)]
}

export const sine = (z: Complex) => (Math.exp(i * z) - Math.exp(-(i * z))) / (i * 2)

export const mobius = (z: Complex) => (2 / ((1 - z) / (z + 1))) ** (-z) ** -2

export const tower = (z: Complex) => -(-(z ** z ** z - (z ** z) ** z + 2 ** z))

export const grouped = (z: Complex, w: Complex) => (z - (w - z)) * ((w + z) * w) / (w / z) - w - z

/** Horner's rule; the order of evaluation of `next()` must not change. */
export function polynomial(z: Complex, next: () => number, degree: number): Complex {
  let sum = new Complex(next())
  for (let k = 0; k < degree; k++) sum = sum * z + next()
  return +(sum + z.rsub(next()))
}

export const notes = (z: Complex, w: Complex) =>
  (z /* first */
    * (/* second */ w)
    + (
      -w // third
    ))
    . /* stays */ sub(1)
