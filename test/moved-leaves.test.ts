/** A leaf that is assigned after it was used makes backward() throw, in every road; assigning between a step and the next is right. */
import { describe, expect, test } from 'vitest'
import {
  adam,
  customRule,
  dot,
  grad,
  hessian,
  hvp,
  jvp,
  momentum,
  NumberWithGrad,
  type Numeric,
  noGrad,
  sgd,
  sum,
} from '../runtime/index.ts'
import { recordStacks } from '../runtime/inspect.ts'
import { rules } from '../runtime/rules/rules.ts'

const told = /^NumberWithGrad\.backward: the `num` of a leaf, .* now, was assigned after an operation had used it/
const leaf = (x: number) => new NumberWithGrad(x)
type Method = (this: NumberWithGrad, ...others: readonly Numeric[]) => NumberWithGrad

const product = customRule({
  name: 'product',
  value: (a: number, b: number) => a * b,
  partials: (a, b) => [b, a],
  trackedPartials: (a, b) => [b, a],
})

/** Everything that may use a leaf. */
const uses: Record<string, (w: NumberWithGrad, v: NumberWithGrad) => NumberWithGrad> = {
  ...Object.fromEntries(
    Object.entries(rules).map(([name, { arity }]) => [
      name,
      (w: NumberWithGrad, v: NumberWithGrad) =>
        (w as unknown as Record<string, Method>)[name]!.apply(w, arity === 1 ? [] : [v]),
    ]),
  ),
  'on the right': (w, v) => v.mul(w),
  'a plain operand': w => w.rdiv(7),
  sum: (w, v) => sum([v, w]),
  dot: (w, v) => dot([v, 2], [w, w]),
  'a rule of mine': (w, v) => product(v, w),
  'deep in a graph': (w, v) => v.mul(w).exp().add(v).mul(v).sin(),
  'a kept derivative': (w, v) => grad((x: NumberWithGrad) => x.mul(w).mul(x))(v),
}

/** Ways to move a leaf that has a gradient of 1. */
const moves: Record<string, (w: NumberWithGrad) => void> = {
  assignment: w => {
    w.num = 0.4
  },
  'a step by hand': w => {
    w.num += 0.25
  },
  sgd: w => sgd([w], { rate: 0.1 }),
  momentum: w => void momentum([w], undefined, { rate: 0.1 }),
  adam: w => void adam([w], undefined, { rate: 0.1 }),
}

describe.each(Object.entries(uses))('%s', (_, use) => {
  test.each(Object.entries(moves))('%s', (_, move) => {
    for (const options of [1, { createGraph: true }]) {
      const [w, v] = [leaf(0.3), leaf(0.6)]
      w.grad = 1
      const y = use(w, v)
      move(w)
      expect(() => y.backward(options)).toThrow(told)
      expect(() => y.add(1).mul(2).backward(options)).toThrow(told)
      expect([w.grad, v.grad, y.grad]).toEqual([1, null, null]) // nothing was added
      // new uses are right
      const z = use(w, v)
      z.backward(options)
      const fresh = [leaf(w.num), leaf(v.num)] as const
      use(...fresh).backward()
      const derivative = fresh[0].grad!
      if (Number.isNaN(derivative)) expect(w.grad).toBe(NaN)
      else expect(w.grad! - 1).toBeCloseTo(derivative, 12)
      expect(v.grad).toBe(fresh[1].grad)
    }
  })
})

test('the reported case, and the place of the assignment', () => {
  const run = () => {
    const w = leaf(3)
    const y = w.mul(w).mul(2)
    w.num = 10
    y.backward()
  }
  expect(run).toThrow(told)
  let cause: unknown
  try {
    recordStacks(run)
  } catch (error) {
    cause = (error as Error).cause
  }
  expect((cause as Error).message).toBe('`num` was assigned here')
  expect((cause as Error).stack).toContain('moved-leaves.test')
})

test('two losses with a step between', () => {
  const w = leaf(3)
  const [first, second] = [w.mul(w), w.mul(w).mul(w)]
  first.backward()
  sgd([w], { rate: 0.1 })
  expect(() => second.backward()).toThrow(told)
})

