/** A number of a call that has ended throws wherever it is used: random programs keep numbers across calls of all verbs, nested ones too. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  customRule,
  detach,
  dot,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  noGrad,
  norm,
  sgd,
  softmax,
  sum,
  valueAndGrad,
  vjp,
  zeroGrad,
} from '../runtime/index.ts'
import { explainZeroGradients, findAnomaly, summary, toDot, toSvg } from '../runtime/inspect.ts'
import { countOr, seed } from './random.ts'

type Program = (xs: readonly NumberWithGrad[]) => Numeric
type Verb = (f: Program) => void

const at = [1.5, -0.5]
const verbs: Record<string, Verb> = {
  grad: f => grad(f)(at),
  'grad of one number': f => grad((x: NumberWithGrad) => f([x, x]))(1.5),
  'grad of a record': f => grad(({ a, b }: { a: NumberWithGrad; b: NumberWithGrad }) => f([a, b]))({ a: 1, b: 2 }),
  valueAndGrad: f => valueAndGrad(f)(at),
  jvp: f => jvp(f)(at, [1, 2]),
  vjp: f => vjp(f)(at, 2),
  hvp: f => hvp(f)(at, [1, 2]),
  jacobian: f => jacobian(xs => [f(xs)])(at),
  'jacobian of many': f => jacobian(xs => [f(xs), xs[0]!, xs[1]!.mul(2)])(at),
  hessian: f => hessian(f)(at),
  nested: f => grad((xs: readonly NumberWithGrad[]) => grad(f)(xs)[0]!)(at),
  'inside of noGrad': f => grad(([x]: readonly NumberWithGrad[]) => (noGrad(() => grad(f)(at)), x!.mul(x!)))(at),
}

const middle = (x: NumberWithGrad) => x.mul(3).add(x)
const custom = customRule({ name: 'product', value: (a: number, b: number) => a * b, partials: (a, b) => [b, a] })

/** What is kept: inputs, results of operations of each kind, and constants made by operations. */
const kinds: Record<string, (x: NumberWithGrad, y: NumberWithGrad) => Numeric> = {
  'an input': x => x,
  'an operation': (x, y) => x.mul(y),
  'an operation without a method of its own on the tape': (x, y) => x.atan2(y),
  'a sum': (x, y) => sum([x, y, 3]),
  'the result of a rule of mine': (x, y) => custom(x, y),
  'an operand': (x, y) => x.mul(2).add(y).depends_on[0]!,
}

/** Each use of a kept number; `x` is alive where the use is inside of a call. */
const outside: Record<string, (kept: NumberWithGrad) => unknown> = {
  num: kept => kept.num,
  'num =': kept => {
    kept.num = 3
  },
  grad: kept => kept.grad,
  'grad =': kept => {
    kept.grad = 3
  },
  clearGrad: kept => kept.clearGrad(),
  trackedGrad: kept => kept.trackedGrad,
  depends_on: kept => kept.depends_on,
  creation_op: kept => kept.creation_op,
  backward: kept => kept.backward(),
  'backward with a graph': kept => kept.backward({ createGraph: true }),
  text: kept => `${kept}`,
  JSON: kept => JSON.stringify({ kept }),
  '<': kept => kept.lt(3),
  '> on the right': kept => new NumberWithGrad(1).gt(kept),
  detach: kept => detach(kept),
  'mul in noGrad': kept => noGrad(() => kept.mul(2)),
  sgd: kept => sgd([kept], { rate: 0.1 }),
  zeroGrad: kept => zeroGrad([kept]),
  summary: kept => summary(kept),
  toDot: kept => toDot(kept),
  toSvg: kept => toSvg(kept),
  findAnomaly: kept => findAnomaly(kept),
  explainZeroGradients: kept => explainZeroGradients(kept, {}),
  'argument of grad': kept => grad((x: NumberWithGrad) => x.mul(x))(kept),
  'direction of jvp': kept => jvp((x: NumberWithGrad) => x.mul(x))(2, kept),
}

const operations: Record<string, (kept: NumberWithGrad, x: NumberWithGrad) => Numeric> = {
  'kept + 1': kept => kept.add(1),
  '1 - kept': kept => kept.rsub(1),
  'kept * x': (kept, x) => kept.mul(x),
  'x * kept': (kept, x) => x.mul(kept),
  'kept ** x': (kept, x) => kept.pow(x),
  'x ** kept': (kept, x) => x.pow(kept),
  'kept of exp': kept => kept.exp(),
  'kept of asinh': kept => kept.asinh(),
  'max(x, kept)': (kept, x) => x.max(kept),
  'hypot(x, kept)': (kept, x) => x.hypot(kept, 2),
  sum: (kept, x) => sum([x, kept]),
  dot: (kept, x) => dot([x, kept], [1, 2]),
  norm: (kept, x) => norm([x, kept]),
  softmax: (kept, x) => softmax([x, kept])[0]!,
  'a rule of mine': (kept, x) => custom(x, kept),
}

