/**
 * Special functions of plain numbers, which rows of special-rules.ts name: values only.
 * It must not hold anything of its own.
 */
export { besselJ, sphericalBesselOfPi } from './special/bessel.ts'
export { beta } from './special/beta.ts'
export { erf, erfc, erfcx, erfcxIntegral, expNegHalfSquare, expNegSquare } from './special/error-function.ts'
export { lgamma, logBeta, polygamma } from './special/gamma.ts'
export { xlog1py, xlogy } from './special/logarithms.ts'
export { logNormalDistribution, normalDensity, normalDistribution, normalQuantile } from './special/normal.ts'
