/** Models on tracked numbers, as they are written without operators. */
import { NumberWithGrad, type Numeric } from 'tsgrad'

export interface Neuron {
  readonly weights: readonly NumberWithGrad[]
  readonly bias: NumberWithGrad
}

export const forward = ({ weights, bias }: Neuron, inputs: readonly number[]): NumberWithGrad =>
  weights.reduce((sum, w, k) => sum.add(w.mul(inputs[k]!)), bias).tanh()

export function loss(neuron: Neuron, samples: readonly (readonly [readonly number[], number])[]): NumberWithGrad {
  let sum = new NumberWithGrad(0)
  for (const [inputs, target] of samples) {
    const error = forward(neuron, inputs).sub(target)
    sum = sum.add(error.mul(error))
  }
  return sum.div(samples.length)
}

export function descend(x: NumberWithGrad, rate: number, steps: number): number {
  for (let step = 0; step < steps; step++) {
    x.clearGrad()
    x.sub(3).pow(2).add(x.mul(2).exp().log()).backward()
    x.num -= rate * (x.grad ?? 0)
  }
  return x.num
}

export const logistic = (z: NumberWithGrad) => z.neg().exp().add(1).rdiv(1)

export const gaussian = (x: NumberWithGrad, mean: number, sigma: NumberWithGrad) =>
  x.sub(mean).div(sigma).pow(2).mul(-0.5).exp().div(sigma.mul(Math.sqrt(2 * Math.PI)))

export const leaky = (x: NumberWithGrad) => x.max(x.mul(0.01)).min(6)

export const clamped = (x: NumberWithGrad) => (x.lt(0) ? x.neg() : x.ge(1) ? x.rsub(2) : x)

// `y` may be a plain number, and has no methods then
export const either = (x: NumberWithGrad, y: Numeric) => x.mul(y).add(typeof y === 'number' ? x : y.mul(2))

export function noSemicolons(x: NumberWithGrad, seen: number[]) {
  const y = x.mul(2)
  y.add(1).backward()
  seen.push(x.grad ?? 0)
  y.neg().backward()
  if (x.lt(y)) seen.push(1)
  x.mul(y).sub(1).backward()
  return seen
}
