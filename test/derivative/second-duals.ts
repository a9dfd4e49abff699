/** Dual numbers of second order, along one direction: the oracle of compiled second derivatives. It must not know tsgrad. */
import type { operations } from './dual-numbers.ts'

/** A value, its derivative along a direction, its gradient, and the derivative of the gradient along that direction. */
export interface SecondDual {
  readonly v: number
  readonly along: number
  readonly d: readonly number[]
  readonly turn: readonly number[]
}
export type SecondLike = number | SecondDual

/** The chain rule of second order, with first partials and the second partials by each pair of operands. */
function combined(
  v: number,
  operands: readonly SecondLike[],
  firsts: readonly number[],
  seconds: readonly (readonly number[])[],
): SecondLike {
  const some = operands.find(each => typeof each === 'object')
  if (some === undefined) return v
  const zeros = some.d.map(() => 0)
  const all = operands.map(each => (typeof each === 'object' ? each : { v: each, along: 0, d: zeros, turn: zeros }))
  const sum = (term: (i: number) => number) => all.reduce((total, _, i) => total + term(i), 0)
  return {
    v,
    along: sum(i => firsts[i]! * all[i]!.along),
    d: zeros.map((_, k) => sum(i => firsts[i]! * all[i]!.d[k]!)),
    turn: zeros.map((_, k) =>
      sum(i => firsts[i]! * all[i]!.turn[k]! + sum(j => seconds[i]![j]! * all[j]!.along) * all[i]!.d[k]!),
    ),
  }
}

const plainOf = (x: SecondLike) => (typeof x === 'object' ? x.v : x)
const one = (f: (x: number) => readonly [value: number, first: number, second: number]) => (x: SecondLike) => {
  const [value, first, second] = f(plainOf(x))
  return combined(value, [x], [first], [[second]])
}
type Two = readonly [value: number, firsts: readonly [number, number], seconds: readonly [number, number, number]]
const two = (f: (a: number, b: number) => Two) => (x: SecondLike, y: SecondLike) => {
  const [value, firsts, [aa, ab, bb]] = f(plainOf(x), plainOf(y))
  return combined(value, [x, y], firsts, [
    [aa, ab],
    [ab, bb],
  ])
}
const chosen = (isFirst: (a: number, b: number) => boolean) =>
  two((a, b) => {
    // a kink, where there is no second derivative
    if (a === b) return [a, [0.5, 0.5], [Number.NaN, Number.NaN, Number.NaN]]
    return isFirst(a, b) ? [a, [1, 0], [0, 0, 0]] : [b, [0, 1], [0, 0, 0]]
  })

/** The operations of random programs. */
export const secondOperations: Readonly<Record<keyof typeof operations, (...xs: never[]) => unknown>> = {
  val: plainOf,
  add: two((a, b) => [a + b, [1, 1], [0, 0, 0]]),
  sub: two((a, b) => [a - b, [1, -1], [0, 0, 0]]),
  mul: two((a, b) => [a * b, [b, a], [0, 1, 0]]),
  div: two((a, b) => [a / b, [1 / b, -a / b ** 2], [0, -1 / b ** 2, (2 * a) / b ** 3]]),
  mod: two((a, b) => [a % b, [1, -Math.trunc(a / b)], [0, 0, 0]]),
  neg: one(x => [-x, -1, 0]),
  sq: one(x => [x * x, 2 * x, 2]),
  cube: one(x => [x ** 3, 3 * x * x, 6 * x]),
  sin: one(x => [Math.sin(x), Math.cos(x), -Math.sin(x)]),
  tanh: one(x => [Math.tanh(x), 1 / Math.cosh(x) ** 2, (-2 * Math.tanh(x)) / Math.cosh(x) ** 2]),
  exp: one(x => [Math.exp(x), Math.exp(x), Math.exp(x)]),
  abs: one(x => [Math.abs(x), Math.sign(x), 0]),
  floor: one(x => [Math.floor(x), 0, 0]),
  max: chosen((a, b) => a > b),
  min: chosen((a, b) => a < b),
}
