/** Run by `bun test`. */
import { expect, test } from 'bun:test'
import { NumberWithGrad } from 'tsgrad'
import { square } from './src/model.ts'

test('natural math works in a test itself', () => {
  const x = new NumberWithGrad(3)
  const y = x * x * 2 - 1
  y.backward()
  expect([y.num, x.grad, square(2)]).toEqual([17, 12, 4])
})
