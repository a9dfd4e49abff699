/** Primitives outside the table: value, gradient, name, operands, errors. */
import { expect, test } from 'vitest'
import { customRule, grad, hessian, NumberWithGrad } from '../runtime/index.ts'

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
  for (length of [1, 400_000, 1]) expect(f(3)).toBe(12 * 9)
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
