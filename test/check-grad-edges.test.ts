/**
 * checkGrad near the ends of domains, poles, kinks and jumps of every rule, and where values cancel: no alarm for what is right, and a wrong
 * derivative is found or its place is said not to be checked.
 */
import { describe, expect, test } from 'vitest'
import { customRule, NumberWithGrad, type Numeric, numericalDiff } from '../runtime/index.ts'
import { checkGrad } from '../runtime/inspect.ts'
import type { BinaryRule, UnaryRule } from '../runtime/rules/rule.ts'
import { rules } from '../runtime/rules/rules.ts'
import { specialRules } from '../runtime/rules/special-rules.ts'
import * as special from '../runtime/special.ts'

type Tracked = NumberWithGrad
type OfNumbers = (...xs: number[]) => number

/** All ends of domains, poles, kinks and jumps of the rules are among these, for one operand or the other. */
const places = [-1, 0, 1, 2]
const distances = [1e-3, 1e-6, 1e-9, 1e-12, 1e-13, 1e-15]

interface Row {
  readonly name: string
  /** The value by one operand, the other one as in the rule's first sample. */
  readonly value: (x: number) => number
  readonly partial: (x: number) => number
  readonly tracked: (x: Tracked) => Numeric
}

const rows: Row[] = Object.entries({ ...rules, ...specialRules }).flatMap(([name, rule]) => {
  const { value, partials, samples, arity, internal } = rule as (UnaryRule | BinaryRule) & { value: OfNumbers }
  if (internal) return []
  const sample = samples[0]!
  return partials.flatMap((partial, k): Row[] => {
    const at = (x: number) => sample.with(k, x)
    const own = (x: number) => (partial as OfNumbers)(...at(x), value(...at(x)))
    // orders of families have no derivative
    if (Number.isNaN(own(sample[k]!))) return []
    const call = (xs: readonly Numeric[]): Numeric =>
      name in rules
        ? (new NumberWithGrad(0).add(xs[0]!) as never as Record<string, (...xs: Numeric[]) => Tracked>)[name]!(
            ...xs.slice(1),
          )
        : (special as never as Record<string, (...xs: readonly Numeric[]) => Numeric>)[name]!(...xs)
    return [
      {
        name: arity === 1 ? name : `${name}, operand ${k}`,
        value: x => value(...at(x)),
        partial: own,
        tracked: x => call((sample as readonly Numeric[]).with(k, x)),
      },
    ]
  })
})

/** The points beside a place from both sides, at which the value is finite. */
const pointsOf = ({ name, value }: Row) =>
  places
    .flatMap(place => distances.flatMap(each => [place - each, place + each].map(x => ({ x, distance: each }))))
    // there `%` jumps between neighbouring doubles
    .filter(({ x }) => Number.isFinite(value(x)) && !(name === 'mod, operand 1' && Math.abs(x) < 1e-10))

function messageOf(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    return (error as Error).message
  }
  return 'no alarm'
}

test('there are rows of each rule', () => {
  expect(rows.length).toBeGreaterThan(60)
})

describe.each(rows)('$name', row => {
  const points = pointsOf(row)

  test('raises no alarm of either order', () => {
    expect(points.length).toBeGreaterThan(10)
    for (const { x } of points)
      expect([x, messageOf(() => checkGrad((x: Tracked) => row.tracked(x), x))]).toEqual([x, 'no alarm'])
  })

  test('a wrong derivative is found, or said not to be checked', () => {
    for (const { x, distance } of points)
      for (const factor of [1.001, -1, 0]) {
        const right = row.partial(x)
        // differences do not tell from 0 what is less than rounding of the value over that of x
        if (!Number.isFinite(right) || !(Math.abs(right * x) > 1e-8 * Math.abs(row.value(x)))) continue
        const planted = customRule({ name: 'planted', value: row.value, partials: x => [factor * row.partial(x)] })
        const check = () => checkGrad((x: Tracked) => planted(x), x, { order: 1 })
        const message = messageOf(check)
        const isFound = message.includes('do not agree')
        if (!isFound) expect([x, factor, check().notes.join()]).toEqual([x, factor, expect.stringMatching(/^x: /)])
        // the cut of atan2 is a jump of the value, and poles from both sides hide what is small beside them
        const isLarge = Math.abs(right * x) > 1e-5 * Math.abs(row.value(x))
        if (distance >= 1e-6 && isLarge && !row.name.startsWith('atan2'))
          expect([x, factor, message]).toEqual([x, factor, expect.stringContaining('do not agree')])
      }
  })
})

test.each<[string, (xs: Tracked[]) => Numeric, readonly number[]]>([
  ['x + 1e12 - y - 1e12', ([x, y]) => x!.add(1e12).sub(y!).sub(1e12), [0.7, 1.3]],
  ['1e12 + x y - 1e12', ([x, y]) => x!.mul(y!).add(1e12).sub(1e12), [0.7, 1.3]],
  ['a gradient that is rounded, (x + 1e8)² / 2 - 1e8 x', ([x]) => x!.add(1e8).pow(2).div(2).sub(x!.mul(1e8)), [0.7]],
  [
    'a variance by squares',
    xs => xs[0]!.pow(2).add(xs[1]!.pow(2)).div(2).sub(xs[0]!.add(xs[1]!).div(2).pow(2)),
    [1e6, 1e6 + 1],
  ],
  ['what underflows', ([x]) => x!.neg().exp(), [740]],
  ['the smallest number', ([x]) => x!.mul(x!).add(x!), [5e-324]],
])('%s raises no alarm', (_text, f, at) => {
  expect(messageOf(() => checkGrad(f)(at))).toBe('no alarm')
})

test.each([
  ['1e-12 before the pole', (x: number) => Math.atanh(x), 1 - 1e-12, 1 / (1e-12 * (2 - 1e-12))],
  ['1e-12 behind the end', Math.log1p, -1 + 1e-12, 1e12],
  ['beside a pole of two sides', (x: number) => 1 / x, 1e-12, -1e24],
  ['of the smallest number', (x: number) => x, 5e-324, 1],
  ['at Infinity', Math.atan, Infinity, NaN],
])('numericalDiff %s', (_where, f, x, expected) => {
  // 1 - 1e-12 itself is rounded by 1e-16
  const found = numericalDiff(f, x)
  if (Number.isNaN(expected)) expect(found).toBeNaN()
  else expect(Math.abs(found / expected - 1)).toBeLessThan(1e-4)
})
