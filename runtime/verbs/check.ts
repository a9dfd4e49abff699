/**
 * Derivatives by differences, to check the exact ones against. It must not know tracked numbers.
 */

/**
 * The central difference (f(x + eps) - f(x - eps)) / (2 eps), on plain numbers.
 *
 * Right to about eps² times the third derivative, plus 1e-16 |f(x)| / eps of rounding; two calls of `f`. It says nothing at
 * kinks and jumps, or where an end leaves the domain of `f` (NaN).
 *
 * @param f any function of one number; defined on both sides of x.
 * @param eps the step, not 0.
 * Source: Saito, "Deep Learning from Scratch 3", step 4.
 * @example numericalDiff(x => x * x, 3) // 6, to about eight digits
 */
export function numericalDiff(f: (x: number) => number, x: number, eps = 1e-4): number {
  return (f(x + eps) - f(x - eps)) / (2 * eps)
}
