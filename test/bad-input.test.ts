/** What the verbs and pictures say of values that they cannot take: what came, and what was expected. */
import { describe, expect, test } from 'vitest'
import { detach, ensureNumber, grad, hessian, jacobian, NumberWithGrad, sum, valueAndGrad } from '../runtime/index.ts'
import { checkGrad, explainZeroGradients, findAnomaly, summary, toDot, toSvg } from '../runtime/inspect.ts'

const cyclic: unknown[] = [1]
cyclic.push({ cyclic })

/** As a second copy of the package makes them. */
const foreign = new (class NumberWithGrad {
  readonly num = 3
})()

const odd: readonly [text: string, value: unknown, got: string][] = [
  ['null', null, 'null'],
  ['undefined', undefined, 'undefined'],
  ['text', 'x', 'a string'],
  ['a bigint', 3n, 'a bigint'],
  ['a symbol', Symbol('x'), 'a symbol'],
  ['a function', () => 1, 'a function'],
  ['a date', new Date(0), 'an object of class Date'],
  ['a Map', new Map([['a', 1]]), 'an object of class Map'],
  ['a number of another copy', foreign, 'a NumberWithGrad of another copy of tsgrad; install one version'],
]
const inData: typeof odd = [
  ...odd.map(([text, value, got]): (typeof odd)[number] => [`${text} in an array`, [1, value], got]),
  ['a hole', Array(2).fill(1, 1), 'undefined'],
  ['an array in itself', cyclic, 'an object that contains itself'],
]

const any = (value: unknown) => value as never
const square = (x: NumberWithGrad) => x.mul(x)

const verbs: Record<string, (value: unknown) => unknown> = {
  grad: value => grad((_: unknown) => new NumberWithGrad(1))(any(value)),
  valueAndGrad: value => valueAndGrad((_: unknown) => new NumberWithGrad(1))(any(value)),
  jacobian: value => jacobian(() => [1])(any(value)),
  hessian: value => hessian(() => 1)(any(value)),
}
describe.each(Object.entries(verbs))('%s of', (name, call) => {
  test.each([...odd, ...inData])('%s', (_, value, got) => {
    expect(() => call(value)).toThrow(TypeError)
    expect(() => call(value)).toThrow(`${name}: expected numbers, in arrays or plain records; got ${got}`)
  })
})

const ofNumbers: Record<string, (value: unknown) => unknown> = {
  'NumberWithGrad.mul': value => new NumberWithGrad(2).mul(any(value)),
  'NumberWithGrad.pow': value => new NumberWithGrad(2).pow(any(value)),
  'NumberWithGrad.lt': value => new NumberWithGrad(2).lt(any(value)),
  ensureNumber: value => ensureNumber(any(value)),
  detach: value => detach(any(value)),
  sum: value => sum([new NumberWithGrad(1), any(value)]),
  'new NumberWithGrad': value => new NumberWithGrad(any(value)),
}
describe.each(Object.entries(ofNumbers))('%s of', (name, call) => {
  test.each(odd)('%s', (_, value, got) => {
    expect(() => call(value)).toThrow(`${name}: expected a number or a NumberWithGrad; got ${got}`)
  })
})

const looks: Record<string, (value: NumberWithGrad) => unknown> = {
  toSvg,
  toDot,
  summary,
  findAnomaly,
  explainZeroGradients: value => explainZeroGradients(value, {}),
}
describe.each(Object.entries(looks))('%s of', (name, call) => {
  test.each([...odd, ['a number', 5, 'a number'] as const])('%s', (_, value, got) => {
    expect(() => call(any(value))).toThrow(
      `${name}: expected a NumberWithGrad, whose computation is looked at; got ${got}`,
    )
  })
})

test('a picture with any names is well-formed XML', () => {
  const x = new NumberWithGrad(3)
  for (const name of ['\u0000', 'a\u0007b', '\ud800', '\uffff', '\u001b[31m', '<&">']) {
    const svg = toSvg(square(x), new Map([[x, name]]))
    expect(svg.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u)
    expect(svg.match(/<text [^>]*>[^<]*<\/text>/g)!.length).toBeGreaterThan(3)
  }
})

test('checkGrad: NaN agrees with nothing', () => {
  expect(() => checkGrad((x: NumberWithGrad) => x.log(), -1)).toThrow('the value of f is NaN')
  expect(() => checkGrad((x: NumberWithGrad) => x.mul(NaN), 2)).toThrow('the value of f is NaN')
})
