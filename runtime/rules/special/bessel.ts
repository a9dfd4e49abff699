/**
 * Bessel functions of whole orders on plain numbers, and the spherical ones, of which sinc is the first. It must not know any derivative.
 */
import { cosineOfPi, sineOfPi } from './gamma.ts'

/** 1 - z/(1·(n+step)) + z²/(1·2·(n+step)(n+2 step)) - …, which both kinds have near 0. */
function seriesAtZero(n: number, z: number, step: number): number {
  let [sum, term] = [1, 1]
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    term *= -z / (k * (n + step * k))
    sum += term
  }
  return sum
}

/** Orders that a loop may go through for one value. */
const MOST_TURNS = 1e6

/**
 * The Bessel function of the first kind and order n, of whole orders; NaN of others.
 *
 * Source: DLMF 10.2.2, 10.17.3, 10.6.1 forwards, which is stable up to n = x (10.74(iv)), and from there backwards with the sum 10.12.4.
 */
export function besselJ(n: number, x: number): number {
  if (!Number.isInteger(n) || Number.isNaN(x)) return NaN
  if (n < 0 || x < 0) return (n < 0 !== x < 0 && n % 2 !== 0 ? -1 : 1) * besselJ(Math.abs(n), Math.abs(x))
  if (x === Infinity || isBelowDoubles(n, x)) return 0
  if (x < 1) return powerOver(n, x) * seriesAtZero(n, (x * x) / 4, 1)
  if (x >= 30 && 2 * x >= n * n) return hankelExpansion(n, x)
  if (n > MOST_TURNS) return NaN
  return x >= 30 && n <= x ? forwards(n, x) : byMillersAlgorithm(n, x)
}

/** (x/2)ⁿ / n! */
function powerOver(n: number, x: number): number {
  let power = 1
  for (let k = 1; k <= n; k++) power *= x / (2 * k)
  return power
}

/** By |Jₙ(x)| ≤ (x/2)ⁿ / n!, with n! ≥ (n/e)ⁿ. Source: DLMF 10.14.4. */
const isBelowDoubles = (n: number, x: number) => n > 0 && n * Math.log((Math.E * x) / (2 * n)) < -750

/** From orders 0 and 1 on. */
function forwards(n: number, x: number): number {
  let [before, last] = [hankelExpansion(0, x), hankelExpansion(1, x)]
  for (let k = 1; k < n; k++) [before, last] = [last, ((2 * k) / x) * last - before]
  return last
}

/** Backwards from orders that do not count; J₀ + 2 J₂ + 2 J₄ + … = 1 gives the factor. */
function byMillersAlgorithm(n: number, x: number): number {
  let [above, here, sum, found] = [0, 1e-300, 0, 0]
  const first = Math.max(n, x)
  for (let k = 2 * Math.ceil((first + 15 + 6 * Math.cbrt(first)) / 2 + 5); k >= 0; k--) {
    if (k % 2 === 0) sum += k === 0 ? here : 2 * here
    if (k === n) found = here
    const below = ((2 * k) / x) * here - above
    above = here
    here = below
    if (Math.abs(here) > 1e200)
      [above, here, sum, found] = [above * 1e-300, here * 1e-300, sum * 1e-300, found * 1e-300]
  }
  return found / sum
}

function hankelExpansion(n: number, x: number): number {
  let [even, odd, term] = [1, 0, 1]
  for (let k = 1; k < 30; k++) {
    term *= (4 * n * n - (2 * k - 1) ** 2) / (8 * k * x)
    const signed = k % 4 < 2 ? term : -term
    if (k % 2 === 0) even += signed
    else odd += signed
  }
  let [cosine, sine] = [(Math.cos(x) + Math.sin(x)) * Math.SQRT1_2, (Math.sin(x) - Math.cos(x)) * Math.SQRT1_2]
  for (let k = 0; k < n % 4; k++) [cosine, sine] = [sine, -cosine]
  return Math.sqrt(2 / (Math.PI * x)) * (even * cosine - odd * sine)
}

/** The spherical Bessel function of order n at πx; that of order 0 is sin(πx) / (πx). Source: DLMF 10.53.1, 10.51.1. */
export function sphericalBesselOfPi(n: number, x: number): number {
  const z = Math.PI * x
  if (Math.abs(z) < n + 1.5) {
    let power = 1
    for (let k = 1; k <= n; k++) power *= z / (2 * k + 1)
    return power * seriesAtZero(2 * n + 1, (z * z) / 2, 2)
  }
  if (Math.abs(x) === Infinity) return 0
  let [before, last] = [cosineOfPi(x) / z, sineOfPi(x) / z]
  for (let k = 0; k < n; k++) [before, last] = [last, ((2 * k + 1) / z) * last - before]
  return last
}
