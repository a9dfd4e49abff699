/** Learning rates by the step, and clipping. */
import { expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { clipGradients, cosineDecay, exponentialDecay, warmup } from '../runtime/optimise.ts'

test('schedules are functions of the step', () => {
  expect([0, 1, 9, 50].map(step => warmup(step, { rate: 1, steps: 10 }))).toEqual([0.1, 0.2, 1, 1])
  expect([0, 50, 100, 500].map(step => cosineDecay(step, { rate: 1, steps: 100, least: 0.5 }))).toEqual([
    1, 0.75, 0.5, 0.5,
  ])
  expect([0, 5, 10].map(step => exponentialDecay(step, { rate: 8, factor: 0.25, steps: 5 }))).toEqual([8, 2, 0.5])
  for (const schedule of [warmup, cosineDecay, exponentialDecay])
    expect(() => schedule(0, { rate: 1, factor: 1, steps: 0 })).toThrow('steps is 0; it must be above 0 and finite')
})

test('gradients are shortened together, each once', () => {
  const [a, b, c] = [3, 4, 5].map(x => new NumberWithGrad(x))
  a!.pow(2).add(b!.pow(2)).backward()
  expect(clipGradients([a!, b!, b!, c!], { norm: 20 })).toBe(10)
  expect([a!.grad, b!.grad, c!.grad]).toEqual([6, 8, null])
  expect(clipGradients([a!, b!, c!], { norm: 5 })).toBe(10)
  expect([a!.grad, b!.grad, c!.grad]).toEqual([3, 4, null])
  a!.grad = NaN
  expect(clipGradients([a!, b!], { norm: 5 })).toBeNaN()
  expect(b!.grad).toBeNaN()
  expect(() => clipGradients([a!], { norm: 0 })).toThrow('clipGradients: norm is 0; it must be above 0')
})
