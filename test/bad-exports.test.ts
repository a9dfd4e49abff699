/**
 * Every function of every entry says what came and what it expects, where it is handed what it cannot take: an export without a row here is
 * called with each odd value alone, so that a new one is asked too.
 */
import { describe, expect, test } from 'vitest'
import * as index from '../runtime/index.ts'
import * as inspect from '../runtime/inspect.ts'
import * as linear from '../runtime/linear.ts'
import * as optimise from '../runtime/optimise.ts'
import * as special from '../runtime/special.ts'
import * as variable from '../runtime/variable.ts'

const odd: readonly (readonly [text: string, value: unknown])[] = [
  ['null', null],
  ['text', 'x'],
  ['a bigint', 3n],
  ['a symbol', Symbol('x')],
  ['a date', new Date(0)],
  ['a Map', new Map([['a', 1]])],
  ['true', true],
]

type Call = (f: (...args: unknown[]) => unknown, bad: unknown) => unknown
const parameter = () => {
  const w = new index.NumberWithGrad(3)
  w.mul(w).backward()
  return w
}
const square = (x: index.NumberWithGrad) => x.mul(x)
const rate = { rate: 0.1, steps: 9, factor: 0.5 }
const made: Call = (f, bad) => Reflect.construct(f, [bad])
const verb: Call = (f, bad) => f(bad)
const called: Call = (f, bad) => (f(bad) as (x: number) => unknown)(2)
const given: Call = (f, bad) => (f(square) as (x: unknown) => unknown)(bad)
const along: Call = (f, bad) => (f(square) as (x: number, by: unknown) => unknown)(2, bad)
const optioned: Call = (f, bad) => f(square, bad)
const first =
  (...others: unknown[]): Call =>
  (f, bad) =>
    f(bad, ...others)
const second =
  (a: unknown, ...others: unknown[]): Call =>
  (f, bad) =>
    f(a, bad, ...others)
const third =
  (a: unknown, b: unknown): Call =>
  (f, bad) =>
    f(a, b, bad)
const element: Call = (f, bad) => f([parameter(), bad])
const entry: Call = (f, bad) => f([[bad]])
const steps: Call = (f, bad) => [...(f(bad, 1) as Iterable<unknown>)]
const stepsFrom: Call = (f, bad) => [...(f(square, bad) as Iterable<unknown>)]
const stepsWith: Call = (f, bad) => [...(f(square, 1, bad) as Iterable<unknown>)]
const found = [first(1), second(square), third(square, 1)]
const schedule = [
  second(1),
  first(rate),
  ...['rate', 'steps'].map(
    (name): Call =>
      (f, bad) =>
        f(1, { ...rate, [name]: bad }),
  ),
]
const operation: Call = (f, bad) => (Reflect.construct(f, []) as variable.Function).call(bad as never)

/** The calls of an export, where odd values alone do not tell. */
const rows: Readonly<Record<string, readonly Call[]>> = {
  NumberWithGrad: [made],
  ...Object.fromEntries(['grad', 'valueAndGrad'].map(name => [name, [called, given, optioned]])),
  ...Object.fromEntries(['jacobian', 'hessian'].map(name => [name, [called, given]])),
  ...Object.fromEntries(['jvp', 'vjp', 'hvp'].map(name => [name, [called, along]])),
  numericalDiff: [verb, given, optioned],
  'variable numericalDiff': [verb, second(variable.square), third(variable.square, new variable.Variable(1))],
  gradInto: [verb],
  zeroGrad: [verb, element],
  sgd: [first(rate), second([parameter()]), (f, bad) => f([parameter(), bad], rate)],
  momentum: [first(undefined, rate), second([parameter()], rate), third([parameter()], undefined)],
  adam: [first(undefined), second([parameter()]), third([parameter()], undefined)],
  clipGradients: [
    first({ norm: 1 }),
    second([parameter()]),
    (f, bad) => f([bad], { norm: 1 }),
    (f, bad) => f([], { norm: bad }),
  ],
  warmup: schedule,
  cosineDecay: schedule,
  exponentialDecay: [...schedule, (f, bad) => f(1, { ...rate, factor: bad })],
  minimize: found,
  root: found,
  leastSquares: found,
  ...Object.fromEntries(
    ['minimizeSteps', 'rootSteps', 'leastSquaresSteps'].map(name => [name, [steps, stepsFrom, stepsWith]]),
  ),
  clamp: [first(0, 1), second(1, 1), third(1, 0)],
  smoothstep: [first(0, 1), second(1, 1), third(1, 0)],
  customRule: [verb, (f, bad) => f({ name: 'customRule', value: bad, partials: () => [1] })],
  dot: [first([1]), second([1]), (f, bad) => f([1], [bad])],
  ...Object.fromEntries(['cholesky', 'inverse', 'logDet', 'transpose'].map(name => [name, [verb, entry]])),
  ...Object.fromEntries(
    ['matVec', 'matMul', 'solve', 'leastSquaresSolve'].map(name => [name, [first([1]), second([[1]])]]),
  ),
  ...Object.fromEntries(['sum', 'mean', 'prod', 'norm', 'logSumExp', 'softmax'].map(name => [name, [verb, element]])),
  checkGrad: [verb, given],
  Variable: [made],
  asArray: [verb, (f, bad) => f([bad])],
  ...Object.fromEntries(['Add', 'Mul', 'Square', 'Exp'].map(name => [name, [operation]])),
}

