/**
 * Functions of `Math` and the sigmoid's family on numbers and tracked numbers: a number for numbers, tracked where an operand is.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import type { ValuedRule } from '../../engine/node.ts'
import { type NumberWithGrad, type Numeric, requireTracked } from '../../number/number-with-grad.ts'
import { dispatchMath } from '../../operators/dispatch.ts'
import { variadic } from '../core/variadic.ts'

function ofAll(rule: ValuedRule, xs: readonly Numeric[]): Numeric {
  const { name } = rule
  const [tracked] = xs.filter(x => typeof x !== 'number').map(x => requireTracked(x, name))
  if (tracked !== undefined && xs.length > 2) return tracked._many(rule, xs)
  return dispatchMath(name, name, `r${name}`, ...xs) as Numeric
}

/** `a ** b`; derivatives: docs/rules.md. Other types throw a TypeError.
 * @example pow(2, 3) // 8 */
export function pow(a: number, b: number): number
export function pow(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function pow(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function pow(a: Numeric, b: Numeric): Numeric
export function pow(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return requireTracked(a, 'pow').pow(b)
  return typeof b === 'number' ? a ** b : requireTracked(b, 'pow').rpow(a)
}

/** `Math.exp(x)`; derivative `y`. Other types throw a TypeError.
 * @example exp(-1) // 0.36787944117144233 */
export function exp(x: number): number
export function exp(x: NumberWithGrad): NumberWithGrad
export function exp(x: Numeric): Numeric
export function exp(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.exp(x) : requireTracked(x, 'exp').exp()
}

/** `Math.expm1(x)`; derivative `Math.exp(x)`. Other types throw a TypeError.
 * @example expm1(-1) // -0.6321205588285577 */
export function expm1(x: number): number
export function expm1(x: NumberWithGrad): NumberWithGrad
export function expm1(x: Numeric): Numeric
export function expm1(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.expm1(x) : requireTracked(x, 'expm1').expm1()
}

/** `Math.log(x)` for x >= 0, else NaN; derivative `1 / x`. Other types throw a TypeError.
 * @example log(0.3) // -1.2039728043259361 */
export function log(x: number): number
export function log(x: NumberWithGrad): NumberWithGrad
export function log(x: Numeric): Numeric
export function log(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.log(x) : requireTracked(x, 'log').log()
}

/** `Math.log1p(x)` for x >= -1, else NaN; derivative `1 / (1 + x)`. Other types throw a TypeError.
 * @example log1p(-0.5) // -0.6931471805599453 */
export function log1p(x: number): number
export function log1p(x: NumberWithGrad): NumberWithGrad
export function log1p(x: Numeric): Numeric
export function log1p(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.log1p(x) : requireTracked(x, 'log1p').log1p()
}

/** `Math.log2(x)` for x >= 0, else NaN; derivative `Math.LOG2E / x`. Other types throw a TypeError.
 * @example log2(0.3) // -1.7369655941662063 */
export function log2(x: number): number
export function log2(x: NumberWithGrad): NumberWithGrad
export function log2(x: Numeric): Numeric
export function log2(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.log2(x) : requireTracked(x, 'log2').log2()
}

/** `Math.log10(x)` for x >= 0, else NaN; derivative `Math.LOG10E / x`. Other types throw a TypeError.
 * @example log10(0.3) // -0.5228787452803376 */
export function log10(x: number): number
export function log10(x: NumberWithGrad): NumberWithGrad
export function log10(x: Numeric): Numeric
export function log10(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.log10(x) : requireTracked(x, 'log10').log10()
}

/** `Math.sqrt(x)` for x >= 0, else NaN; derivative `0.5 / y`. Other types throw a TypeError.
 * @example sqrt(0.25) // 0.5 */
export function sqrt(x: number): number
export function sqrt(x: NumberWithGrad): NumberWithGrad
export function sqrt(x: Numeric): Numeric
export function sqrt(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.sqrt(x) : requireTracked(x, 'sqrt').sqrt()
}

/** `Math.cbrt(x)`; derivative `1 / (3 * y * y)`. Other types throw a TypeError.
 * @example cbrt(-8) // -2 */
export function cbrt(x: number): number
export function cbrt(x: NumberWithGrad): NumberWithGrad
export function cbrt(x: Numeric): Numeric
export function cbrt(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.cbrt(x) : requireTracked(x, 'cbrt').cbrt()
}

/** `Math.sin(x)`; derivative `Math.cos(x)`. Other types throw a TypeError.
 * @example sin(-2) // -0.9092974268256817 */
export function sin(x: number): number
export function sin(x: NumberWithGrad): NumberWithGrad
export function sin(x: Numeric): Numeric
export function sin(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.sin(x) : requireTracked(x, 'sin').sin()
}

/** `Math.cos(x)`; derivative `-Math.sin(x)`. Other types throw a TypeError.
 * @example cos(-2) // -0.4161468365471424 */
export function cos(x: number): number
export function cos(x: NumberWithGrad): NumberWithGrad
export function cos(x: Numeric): Numeric
export function cos(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.cos(x) : requireTracked(x, 'cos').cos()
}

/** `Math.tan(x)`; derivative `1 + y * y`. Other types throw a TypeError.
 * @example tan(-1) // -1.5574077246549023 */
export function tan(x: number): number
export function tan(x: NumberWithGrad): NumberWithGrad
export function tan(x: Numeric): Numeric
export function tan(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.tan(x) : requireTracked(x, 'tan').tan()
}

/** `Math.asin(x)` for -1 <= x <= 1, else NaN; derivative `1 / Math.sqrt((1 - x) * (1 + x))`. Other types throw a TypeError.
 * @example asin(-0.9) // -1.1197695149986342 */
export function asin(x: number): number
export function asin(x: NumberWithGrad): NumberWithGrad
export function asin(x: Numeric): Numeric
export function asin(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.asin(x) : requireTracked(x, 'asin').asin()
}

/** `Math.acos(x)` for -1 <= x <= 1, else NaN; derivative `-1 / Math.sqrt((1 - x) * (1 + x))`. Other types throw a TypeError.
 * @example acos(-0.9) // 2.6905658417935308 */
export function acos(x: number): number
export function acos(x: NumberWithGrad): NumberWithGrad
export function acos(x: Numeric): Numeric
export function acos(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.acos(x) : requireTracked(x, 'acos').acos()
}

/** `Math.atan(x)`; derivative `1 / (1 + x * x)`. Other types throw a TypeError.
 * @example atan(-3) // -1.2490457723982544 */
export function atan(x: number): number
export function atan(x: NumberWithGrad): NumberWithGrad
export function atan(x: Numeric): Numeric
export function atan(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.atan(x) : requireTracked(x, 'atan').atan()
}

/** `Math.sinh(x)`; derivative `Math.cosh(x)`. Other types throw a TypeError.
 * @example sinh(-2) // -3.626860407847019 */
export function sinh(x: number): number
export function sinh(x: NumberWithGrad): NumberWithGrad
export function sinh(x: Numeric): Numeric
export function sinh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.sinh(x) : requireTracked(x, 'sinh').sinh()
}

/** `Math.cosh(x)`; derivative `Math.sinh(x)`. Other types throw a TypeError.
 * @example cosh(-2) // 3.7621956910836314 */
export function cosh(x: number): number
export function cosh(x: NumberWithGrad): NumberWithGrad
export function cosh(x: Numeric): Numeric
export function cosh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.cosh(x) : requireTracked(x, 'cosh').cosh()
}

