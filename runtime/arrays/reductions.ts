/**
 * Functions of a whole array: sums, products and their stable relatives, each recorded as one node with all its inputs.
 * It must not know how gradients flow. The points where a convention holds are in reduction-points.ts.
 */

import type { ManyRule } from '../engine/node.ts'
import { tape } from '../engine/tape.ts'
import { variadic } from '../generated/core/variadic.ts'
import { applyMany } from '../number/custom-rule.ts'
import { type NumberWithGrad, type Numeric, requireTracked } from '../number/number-with-grad.ts'

function requireArray(xs: unknown, where: string): void {
  if (!Array.isArray(xs)) throw new TypeError(`${where}: expected an array of numbers; got ${typeof xs}`)
}

/** @param nothing the result of no numbers, which docs/decisions/0029 says why it is not returned. */
function requireTerms(xs: readonly Numeric[], where: string, nothing?: number): void {
  requireArray(xs, where)
  if (xs.length > 0) return
  const advice =
    nothing === undefined
      ? ', of which there is none'
      : `. Its result is ${nothing}, plain or tracked by a static type that is not known here: write \`xs.length > 0 ? ${where}(…) : ${nothing}\``
  throw new RangeError(`${where}: expected at least one number; got an empty array${advice}`)
}

const NO_MORE: readonly Numeric[] = []

/** One node for `rule` inside of a derivative of plain numbers, where nothing unusual is among the operands. */
function fused(rule: ManyRule, xs: readonly Numeric[], more: readonly Numeric[]): NumberWithGrad | null {
  return tape.life === null || rule.fuse === undefined ? null : (tape.fuse!(rule, xs, more) as NumberWithGrad | null)
}

/** One node for `rule`, or a plain number; the copy is the node's own, so that the caller may change his array. */
function reduced(rule: ManyRule, xs: readonly Numeric[]): Numeric {
  requireArray(xs, rule.name)
  return fused(rule, xs, NO_MORE) ?? applyMany(rule, xs.slice())
}

function total(xs: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += xs[i]!
  return sum
}

// reduce, since Math.max(...xs) overflows the stack at some 100,000 arguments
const greatest = (xs: readonly number[]) => xs.reduce((a, b) => Math.max(a, b), -Infinity)
const times = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.mul(b) : typeof b !== 'number' ? b.rmul(a) : a * b

const SUM: ManyRule = {
  name: 'sum',
  value: total,
  fuse(xs, count, partials) {
    let sum = 0
    for (let i = 0; i < count; i++) {
      sum += xs[i]!
      partials[i] = 1
    }
    return sum
  },
  partials: xs => xs.map(() => 1),
  trackedPartials: xs => xs.map(() => 1),
  partialTangents: null,
}

const MEAN: ManyRule = {
  name: 'mean',
  value: xs => total(xs) / xs.length,
  fuse(xs, count, partials) {
    let sum = 0
    for (let i = 0; i < count; i++) {
      sum += xs[i]!
      partials[i] = 1 / count
    }
    return sum / count
  },
  partials: xs => xs.map(() => 1 / xs.length),
  trackedPartials: xs => xs.map(() => 1 / xs.length),
  partialTangents: null,
}

/** The product of all others, for each place: what stands before it times what stands behind it, never p / xᵢ. */
function productsOfOthers<T>(xs: readonly T[], one: T, product: (a: T, b: T) => T): T[] {
  const products: T[] = []
  let before = one
  for (const x of xs) {
    products.push(before)
    before = product(before, x)
  }
  let behind = one
  for (let i = xs.length - 1; i >= 0; i--) {
    products[i] = product(products[i]!, behind)
    behind = product(xs[i]!, behind)
  }
  return products
}

const PROD: ManyRule = {
  name: 'prod',
  value: xs => xs.reduce((a, b) => a * b, 1),
  partials: xs => productsOfOthers(xs, 1, (a, b) => a * b),
  trackedPartials: xs => productsOfOthers(xs as readonly Numeric[], 1, times),
  partialTangents(xs, tangents) {
    const moving = xs.map((x, i) => ({ value: x, tangent: tangents[i]! }))
    return productsOfOthers(moving, { value: 1, tangent: 0 }, (a, b) => ({
      value: a.value * b.value,
      tangent: a.tangent * b.value + a.value * b.tangent,
    })).map(({ tangent }) => tangent)
  },
}

