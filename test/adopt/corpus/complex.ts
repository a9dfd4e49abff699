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
    return this.add(Complex.of(other).neg())
  }

  rsub(other: Scalar): Complex {
    return Complex.of(other).sub(this)
  }

  mul(other: Scalar): Complex {
    const { re, im } = Complex.of(other)
    return new Complex(this.re * re - this.im * im, this.re * im + this.im * re)
  }

  div(other: Scalar): Complex {
    const { re, im } = Complex.of(other)
    return this.mul(new Complex(re, -im)).mul(1 / (re * re + im * im))
  }

  rdiv(other: Scalar): Complex {
    return Complex.of(other).div(this)
  }

  pow(exponent: Scalar): Complex {
    return this.log().mul(exponent).exp()
  }

  rpow(base: Scalar): Complex {
    return Complex.of(base).pow(this)
  }

  neg = (): Complex => new Complex(-this.re, -this.im)
  clone = (): Complex => new Complex(this.re, this.im)
  conjugate = (): Complex => new Complex(this.re, -this.im)
  exp = (): Complex => new Complex(Math.cos(this.im), Math.sin(this.im)).mul(Math.exp(this.re))
  log = (): Complex => new Complex(Math.log(Math.hypot(this.re, this.im)), Math.atan2(this.im, this.re))
  sqrt = (): Complex => this.log().div(2).exp()
}

export const i = new Complex(0, 1)

export function escapes(c: Complex, limit = 50): number {
  let z = new Complex(0)
  for (let n = 0; n < limit; n++) {
    if (z.mul(z.conjugate()).re > 4) return n
    z = z.mul(z).add(c)
  }
  return limit
}

export function roots(a: Complex, b: Complex, c: Complex): readonly [Complex, Complex] {
  const root = b.pow(2).sub(a.mul(c).mul(4)).sqrt()
  return [b.neg().add(root).div(a.mul(2)), b.neg().sub(root).div(a.mul(2))]
}

export const sine = (z: Complex) => i.mul(z).exp().sub(i.mul(z).neg().exp()).div(i.mul(2))

export const mobius = (z: Complex) => z.rsub(1).div(z.add(1)).rdiv(2).pow(z.neg().pow(-2))

export const tower = (z: Complex) => z.pow(z.pow(z)).sub(z.pow(z).pow(z)).add(z.rpow(2)).neg().neg()

export const grouped = (z: Complex, w: Complex) => z.sub(w.sub(z)).mul(w.add(z).mul(w)).div(w.div(z)).sub(w).sub(z)

/** Horner's rule; the order of evaluation of `next()` must not change. */
export function polynomial(z: Complex, next: () => number, degree: number): Complex {
  let sum = new Complex(next())
  for (let k = 0; k < degree; k++) sum = sum.mul(z).add(next())
  return sum.add(z.rsub(next())).clone()
}

export const notes = (z: Complex, w: Complex) =>
  z /* first */
    .mul(/* second */ w)
    .add(
      w.neg(), // third
    )
    . /* stays */ sub(1)
