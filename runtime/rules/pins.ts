/**
 * Points of the primitives where the derivative is a convention or easily gets lost: what is taken there, and who else takes it.
 * Data only, for tests and docs/rules.md; the package does not ship it.
 */
import type { rules } from './rules.ts'

/**
 * A point, the partial derivatives there and their source. A difference from PyTorch is marked 'not PyTorch's …' and says why.
 */
export type Pin = readonly [operands: readonly number[], partials: readonly number[], source: string]

const { PI, LN2, SQRT1_2 } = Math
export const PYTORCH = 'PyTorch 1.13'
export const NAN_VALUE = 'a finite derivative of a NaN value hides the error'
const STEP = 'PyTorch 1.13: 0 at the jump too'

/** By the name of the row. */
// biome-ignore format: a table, read by lines
export const pins: { readonly [Name in keyof typeof rules]?: readonly Pin[] } = {
  mul: [[[0, Infinity], [NaN, NaN], `not ${PYTORCH}'s Infinity, 0: ${NAN_VALUE}`]],
  div: [
    [[1, 0], [Infinity, -Infinity], PYTORCH],
    [[1, -0], [-Infinity, -Infinity], PYTORCH],
    [[0, 0], [NaN, NaN], `not ${PYTORCH}'s Infinity, NaN: ${NAN_VALUE}`],
    [[1e-200, 1e-200], [1e200, -1e200], 'exact, b² would underflow'],
  ],
  mod: [
    [[5, 3], [1, -1], PYTORCH],
    [[-5, 3], [1, 1], "PyTorch 1.13's fmod: % keeps the dividend's sign"],
    [[6, 3], [1, -2], `${PYTORCH}, at the jump`],
    [[1, 0.1], [1, -9], 'exact: 1 % 0.1 is 1 - 9 * 0.1, although 1 / 0.1 rounds to 10'],
    [[1, 0], [NaN, NaN], NAN_VALUE],
    [[Infinity, 3], [NaN, NaN], NAN_VALUE],
  ],
  pow: [
    [[0, 0], [0, 0], `${PYTORCH}: x ** 0 is constant, also at 0 (JAX: NaN, 0)`],
    [[0, 1], [1, 0], PYTORCH],
    [[0, 2], [0, 0], PYTORCH],
    [[0, 0.5], [Infinity, 0], PYTORCH],
    [[0, -1], [-Infinity, -Infinity], PYTORCH],
    [[2, 0], [0, LN2], PYTORCH],
    [[-2, 3], [12, NaN], `${PYTORCH}: a negative base has no derivative in the exponent`],
    [[-2, 2], [-4, NaN], PYTORCH],
    [[-2, -2], [0.25, NaN], PYTORCH],
    [[-2, 0.5], [NaN, NaN], PYTORCH],
    [[Infinity, 0], [0, Infinity], PYTORCH],
    [[1, Infinity], [NaN, NaN], `not PyTorch's Infinity, 0: JavaScript's 1 ** Infinity is NaN, and ${NAN_VALUE}`],
  ],
  exp: [[[1000], [Infinity], PYTORCH], [[-1000], [0], PYTORCH]],
  expm1: [[[1e-20], [1], PYTORCH], [[-40], [Math.exp(-40)], 'exact, y + 1 would round to 0']],
  log: [[[0], [Infinity], PYTORCH], [[-1], [NaN], `not PyTorch's -1: ${NAN_VALUE}`]],
  log1p: [[[-1], [Infinity], PYTORCH], [[1e-20], [1], PYTORCH], [[-2], [NaN], NAN_VALUE]],
  log2: [[[0], [Infinity], PYTORCH], [[-1], [NaN], NAN_VALUE]],
  log10: [[[0], [Infinity], PYTORCH], [[-1], [NaN], NAN_VALUE]],
  sqrt: [[[0], [Infinity], PYTORCH], [[-0], [-Infinity], PYTORCH], [[-1], [NaN], PYTORCH]],
  cbrt: [[[0], [Infinity], `${PYTORCH}, of x ** (1 / 3)`]],
  tan: [[[PI / 2], [2.6670937881135714e32], `${PYTORCH}: π / 2 is not a double`]],
  asin: [
    [[1], [Infinity], PYTORCH],
    [[1 - 2 ** -53], [2 ** 26 / Math.sqrt(1 - 2 ** -54)], 'exact, 1 - x² loses half the digits'],
    [[2], [NaN], NAN_VALUE],
  ],
  acos: [[[1], [-Infinity], PYTORCH], [[-2], [NaN], NAN_VALUE]],
  tanh: [[[20], [1.6993417021166355e-17], "not PyTorch's 0, which is 1 - y² after rounding"], [[1000], [0], PYTORCH]],
  asinh: [[[1e200], [1e-200], 'exact, x² would overflow']],
  acosh: [[[1], [Infinity], PYTORCH], [[0.5], [NaN], NAN_VALUE], [[-3], [NaN], NAN_VALUE]],
  atanh: [[[1], [Infinity], PYTORCH], [[2], [NaN], NAN_VALUE]],
  abs: [[[0], [0], `${PYTORCH} (JAX: 1)`], [[-0], [0], PYTORCH]],
  sign: [[[0], [0], STEP], [[NaN], [NaN], NAN_VALUE]],
  floor: [[[1], [0], STEP], [[NaN], [NaN], NAN_VALUE]],
  ceil: [[[1], [0], STEP]],
  round: [[[0.5], [0], STEP]],
  trunc: [[[1], [0], STEP]],
  max: [
    [[2, 2], [0.5, 0.5], `${PYTORCH}, JAX: a tie is shared`],
    [[Infinity, Infinity], [0.5, 0.5], 'a tie is shared'],
    [[NaN, 1], [NaN, NaN], `not PyTorch's 1, 1: ${NAN_VALUE}`],
  ],
  min: [[[2, 2], [0.5, 0.5], `${PYTORCH}, JAX: a tie is shared`], [[NaN, 1], [NaN, NaN], NAN_VALUE]],
  atan2: [
    [[0, 0], [NaN, NaN], `${PYTORCH}, JAX`],
    [[0, -1], [-1, 0], PYTORCH],
    [[-0, -1], [-1, 0], PYTORCH],
    [[1e-200, 1e-200], [5e199, -5e199], "exact, not PyTorch's Infinity, -Infinity: squares underflow"],
    [[1e200, 1e200], [5e-201, -5e-201], "exact, not PyTorch's 0, 0: squares overflow"],
  ],
  hypot: [
    [[0, 0], [0, 0], "PyTorch 1.13's norm, a subgradient (its hypot: NaN)"],
    [[3, 4], [0.6, 0.8], PYTORCH],
    [[1e200, 1e200], [SQRT1_2, SQRT1_2], PYTORCH],
    [[1e-200, 1e-200], [SQRT1_2, SQRT1_2], 'squares would underflow'],
  ],
  sigmoid: [
    [[800], [0], PYTORCH],
    [[-800], [0], PYTORCH],
    [[40], [4.248354255291589e-18], "not PyTorch's 0, which is y * (1 - y) after rounding"],
    [[-40], [4.248354255291589e-18], PYTORCH],
    [[Infinity], [0], 'the limit'],
  ],
  softplus: [
    [[0], [0.5], PYTORCH],
    [[800], [1], PYTORCH],
    [[-800], [0], PYTORCH],
    [[-40], [4.248354255291589e-18], 'exact'],
    [[25], [1 / (1 + Math.exp(-25))], "exact, as the value; PyTorch's turns into x from 20 on"],
    [[-Infinity], [0], 'the limit'],
  ],
  logSigmoid: [
    [[-800], [1], PYTORCH],
    [[800], [0], 'the limit'],
    [[40], [4.248354255291589e-18], 'exact, 1 - sigmoid(x) would round to 0'],
    [[-Infinity], [1], 'the limit'],
  ],
}
