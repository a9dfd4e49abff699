/**
 * The error function and its relatives on plain numbers. It must not know any derivative.
 *
 * Coefficients of erf and erfc: fdlibm's s_erf.c. Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a
 * Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved.
 */
import { productError } from './exact-errors.ts'
import { rational } from './polynomial.ts'

// biome-ignore-start format: tables
/** erf(x) = x + x R(x²) below 0.84375. */
const NEAR = [
  [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5],
  [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6],
] as const
/** erf(1 + s) = AT_ONE + R(s) below 1.25. */
const AROUND_ONE = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
    0.035478304325618236, -0.002166375594868791,
  ],
  [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
] as const
const AT_ONE = 0.8450629115104675
/** exp(x²) erfc(x) = exp(-0.5625 + R(1 / x²)) / x below 1 / 0.35, and from there to 28. */
const MIDDLE = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
] as const
const FAR = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
] as const
// biome-ignore-end format: tables

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI)
/** exp(factor · x²), without the error of the rounded square, which counts x² times; `factor` is a power of two. */
function expOfSquare(factor: number, x: number): number {
  const square = factor * x * x
  // from here on it is 0 or Infinity, and the parts of x would overflow
  if (!(Math.abs(square) < 800)) return Math.exp(square)
  const y = Math.exp(square)
  return y + y * factor * productError(x, x)
}

/** exp(-x²). */
export function expNegSquare(x: number): number {
  return expOfSquare(-1, x)
}

/** exp(-x²/2). */
export function expNegHalfSquare(x: number): number {
  return expOfSquare(-0.5, x)
}

/** erfcx(x) = exp(x²) erfc(x) for x ≥ 1.25. */
function scaledTail(x: number): number {
  if (x < 28) {
    const [p, q] = x < 1 / 0.35 ? MIDDLE : FAR
    return Math.exp(-0.5625 + rational(p, q, 1 / (x * x))) / x
  }
  // asymptotic series, DLMF 7.12.1
  const z = 1 / x / x / 2
  return (TWO_OVER_ROOT_PI / 2 / x) * (1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z * (1 - 9 * z * (1 - 11 * z))))))
}

export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.84375) return x + x * rational(NEAR[0], NEAR[1], x * x)
  if (size < 1.25) return Math.sign(x) * (AT_ONE + rational(AROUND_ONE[0], AROUND_ONE[1], size - 1))
  // also where x is NaN
  return size < 6 || Number.isNaN(x) ? Math.sign(x) * (1 - erfc(size)) : Math.sign(x)
}

export function erfc(x: number): number {
  const size = Math.abs(x)
  if (size < 0.84375) {
    const y = rational(NEAR[0], NEAR[1], x * x)
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y)
  }
  if (size < 1.25) {
    const y = rational(AROUND_ONE[0], AROUND_ONE[1], size - 1)
    return x < 0 ? 1 + (AT_ONE + y) : 1 - AT_ONE - y
  }
  if (x < 0) return size < 6 ? 2 - erfc(size) : 2
  // where the exponential is subnormal, its error is multiplied by 0.02
  return size < 28 ? scaledTail(x) * expNegSquare(x) : Number.isNaN(x) ? NaN : 0
}

export function erfcx(x: number): number {
  if (x >= 1.25) return scaledTail(x)
  if (x < -26.7) return Infinity
  if (x <= -1.25) return 2 * expOfSquare(1, x) - scaledTail(-x)
  return expOfSquare(1, x) * erfc(x)
}

/**
 * exp(x²) times the n-fold integral of erfc from x on: (2/√π)/n! ∫₀^∞ tⁿ exp(-t² - 2xt) dt. All of them are positive, and the
 * derivative of one is -2(n+1) times the next. Source: DLMF 7.18.
 */
export function erfcxIntegral(n: number, x: number): number {
  if (n === 0 || Number.isNaN(x)) return erfcx(x)
  // forwards by 2(n+1) J(n+1) = J(n-1) - 2x J(n), which cancels for x > 0
  if (x < 0.3) {
    let [before, last] = [TWO_OVER_ROOT_PI, erfcx(x)]
    for (let k = 0; k < n; k++) [before, last] = [last, (before - 2 * x * last) / (2 * (k + 1))]
    return last
  }
  // backwards from a place where it does not count: the ratios J(k) / J(k-1) = 1 / (2x + 2(k+1) ratio(k+1))
  const first = n + Math.ceil(40 + 160 / (x * x))
  let ratio = 2 / (x + Math.sqrt(x * x + 2 * first)) / 2
  let product = erfcx(x)
  for (let k = first; k > 0; k--) {
    ratio = 1 / (2 * x + 2 * (k + 1) * ratio)
    if (k <= n) product *= ratio
  }
  return product
}
