/**
 * Central differences on plain numbers.
 */
import { expect, test } from 'vitest'
import { numericalDiff } from '../runtime/index.ts'

test.each([
  ['x²', (x: number) => x * x, 3, 6],
  ['exp', Math.exp, 0, 1],
  ['exp(x²)² of the book, step 4', (x: number) => Math.exp(x * x) ** 2, 0.5, 3.2974426293330694],
  ['a constant', () => 5, 2, 0],
])('%s', (_name, f, x, expected) => {
  expect(numericalDiff(f, x)).toBeCloseTo(expected, 6)
})

test('the step is the third argument', () => {
  expect(numericalDiff(x => x ** 3, 0, 0.5)).toBe(0.25)
  expect(numericalDiff(x => x ** 3, 0)).toBeCloseTo(1e-8, 12)
})

test('past the edge of the domain it is NaN', () => {
  expect(numericalDiff(Math.sqrt, 0)).toBeNaN()
})
