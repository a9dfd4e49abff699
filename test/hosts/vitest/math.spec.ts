import { NumberWithGrad } from 'tsgrad'
import { expect, test } from 'vitest'

test('natural math works in a test itself', () => {
  const x = new NumberWithGrad(3)
  const y = x * x * 2 - 1
  y.backward()
  expect([y.num, x.grad]).toEqual([17, 12])
})
