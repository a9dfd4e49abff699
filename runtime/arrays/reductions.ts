/**
 * Functions of a whole array: sums, products and their stable relatives, each recorded as one node with all its inputs.
 * It must not know how gradients flow. The points where a convention holds are in reduction-points.ts.
 */

import { type FusedRule, unexpected } from '../engine/node.ts'
import { fusedRule, operandValues } from '../engine/operand-values.ts'
import { tape } from '../engine/tape.ts'
import { variadic } from '../generated/core/variadic.ts'
import { applyFused, readValues } from '../number/custom-rule.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'

function requireArray(xs: unknown, where: string): void {
  if (!Array.isArray(xs)) throw unexpected(where, 'an array of numbers', xs)
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

/** One node for `rule` at `xs` and then `more`, or a plain number. */
function reduced(rule: FusedRule, xs: readonly Numeric[], more: readonly Numeric[] = NO_MORE): Numeric {
  return (tape.life && (tape.fuse!(rule, xs, more) as NumberWithGrad | null)) ?? applyFused(rule, xs, more)
}

const times = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.mul(b) : typeof b !== 'number' ? b.rmul(a) : a * b

/** The sum, divided by what `divisor` says of the number of terms. */
function summing(name: string, divisor: (count: number) => number): FusedRule {
  return fusedRule(
    name,
    (xs, count, partials, first) => {
      const by = divisor(count)
      let sum = -0 // so that the sum of two is a + b
      for (let i = 0; i < count; i++) {
        sum += xs[i]!
        partials[first + i] = 1 / by
      }
      return sum / by
    },
    { trackedPartials: xs => xs.map(() => 1 / divisor(xs.length)), partialTangents: null },
  )
}

const SUM = /* @__PURE__ */ summing('sum', () => 1)
const MEAN = /* @__PURE__ */ summing('mean', count => count)

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

const PROD = /* @__PURE__ */ fusedRule(
  'prod',
  (xs, count, partials, first) => {
    const own = Array.from(xs.subarray(0, count))
    partials.set(
      productsOfOthers(own, 1, (a, b) => a * b),
      first,
    )
    return own.reduce((a, b) => a * b, 1)
  },
  {
    trackedPartials: xs => productsOfOthers(xs as readonly Numeric[], 1, times),
    partialTangents(xs, tangents) {
      const moving = xs.map((x, i) => ({ value: x, tangent: tangents[i]! }))
      return productsOfOthers(moving, { value: 1, tangent: 0 }, (a, b) => ({
        value: a.value * b.value,
        tangent: a.tangent * b.value + a.value * b.tangent,
      })).map(({ tangent }) => tangent)
    },
  },
)

function halvesSwapped<T>(xs: readonly T[]): T[] {
  return xs.slice(xs.length / 2).concat(xs.slice(0, xs.length / 2))
}

/** Operands are all of one vector, then all of the other. */
const DOT = /* @__PURE__ */ fusedRule(
  'dot',
  (xs, count, partials, first) => {
    const n = count / 2
    let product = 0
    for (let i = 0; i < n; i++) {
      product += xs[i]! * xs[n + i]!
      partials[first + i] = xs[n + i]!
      partials[first + n + i] = xs[i]!
    }
    return product
  },
  { trackedPartials: xs => halvesSwapped(xs), partialTangents: (_xs, tangents) => halvesSwapped(tangents) },
)

const NORM = /* @__PURE__ */ fusedRule(
  'norm',
  (xs, count, partials, first) => {
    let scale = 0
    for (let i = 0; i < count; i++) scale = Math.max(scale, Math.abs(xs[i]!))
    let squares = 0
    // x / scale is at most 1: no square overflows, and only squares that do not count underflow
    for (let i = 0; i < count; i++) squares += (xs[i]! / scale) ** 2
    const norm = scale === 0 || !Number.isFinite(scale) ? scale : scale * Math.sqrt(squares)
    for (let i = 0; i < count; i++) partials[first + i] = norm === 0 ? 0 : xs[i]! / norm
    return norm
  },
  variadic.hypot,
)

const LOG_SUM_EXP = /* @__PURE__ */ fusedRule(
  'logSumExp',
  (xs, count, partials, first) => {
    let shift = -Infinity
    for (let i = 0; i < count; i++) shift = Math.max(shift, xs[i]!)
    let sum = 0
    let others = 0
    for (let i = 0, isAfterTop = false; i < count; i++) {
      const e = Math.exp(xs[i]! - shift)
      partials[first + i] = e
      sum += e
      if (isAfterTop || xs[i] !== shift) others += e
      else isAfterTop = true
    }
    for (let i = 0; i < count; i++) partials[first + i]! /= sum
    // the greatest term is exp(0) = 1, which log1p adds without rounding
    return Number.isFinite(shift) ? shift + Math.log1p(others) : shift
  },
  {
    trackedPartials: xs => softmax(xs as readonly Numeric[]),
    partialTangents: (xs, tangents, _y, ofValue) =>
      plainSoftmax(xs).map((share, i) => share * (tangents[i]! - ofValue)),
  },
)

function plainSoftmax(xs: readonly number[]): number[] {
  const shift = xs.reduce((a, b) => Math.max(a, b), -Infinity) // Math.max(...xs) overflows the stack at some 100,000
  const exponentials = xs.map(x => Math.exp(x - shift))
  const sumOfThem = exponentials.reduce((a, b) => a + b, 0)
  return exponentials.map(e => e / sumOfThem)
}

/**
 * Σ xᵢ, added from left to right.
 *
 * @throws RangeError of an empty array; TypeError for what is not an array of numbers or tracked numbers.
 * Cost: one node, `add` for two tracked numbers. Source: PyTorch's `sum`.
 * @example sum([1, 2, 3]) // 6
 */
export function sum(xs: readonly number[]): number
export function sum(xs: readonly NumberWithGrad[]): NumberWithGrad
export function sum(xs: readonly Numeric[]): Numeric
export function sum(xs: readonly Numeric[]): Numeric {
  requireTerms(xs, 'sum', 0)
  if (xs.length === 2) {
    const [a, b] = [xs.at(0), xs.at(1)]
    if (a instanceof NumberWithGrad && b instanceof NumberWithGrad) return a.add(b)
  }
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
  return reduced(DOT, u, v)
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
  const n = xs.length
  if (readValues(xs, 0, 'softmax') === 0) return plainSoftmax(xs as readonly number[])
  // The shift is a plain number: softmax does not depend on it, so neither does any derivative.
  let shift = -Infinity
  for (let i = 0; i < n; i++) shift = Math.max(shift, operandValues.values[i]!)
  // and where no exponential comes near to overflow, nor nearer to underflow than shifted, there is nothing to shift
  const by = shift >= 0 && shift < 600 ? 0 : shift
  const terms = xs.slice() // exponentials, and then their shares
  for (let i = 0; i < n; i++) {
    const x = terms[i]!
    terms[i] = typeof x === 'number' ? Math.exp(x - by) : by === 0 ? x.exp() : x.sub(by).exp()
  }
  const sumOfThem = reduced(SUM, terms) as NumberWithGrad
  for (let i = 0; i < n; i++) {
    const e = terms[i]!
    terms[i] = typeof e === 'number' ? sumOfThem.rdiv(e) : e.div(sumOfThem)
  }
  return terms
}
