/**
 * Nests of every two rows with kinks, jumps and ends of domains, at these: the sweeps over slots and the tracked sweeps agree in first
 * and second derivatives, or one of them is NaN where the other is; no road gives 0 where another says that there is no derivative
 * of a jump.
 */
import { expect, test } from 'vitest'
import {
  dot,
  ensureNumber,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  norm,
  sum,
} from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'
import { apply, binaryLocals, type KinkedDual, unaryLocals } from './kinked-duals.ts'

/** Of so many nests one is tried; `npm run full` tries all. */
const EVERY = process.env.PROGRAMS === undefined ? 10 : 1
/** Those of two variables are many more. */
const EVERY_OF_TWO = process.env.PROGRAMS === undefined ? 500 : 20
const seed = Number(process.env.SEED ?? Date.now() % 1000)

type Of = (x: NumberWithGrad) => NumberWithGrad
type Methods = Record<string, (...others: readonly Numeric[]) => NumberWithGrad>

const singular =
  'mod pow abs sign floor ceil round trunc max min atan2 hypot sqrt cbrt asin acos acosh atanh mul'.split(' ')
const points = [0, 1, -1, 2, 0.5]

/** Each row as functions of one number: of every operand alone, and of all. */
const functions: [string, Of][] = singular.flatMap((name): [string, Of][] => {
  const call = (x: Numeric, ...others: readonly Numeric[]) =>
    ((typeof x === 'number' ? new NumberWithGrad(x) : x) as unknown as Methods)[name]!(...others)
  if (rules[name as keyof typeof rules].arity === 1) return [[`${name}(x)`, x => call(x)]]
  return [
    ...[0, 2].flatMap((c): [string, Of][] => [
      [`${name}(x, ${c})`, x => call(x, c)],
      [`${name}(${c}, x)`, x => call(c, x)],
    ]),
    [`${name}(x, x)`, x => call(x, x)],
  ]
})

const isSame = (a: number, b: number) =>
  Number.isNaN(a) || Number.isNaN(b) || a === b || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b))

/** A derivative by each road. */
function roads(f: Of, at: number): [first: number[], second: number[]] {
  const derivative = grad(f) as unknown as Of
  const inside = (g: Of) => jvp(g)(new NumberWithGrad(at), new NumberWithGrad(1))[1] as NumberWithGrad
  const leaf = new NumberWithGrad(at)
  const first = [grad(f)(at), jvp(f)(at, 1)[1], derivative(leaf).num, inside(f).num]
  const forward = (x: NumberWithGrad) => jvp(f)(x, new NumberWithGrad(1))[1] as NumberWithGrad
  const second = [
    (hessian(f as never) as unknown as (x: number) => number)(at),
    (hvp(f as never) as unknown as (x: number, d: number) => number)(at, 1),
    grad(derivative)(at),
    jvp(derivative)(at, 1)[1],
    grad(forward)(at),
    jvp(forward)(at, 1)[1],
    (hessian(f as never) as unknown as (x: NumberWithGrad) => NumberWithGrad)(new NumberWithGrad(at)).num,
  ]
  return [first, second]
}

test(`the roads to a derivative of a nest agree, or are NaN (SEED=${seed})`, () => {
  const wrong: string[] = []
  let nest = seed
  for (const [outer, g] of functions)
    for (const [inner, f] of functions)
      for (const at of points) {
        if (nest++ % EVERY !== 0) continue
        if (Number.isNaN(g(f(new NumberWithGrad(at))).num)) continue
        for (const [order, found] of roads(x => g(f(x)), at).entries())
          if (!found.every(a => found.every(b => isSame(a, b))))
            wrong.push(`${outer} of ${inner} at ${at}, order ${order + 1}: ${found}`)
      }
  expect(wrong).toEqual([])
})

test.each<[string, Of, at: number]>([
  ['sign(sign(x))', x => x.sign().sign(), 0],
  ['floor(floor(x))', x => x.floor().floor(), 2],
  ['abs(sign(x))', x => x.sign().abs(), 0],
  ['sign(3 floor(x))', x => x.floor().mul(3).sign(), 0],
  ['floor(ceil(sign(x)) + 1)', x => x.sign().ceil().add(1).floor(), 0],
  ['round(sign(x) + 0.5)', x => x.sign().add(0.5).round(), 0],
  ['max(sign(x), sign(x))', x => x.sign().max(x.sign()), 0],
  ['sign(x) * sign(x)', x => x.sign().mul(x.sign()), 0],
  ['sign(sum of floor(x) and 1)', x => sum([x.floor(), x.sign()]).sign(), 0],
])('%s has no second derivative at its jump, by any road', (_name, f, at) => {
  expect(roads(f, at)).toEqual([Array(4).fill(0), Array(7).fill(NaN)])
})

