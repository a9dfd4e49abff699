/**
 * The rows of the rules as texts: those of operators and of `Math` by their keys, others by their names. `$special` is what
 * `tsgrad/special` exports. It must not hold anything else.
 * Generated from rules.ts and special-rules.ts by scripts/generate.mjs: change the rules instead.
 */

/**
 * A row. The second partials are by the only operand, or by the first twice, by both, and by the second twice, with -0 for nothing;
 * `passes` says what reaches an operand with the partial 0.
 */
export interface QuotedRule {
  readonly keys: readonly string[]
  readonly value: string
  readonly partials: readonly string[]
  readonly seconds: readonly string[]
  readonly passes: 'all' | 'chosen' | 'nothing'
}

export const quotedRules: Readonly<Record<string, QuotedRule>> = {
  add: { keys: ['+'], value: 'a + b', partials: ['1', '1'], seconds: ['-0', '-0', '-0'], passes: 'all' },
  sub: { keys: ['-'], value: 'a - b', partials: ['1', '-1'], seconds: ['-0', '-0', '-0'], passes: 'all' },
  mul: { keys: ['*'], value: 'a * b', partials: ['b', 'a'], seconds: ['-0', '1 + 0', '-0'], passes: 'all' },
  div: {
    keys: ['/'],
    value: 'a / b',
    partials: ['1 / b', '-y / b'],
    seconds: ['-0', '-(1 / b) / b + 0', '1 / b * -(-y / b) + -(-y / b) / b + 0'],
    passes: 'all',
  },
  mod: {
    keys: ['%'],
    value: 'a % b',
    partials: ['1', 'Math.round((y - a) / b)'],
    seconds: ['y === 0 && a !== 0 ? NaN : -0', 'y === 0 && a !== 0 ? NaN : -0', 'y === 0 && a !== 0 ? NaN : -0'],
    passes: 'all',
  },
  pow: {
    keys: ['**', 'Math.pow'],
    value: 'a ** b',
    partials: [
      'a === 0 && (b === 0 || b === 1) ? b : b === 0 ? b / a * y : b * a ** (b - 1)',
      'a === 0 && b >= 0 ? 0 : y * Math.log(a)',
    ],
    seconds: [
      'a === 0 && (b === 0 || b === 1) ? -0 : b === 0 ? y * (-(b / a) / a) + b / a * (a === 0 && (b === 0 || b === 1) ? b : b === 0 ? b / a * y : b * a ** (b - 1)) + 0 : b * (a === 0 && (b - 1 === 0 || b - 1 === 1) ? b - 1 : b - 1 === 0 ? (b - 1) / a * a ** (b - 1) : (b - 1) * a ** (b - 1 - 1)) + 0',
      'a === 0 && (b === 0 || b === 1) ? NaN : b === 0 ? y * (1 / a) + b / a * (a === 0 && b >= 0 ? 0 : y * Math.log(a)) + 0 : a ** (b - 1) + b * (a === 0 && b - 1 >= 0 ? 0 : a ** (b - 1) * Math.log(a)) + 0',
      'a === 0 && b >= 0 ? Math.ceil(b) - 1 < 0 ? NaN : -0 : Math.log(a) * (a === 0 && b >= 0 ? 0 : y * Math.log(a)) + 0',
    ],
    passes: 'all',
  },
  neg: { keys: ['unary -'], value: '-x', partials: ['-1'], seconds: ['-0'], passes: 'all' },
  exp: { keys: ['Math.exp'], value: 'Math.exp(x)', partials: ['y'], seconds: ['y + 0'], passes: 'all' },
  expm1: {
    keys: ['Math.expm1'],
    value: 'Math.expm1(x)',
    partials: ['Math.exp(x)'],
    seconds: ['Math.exp(x) + 0'],
    passes: 'all',
  },
  log: { keys: ['Math.log'], value: 'Math.log(x)', partials: ['1 / x'], seconds: ['-(1 / x) / x + 0'], passes: 'all' },
  log1p: {
    keys: ['Math.log1p'],
    value: 'Math.log1p(x)',
    partials: ['1 / (1 + x)'],
    seconds: ['-(1 / (1 + x)) / (1 + x) + 0'],
    passes: 'all',
  },
  log2: {
    keys: ['Math.log2'],
    value: 'Math.log2(x)',
    partials: ['Math.LOG2E / x'],
    seconds: ['-(Math.LOG2E / x) / x + 0'],
    passes: 'all',
  },
  log10: {
    keys: ['Math.log10'],
    value: 'Math.log10(x)',
    partials: ['Math.LOG10E / x'],
    seconds: ['-(Math.LOG10E / x) / x + 0'],
    passes: 'all',
  },
  sqrt: {
    keys: ['Math.sqrt'],
    value: 'Math.sqrt(x)',
    partials: ['0.5 / y'],
    seconds: ['-(0.5 / y) / y * (0.5 / y) + 0'],
    passes: 'all',
  },
  cbrt: {
    keys: ['Math.cbrt'],
    value: 'Math.cbrt(x)',
    partials: ['1 / (3 * y * y)'],
    seconds: ['-(1 / (3 * y * y)) / (3 * y * y) * (y * (3 * (1 / (3 * y * y))) + 3 * y * (1 / (3 * y * y))) + 0'],
    passes: 'all',
  },
  sin: {
    keys: ['Math.sin'],
    value: 'Math.sin(x)',
    partials: ['Math.cos(x)'],
    seconds: ['-Math.sin(x) + 0'],
    passes: 'all',
  },
  cos: {
    keys: ['Math.cos'],
    value: 'Math.cos(x)',
    partials: ['-Math.sin(x)'],
    seconds: ['-Math.cos(x) + 0'],
    passes: 'all',
  },
  tan: {
    keys: ['Math.tan'],
    value: 'Math.tan(x)',
    partials: ['1 + y * y'],
    seconds: ['y * (1 + y * y) + y * (1 + y * y) + 0'],
    passes: 'all',
  },
  asin: {
    keys: ['Math.asin'],
    value: 'Math.asin(x)',
    partials: ['1 / Math.sqrt((1 - x) * (1 + x))'],
    seconds: [
      'Math.abs(x) === 1 ? NaN : -(1 / Math.sqrt((1 - x) * (1 + x))) / Math.sqrt((1 - x) * (1 + x)) * (0.5 / Math.sqrt((1 - x) * (1 + x)) * (-(1 + x) + (1 - x))) + 0',
    ],
    passes: 'all',
  },
  acos: {
    keys: ['Math.acos'],
    value: 'Math.acos(x)',
    partials: ['-1 / Math.sqrt((1 - x) * (1 + x))'],
    seconds: [
      'Math.abs(x) === 1 ? NaN : -(-1 / Math.sqrt((1 - x) * (1 + x))) / Math.sqrt((1 - x) * (1 + x)) * (0.5 / Math.sqrt((1 - x) * (1 + x)) * (-(1 + x) + (1 - x))) + 0',
    ],
    passes: 'all',
  },
  atan: {
    keys: ['Math.atan'],
    value: 'Math.atan(x)',
    partials: ['1 / (1 + x * x)'],
    seconds: ['-(1 / (1 + x * x)) / (1 + x * x) * (x + x) + 0'],
    passes: 'all',
  },
  sinh: {
    keys: ['Math.sinh'],
    value: 'Math.sinh(x)',
    partials: ['Math.cosh(x)'],
    seconds: ['Math.sinh(x) + 0'],
    passes: 'all',
  },
  cosh: {
    keys: ['Math.cosh'],
    value: 'Math.cosh(x)',
    partials: ['Math.sinh(x)'],
    seconds: ['Math.cosh(x) + 0'],
    passes: 'all',
  },
  tanh: {
    keys: ['Math.tanh'],
    value: 'Math.tanh(x)',
    partials: ['Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))'],
    seconds: [
      'Math.abs(x) < 20 ? 2 * (1 / Math.cosh(x)) * (-(1 / Math.cosh(x)) / Math.cosh(x) * Math.sinh(x)) + 0 : 4 * (Math.exp(-2 * Math.abs(x)) * (-2 * Math.sign(x))) + 0',
    ],
    passes: 'all',
  },
  asinh: {
    keys: ['Math.asinh'],
    value: 'Math.asinh(x)',
    partials: ['1 / Math.hypot(1, x)'],
    seconds: ['-(1 / Math.hypot(1, x)) / Math.hypot(1, x) * (Math.hypot(1, x) === 0 ? 0 : x / Math.hypot(1, x)) + 0'],
    passes: 'all',
  },
  acosh: {
    keys: ['Math.acosh'],
    value: 'Math.acosh(x)',
    partials: ['1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))'],
    seconds: [
      'x === 1 ? NaN : -(1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))) / (Math.sqrt(x - 1) * Math.sqrt(x + 1)) * (Math.sqrt(x + 1) * (0.5 / Math.sqrt(x - 1)) + Math.sqrt(x - 1) * (0.5 / Math.sqrt(x + 1))) + 0',
    ],
    passes: 'all',
  },
  atanh: {
    keys: ['Math.atanh'],
    value: 'Math.atanh(x)',
    partials: ['1 / ((1 - x) * (1 + x))'],
    seconds: ['Math.abs(x) === 1 ? NaN : -(1 / ((1 - x) * (1 + x))) / ((1 - x) * (1 + x)) * (-(1 + x) + (1 - x)) + 0'],
    passes: 'all',
  },
  abs: {
    keys: ['Math.abs'],
    value: 'Math.abs(x)',
    partials: ['Math.sign(x)'],
    seconds: ['x === 0 ? NaN : -0'],
    passes: 'all',
  },
  sign: {
    keys: ['Math.sign'],
    value: 'Math.sign(x)',
    partials: ['0'],
    seconds: ['x === 0 ? NaN : -0'],
    passes: 'nothing',
  },
  floor: {
    keys: ['Math.floor'],
    value: 'Math.floor(x)',
    partials: ['0'],
    seconds: ['x === y ? NaN : -0'],
    passes: 'nothing',
  },
  ceil: {
    keys: ['Math.ceil'],
    value: 'Math.ceil(x)',
    partials: ['0'],
    seconds: ['x === y ? NaN : -0'],
    passes: 'nothing',
  },
  round: {
    keys: ['Math.round'],
    value: 'Math.round(x)',
    partials: ['0'],
    seconds: ['y - x === 0.5 ? NaN : -0'],
    passes: 'nothing',
  },
  trunc: {
    keys: ['Math.trunc'],
    value: 'Math.trunc(x)',
    partials: ['0'],
    seconds: ['x === y && x !== 0 ? NaN : -0'],
    passes: 'nothing',
  },
  max: {
    keys: ['Math.max'],
    value: 'Math.max(a, b)',
    partials: ['a === b ? 0.5 : a > b ? 1 : 0', 'a === b ? 0.5 : b > a ? 1 : 0'],
    seconds: ['a === b ? NaN : -0', 'a === b ? NaN : -0', 'a === b ? NaN : -0'],
    passes: 'chosen',
  },
  min: {
    keys: ['Math.min'],
    value: 'Math.min(a, b)',
    partials: ['a === b ? 0.5 : a < b ? 1 : 0', 'a === b ? 0.5 : b < a ? 1 : 0'],
    seconds: ['a === b ? NaN : -0', 'a === b ? NaN : -0', 'a === b ? NaN : -0'],
    passes: 'chosen',
  },
  atan2: {
    keys: ['Math.atan2'],
    value: 'Math.atan2(a, b)',
    partials: ['b / Math.hypot(a, b) / Math.hypot(a, b)', '-a / Math.hypot(a, b) / Math.hypot(a, b)'],
    seconds: [
      'a === 0 && b < 0 ? NaN : 1 / Math.hypot(a, b) * (-(b / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : a / Math.hypot(a, b))) + -(b / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : a / Math.hypot(a, b)) + 0',
      'a === 0 && b < 0 ? NaN : 1 / Math.hypot(a, b) * (1 / Math.hypot(a, b) + -(b / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b))) + -(b / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b)) + 0',
      'a === 0 && b < 0 ? NaN : 1 / Math.hypot(a, b) * (-(-a / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b))) + -(-a / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b)) + 0',
    ],
    passes: 'all',
  },
  hypot: {
    keys: ['Math.hypot'],
    value: 'Math.hypot(a, b)',
    partials: ['y === 0 ? 0 : a / y', 'y === 0 ? 0 : b / y'],
    seconds: [
      'y === 0 ? NaN : 1 / y + -(a / y) / y * (y === 0 ? 0 : a / y) + 0',
      'y === 0 ? NaN : -(a / y) / y * (y === 0 ? 0 : b / y) + 0',
      'y === 0 ? NaN : 1 / y + -(b / y) / y * (y === 0 ? 0 : b / y) + 0',
    ],
    passes: 'all',
  },
  sigmoid: {
    keys: [],
    value: 'x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))',
    partials: ['Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x))'],
    seconds: [
      'Math.abs(x) < 40 ? 2 * (0.5 / Math.cosh(x / 2)) * (-(0.5 / Math.cosh(x / 2)) / Math.cosh(x / 2) * (Math.sinh(x / 2) * (1 / 2))) + 0 : Math.exp(-Math.abs(x)) * -Math.sign(x) + 0',
    ],
    passes: 'all',
  },
  softplus: {
    keys: [],
    value: 'Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))',
    partials: ['x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))'],
    seconds: [
      'x < 0 ? 1 / (1 + Math.exp(x)) * Math.exp(x) + -(Math.exp(x) / (1 + Math.exp(x))) / (1 + Math.exp(x)) * Math.exp(x) + 0 : -(1 / (1 + Math.exp(-x))) / (1 + Math.exp(-x)) * -Math.exp(-x) + 0',
    ],
    passes: 'all',
  },
  logSigmoid: {
    keys: [],
    value: 'Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))',
    partials: ['x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x))'],
    seconds: [
      'x < 0 ? -(1 / (1 + Math.exp(x))) / (1 + Math.exp(x)) * Math.exp(x) + 0 : 1 / (1 + Math.exp(-x)) * -Math.exp(-x) + -(Math.exp(-x) / (1 + Math.exp(-x))) / (1 + Math.exp(-x)) * -Math.exp(-x) + 0',
    ],
    passes: 'all',
  },
  expNegSquare: {
    keys: [],
    value: '$special.expNegSquare(x)',
    partials: ['-2 * x * y'],
    seconds: ['y * -2 + -2 * x * (-2 * x * y) + 0'],
    passes: 'all',
  },
  erf: {
    keys: [],
    value: '$special.erf(x)',
    partials: ['1.1283791670955126 * $special.expNegSquare(x)'],
    seconds: ['1.1283791670955126 * (-2 * x * $special.expNegSquare(x)) + 0'],
    passes: 'all',
  },
  erfc: {
    keys: [],
    value: '$special.erfc(x)',
    partials: ['-1.1283791670955126 * $special.expNegSquare(x)'],
    seconds: ['-1.1283791670955126 * (-2 * x * $special.expNegSquare(x)) + 0'],
    passes: 'all',
  },
  erfcxIntegral: {
    keys: [],
    value: '$special.erfcxIntegral(a, b)',
    partials: ['NaN', '-2 * (a + 1) * $special.erfcxIntegral(a + 1, b)'],
    seconds: ['-0', '-0', '-2 * (a + 1) * (-2 * (a + 1 + 1) * $special.erfcxIntegral(a + 1 + 1, b)) + 0'],
    passes: 'all',
  },
  erfcx: {
    keys: [],
    value: '$special.erfcxIntegral(0, x)',
    partials: ['-2 * $special.erfcxIntegral(1, x)'],
    seconds: ['-2 * (-2 * (1 + 1) * $special.erfcxIntegral(1 + 1, x)) + 0'],
    passes: 'all',
  },
  normalDensity: {
    keys: [],
    value: '$special.normalDensity(x)',
    partials: ['-x * y'],
    seconds: ['-y + -x * (-x * y) + 0'],
    passes: 'all',
  },
  normalDistribution: {
    keys: [],
    value: '$special.normalDistribution(x)',
    partials: ['$special.normalDensity(x)'],
    seconds: ['-x * $special.normalDensity(x) + 0'],
    passes: 'all',
  },
  logNormalDistribution: {
    keys: [],
    value: '$special.logNormalDistribution(x)',
    partials: [
      'x < 0 ? 0.7978845608028654 / $special.erfcxIntegral(0, -x * Math.SQRT1_2) : $special.normalDensity(x) / $special.normalDistribution(x)',
    ],
    seconds: [
      'x < 0 ? -(0.7978845608028654 / $special.erfcxIntegral(0, -x * Math.SQRT1_2)) / $special.erfcxIntegral(0, -x * Math.SQRT1_2) * (-2 * (0 + 1) * $special.erfcxIntegral(0 + 1, -x * Math.SQRT1_2) * -Math.SQRT1_2) + 0 : 1 / $special.normalDistribution(x) * (-x * $special.normalDensity(x)) + -($special.normalDensity(x) / $special.normalDistribution(x)) / $special.normalDistribution(x) * $special.normalDensity(x) + 0',
    ],
    passes: 'all',
  },
  normalQuantile: {
    keys: [],
    value: '$special.normalQuantile(x)',
    partials: ['1 / $special.normalDensity(y)'],
    seconds: [
      '-(1 / $special.normalDensity(y)) / $special.normalDensity(y) * (-y * $special.normalDensity(y) * (1 / $special.normalDensity(y))) + 0',
    ],
    passes: 'all',
  },
  polygamma: {
    keys: [],
    value: '$special.polygamma(a, b)',
    partials: ['NaN', '$special.polygamma(a + 1, b)'],
    seconds: ['-0', '-0', '$special.polygamma(a + 1 + 1, b) + 0'],
    passes: 'all',
  },
  lgamma: {
    keys: [],
    value: '$special.lgamma(x)',
    partials: ['$special.polygamma(0, x)'],
    seconds: ['$special.polygamma(0 + 1, x) + 0'],
    passes: 'all',
  },
  digamma: {
    keys: [],
    value: '$special.polygamma(0, x)',
    partials: ['$special.polygamma(1, x)'],
    seconds: ['$special.polygamma(1 + 1, x) + 0'],
    passes: 'all',
  },
  trigamma: {
    keys: [],
    value: '$special.polygamma(1, x)',
    partials: ['$special.polygamma(2, x)'],
    seconds: ['$special.polygamma(2 + 1, x) + 0'],
    passes: 'all',
  },
  logBeta: {
    keys: [],
    value: '$special.logBeta(a, b)',
    partials: [
      '$special.polygamma(0, a) - $special.polygamma(0, a + b)',
      '$special.polygamma(0, b) - $special.polygamma(0, a + b)',
    ],
    seconds: [
      '$special.polygamma(0 + 1, a) + -$special.polygamma(0 + 1, a + b) + 0',
      '-$special.polygamma(0 + 1, a + b) + 0',
      '$special.polygamma(0 + 1, b) + -$special.polygamma(0 + 1, a + b) + 0',
    ],
    passes: 'all',
  },
  beta: {
    keys: [],
    value: '$special.beta(a, b)',
    partials: [
      'y * ($special.polygamma(0, a) - $special.polygamma(0, a + b))',
      'y * ($special.polygamma(0, b) - $special.polygamma(0, a + b))',
    ],
    seconds: [
      '($special.polygamma(0, a) - $special.polygamma(0, a + b)) * (y * ($special.polygamma(0, a) - $special.polygamma(0, a + b))) + y * ($special.polygamma(0 + 1, a) + -$special.polygamma(0 + 1, a + b)) + 0',
      '($special.polygamma(0, a) - $special.polygamma(0, a + b)) * (y * ($special.polygamma(0, b) - $special.polygamma(0, a + b))) + y * -$special.polygamma(0 + 1, a + b) + 0',
      '($special.polygamma(0, b) - $special.polygamma(0, a + b)) * (y * ($special.polygamma(0, b) - $special.polygamma(0, a + b))) + y * ($special.polygamma(0 + 1, b) + -$special.polygamma(0 + 1, a + b)) + 0',
    ],
    passes: 'all',
  },
  besselJ: {
    keys: [],
    value: '$special.besselJ(a, b)',
    partials: ['NaN', '($special.besselJ(a - 1, b) - $special.besselJ(a + 1, b)) / 2'],
    seconds: [
      '-0',
      '-0',
      '1 / 2 * (($special.besselJ(a - 1 - 1, b) - $special.besselJ(a - 1 + 1, b)) / 2 + -(($special.besselJ(a + 1 - 1, b) - $special.besselJ(a + 1 + 1, b)) / 2)) + 0',
    ],
    passes: 'all',
  },
  sphericalBesselOfPi: {
    keys: [],
    value: '$special.sphericalBesselOfPi(a, b)',
    partials: [
      'NaN',
      'Math.PI * (a * $special.sphericalBesselOfPi(a - 1, b) - (a + 1) * $special.sphericalBesselOfPi(a + 1, b)) / (2 * a + 1)',
    ],
    seconds: [
      '-0',
      '-0',
      '1 / (2 * a + 1) * (Math.PI * (a * (Math.PI * ((a - 1) * $special.sphericalBesselOfPi(a - 1 - 1, b) - (a - 1 + 1) * $special.sphericalBesselOfPi(a - 1 + 1, b)) / (2 * (a - 1) + 1)) + -((a + 1) * (Math.PI * ((a + 1) * $special.sphericalBesselOfPi(a + 1 - 1, b) - (a + 1 + 1) * $special.sphericalBesselOfPi(a + 1 + 1, b)) / (2 * (a + 1) + 1))))) + 0',
    ],
    passes: 'all',
  },
  sinc: {
    keys: [],
    value: '$special.sphericalBesselOfPi(0, x)',
    partials: ['-Math.PI * $special.sphericalBesselOfPi(1, x)'],
    seconds: [
      '-Math.PI * (Math.PI * (1 * $special.sphericalBesselOfPi(1 - 1, x) - (1 + 1) * $special.sphericalBesselOfPi(1 + 1, x)) / (2 * 1 + 1)) + 0',
    ],
    passes: 'all',
  },
  xlogy: {
    keys: [],
    value: '$special.xlogy(a, b)',
    partials: ['Math.log(b)', 'a / b'],
    seconds: ['-0', '1 / b + 0', '-(a / b) / b + 0'],
    passes: 'all',
  },
  xlog1py: {
    keys: [],
    value: '$special.xlog1py(a, b)',
    partials: ['Math.log1p(b)', 'a / (1 + b)'],
    seconds: ['-0', '1 / (1 + b) + 0', '-(a / (1 + b)) / (1 + b) + 0'],
    passes: 'all',
  },
  logAddExp: {
    keys: [],
    value: 'a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))',
    partials: [
      'a < b ? Math.exp(a - b) / (1 + Math.exp(a - b)) : 1 / (1 + Math.exp(b - a))',
      'b < a ? Math.exp(b - a) / (1 + Math.exp(b - a)) : 1 / (1 + Math.exp(a - b))',
    ],
    seconds: [
      'a < b ? 1 / (1 + Math.exp(a - b)) * Math.exp(a - b) + -(Math.exp(a - b) / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b)) * Math.exp(a - b) + 0 : -(1 / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a)) * -Math.exp(b - a) + 0',
      'a < b ? 1 / (1 + Math.exp(a - b)) * -Math.exp(a - b) + -(Math.exp(a - b) / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b)) * -Math.exp(a - b) + 0 : -(1 / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a)) * Math.exp(b - a) + 0',
      'b < a ? 1 / (1 + Math.exp(b - a)) * Math.exp(b - a) + -(Math.exp(b - a) / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a)) * Math.exp(b - a) + 0 : -(1 / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b)) * -Math.exp(a - b) + 0',
    ],
    passes: 'all',
  },
  log1mExp: {
    keys: [],
    value: 'x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))',
    partials: ['x === 0 ? -1 / Math.abs(x) : Math.exp(x) / Math.expm1(x)'],
    seconds: [
      'x === 0 ? NaN : 1 / Math.expm1(x) * Math.exp(x) + -(Math.exp(x) / Math.expm1(x)) / Math.expm1(x) * Math.exp(x) + 0',
    ],
    passes: 'all',
  },
  relu: {
    keys: [],
    value: 'Math.max(x, 0)',
    partials: ['x === 0 ? 0 : x > 0 ? 1 : 0'],
    seconds: ['x === 0 ? NaN : -0'],
    passes: 'chosen',
  },
}