/** Operands are all of one vector, then all of the other. */
const DOT: ManyRule = {
  name: 'dot',
  value(xs) {
    const n = xs.length / 2
    let product = 0
    for (let i = 0; i < n; i++) product += xs[i]! * xs[n + i]!
    return product
  },
  fuse(xs, count, partials) {
    const n = count / 2
    let product = 0
    for (let i = 0; i < n; i++) {
      product += xs[i]! * xs[n + i]!
      partials[i] = xs[n + i]!
      partials[n + i] = xs[i]!
    }
    return product
  },
  partials: xs => halvesSwapped(xs),
  trackedPartials: xs => halvesSwapped(xs),
  partialTangents: (_xs, tangents) => halvesSwapped(tangents),
}

function halvesSwapped<T>(xs: readonly T[]): T[] {
  return xs.slice(xs.length / 2).concat(xs.slice(0, xs.length / 2))
}

const NORM: ManyRule = {
  ...variadic.hypot,
  name: 'norm',
  value(xs) {
    const scale = greatest([0, ...xs.map(Math.abs)])
    if (scale === 0 || !Number.isFinite(scale)) return scale
    // x / scale is at most 1: no square overflows, and only squares that do not count underflow
    return scale * Math.sqrt(total(xs.map(x => (x / scale) ** 2)))
  },
  fuse(xs, count, partials) {
    let scale = 0
    for (let i = 0; i < count; i++) scale = Math.max(scale, Math.abs(xs[i]!))
    let squares = 0
    for (let i = 0; i < count; i++) squares += (xs[i]! / scale) ** 2
    const norm = scale === 0 || !Number.isFinite(scale) ? scale : scale * Math.sqrt(squares)
    for (let i = 0; i < count; i++) partials[i] = norm === 0 ? 0 : xs[i]! / norm
    return norm
  },
}

const LOG_SUM_EXP: ManyRule = {
  name: 'logSumExp',
  value(xs) {
    const shift = greatest(xs)
    if (!Number.isFinite(shift)) return shift
    const top = xs.indexOf(shift)
    // the greatest term is exp(0) = 1, which log1p adds without rounding
    return shift + Math.log1p(total(xs.map((x, i) => (i === top ? 0 : Math.exp(x - shift)))))
  },
  fuse(xs, count, partials) {
    let shift = -Infinity
    for (let i = 0; i < count; i++) shift = Math.max(shift, xs[i]!)
    let sum = 0
    let others = 0
    for (let i = 0, isAfterTop = false; i < count; i++) {
      const e = Math.exp(xs[i]! - shift)
      partials[i] = e
      sum += e
      if (isAfterTop || xs[i] !== shift) others += e
      else isAfterTop = true
    }
    for (let i = 0; i < count; i++) partials[i]! /= sum
    return Number.isFinite(shift) ? shift + Math.log1p(others) : shift
  },
  partials: plainSoftmax,
  trackedPartials: xs => softmax(xs as readonly Numeric[]),
  partialTangents: (xs, tangents, _y, ofValue) => plainSoftmax(xs).map((share, i) => share * (tangents[i]! - ofValue)),
}

function plainSoftmax(xs: readonly number[]): number[] {
  const shift = greatest(xs)
  const exponentials = xs.map(x => Math.exp(x - shift))
  const sumOfThem = total(exponentials)
  return exponentials.map(e => e / sumOfThem)
}

/**
 * Σ xᵢ, added from left to right.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: PyTorch's `sum`.
 * @example sum([1, 2, 3]) // 6
 */
export function sum(xs: readonly number[]): number
export function sum(xs: readonly NumberWithGrad[]): NumberWithGrad
export function sum(xs: readonly Numeric[]): Numeric
export function sum(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'sum', 0)
  return reduced(SUM, xs)
}

/**
 * Σ xᵢ / n.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: PyTorch's `mean`.
 * @example mean([1, 2, 6]) // 3
 */
export function mean(xs: readonly number[]): number
export function mean(xs: readonly NumberWithGrad[]): NumberWithGrad
export function mean(xs: readonly Numeric[]): Numeric
export function mean(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'mean')
  return reduced(MEAN, xs)
}

/**
 * Π xᵢ, with right derivatives where factors are 0.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: PyTorch's `prod`; the derivatives are prefix times suffix products.
 * @example prod([2, 3, 4]) // 24
 */
