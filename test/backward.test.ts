/**
 * The order and the accumulation of the reverse sweep: shared results, long and doubling graphs, repeated calls, random programs.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customRule, NumberWithGrad, numericalDiff, zeroGrad } from '../runtime/index.ts'

/** The recursive algorithm of the notebook: it hands on its accumulated gradient, along every path. */
class Recursive {
  grad = 0
  readonly num: number
  readonly operands: readonly (readonly [Recursive, number])[]

  constructor(num: number, operands: readonly (readonly [Recursive, number])[] = []) {
    this.num = num
    this.operands = operands
  }
  add(other: Recursive | number): Recursive {
    if (typeof other === 'number') return new Recursive(this.num + other, [[this, 1]])
    const operands = [[this, 1] as const, [other, 1] as const]
    return new Recursive(this.num + other.num, operands)
  }
  mul(other: Recursive | number): Recursive {
    if (typeof other === 'number') return new Recursive(this.num * other, [[this, other]])
    const operands = [[this, other.num] as const, [other, this.num] as const]
    return new Recursive(this.num * other.num, operands)
  }
  backward(flowing = 1): void {
    this.grad += flowing
    for (const [operand, partial] of this.operands) operand.backward(this.grad * partial)
  }
}

type Either = { add(other: never): Either; mul(other: never): Either; backward(): void; grad: number | null }

/** The same program on both: [ours, the notebook's]. */
function both(x: number, program: (a: NumberWithGrad) => NumberWithGrad): [number | null, number | null] {
  const gradientOf = (a: Either) => {
    ;(program as unknown as (a: Either) => Either)(a).backward()
    return a.grad
  }
  return [gradientOf(new NumberWithGrad(x)), gradientOf(new Recursive(x))]
}

describe('a shared intermediate is taken once, with its whole gradient', () => {
  test.each([
    ['(a * 4 + 3) * (a + 2), nothing shared', 3, a => a.mul(4).add(3).mul(a.add(2)), 35, 35],
    ['b = a * 4; b + b', 3, a => twice(a.mul(4)), 8, 12],
    ['b = a * a; b * b', 3, a => squared(a.mul(a)), 108, 162],
    ['b = a * 4; (b + 3) * (b + 2)', 3, a => shared(a.mul(4)), 116, 172],
  ] satisfies [string, number, (a: NumberWithGrad) => NumberWithGrad, number, number][])(
    '%s',
    (_text, x, program, ours, notebook) => {
      expect(both(x, program)).toEqual([ours, notebook])
    },
  )
})

const twice = (b: NumberWithGrad) => b.add(b)
const squared = (b: NumberWithGrad) => b.mul(b)
const shared = (b: NumberWithGrad) => b.add(3).mul(b.add(2))

test('the intermediates keep their gradient', () => {
  const a = new NumberWithGrad(3)
  const b = a.mul(4)
  const c = b.add(3)
  const e = c.mul(b.add(2))
  e.backward()
  expect([e, c, b, a].map(node => node.grad)).toEqual([1, 14, 29, 116])
})

test('a chain of a million nodes', () => {
  const x = new NumberWithGrad(1)
  let y = x
  for (let i = 0; i < 1_000_000; i++) y = y.add(1)
  y.backward()
  expect([y.num, x.grad]).toEqual([1_000_001, 1])
})

test('a ladder of 60 doublings', () => {
  const x = new NumberWithGrad(1)
  let y = x
  for (let i = 0; i < 60; i++) y = y.add(y)
  y.backward()
  expect(x.grad).toBe(2 ** 60)
})

test('leaves add up over calls, intermediates start anew', () => {
  const a = new NumberWithGrad(3)
  const b = a.mul(a)
  const c = b.mul(2)
  c.backward()
  c.backward()
  expect([c.grad, b.grad, a.grad]).toEqual([1, 2, 24])
  b.backward()
  expect([c.grad, b.grad, a.grad]).toEqual([1, 1, 30])
  a.backward()
  expect(a.grad).toBe(31)
})

test('two roots over one leaf and one intermediate', () => {
  const a = new NumberWithGrad(2)
  const b = a.mul(3)
  b.mul(5).backward()
  b.add(1).backward()
  expect([b.grad, a.grad]).toEqual([1, 18])
})

test('a rule that throws leaves NaN at the leaves, and the next sweep is whole', () => {
  let isBroken = true
  const triple = customRule({
    name: 'triple',
    value: (x: number) => 3 * x,
    partials: () => {
      if (isBroken) throw new RangeError('broken')
      return [3]
    },
  })
  const [a, b] = [new NumberWithGrad(2), new NumberWithGrad(5)]
  const shared = a.mul(b)
  const y = triple(shared).add(shared).add(b)
  expect(() => y.backward()).toThrow('broken')
  expect([a.grad, b.grad, shared.grad]).toEqual([NaN, NaN, null])
  isBroken = false
  zeroGrad([a, b])
  y.backward()
  expect([a.grad, b.grad, shared.grad]).toEqual([20, 9, 4])
})

