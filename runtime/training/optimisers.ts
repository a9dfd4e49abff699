/**
 * Steps of gradient descent over an array of parameters: each reads their gradients and assigns their values.
 * What a method remembers is passed in and given back. It must not know how the gradients were found.
 */
import { unexpected } from '../engine/node.ts'
import { atLeast0, numberWhere, required, requireOptions } from '../engine/options.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { listOfParameters, requireParameter } from './parameters.ts'

type Parameters = readonly NumberWithGrad[]

/** What `momentum` remembers: one velocity for each parameter. */
export interface MomentumState {
  readonly velocities: readonly number[]
}

/** What `adam` remembers, for each parameter: decayed means of its gradients and of their squares, and its steps. */
export interface AdamState {
  readonly means: readonly number[]
  readonly squares: readonly number[]
  readonly steps: readonly number[]
}

const aRate = /* @__PURE__ */ numberWhere(x => x >= 0 && x < Infinity, 'at least 0 and finite')
const aDecay = /* @__PURE__ */ numberWhere(x => x >= 0 && x < 1, 'at least 0 and below 1')

function requireParameters(where: string, parameters: unknown): void {
  if (!Array.isArray(parameters)) throw unexpected(where, 'an array of parameters', parameters)
}

/** @throws TypeError for a parameter that is no leaf; RangeError for one that is there twice, which would move twice. */
function requireDistinctLeaves(where: string, parameters: Parameters): void {
  const seen = new Set<NumberWithGrad>()
  requireParameters(where, parameters)
  for (const [i, parameter] of parameters.entries()) {
    requireParameter(where, parameter, i)
    if (seen.size === seen.add(parameter).size)
      throw new RangeError(
        `${where}: parameter ${i} is parameter ${parameters.indexOf(parameter)} again, and would move twice. ` +
          'Give each once: `[...new Set(parameters)]`.',
      )
    if (parameter.creation_op !== '')
      throw new TypeError(
        `${where}: parameter ${i} is the result of \`${parameter.creation_op}\`; only a leaf can be updated`,
      )
  }
}

/** Calls `step` for each parameter that a `backward` reached, and moves it by what `step` gives. */
function descend(where: string, parameters: Parameters, step: (gradient: number, i: number) => number): void {
  requireDistinctLeaves(where, parameters)
  for (const [i, parameter] of parameters.entries())
    if (parameter.grad !== null) parameter.num -= step(parameter.grad, i)
}

/** A copy of what a method remembers under a name, one number a parameter; zeros at the first step. */
function remembered<Name extends string>(
  where: string,
  state: { readonly [Key in Name]: readonly number[] } | undefined,
  name: Name,
  parameters: Parameters,
): number[] {
  requireParameters(where, parameters)
  if (state === undefined) return parameters.map(() => 0)
  const numbers: unknown = state?.[name]
  if (!Array.isArray(numbers)) throw unexpected(where, `the state of the last step, with ${name}`, state)
  if (numbers.length !== parameters.length)
    throw new RangeError(
      `${where}: the state must hold one number per parameter; got ${numbers.length} for ${parameters.length}`,
    )
  return [...numbers]
}

/**
 * Forgets the gradients of all parameters, as `clearGrad()` does for one. To be called before the `backward` of each step.
 *
 * @throws TypeError for what is no list of tracked numbers.
 * Source: PyTorch's `optimizer.zero_grad()`.
 * @example const w = new NumberWithGrad(3); w.backward(); zeroGrad([w]); w.grad // null
 */
export function zeroGrad(parameters: Iterable<NumberWithGrad>): void {
  for (const parameter of listOfParameters('zeroGrad', parameters)) parameter.clearGrad()
}

/**
 * One step of gradient descent: p ← p - rate · gradient. Parameters without a gradient (`null`) stay.
 *
 * @param parameters leaves; their `num` is assigned.
 * @throws TypeError for a parameter that is no leaf; RangeError for one that is there twice, for a rate that is negative, infinite or NaN.
 * Source: Robbins & Monro, "A stochastic approximation method", 1951.
 * @example const w = new NumberWithGrad(3); w.mul(w).backward(); sgd([w], { rate: 0.5 }); w.num // 0
 */
