/**
 * Every special function beside values, first and second derivatives by mpmath (test/special-oracle.json, by scripts/special-oracle.py),
 * in each of the ways in which derivatives can be had; conventions; and that a program pays for what it uses.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as generated from '../runtime/generated/surface/special-functions.ts'
import { grad, hessian, jvp, NumberWithGrad, type Numeric, numericalDiff, valueAndGrad } from '../runtime/index.ts'
import type { BinaryRule, UnaryRule } from '../runtime/rules/rule.ts'
import { specialPins } from '../runtime/rules/special-pins.ts'
import { specialRules } from '../runtime/rules/special-rules.ts'
import * as entry from '../runtime/special.ts'

interface Point {
  readonly at: readonly number[]
  readonly value: number
  readonly first: readonly (number | null)[]
  readonly second: readonly (readonly (number | null)[])[]
}
type Call = (...xs: readonly Numeric[]) => Numeric
type Name = keyof typeof specialRules

const oracle: { readonly rows: Record<Name, readonly Point[]> } = JSON.parse(
  readFileSync(new URL('special-oracle.json', import.meta.url), 'utf8'),
)
// not the namespace itself, whose members must be named
const functions = { ...generated }
const names = Object.keys(specialRules) as Name[]
const callOf = (name: Name) => functions[name] as unknown as Call
const plain = (f: Call, xs: readonly number[]) => f(...xs) as number

/**
 * Values are within 4 units of the last place but where the table says otherwise, and derivatives within 16. Where a function has
 * zeros, the unit is that of the given size, as in docs/special.md.
 */
const bounds: {
  readonly [Key in Name]?: { readonly value?: number; readonly size?: number; readonly derivative?: number }
} = {
  lgamma: { size: 1 },
  digamma: { size: 1 },
  polygamma: { value: 16, size: 1, derivative: 32 },
  logBeta: { size: 1, derivative: 64 },
  beta: { value: 8, derivative: 512 },
  besselJ: { value: 8, size: 0.1, derivative: 64 },
  sphericalBesselOfPi: { size: 0.1, derivative: 64 },
  sinc: { derivative: 64 },
  logAddExp: { size: 1 },
  erfcx: { derivative: 64 },
  erfcxIntegral: { value: 32, derivative: 64 },
  logNormalDistribution: { derivative: 64 },
}

function ulps(actual: number | null, expected: number, size = 0): number {
  if (actual === null || Number.isNaN(actual)) return Number.POSITIVE_INFINITY
  return Math.abs(actual - expected) / Math.max(Math.max(Math.abs(expected), size) * 2 ** -52, Number.MIN_VALUE)
}

test('the oracle has points for every special function', () => {
  expect(Object.keys(oracle.rows).sort(), 'run python3 scripts/special-oracle.py').toEqual([...names].sort())
  for (const points of Object.values(oracle.rows)) expect(points.length).toBeGreaterThan(5)
})

test('the entry has every row, and functions of three operands', () => {
  expect(Object.keys(entry).sort()).toEqual([...names, 'clamp', 'smoothstep'].sort())
})

