/** The sources that the editor's tests look at. They must not depend on a test's order: nobody changes them. */

export const vec = `import type { operators } from 'tsgrad'
/** A vector in the plane. */
export class Vec {
  declare readonly [operators]: { '+': 'add'; '*': 'scale'; 'unary -': 'neg'; reflected: { '*': 'scale' } }
  constructor(readonly x: number, readonly y: number) {}
  /** Adds component by component. */
  add(other: Vec): Vec {
    return new Vec(this.x + other.x, this.y + other.y)
  }
  /** Longer or shorter. */
  scale(by: number): Vec {
    return new Vec(this.x * by, this.y * by)
  }
  neg(): Vec {
    return new Vec(-this.x, -this.y)
  }
}
`

export const main = `import { NumberWithGrad } from 'tsgrad'
import { Vec } from './vec.js'

const a = new NumberWithGrad(3)
const b = a * 4
const c = (b + 3) / a
export const p = new Vec(1, 2)
export const q = p + p * 2
export const r = 3 * -q
export function sum(xs: readonly Vec[], scale = 1) {
  let all = new Vec(0, 0)
  for (const x of xs) all += x * scale
  return all
}
sum([p, q], 2)
c.backward()
export const e = Math.exp(a) + (a * 4).num
`

/** The probe widens `'m'` to a string, which no method takes: what the chains mean is found in the lowered text. */
export const chain = `import type { operators } from 'tsgrad'
class Length {
  declare readonly [operators]: { '+': 'add'; 'unary -': 'neg' }
  constructor(readonly metres: number) {}
  /** Adds a unit. */
  add(unit: 'm' | 'cm'): Length {
    return new Length(this.metres + (unit === 'm' ? 1 : 0.01))
  }
  neg(): Length {
    return new Length(-this.metres)
  }
}
const q = new Length(1)
export const twice = q + 'm' + 'cm'
export const down = -(q + 'm')
`

export const wrong = `import { NumberWithGrad } from 'tsgrad'
import { Vec } from './vec.js'
const a = new NumberWithGrad(3)
export const one = a * 'x'
export const two: string = a + 1
export const three = a & 3
export const four = new Vec(1, 2) + 3
export const five = (a * 4).nope
const maybe = [a][1]
export const six = maybe * 2
export const seven = missing * a
const unused = a * 2
`