export function sgd(parameters: Parameters, options: { readonly rate: number }): void {
  const { rate } = requireOptions('sgd', options, { rate: required(aRate) })
  descend('sgd', parameters, gradient => rate * gradient)
}

/**
 * One step with momentum: v ← decay · v + gradient, p ← p - rate · v. Parameters without a gradient (`null`) stay.
 *
 * @param parameters leaves; their `num` is assigned.
 * @param state what the last step gave; `undefined` at the first, when all velocities are 0. It is not changed.
 * @param options `rate`, and `decay` (0.9 if not given).
 * @returns the state for the next step.
 * @throws TypeError for a parameter that is no leaf; RangeError for one that is there twice, for options out of range or a state of other length.
 * Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; as PyTorch's `SGD(momentum=…)`.
 * @example const w = new NumberWithGrad(3); w.mul(w).backward(); momentum([w], undefined, { rate: 0.5 }).velocities // [6]
 */
export function momentum(
  parameters: Parameters,
  state: MomentumState | undefined,
  options: { readonly rate: number; readonly decay?: number },
): MomentumState {
  const { rate, decay = 0.9 } = requireOptions('momentum', options, { rate: required(aRate), decay: aDecay })
  const velocities = remembered('momentum', state, 'velocities', parameters)
  descend('momentum', parameters, (gradient, i) => {
    velocities[i] = decay * velocities[i]! + gradient
    return rate * velocities[i]!
  })
  return { velocities }
}

/**
 * One step of Adam, with bias correction: about `rate` for each parameter, whatever the size of its gradients.
 * Parameters without a gradient (`null`) stay, and their steps are not counted.
 *
 * @param parameters leaves; their `num` is assigned.
 * @param state what the last step gave; `undefined` at the first. It is not changed.
 * @param options the paper's: `rate` 0.001, `decay` 0.9 of the means, `squareDecay` 0.999 of the squares, `epsilon` 1e-8; and `weightDecay` 0,
 * by which p shrinks to p (1 - rate · weightDecay) apart from its gradient (AdamW).
 * @returns the state for the next step.
 * @throws TypeError for a parameter that is no leaf; RangeError for one that is there twice, for options out of range or a state of other length.
 * Source: Kingma & Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1; Loshchilov & Hutter, "Decoupled weight decay
 * regularization", 2019.
 * @example const w = new NumberWithGrad(3); w.mul(w).backward(); adam([w], undefined, { rate: 0.5 }); w.num.toFixed(6) // '2.500000'
 */
export function adam(
  parameters: Parameters,
  state: AdamState | undefined,
  options: {
    readonly rate?: number
    readonly decay?: number
    readonly squareDecay?: number
    readonly epsilon?: number
    readonly weightDecay?: number
  } = {},
): AdamState {
  const {
    rate = 0.001,
    decay = 0.9,
    squareDecay = 0.999,
    epsilon = 1e-8,
    weightDecay = 0,
  } = requireOptions('adam', options, {
    rate: aRate,
    decay: aDecay,
    squareDecay: aDecay,
    epsilon: atLeast0,
    weightDecay: atLeast0,
  })
  const means = remembered('adam', state, 'means', parameters)
  const squares = remembered('adam', state, 'squares', parameters)
  const steps = remembered('adam', state, 'steps', parameters)
  descend('adam', parameters, (gradient, i) => {
    const step = steps[i]! + 1
    means[i] = decay * means[i]! + (1 - decay) * gradient
    squares[i] = squareDecay * squares[i]! + (1 - squareDecay) * gradient * gradient
    steps[i] = step
    const mean = means[i]! / (1 - decay ** step)
    const square = squares[i]! / (1 - squareDecay ** step)
    return rate * (weightDecay * parameters[i]!.num + mean / (Math.sqrt(square) + epsilon))
  })
  return { means, squares, steps }
}