test('the seed', () => {
  const gradient = (seed?: number | { seed?: number }) => {
    const a = new NumberWithGrad(3)
    a.mul(2).backward(seed)
    return a.grad
  }
  expect([gradient(), gradient(10), gradient({ seed: 10 }), gradient({}), gradient(0)]).toEqual([2, 20, 20, 2, 0])
  expect(() => gradient('1' as never)).toThrow(
    new TypeError('NumberWithGrad.backward: expected a number or { seed, createGraph }; got a string'),
  )
})

test('a zero that arrives is a number, and no gradient is -0', () => {
  const x = new NumberWithGrad(0)
  const root = x.sqrt()
  root.mul(0).backward()
  expect([root.grad, x.grad]).toEqual([0, NaN])
  const away = new NumberWithGrad(1)
  away.neg().mul(0).backward()
  expect(Object.is(away.grad, 0)).toBe(true)
  const minusZero = new NumberWithGrad(2)
  minusZero.mul(-0).backward()
  expect(Object.is(minusZero.grad, 0)).toBe(true)
})

// Random programs over operations without a singular value (x - x is 0 everywhere, so cbrt or atan2 of it is none), each with values of a size that central differences can judge.
type Expression = { text: string; of: (x: NumberWithGrad) => NumberWithGrad }
const unaries = ['sin', 'cos', 'tanh', 'atan', 'asinh', 'exp', 'neg', 'sinh', 'abs'] as const
const binaries = ['add', 'sub', 'mul', 'div', 'hypot', 'max', 'min', 'radd', 'rsub', 'rdiv'] as const
const constant = fc.integer({ min: -300, max: 300 }).map(i => i / 100 + 0.00123)
const { expression } = fc.letrec<{ expression: Expression }>(tie => ({
  expression: fc.oneof(
    { maxDepth: 6, depthSize: 'large' },
    fc.constant<Expression>({ text: 'x', of: x => x }),
    fc
      .tuple(fc.constantFrom(...unaries), tie('expression'))
      .map(([name, e]): Expression => ({ text: `${e.text}.${name}()`, of: x => e.of(x)[name]() })),
    fc
      .tuple(fc.constantFrom(...binaries), tie('expression'), tie('expression'))
      .map(([name, e, f]): Expression => ({ text: `${e.text}.${name}(${f.text})`, of: x => e.of(x)[name](f.of(x)) })),
    fc
      .tuple(fc.constantFrom(...binaries), tie('expression'), constant)
      .map(([name, e, c]): Expression => ({ text: `${e.text}.${name}(${c})`, of: x => e.of(x)[name](c) })),
    // one intermediate used three times
    tie('expression').map((e): Expression => ({ text: `shared(${e.text})`, of: x => usedThrice(e.of(x)) })),
  ),
}))

const usedThrice = (b: NumberWithGrad) => b.mul(b).add(b.sin())

// Never 0 or tiny: there, kinks lie in the middle of a difference, which cannot see them.
const ordinary = fc.integer({ min: -2000, max: 2000 }).map(i => i / 1000 + 0.000123)

/** The central difference, where two steps agree that the program is smooth there; else undefined. */
function judged(e: Expression, at: number): number | undefined {
  const value = (x: number) => e.of(new NumberWithGrad(x)).num
  const [wide, near] = [numericalDiff(value, at, 1e-4), numericalDiff(value, at, 5e-5)]
  const size = Math.abs(value(at)) + Math.abs(near)
  return size < 1e3 && Math.abs(wide - near) < 1e-6 * (1 + Math.abs(near)) ? near : undefined
}

test('500 random programs agree with central differences', () => {
  let compared = 0
  let nonzero = 0
  const sample = fc.sample(fc.tuple(expression, ordinary), {
    numRuns: 3000,
    seed: 7,
  })
  for (const [e, at] of sample) {
    const difference = judged(e, at)
    if (difference === undefined || compared === 500) continue
    const x = new NumberWithGrad(at)
    e.of(x).backward()
    expect(Math.abs(x.grad! - difference), `${e.text} at ${at}`).toBeLessThan(1e-5 * (1 + Math.abs(difference)))
    compared++
    if (difference !== 0) nonzero++
  }
  expect(compared).toBe(500)
  expect(nonzero).toBeGreaterThan(300)
})
