/**
 * The exported functions: one for every rule of `Math` or of its own name, a number for numbers, tracked for tracked.
 */
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as functions from '../runtime/generated/surface/functions.ts'
import * as entry from '../runtime/index.ts'
import { NumberWithGrad, type Numeric } from '../runtime/index.ts'
import type { BinaryRule, UnaryRule } from '../runtime/rules/rule.ts'
import { rules } from '../runtime/rules/rules.ts'

type AnyFunction = (...operands: unknown[]) => Numeric

const all = functions as unknown as Record<string, AnyFunction>
const rows = (Object.entries(rules) as [string, UnaryRule | BinaryRule][]).filter(
  ([, rule]) => rule.keys.length === 0 || rule.keys.some(key => key.startsWith('Math.')),
)

test('there is one function for each rule but those of operators, and the entry exports it', () => {
  expect(rows.length).toBeGreaterThan(30)
  const aliases = rows.flatMap(([, rule]) => rule.alias ?? [])
  expect(aliases).toContain('log1pExp')
  expect(Object.keys(functions).sort()).toEqual([...rows.map(([name]) => name), ...aliases].sort())
  expect(Object.keys(entry)).toEqual(expect.arrayContaining(Object.keys(functions)))
})

describe.each(rows)('%s', (name, rule) => {
  const ofMath = rule.keys.length > 0
  const native = (ofMath ? (Math as unknown as Record<string, unknown>)[name] : rule.value) as (
    ...xs: number[]
  ) => number

  test('a number for numbers', () => {
    for (const operands of rule.samples) expect(all[name]!(...operands)).toBe(native(...operands))
  })

  test('tracked for tracked, in any place', () => {
    for (const operands of rule.samples) {
      operands.forEach((_operand, at) => {
        const mixed = operands.map((x, i) => (i === at ? new NumberWithGrad(x) : x))
        const y = all[name]!(...mixed)
        expect(y).toBeInstanceOf(NumberWithGrad)
        expect((y as NumberWithGrad).num).toBe(native(...operands))
        expect((y as NumberWithGrad).creation_op).toBe(name)
      })
    }
  })

  test('other types throw', () => {
    const message = new TypeError(`${name}: expected a number or a NumberWithGrad; got a string`)
    expect(() => all[name]!('1', 2)).toThrow(message)
    if (rule.arity === 2) expect(() => all[name]!(1, '2')).toThrow(message)
  })
})

describe('max, min and hypot of any number of operands', () => {
  const { max, min, hypot } = functions
  test('plain', () => {
    expect([max(), min(), hypot(), max(1, 3, 2), min(4), hypot(2, 3, 6)]).toEqual([-Infinity, Infinity, 0, 3, 4, 7])
  })

  test('with tracked ones', () => {
    const a = new NumberWithGrad(3)
    const b = new NumberWithGrad(5)
    expect(max(a)).toBe(a)
    const y = max(1, 2, a, 4, b) as NumberWithGrad
    y.backward()
    expect([y.num, a.grad, b.grad]).toEqual([5, 0, 1])
    expect(hypot(2, a, 6).num).toBe(7)
    expect((hypot(2, 6, a) as NumberWithGrad).num).toBe(7)
  })
})

test('an alias is the function itself', () => expect(functions.log1pExp).toBe(functions.softplus))

test('types', () => {
  const a = new NumberWithGrad(0.5)
  const either = a as Numeric
  expectTypeOf(functions.tanh(1)).toEqualTypeOf<number>()
  expectTypeOf(functions.tanh(a)).toEqualTypeOf<NumberWithGrad>()
  expectTypeOf(functions.tanh(either)).toEqualTypeOf<Numeric>()
  expectTypeOf(functions.atan2(1, a)).toEqualTypeOf<NumberWithGrad>()
  expectTypeOf(functions.pow(2, 3)).toEqualTypeOf<number>()
  expectTypeOf(functions.max(1, 2, 3)).toEqualTypeOf<number>()
  expectTypeOf(functions.max(1, a, 3)).toEqualTypeOf<NumberWithGrad>()
  expectTypeOf(functions.max(1, 2, a)).toEqualTypeOf<Numeric>()
})
