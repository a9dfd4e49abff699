/** Primitives outside the table: value, gradient, name, operands, errors. */
import { expect, test } from 'vitest'
import { tape } from '../runtime/engine/tape.ts'
import { customRule, detach, grad, hessian, hvp, NumberWithGrad, type Numeric, norm, sum } from '../runtime/index.ts'
import { hasPartialTangents } from '../runtime/sweep/curvature.ts'
import { recorded } from '../runtime/verbs/verbs.ts'

const area = customRule({ name: 'area', value: (w: number, h: number) => w * h, partials: (w, h) => [h, w] })
const total = customRule({
  name: 'total',
  value: (...xs: number[]) => xs.reduce((a, b) => a + b, 0),
  partials: (...xs) => xs.map(() => 1),
})

test('partials that derive something longer than all before, inside of a derivative', () => {
  let length = 1
  const chain = grad((y: NumberWithGrad) => {
    let z = y
    for (let i = 0; i < length; i++) z = z.mul(1)
    return z.mul(z)
  })
  const square = customRule({ name: 'square', value: (x: number) => x * x, partials: x => [chain(x)] })
  const f = grad((x: NumberWithGrad) => square(x.mul(2)).mul(x))
  for (length of [1, 100_000, 1]) expect(f(3)).toBe(12 * 9)
})

test('on plain numbers it is the value itself', () => {
  const y: number = area(2, 3)
  expect(y).toBe(6)
})

test('on tracked numbers it is one node with its name, its operands and its partials', () => {
  const [w, h] = [new NumberWithGrad(2), new NumberWithGrad(3)]
  const y: NumberWithGrad = area(w, h)
  expect([y.num, y.creation_op]).toEqual([6, 'area'])
  expect(y.depends_on).toEqual([w, h])
  y.mul(y).backward()
  expect([w.grad, h.grad, y.grad]).toEqual([36, 24, 12])
})

test('a plain number among the operands is a constant', () => {
  const w = new NumberWithGrad(2)
  const y = area(w, 3) as NumberWithGrad
  expect(y.depends_on.map(operand => operand.num)).toEqual([2, 3])
  y.backward()
  expect(w.grad).toBe(3)
})

test('one operand in several places gets all its shares', () => {
  const x = new NumberWithGrad(5)
  const y = total(x, x.mul(2), 1, x) as NumberWithGrad
  y.backward()
  expect(x.grad).toBe(4)
})

test('a chain of nodes of many operands has no depth limit', () => {
  const x = new NumberWithGrad(1)
  let y = x
  for (let i = 0; i < 100_000; i++) y = total(y, 1) as NumberWithGrad
  y.backward()
  expect([y.num, x.grad]).toEqual([100_001, 1])
})

test('values and partials that are no numbers are said with the name of the rule', () => {
  const rule = (value: unknown, partials: unknown, trackedPartials: unknown) =>
    customRule({
      name: 'odd',
      value: (() => value) as never,
      partials: (() => partials) as never,
      trackedPartials: (() => trackedPartials) as never,
    }) as (...xs: readonly unknown[]) => NumberWithGrad
  const x = new NumberWithGrad(3)
  const cases: readonly (readonly [unknown, unknown, unknown, string])[] = [
    [undefined, [1], [x], 'odd: the value must be a number; the rule gave undefined'],
    ['1', [1], [x], 'odd: the value must be a number; the rule gave a string'],
    [1, [undefined], [x], 'odd: each partial must be a number; the rule gave undefined'],
    [1, [null], [x], 'odd: each partial must be a number; the rule gave null'],
    [1, [x], [x], 'odd: each partial must be a number; the rule gave a NumberWithGrad'],
    [1, [1], [2], 'odd: each of the trackedPartials must be a tracked number; the rule gave a number. Compute it from'],
    [1, [1], [undefined], 'odd: each of the trackedPartials must be a tracked number; the rule gave undefined'],
    [1, undefined, [x], 'odd: partials must be an array; the rule gave undefined'],
    [1, 2, [x], 'odd: partials must be an array; the rule gave a number'],
    [1, [1], undefined, 'odd: partials must be an array; the rule gave undefined'],
    [1, [1], x, 'odd: partials must be an array; the rule gave a NumberWithGrad'],
  ]
  for (const [value, partials, trackedPartials, message] of cases) {
    const f = (a: NumberWithGrad) => rule(value, partials, trackedPartials)(a).mul(2)
    expect(() => {
      f(x).backward()
      f(x).backward({ createGraph: true })
    }).toThrow(message)
    expect(() => [grad(f)(3), hessian(([a]) => f(a!))([3])]).toThrow(message)
  }
})

