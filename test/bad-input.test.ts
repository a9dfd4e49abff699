/** What the verbs and pictures say of values that they cannot take: what came, and what was expected. */
import { describe, expect, test } from 'vitest'
import {
  adam,
  type CustomRule,
  customRule,
  detach,
  differentiable,
  ensureNumber,
  grad,
  gradInto,
  hessian,
  hvp,
  jacobian,
  jvp,
  momentum,
  NumberWithGrad,
  noGrad,
  numericalDiff,
  sgd,
  sum,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'
import {
  checkGrad,
  explainZeroGradients,
  findAnomaly,
  recordStacks,
  summary,
  toDot,
  toSvg,
} from '../runtime/inspect.ts'
import { leastSquares, leastSquaresSteps, minimize, minimizeSteps, root, rootSteps } from '../runtime/optimise.ts'

const cyclic: unknown[] = [1]
cyclic.push({ cyclic })

/** As a second copy of the package makes them. */
const foreign = new (class NumberWithGrad {
  readonly num = 3
})()

const foreignTaped = new (class Handle {
  readonly num = 3
  readonly depends_on = []
  get creation_op() {
    return 'mul'
  }
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

const noFunctions: typeof odd = [
  ...odd.filter(([, value]) => typeof value !== 'function'),
  ['a number', 3, 'a number'],
  ['NaN', NaN, 'a number'],
  ['a record', {}, 'an object of class Object'],
  ['an array', [], 'an array'],
]
const x = () => new NumberWithGrad(2)
const rule = (own: object) =>
  customRule({ name: 'own', value: (x: number) => x, partials: () => [1], ...own } as CustomRule<[number]>)
const ofFunctions: Record<string, (f: never) => unknown> = {
  grad: f => grad(f)(any(2)),
  valueAndGrad: f => valueAndGrad(f)(any(2)),
  gradInto: f => gradInto(f),
  jvp: f => (jvp(f) as (...args: number[]) => unknown)(2, 1),
  vjp: f => (vjp(f) as (...args: number[]) => unknown)(2, 1),
  hvp: f => (hvp(f) as (...args: number[]) => unknown)(2, 1),
  jacobian: f => jacobian(f)(any([2])),
  hessian: f => hessian(f)(any([2])),
  numericalDiff: f => numericalDiff(f, 2),
  noGrad: f => noGrad(f),
  differentiable: f => differentiable(f, {}, 2),
  'own: value': f => rule({ value: f }),
  'own: partials': f => rule({ partials: f }),
  minimize: f => minimize(f, any(1)),
  minimizeSteps: f => [...minimizeSteps(f, any(1))],
  leastSquares: f => leastSquares(f, any(1)),
  leastSquaresSteps: f => [...leastSquaresSteps(f, any(1))],
  root: f => root(f, any(1)),
  rootSteps: f => [...rootSteps(f, any(1))],
  checkGrad: f => checkGrad(f, any(2)),
  recordStacks: f => recordStacks(f),
}
describe.each(Object.entries(ofFunctions))('%s of', (name, call) => {
  test.each(noFunctions)('%s', (_, value, got) => {
    expect(() => call(any(value))).toThrow(TypeError)
    expect(() => call(any(value))).toThrow(`${name.replace('Steps', '')}: expected a function; got ${got}`)
  })
})

describe.each(['grad', 'valueAndGrad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp'])(
  '%s of a function that is',
  name => {
    const verb = { grad, valueAndGrad, jacobian, hessian, jvp, vjp, hvp }[name]! as (
      f: unknown,
    ) => (...args: number[]) => unknown
    const args = name.endsWith('vp') || name.endsWith('jp') ? [2, 1] : [2]
    test.each([
      ['async', async (x: NumberWithGrad) => x, 'an object of class Promise'],
      ['a generator', function* () {}, 'an object'],
    ])('%s', (_, f, got) => {
      expect(() => verb(f)(...args)).toThrow(new RegExp(`^${name}: .*; got ${got}`))
    })
    test('a class', () => {
      expect(() => verb(class Model {})(...args)).toThrow('Class constructor Model cannot be invoked')
    })
  },
)

const noOptions: typeof odd = noFunctions.filter(
  ([, value]) => value !== undefined && value !== foreign && value?.constructor !== Object,
)
const withOptions: Record<string, (options: unknown) => unknown> = {
  grad: options => grad(square, any(options)),
  valueAndGrad: options => valueAndGrad(square, any(options)),
  gradInto: options => gradInto((x: number) => x, any(options)),
}
describe.each(Object.entries(withOptions))('%s with options that are', (name, call) => {
  test.each(noOptions)('%s', (_, value, got) => {
    expect(() => call(value)).toThrow(`expected options { by${name === 'valueAndGrad' ? ', aux' : ''} }; got ${got}`)
  })
})

const steps: Record<string, (parameters: unknown) => unknown> = {
  sgd: parameters => sgd(any(parameters), { rate: 0.1 }),
  momentum: parameters => momentum(any(parameters), undefined, { rate: 0.1 }),
  adam: parameters => adam(any(parameters), undefined),
}
describe.each(Object.entries(steps))('%s of parameters', (name, call) => {
  const other = [...odd, ['a number', 3, 'a number'], ['a record', {}, 'an object of class Object']] as const
  test.each(other)('that are %s', (_, value, got) => {
    expect(() => call(value)).toThrow(`${name}: expected an array of parameters; got ${got}`)
  })
  test.each(other)('of which one is %s', (_, value, got) => {
    expect(() => call([x(), value])).toThrow(`${name}: expected a NumberWithGrad as parameter 1; got ${got}`)
  })
  test.each([null, undefined, 'x', NaN, {}, []])('a rate of %s', rate => {
    const options = { rate: any(rate) }
    const step = () =>
      name === 'adam'
        ? adam([x()], undefined, options)
        : name === 'sgd'
          ? sgd([x()], options)
          : momentum([x()], undefined, options)
    if (name === 'adam' && rate === undefined) expect(step).not.toThrow()
    else
      expect(step).toThrow(
        `${name}: rate is ${typeof rate === 'object' && rate !== null ? 'an' : typeof rate === 'string' ? '"x"' : rate}`,
      )
  })
})

const assigned: Record<string, (value: unknown) => unknown> = {
  'NumberWithGrad.backward': value => x().backward(any(value)),
  'NumberWithGrad.grad': value => Object.assign(x(), { grad: value }),
  sum: value => sum(any(value)),
}
describe.each(Object.entries(assigned))('%s of', (name, call) => {
  test.each(odd.filter(([, value]) => value !== undefined && !(value === null && name.endsWith('grad'))))(
    '%s',
    (_, value) => {
      expect(() => call(value)).toThrow(
        expect.objectContaining({ message: expect.stringMatching(`^${name}: expected [^;]*; got `) }),
      )
    },
  )
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

test('a number of a derivative of another copy is named as one', () => {
  expect(() => grad(square)(any(foreignTaped))).toThrow('got a NumberWithGrad of another copy of tsgrad')
  expect(() => new NumberWithGrad(2).mul(any(foreignTaped))).toThrow('got a NumberWithGrad of another copy of tsgrad')
})
