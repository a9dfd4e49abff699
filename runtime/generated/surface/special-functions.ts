/**
 * Special functions on numbers and tracked numbers: a number for numbers, tracked where an operand is.
 * Generated from special-rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { kinked } from '../../engine/kinked.ts'
import { operandValue } from '../../engine/node.ts'
import type { NumberWithGrad, Numeric } from '../../number/number-with-grad.ts'
import { binaryRule, operated, unaryRule } from '../../number/operation-rule.ts'
import * as special from '../../rules/special.ts'
import { exp, expm1, log, log1p } from './functions.ts'

function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return a.add(b)
  return typeof b === 'number' ? a + b : b.radd(a)
}

function div(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return a.div(b)
  return typeof b === 'number' ? a / b : b.rdiv(a)
}

function mul(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return a.mul(b)
  return typeof b === 'number' ? a * b : b.rmul(a)
}

function sub(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return a.sub(b)
  return typeof b === 'number' ? a - b : b.rsub(a)
}

function neg(x: Numeric): Numeric {
  return typeof x === 'number' ? -x : x.neg()
}

/**
 * @internal exp(-x²), without the error of a rounded square.
 *
 * Derivative `-2 * x * y`.
 * @throws TypeError for what is neither a number nor tracked.
 */
export function expNegSquare(x: number): number
export function expNegSquare(x: NumberWithGrad): NumberWithGrad
export function expNegSquare(x: Numeric): Numeric
export function expNegSquare(x: Numeric): Numeric {
  return typeof x === 'number' ? special.expNegSquare(x) : operated(EXP_NEG_SQUARE_RULE, [x])
}
const EXP_NEG_SQUARE_RULE = /* @__PURE__ */ unaryRule('expNegSquare', special.expNegSquare, {
  partial: (x, y) => -2 * x * y,
  second: (x, y) => y * -2 + -2 * x * (-2 * x * y),
  tracked: (x, y) => mul(mul(-2, x), y),
})

/**
 * The error function (2/√π) ∫₀ˣ exp(-t²) dt. Source: fdlibm.
 *
 * Derivative `1.1283791670955126 * expNegSquare(x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example erf(-1.5) // -0.9661051464753108
 */
export function erf(x: number): number
export function erf(x: NumberWithGrad): NumberWithGrad
export function erf(x: Numeric): Numeric
export function erf(x: Numeric): Numeric {
  return typeof x === 'number' ? special.erf(x) : operated(ERF_RULE, [x])
}
const ERF_RULE = /* @__PURE__ */ unaryRule('erf', special.erf, {
  partial: x => 1.1283791670955126 * special.expNegSquare(x),
  second: x => 1.1283791670955126 * (-2 * x * special.expNegSquare(x)),
  tracked: x => mul(1.1283791670955126, expNegSquare(x)),
})

/**
 * The complementary error function 1 - erf(x), right to the last digits where it is tiny. Source: fdlibm.
 *
 * Derivative `-1.1283791670955126 * expNegSquare(x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example erfc(-1.5) // 1.9661051464753108
 */
export function erfc(x: number): number
export function erfc(x: NumberWithGrad): NumberWithGrad
export function erfc(x: Numeric): Numeric
export function erfc(x: Numeric): Numeric {
  return typeof x === 'number' ? special.erfc(x) : operated(ERFC_RULE, [x])
}
const ERFC_RULE = /* @__PURE__ */ unaryRule('erfc', special.erfc, {
  partial: x => -1.1283791670955126 * special.expNegSquare(x),
  second: x => -1.1283791670955126 * (-2 * x * special.expNegSquare(x)),
  tracked: x => mul(-1.1283791670955126, expNegSquare(x)),
})

/**
 * @internal exp(b²) times the a-fold integral of erfc from b on. Source: DLMF 7.18.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 */