const inside: Record<string, (kept: NumberWithGrad, x: NumberWithGrad) => Numeric> = {
  ...operations,
  'as the result': kept => kept,
  'as the result beside others': (kept, x) => (x.mul(2).num > -99 ? kept : x),
  'read by num': (kept, x) => x.mul(kept.num),
}

const choice = fc.record({
  keeping: fc.constantFrom(...Object.keys(verbs)),
  kind: fc.constantFrom(...Object.keys(kinds)),
  between: fc.array(fc.tuple(fc.constantFrom(...Object.keys(verbs)), fc.integer({ min: 0, max: 40 })), {
    maxLength: 6,
  }),
  around: fc.constantFrom(...Object.keys(verbs)),
  before: fc.integer({ min: 0, max: 20 }),
})

/** `count` operations and a sum of squares. */
function filler(xs: readonly NumberWithGrad[], count: number): NumberWithGrad {
  let y = xs[0]!.mul(xs[1]!)
  for (let i = 0; i < count; i++) y = i % 3 === 0 ? (sum([y, xs[0]!]) as NumberWithGrad) : middle(y)
  return y
}

function keptBy(verb: string, kind: string): NumberWithGrad[] {
  const kept: Numeric[] = []
  verbs[verb]!(xs => {
    const y = filler(xs, 3)
    kept.push(kinds[kind]!(xs[0]!, y))
    return y
  })
  expect(kept.length).toBeGreaterThan(0)
  return kept as NumberWithGrad[]
}

const PROGRAMS = countOr(100)
const samples = fc.sample(choice, { numRuns: PROGRAMS, seed })
const ended = /belongs to a call of grad .* that has ended/

test(`outside of all calls, after ${PROGRAMS} random rows of calls (SEED=${seed})`, () => {
  for (const { keeping, kind, between } of samples)
    for (const kept of keptBy(keeping, kind)) {
      for (const [verb, count] of between) verbs[verb]!(xs => filler(xs, count))
      for (const [name, use] of Object.entries({ ...outside, ...operations }))
        expect(() => use(kept, new NumberWithGrad(2)), `${keeping}, ${kind}, ${name}`).toThrow(ended)
    }
})

test('inside of any other call, in every position, in each call of the same function', () => {
  for (const { keeping, kind, between, around, before } of samples)
    for (const [name, use] of Object.entries(inside)) {
      const [kept] = keptBy(keeping, kind)
      for (const [verb, count] of between) verbs[verb]!(xs => filler(xs, count))
      const f: Program = xs => use(kept!, filler(xs, before))
      for (let call = 0; call < 2; call++)
        expect(() => verbs[around]!(f), `${keeping}, ${kind}, ${around}, ${name}`).toThrow(ended)
    }
})

test('in the next calls of one function: the smallest loss that was kept', () => {
  for (const length of [1, 2, 3, 7, 100]) {
    let best: NumberWithGrad | undefined
    const f = grad((xs: NumberWithGrad[]) => {
      let loss = xs[0]!.mul(xs[0]!)
      for (let i = 0; i < length; i++) loss = middle(loss)
      best ??= loss
      return best
    })
    f([3])
    for (let call = 2; call < 20; call++) expect(() => f([call])).toThrow(ended)
  }
})

test('numbers of a nested call belong to the enclosing one, and end with that', () => {
  let kept: NumberWithGrad | undefined
  const derivative = grad((x: NumberWithGrad) => {
    const inner = grad((z: NumberWithGrad) => {
      kept = z.mul(z)
      return kept.mul(z)
    })(x) as NumberWithGrad
    return inner.add(kept!)
  })(3)
  expect(derivative).toBe(6 * 3 + 2 * 3)
  expect(() => kept!.num).toThrow(ended)
})

test('numbers of a call on tracked numbers live on, and end where the call throws', () => {
  const x = new NumberWithGrad(3)
  let kept: NumberWithGrad | undefined
  grad((z: NumberWithGrad) => {
    kept = z.mul(z)
    return kept
  })(x)
  expect(kept!.num).toBe(9)
  const failing = grad((z: NumberWithGrad) => {
    kept = z.mul(z)
    throw new Error('mine')
  })
  expect(() => failing(x)).toThrow('mine')
  for (const use of Object.values({ ...outside, ...operations })) expect(() => use(kept!, x)).toThrow(ended)
})

test('a number of a call that threw has ended, too', () => {
  let kept: NumberWithGrad | undefined
  expect(() =>
    grad((x: NumberWithGrad) => {
      kept = x.mul(2)
      throw new Error('mine')
    })(3),
  ).toThrow('mine')
  for (const use of Object.values({ ...outside, ...operations }))
    expect(() => use(kept!, new NumberWithGrad(1))).toThrow(ended)
})
