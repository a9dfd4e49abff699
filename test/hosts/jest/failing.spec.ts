import { test } from '@jest/globals'

test('an exception leads to the original text', async () => {
  await import('./src/failing.ts')
})