export function erfcxIntegral(a: number, b: number): number
export function erfcxIntegral(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function erfcxIntegral(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function erfcxIntegral(a: Numeric, b: Numeric): Numeric
export function erfcxIntegral(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number'
    ? special.erfcxIntegral(a, b)
    : operated(ERFCX_INTEGRAL_RULE, [a, b])
}
const ERFCX_INTEGRAL_RULE = /* @__PURE__ */ binaryRule('erfcxIntegral', special.erfcxIntegral, {
  partials: (a, b) => [NaN, -2 * (a + 1) * special.erfcxIntegral(a + 1, b)],
  seconds: (a, b) => [0, 0, -2 * (a + 1) * (-2 * (a + 1 + 1) * special.erfcxIntegral(a + 1 + 1, b))],
  tracked: (a, b) => [NaN, mul(mul(-2, add(a, 1)), erfcxIntegral(add(a, 1), b))],
})

/**
 * The scaled complementary error function exp(x²) erfc(x). Source: fdlibm; DLMF 7.12, 7.18.
 *
 * Value `erfcxIntegral(0, x)`; derivative `-2 * erfcxIntegral(1, x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example erfcx(-1.5) // 18.653886256262734
 */
export function erfcx(x: number): number
export function erfcx(x: NumberWithGrad): NumberWithGrad
export function erfcx(x: Numeric): Numeric
export function erfcx(x: Numeric): Numeric {
  return typeof x === 'number' ? special.erfcxIntegral(0, x) : operated(ERFCX_RULE, [x])
}
const ERFCX_RULE = /* @__PURE__ */ unaryRule('erfcx', x => special.erfcxIntegral(0, x), {
  partial: x => -2 * special.erfcxIntegral(1, x),
  second: x => -2 * (-2 * (1 + 1) * special.erfcxIntegral(1 + 1, x)),
  tracked: x => mul(-2, erfcxIntegral(1, x)),
})

/**
 * The density exp(-x²/2) / √(2π) of the standard normal distribution.
 *
 * Derivative `-x * y`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example normalDensity(-1.5) // 0.12951759566589174
 */
export function normalDensity(x: number): number
export function normalDensity(x: NumberWithGrad): NumberWithGrad
export function normalDensity(x: Numeric): Numeric
export function normalDensity(x: Numeric): Numeric {
  return typeof x === 'number' ? special.normalDensity(x) : operated(NORMAL_DENSITY_RULE, [x])
}
const NORMAL_DENSITY_RULE = /* @__PURE__ */ unaryRule('normalDensity', special.normalDensity, {
  partial: (x, y) => -x * y,
  second: (x, y) => -y + -x * (-x * y),
  tracked: (x, y) => mul(neg(x), y),
})

/**
 * The probability that a standard normal number is below x, to the last digits also where it is tiny.
 *
 * Derivative `normalDensity(x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example normalDistribution(-1.5) // 0.06680720126885806
 */
export function normalDistribution(x: number): number
export function normalDistribution(x: NumberWithGrad): NumberWithGrad
export function normalDistribution(x: Numeric): Numeric
export function normalDistribution(x: Numeric): Numeric {
  return typeof x === 'number' ? special.normalDistribution(x) : operated(NORMAL_DISTRIBUTION_RULE, [x])
}
const NORMAL_DISTRIBUTION_RULE = /* @__PURE__ */ unaryRule('normalDistribution', special.normalDistribution, {
  partial: x => special.normalDensity(x),
  second: x => -x * special.normalDensity(x),
  tracked: x => normalDensity(x),
})

/**
 * The logarithm of normalDistribution(x), also where that underflows.
 *
 * Derivative `x < 0 ? 0.7978845608028654 / erfcxIntegral(0, -x * Math.SQRT1_2) : normalDensity(x) / normalDistribution(x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example logNormalDistribution(-40) // -804.6084420137538
 */
export function logNormalDistribution(x: number): number
export function logNormalDistribution(x: NumberWithGrad): NumberWithGrad
export function logNormalDistribution(x: Numeric): Numeric
export function logNormalDistribution(x: Numeric): Numeric {
  return typeof x === 'number' ? special.logNormalDistribution(x) : operated(LOG_NORMAL_DISTRIBUTION_RULE, [x])
}
const LOG_NORMAL_DISTRIBUTION_RULE = /* @__PURE__ */ unaryRule('logNormalDistribution', special.logNormalDistribution, {
  partial: x =>
    x < 0
      ? 0.7978845608028654 / special.erfcxIntegral(0, -x * Math.SQRT1_2)
      : special.normalDensity(x) / special.normalDistribution(x),
  second: x =>
    x < 0
      ? (-(0.7978845608028654 / special.erfcxIntegral(0, -x * Math.SQRT1_2)) /
          special.erfcxIntegral(0, -x * Math.SQRT1_2)) *
        (-2 * (0 + 1) * special.erfcxIntegral(0 + 1, -x * Math.SQRT1_2) * -Math.SQRT1_2)
      : (1 / special.normalDistribution(x)) * (-x * special.normalDensity(x)) +
        (-(special.normalDensity(x) / special.normalDistribution(x)) / special.normalDistribution(x)) *
          special.normalDensity(x),
  tracked: x => {
    const xValue = operandValue(x)
    return xValue < 0
      ? div(0.7978845608028654, erfcxIntegral(0, mul(neg(x), Math.SQRT1_2)))
      : div(normalDensity(x), normalDistribution(x))
  },
})

/**
 * The y with normalDistribution(y) = x. Source: Wichura, "Algorithm AS 241", 1988.
 *
 * Derivative `1 / normalDensity(y)`; NaN but for 0 <= x <= 1.
 * @throws TypeError for what is neither a number nor tracked.
 * @example normalQuantile(0.1) // -1.2815515655446006
 */
export function normalQuantile(x: number): number
export function normalQuantile(x: NumberWithGrad): NumberWithGrad
export function normalQuantile(x: Numeric): Numeric
export function normalQuantile(x: Numeric): Numeric {
  return typeof x === 'number' ? special.normalQuantile(x) : operated(NORMAL_QUANTILE_RULE, [x])
}
const NORMAL_QUANTILE_RULE = /* @__PURE__ */ unaryRule('normalQuantile', special.normalQuantile, {
  partial: (_x, y) => 1 / special.normalDensity(y),
  second: (_x, y) =>
    (-(1 / special.normalDensity(y)) / special.normalDensity(y)) *
    (-y * special.normalDensity(y) * (1 / special.normalDensity(y))),
  tracked: (_x, y) => div(1, normalDensity(y)),
})

/**
 * The a-th derivative of digamma at b; a is a whole number, NaN of others, and has no derivative. Source: DLMF 5.15.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example polygamma(0, 2.5) // 0.7031566406452432
 */
export function polygamma(a: number, b: number): number
export function polygamma(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function polygamma(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function polygamma(a: Numeric, b: Numeric): Numeric
export function polygamma(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.polygamma(a, b) : operated(POLYGAMMA_RULE, [a, b])
}
const POLYGAMMA_RULE = /* @__PURE__ */ binaryRule('polygamma', special.polygamma, {
  partials: (a, b) => [NaN, special.polygamma(a + 1, b)],
  seconds: (a, b) => [0, 0, special.polygamma(a + 1 + 1, b)],
  tracked: (a, b) => [NaN, polygamma(add(a, 1), b)],
})

/**
 * log |Γ(x)|. Source: DLMF 5.11.1, 5.5.3.
 *
 * Derivative `polygamma(0, x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example lgamma(0.3) // 1.0957979948180756
 */
export function lgamma(x: number): number
export function lgamma(x: NumberWithGrad): NumberWithGrad
export function lgamma(x: Numeric): Numeric
export function lgamma(x: Numeric): Numeric {
  return typeof x === 'number' ? special.lgamma(x) : operated(LGAMMA_RULE, [x])
}
const LGAMMA_RULE = /* @__PURE__ */ unaryRule('lgamma', special.lgamma, {
  partial: x => special.polygamma(0, x),
  second: x => special.polygamma(0 + 1, x),
  tracked: x => polygamma(0, x),
})

/**
 * ψ(x), the derivative of lgamma. Source: DLMF 5.15.
 *
 * Value `polygamma(0, x)`; derivative `polygamma(1, x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example digamma(0.3) // -3.502524222200133
 */
export function digamma(x: number): number
export function digamma(x: NumberWithGrad): NumberWithGrad
export function digamma(x: Numeric): Numeric
export function digamma(x: Numeric): Numeric {
  return typeof x === 'number' ? special.polygamma(0, x) : operated(DIGAMMA_RULE, [x])
}
const DIGAMMA_RULE = /* @__PURE__ */ unaryRule('digamma', x => special.polygamma(0, x), {
  partial: x => special.polygamma(1, x),
  second: x => special.polygamma(1 + 1, x),
  tracked: x => polygamma(1, x),
})

/**
 * The derivative of digamma. Source: DLMF 5.15.
 *
 * Value `polygamma(1, x)`; derivative `polygamma(2, x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example trigamma(0.3) // 12.245364546107732
 */
export function trigamma(x: number): number
export function trigamma(x: NumberWithGrad): NumberWithGrad
export function trigamma(x: Numeric): Numeric
export function trigamma(x: Numeric): Numeric {
  return typeof x === 'number' ? special.polygamma(1, x) : operated(TRIGAMMA_RULE, [x])
}
const TRIGAMMA_RULE = /* @__PURE__ */ unaryRule('trigamma', x => special.polygamma(1, x), {
  partial: x => special.polygamma(2, x),
  second: x => special.polygamma(2 + 1, x),
  tracked: x => polygamma(2, x),
})

/**
 * log |B(a, b)|. Source: Didonato & Morris, "Algorithm 708", 1992.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example logBeta(0.3, 2) // 0.9416085398584451
 */
export function logBeta(a: number, b: number): number
export function logBeta(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function logBeta(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function logBeta(a: Numeric, b: Numeric): Numeric
export function logBeta(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.logBeta(a, b) : operated(LOG_BETA_RULE, [a, b])
}
const LOG_BETA_RULE = /* @__PURE__ */ binaryRule('logBeta', special.logBeta, {
  partials: (a, b) => [
    special.polygamma(0, a) - special.polygamma(0, a + b),
    special.polygamma(0, b) - special.polygamma(0, a + b),
  ],
  seconds: (a, b) => [
    special.polygamma(0 + 1, a) + -special.polygamma(0 + 1, a + b),
    -special.polygamma(0 + 1, a + b),
    special.polygamma(0 + 1, b) + -special.polygamma(0 + 1, a + b),
  ],
  tracked: (a, b) => [sub(polygamma(0, a), polygamma(0, add(a, b))), sub(polygamma(0, b), polygamma(0, add(a, b)))],
})

/**
 * Γ(a) Γ(b) / Γ(a + b).
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example beta(0.3, 2) // 2.5641025641025643
 */
export function beta(a: number, b: number): number
export function beta(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function beta(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function beta(a: Numeric, b: Numeric): Numeric
export function beta(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.beta(a, b) : operated(BETA_RULE, [a, b])
}
const BETA_RULE = /* @__PURE__ */ binaryRule('beta', special.beta, {
  partials: (a, b, y) => [
    y * (special.polygamma(0, a) - special.polygamma(0, a + b)),
    y * (special.polygamma(0, b) - special.polygamma(0, a + b)),
  ],
  seconds: (a, b, y) => [
    (special.polygamma(0, a) - special.polygamma(0, a + b)) *
      (y * (special.polygamma(0, a) - special.polygamma(0, a + b))) +
      y * (special.polygamma(0 + 1, a) + -special.polygamma(0 + 1, a + b)),
    (special.polygamma(0, a) - special.polygamma(0, a + b)) *
      (y * (special.polygamma(0, b) - special.polygamma(0, a + b))) +
      y * -special.polygamma(0 + 1, a + b),
    (special.polygamma(0, b) - special.polygamma(0, a + b)) *
      (y * (special.polygamma(0, b) - special.polygamma(0, a + b))) +
      y * (special.polygamma(0 + 1, b) + -special.polygamma(0 + 1, a + b)),
  ],
  tracked: (a, b, y) => [
    mul(y, sub(polygamma(0, a), polygamma(0, add(a, b)))),
    mul(y, sub(polygamma(0, b), polygamma(0, add(a, b)))),
  ],
})

/**
 * The Bessel function of the first kind J of order a at b; a is a whole number, NaN of others, and has no derivative. Source: DLMF 10.2.2, 10.12.4, 10.17.3.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example besselJ(0, 2.5) // -0.048383776468197956
 */
export function besselJ(a: number, b: number): number
export function besselJ(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function besselJ(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function besselJ(a: Numeric, b: Numeric): Numeric
export function besselJ(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.besselJ(a, b) : operated(BESSEL_J_RULE, [a, b])
}
const BESSEL_J_RULE = /* @__PURE__ */ binaryRule('besselJ', special.besselJ, {
  partials: (a, b) => [NaN, (special.besselJ(a - 1, b) - special.besselJ(a + 1, b)) / 2],
  seconds: (a, b) => [
    0,
    0,
    (1 / 2) *
      ((special.besselJ(a - 1 - 1, b) - special.besselJ(a - 1 + 1, b)) / 2 +
        -((special.besselJ(a + 1 - 1, b) - special.besselJ(a + 1 + 1, b)) / 2)),
  ],
  tracked: (a, b) => [NaN, div(sub(besselJ(sub(a, 1), b), besselJ(add(a, 1), b)), 2)],
})

/**
 * @internal The spherical Bessel function of order a at π b. Source: DLMF 10.51, 10.53.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 */
export function sphericalBesselOfPi(a: number, b: number): number
export function sphericalBesselOfPi(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function sphericalBesselOfPi(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function sphericalBesselOfPi(a: Numeric, b: Numeric): Numeric
export function sphericalBesselOfPi(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number'
    ? special.sphericalBesselOfPi(a, b)
    : operated(SPHERICAL_BESSEL_OF_PI_RULE, [a, b])
}
const SPHERICAL_BESSEL_OF_PI_RULE = /* @__PURE__ */ binaryRule('sphericalBesselOfPi', special.sphericalBesselOfPi, {
  partials: (a, b) => [
    NaN,
    (Math.PI * (a * special.sphericalBesselOfPi(a - 1, b) - (a + 1) * special.sphericalBesselOfPi(a + 1, b))) /
      (2 * a + 1),
  ],
  seconds: (a, b) => [
    0,
    0,
    (1 / (2 * a + 1)) *
      (Math.PI *
        (a *
          ((Math.PI *
            ((a - 1) * special.sphericalBesselOfPi(a - 1 - 1, b) -
              (a - 1 + 1) * special.sphericalBesselOfPi(a - 1 + 1, b))) /
            (2 * (a - 1) + 1)) +
          -(
            (a + 1) *
            ((Math.PI *
              ((a + 1) * special.sphericalBesselOfPi(a + 1 - 1, b) -
                (a + 1 + 1) * special.sphericalBesselOfPi(a + 1 + 1, b))) /
              (2 * (a + 1) + 1))
          ))),
  ],
  tracked: (a, b) => [
    NaN,
    div(
      mul(Math.PI, sub(mul(a, sphericalBesselOfPi(sub(a, 1), b)), mul(add(a, 1), sphericalBesselOfPi(add(a, 1), b)))),
      add(mul(2, a), 1),
    ),
  ],
})

/**
 * sin(πx) / (πx), and 1 at 0, as in NumPy.
 *
 * Value `sphericalBesselOfPi(0, x)`; derivative `-Math.PI * sphericalBesselOfPi(1, x)`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example sinc(-2.7) // 0.09537707681490439
 */
export function sinc(x: number): number
export function sinc(x: NumberWithGrad): NumberWithGrad
export function sinc(x: Numeric): Numeric
export function sinc(x: Numeric): Numeric {
  return typeof x === 'number' ? special.sphericalBesselOfPi(0, x) : operated(SINC_RULE, [x])
}
const SINC_RULE = /* @__PURE__ */ unaryRule('sinc', x => special.sphericalBesselOfPi(0, x), {
  partial: x => -Math.PI * special.sphericalBesselOfPi(1, x),
  second: x =>
    -Math.PI *
    ((Math.PI * (1 * special.sphericalBesselOfPi(1 - 1, x) - (1 + 1) * special.sphericalBesselOfPi(1 + 1, x))) /
      (2 * 1 + 1)),
  tracked: x => mul(-Math.PI, sphericalBesselOfPi(1, x)),
})

/**
 * a log(b), and 0 where a is 0, also at b = 0. Source: SciPy.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example xlogy(2, 3) // 2.197224577336219
 */
export function xlogy(a: number, b: number): number
export function xlogy(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function xlogy(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function xlogy(a: Numeric, b: Numeric): Numeric
export function xlogy(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.xlogy(a, b) : operated(XLOGY_RULE, [a, b])
}
const XLOGY_RULE = /* @__PURE__ */ binaryRule('xlogy', special.xlogy, {
  partials: (a, b) => [Math.log(b), a / b],
  seconds: (a, b) => [0, 1 / b, -(a / b) / b],
  tracked: (a, b) => [log(b), div(a, b)],
})

/**
 * a log(1 + b), and 0 where a is 0, also at b = -1. Source: SciPy.
 *
 * Derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example xlog1py(2, 3) // 2.772588722239781
 */
export function xlog1py(a: number, b: number): number
export function xlog1py(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function xlog1py(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function xlog1py(a: Numeric, b: Numeric): Numeric
export function xlog1py(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? special.xlog1py(a, b) : operated(XLOG_1PY_RULE, [a, b])
}
const XLOG_1PY_RULE = /* @__PURE__ */ binaryRule('xlog1py', special.xlog1py, {
  partials: (a, b) => [Math.log1p(b), a / (1 + b)],
  seconds: (a, b) => [0, 1 / (1 + b), -(a / (1 + b)) / (1 + b)],
  tracked: (a, b) => [log1p(b), div(a, add(1, b))],
})

/**
 * log(exp(a) + exp(b)), without overflow. Source: NumPy.
 *
 * Value `a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))`; derivatives: docs/special.md.
 * @throws TypeError for what is neither a number nor tracked.
 * @example logAddExp(2, 3) // 3.313261687518223
 */
export function logAddExp(a: number, b: number): number
export function logAddExp(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function logAddExp(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function logAddExp(a: Numeric, b: Numeric): Numeric
export function logAddExp(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number'
    ? a === b
      ? a + Math.LN2
      : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
    : operated(LOG_ADD_EXP_RULE, [a, b])
}
const LOG_ADD_EXP_RULE = /* @__PURE__ */ binaryRule(
  'logAddExp',
  (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  {
    partials: (a, b) => [
      a < b ? Math.exp(a - b) / (1 + Math.exp(a - b)) : 1 / (1 + Math.exp(b - a)),
      b < a ? Math.exp(b - a) / (1 + Math.exp(b - a)) : 1 / (1 + Math.exp(a - b)),
    ],
    seconds: (a, b) => [
      a < b
        ? (1 / (1 + Math.exp(a - b))) * Math.exp(a - b) +
          (-(Math.exp(a - b) / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b))) * Math.exp(a - b)
        : (-(1 / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a))) * -Math.exp(b - a),
      a < b
        ? (1 / (1 + Math.exp(a - b))) * -Math.exp(a - b) +
          (-(Math.exp(a - b) / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b))) * -Math.exp(a - b)
        : (-(1 / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a))) * Math.exp(b - a),
      b < a
        ? (1 / (1 + Math.exp(b - a))) * Math.exp(b - a) +
          (-(Math.exp(b - a) / (1 + Math.exp(b - a))) / (1 + Math.exp(b - a))) * Math.exp(b - a)
        : (-(1 / (1 + Math.exp(a - b))) / (1 + Math.exp(a - b))) * -Math.exp(a - b),
    ],
    tracked: (a, b) => {
      const aValue = operandValue(a)
      const bValue = operandValue(b)
      return [
        aValue < bValue ? div(exp(sub(a, b)), add(1, exp(sub(a, b)))) : div(1, add(1, exp(sub(b, a)))),
        bValue < aValue ? div(exp(sub(b, a)), add(1, exp(sub(b, a)))) : div(1, add(1, exp(sub(a, b)))),
      ]
    },
  },
)

/**
 * log(1 - exp(x)), to the last digits at both ends. Source: Mächler, "Accurately computing log(1 - exp(-|a|))", 2012.
 *
 * Value `x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))`; derivative `x === 0 ? -1 / Math.abs(x) : Math.exp(x) / Math.expm1(x)`; NaN but for x <= 0.
 * @throws TypeError for what is neither a number nor tracked.
 * @example log1mExp(-0.1) // -2.3521684610440907
 */
export function log1mExp(x: number): number
export function log1mExp(x: NumberWithGrad): NumberWithGrad
export function log1mExp(x: Numeric): Numeric
export function log1mExp(x: Numeric): Numeric {
  return typeof x === 'number'
    ? x > -Math.LN2
      ? Math.log(-Math.expm1(x))
      : Math.log1p(-Math.exp(x))
    : operated(LOG_1M_EXP_RULE, [x])
}
const LOG_1M_EXP_RULE = /* @__PURE__ */ unaryRule(
  'log1mExp',
  x => (x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))),
  {
    partial: x => (x === 0 ? -1 / Math.abs(x) : Math.exp(x) / Math.expm1(x)),
    second: x =>
      x === 0
        ? NaN
        : (1 / Math.expm1(x)) * Math.exp(x) + (-(Math.exp(x) / Math.expm1(x)) / Math.expm1(x)) * Math.exp(x),
    tracked: x => {
      const xValue = operandValue(x)
      return xValue === 0 ? kinked(-1 / Math.abs(xValue), -1, x) : div(exp(x), expm1(x))
    },
  },
)

/**
 * max(x, 0); its derivative at 0 is 0.
 *
 * Value `Math.max(x, 0)`; derivative `x === 0 ? 0 : x > 0 ? 1 : 0`.
 * @throws TypeError for what is neither a number nor tracked.
 * @example relu(-2) // 0
 */
export function relu(x: number): number
export function relu(x: NumberWithGrad): NumberWithGrad
export function relu(x: Numeric): Numeric
export function relu(x: Numeric): Numeric {
  return typeof x === 'number' ? Math.max(x, 0) : operated(RELU_RULE, [x])
}
const RELU_RULE = /* @__PURE__ */ unaryRule('relu', x => Math.max(x, 0), {
  partial: x => (x === 0 ? 0 : x > 0 ? 1 : 0),
  second: x => (x === 0 ? NaN : 0),
  tracked: x => {
    const xValue = operandValue(x)
    return xValue === 0 ? kinked(null, -1, x) : xValue > 0 ? 1 : null
  },
  selects: true,
})
