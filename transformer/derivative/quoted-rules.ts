/**
 * The rows of the rules that operators and functions of `Math` name, as texts. It must not hold anything else.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */

/** A row; `passes` says what reaches an operand with the partial 0. */
export interface QuotedRule {
  readonly keys: readonly string[]
  readonly value: string
  readonly partials: readonly string[]
  readonly passes: 'all' | 'chosen' | 'nothing'
}

export const quotedRules: Readonly<Record<string, QuotedRule>> = {
  add: { keys: ['+'], value: 'a + b', partials: ['1', '1'], passes: 'all' },
  sub: { keys: ['-'], value: 'a - b', partials: ['1', '-1'], passes: 'all' },
  mul: { keys: ['*'], value: 'a * b', partials: ['b', 'a'], passes: 'all' },
  div: { keys: ['/'], value: 'a / b', partials: ['1 / b', '-y / b'], passes: 'all' },
  mod: { keys: ['%'], value: 'a % b', partials: ['1', 'Math.round((y - a) / b)'], passes: 'all' },
  pow: {
    keys: ['**', 'Math.pow'],
    value: 'a ** b',
    partials: [
      'a === 0 && (b === 0 || b === 1) ? b : b === 0 ? b / a * y : b * a ** (b - 1)',
      'a === 0 && b >= 0 ? 0 : y * Math.log(a)',
    ],
    passes: 'all',
  },
  neg: { keys: ['unary -'], value: '-x', partials: ['-1'], passes: 'all' },
  exp: { keys: ['Math.exp'], value: 'Math.exp(x)', partials: ['y'], passes: 'all' },
  expm1: { keys: ['Math.expm1'], value: 'Math.expm1(x)', partials: ['Math.exp(x)'], passes: 'all' },
  log: { keys: ['Math.log'], value: 'Math.log(x)', partials: ['1 / x'], passes: 'all' },
  log1p: { keys: ['Math.log1p'], value: 'Math.log1p(x)', partials: ['1 / (1 + x)'], passes: 'all' },
  log2: { keys: ['Math.log2'], value: 'Math.log2(x)', partials: ['Math.LOG2E / x'], passes: 'all' },
  log10: { keys: ['Math.log10'], value: 'Math.log10(x)', partials: ['Math.LOG10E / x'], passes: 'all' },
  sqrt: { keys: ['Math.sqrt'], value: 'Math.sqrt(x)', partials: ['0.5 / y'], passes: 'all' },
  cbrt: { keys: ['Math.cbrt'], value: 'Math.cbrt(x)', partials: ['1 / (3 * y * y)'], passes: 'all' },
  sin: { keys: ['Math.sin'], value: 'Math.sin(x)', partials: ['Math.cos(x)'], passes: 'all' },
  cos: { keys: ['Math.cos'], value: 'Math.cos(x)', partials: ['-Math.sin(x)'], passes: 'all' },
  tan: { keys: ['Math.tan'], value: 'Math.tan(x)', partials: ['1 + y * y'], passes: 'all' },
  asin: { keys: ['Math.asin'], value: 'Math.asin(x)', partials: ['1 / Math.sqrt((1 - x) * (1 + x))'], passes: 'all' },
  acos: { keys: ['Math.acos'], value: 'Math.acos(x)', partials: ['-1 / Math.sqrt((1 - x) * (1 + x))'], passes: 'all' },
  atan: { keys: ['Math.atan'], value: 'Math.atan(x)', partials: ['1 / (1 + x * x)'], passes: 'all' },
  sinh: { keys: ['Math.sinh'], value: 'Math.sinh(x)', partials: ['Math.cosh(x)'], passes: 'all' },
  cosh: { keys: ['Math.cosh'], value: 'Math.cosh(x)', partials: ['Math.sinh(x)'], passes: 'all' },
  tanh: {
    keys: ['Math.tanh'],
    value: 'Math.tanh(x)',
    partials: ['Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))'],
    passes: 'all',
  },
  asinh: { keys: ['Math.asinh'], value: 'Math.asinh(x)', partials: ['1 / Math.hypot(1, x)'], passes: 'all' },
  acosh: {
    keys: ['Math.acosh'],
    value: 'Math.acosh(x)',
    partials: ['1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))'],
    passes: 'all',
  },
  atanh: { keys: ['Math.atanh'], value: 'Math.atanh(x)', partials: ['1 / ((1 - x) * (1 + x))'], passes: 'all' },
  abs: { keys: ['Math.abs'], value: 'Math.abs(x)', partials: ['Math.sign(x)'], passes: 'all' },
  sign: { keys: ['Math.sign'], value: 'Math.sign(x)', partials: ['0'], passes: 'nothing' },
  floor: { keys: ['Math.floor'], value: 'Math.floor(x)', partials: ['0'], passes: 'nothing' },
  ceil: { keys: ['Math.ceil'], value: 'Math.ceil(x)', partials: ['0'], passes: 'nothing' },
  round: { keys: ['Math.round'], value: 'Math.round(x)', partials: ['0'], passes: 'nothing' },
  trunc: { keys: ['Math.trunc'], value: 'Math.trunc(x)', partials: ['0'], passes: 'nothing' },
  max: {
    keys: ['Math.max'],
    value: 'Math.max(a, b)',
    partials: ['a === b ? 0.5 : a > b ? 1 : 0', 'a === b ? 0.5 : b > a ? 1 : 0'],
    passes: 'chosen',
  },
  min: {
    keys: ['Math.min'],
    value: 'Math.min(a, b)',
    partials: ['a === b ? 0.5 : a < b ? 1 : 0', 'a === b ? 0.5 : b < a ? 1 : 0'],
    passes: 'chosen',
  },
  atan2: {
    keys: ['Math.atan2'],
    value: 'Math.atan2(a, b)',
    partials: ['b / Math.hypot(a, b) / Math.hypot(a, b)', '-a / Math.hypot(a, b) / Math.hypot(a, b)'],
    passes: 'all',
  },
  hypot: {
    keys: ['Math.hypot'],
    value: 'Math.hypot(a, b)',
    partials: ['y === 0 ? 0 : a / y', 'y === 0 ? 0 : b / y'],
    passes: 'all',
  },
}
