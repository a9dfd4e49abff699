/**
 * The table of special functions, of the entry `tsgrad/special`: rows as those of rules.ts, of which no core program pays for any.
 * Data only; it must not know any node, graph or engine.
 */

import { binary, kink, named, type UnaryRule } from './rule.ts'
import * as special from './special.ts'

type SpecialRow = UnaryRule<never> | ReturnType<typeof binary<never>>

/**
 * Every special function by name. Rows with an order, `a`, are families: the derivative of a member is made of other members, so that
 * derivatives of every order are exact; there is none by the order.
 */
// biome-ignore format: a table, read by lines
export const specialRules = {
  // exp(-x²) keeps the digits that the rounded square loses
  expNegSquare: named(special.expNegSquare, (x, y) => -2 * x * y, [-1.5, 0.3, 2], { meaning: 'exp(-x²), without the error of a rounded square.', internal: true }),
  erf: named(special.erf, x => 1.1283791670955126 * special.expNegSquare(x), [-1.5, 0.3, 2],
    { meaning: 'The error function (2/√π) ∫₀ˣ exp(-t²) dt. Source: fdlibm.' }),
  erfc: named(special.erfc, x => -1.1283791670955126 * special.expNegSquare(x), [-1.5, 0.3, 2, 9],
    { meaning: 'The complementary error function 1 - erf(x), right to the last digits where it is tiny. Source: fdlibm.' }),
  erfcxIntegral: binary([], special.erfcxIntegral, [() => NaN, (a, b) => -2 * (a + 1) * special.erfcxIntegral(a + 1, b)], [[1, 0.5], [2, -0.7], [0, 3]],
    { meaning: 'exp(b²) times the a-fold integral of erfc from b on. Source: DLMF 7.18.', internal: true }),
  erfcx: named(x => special.erfcxIntegral(0, x), x => -2 * special.erfcxIntegral(1, x), [-1.5, 0.3, 2, 40],
    { meaning: 'The scaled complementary error function exp(x²) erfc(x). Source: fdlibm; DLMF 7.12, 7.18.' }),
  normalDensity: named(special.normalDensity, (x, y) => -x * y, [-1.5, 0.3, 2],
    { meaning: 'The density exp(-x²/2) / √(2π) of the standard normal distribution.' }),
  normalDistribution: named(special.normalDistribution, x => special.normalDensity(x), [-1.5, 0.3, 2, -9],
    { meaning: 'The probability that a standard normal number is below x, to the last digits also where it is tiny.' }),
  // the inverse Mills ratio; for x < 0 neither side of a quotient of tiny numbers
  logNormalDistribution: named(special.logNormalDistribution,
    x => x < 0 ? 0.7978845608028654 / special.erfcxIntegral(0, -x * Math.SQRT1_2) : special.normalDensity(x) / special.normalDistribution(x), [-40, -1.5, 0.3, 2],
    { meaning: 'The logarithm of normalDistribution(x), also where that underflows.' }),
  normalQuantile: named(special.normalQuantile, (_x, y) => 1 / special.normalDensity(y), [0.1, 0.4, 0.9],
    { meaning: 'The y with normalDistribution(y) = x. Source: Wichura, "Algorithm AS 241", 1988.', domain: '0 <= x <= 1' }),
  polygamma: binary([], special.polygamma, [() => NaN, (a, b) => special.polygamma(a + 1, b)], [[0, 2.5], [1, 0.4], [2, -1.3]],
    { meaning: 'The a-th derivative of digamma at b; a is a whole number, NaN of others, and has no derivative. Source: DLMF 5.15.' }),
  lgamma: named(special.lgamma, x => special.polygamma(0, x), [0.3, 1.7, 12, -1.4],
    { meaning: 'log |Γ(x)|. Source: DLMF 5.11.1, 5.5.3.' }),
  digamma: named(x => special.polygamma(0, x), x => special.polygamma(1, x), [0.3, 1.7, 12, -1.4],
    { meaning: 'ψ(x), the derivative of lgamma. Source: DLMF 5.15.' }),
  trigamma: named(x => special.polygamma(1, x), x => special.polygamma(2, x), [0.3, 1.7, 12, -1.4],
    { meaning: 'The derivative of digamma. Source: DLMF 5.15.' }),
  logBeta: binary([], special.logBeta,
    [(a, b) => special.polygamma(0, a) - special.polygamma(0, a + b), (a, b) => special.polygamma(0, b) - special.polygamma(0, a + b)], [[0.3, 2], [12, 30]],
    { meaning: 'log |B(a, b)|. Source: Didonato & Morris, "Algorithm 708", 1992.' }),
  beta: binary([], special.beta,
    [(a, b, y) => y * (special.polygamma(0, a) - special.polygamma(0, a + b)), (a, b, y) => y * (special.polygamma(0, b) - special.polygamma(0, a + b))], [[0.3, 2], [3, 1.5]],
    { meaning: 'Γ(a) Γ(b) / Γ(a + b).' }),
  besselJ: binary([], special.besselJ, [() => NaN, (a, b) => (special.besselJ(a - 1, b) - special.besselJ(a + 1, b)) / 2], [[0, 2.5], [1, 0.4], [2, -11.3], [0, 41]],
    { meaning: 'The Bessel function of the first kind J of order a at b; a is a whole number, NaN of others, and has no derivative. Source: DLMF 10.2.2, 10.12.4, 10.17.3.' }),
  sphericalBesselOfPi: binary([], special.sphericalBesselOfPi,
    [() => NaN, (a, b) => Math.PI * (a * special.sphericalBesselOfPi(a - 1, b) - (a + 1) * special.sphericalBesselOfPi(a + 1, b)) / (2 * a + 1)], [[1, 0.3], [2, -2.7]],
    { meaning: 'The spherical Bessel function of order a at π b. Source: DLMF 10.51, 10.53.', internal: true }),
  sinc: named(x => special.sphericalBesselOfPi(0, x), x => -Math.PI * special.sphericalBesselOfPi(1, x), [-2.7, 0, 0.3],
    { meaning: 'sin(πx) / (πx), and 1 at 0, as in NumPy.' }),
  xlogy: binary([], special.xlogy, [(_a, b) => Math.log(b), (a, b) => a / b], [[2, 3], [0, 0.5]],
    { meaning: 'a log(b), and 0 where a is 0, also at b = 0. Source: SciPy.' }),
  xlog1py: binary([], special.xlog1py, [(_a, b) => Math.log1p(b), (a, b) => a / (1 + b)], [[2, 3], [0, -0.5]],
    { meaning: 'a log(1 + b), and 0 where a is 0, also at b = -1. Source: SciPy.' }),
  // as the sigmoid: no exponential overflows
  logAddExp: binary([], (a, b) => a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))),
    [(a, b) => a < b ? Math.exp(a - b) / (1 + Math.exp(a - b)) : 1 / (1 + Math.exp(b - a)),
      (a, b) => b < a ? Math.exp(b - a) / (1 + Math.exp(b - a)) : 1 / (1 + Math.exp(a - b))], [[2, 3], [0.5, -0.5]],
    { meaning: 'log(exp(a) + exp(b)), without overflow. Source: NumPy.' }),
  log1mExp: named(x => x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x)),
    x => x === 0 ? kink(-1 / Math.abs(x), -1, x) : Math.exp(x) / Math.expm1(x), [-0.1, -2],
    { meaning: 'log(1 - exp(x)), to the last digits at both ends. Source: Mächler, "Accurately computing log(1 - exp(-|a|))", 2012.', domain: 'x <= 0' }),
  relu: named(x => Math.max(x, 0), x => x === 0 ? kink(0, -1, x) : x > 0 ? 1 : 0, [-2, 3],
    { meaning: 'max(x, 0); its derivative at 0 is 0.', selects: true }),
} satisfies Record<string, SpecialRow>