test.each<[string, Of, at: number]>([
  ['sign(floor(x)) between jumps of floor', x => x.floor().sign(), 0.5],
  ['floor(sign(x)) where x does not jump', x => x.sign().floor(), 2],
  ['max(x, sign(x)), which sign does not win', x => x.sign().sub(3).max(x), 0],
])('%s has the second derivative 0', (_name, f, at) => {
  expect(roads(f, at)[1]).toEqual(Array(7).fill(0))
})

test.each<[string, Of, at: number]>([
  ['asin', x => x.asin(), 1],
  ['asin', x => x.asin(), -1],
  ['acos', x => x.acos(), 1],
  ['acos', x => x.acos(), -1],
  ['acosh', x => x.acosh(), 1],
  ['atanh', x => x.atanh(), 1],
  ['atanh', x => x.atanh(), -1],
])('%s has no second derivative at the end %s of its domain', (_name, f, at) => {
  const [first, second] = roads(f, at)
  expect(first.every(each => Math.abs(each) === Infinity)).toBe(true)
  expect(second).toEqual(Array(7).fill(NaN))
})

/** A tracked function of two numbers, and the same on hyper-dual ones. */
type Both<X> = (xs: readonly X[]) => X
interface Nest {
  readonly text: string
  readonly tracked: Both<NumberWithGrad>
  readonly dual: Both<KinkedDual>
}
const coordinate = (text: string, i: number): Nest => ({ text, tracked: xs => xs[i]!, dual: xs => xs[i]! })
const [X, Y] = [coordinate('x', 0), coordinate('y', 1)]
const constant = (v: number): Nest => ({ text: `${v}`, tracked: () => new NumberWithGrad(v), dual: () => ({ v }) })

function applied(name: string, ...operands: readonly Nest[]): Nest {
  const row = { ...unaryLocals, ...binaryLocals }[name as 'mul'] as Parameters<typeof apply>[0]
  return {
    text: `${name}(${operands.map(({ text }) => text).join(', ')})`,
    tracked(xs) {
      const [first, ...others] = operands.map(({ tracked }) => tracked(xs))
      return (first as unknown as Methods)[name]!(...others)
    },
    dual: xs =>
      apply(
        row,
        operands.map(({ dual }) => dual(xs)),
      ),
  }
}

/** Each row with a kink, of an expression and of the other variable. */
const around = (e: Nest, other: Nest): Nest[] => [
  ...Object.keys(unaryLocals).map(name => applied(name, e)),
  ...Object.keys(binaryLocals).flatMap(name => [
    applied(name, e, other),
    applied(name, other, e),
    applied(name, e, e),
    applied(name, e, constant(2)),
    applied(name, constant(0), e),
  ]),
]
const inners = around(X, Y)
const middles = (e: Nest): Nest[] => [
  e,
  applied('mul', e, Y),
  applied('add', e, Y),
  { ...applied('mul', e, Y), text: `dot([${e.text}], [y])`, tracked: xs => dot([e.tracked(xs)], [xs[1]!]) },
]

const units = [
  [1, 0],
  [0, 1],
] as const
type Noted = (xs: readonly NumberWithGrad[]) => readonly NumberWithGrad[]

/** The Hessian of a function of two numbers, by each road. */
const hessians: Record<string, (f: Nest['tracked'], at: readonly number[]) => readonly (readonly number[])[]> = {
  hessian: (f, at) => hessian(f)([...at]),
  hvp: (f, at) => units.map(unit => hvp(f)([...at], [...unit])),
  'hessian of tracked numbers': (f, at) =>
    hessian(f)(at.map(x => new NumberWithGrad(x))).map(row => row.map(x => (x as NumberWithGrad).num)),
  'grad of grad': (f, at) =>
    units.map((_, i) => grad((xs: readonly NumberWithGrad[]) => (grad(f) as unknown as Noted)(xs)[i]!)(at)),
  'jvp of grad': (f, at) => {
    const columns = units.map(
      unit => jvp((xs: readonly NumberWithGrad[]) => (grad(f) as unknown as Noted)(xs))(at, unit)[1],
    )
    return units.map((_, i) => columns.map(column => column[i]!))
  },
  'jacobian of grad': (f, at) => jacobian((xs: readonly NumberWithGrad[]) => (grad(f) as unknown as Noted)(xs))(at),
  'backward({ createGraph })': (f, at) =>
    units.map((_, i) => {
      const xs = at.map(x => new NumberWithGrad(x))
      f(xs).backward({ createGraph: true })
      const slope = xs[i]!.trackedGrad
      for (const x of xs) x.clearGrad()
      slope?.backward()
      return xs.map(x => x.grad ?? 0)
    }),
}

