/**
 * The tracked number as users see it: fields, methods and their types, printing, and the guard against native operators.
 */
import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type Binary,
  ensureNumber,
  type MathResult,
  NumberWithGrad,
  type Numeric,
  type Unary,
} from '../runtime/index.ts'
import type { operators } from '../runtime/operators/operators.ts'
import { rules } from '../runtime/rules/rules.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Expect<T extends true> = T

describe('fields', () => {
  test('of a leaf', () => {
    const a = new NumberWithGrad(3)
    expect([a.num, a.grad, a.depends_on, a.creation_op]).toEqual([3, null, [], ''])
  })

  test('operands stand in source order, plain numbers wrapped', () => {
    const a = new NumberWithGrad(3)
    const right = a.rsub(2)
    expect(right.num).toBe(-1)
    expect(right.creation_op).toBe('sub')
    expect(right.depends_on.map(operand => operand.num)).toEqual([2, 3])
    expect(right.depends_on[1]).toBe(a)
    expect(right.depends_on[0]!.creation_op).toBe('')
    expect(a.neg().depends_on).toEqual([a])
  })

  test('clearGrad and the setter of grad', () => {
    const a = new NumberWithGrad(3)
    a.mul(2).backward()
    expect(a.grad).toBe(2)
    a.clearGrad()
    expect(a.grad).toBe(null)
    a.mul(2).backward()
    expect(a.grad).toBe(2)
    a.grad = 0
    expect(a.grad).toBe(0)
    a.mul(2).backward()
    expect(a.grad).toBe(2)
    a.grad = null
    expect(a.grad).toBe(null)
  })

  test('the notebook: its printed results', () => {
    const a = new NumberWithGrad(3)
    const b = a.mul(4)
    const c = b.add(3)
    c.backward()
    expect([b.num, c.num, c.grad, b.grad, a.grad]).toEqual([12, 15, 1, 1, 4])
  })
})

describe('methods', () => {
  test('every row has its method, every row of two operands its reflected one', () => {
    const { prototype } = NumberWithGrad
    const names = Object.entries(rules).flatMap(([name, rule]) => (rule.arity === 2 ? [name, `r${name}`] : [name]))
    expect(names.length).toBeGreaterThan(40)
    for (const name of names) expect(typeof prototype[name as keyof NumberWithGrad], name).toBe('function')
  })

  test('max, min and hypot take any number of operands', () => {
    const a = new NumberWithGrad(3)
    const b = new NumberWithGrad(7)
    expect(a.max()).toBe(a)
    expect(a.min()).toBe(a)
    expect(new NumberWithGrad(-3).hypot().creation_op).toBe('abs')
    a.max(1, b, 5).backward()
    expect([a.grad, b.grad]).toEqual([0, 1])
    expect(a.min(4, b).num).toBe(3)
    expect(a.hypot(4, 12).num).toBe(13)
  })

  test('pos is the number itself, comparisons are by value', () => {
    const a = new NumberWithGrad(3)
    expect(a.pos()).toBe(a)
    expect([a.lt(3), a.le(3), a.gt(3), a.ge(3)]).toEqual([false, true, false, true])
    expect([a.lt(new NumberWithGrad(4)), a.le(2), a.gt(2), a.ge(4)]).toEqual([true, false, true, false])
  })

  test.each([
    ['x', 'a string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [3n, 'a bigint'],
    [true, 'a boolean'],
    [[1], 'an array'],
    [new Date(), 'an object of class Date'],
    [Object.create(null), 'an object'],
    [() => 1, 'a function'],
  ])('an operand %s throws and is named', (operand, kind) => {
    const a = new NumberWithGrad(3)
    const got = `: expected a number or a NumberWithGrad; got ${kind}`
    for (const name of ['mul', 'rsub', 'max', 'rhypot', 'lt'] as const) {
      expect(() => a[name](operand as never)).toThrow(new TypeError(`NumberWithGrad.${name}${got}`))
    }
    expect(() => new NumberWithGrad(operand as never)).toThrow(new TypeError(`new NumberWithGrad${got}`))
    expect(() => ensureNumber(operand as never)).toThrow(new TypeError(`ensureNumber${got}`))
  })

  test('ensureNumber', () => {
    const a = new NumberWithGrad(3)
    expect(ensureNumber(a)).toBe(a)
    expect(ensureNumber(3).num).toBe(3)
  })

  test('a subclass redirects an operation by overriding its method', () => {
    class Loud extends NumberWithGrad {
      override mul(_other: Numeric): NumberWithGrad {
        return new NumberWithGrad(99)
      }
    }
    expect(new Loud(2).mul(3).num).toBe(99)
    expect(new Loud(2).add(3).num).toBe(5)
  })
})

describe('printing', () => {
  const leaf = new NumberWithGrad(3)
  const sum = leaf.add(12)
  sum.backward()
  test.each([
    [`${sum}`, '15'],
    [String(new NumberWithGrad(-0.5)), '-0.5'],
    [['', sum].join('='), '=15'],
    [JSON.stringify({ sum }), '{"sum":15}'],
    [inspect(sum), 'NumberWithGrad(15, grad 1, op add)'],
    [inspect([leaf]), '[ NumberWithGrad(3, grad 1) ]'],
    [inspect(new NumberWithGrad(3)), 'NumberWithGrad(3)'],
    [inspect(new NumberWithGrad(3).exp().mul(0)), 'NumberWithGrad(0, op mul)'],
  ])('%s', (printed, expected) => expect(printed).toBe(expected))
})

describe('a native operator throws', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what untransformed code does
  const a: any = new NumberWithGrad(3)
  const message = /^JavaScript asked a NumberWithGrad for a primitive value, as Number\(x\) and isNaN\(x\) do/
  test.each([
    ['a * 2', () => a * 2],
    ['2 + a', () => 2 + a],
    ['a + a', () => a + a],
    ['-a', () => -a],
    ['a < 2', () => a < 2],
    // biome-ignore lint/suspicious/noDoubleEquals: the operator under test
    ['a == 3', () => a == 3],
    ['Math.exp(a)', () => Math.exp(a)],
    ['Number(a)', () => Number(a)],
  ])('%s', (_text, operation) => expect(operation).toThrow(message))
})

