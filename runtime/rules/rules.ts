/**
 * The one table of primitives: what the user types, the value, the partial derivatives, points to test and points pinned.
 * Data only; it must not know any node, graph or engine. Methods, functions, the sweep, docs/rules.md and tests come from it.
 */

import { binary, unary } from './rule.ts'
import { sigmoidRules } from './sigmoid-rules.ts'

const { PI, LN2, SQRT1_2 } = Math
const PYTORCH = 'PyTorch 1.13'
const NAN_VALUE = 'a finite derivative of a NaN value hides the error'
const STEP = 'PyTorch 1.13: 0 at the jump too'

/** Every primitive by name; the name is the method, the `creation_op` and, but for operators, the exported function. */
export const rules = {
  add: binary('+', (a, b) => a + b, [() => 1, () => 1], [[2, -3]]),
  sub: binary('-', (a, b) => a - b, [() => 1, () => -1], [[2, -3]]),
  mul: binary(
    '*',
    (a, b) => a * b,
    [(_a, b) => b, a => a],
    [
      [2, -3],
      [0, 5],
    ],
    { pins: [[[0, Infinity], [Infinity, 0], `${PYTORCH}, although 0 * Infinity is NaN`]] },
  ),
  // d(a/b)/db = -a/b² = -y/b, which does not overflow in b²
  div: binary(
    '/',
    (a, b) => a / b,
    [(_a, b) => 1 / b, (_a, b, y) => -y / b],
    [
      [2, -3],
      [-0.5, 0.25],
    ],
    {
      pins: [
        [[1, 0], [Infinity, -Infinity], PYTORCH],
        [[1, -0], [-Infinity, -Infinity], PYTORCH],
        [[0, 0], [Infinity, NaN], PYTORCH],
        [[1e-200, 1e-200], [1e200, -1e200], 'exact, b² would underflow'],
      ],
    },
  ),
  // d(a % b)/db = -trunc(a/b), the exact quotient; a/b itself may round up to the next integer
  mod: binary(
    '%',
    (a, b) => a % b,
    [(_a, b) => (b === 0 ? NaN : 1), (a, b, y) => Math.round((y - a) / b)],
    [
      [5.5, 3],
      [-5.5, 3],
      [5.5, -3],
    ],
    {
      pins: [
        [[5, 3], [1, -1], PYTORCH],
        [[-5, 3], [1, 1], "PyTorch 1.13's fmod: % keeps the dividend's sign"],
        [[6, 3], [1, -2], `${PYTORCH}, at the jump`],
        [[1, 0.1], [1, -9], 'exact: 1 % 0.1 is 1 - 9 * 0.1, although 1 / 0.1 rounds to 10'],
        [[1, 0], [NaN, NaN], NAN_VALUE],
      ],
    },
  ),
  // b / a is 0 at b = 0; written so, its own derivative in b is right too
  pow: binary(
    ['**', 'Math.pow'],
    (a, b) => a ** b,
    [
      (a, b) => (b === 0 ? (a === 0 ? 0 : b / a) : b * a ** (b - 1)),
      (a, b, y) => (a === 0 && b >= 0 ? 0 : y * Math.log(a)),
    ],
    [
      [2, 3],
      [0.5, -1.5],
      [3, 0],
    ],
    {
      pins: [
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
    },
  ),
  neg: unary(
    'unary -',
    x => -x,
    () => -1,
    [2, -0.5],
  ),
  exp: unary('Math.exp', Math.exp, (_x, y) => y, [-1, 0, 2], {
    pins: [
      [[1000], [Infinity], PYTORCH],
      [[-1000], [0], PYTORCH],
    ],
  }),
  expm1: unary('Math.expm1', Math.expm1, x => Math.exp(x), [-1, 0, 2], {
    pins: [
      [[1e-20], [1], PYTORCH],
      [[-40], [Math.exp(-40)], 'exact, y + 1 would round to 0'],
    ],
  }),
  log: unary('Math.log', Math.log, x => (x < 0 ? NaN : 1 / x), [0.3, 1, 5], {
    domain: 'x >= 0',
    pins: [
      [[0], [Infinity], PYTORCH],
      [[-1], [NaN], `not PyTorch's -1: ${NAN_VALUE}`],
    ],
  }),
  log1p: unary('Math.log1p', Math.log1p, x => (x < -1 ? NaN : 1 / (1 + x)), [-0.5, 0, 4], {
    domain: 'x >= -1',
    pins: [
      [[-1], [Infinity], PYTORCH],
      [[1e-20], [1], PYTORCH],
      [[-2], [NaN], NAN_VALUE],
    ],
  }),
  log2: unary('Math.log2', Math.log2, x => (x < 0 ? NaN : Math.LOG2E / x), [0.3, 1, 5], {
    domain: 'x >= 0',
    pins: [
      [[0], [Infinity], PYTORCH],
      [[-1], [NaN], NAN_VALUE],
    ],
  }),
  log10: unary('Math.log10', Math.log10, x => (x < 0 ? NaN : Math.LOG10E / x), [0.3, 1, 5], {
    domain: 'x >= 0',
    pins: [
      [[0], [Infinity], PYTORCH],
      [[-1], [NaN], NAN_VALUE],
    ],
  }),
  sqrt: unary('Math.sqrt', Math.sqrt, (_x, y) => 0.5 / y, [0.25, 1, 9], {
    domain: 'x >= 0',
    pins: [
      [[0], [Infinity], PYTORCH],
      [[-0], [-Infinity], PYTORCH],
      [[-1], [NaN], PYTORCH],
    ],
  }),
  cbrt: unary('Math.cbrt', Math.cbrt, (_x, y) => 1 / (3 * y * y), [-8, 0.3, 2], {
    pins: [[[0], [Infinity], `${PYTORCH}, of x ** (1 / 3)`]],
  }),
  sin: unary('Math.sin', Math.sin, x => Math.cos(x), [-2, 0, 1.3]),
  cos: unary('Math.cos', Math.cos, x => -Math.sin(x), [-2, 0, 1.3]),
  tan: unary('Math.tan', Math.tan, (_x, y) => 1 + y * y, [-1, 0, 0.7], {
    pins: [[[PI / 2], [2.6670937881135714e32], `${PYTORCH}: π / 2 is not a double`]],
  }),
  // 1 - x² would lose digits near ±1
  asin: unary('Math.asin', Math.asin, x => 1 / Math.sqrt((1 - x) * (1 + x)), [-0.9, 0, 0.5], {
    domain: '-1 <= x <= 1',
    pins: [
      [[1], [Infinity], PYTORCH],
      [[1 - 2 ** -53], [2 ** 26 / Math.sqrt(1 - 2 ** -54)], 'exact, 1 - x² loses half the digits'],
      [[2], [NaN], NAN_VALUE],
    ],
  }),
  acos: unary('Math.acos', Math.acos, x => -1 / Math.sqrt((1 - x) * (1 + x)), [-0.9, 0, 0.5], {
    domain: '-1 <= x <= 1',
    pins: [
      [[1], [-Infinity], PYTORCH],
      [[-2], [NaN], NAN_VALUE],
    ],
  }),
  atan: unary('Math.atan', Math.atan, x => 1 / (1 + x * x), [-3, 0, 0.5]),
  sinh: unary('Math.sinh', Math.sinh, x => Math.cosh(x), [-2, 0, 1.5]),
  cosh: unary('Math.cosh', Math.cosh, x => Math.sinh(x), [-2, 0, 1.5]),
  // sech² x: no digits lost as in 1 - y², and smooth at 0, unlike |x|; from 20 on it is 4 exp(-2|x|), which does not underflow
  // before it has to when it is derived again
  tanh: unary(
    'Math.tanh',
    Math.tanh,
    x => (Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))),
    [-2, 0.3, 1.5],
    {
      pins: [
        [[20], [1.6993417021166355e-17], "not PyTorch's 0, which is 1 - y² after rounding"],
        [[1000], [0], PYTORCH],
      ],
    },
  ),
  asinh: unary('Math.asinh', Math.asinh, x => 1 / Math.hypot(1, x), [-2, 0, 1.5], {
    pins: [[[1e200], [1e-200], 'exact, x² would overflow']],
  }),
  // two roots: the product under one would be positive below -1
  acosh: unary('Math.acosh', Math.acosh, x => 1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)), [1.2, 3], {
    domain: 'x >= 1',
    pins: [
      [[1], [Infinity], PYTORCH],
      [[0.5], [NaN], NAN_VALUE],
      [[-3], [NaN], NAN_VALUE],
    ],
  }),
  atanh: unary('Math.atanh', Math.atanh, x => (Math.abs(x) > 1 ? NaN : 1 / ((1 - x) * (1 + x))), [-0.9, 0, 0.5], {
    domain: '-1 <= x <= 1',
    pins: [
      [[1], [Infinity], PYTORCH],
      [[2], [NaN], NAN_VALUE],
    ],
  }),
  abs: unary('Math.abs', Math.abs, x => Math.sign(x), [-2, 0.5], {
    pins: [
      [[0], [0], `${PYTORCH} (JAX: 1)`],
      [[-0], [0], PYTORCH],
    ],
  }),
  sign: unary('Math.sign', Math.sign, () => 0, [-2, 0.5], { pins: [[[0], [0], STEP]] }),
  floor: unary('Math.floor', Math.floor, () => 0, [-2.5, 0.3], { pins: [[[1], [0], STEP]] }),
  ceil: unary('Math.ceil', Math.ceil, () => 0, [-2.5, 0.3], { pins: [[[1], [0], STEP]] }),
  round: unary('Math.round', Math.round, () => 0, [-2.2, 0.3], { pins: [[[0.5], [0], STEP]] }),
  trunc: unary('Math.trunc', Math.trunc, () => 0, [-2.5, 0.3], { pins: [[[1], [0], STEP]] }),
  max: binary(
    'Math.max',
    Math.max,
    [(a, b) => (a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN), (a, b) => (b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN)],
    [
      [2, -3],
      [-3, 2],
    ],
    {
      alone: 'pos',
      selects: true,
      pins: [
        [[2, 2], [0.5, 0.5], `${PYTORCH}, JAX: a tie is shared`],
        [[Infinity, Infinity], [0.5, 0.5], 'a tie is shared'],
        [[NaN, 1], [NaN, NaN], `not PyTorch's 1, 1: ${NAN_VALUE}`],
      ],
    },
  ),
  min: binary(
    'Math.min',
    Math.min,
    [(a, b) => (a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN), (a, b) => (b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN)],
    [
      [2, -3],
      [-3, 2],
    ],
    {
      alone: 'pos',
      selects: true,
      pins: [
        [[2, 2], [0.5, 0.5], `${PYTORCH}, JAX: a tie is shared`],
        [[NaN, 1], [NaN, NaN], NAN_VALUE],
      ],
    },
  ),
  // a is the ordinate; b / (a² + b²) = (b / h) / h with h = hypot(a, b), which neither over- nor underflows
  atan2: binary(
    'Math.atan2',
    Math.atan2,
    [(a, b) => b / Math.hypot(a, b) / Math.hypot(a, b), (a, b) => -a / Math.hypot(a, b) / Math.hypot(a, b)],
    [
      [2, -3],
      [0.5, 0.1],
    ],
    {
      pins: [
        [[0, 0], [NaN, NaN], `${PYTORCH}, JAX`],
        [[0, -1], [-1, 0], PYTORCH],
        [[-0, -1], [-1, 0], PYTORCH],
        [[1e-200, 1e-200], [5e199, -5e199], "exact, not PyTorch's Infinity, -Infinity: squares underflow"],
        [[1e200, 1e200], [5e-201, -5e-201], "exact, not PyTorch's 0, 0: squares overflow"],
      ],
    },
  ),
  hypot: binary(
    'Math.hypot',
    Math.hypot,
    [(a, _b, y) => (y === 0 ? 0 : a / y), (_a, b, y) => (y === 0 ? 0 : b / y)],
    [
      [3, 4],
      [-0.5, 0.1],
    ],
    {
      alone: 'abs',
      pins: [
        [[0, 0], [0, 0], "PyTorch 1.13's norm, a subgradient (its hypot: NaN)"],
        [[3, 4], [0.6, 0.8], PYTORCH],
        [[1e200, 1e200], [SQRT1_2, SQRT1_2], PYTORCH],
        [[1e-200, 1e-200], [SQRT1_2, SQRT1_2], 'squares would underflow'],
      ],
    },
  ),
  ...sigmoidRules,
}
