/** checkGrad finds wrong derivatives, and prints them beside the right ones. */
import { expect, test } from 'vitest'
import { customRule, NumberWithGrad } from '../runtime/index.ts'
import { checkGrad } from '../runtime/inspect.ts'

const square = (name: string, partial: (x: number) => number) =>
  customRule({ name, value: (x: number) => x * x, partials: x => [partial(x)] })

test('agrees with right rules, in every shape', () => {
  checkGrad((x: NumberWithGrad) => x.sin().mul(x), 0.7)
  checkGrad((xs: NumberWithGrad[]) => xs[0]!.pow(xs[1]!).div(xs[2]!), [1.5, 2.5, -300])
  checkGrad(({ a, b }: { a: NumberWithGrad; b: NumberWithGrad[] }) => a.mul(b[0]!).exp(), { a: 0.1, b: [2] })
  checkGrad((x: NumberWithGrad) => square('square', x => 2 * x)(x), 3)
})

test('finds a rule that is wrong, and prints reverse, forward and numeric side by side', () => {
  const wrong = square('wrong', x => 3 * x)
  let message = ''
  try {
    checkGrad((x: NumberWithGrad) => wrong(x).add(1), 2, { directions: 1 })
  } catch (error) {
    message = (error as Error).message
  }
  expect(message).toMatch(/^checkGrad: the derivatives of f do not agree with central differences\.\n/)
  expect(message).toMatch(/reverse\s+forward\s+numeric/)
  expect(message).toMatch(/> number 0\s+6\.00000000\s+6\.00000000\s+4\.0000000\d/)
})

test('finds an error of one in ten thousand, and one that a single direction could hide', () => {
  expect(() => checkGrad((x: NumberWithGrad) => square('off', x => 2.0002 * x)(x), 3)).toThrow('do not agree')
  const swapped = customRule({
    name: 'swapped',
    value: (a: number, b: number) => a * b * b,
    partials: (a, b) => [2 * a * b, b * b],
  })
  expect(() => checkGrad(([a, b]: NumberWithGrad[]) => swapped(a!, b!), [1, 3])).toThrow('> number 1')
})

test('detach is found out too', () => {
  expect(() => checkGrad((x: NumberWithGrad) => x.mul(new NumberWithGrad(x.num)), 3)).toThrow('do not agree')
})
