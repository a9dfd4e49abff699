import { expect, test, vi } from 'vitest'

test('the project prints what it computes', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import('./src/main.ts')
  expect(log.mock.calls.map(([line]) => line)).toEqual([
    'loss 2.5, by weight 5, by bias 3',
    'squares 4 25',
    'twice 8',
    'moved (6, 12), mirrored (-1, -2)',
    'total 0.3',
  ])
})
