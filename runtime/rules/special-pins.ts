/**
 * Points of the special functions where a value or a derivative is a convention, or easily gets lost.
 * Data only, for tests and docs/special.md; the package does not ship it.
 */
import type { specialRules } from './special-rules.ts'

/** A point, the value and the partial derivatives there, and why. */
export type SpecialPin = readonly [
  operands: readonly number[],
  value: number,
  partials: readonly number[],
  source: string,
]

/** By the name of the row. */
export const specialPins: { readonly [Name in keyof typeof specialRules]?: readonly SpecialPin[] } = {
  erf: [
    [[Infinity], 1, [0], 'the limit'],
    [[-Infinity], -1, [0], 'the limit'],
  ],
  erfc: [
    [[Infinity], 0, [0], 'the limit'],
    [[-Infinity], 2, [0], 'the limit'],
  ],
  erfcx: [[[Infinity], 0, [0], 'the limit']],
  normalDistribution: [
    [[-Infinity], 0, [0], 'the limit'],
    [[Infinity], 1, [0], 'the limit'],
  ],
  normalQuantile: [
    [[0.5], 0, [2.5066282746310002], '√(2π)'],
    [[0], -Infinity, [Infinity], 'SciPy: the limit'],
    [[1], Infinity, [Infinity], 'SciPy: the limit'],
    [[1.5], NaN, [NaN], 'no probability'],
  ],
  lgamma: [
    [[1], 0, [-0.5772156649015329], "Euler's constant"],
    [[2], 0, [0.42278433509846713], "1 less Euler's constant"],
    [[0], Infinity, [NaN], 'a pole: no derivative from both sides (PyTorch: -Infinity)'],
    [[-2], Infinity, [NaN], 'a pole'],
  ],
  digamma: [[[-2], NaN, [NaN], 'SciPy: a pole with two signs']],
  besselJ: [[[1, 0], 0, [NaN, 0.5], 'no derivative by the order']],
  sinc: [
    [[0], 1, [0], 'NumPy, PyTorch'],
    [[3], 0, [-1 / 3], 'exact zeros at whole numbers'],
  ],
  xlogy: [
    [[0, 0], 0, [-Infinity, NaN], 'SciPy; by b there is 0 / 0, as in PyTorch'],
    [[0, 2], 0, [Math.LN2, 0], 'SciPy'],
    [[2, 0], -Infinity, [-Infinity, Infinity], 'SciPy'],
  ],
  xlog1py: [[[0, -1], 0, [-Infinity, NaN], 'SciPy']],
  logAddExp: [
    [[1000, 1000], 1000 + Math.LN2, [0.5, 0.5], 'NumPy'],
    [[-Infinity, 0], 0, [0, 1], 'NumPy'],
    [[-Infinity, -Infinity], -Infinity, [NaN, NaN], 'any shares are as good'],
  ],
  log1mExp: [[[0], -Infinity, [-Infinity], 'the limit from below']],
  relu: [
    [[0], 0, [0], 'PyTorch: 0 at the kink'],
    [[-3], 0, [0], 'PyTorch'],
  ],
}

/** The largest error in units of the last place, over some 1,000 to 2,300 random points of the ranges, beside mpmath at 60 digits. */
export const accuracy: readonly (readonly [name: string, range: string, units: number, note: string])[] = [
  ['erf', '-6 to 6, 1e-300 to 1', 0.7, ''],
  ['erfc', '-6 to 27', 2.8, ''],
  ['erfcx', '-26 to 1e10', 2.2, ''],
  ['normalDensity', '-38 to 38', 2.1, ''],
  ['normalDistribution', '-37 to 8', 2.5, ''],
  ['logNormalDistribution', '-1e5 to 8', 3.4, ''],
  ['normalQuantile', '1e-300 to 1', 2.1, ''],
  ['lgamma', '1e-300 to 1e300', 4.3, 'at 1.4; 2.5 elsewhere'],
  ['lgamma', '-20 to 0', 2, 'of the last place of 1 near its zeros, as the reflection cancels there'],
  ['digamma', '1e-300 to 1e300', 3.3, ''],
  ['digamma', '-20 to 0', 4, 'of the last place of 1 near its zeros, as the reflection cancels there'],
  ['trigamma', '-20 to 1e60', 4.3, '2.3 for positive numbers'],
  ['polygamma', 'orders 2 and 3, -20 to 1e60', 7.5, '2.7 for positive numbers'],
  ['logBeta', '1e-3 to 1e3', 13, 'of the last place of 1 where it is near 0; else 4'],
  ['beta', '1e-8 to 1e8', 4.1, ''],
  ['besselJ', '-50 to 1e5', 2, 'of the last place of 1, near zeros also'],
  ['sinc', '-20 to 1e5', 2, 'with exact zeros'],
]
