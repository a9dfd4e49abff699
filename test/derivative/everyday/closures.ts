/** Functions that are passed, returned, and called again inside of their own call. */

type F = (x: number) => number

const twice = (h: F, x: number): number => h(h(x))
export function insideItself(x: number): number {
  const g = (t: number) => t * t
  return twice(q => q * twice(g, q), x)
}

const within = (k: (own: () => number) => number, x: number): number => {
  const y = x * 2
  return k(() => y)
}
export function bothCalls(x: number): number {
  return within(first => within(second => first() * second() ** 2, x + 1), x)
}

const counting = (x: number, k: (next: () => number) => number): number => {
  let c = x
  const next = () => {
    c *= 2
    return c
  }
  return k(next)
}
export const twoCounters = (x: number): number => counting(x, a => a() + counting(x + 1, b => a() * b()))

const scaled = (k: number) => (v: number) => k * v
export function returned(x: readonly number[]): number {
  const triple = scaled(x[0]!)
  return triple(x[1]!) + scaled(x[2]!)(triple(2))
}

const compose =
  (g: F, h: F): F =>
  x =>
    g(h(x))
export function composed(x: number): number {
  const a = compose(Math.sin, t => t * t)
  const b = compose(a, t => t + x)
  return compose(b, compose(b, a))(x)
}

const counter = (start: number) => {
  let n = start
  return (by: number) => {
    n *= by
    return n
  }
}
export function counters(x: number): number {
  const [a, b] = [x * 2, x + 1]
  const first = counter(a)
  const second = counter(b)
  return first(2) + second(x) * first(x)
}

export function madeInLoop(x: readonly number[]): number {
  let s = 0
  for (const v of x) {
    const add = (
      (k: number) => (w: number) =>
        w + k * v
    )(s)
    s = add(s * v)
  }
  return s
}

export const eitherClosure = (x: number): number => {
  const g = x > 1 ? scaled(2) : scaled(3)
  return g(x) * g(1)
}

const folded = (n: number, k: F, z: number): number => (n === 0 ? z : folded(n - 1, k, k(z)))
export function passedToRecursion(x: number): number {
  let c = x
  const r = folded(
    3,
    y => {
      c += 1
      return y * c * x
    },
    1,
  )
  return r * c + folded(2, y => y * 0.5 * x, r)
}

const going = (n: number, k: F, x: number): number => (n === 0 ? k(x) : going(n - 1, y => y * 2, x + 1))
export const madeInRecursion = (x: number): number => going(2, y => y, x)

function withOne<T>(v: T, k: (v: T) => number): number {
  return k(v)
}
export const genericAgain = (x: readonly number[]): number =>
  withOne(x, a => withOne(a[0]!, b => withOne({ b, a }, r => r.b * r.a[1]! + a[2]!)) * a[1]!)

class Box {
  readonly v: number
  constructor(v: number) {
    this.v = v
  }
  use(k: (own: () => number) => number): number {
    return k(() => this.v)
  }
}
export const methodAgain = (x: number): number => new Box(x).use(a => new Box(x * 3).use(b => a() ** 2 * b()))

export const points = {
  insideItself: [1.3],
  bothCalls: [1.3],
  twoCounters: [1.3],
  returned: [[1, 2, 3]],
  composed: [0.7],
  counters: [1.3],
  madeInLoop: [[1, 2, 3]],
  eitherClosure: [2],
  passedToRecursion: [0.8],
  madeInRecursion: [1.2],
  genericAgain: [[1, 2, 3]],
  methodAgain: [1.1],
}
