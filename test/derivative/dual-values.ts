/**
 * Dual numbers of second order as values that a rewritten text computes with: its operators, Math, and typed arrays.
 * It must not know derivatives that are compiled, nor tsgrad.
 */

/** A value, its gradient, its derivative along a direction, and that of the gradient along it. */
export class DualValue {
  readonly v: number
  readonly d: readonly number[]
  readonly along: number
  readonly turn: readonly number[]

  constructor(v: number, d: readonly number[], along: number, turn: readonly number[]) {
    this.v = v
    this.d = d
    this.along = along
    this.turn = turn
  }
  valueOf(): number {
    return this.v
  }
  toString(): string {
    return String(this.v)
  }
}

const val = (x: unknown): unknown => (x instanceof DualValue ? x.v : x)
const number = (x: unknown): number => Number(val(x))

type Value = unknown
/** A value with its partials: the first ones, and the second ones by pairs, row by row. */
type Partials = readonly [value: number, first: readonly number[], second: readonly (readonly number[])[]]

/** The chain rule of second order. */
function chained(operands: readonly Value[], rule: (...xs: number[]) => Partials): Value {
  const [v, first, second] = rule(...operands.map(number))
  const moving = operands.map((each, i) => [each, i] as const).filter(([each]) => each instanceof DualValue)
  if (moving.length === 0) return v
  const all = moving as (readonly [DualValue, number])[]
  const { length } = all[0]![0].d
  const [d, turn] = [new Array<number>(length), new Array<number>(length)]
  let along = 0
  for (const [x, i] of all) along += first[i]! * x.along
  const bent = all.map(([, i]) => all.reduce((sum, [y, j]) => sum + second[i]![j]! * y.along, 0))
  for (let k = 0; k < length; k++) {
    let [slope, bend] = [0, 0]
    for (const [n, [x, i]] of all.entries()) {
      slope += first[i]! * x.d[k]!
      bend += first[i]! * x.turn[k]! + bent[n]! * x.d[k]!
    }
    d[k] = slope
    turn[k] = bend
  }
  return new DualValue(v, d, along, turn)
}

const one = (rule: (x: number) => readonly [value: number, first: number, second: number]) => (x: Value) =>
  chained([x], x => {
    const [v, first, second] = rule(x)
    return [v, [first], [[second]]]
  })
type Two = readonly [value: number, a: number, b: number, aa: number, ab: number, bb: number]
const two = (rule: (a: number, b: number) => Two) => (x: Value, y: Value) =>
  chained([x, y], (x, y) => {
    const [v, a, b, aa, ab, bb] = rule(x, y)
    return [
      v,
      [a, b],
      [
        [aa, ab],
        [ab, bb],
      ],
    ]
  })

const NONE = Number.NaN
/** Ties are shared equally, and have no second derivative. */
const extreme =
  (of: (...xs: number[]) => number) =>
  (...xs: Value[]) =>
    chained(xs, (...all) => {
      const v = of(...all)
      const ties = all.filter(each => each === v).length
      const bend = all.map(() => all.map(() => (ties > 1 ? NONE : 0)))
      return [v, all.map(each => (each === v ? 1 / ties : 0)), bend]
    })
const hypot = (...xs: Value[]) =>
  chained(xs, (...all) => {
    const v = Math.hypot(...all)
    const bend = all.map((a, i) => all.map((b, j) => ((i === j ? 1 : 0) - (a / v) * (b / v)) / v))
    return [v, all.map(each => each / v), bend]
  })

const pow = two((a, b) => {
  const v = a ** b
  // a power that is no variable has no partial that counts: log(a) may be NaN
  const log = a > 0 ? Math.log(a) : 0
  return [v, b * a ** (b - 1), v * log, b * (b - 1) * a ** (b - 2), a ** (b - 1) * (1 + b * log), v * log * log]
})

const add = (x: Value, y: Value): Value => {
  if (typeof x === 'string' || typeof y === 'string') return `${x}${y}`
  return sum(x, y)
}
const sum = two((a, b) => [a + b, 1, 1, 0, 0, 0])
const neg = one(x => [-x, -1, 0])

/** What the operators of a rewritten text call. */
export const operators = {
  val,
  add,
  neg,
  pow,
  sub: two((a, b) => [a - b, 1, -1, 0, 0, 0]),
  mul: two((a, b) => [a * b, b, a, 0, 1, 0]),
  div: two((a, b) => [a / b, 1 / b, -a / b ** 2, 0, -1 / b ** 2, (2 * a) / b ** 3]),
  mod: two((a, b) => [a % b, 1, -Math.trunc(a / b), 0, 0, 0]),
  plus: (x: Value) => (x instanceof DualValue ? x : Number(x)),
  same: (x: Value, y: Value) => val(x) === val(y),
  differ: (x: Value, y: Value) => val(x) !== val(y),
  // biome-ignore lint/suspicious/noDoubleEquals: the operator of the text
  like: (x: Value, y: Value) => val(x) == val(y),
  // biome-ignore lint/suspicious/noDoubleEquals: the operator of the text
  unlike: (x: Value, y: Value) => val(x) != val(y),
  truth: (x: Value) => Boolean(val(x)),
  not: (x: Value) => !val(x),
  and: (x: Value, y: () => Value) => (val(x) ? y() : x),
  or: (x: Value, y: () => Value) => (val(x) ? x : y()),
  typeOf: (x: Value) => typeof val(x),
  first: (x: Value, _: Value) => x,
  update: (object: Holder, key: Value, next: (old: Value) => Value) => {
    const at = String(key)
    const value = next(object[at])
    object[at] = value
    return value
  },
  stepBehind: (object: Holder, key: Value, next: (old: Value) => Value) => {
    const old = object[String(key)]
    object[String(key)] = next(old)
    return old
  },
  logical: (kind: string, object: Holder, key: Value, next: () => Value) => {
    const at = String(key)
    const old = object[at]
    if (Boolean(val(old)) !== (kind === 'and')) return old
    const value = next()
    object[at] = value
    return value
  },
  asking: (object: unknown, method: string, f: unknown, ...more: unknown[]) => {
    const asked = Array.isArray(object)
      ? (...args: unknown[]) => val((f as (...args: unknown[]) => unknown)(...args))
      : f
    return (object as Methods)[method]!(asked, ...more)
  },
  searching: (object: unknown, method: string, value: unknown, ...more: unknown[]) =>
    ((Array.isArray(object) ? Array.from(object, val) : object) as Methods)[method]!(val(value), ...more),
}
type Holder = Record<string, Value>
type Methods = Record<string, (...args: unknown[]) => unknown>

