/** Models on tracked numbers, as they are written without operators. */
import { NumberWithGrad, type Numeric } from 'tsgrad'

export interface Neuron {
  readonly weights: readonly NumberWithGrad[]
  readonly bias: NumberWithGrad
}

export const forward = ({ weights, bias }: Neuron, inputs: readonly number[]): NumberWithGrad =>
  Math.tanh(weights.reduce((sum, w, k) => sum + w * inputs[k]!, bias))

export function loss(neuron: Neuron, samples: readonly (readonly [readonly number[], number])[]): NumberWithGrad {
  let sum = new NumberWithGrad(0)
  for (const [inputs, target] of samples) {
    const error = forward(neuron, inputs) - target
    sum = sum + error * error
  }
  return sum / samples.length
}

export function descend(x: NumberWithGrad, rate: number, steps: number): number {
  for (let step = 0; step < steps; step++) {
    x.clearGrad()
    ;((x - 3) ** 2 + Math.log(Math.exp(x * 2))).backward()
    x.num -= rate * (x.grad ?? 0)
  }
  return x.num
}

export const logistic = (z: NumberWithGrad) => 1 / (Math.exp(-z) + 1)

export const gaussian = (x: NumberWithGrad, mean: number, sigma: NumberWithGrad) =>
  Math.exp(((x - mean) / sigma) ** 2 * -0.5) / (sigma * Math.sqrt(2 * Math.PI))

export const leaky = (x: NumberWithGrad) => Math.min(Math.max(x, x * 0.01), 6)

export const clamped = (x: NumberWithGrad) => (x < 0 ? -x : x >= 1 ? 2 - x : x)

// `y` may be a plain number, and has no methods then
export const either = (x: NumberWithGrad, y: Numeric) => x * y + (typeof y === 'number' ? x : y * 2)

export function noSemicolons(x: NumberWithGrad, seen: number[]) {
  const y = x * 2
  ;(y + 1).backward()
  seen.push(x.grad ?? 0)
  ;(-y).backward()
  if (x < y) seen.push(1)
  ;(x * y - 1).backward()
  return seen
}
