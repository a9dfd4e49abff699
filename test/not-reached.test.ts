/**
 * "Not reached" is a state and not the number 0: what a result does not depend on contributes nothing, whatever is computed there,
 * and a derivative of 0 that arrives is a number, which times Infinity is NaN. In every way to a gradient.
 */
import { expect, test } from 'vitest'
import {
  detach,
  grad,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  noGrad,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'
import { findAnomaly } from '../runtime/inspect.ts'

type Of = (xs: readonly NumberWithGrad[]) => Numeric
type Row = readonly [text: string, f: Of, at: readonly number[], gradient: readonly number[]]

const inf = Number.POSITIVE_INFINITY
const { NaN: nan } = Number
const running = (xs: readonly NumberWithGrad[]) => xs.map(x => x.sqrt()).reduce((a, b) => a.max(b))
const one =
  (f: (x: NumberWithGrad) => Numeric): Of =>
  xs =>
    f(xs[0]!)

/** The result does not depend on what would spoil it: the derivative is the true one. */
const notReached: readonly Row[] = [
  ['x.map(v => sqrt(v))[0]', xs => xs.map(x => x.sqrt())[0]!, [1, 0], [0.5, 0]],
  ['a running maximum over square roots', running, [4, 0], [0.25, 0]],
  ['the same, the other way round', running, [0, 4], [0, 0.25]],
  ['min(1 / x, y)', ([x, y]) => x!.rdiv(1).min(y!), [0, 3], [0, 1]],
  ['max(x, 0) below 0, under a root', one(x => x.max(0).sqrt()), [-1], [0]],
  ['floor(sqrt(x)) + y', ([x, y]) => x!.sqrt().floor().add(y!), [0, 1], [0, 1]],
  ['round(1 / x) is not a number of x', ([x, y]) => x!.rdiv(1).sign().add(y!), [0, 1], [0, 1]],
  ['detach(sqrt(x)) * x', one(x => detach(x.sqrt()).mul(x)), [0], [0]],
  ['noGrad(() => sqrt(x)) + x', one(x => noGrad(() => x.sqrt()).add(x)), [0], [1]],
  ['sqrt(x) > 1 ? sqrt(x) : x', one(x => (x.sqrt().gt(1) ? x.sqrt() : x)), [0], [1]],
  ['x ** 2 beside log(x), unused', one(x => (x.log(), x.pow(2))), [0], [0]],
]

/** A zero meets an infinite derivative; the last number is the true derivative, which NaN stands for. */
const arrived: readonly (readonly [...Row, truth: number])[] = [
  ['sqrt(x) ** 2', one(x => x.sqrt().pow(2)), [0], [nan], 1],
  ['sqrt(x) * sqrt(x)', one(x => x.sqrt().mul(x.sqrt())), [0], [nan], 1],
  ['5 - sqrt(x) ** 2', one(x => x.sqrt().pow(2).rsub(5)), [0], [nan], -1],
  ['cbrt(x) ** 3', one(x => x.cbrt().pow(3)), [0], [nan], 1],
  ['1 / (1 / x)', one(x => x.rdiv(1).rdiv(1)), [0], [nan], 1],
  ['cos(3 * acos(x))', one(x => x.acos().rmul(3).cos()), [1], [nan], 9],
  ['acos(x) ** 2', one(x => x.acos().pow(2)), [1], [nan], -2],
  ['abs(sqrt(x))', one(x => x.sqrt().abs()), [0], [nan], inf],
  ['sqrt(x) * 0', one(x => x.sqrt().mul(0)), [0], [nan], 0],
  ['sqrt(x) * -0', one(x => x.sqrt().mul(-0)), [0], [nan], 0],
  ['-(sqrt(x) ** 2)', one(x => x.sqrt().pow(2).neg()), [0], [nan], -1],
  ['exp(-1 / x ** 2)', one(x => x.pow(2).rdiv(-1).exp()), [0], [nan], 0],
  ['sqrt(x) - sqrt(x)', one(x => x.sqrt().sub(x.sqrt())), [0], [nan], 0],
]

const leafGradients = (f: Of, at: readonly number[], createGraph: boolean) => {
  const leaves = at.map(x => new NumberWithGrad(x))
  const y = f(leaves)
  if (typeof y !== 'number') y.backward({ createGraph })
  return leaves
}
const units = (at: readonly number[]) => at.map((_, i) => at.map((_x, k) => +(k === i)))
const inner = (f: Of, xs: readonly NumberWithGrad[]) => (grad(f) as (xs: readonly NumberWithGrad[]) => Numeric[])(xs)

const ways: Record<string, (f: Of, at: readonly number[]) => readonly number[]> = {
  'backward()': (f, at) => leafGradients(f, at, false).map(leaf => leaf.grad ?? 0),
  'backward({ createGraph })': (f, at) => leafGradients(f, at, true).map(leaf => leaf.grad ?? 0),
  trackedGrad: (f, at) => leafGradients(f, at, true).map(leaf => leaf.trackedGrad?.num ?? 0),
  grad: (f, at) => grad(f)(at),
  valueAndGrad: (f, at) => valueAndGrad(f)(at)[1],
  'grad in grad': (f, at) => at.map((_, i) => valueAndGrad((xs: readonly NumberWithGrad[]) => inner(f, xs)[i]!)(at)[0]),
  vjp: (f, at) => vjp(f)(at, 1)[1],
  jvp: (f, at) => units(at).map(direction => jvp(f)(at, direction)[1]),
  'jacobian by rows': (f, at) => jacobian(xs => [f(xs)])([...at])[0]!,
  'jacobian by columns': (f, at) => jacobian(xs => Array.from({ length: 3 }, () => f(xs)))([...at])[2]!,
}

test.each(Object.entries(ways))('%s: what is not reached has the derivative 0', (_way, gradient) => {
  for (const [text, f, at, expected] of notReached)
    expect([text, gradient(f, at).map(x => x + 0)]).toEqual([text, expected])
})

test.each(Object.entries(ways))('%s: a zero that arrives is a number', (_way, gradient) => {
  for (const [text, f, at, expected, truth] of arrived)
    expect([text, truth, gradient(f, at)]).toEqual([text, truth, expected])
})

test('findAnomaly names the operation at which a zero met an infinite derivative', () => {
  const x = new NumberWithGrad(0)
  const y = x.sqrt().pow(2).rsub(5)
  y.backward()
  expect(findAnomaly(y, { names: { x } })?.message).toBe('`sqrt` of x = 0 propagated the gradient NaN to x = 0')
})

test('findAnomaly does not suspect an operation that is not reached', () => {
  const x = new NumberWithGrad(0)
  const root = x.sqrt()
  const z = root.pow(2).add(x.cbrt().min(-5))
  z.backward()
  expect(x.grad).toBe(NaN)
  expect(findAnomaly(z)?.node).toBe(root)
})

test('a gradient that is read is never -0, and a second backward starts anew', () => {
  const x = new NumberWithGrad(2)
  const square = x.mul(x)
  const y = square.max(9)
  y.backward()
  expect([x.grad, square.grad]).toEqual([0, 0])
  square.backward()
  expect([x.grad, square.grad]).toEqual([4, 1])
})
