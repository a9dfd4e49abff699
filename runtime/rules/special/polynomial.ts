/**
 * Polynomials and rational functions by their coefficients.
 * It must not know which function they approximate.
 */

/** c₀ + c₁ x + c₂ x² + …, by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let y = 0
  for (let i = coefficients.length - 1; i >= 0; i--) y = y * x + coefficients[i]!
  return y
}

/** p(x) / q(x). */
export function rational(p: readonly number[], q: readonly number[], x: number): number {
  return polynomial(p, x) / polynomial(q, x)
}