export function prod(xs: readonly number[]): number
export function prod(xs: readonly NumberWithGrad[]): NumberWithGrad
export function prod(xs: readonly Numeric[]): Numeric
export function prod(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'prod', 1)
  return reduced(PROD, xs)
}

/**
 * Σ uᵢ vᵢ, added from left to right.
 *
 * @throws RangeError of empty arrays, or when the lengths differ; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: PyTorch's `dot`.
 * @example dot([1, 2], [3, 4]) // 11
 */
export function dot(u: readonly number[], v: readonly number[]): number
export function dot(u: readonly NumberWithGrad[], v: readonly Numeric[]): NumberWithGrad
export function dot(u: readonly Numeric[], v: readonly NumberWithGrad[]): NumberWithGrad
export function dot(u: readonly Numeric[], v: readonly Numeric[]): Numeric
export function dot(u: readonly Numeric[], v: readonly Numeric[]): Numeric {
  requireTerms(u, 'dot', 0)
  requireArray(v, 'dot')
  if (u.length !== v.length)
    throw new RangeError(`dot: the vectors must have the same length; got ${u.length} and ${v.length}`)
  return fused(DOT, u, v) ?? applyMany(DOT, u.concat(v))
}

/**
 * √(Σ xᵢ²), without overflow or underflow of the squares. Its derivative at the origin is 0, a subgradient.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: Blue, "A portable Fortran program to find the Euclidean norm of a vector", 1978; PyTorch's `norm`.
 * @example norm([3, 4]) // 5
 */
export function norm(xs: readonly number[]): number
export function norm(xs: readonly NumberWithGrad[]): NumberWithGrad
export function norm(xs: readonly Numeric[]): Numeric
export function norm(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'norm', 0)
  return reduced(NORM, xs)
}

/**
 * log Σ exp(xᵢ), stable for any finite x: shifts by max x, so that the largest exponent is 0.
 *
 * Never below max x. Its gradient is softmax(x), which sums to 1; NaN where all x are -Infinity or one is Infinity.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node. Source: Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions", 2021.
 * @example logSumExp([1000, 1000]) // 1000.6931471805599
 */
export function logSumExp(xs: readonly number[]): number
export function logSumExp(xs: readonly NumberWithGrad[]): NumberWithGrad
export function logSumExp(xs: readonly Numeric[]): Numeric
export function logSumExp(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'logSumExp', -Infinity)
  return reduced(LOG_SUM_EXP, xs)
}

/**
 * exp(xᵢ) / Σ exp(xⱼ) for each i: positive numbers that sum to 1. Stable as logSumExp; `[]` of an empty array.
 * Where any x is tracked, all results are. For the logarithm of one of them take `x[i] - logSumExp(x)`.
 *
 * @throws TypeError for what is not an array of numbers or tracked numbers.
 * Cost: three nodes a term, and one. Source: Blanchard, Higham & Higham 2021, as for logSumExp.
 * @example softmax([1000, 1000]) // [0.5, 0.5]
 */
export function softmax(xs: readonly number[]): number[]
export function softmax(xs: readonly NumberWithGrad[]): NumberWithGrad[]
export function softmax(xs: readonly Numeric[]): Numeric[]
export function softmax(xs: readonly Numeric[]): Numeric[] {
  requireArray(xs, 'softmax')
  if (xs.every(x => typeof x === 'number')) return plainSoftmax(xs)
  // The shift is a plain number: softmax does not depend on it, so neither does any derivative.
  let shift = -Infinity
  for (const x of xs) {
    shift = Math.max(shift, typeof x === 'number' ? x : requireTracked(x, 'softmax').num)
  }
  // and where no exponential comes near to overflow, nor nearer to underflow than shifted, there is nothing to shift
  const by = shift >= 0 && shift < 600 ? 0 : shift
  const exponentials: Numeric[] = []
  for (const x of xs) {
    if (typeof x === 'number') exponentials.push(Math.exp(x - by))
    else exponentials.push(by === 0 ? x.exp() : x.sub(by).exp())
  }
  const sumOfThem = sum(exponentials) as NumberWithGrad
  return exponentials.map(e => (typeof e === 'number' ? sumOfThem.rdiv(e) : e.div(sumOfThem)))
}
