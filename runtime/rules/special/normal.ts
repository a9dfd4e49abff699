/**
 * The standard normal distribution on plain numbers. It must not know any derivative.
 */
import { erf, erfcx, expNegHalfSquare } from './error-function.ts'
import { rational } from './polynomial.ts'

const ROOT_TWO_PI = 2.5066282746310002

// biome-ignore-start format: tables
/** Wichura's rational functions: of 0.180625 - (p - 1/2)², and of √(-log p), less 1.6 and less 5; from the constant term on. */
const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
] as const
const SHOULDER = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const
const TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const
// biome-ignore-end format: tables

/** exp(-x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return expNegHalfSquare(x) / ROOT_TWO_PI
}

/** The probability of a value below x. */
export function normalDistribution(x: number): number {
  if (x > 0) return 1 - normalDistribution(-x)
  // the scaled function has no condition, and the exponential has the exact square
  return 0.5 * erfcx(-x * Math.SQRT1_2) * expNegHalfSquare(x)
}

/** The logarithm of normalDistribution, also where that underflows. */
export function logNormalDistribution(x: number): number {
  if (x > 0) return Math.log1p(-normalDistribution(-x))
  if (x > -1) return Math.log(normalDistribution(x))
  return Math.log(0.5 * erfcx(-x * Math.SQRT1_2)) - 0.5 * x * x
}

/** The x of which normalDistribution is p. Source: Wichura, "Algorithm AS 241", 1988, and a step of Newton's method, for the last digits. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const x = q * rational(CENTRE[0], CENTRE[1], 0.180625 - q * q)
    return x - (0.5 * erf(x * Math.SQRT1_2) - q) / normalDensity(x)
  }
  const least = q < 0 ? p : 1 - p
  if (least === 0) return q < 0 ? -Infinity : Infinity
  const r = Math.sqrt(-Math.log(least))
  const x = r <= 5 ? rational(SHOULDER[0], SHOULDER[1], r - 1.6) : rational(TAIL[0], TAIL[1], r - 5)
  const better = x + (normalDistribution(-x) - least) / normalDensity(x)
  return q < 0 ? -better : better
}
