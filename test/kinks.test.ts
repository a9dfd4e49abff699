/**
 * Derivatives of derivatives at kinks, jumps and ends of domains. The first derivative there is the documented convention; what
 * follows from differentiating a convention must not look like a result: it is NaN, unless the derivative exists.
 */
import { describe, expect, test } from 'vitest'
import { grad, hessian, hvp, jvp, NumberWithGrad, type Numeric, norm, sum, valueAndGrad } from '../runtime/index.ts'

type Of = (xs: readonly NumberWithGrad[]) => Numeric
type Row = readonly [
  text: string,
  f: Of,
  at: readonly number[],
  gradient: readonly number[],
  second: readonly (readonly number[])[],
]

const inf = Number.POSITIVE_INFINITY
const { NaN: nan } = Number
const one =
  (f: (x: NumberWithGrad) => Numeric): Of =>
  xs =>
    f(xs[0]!)
const noted = (f: Of) => grad(f) as unknown as (xs: readonly NumberWithGrad[]) => Numeric[]

const rows: readonly Row[] = [
  // the derivative does not exist, or not to the second order
  ['abs(x)', one(x => x.abs()), [0], [0], [[nan]]],
  ['abs(x) * abs(x), whose second derivative is 2', one(x => x.abs().mul(x.abs())), [0], [0], [[nan]]],
  ['max(x, 0)', one(x => x.max(0)), [0], [0.5], [[nan]]],
  [
    'min(x, y) of equals',
    ([x, y]) => x!.min(y!),
    [3, 3],
    [0.5, 0.5],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  [
    'hypot(x, y)',
    ([x, y]) => x!.hypot(y!),
    [0, 0],
    [0, 0],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  [
    'norm(x)',
    xs => norm(xs),
    [0, 0],
    [0, 0],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  [
    'norm(x) ** 2, whose Hessian is 2 I',
    xs => norm(xs).pow(2),
    [0, 0],
    [0, 0],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  ['sign(x)', one(x => x.sign()), [0], [0], [[nan]]],
  ['floor(x)', one(x => x.floor()), [2], [0], [[nan]]],
  ['ceil(x)', one(x => x.ceil()), [-1], [0], [[nan]]],
  ['round(x)', one(x => x.round()), [2.5], [0], [[nan]]],
  ['trunc(x)', one(x => x.trunc()), [2], [0], [[nan]]],
  ['x % 3', one(x => x.mod(3)), [6], [1], [[nan]]],
  ['x - floor(x)', one(x => x.sub(x.floor())), [2], [1], [[nan]]],
  [
    'atan2(y, x) at its cut',
    ([y, x]) => y!.atan2(x!),
    [0, -1],
    [-1, 0],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  // the convention itself, where |x| is not 1
  [
    'atan2(y, x) further along its cut',
    ([y, x]) => y!.atan2(x!),
    [0, -2],
    [-0.5, 0],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  [
    'x ** y',
    ([x, y]) => x!.pow(y!),
    [0, 0],
    [0, 0],
    [
      [0, nan],
      [nan, nan],
    ],
  ],
  [
    'x ** y',
    ([x, y]) => x!.pow(y!),
    [0, 1],
    [1, 0],
    [
      [0, nan],
      [nan, 0],
    ],
  ],
  ['log(x)', one(x => x.log()), [-1], [nan], [[nan]]],
  ['-x of a NaN', one(x => x.neg()), [nan], [nan], [[nan]]],
  [
    'sum([x, y]) of a NaN',
    xs => sum(xs),
    [nan, 1],
    [nan, nan],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  ['floor(x)', one(x => x.floor()), [nan], [nan], [[nan]]],
  [
    'x + y of a NaN',
    ([x, y]) => x!.add(y!),
    [nan, 1],
    [nan, nan],
    [
      [nan, nan],
      [nan, nan],
    ],
  ],
  [
    'abs(x) * y',
    ([x, y]) => x!.abs().mul(y!),
    [0, 2],
    [0, 0],
    [
      [nan, 0],
      [0, 0],
    ],
  ],
  // it exists
  ['x ** 2', one(x => x.pow(2)), [0], [0], [[2]]],
  ['x ** 1', one(x => x.pow(1)), [0], [1], [[0]]],
  ['x ** 0', one(x => x.pow(0)), [0], [0], [[0]]],
  ['0 ** x', one(x => x.rpow(0)), [1], [0], [[0]]],
  ['x ** 1.5', one(x => x.pow(1.5)), [0], [0], [[inf]]],
  [
    'x ** y',
    ([x, y]) => x!.pow(y!),
    [0, 2],
    [0, 0],
    [
      [2, 0],
      [0, 0],
    ],
  ],
  ['x ** 0 of a tiny x', one(x => x.pow(0)), [1e-310], [0], [[0]]],
  ['abs(x) away from 0', one(x => x.abs()), [-2], [-1], [[0]]],
  ['trunc(x) at 0', one(x => x.trunc()), [0], [0], [[0]]],
  ['round(x) at 0', one(x => x.round()), [0], [0], [[0]]],
  ['x % 3 at 0', one(x => x.mod(3)), [0], [1], [[0]]],
  [
    'x % y between its jumps',
    ([x, y]) => x!.mod(y!),
    [7.5, 3],
    [1, -2],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    'atan2(y, x) above its axis',
    ([y, x]) => y!.atan2(x!),
    [1, 0],
    [0, -1],
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    'atan2(y, x) across from its cut',
    ([y, x]) => y!.atan2(x!),
    [0, 2],
    [0.5, 0],
    [
      [0, -0.25],
      [-0.25, 0],
    ],
  ],
  [
    'max(x ** 2, y)',
    ([x, y]) => x!.pow(2).max(y!),
    [2, 1],
    [4, 0],
    [
      [2, 0],
      [0, 0],
    ],
  ],
  [
    'norm(x) beside 0',
    xs => norm(xs),
    [0, 2],
    [0, 1],
    [
      [0.5, 0],
      [0, 0],
    ],
  ],
  [
    'max(x, 0) of an unused kink',
    ([x, y]) => x!.max(0).max(y!),
    [0, 1],
    [0, 1],
    [
      [0, 0],
      [0, 0],
    ],
  ],
]

const leaves = (f: Of, at: readonly number[]) => {
  const xs = at.map(x => new NumberWithGrad(x))
  const y = f(xs) as NumberWithGrad
  y.backward({ createGraph: true })
  return xs
}
const units = (at: readonly number[]) => at.map((_, i) => at.map((_x, k) => +(k === i)))

const firsts: Record<string, (f: Of, at: readonly number[]) => readonly number[]> = {
  grad: (f, at) => grad(f)(at),
  jvp: (f, at) => units(at).map(direction => jvp(f)(at, direction)[1]),
  'grad in grad': (f, at) => at.map((_, i) => valueAndGrad((xs: readonly NumberWithGrad[]) => noted(f)(xs)[i]!)(at)[0]),
  trackedGrad: (f, at) => leaves(f, at).map(x => x.trackedGrad!.num),
}
const seconds: Record<string, (f: Of, at: readonly number[]) => readonly (readonly number[])[]> = {
  hessian: (f, at) => hessian(f)([...at]),
  hvp: (f, at) => units(at).map(direction => hvp(f)(at, direction)),
  'grad in grad': (f, at) => at.map((_, i) => grad((xs: readonly NumberWithGrad[]) => noted(f)(xs)[i]!)(at)),
  'grad in jvp': (f, at) =>
    at.map((_, i) => units(at).map(unit => jvp((xs: readonly NumberWithGrad[]) => noted(f)(xs)[i]!)(at, unit)[1])),
  'createGraph, then backward': (f, at) =>
    at.map((_, i) => {
      const xs = leaves(f, at)
      const slope = xs[i]!.trackedGrad!
      for (const x of xs) x.clearGrad()
      slope.backward()
      return xs.map(x => x.grad ?? 0)
    }),
}

const plusZero = (xs: readonly number[]) => xs.map(x => x + 0)

test.each(Object.entries(firsts))('%s: the first derivative is the convention', (_way, gradient) => {
  for (const [text, f, at, expected] of rows) expect([text, plusZero(gradient(f, at))]).toEqual([text, expected])
})

test.each(Object.entries(seconds))('%s: the second derivative is NaN unless it exists', (_way, matrix) => {
  for (const [text, f, at, , expected] of rows) expect([text, matrix(f, at).map(plusZero)]).toEqual([text, expected])
})

describe('x ** y to the third order', () => {
  const derivative = (order: string, at: readonly number[]) => {
    const g = [...order].reduce<Of>(
      (f, by) => xs => noted(f)(xs)['xy'.indexOf(by)]!,
      ([x, y]) => x!.pow(y!),
    )
    return valueAndGrad((xs: readonly NumberWithGrad[]) => g(xs))(at)[0] + 0
  }
  /** Of xʸ for x > 0, by Leibniz' rule: the i-th derivative by x of the j-th by y. */
  const truths: Record<string, (x: number, y: number, l: number) => number> = {
    xxx: (x, y) => y * (y - 1) * (y - 2) * x ** (y - 3),
    xxy: (x, y, l) => x ** (y - 2) * (2 * y - 1 + y * (y - 1) * l),
    xyy: (x, y, l) => x ** (y - 1) * (2 * l + y * l * l),
    yyy: (x, y, l) => x ** y * l ** 3,
  }
  const orders = ['xxx', 'xxy', 'xyx', 'yxx', 'xyy', 'yxy', 'yyx', 'yyy']

  test.each([
    [2, 0],
    [2, 1],
    [3, 2],
    [0.5, 0],
    [0.25, -1.5],
    [1, 0],
  ])('at %d, %d does not depend on the order of derivation', (x, y) => {
    for (const order of orders) {
      const truth = truths[[...order].sort().join('')]!(x, y, Math.log(x))
      expect([order, derivative(order, [x, y])]).toEqual([order, expect.closeTo(truth + 0, 12)])
    }
  })

  test('at x = 0 it is the limit, or NaN', () => {
    const found = (y: number) => orders.map(order => derivative(order, [0, y]))
    expect(found(3)).toEqual([6, 0, 0, 0, 0, 0, 0, 0])
    expect(found(2)).toEqual([0, nan, nan, nan, 0, 0, 0, 0])
    expect(found(1)).toEqual([0, nan, nan, nan, nan, nan, nan, 0])
    expect(found(0)).toEqual([0, nan, nan, nan, nan, nan, nan, nan])
  })
})