describe('types', () => {
  const a = new NumberWithGrad(3)
  type Table = NumberWithGrad[typeof operators]

  test('methods have simple signatures', () => {
    expectTypeOf(a.mul).toEqualTypeOf<(other: Numeric) => NumberWithGrad>()
    expectTypeOf(a.ratan2).toEqualTypeOf<(other: Numeric) => NumberWithGrad>()
    expectTypeOf(a.tanh).toEqualTypeOf<() => NumberWithGrad>()
    expectTypeOf(a.max).toEqualTypeOf<(...others: Numeric[]) => NumberWithGrad>()
    type _ = [
      Expect<Equal<Parameters<typeof a.lt>, [other: Numeric]>>,
      Expect<Equal<ReturnType<typeof a.lt>, boolean>>,
      Expect<Equal<typeof a.grad, number | null>>,
      Expect<Equal<typeof a.depends_on, NumberWithGrad[]>>,
    ]
  })

  test('the table names a method for every key of every rule', () => {
    type _ = [
      Expect<Equal<Table['*'], 'mul'>>,
      Expect<Equal<Table['**'], 'pow'>>,
      Expect<Equal<Table['Math.pow'], 'pow'>>,
      Expect<Equal<Table['unary -'], 'neg'>>,
      Expect<Equal<Table['unary +'], 'pos'>>,
      Expect<Equal<Table['Math.tanh'], 'tanh'>>,
      Expect<Equal<Table['<' | '>' | '<=' | '>='], 'lt' | 'gt' | 'le' | 'ge'>>,
      Expect<Equal<Table['reflected']['-'], 'rsub'>>,
      Expect<Equal<Table['reflected']['Math.atan2'], 'ratan2'>>,
      Expect<Equal<Exclude<Table[Exclude<keyof Table, 'reflected'>], keyof NumberWithGrad>, never>>,
      Expect<Equal<Exclude<Table['reflected'][keyof Table['reflected']], keyof NumberWithGrad>, never>>,
      Expect<Equal<'Math.tanh' extends keyof Table['reflected'] ? true : false, false>>,
    ]
    expect(Object.keys(rules).length).toBeGreaterThan(30)
  })

  test('operators have the right types', () => {
    type _ = [
      Expect<Equal<Binary<'*', NumberWithGrad, 2>, NumberWithGrad>>,
      Expect<Equal<Binary<'-', 2, NumberWithGrad>, NumberWithGrad>>,
      Expect<Equal<Binary<'<', NumberWithGrad, number>, boolean>>,
      Expect<Equal<Unary<'unary -', NumberWithGrad>, NumberWithGrad>>,
      Expect<Equal<MathResult<'max', [number, NumberWithGrad]>, NumberWithGrad>>,
      Expect<Equal<MathResult<'tanh', [Numeric]>, Numeric>>,
    ]
  })

  test('a wrong operand is an error of the type checker', () => {
    // @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'Numeric'.
    expect(() => a.mul('x')).toThrow(TypeError)
    // @ts-expect-error internal fields are no numbers for users, and none of them is writable data
    expect(() => ensureNumber({ num: 3 })).toThrow(TypeError)
  })
})
