/** backward({ createGraph: true }): tracked gradients beside the numeric ones, derived again. */
import { expect, test } from 'vitest'
import { customRule, NumberWithGrad } from '../runtime/index.ts'

test('the numeric gradients are those of backward, and the tracked ones have their values', () => {
  const of = (createGraph: boolean) => {
    const [a, b] = [new NumberWithGrad(3), new NumberWithGrad(2)]
    const c = a.mul(b).sin()
    const d = c.add(a).mul(c)
    d.backward({ createGraph, seed: 2 })
    return [a, b, c, d]
  }
  const [plain, tracked] = [of(false), of(true)]
  expect(tracked.map(node => node.grad)).toEqual(plain.map(node => expect.closeTo(node.grad!, 14)))
  expect(tracked.map(node => node.trackedGrad!.num)).toEqual(tracked.map(node => node.grad))
  expect(plain.map(node => node.trackedGrad)).toEqual([null, null, null, null])
})

test("Newton's method on x^4 - 2 x^2 by second derivatives", () => {
  const x = new NumberWithGrad(2)
  for (let i = 0; i < 10; i++) {
    x.clearGrad()
    x.pow(4).sub(x.pow(2).mul(2)).backward({ createGraph: true })
    const slope = x.trackedGrad!
    x.clearGrad()
    slope.backward()
    x.num -= slope.num / x.grad!
  }
  expect(x.num).toBe(1)
})

test('tanh to its third derivative', () => {
  const x = new NumberWithGrad(0.7)
  let y = x.tanh()
  const found = [1, 2, 3].map(() => {
    x.clearGrad()
    y.backward({ createGraph: true })
    y = x.trackedGrad!
    return y.num
  })
  const t = Math.tanh(0.7)
  const s = 1 - t * t
  expect(found).toEqual([s, -2 * t * s, s * (6 * t * t - 2)].map(each => expect.closeTo(each, 14)))
})

test('the tracked gradient of a leaf adds up over calls, and clearGrad forgets it', () => {
  const x = new NumberWithGrad(3)
  const y = x.mul(x)
  y.backward({ createGraph: true })
  y.backward({ createGraph: true })
  expect([x.grad, x.trackedGrad!.num, y.grad]).toEqual([12, 12, 1])
  x.clearGrad()
  expect([x.grad, x.trackedGrad]).toEqual([null, null])
})

test('a rule without partials on tracked numbers says so', () => {
  const square = customRule({ name: 'square', value: (x: number) => x * x, partials: x => [2 * x] })
  const y = square(new NumberWithGrad(3))
  expect(() => y.backward({ createGraph: true })).toThrow('square: the rule has no trackedPartials')
})

test('a long chain', () => {
  const x = new NumberWithGrad(1)
  let y = x
  for (let i = 0; i < 100_000; i++) y = y.add(1)
  y.backward({ createGraph: true })
  expect(x.trackedGrad!.num).toBe(1)
})
