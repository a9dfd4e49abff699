/**
 * The gamma function's logarithm, its derivatives and the beta function on plain numbers. It must not know what a rule is.
 * The two polynomials are interpolations in Chebyshev points of values by mpmath at 50 digits, to 1e-16.
 */
import { polynomial } from './polynomial.ts'

// biome-ignore-start format: tables
/** log Γ(2 + d) / d for |d| ≤ 1/2. */
const LOG_GAMMA_AT_TWO = [
  0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
  0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-5,
  -4.4923727564247656e-5, 2.050601970174762e-5, -9.45628851510172e-6, 4.3828545383846665e-6, -1.9743106888421067e-6,
  9.242852225162277e-7, -5.811277768921246e-7, 2.7475390051909663e-7,
]
/** ψ(1.5 + t) / (1.5 + t - DIGAMMA_ZERO) for |t| ≤ 1/2. */
const DIGAMMA_AT_ZERO = [
  0.951055876031833, -0.4236274212814605, 0.2405424842407742, -0.14840492305390884, 0.09498872445494122,
  -0.061922133273064534, 0.04076083381242074, -0.02697579675613825, 0.0179072524394512, -0.011908218001568644,
  0.007926944646403797, -0.005279964873257405, 0.003519006401502276, -0.002345267632540769, 0.0015566317474486838,
  -0.0010376374098418604, 0.0007233266279287554, -0.0004821990530566789, 0.0002272331660987376, -0.00015148586836773365,
  0.00025968482126430747, -0.00017312261802727394,
]
// biome-ignore-end format: tables
/** The positive zero of ψ, and what its double lacks. */
const DIGAMMA_ZERO = 1.4616321449683622
const DIGAMMA_ZERO_REST = 9.549995429965697e-17
/** B₂, B₄, …: Bernoulli numbers. */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330]
const HALF_LOG_TWO_PI = 0.9189385332046728

/** sin(πx) and cos(πx), exact at multiples of 1/2. */
export function sineOfPi(x: number): number {
  const rest = x - 2 * Math.round(x / 2) // in [-1, 1], exact
  if (Math.abs(rest) <= 0.25) return Math.sin(Math.PI * rest)
  if (Math.abs(rest) > 0.75) return Math.sin(Math.PI * (Math.sign(rest) - rest))
  return Math.sign(rest) * Math.cos(Math.PI * (0.5 - Math.abs(rest)))
}
export const cosineOfPi = (x: number) => sineOfPi(0.5 - Math.abs(x - 2 * Math.round(x / 2)))

/** log Γ(x) - ((x - 1/2) log x - x + log(2π)/2) for x ≥ 10. Source: DLMF 5.11.1. */
export function stirlingRest(x: number): number {
  const z = 1 / x / x
  let sum = 0
  for (let k = 7; k > 0; k--) sum = sum * z + BERNOULLI[k - 1]! / (2 * k * (2 * k - 1))
  return sum / x
}

/** log |Γ(x)|. */
export function lgamma(x: number): number {
  if (x <= 0) return negativeLogGamma(x)
  if (x < 0.5) return x * polynomial(LOG_GAMMA_AT_TWO, x) - Math.log(x) - Math.log1p(x)
  if (x <= 1.5) return (x - 1) * polynomial(LOG_GAMMA_AT_TWO, x - 1) - Math.log(x)
  if (x < 10) {
    let product = 1
    let near = x
    while (near > 2.5) product *= --near
    return (near - 2) * polynomial(LOG_GAMMA_AT_TWO, near - 2) + Math.log(product)
  }
  return x === Infinity ? x : (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5 + stirlingRest(x))
}

/** By the reflection Γ(x) Γ(1 - x) = π / sin(πx). */
function negativeLogGamma(x: number): number {
  if (Number.isInteger(x) || x === -Infinity) return Infinity
  if (x > -1e-100) return -Math.log(-x)
  return Math.log(Math.PI / Math.abs(x * sineOfPi(x))) - lgamma(-x)
}

