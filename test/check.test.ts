/**
 * Derivatives by differences: of one plain number, and of what grad takes.
 */
import { expect, test } from 'vitest'
import { NumberWithGrad, numericalDiff } from '../runtime/index.ts'

test.each([
  ['x²', (x: number) => x * x, 3, 6],
  ['exp', Math.exp, 0, 1],
  ['exp(x²)² of the book, step 4', (x: number) => Math.exp(x * x) ** 2, 0.5, 3.2974425414002564],
  ['a constant', () => 5, 2, 0],
  ['x³ at 0', (x: number) => x ** 3, 0, 0],
  ['sqrt near the end of its domain', Math.sqrt, 1e-12, 500_000],
  ['log near the end of its domain', Math.log, 1e-300, 1e300],
  ['x ** 1.5 at the end of its domain', (x: number) => x + x ** 1.5, 0, 1],
  ['1 / x near its pole', (x: number) => 1 / x, 1e-5, -1e10],
  ['sin far out', Math.sin, 1e8, Math.cos(1e8)],
  ['abs beside its kink', Math.abs, -1e-9, -1],
  ['a large exp', Math.exp, 700, Math.exp(700)],
])('%s', (_name, f, x, expected) => {
  expect(Math.abs(numericalDiff(f, x) - expected)).toBeLessThanOrEqual(1e-6 * (Math.abs(expected) || 1))
})

test('the third argument is one step, as in the book', () => {
  expect(numericalDiff(x => x ** 3, 0, 0.5)).toBe(0.25)
  // engines round exp differently
  expect(numericalDiff(x => Math.exp(x * x) ** 2, 0.5, 1e-4)).toBeCloseTo(3.29744262933, 10)
})

test.each([
  ['past the edge of the domain', Math.sqrt, -1],
  ['at a kink', Math.abs, 0],
  ['at a jump', Math.floor, 1],
  ['where it grows without end', Math.sqrt, 0],
])('%s it is NaN', (_name, f, x) => {
  expect(numericalDiff(f, x)).toBeNaN()
})

type Model = { readonly w: NumberWithGrad[]; readonly b: NumberWithGrad }
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, x) => (typeof x === 'number' ? Number(x.toPrecision(6)) : x))

test('it takes the function that grad takes, and gives the shapes of its gradient', () => {
  const f = ({ w, b }: Model, c: NumberWithGrad) => w[0]!.mul(w[1]!).add(b).mul(c)
  expect(rounded(numericalDiff(f)({ w: [2, 3], b: 4 }, 5))).toEqual([{ w: [15, 10], b: 5 }, 10])
  expect(rounded(numericalDiff(f, { by: 0 })({ w: [2, 3], b: 4 }, 5 as never))).toEqual({ w: [15, 10], b: 5 })
  expect(rounded(numericalDiff((x: NumberWithGrad) => x.mul(x))(3))).toBe(6)
  const typed = numericalDiff((xs: NumberWithGrad[]) => xs[0]!.mul(xs[1]!))(Float64Array.of(2, 3))
  expect(typed).toBeInstanceOf(Float64Array)
  expect(rounded([...(typed as Float64Array)])).toEqual([3, 2])
})

test('it says what came instead of plain numbers, and of one number', () => {
  expect(() => numericalDiff((x: NumberWithGrad) => x.mul(x))(new NumberWithGrad(3) as never)).toThrow(
    'numericalDiff: expected plain numbers; got a NumberWithGrad: pass its `num`',
  )
  expect(() => numericalDiff(((x: NumberWithGrad) => [x]) as never)(3 as never)).toThrow(
    'numericalDiff: f must return one number; got an array',
  )
})
