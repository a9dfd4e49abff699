/**
 * The entry `tsgrad/special`: special functions on numbers and tracked numbers.
 * Generated from special-rules.ts by scripts/generate.mjs: change the rules instead.
 */
export {
  besselJ,
  beta,
  digamma,
  erf,
  erfc,
  erfcx,
  lgamma,
  log1mExp,
  logAddExp,
  logBeta,
  logNormalDistribution,
  normalDensity,
  normalDistribution,
  normalQuantile,
  polygamma,
  relu,
  sinc,
  trigamma,
  xlog1py,
  xlogy,
} from './generated/surface/special-functions.ts'
// on plain numbers only: what compiled derivatives of the others call
export { erfcxIntegral, expNegSquare, sphericalBesselOfPi } from './rules/special.ts'
export { clamp, smoothstep } from './special/steps.ts'