describe.each(names)('%s', name => {
  const f = callOf(name)
  const points = oracle.rows[name]
  const { value: most = 4, size = 0, derivative: mostOfDerivative = 16 } = bounds[name] ?? {}

  test('has its values, on plain and on tracked numbers', () => {
    for (const { at, value } of points) {
      expect(ulps(plain(f, at), value, size), `${plain(f, at)} for ${value} at ${at}`).toBeLessThanOrEqual(most)
      expect((f(...at.map(x => new NumberWithGrad(x))) as NumberWithGrad).num).toBe(plain(f, at))
    }
  })

  test('has its first derivatives by backward, grad and jvp', () => {
    for (const { at, first } of points)
      first.forEach((expected, i) => {
        if (expected === null) return
        const along = (x: NumberWithGrad) => f(...at.map((each, k) => (k === i ? x : each)))
        const leaf = new NumberWithGrad(at[i]!)
        ;(along(leaf) as NumberWithGrad).backward()
        const found = [leaf.grad, grad(along)(at[i]!), jvp(along)(at[i]!, 1)[1], valueAndGrad(along)(at[i]!)[1]]
        for (const each of found as number[])
          expect(ulps(each, expected, size), `${each} for ${expected} at ${at}`).toBeLessThan(mostOfDerivative)
      })
  })

  test('has its second derivatives by hessian, and by gradients of gradients', () => {
    for (const { at, second } of points)
      second.forEach((row, i) => {
        row.forEach((expected, k) => {
          if (expected === null) return
          const of = (xs: readonly NumberWithGrad[]) =>
            f(...at.map((each, n) => (n === i || n === k ? xs[n]! : each))) as NumberWithGrad
          const nested = grad((xs: readonly NumberWithGrad[]) => grad(of)(xs)[k]!)(at)[i]!
          for (const each of [hessian(of)(at)[i]![k]!, nested])
            expect(ulps(each, expected, size), `${each} for ${expected} at ${at}`).toBeLessThan(4 * mostOfDerivative)
        })
      })
  })

  test('its partials equal central differences at its samples', () => {
    const rule = specialRules[name] as unknown as UnaryRule | BinaryRule
    expect(rule.samples.length).toBeGreaterThan(0)
    for (const operands of rule.samples)
      rule.partials.forEach((partial, i) => {
        const found = (partial as (...xs: readonly number[]) => number)(...operands, plain(f, operands))
        if (Number.isNaN(found)) return
        const moved = (x: number) =>
          plain(
            f,
            operands.map((each, k) => (k === i ? x : each)),
          )
        const difference = numericalDiff(moved, operands[i]!, 1e-5)
        expect(Math.abs(found - difference), `at ${operands}`).toBeLessThan(1e-8 * (1 + Math.abs(difference)))
      })
  })

  test('its pins hold, and NaN is NaN', () => {
    for (const [operands, value, partials] of specialPins[name] ?? []) {
      expect(plain(f, operands)).toBe(value)
      partials.forEach((expected, i) => {
        const leaf = new NumberWithGrad(operands[i]!)
        ;(f(...operands.map((each, k) => (k === i ? leaf : each))) as NumberWithGrad).backward()
        expect(leaf.grad! + 0, `by operand ${i} of ${operands}`).toBe(expected + 0)
      })
    }
    const operands = oracle.rows[name][0]!.at.map((each, i, all) => (i === all.length - 1 ? NaN : each))
    expect(plain(f, operands)).toBeNaN()
  })

  test('what is no number is refused', () => {
    expect(() => f('1' as never, 1)).toThrow(`${name}: expected a number or a NumberWithGrad`)
  })
})

test('a third derivative follows from the same rows', () => {
  const third = grad(
    (x: NumberWithGrad) => grad((y: NumberWithGrad) => grad(entry.lgamma as never)(y as never) as never)(x) as never,
  )
  expect(third(2.5)).toBeCloseTo(entry.polygamma(2, 2.5), 13)
})

test('there is no derivative by an order', () => {
  expect(grad((n: NumberWithGrad) => entry.besselJ(n, 2))(1)).toBeNaN()
})

test('an order that is no whole number, or out of reach, gives NaN at once', () => {
  for (const n of [0.5, NaN, Infinity]) expect([entry.besselJ(n, 2), entry.polygamma(n, 2)]).toEqual([NaN, NaN])
  expect([entry.polygamma(-1, 2), entry.polygamma(1e9, 2), entry.besselJ(2e6, 2e6)]).toEqual([NaN, NaN, NaN])
  expect([entry.besselJ(1e9, 1), entry.besselJ(1e300, 40), entry.besselJ(2, Infinity)]).toEqual([0, 0, 0])
})

test('clamp keeps within bounds, with derivatives by all three', () => {
  const clamped = grad((x: NumberWithGrad, low: NumberWithGrad, high: NumberWithGrad) => entry.clamp(x, low, high))
  expect([clamped(0.5, 0, 1), clamped(-1, 0, 1), clamped(3, 0, 1)]).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
  expect(entry.clamp(NaN, 0, 1)).toBeNaN()
  expect(() => entry.clamp(1, 2, 0)).toThrow('clamp: low must not be above high; got 2 and 0')
})

test('smoothstep rises from 0 to 1, flat at both ends', () => {
  expect([-1, 0, 0.25, 0.5, 1, 2].map(x => entry.smoothstep(x, 0, 1))).toEqual([0, 0, 0.15625, 0.5, 1, 1])
  const slope = grad((x: NumberWithGrad) => entry.smoothstep(x, 0, 2))
  expect([-1, 0, 1, 2, 3].map(x => slope(x))).toEqual([0, 0, 0.75, 0, 0])
  expect(() => entry.smoothstep(1, 2, 2)).toThrow('smoothstep: from must be below to; got 2 and 2')
})
