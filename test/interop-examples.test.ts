/** The examples with classes of other libraries, compiled with the real tspc and run: what each of them prints. */
import { beforeAll, expect, test } from 'vitest'
import { namesIn, type Started, start } from './start.ts'

const printed: Record<string, string[]> = {
  '16-decimal-invoice.ts': [
    'net 435.3, with tax 518.007',
    'in plain numbers 435.29999999999995',
    'after discount 502.46679',
    'doubled after 24 years at 3 %',
    'phi 1.6180339887498948482045868343656381177203091798058',
  ],
  '17-complex-roots.ts': [
    '2 leads to 1.000000, 0.000000; distance from 0: 1.000000',
    '-1 + i leads to -0.500000, 0.866025; distance from 0: 1.000000',
    '-1 - i leads to -0.500000, -0.866025; distance from 0: 1.000000',
    '1 + 1/2 + … + 1/10 = 7381/2520',
    'more than 3: false, less than 2.9: false',
  ],
  '18-three-orbit.ts': [
    'started at 1.000, 0.000, 0.000',
    'after one round, distance from there: 0.000',
    'turned: 0.000, 1.000, 0.000',
    'turned and lifted: 0.000, 1.000, 2.000',
    'turned twice: -1.000, 0.000, 0.000',
  ],
}

let started: Started
beforeAll(async () => {
  started = await start('examples/interop')
}, 60_000)

test('all of them are compiled and run', () => {
  expect(started.status).toBe(0)
  expect(namesIn('examples/interop').length).toBeGreaterThan(3)
  expect([...started.sections.keys()]).toEqual(namesIn('examples/interop'))
})

test.each(Object.entries(printed))('%s', (name, lines) => {
  expect(started.sections.get(name)).toEqual(lines)
})

test('19-tensor-regression.ts finds the line', () => {
  const lines = started.sections.get('19-tensor-regression.ts')!
  expect(lines.slice(0, 3)).toEqual([
    'step 0: y = 0.000 x + 0.000, loss 4.500',
    'step 100: y = 2.000 x + 1.000, loss 0.000',
    'step 200: y = 2.000 x + 1.000, loss 0.000',
  ])
})
