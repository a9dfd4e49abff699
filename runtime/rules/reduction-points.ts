/**
 * What is promised of the functions of arrays: formulas for the documentation, points to test, and points where a
 * convention holds. Data only, for tests and docs/rules.md; the package does not ship it.
 */
import { NAN_VALUE, PYTORCH } from './pins.ts'

/** An array, the value and the partial derivatives that we take there, and who else takes them. */
export type ReductionPin = readonly [xs: readonly number[], value: number, partials: readonly number[], source: string]

/** One function of an array. */
export interface ReductionRow {
  readonly call: string
  readonly value: string
  readonly derivative: string
  /** What an empty array gives. */
  readonly empty: string
  /** Ordinary points, where the partials equal central differences. */
  readonly samples: readonly (readonly number[])[]
  readonly pins: readonly ReductionPin[]
}

/** By name. Points of `dot` are one vector after the other; those of `softmax` are for its first result. */
export const reductionPoints = {
  sum: {
    call: 'sum(xs)',
    value: 'Σ xᵢ',
    derivative: '1',
    empty: 'RangeError',
    samples: [[2, -3, 0.5], [4]],
    pins: [[[Infinity, -Infinity], NaN, [NaN, NaN], `not ${PYTORCH}'s 1, 1 (x - x at Infinity): ${NAN_VALUE}`]],
  },
  mean: {
    call: 'mean(xs)',
    value: 'Σ xᵢ / n',
    derivative: '1 / n',
    empty: 'RangeError',
    samples: [[2, -3, 0.5], [4]],
    pins: [[[1, 2, 6], 3, [1 / 3, 1 / 3, 1 / 3], 'exact']],
  },
  prod: {
    call: 'prod(xs)',
    value: 'Π xᵢ',
    derivative: 'the product of the others, by prefix and suffix',
    empty: 'RangeError',
    samples: [[2, -3, 0.5], [4], [0, 2, 3]],
    pins: [
      [[0, 2, 3], 0, [6, 0, 0], PYTORCH],
      [[0, 0, 3], 0, [0, 0, 0], PYTORCH],
    ],
  },
  dot: {
    call: 'dot(u, v)',
    value: 'Σ uᵢ vᵢ',
    derivative: 'vᵢ, uᵢ',
    empty: 'RangeError',
    samples: [
      [2, -3, 0.5, 4],
      [1, 2, 3, -1, 0, 5],
    ],
    pins: [[[0, Infinity], NaN, [NaN, NaN], 'as for a product']],
  },
  norm: {
    call: 'norm(xs)',
    value: '√(Σ xᵢ²)',
    derivative: 'xᵢ / y, 0 at the origin',
    empty: 'RangeError',
    samples: [[2, -3, 0.5], [-4]],
    pins: [
      [[0, 0], 0, [0, 0], `${PYTORCH}: a subgradient`],
      [[3, 4], 5, [0.6, 0.8], PYTORCH],
      [[1e200, 1e200], Math.SQRT2 * 1e200, [Math.SQRT1_2, Math.SQRT1_2], 'squares would overflow'],
      [[1e-200, 1e-200], Math.SQRT2 * 1e-200, [Math.SQRT1_2, Math.SQRT1_2], 'squares would underflow'],
    ],
  },
  logSumExp: {
    call: 'logSumExp(xs)',
    value: 'log(Σ exp(xᵢ))',
    derivative: 'exp(xᵢ - max) / Σ exp(xⱼ - max)',
    empty: 'RangeError',
    samples: [
      [2, -3, 0.5],
      [700, 701],
    ],
    pins: [
      [[1000, 1000], 1000.6931471805599, [0.5, 0.5], "exact, PyTorch 1.13's loses digits: 0.5000000000000275"],
      [[-1000, -1000], -999.3068528194401, [0.5, 0.5], 'exact'],
      [[0, -50], 1.9287498479639178e-22, [1, 1.9287498479639178e-22], 'exact, log(1 + e) would round to 0'],
      [[-Infinity, 0], 0, [0, 1], PYTORCH],
      [[-Infinity, -Infinity], -Infinity, [NaN, NaN], PYTORCH],
    ],
  },
  softmax: {
    call: 'softmax(xs)[0]',
    value: 'exp(x₀ - max) / Σ exp(xⱼ - max)',
    derivative: 'y₀ (1 - y₀), then -y₀ yⱼ',
    empty: '`[]`',
    samples: [
      [2, -3, 0.5],
      [700, 701],
    ],
    pins: [
      [[1000, 0], 1, [0, 0], PYTORCH],
      [[1000, 1000], 0.5, [0.25, -0.25], 'exact'],
      [[-Infinity, 0], 0, [0, 0], 'the limit'],
    ],
  },
} as const satisfies Record<string, ReductionRow>
