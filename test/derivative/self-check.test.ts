/** TSGRAD_CHECK=1: a compiled derivative that is wrong throws at its first call, and one that is right says nothing. */
import { beforeAll, expect, test, vi } from 'vitest'
import type * as Tsgrad from '../../runtime/index.ts'
import type * as Inspect from '../../runtime/inspect.ts'

let tsgrad: typeof Tsgrad
beforeAll(async () => {
  vi.stubEnv('TSGRAD_CHECK', '1')
  vi.resetModules()
  tsgrad = await import('../../runtime/index.ts')
  await import('../../runtime/inspect.ts')
  vi.unstubAllEnvs()
})

const WRONG =
  /does not agree with differences of the function's values: along a direction it is .* This is a fault of tsgrad/

type Seed = (value: number) => number

/** x² y with gradients and second derivatives that are `by` times too large. */
const product = (by: number) => {
  const texts = {
    grad: (_: unknown, seed: Seed, x: number, y: number) => [
      x * x * y,
      [by * seed(x * x * y) * 2 * x * y, seed(x * x * y) * x * x],
    ],
    jvp: (_: unknown, x: number, y: number, dx: number, dy: number) => [x * x * y, by * 2 * x * y * dx + x * x * dy],
    hvp: (_: unknown, seed: Seed, x: number, y: number, dx: number, dy: number) => [
      0,
      [by * 2 * (y * dx + x * dy) * seed(0), 2 * x * dx + 0],
    ],
    'grad by 1': (_: unknown, seed: Seed, x: number, y: number) => [x * x * y, [by * seed(x * x * y) * x * x]],
  }
  return tsgrad.differentiable((x: number, y: number) => x * x * y, texts as never, 2)
}

test('a right one says nothing', () => {
  const { grad, jvp, hvp, hessian, vjp } = tsgrad
  const f = product(1)
  expect(grad(f)(3, 2)).toEqual([12, 9])
  expect(grad(f, { by: 1 })(3, 2)).toBe(9)
  expect(vjp(product(1))(3, 2, 10)).toEqual([18, [120, 90]])
  expect(jvp(f)(3, 2, 1, 0)).toEqual([18, 12])
  expect(hvp(f)(3, 2, 1, 0)).toEqual([4, 6])
  expect(hessian(product(1))(3, 2)).toEqual([
    [4, 6],
    [6, 0],
  ])
})

test('a wrong one throws', () => {
  const { grad, jvp, hvp, vjp } = tsgrad
  const f = product(1.01)
  expect(() => grad(f)(3, 2)).toThrow(WRONG)
  expect(() => grad(f, { by: 1 })(3, 2)).toThrow(WRONG)
  expect(() => jvp(f)(3, 2, 1, 0)).toThrow(WRONG)
  expect(() => hvp(f)(3, 2, 1, 0)).toThrow(WRONG)
  expect(() => vjp(product(1.01))(3, 2, 10)).toThrow(WRONG)
})

test('at kinks, with effects and with NaN it says nothing', () => {
  const { grad, differentiable } = tsgrad
  const of = (f: (x: number) => number, slope: (x: number) => number, effect = false) =>
    differentiable(
      f,
      {
        grad: ($, seed, x) => {
          if (effect) $.once()
          return [f(x), [seed(f(x)) * slope(x)]]
        },
      },
      2,
    )
  expect(
    grad(
      of(
        x => (x > 0 ? x : 0),
        x => (x > 0 ? 1 : 0),
      ),
    )(0),
  ).toBe(0)
  expect(grad(of(Math.abs, Math.sign))(0)).toBe(0)
  expect(
    grad(
      of(
        x => x,
        () => 5,
        true,
      ),
    )(1),
  ).toBe(5)
  expect(
    grad(
      of(
        x => x,
        () => Number.NaN,
      ),
    )(1),
  ).toBeNaN()
  expect(
    grad(
      of(
        x => Math.sin(1e8 * x),
        x => 1e8 * Math.cos(1e8 * x),
      ),
    )(1),
  ).toBeCloseTo(1e8 * Math.cos(1e8))
  expect(
    grad(
      of(
        x => x ** 20,
        x => 20 * x ** 19,
      ),
    )(3),
  ).toBe(20 * 3 ** 19)
})

test('with the variable and without the entry that checks, a compiled derivative throws', async () => {
  vi.stubEnv('TSGRAD_CHECK', '1')
  vi.resetModules()
  const { differentiable, grad }: typeof Tsgrad = await import('../../runtime/index.ts')
  vi.unstubAllEnvs()
  const f = differentiable((x: number) => x, { grad: (_, seed, x) => [x, [seed(x)]] }, 2)
  expect(() => grad(f)(2)).toThrow('grad: TSGRAD_CHECK=1 needs the check in tsgrad/inspect')
})

test('without the variable `debug` turns it on and off', async () => {
  vi.resetModules()
  const { differentiable, grad }: typeof Tsgrad = await import('../../runtime/index.ts')
  const { debug }: typeof Inspect = await import('../../runtime/inspect.ts')
  const wrong = () => differentiable((x: number) => x * x, { grad: (_, seed, x) => [x * x, [seed(x * x) * 3 * x]] }, 2)
  expect(grad(wrong())(2)).toBe(6)
  debug(true)
  expect(() => grad(wrong())(2)).toThrow(WRONG)
  debug(false)
  expect(grad(wrong())(2)).toBe(6)
})