/** `Math.tanh(x)`; derivative `Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))`.
 * Other types throw a TypeError.
 * @example tanh(-2) // -0.9640275800758169 */
export function tanh(x: number): number
export function tanh(x: NumberWithGrad): NumberWithGrad
export function tanh(x: Numeric): Numeric
export function tanh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.tanh(x) : requireTracked(x, 'tanh').tanh()
}

/** `Math.asinh(x)`; derivative `1 / Math.hypot(1, x)`. Other types throw a TypeError.
 * @example asinh(-2) // -1.4436354751788103 */
export function asinh(x: number): number
export function asinh(x: NumberWithGrad): NumberWithGrad
export function asinh(x: Numeric): Numeric
export function asinh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.asinh(x) : requireTracked(x, 'asinh').asinh()
}

/** `Math.acosh(x)` for x >= 1, else NaN; derivative `1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))`. Other types throw a TypeError.
 * @example acosh(1.2) // 0.6223625037147786 */
export function acosh(x: number): number
export function acosh(x: NumberWithGrad): NumberWithGrad
export function acosh(x: Numeric): Numeric
export function acosh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.acosh(x) : requireTracked(x, 'acosh').acosh()
}

/** `Math.atanh(x)` for -1 <= x <= 1, else NaN; derivative `1 / ((1 - x) * (1 + x))`. Other types throw a TypeError.
 * @example atanh(-0.9) // -1.4722194895832204 */
export function atanh(x: number): number
export function atanh(x: NumberWithGrad): NumberWithGrad
export function atanh(x: Numeric): Numeric
export function atanh(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.atanh(x) : requireTracked(x, 'atanh').atanh()
}

/** `Math.abs(x)`; derivative `Math.sign(x)`. Other types throw a TypeError.
 * @example abs(-2) // 2 */
export function abs(x: number): number
export function abs(x: NumberWithGrad): NumberWithGrad
export function abs(x: Numeric): Numeric
export function abs(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.abs(x) : requireTracked(x, 'abs').abs()
}

/** `Math.sign(x)`; derivative `0`. Other types throw a TypeError.
 * @example sign(-2) // -1 */
export function sign(x: number): number
export function sign(x: NumberWithGrad): NumberWithGrad
export function sign(x: Numeric): Numeric
export function sign(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.sign(x) : requireTracked(x, 'sign').sign()
}