/** What nobody calls by hand: lowered and compiled texts do, with what the compiler has checked. */
const internal = [
  ...['chain', 'dispatchBinary', 'dispatchMath', 'dispatchUnary', 'evaluatedFirst', 'foldMath', 'Place', 'place'],
  ...['rejectNativeOperators', 'differentiable', 'erfcxIntegral', 'expNegSquare', 'sphericalBesselOfPi'],
  'Function', // abstract
]

/** Values that some exports take: a date is an object without any option, and all their options may be missing. */
const withOptions = ['adam', 'minimize', 'minimizeSteps', 'leastSquares', 'leastSquaresSteps', 'root', 'rootSteps']
const taken: Readonly<Record<string, readonly string[]>> = {
  debug: ['true'],
  ...Object.fromEntries(withOptions.map(name => [name, []])),
}

const entries = { index, special, linear, optimise, inspect, variable }
/** The methods of the numbers that a user holds, which take something. */
const methodsOf = (prototype: object): readonly string[] => {
  const parent = Object.getPrototypeOf(prototype)
  const own = Object.getOwnPropertyNames(prototype).filter(name => {
    const { value } = Object.getOwnPropertyDescriptor(prototype, name)!
    return !/^_|^constructor$/.test(name) && typeof value === 'function' && value.length > 0
  })
  return parent === Object.prototype ? own : [...new Set([...own, ...methodsOf(parent)])]
}
const methods = [new index.NumberWithGrad(2), new variable.Variable(2)].flatMap(number =>
  methodsOf(Object.getPrototypeOf(number)).map(name => {
    const call = (bad: unknown) => (number as never as Record<string, (x: unknown) => unknown>)[name]!(bad)
    return [`${number.constructor.name}.${name}`, name, call as never] as const
  }),
)
const functions = Object.entries(entries).flatMap(([name, exported]) =>
  Object.entries(exported).flatMap(([key, value]) =>
    typeof value === 'function' && !internal.includes(key) ? [[`${name} ${key}`, key, value as never] as const] : [],
  ),
)

test('there are functions to ask, and no row is left over', () => {
  expect(functions.length).toBeGreaterThan(90)
  expect(methods.length).toBeGreaterThan(20)
  const names = new Set<unknown>(functions.flat())
  expect(Object.keys(rows).filter(name => !names.has(name))).toEqual([])
  const all = new Set(Object.values(entries).flatMap(exported => Object.keys(exported)))
  expect(internal.filter(name => !all.has(name))).toEqual([])
})

describe.each([...functions, ...methods])('%s', (full, key, f) => {
  const calls = rows[full] ?? rows[key] ?? [verb]
  test.each(odd.filter(([text]) => !taken[key]?.includes(text)))('of %s', (_, value) => {
    for (const [i, call] of calls.entries()) {
      let message = 'no error'
      try {
        call(f, value)
      } catch (error) {
        message = (error as Error).message
      }
      expect(message, `call ${i}`).toMatch(
        /^(?:new )?\w+(?:\.\w+)?: .*(?:expected .*; got |; it must be )|is not supported: a Variable holds/,
      )
    }
  })
})
