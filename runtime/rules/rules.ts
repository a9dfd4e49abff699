/**
 * The one table of primitives: what the user types, the value, the partial derivatives by each operand, points to test.
 * Data only; it must not know any node, graph or engine. Methods, functions, the sweep, docs/rules.md and tests are made from it.
 *
 * @internal The entry `tsgrad/internal/rules`, for the transformer: any release may change it.
 */

import { binary, kink, named, unary } from './rule.ts'

/** Every primitive by name; where a value is NaN the engine takes NaN for each partial, so rows do not say it; the name is the method, the `creation_op` and, but for operators, the exported function. */
// biome-ignore format: a table, read by lines
export const rules = {
  add:   binary('+', (a, b) => a + b, [() => 1, () => 1], [[2, -3]], { frequent: 'reflected' }),
  sub:   binary('-', (a, b) => a - b, [() => 1, () => -1], [[2, -3]], { frequent: 'reflected' }),
  mul:   binary('*', (a, b) => a * b, [(_a, b) => b, a => a], [[2, -3], [0, 5]], { frequent: 'reflected' }),
  // d(a/b)/db = -a/b² = -y/b, which does not overflow in b²
  div:   binary('/', (a, b) => a / b, [(_a, b) => 1 / b, (_a, b, y) => -y / b], [[2, -3], [-0.5, 0.25]], { frequent: 'reflected' }),
  // d(a % b)/db = -trunc(a/b), the exact quotient; a/b itself may round up to the next integer
  mod:   binary('%', (a, b) => a % b, [
    (a, b, y) => y === 0 && a !== 0 ? kink(1, -1, a, b) : 1,
    (a, b, y) => y === 0 && a !== 0 ? kink(Math.round((y - a) / b), -1, a, b) : Math.round((y - a) / b),
  ],
    [[5.5, 3], [-5.5, 3], [5.5, -3]]),
  // b / a * y is b a ** (b - 1) where that would be 0 * Infinity. At a = 0 the function of b jumps at 0, that of (a, b) has no
  // mixed derivative at b <= 1, and d/db = y log a has as many derivatives by a as there are whole numbers below b, all of them 0
  pow:   binary(['**', 'Math.pow'], (a, b) => a ** b,
    [(a, b, y) => a === 0 && (b === 0 || b === 1) ? kink(b, 0, b, a) : b === 0 ? b / a * y : b * a ** (b - 1),
      (a, b, y) => a === 0 && b >= 0 ? kink(0, Math.ceil(b) - 1, a, b) : y * Math.log(a)],
    [[2, 3], [0.5, -1.5], [3, 0]], { frequent: true }),
  neg:   unary('unary -',     x => -x,    () => -1, [2, -0.5], { frequent: true }),
  exp:   unary('Math.exp',    Math.exp,   (_x, y) => y, [-1, 0, 2], { frequent: true }),
  expm1: unary('Math.expm1',  Math.expm1, x => Math.exp(x), [-1, 0, 2]),
  log:   unary('Math.log',    Math.log,   x => 1 / x, [0.3, 1, 5], { domain: 'x >= 0', frequent: true }),
  log1p: unary('Math.log1p',  Math.log1p, x => 1 / (1 + x), [-0.5, 0, 4], { domain: 'x >= -1' }),
  log2:  unary('Math.log2',   Math.log2,  x => Math.LOG2E / x, [0.3, 1, 5], { domain: 'x >= 0' }),
  log10: unary('Math.log10',  Math.log10, x => Math.LOG10E / x, [0.3, 1, 5], { domain: 'x >= 0' }),
  sqrt:  unary('Math.sqrt',   Math.sqrt,  (_x, y) => 0.5 / y, [0.25, 1, 9], { domain: 'x >= 0', frequent: true }),
  cbrt:  unary('Math.cbrt',   Math.cbrt,  (_x, y) => 1 / (3 * y * y), [-8, 0.3, 2]),
  sin:   unary('Math.sin',    Math.sin,   x => Math.cos(x), [-2, 0, 1.3], { frequent: true }),
  cos:   unary('Math.cos',    Math.cos,   x => -Math.sin(x), [-2, 0, 1.3], { frequent: true }),
  tan:   unary('Math.tan',    Math.tan,   (_x, y) => 1 + y * y, [-1, 0, 0.7]),
  // 1 - x² would lose digits near ±1; at ends of the domain the second derivative is a pole from one side, where the chain rule
  // finds Infinity on one road and Infinity - Infinity on another
  asin:  unary('Math.asin',   Math.asin,
    x => Math.abs(x) === 1 ? kink(1 / Math.sqrt((1 - x) * (1 + x)), -1, x) : 1 / Math.sqrt((1 - x) * (1 + x)), [-0.9, 0, 0.5], { domain: '-1 <= x <= 1' }),
  acos:  unary('Math.acos',   Math.acos,
    x => Math.abs(x) === 1 ? kink(-1 / Math.sqrt((1 - x) * (1 + x)), -1, x) : -1 / Math.sqrt((1 - x) * (1 + x)), [-0.9, 0, 0.5], { domain: '-1 <= x <= 1' }),
  atan:  unary('Math.atan',   Math.atan,  x => 1 / (1 + x * x), [-3, 0, 0.5]),
  sinh:  unary('Math.sinh',   Math.sinh,  x => Math.cosh(x), [-2, 0, 1.5]),
  cosh:  unary('Math.cosh',   Math.cosh,  x => Math.sinh(x), [-2, 0, 1.5]),
  // sech² x: no digits lost as in 1 - y², and smooth at 0, unlike |x|; from 20 on it is 4 exp(-2|x|), which does not underflow
  // before it has to when it is derived again
  tanh:  unary('Math.tanh',   Math.tanh,  x => Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x)),
    [-2, 0.3, 1.5], { frequent: true }),
  asinh: unary('Math.asinh',  Math.asinh, x => 1 / Math.hypot(1, x), [-2, 0, 1.5]),
  // two roots: the product under one would overflow
  acosh: unary('Math.acosh',  Math.acosh,
    x => x === 1 ? kink(1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)), -1, x) : 1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)), [1.2, 3], { domain: 'x >= 1' }),
  atanh: unary('Math.atanh',  Math.atanh,
    x => Math.abs(x) === 1 ? kink(1 / ((1 - x) * (1 + x)), -1, x) : 1 / ((1 - x) * (1 + x)), [-0.9, 0, 0.5], { domain: '-1 <= x <= 1' }),
  abs:   unary('Math.abs',    Math.abs,   x => x === 0 ? kink(Math.sign(x), -1, x) : Math.sign(x), [-2, 0.5]),
  sign:  unary('Math.sign',   Math.sign,  x => x === 0 ? kink(0, -1, x) : 0, [-2, 0.5]),
  floor: unary('Math.floor',  Math.floor, (x, y) => x === y ? kink(0, -1, x) : 0, [-2.5, 0.3]),
  ceil:  unary('Math.ceil',   Math.ceil,  (x, y) => x === y ? kink(0, -1, x) : 0, [-2.5, 0.3]),
  round: unary('Math.round',  Math.round, (x, y) => y - x === 0.5 ? kink(0, -1, x) : 0, [-2.2, 0.3]),
  trunc: unary('Math.trunc',  Math.trunc, (x, y) => x === y && x !== 0 ? kink(0, -1, x) : 0, [-2.5, 0.3]),
  // a tie is shared
  max:   binary('Math.max', Math.max,
    [(a, b) => a === b ? kink(0.5, -1, a, b) : a > b ? 1 : 0, (a, b) => a === b ? kink(0.5, -1, a, b) : b > a ? 1 : 0],
    [[2, -3], [-3, 2]], { alone: 'pos', selects: true, frequent: true }),
  min:   binary('Math.min', Math.min,
    [(a, b) => a === b ? kink(0.5, -1, a, b) : a < b ? 1 : 0, (a, b) => a === b ? kink(0.5, -1, a, b) : b < a ? 1 : 0],
    [[2, -3], [-3, 2]], { alone: 'pos', selects: true, frequent: true }),
  // a is the ordinate; b / (a² + b²) = (b / h) / h with h = hypot(a, b), which neither over- nor underflows
  atan2: binary('Math.atan2', Math.atan2,
    [(a, b) => a === 0 && b < 0 ? kink(b / Math.hypot(a, b) / Math.hypot(a, b), -1, a, b) : b / Math.hypot(a, b) / Math.hypot(a, b),
      (a, b) => a === 0 && b < 0 ? kink(-a / Math.hypot(a, b) / Math.hypot(a, b), -1, a, b) : -a / Math.hypot(a, b) / Math.hypot(a, b)], [[2, -3], [0.5, 0.1]]),
  hypot: binary('Math.hypot', Math.hypot, [(a, b, y) => y === 0 ? kink(0, -1, a, b) : a / y, (a, b, y) => y === 0 ? kink(0, -1, a, b) : b / y],
    [[3, 4], [-0.5, 0.1]], { alone: 'abs' }),

  // No operator and no function of Math names these. Each partial is smooth, also where two formulas meet, so that its own
  // derivatives are right.

  // two formulas of one function, so that nothing overflows; d = 1 / (4 cosh²(x/2)) keeps the digits that y (1 - y) loses, and
  // from 40 on, where they agree, exp(-|x|) does not underflow before it has to when it is derived again
  sigmoid: named(x => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)),
    x => Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x)), [-3, 0, 1.5],
    { meaning: 'The logistic function 1 / (1 + exp(-x)).', frequent: true }),
  softplus: named(x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    x => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)), [-3, 0, 1.5],
    { meaning: 'log(1 + exp(x)), without overflow. Source: Mächler, "Accurately computing log(1 - exp(-|a|))", 2012.',
      alias: 'log1pExp' }),
  logSigmoid: named(x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
    x => x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x)), [-3, 0, 1.5],
    { meaning: 'log(sigmoid(x)) = -softplus(-x), without overflow.' }),
}