describe('what stays right', () => {
  test('training: assign, compute again, sweep, 1,000 times', () => {
    const [w, b] = [leaf(0), leaf(0)]
    for (let i = 0; i < 1000; i++) {
      for (const p of [w, b]) p.clearGrad()
      w.mul(2).add(b).sub(3).pow(2).backward()
      for (const p of [w, b]) p.num -= 0.05 * p.grad!
    }
    expect(w.num * 2 + b.num).toBeCloseTo(3, 10)
  })

  test('a graph that is swept again while other leaves move, and one that shares operations from before', () => {
    const [w, v] = [leaf(3), leaf(5)]
    const kept = v.mul(v) // from before the training of w
    for (let i = 0; i < 5; i++) {
      w.clearGrad()
      v.clearGrad()
      kept.mul(w).backward()
      expect([w.grad, v.grad]).toEqual([25, 10 * w.num])
      w.num += 1
    }
    v.num = 6
    expect(() => kept.mul(w).backward()).toThrow(told)
  })

  test('the same value again is no move', () => {
    const w = leaf(3)
    const y = w.mul(w)
    w.num = 3
    y.backward()
    expect(w.grad).toBe(6)
  })

  test('sweeping twice before the assignment, and reading values after it', () => {
    const w = leaf(3)
    const y = w.mul(w)
    y.backward()
    y.backward()
    w.num = 10
    expect([w.grad, y.num]).toEqual([12, 9])
    expect(() => y.backward()).toThrow(told)
  })

  test('versions that come round', () => {
    const w = leaf(1)
    const others = [leaf(1), leaf(2)] as const
    let y = w.mul(w)
    for (let i = 0; i < 2 ** 23 + 5; i++) {
      others[i & 1]!.num = i
      if (i % 100 === 0) others[0].add(1) // an operation, so that the next assignment is another version
      if (i % 2 ** 21 === 0) {
        y.backward()
        y = w.mul(others[0])
        y.backward()
        y = w.mul(w)
      }
    }
    w.num = 2
    expect(() => y.backward()).toThrow(told)
  })
})

describe('inside of derivatives', () => {
  const moved = (use: (w: NumberWithGrad, x: NumberWithGrad) => NumberWithGrad) => (x: NumberWithGrad) => {
    const w = leaf(3)
    const y = use(w, x)
    w.num = 10
    return y
  }
  const verbs: Record<string, (f: (x: NumberWithGrad) => NumberWithGrad) => number> = {
    grad: f => grad(f)(2),
    jvp: f => jvp(f)(2, 1)[1],
    hvp: f => hvp(f)(2, 1),
    hessian: f => hessian(([x]) => f(x!))([2])[0]![0]!,
    nested: f => grad((x: NumberWithGrad) => grad(f)(x))(2),
    'backward inside': f => noGrad(() => grad((x: NumberWithGrad) => (f(x).backward(), leaf(x.grad!)))(2)),
    'on tracked numbers': f => grad(f)(leaf(2)).num,
  }
  const usesOf = { mul: uses.mul!, sum: uses.sum!, dot: uses.dot!, mine: uses['a rule of mine']!, pow: uses.pow! }

  test.each(Object.entries(verbs))('%s is of the value at the use, or throws', (_, verb) => {
    for (const [name, use] of Object.entries(usesOf)) {
      const expected = verb(x => use(leaf(3), x))
      let found: number
      try {
        found = verb(moved(use))
      } catch (error) {
        expect((error as Error).message, name).toMatch(told)
        continue
      }
      expect(found, name).toBe(expected)
    }
  })

  test('an argument cannot be assigned', () => {
    const f = (x: NumberWithGrad) => {
      const y = x.mul(x)
      x.num = 10
      return y
    }
    for (const verb of Object.values(verbs))
      expect(() => verb(f)).toThrow(/only the value of a leaf can be assigned, and this is (an argument|the result)/)
  })
})

test('a result cannot be assigned', () => {
  const y = leaf(3).mul(2)
  expect(() => {
    y.num = 5
  }).toThrow('NumberWithGrad.num: only the value of a leaf can be assigned, and this is the result of `mul`.')
  expect(y.num).toBe(6)
})