test('what is wrong is said with the name of the rule', () => {
  expect(() => area('2' as never, new NumberWithGrad(1))).toThrow(
    new TypeError('area: expected a number or a NumberWithGrad; got a string'),
  )
  const short = customRule({ name: 'short', value: (a: number, b: number) => a + b, partials: () => [1] })
  expect(() => (short(new NumberWithGrad(1), 2) as NumberWithGrad).backward()).toThrow(
    new RangeError('short: the rule must return one partial per operand; got 1 for 2'),
  )
})

const product = customRule({
  name: 'product',
  value: (a: number, b: number) => a * b,
  partials: (a, b) => [b, a],
  trackedPartials: (a, b) => [b, a],
})
const cube = customRule({
  name: 'cube',
  value: (x: number) => x ** 3,
  partials: x => [3 * x * x],
  trackedPartials: x => [product(3, product(x, x))],
})
const halfDistance = customRule({
  name: 'half distance',
  value: (...xs: number[]) => Math.hypot(...xs) / 2,
  partials: (...xs) => xs.map(x => x / (2 * Math.hypot(...xs))),
  trackedPartials: (...xs) => xs.map(x => div(x, (norm(xs) as NumberWithGrad).mul(2))),
})
const div = (x: Numeric, by: NumberWithGrad) => (typeof x === 'number' ? by.rdiv(x) : x.div(by))
type OfTwo = (x: NumberWithGrad, y: NumberWithGrad) => NumberWithGrad

test.each<[string, OfTwo, OfTwo]>([
  ['product(x, y)', (x, y) => product(x, y), (x, y) => x.mul(y)],
  ['product of one operand twice', (x, y) => product(x, x).mul(y), (x, y) => x.mul(x).mul(y)],
  [
    'product with a constant',
    (x, y) => (product(2, x) as NumberWithGrad).sin().mul(y),
    (x, y) => x.mul(2).sin().mul(y),
  ],
  ['a rule whose partials are rules', (x, y) => cube(x.mul(y)), (x, y) => x.mul(y).pow(3)],
  ['a rule of rules', (x, y) => cube(product(x, y).exp()), (x, y) => x.mul(y).exp().pow(3)],
  [
    'three operands, one constant',
    (x, y) => halfDistance(x, 2, y.sin()) as NumberWithGrad,
    (x, y) => norm([x, new NumberWithGrad(2), y.sin()]).div(2),
  ],
  ['sums beside them', (x, y) => sum([cube(x), product(x, y), y.exp()]), (x, y) => x.pow(3).add(x.mul(y)).add(y.exp())],
])('second derivatives of %s are swept over slots, and right', (_name, ofRule, plain) => {
  const [f, g] = [ofRule, plain].map(
    each =>
      ([x, y]: readonly NumberWithGrad[]) =>
        each(x!, y!),
  )
  const at = [0.7, 1.3]
  const found = [...hessian(f!)(at), hvp(f!)(at, [0.3, -2]), hvp(f!)(at, [0, 1])].flat()
  const expected = [...hessian(g!)(at), hvp(g!)(at, [0.3, -2]), hvp(g!)(at, [0, 1])].flat()
  for (const [i, each] of expected.entries()) expect(found[i]!).toBeCloseTo(each, 12)
  const onSlots = recorded(f as never, [at], 'hvp', ({ start }) => hasPartialTangents(start, tape.top))
  expect(onSlots).toBe(true)
})

test('a partial that captures a number of the call moves with it', () => {
  const f = ([x, w]: NumberWithGrad[]) => {
    const scaled = customRule({
      name: 'scaled',
      value: (a: number) => a * a * w!.num,
      partials: a => [2 * a * w!.num],
      trackedPartials: a => [w!.mul(a).mul(2)],
    })
    return scaled(x!)
  }
  expect(hvp(f)([3, 5], [1, 0])).toEqual([10, 0])
  expect(hvp(f)([3, 5], [0, 1])).toEqual([6, 0])
})