const steps = Object.fromEntries(
  (['floor', 'ceil', 'round', 'trunc', 'sign'] as const).map(name => [name, (x: Value) => Math[name](number(x))]),
)

/** Stands for Math in a rewritten text. */
export const dualMath = {
  PI: Math.PI,
  E: Math.E,
  SQRT2: Math.SQRT2,
  LN2: Math.LN2,
  ...steps,
  hypot,
  pow,
  max: extreme(Math.max),
  min: extreme(Math.min),
  abs: one(x => [Math.abs(x), Math.sign(x), 0]),
  sin: one(x => [Math.sin(x), Math.cos(x), -Math.sin(x)]),
  cos: one(x => [Math.cos(x), -Math.sin(x), -Math.cos(x)]),
  exp: one(x => [Math.exp(x), Math.exp(x), Math.exp(x)]),
  log: one(x => [Math.log(x), 1 / x, -1 / x ** 2]),
  sqrt: one(x => [Math.sqrt(x), 0.5 / Math.sqrt(x), -0.25 / Math.sqrt(x) ** 3]),
  cbrt: one(x => [Math.cbrt(x), 1 / (3 * Math.cbrt(x) ** 2), -2 / (9 * Math.cbrt(x) ** 5)]),
  atan: one(x => [Math.atan(x), 1 / (1 + x * x), (-2 * x) / (1 + x * x) ** 2]),
  tanh: one(x => {
    const [t, s] = [Math.tanh(x), 1 / Math.cosh(x) ** 2]
    return [t, s, -2 * t * s]
  }),
  atan2: two((a, b) => {
    const r = a * a + b * b
    return [Math.atan2(a, b), b / r, -a / r, (-2 * a * b) / r ** 2, (a * a - b * b) / r ** 2, (2 * a * b) / r ** 2]
  }),
}

/** Stands for Number. */
export const dualNumber = {
  isNaN: (x: Value) => Number.isNaN(val(x)),
  isFinite: (x: Value) => Number.isFinite(val(x)),
  isInteger: (x: Value) => Number.isInteger(val(x)),
  EPSILON: Number.EPSILON,
  MAX_VALUE: Number.MAX_VALUE,
  POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
  NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
}

/** Methods of typed arrays that give another one. */
const COPYING = /^(map|slice|filter|toSorted|toReversed|with)$/
type Round = (x: Value) => Value

/** An array of a fixed length: what is stored is rounded, and lost if it is stored outside. */
function typedArray(given: unknown, round: Round): Value[] {
  const isCount = typeof given === 'number' || given instanceof DualValue
  const values = isCount ? new Array<Value>(Math.trunc(number(given))).fill(0) : Array.from(given as Iterable<Value>)
  const made = values.map(round)
  const byNumber = (a: Value, b: Value) => number(a) - number(b)
  const get = (target: Value[], key: string | symbol, proxy: Value[]): unknown => {
    const own = (target as unknown as Record<string | symbol, unknown>)[key]
    if (key === 'set')
      return (from: Iterable<Value>, at = 0) => {
        for (const [i, each] of [...from].entries()) proxy[i + at] = each
      }
    if (typeof own !== 'function' || typeof key !== 'string') return own
    return (...args: unknown[]) => {
      const isSort = /^(toSorted|sort)$/.test(key) && args.length === 0
      const found = own.apply(proxy, isSort ? [byNumber] : args)
      return COPYING.test(key) ? typedArray(found, round) : found
    }
  }
  const set = (target: Value[], key: string | symbol, value: Value): boolean =>
    (typeof key === 'string' && /^\d+$/.test(key) && Number(key) >= target.length) ||
    Reflect.set(target, key, round(value))
  return new Proxy(made, { get, set })
}
/** The constructor of typed arrays that round in a way, with its `from` and `of`. */
const typed = (round: Round) =>
  Object.assign(
    function made(given: unknown) {
      return typedArray(given, round)
    },
    {
      of: (...all: Value[]) => typedArray(all, round),
      from: (all: Iterable<Value>, f: (v: Value, i: number) => Value = v => v) => typedArray(Array.from(all, f), round),
    },
  )
const asSingle: Round = x =>
  x instanceof DualValue ? new DualValue(Math.fround(x.v), x.d, x.along, x.turn) : Math.fround(number(x))

/** What a rewritten text needs, by the names in it. */
export const dualGlobals = {
  $: operators,
  Math: dualMath,
  Number: dualNumber,
  Float64Array: typed(x => x),
  Float32Array: typed(asSingle),
}
