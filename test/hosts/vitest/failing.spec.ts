import { NumberWithGrad } from 'tsgrad'
import { expect, test } from 'vitest'

test('an exception leads to the original text', async () => {
  await import('./src/failing.ts')
})

test('a failing assertion leads to the original text', () => {
  const x = new NumberWithGrad(3)
  const y = x * x * 2 - 1
  expect((y * 2 - x * 3).num).toBe(26)
})