/** The Hessian by hyper-dual numbers; `undefined` where the gradient is no number, which is loud already. */
function trueHessian({ dual }: Nest, at: readonly number[]): (number | undefined)[][] {
  return units.map((_, i) =>
    units.map((_u, k) => {
      const {
        a = 0,
        b = 0,
        ab = 0,
      } = dual(at.map((v, j) => ({ v, ...(j === i && { a: 1 }), ...(j === k && { b: 1 }) })))
      return Number.isFinite(a + b) ? ab : undefined
    }),
  )
}

test(`nests of two variables have the second derivatives of hyper-dual numbers, or NaN (SEED=${seed})`, () => {
  const counts = { compared: 0, none: 0, lost: 0 }
  const wrong: string[] = []
  let nest = seed
  for (const inner of inners)
    for (const f of middles(inner).flatMap(middle => around(middle, Y)))
      for (const at of points.flatMap(x => points.map(y => [x, y]))) {
        if (nest++ % EVERY_OF_TWO !== 0 || Number.isNaN(f.dual(at.map(v => ({ v }))).v)) continue
        const truth = trueHessian(f, at)
        for (const [road, hessianAt] of Object.entries(hessians)) {
          const found = hessianAt(f.tracked, at)
          const cells = truth.flatMap((row, i) => row.map((expected, k) => [expected, found[i]![k]!] as const))
          for (const [expected, derivative] of cells) counts[kindOf(expected, derivative)]++
          if (!cells.every(([expected, derivative]) => isAllowed(expected, derivative)))
            wrong.push(`${road} of ${f.text} at ${at}: ${found.join('; ')} for ${truth.join('; ')}`)
        }
      }
  expect(wrong).toEqual([])
  expect(counts.lost).toBeLessThan(0.02 * counts.compared)
  expect(counts.none).toBeGreaterThan(100)
})

function kindOf(expected: number | undefined, derivative: number): 'none' | 'lost' | 'compared' {
  if (expected === undefined || !Number.isFinite(expected)) return 'none'
  return Number.isNaN(derivative) ? 'lost' : 'compared'
}

/** Equal, or NaN; NaN and Infinity are both loud where there is no finite derivative. */
function isAllowed(expected: number | undefined, derivative: number): boolean {
  if (expected === undefined) return true
  if (!Number.isFinite(expected)) return !Number.isFinite(derivative)
  return Number.isNaN(derivative) || Math.abs(derivative - expected) <= 1e-9 * (1 + Math.abs(expected))
}

test.each<[string, Both<NumberWithGrad>, readonly number[]]>([
  ['floor(sign(x) * y)', ([x, y]) => x!.sign().mul(y!).floor(), [0, 1]],
  ['floor(dot([floor(x)], [y]))', ([x, y]) => dot([x!.floor()], [y!]).floor(), [0, 1]],
  ['abs(sign(x) * y)', ([x, y]) => x!.sign().mul(y!).abs(), [0, 1]],
  ['max(floor(x) * y, y * y)', ([x, y]) => x!.floor().mul(y!).max(y!.mul(y!)), [1, 1]],
  ['norm([sign(x), y])', ([x, y]) => norm([x!.sign(), y!]), [0, 0]],
  ['floor(sign(x) + sign(y))', ([x, y]) => x!.sign().add(y!.sign()).floor(), [0, 0]],
])('%s has no second derivative at all at its jump, by any road', (_name, f, at) => {
  const nan = [NaN, NaN]
  for (const [road, hessianAt] of Object.entries(hessians)) expect([road, hessianAt(f, at)]).toEqual([road, [nan, nan]])
})

test.each<[string, Both<NumberWithGrad>, readonly number[]]>([
  ['floor(sign(x)) + y * y beside it', ([x, y]) => x!.sign().floor().add(y!.mul(y!)), [2, 1]],
  [
    'floor(2 sign(x)) * 0 + y * y where x does not jump',
    ([x, y]) => x!.sign().mul(2).floor().mul(0).add(y!.mul(y!)),
    [1, 1],
  ],
])('%s has the second derivative that exists, by every road', (_name, f, at) => {
  for (const [road, hessianAt] of Object.entries(hessians))
    expect([road, hessianAt(f, at).map(row => row.map(each => each + 0))]).toEqual([
      road,
      [
        [0, 0],
        [0, 2],
      ],
    ])
})

