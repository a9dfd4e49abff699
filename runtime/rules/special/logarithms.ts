/**
 * Products with a logarithm, which are 0 where the factor is. They must not know any derivative.
 */

/** a log(b). */
export function xlogy(a: number, b: number): number {
  return a === 0 && !Number.isNaN(b) ? 0 : a * Math.log(b)
}

/** a log(1 + b). */
export function xlog1py(a: number, b: number): number {
  return a === 0 && !Number.isNaN(b) ? 0 : a * Math.log1p(b)
}
