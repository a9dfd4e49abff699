/**
 * Learning rates by the step, as pure functions, and the clipping of gradients: what stands beside an optimiser's step.
 * It must not know any optimiser.
 */
import { finite, numberWhere, type Range, required, requireOptions } from '../engine/options.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { listOfParameters, requireNumbers } from './parameters.ts'

/** The options of all schedules, which each may be handed, so that one can stand for another. */
const shared = {
  rate: /* @__PURE__ */ required(finite),
  steps: /* @__PURE__ */ required(numberWhere(x => x > 0 && x < Infinity, 'above 0 and finite')),
  least: finite,
  factor: finite,
}

function requireSchedule<Options extends object>(
  where: string,
  step: number,
  options: Options,
  ranges: { readonly [Name in keyof Options]-?: Range },
): Options {
  requireNumbers(where, { step })
  return requireOptions(where, options, ranges)
}

/**
 * `rate` after a linear rise over the first `steps` steps: rate · min(1, (step + 1) / steps).
 *
 * @param step counted from 0.
 * @throws RangeError when `steps` is not above 0; TypeError for what is no number.
 * Source: Goyal and others, "Accurate, large minibatch SGD", 2017.
 * @example [0, 1, 2, 3].map(step => warmup(step, { rate: 0.3, steps: 3 })).map(x => x.toFixed(1)) // ['0.1', '0.2', '0.3', '0.3']
 */
export function warmup(step: number, options: { readonly rate: number; readonly steps: number }): number {
  const { rate, steps } = requireSchedule('warmup', step, options, shared)
  return rate * Math.min(1, (step + 1) / steps)
}

/**
 * From `rate` at step 0 to `least` at step `steps` and behind, along half a cosine.
 *
 * @param options `least` is 0 if not given.
 * @throws RangeError when `steps` is not above 0; TypeError for what is no number.
 * Source: Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
 * @example [0, 50, 100].map(step => cosineDecay(step, { rate: 0.2, steps: 100 }).toFixed(1)) // ['0.2', '0.1', '0.0']
 */
export function cosineDecay(
  step: number,
  options: { readonly rate: number; readonly steps: number; readonly least?: number },
): number {
  const { rate, steps, least = 0 } = requireSchedule('cosineDecay', step, options, shared)
  return least + 0.5 * (rate - least) * (1 + Math.cos(Math.PI * Math.min(1, step / steps)))
}

/**
 * `rate` times `factor` for each `steps` steps: rate · factor ^ (step / steps).
 *
 * @throws RangeError when `steps` is not above 0; TypeError for what is no number.
 * Source: TensorFlow's `ExponentialDecay`.
 * @example exponentialDecay(20, { rate: 0.4, factor: 0.5, steps: 10 }) // 0.1
 */
export function exponentialDecay(
  step: number,
  options: { readonly rate: number; readonly factor: number; readonly steps: number },
): number {
  const { rate, factor, steps } = requireSchedule('exponentialDecay', step, options, {
    ...shared,
    factor: required(finite),
  })
  return rate * factor ** (step / steps)
}

/**
 * Shortens the gradients of all parameters together, so that their norm is at most `norm`. To be called between `backward` and the step.
 *
 * @returns the norm before. Where it is NaN the gradients become NaN: nothing finite is right.
 * @throws RangeError when `norm` is not above 0; TypeError for what is no number, and for parameters that are none.
 * Source: Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural networks", 2013; PyTorch's `clip_grad_norm_`.
 * @example const w = new NumberWithGrad(3); w.mul(w).backward(); [clipGradients([w], { norm: 2 }), w.grad] // [6, 2]
 */
export function clipGradients(parameters: Iterable<NumberWithGrad>, options: { readonly norm: number }): number {
  const { norm } = requireOptions('clipGradients', options, { norm: required(numberWhere(x => x > 0, 'above 0')) })
  const reached = [...new Set(listOfParameters('clipGradients', parameters))].filter(({ grad }) => grad !== null)
  const size = Math.hypot(...reached.map(({ grad }) => grad as number))
  if (size <= norm) return size
  for (const parameter of reached) parameter.grad = ((parameter.grad as number) / size) * norm
  return size
}