/** `Math.floor(x)`; derivative `0`. Other types throw a TypeError.
 * @example floor(-2.5) // -3 */
export function floor(x: number): number
export function floor(x: NumberWithGrad): NumberWithGrad
export function floor(x: Numeric): Numeric
export function floor(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.floor(x) : requireTracked(x, 'floor').floor()
}

/** `Math.ceil(x)`; derivative `0`. Other types throw a TypeError.
 * @example ceil(-2.5) // -2 */
export function ceil(x: number): number
export function ceil(x: NumberWithGrad): NumberWithGrad
export function ceil(x: Numeric): Numeric
export function ceil(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.ceil(x) : requireTracked(x, 'ceil').ceil()
}

/** `Math.round(x)`; derivative `0`. Other types throw a TypeError.
 * @example round(-2.2) // -2 */
export function round(x: number): number
export function round(x: NumberWithGrad): NumberWithGrad
export function round(x: Numeric): Numeric
export function round(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.round(x) : requireTracked(x, 'round').round()
}

/** `Math.trunc(x)`; derivative `0`. Other types throw a TypeError.
 * @example trunc(-2.5) // -2 */
export function trunc(x: number): number
export function trunc(x: NumberWithGrad): NumberWithGrad
export function trunc(x: Numeric): Numeric
export function trunc(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.trunc(x) : requireTracked(x, 'trunc').trunc()
}

/** `Math.max(...xs)`; derivatives: docs/rules.md. Other types throw a TypeError.
 * @example max(2, -3) // 2 */
export function max(...xs: number[]): number
export function max(first: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function max(first: Numeric, second: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function max(...xs: Numeric[]): Numeric
export function max(...xs: Numeric[]): Numeric {
  return ofAll(variadic.max, xs)
}

/** `Math.min(...xs)`; derivatives: docs/rules.md. Other types throw a TypeError.
 * @example min(2, -3) // -3 */
export function min(...xs: number[]): number
export function min(first: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function min(first: Numeric, second: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function min(...xs: Numeric[]): Numeric
export function min(...xs: Numeric[]): Numeric {
  return ofAll(variadic.min, xs)
}

/** `Math.atan2(a, b)`; derivatives: docs/rules.md. Other types throw a TypeError.
 * @example atan2(2, -3) // 2.5535900500422257 */
export function atan2(a: number, b: number): number
export function atan2(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function atan2(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function atan2(a: Numeric, b: Numeric): Numeric
export function atan2(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return requireTracked(a, 'atan2').atan2(b)
  return typeof b === 'number' ? Math.atan2(a, b) : requireTracked(b, 'atan2').ratan2(a)
}

/** `Math.hypot(...xs)`; derivatives: docs/rules.md. Other types throw a TypeError.
 * @example hypot(3, 4) // 5 */
export function hypot(...xs: number[]): number
export function hypot(first: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function hypot(first: Numeric, second: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function hypot(...xs: Numeric[]): Numeric
export function hypot(...xs: Numeric[]): Numeric {
  return ofAll(variadic.hypot, xs)
}

/**
 * The logistic function 1 / (1 + exp(-x)). Other types throw a TypeError.
 * Value `x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))`,
 * derivative `Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x))`.
 *
 * @example sigmoid(-3) // 0.04742587317756679
 */
export function sigmoid(x: number): number
export function sigmoid(x: NumberWithGrad): NumberWithGrad
export function sigmoid(x: Numeric): Numeric
export function sigmoid(x: Numeric): Numeric {
  return typeof x === 'number'
    ? x < 0
      ? Math.exp(x) / (1 + Math.exp(x))
      : 1 / (1 + Math.exp(-x))
    : requireTracked(x, 'sigmoid').sigmoid()
}

/**
 * log(1 + exp(x)), without overflow. Source: Mächler, "Accurately computing log(1 - exp(-|a|))", 2012. Other types throw a TypeError.
 * Value `Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))`,
 * derivative `x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))`.
 *
 * @example softplus(-3) // 0.04858735157374206
 */
export function softplus(x: number): number
export function softplus(x: NumberWithGrad): NumberWithGrad
export function softplus(x: Numeric): Numeric
export function softplus(x: Numeric): Numeric {
  return typeof x === 'number'
    ? Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
    : requireTracked(x, 'softplus').softplus()
}

/** Another name of `softplus`. @example log1pExp(-3) // 0.04858735157374206 */
export const log1pExp: typeof softplus = softplus

/**
 * log(sigmoid(x)) = -softplus(-x), without overflow. Other types throw a TypeError.
 * Value `Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))`,
 * derivative `x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x))`.
 *
 * @example logSigmoid(-3) // -3.048587351573742
 */
export function logSigmoid(x: number): number
export function logSigmoid(x: NumberWithGrad): NumberWithGrad
export function logSigmoid(x: Numeric): Numeric
export function logSigmoid(x: Numeric): Numeric {
  return typeof x === 'number'
    ? Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
    : requireTracked(x, 'logSigmoid').logSigmoid()
}