function digammaOf(x: number): number {
  if (x <= 0) {
    if (Number.isInteger(x)) return NaN
    return digammaOf(1 - x) - (Math.PI * cosineOfPi(x)) / sineOfPi(x)
  }
  if (x < 1) return digammaOf(x + 1) - 1 / x
  if (x <= 2) return (x - DIGAMMA_ZERO - DIGAMMA_ZERO_REST) * polynomial(DIGAMMA_AT_ZERO, x - 1.5)
  let sum = 0
  let near = x
  if (x < 10) {
    while (near > 2) sum += 1 / --near
    return digammaOf(near) + sum
  }
  if (x === Infinity) return x
  const z = 1 / x / x
  for (let k = 8; k > 0; k--) sum = (sum + BERNOULLI[k - 1]! / (2 * k)) * z
  return Math.log(x) - 0.5 / x - sum
}

/** Beyond this order (n - 1)! and its powers leave the range of doubles. */
const HIGHEST_ORDER = 100

/**
 * The n-th derivative of ψ, the derivative of log Γ; n = 0 is ψ itself, NaN of what is no whole number from 0 to 100.
 *
 * Source: DLMF 5.15: the recurrence up to where the asymptotic series holds, and the reflection for negative x.
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digammaOf(x)
  if (!(Number.isInteger(n) && n > 0 && n <= HIGHEST_ORDER)) return NaN
  const sign = n % 2 === 0 ? -1 : 1
  if (Number.isInteger(x) && x <= 0) return sign === 1 ? Infinity : NaN
  if (x <= 0) return -cotangentDerivative(n, x) - sign * polygamma(n, 1 - x)
  if (x === Infinity) return 0
  const steps = Math.max(0, Math.ceil(10 + n - x))
  const far = x + steps
  let factorial = 1 // (n - 1)!
  let power = 1 / far // (n - 1)! far⁻ⁿ
  for (let k = 1; k < n; k++) {
    factorial *= k
    power *= k / far
  }
  let terms = 0
  for (let k = steps - 1; k >= 0; k--) terms += (x + k) ** (-n - 1)
  const rest = 1 + n / (2 * far) + asymptoticSum(n, 1 / far / far) / factorial
  return sign * (power * rest + terms * factorial * n)
}

/** Σ B(2k) (2k+1) … (2k+n-1) zᵏ */
function asymptoticSum(n: number, z: number): number {
  let sum = 0
  for (let k = BERNOULLI.length; k > 0; k--) {
    let factor = BERNOULLI[k - 1]!
    for (let j = 2 * k + 1; j < 2 * k + n; j++) factor *= j
    sum = (sum + factor) * z
  }
  return sum
}

/** The n-th derivative of π cot(πx), as a polynomial in the cotangent. */
function cotangentDerivative(n: number, x: number): number {
  const cotangent = cosineOfPi(x) / sineOfPi(x)
  // d/dx P(c) = -π (1 + c²) P'(c), with P(c) = π c at first
  let coefficients = [0, Math.PI]
  for (let k = 0; k < n; k++) {
    const next = new Array<number>(coefficients.length + 1).fill(0)
    for (let i = 1; i < coefficients.length; i++) {
      next[i - 1]! -= Math.PI * i * coefficients[i]!
      next[i + 1]! -= Math.PI * i * coefficients[i]!
    }
    coefficients = next
  }
  return polynomial(coefficients, cotangent)
}

/** log |B(a, b)|, without the cancellation of large logarithms. Source: Didonato & Morris, "Algorithm 708", 1992. */
export function logBeta(a: number, b: number): number {
  const [p, q] = a < b ? [a, b] : [b, a]
  if (!(q >= 10) || !(p > 0) || q === Infinity) return lgamma(p) + lgamma(q) - lgamma(p + q)
  const share = q * Math.log1p(p / q)
  if (p < 10) {
    // log Γ(q) - log Γ(p + q)
    const difference = stirlingRest(q) - stirlingRest(p + q) + p - share - (p - 0.5) * Math.log1p(p / q)
    return lgamma(p) + difference - p * Math.log(q)
  }
  const rests = stirlingRest(p) + stirlingRest(q) - stirlingRest(p + q)
  return HALF_LOG_TWO_PI + rests - 0.5 * Math.log(q) - (p - 0.5) * Math.log1p(q / p) - share
}
