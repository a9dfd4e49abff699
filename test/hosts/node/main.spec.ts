/** Run by `node --import tsgrad/register --test`. */
import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { NumberWithGrad } from 'tsgrad'
import { square } from './src/model.ts'

test('natural math works in a test itself', () => {
  const x = new NumberWithGrad(3)
  const y = x * x * 2 - 1
  y.backward()
  deepEqual([y.num, x.grad, square(2)], [17, 12, 4])
})
