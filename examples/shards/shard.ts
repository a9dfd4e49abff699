// One shard of the data: its part of the loss with the gradient, a sum, so that the parts of all shards add up to the whole.
import { valueAndGrad } from 'tsgrad'

export const shards = 8
const points = 50_000
const truth = [0.5, 2, -1, 0.25]

export type Weights = number[]
export interface Part {
  readonly loss: number
  readonly gradient: Weights
}

/** The points of a shard, the same on every machine; yours would be read from a file of the shard's number. */
export function pointsOf(shard: number) {
  let state = shard + 1
  const random = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  for (let i = 0; i < 10; i++) random()
  return Array.from({ length: points }, () => {
    const [x, y] = [4 * random() - 2, 4 * random() - 2]
    const odds = truth[0]! + truth[1]! * x + truth[2]! * y + truth[3]! * x * y
    return { x, y, passed: random() < 1 / (1 + Math.exp(-odds)) ? 1 : -1 }
  })
}

const kept = new Map<number, ReturnType<typeof pointsOf>>()

/** -log p of what each point of the shard is, with a logistic model, and its gradient. */
export default function part({ shard, weights }: { shard: number; weights: Weights }): Part {
  const data = kept.get(shard) ?? pointsOf(shard)
  kept.set(shard, data)
  const loss = (w: Weights): number => {
    let sum = 0
    for (const { x, y, passed } of data) {
      const z = passed * (w[0]! + w[1]! * x + w[2]! * y + w[3]! * x * y)
      sum += Math.log1p(Math.exp(-Math.abs(z))) + Math.max(-z, 0)
    }
    return sum
  }
  const [value, gradient] = valueAndGrad(loss)(weights)
  return { loss: value, gradient }
}

/** Adds the parts in the order of their shards, whoever came first: so the digits do not depend on the workers. */
export function whole(parts: readonly Part[]): Part {
  const count = parts.length * points
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0) / count
  return {
    loss: sum(({ loss }) => loss),
    gradient: parts[0]!.gradient.map((_, i) => sum(({ gradient }) => gradient[i]!)),
  }
}

/** Gradient descent, whoever computes the parts of a step. */
export async function descend(steps: number, partsAt: (weights: Weights, step: number) => Promise<Part[]>) {
  let weights = [0, 0, 0, 0]
  let loss = Number.NaN
  for (let step = 0; step < steps; step++) {
    const { loss: now, gradient } = whole(await partsAt(weights, step))
    loss = now
    weights = weights.map((w, i) => w - 2 * gradient[i]!)
  }
  return { weights, loss }
}
