// Operators for a class of your own:
// a table of names, at the type level only.
import { grad, type Numeric, operators } from 'tsgrad'

class Vec2 {
  declare readonly [operators]: {
    '+': 'add'
    '-': 'sub'
    '*': 'scale'
    'unary -': 'neg'
    reflected: { '*': 'scale' }
  }

  constructor(
    readonly x: Numeric,
    readonly y: Numeric,
  ) {}

  /** The sum, coordinate by coordinate. */
  add(other: Vec2): Vec2 {
    return new Vec2(this.x + other.x, this.y + other.y)
  }
  sub(other: Vec2): Vec2 {
    return this + -other
  }
  /** Longer by this factor. */
  scale(k: Numeric): Vec2 {
    return new Vec2(this.x * k, this.y * k)
  }
  neg(): Vec2 {
    return this * -1
  }
  get length(): Numeric {
    return Math.hypot(this.x, this.y)
  }
  toString(): string {
    return `(${this.x}, ${this.y})`
  }
}

const v = new Vec2(3, 4)
const w = new Vec2(10, 20)
console.log(`v + w * 2 is ${v + w * 2}`)
console.log(`-v is ${-v}, and 2 * v is ${2 * v}`)

// The coordinates may be tracked: how does the length
// change on the way from v to w?
const change = grad(t => (v + t * (w - v)).length)
console.log('at the start:', change(0))
console.log('at the end:  ', change(1))