test('where a value is NaN, or a partial infinite, nothing plausible comes out', () => {
  const root = customRule({
    name: 'root',
    value: (x: number) => Math.sqrt(x),
    partials: x => [0.5 / Math.sqrt(x)],
    trackedPartials: x => [(x as NumberWithGrad).sqrt().rdiv(0.5)],
  })
  const f = ([x, y]: NumberWithGrad[]) => root(x!).mul(y!)
  expect(hvp(f)([-1, 2], [1, 0])[0]).toBeNaN()
  expect(hvp(f)([0, 2], [1, 0]).map(Number.isFinite)).toEqual([false, false])
  expect(hvp(f)([4, 2], [1, 0])).toEqual([-1 / 16, 0.25])
})

/** The partial of cube, and of a product with the operand, each written so that it has lost what it depends on. */
const lost: readonly (readonly [string, (x: NumberWithGrad, y: NumberWithGrad) => readonly NumberWithGrad[]])[] = [
  ['a leaf of the operand', x => [new NumberWithGrad(3 * x.num ** 2), new NumberWithGrad(0)]],
  ['a leaf inside of a product', x => [x.mul(new NumberWithGrad(3 * x.num)), new NumberWithGrad(0)]],
  ['a plain factor', x => [x.mul(3 * x.num), new NumberWithGrad(0)]],
  ['a leaf inside of a function', x => [new NumberWithGrad(x.num).pow(2).mul(3), new NumberWithGrad(0)]],
  ['the other operand', (x, y) => [x.mul(x).mul(3), new NumberWithGrad(y.num)]],
]

test.each(lost)('partials that have lost what they depend on throw: %s', (_, trackedPartials) => {
  const rule = customRule({
    name: 'lost',
    value: (x: number, _y: number) => x ** 3,
    partials: x => [3 * x * x, 0],
    trackedPartials: trackedPartials as never,
  })
  const f = ([x, y]: NumberWithGrad[]) => rule(x!, y!).mul(x!)
  const message = /^lost: a number in the trackedPartials changes with the operands.*detach\(x\)/
  expect(grad(f)([2, 5])).toEqual([32, 0])
  for (const x of [2, 0, -1]) {
    expect(() => hessian(f)([x, 5])).toThrow(message)
    expect(() => hvp(f)([x, 5], [1, 1])).toThrow(message)
  }
  expect(() => grad((v: NumberWithGrad) => grad((w: NumberWithGrad) => rule(w, v))(v))(2)).toThrow(message)
  const x = new NumberWithGrad(2)
  expect(() => rule(x, x.mul(2)).backward({ createGraph: true })).toThrow(message)
})

test('partials may have constants, steps, and numbers that are meant to be constants', () => {
  const outer = new NumberWithGrad(0.5)
  const rule = (trackedPartials: (x: NumberWithGrad, k: number) => readonly Numeric[]) =>
    customRule({
      name: 'kept',
      value: (x: number, k: number) => Math.abs(x) * x * k,
      partials: (x, k) => [2 * Math.abs(x) * k, Math.abs(x) * x],
      trackedPartials: trackedPartials as never,
    })
  const kept = [
    rule((x, k) => [x.mul(2 * Math.sign(x.num) * k), x.mul(x)]),
    rule((x, k) => [x.mul(new NumberWithGrad(x.num > 0 ? 2 : -2)).mul(k), 0]),
    rule((x, k) => [x.mul(2 * k).mul(x.sign()), x.mul(detach(outer))]),
    // the exponents' shift has no influence
    rule((x, k) => {
      const shift = detach(x)
      return [
        x
          .sub(shift)
          .exp()
          .mul(shift.exp())
          .log()
          .abs()
          .mul(2 * k),
        x,
      ]
    }),
  ]
  for (const each of kept) {
    const f = (x: NumberWithGrad) => each(x, 3)
    for (const [x, slope] of [
      [2, 6],
      [-2, -6],
    ] as const)
      expect(hessian(f)(x)).toBeCloseTo(slope, 12)
  }
  expect(hessian((x: NumberWithGrad) => kept[0]!(x, 3))(0)).toBe(0)
})
