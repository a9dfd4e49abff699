/**
 * The entry `tsgrad`: operators on any class, tracked numbers, and the functions of `Math` on them.
 * Names only; it must not hold anything of its own.
 */

export { dot, logSumExp, mean, norm, prod, softmax, sum } from './arrays/reductions.ts'
export * from './generated/surface/functions.ts'
export { type CustomFunction, type CustomRule, customRule } from './number/custom-rule.ts'
export type { NumberOperators } from './number/number-operators.ts'
export { ensureNumber, NumberWithGrad, type Numeric } from './number/number-with-grad.ts'
export {
  chain,
  dispatchBinary,
  dispatchMath,
  dispatchUnary,
  evaluatedFirst,
  foldMath,
} from './operators/dispatch.ts'
export {
  type Binary,
  type BinaryKey,
  type MathResult,
  operators,
  type Probe,
  rejectNativeOperators,
  type Step,
  type Unary,
  type UnaryKey,
} from './operators/operators.ts'
export { Place, place } from './operators/place.ts'
export { type AdamState, adam, type MomentumState, momentum, sgd, zeroGrad } from './training/optimisers.ts'
export type {
  Adjoint,
  CompiledDerivatives,
  chosen,
  DerivativeKind,
  DerivativeSupport,
  Differentiable,
  derivative,
  Seed,
  Tangent,
} from './verbs/carried.ts'
export { numericalDiff } from './verbs/check.ts'
export { differentiable } from './verbs/differentiable.ts'
export {
  type HessianFunction,
  type HvpFunction,
  hessian,
  hvp,
  type JacobianFunction,
  type JvpFunction,
  jacobian,
  jvp,
  type TrackedHessian,
  type TrackedHvp,
  type TrackedJacobian,
  type TrackedJvp,
  type TrackedVjp,
  type VjpFunction,
  vjp,
} from './verbs/directional.ts'
export { type GradientInto, type GradientIntoBy, gradInto } from './verbs/into.ts'
export type {
  AuxByFunction,
  AuxFunction,
  GradientBy,
  GradientByFunction,
  InputsBy,
  LikeBy,
  Places,
  PlainGradientBy,
  PlainInputsBy,
  PlainValue,
  TrackedGradientBy,
  TrackedValueAndGradBy,
  ValueAndGradByFunction,
} from './verbs/options.ts'
export type { IsPlain, PlainGradient, PlainInputs } from './verbs/plain-types.ts'
export type { GradientLike, GradientOf, Inputs, Like, Shaped, ShapedInput } from './verbs/shapes.ts'
export {
  detach,
  type GradientFunction,
  grad,
  type ManyGradient,
  noGrad,
  type TrackedValueAndGrad,
  type UnaryGradient,
  type ValueAndGradFunction,
  type VariadicGradient,
  valueAndGrad,
} from './verbs/verbs.ts'