type Outer = (x: NumberWithGrad) => NumberWithGrad
type Inner = (s: NumberWithGrad, y: NumberWithGrad) => NumberWithGrad

/** The derivative by x of that by y, where a number is computed of x outside of the derivative by y. */
const mixed: Record<string, (outer: Outer, inner: Inner, x: number, y: number) => number> = {
  'grad of grad': (outer, inner, x, y) => grad(slopeOf(outer, inner, y))(x),
  'jvp of grad': (outer, inner, x, y) => jvp(slopeOf(outer, inner, y))(x, 1)[1],
  'grad of jvp': (outer, inner, x, y) => grad(tangentOf(outer, inner, y))(x),
  'jvp of jvp': (outer, inner, x, y) => jvp(tangentOf(outer, inner, y))(x, 1)[1],
  'backward of grad': (outer, inner, x, y) => {
    const leaf = new NumberWithGrad(x)
    const s = outer(leaf)
    ;(grad((v: NumberWithGrad) => inner(s, v))(new NumberWithGrad(y)) as NumberWithGrad).backward()
    return leaf.grad ?? 0
  },
}
const slopeOf = (outer: Outer, inner: Inner, y: number) => (x: NumberWithGrad) => {
  const s = outer(x)
  return ensureNumber(grad((v: NumberWithGrad) => inner(s, v))(y))
}
const tangentOf = (outer: Outer, inner: Inner, y: number) => (x: NumberWithGrad) => {
  const s = outer(x)
  return ensureNumber(jvp((v: NumberWithGrad) => inner(s, v))(y, 1)[1])
}

test.each<[string, Outer, Inner, x: number, y: number]>([
  ['floor(s y) of s = sign(x)', x => x.sign(), (s, y) => s.mul(y).floor(), 0, 1],
  ['floor(s y) of s = 2 sign(x)', x => x.sign().mul(2), (s, y) => s.mul(y).floor(), 0, 1],
  ['floor(t y + s) of t = s exp(s), s = sign(x)', x => x.sign(), (s, y) => s.exp().mul(s).mul(y).add(s).floor(), 0, 1],
  ['abs(s y) of s = sign(x)', x => x.sign(), (s, y) => s.mul(y).abs(), 0, 1],
  ['floor(dot([s], [y])) of s = floor(x)', x => x.floor(), (s, y) => dot([s], [y]).floor(), 0, 1],
  ['max(s y, y y) of s = floor(x)', x => x.floor(), (s, y) => s.mul(y).max(y.mul(y)), 1, 1],
  ['norm([s, y]) of s = sign(x)', x => x.sign(), (s, y) => norm([s, y]), 0, 0],
  [
    'floor(s y) of s = sum([sign(x), 2 sign(x)])',
    x => sum([x.sign(), x.sign().mul(2), x]),
    (s, y) => s.mul(y).floor(),
    0,
    1,
  ],
  ['floor(s y) of s = u + exp(u) - 1, u = sign(x)', x => afterItsUse(x.sign()), (s, y) => s.mul(y).floor(), 0, 1],
])(
  'a jump outside of a derivative by y is seen by it: %s has no derivative by x, by any road',
  (_name, outer, inner, x, y) => {
    for (const [road, derivative] of Object.entries(mixed))
      expect([road, derivative(outer, inner, x, y)]).toEqual([road, NaN])
  },
)

/** The operand is also one of the other operand. */
const afterItsUse = (u: NumberWithGrad) => u.add(u.exp().sub(1))

test.each<[string, Outer, Inner, x: number, y: number, expected: number]>([
  ['s y y of s = floor(x), which is no kink', x => x.floor(), (s, y) => s.mul(y).mul(y), 2, 3, 0],
  ['floor(s y) of s = sign(x) away from 0', x => x.sign(), (s, y) => s.mul(y).floor(), 2, 1, 0],
  ['s y y of s = x x', x => x.mul(x), (s, y) => s.mul(y).mul(y), 2, 3, 24],
  ['abs(s y) of s = x x beside a step', x => x.mul(x).add(x.floor().mul(0)), (s, y) => s.mul(y).abs(), 1, 3, 2],
])('and where none moves, the derivative is there: %s', (_name, outer, inner, x, y, expected) => {
  for (const [road, derivative] of Object.entries(mixed))
    expect([road, derivative(outer, inner, x, y) + 0]).toEqual([road, expected])
})
