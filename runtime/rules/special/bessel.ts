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

/** The Bessel function of the first kind and order n. Source: DLMF 10.2.2, 10.74(iv) with the sum 10.12.4, and 10.17.3. */
export function besselJ(n: number, x: number): number {
  if (n < 0 || x < 0) return (n < 0 !== x < 0 && n % 2 !== 0 ? -1 : 1) * besselJ(Math.abs(n), Math.abs(x))
  if (x < 1) {
    let power = 1
    for (let k = 1; k <= n; k++) power *= x / (2 * k)
    return power * seriesAtZero(n, (x * x) / 4, 1)
  }
  if (x < 30) return byMillersAlgorithm(n, x)
  return x === Infinity ? 0 : hankelExpansion(n, x)
}

/** Backwards from orders that do not count; J₀ + 2 J₂ + 2 J₄ + … = 1 gives the factor. */
function byMillersAlgorithm(n: number, x: number): number {
  let [above, here, sum, found] = [0, 1e-300, 0, 0]
  for (let k = 2 * Math.ceil(0.65 * x + 15 + n / 2); k >= 0; k--) {
    if (k % 2 === 0) sum += k === 0 ? here : 2 * here
    if (k === n) found = here
    const below = ((2 * k) / x) * here - above
    above = here
    here = below
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
