/**
 * Every row of the table of primitives, by looping over it: values, partials, pins, and what is generated from it.
 */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad, type Numeric, numericalDiff } from '../runtime/index.ts'
import { type Pin, pins } from '../runtime/rules/pins.ts'
import type { BinaryRule, UnaryRule } from '../runtime/rules/rule.ts'
import { rules } from '../runtime/rules/rules.ts'

type Arrow = (...xs: readonly number[]) => number
type Method = (...operands: readonly Numeric[]) => NumberWithGrad

const rows = Object.entries(rules) as [string, UnaryRule | BinaryRule][]
const call = (f: unknown, ...xs: number[]): number => (f as Arrow)(...xs)
const method = (a: NumberWithGrad, name: string): Method =>
  ((a as unknown as Record<string, Method>)[name] as Method).bind(a)

/** Equal to a few last places; NaN and infinities exactly, -0 as 0. */
function expectClose(actual: number | null, expected: number, relative = 1e-15): void {
  if (!Number.isFinite(expected) || expected === 0) expect(actual! + 0).toBe(expected + 0)
  else expect(Math.abs(actual! - expected) / Math.abs(expected)).toBeLessThan(relative)
}

function trackedGradients(name: string, operands: readonly number[]): (number | null)[] {
  const [first, ...others] = operands.map(x => new NumberWithGrad(x))
  method(first!, name)(...others).backward()
  return [first!, ...others].map(x => x.grad)
}

const pinsOf = (name: string): readonly Pin[] => pins[name as keyof typeof rules] ?? []

test('there are rows of one and of two operands, pins for most of them, and none for another name', () => {
  for (const arity of [1, 2]) expect(rows.filter(([, rule]) => rule.arity === arity).length).toBeGreaterThan(8)
  expect(rows.flatMap(([name]) => pinsOf(name)).length).toBeGreaterThan(70)
  expect(Object.keys(pins).filter(name => !(name in rules))).toEqual([])
})

describe.each(rows)('%s', (name, rule) => {
  test('its partials equal central differences at its samples', () => {
    expect(rule.samples.length).toBeGreaterThan(0)
    for (const operands of rule.samples) {
      const y = call(rule.value, ...operands)
      rule.partials.forEach((partial, i) => {
        const moved = (x: number) => call(rule.value, ...operands.map((operand, k) => (k === i ? x : operand)))
        const difference = numericalDiff(moved, operands[i]!, 1e-5)
        expect(Math.abs(call(partial, ...operands, y) - difference)).toBeLessThan(1e-8 * (1 + Math.abs(difference)))
      })
    }
  })

  test('its method gives the value, the partials and its name', () => {
    for (const operands of rule.samples) {
      const leaves = operands.map(x => new NumberWithGrad(x))
      const y = method(leaves[0]!, name)(...leaves.slice(1))
      expect(y.num).toBe(call(rule.value, ...operands))
      expect(y.creation_op).toBe(name)
      expect(y.depends_on).toEqual(leaves)
      y.backward()
      leaves.forEach((leaf, i) => {
        expectClose(leaf.grad, call(rule.partials[i], ...operands, y.num))
      })
    }
  })

  test('its pins hold for the arrows and for the engine, which makes the derivative of a NaN value NaN', () => {
    for (const [operands, partials, source] of pinsOf(name)) {
      expect(source.length).toBeGreaterThan(3)
      const y = call(rule.value, ...operands)
      const gradients = trackedGradients(name, operands)
      partials.forEach((expected, i) => {
        if (!Number.isNaN(y)) expectClose(call(rule.partials[i], ...operands, y), expected)
        expectClose(gradients[i]!, expected)
      })
    }
  })
})

const binaryRows = rows.filter(([, rule]) => rule.arity === 2)

describe.each(binaryRows)('%s with a plain number', (name, rule) => {
  test.each(['left', 'right'])('on the %s', side => {
    for (const [a, b] of rule.samples as [number, number][]) {
      const leaf = new NumberWithGrad(side === 'left' ? b : a)
      const y = side === 'left' ? method(leaf, `r${name}`)(a) : method(leaf, name)(b)
      expect(y.num).toBe(call(rule.value, a, b))
      expect(y.creation_op).toBe(name)
      expect(y.depends_on.map(operand => operand.num)).toEqual([a, b])
      expect(y.depends_on[side === 'left' ? 1 : 0]).toBe(leaf)
      y.backward()
      expectClose(leaf.grad, call(rule.partials[side === 'left' ? 1 : 0], a, b, y.num))
    }
  })
})

test('the exponent partial is computed only for a tracked exponent', () => {
  const base = new NumberWithGrad(-2)
  base.pow(3).backward()
  expect(base.grad).toBe(12)
})

test('nothing flows to an operand that max or min did not select, not even times Infinity', () => {
  const x = new NumberWithGrad(-1)
  x.max(0).sqrt().backward()
  expect(x.grad).toBe(0)
  const z = new NumberWithGrad(1)
  z.min(0).sqrt().backward()
  expect(z.grad).toBe(0)
})
