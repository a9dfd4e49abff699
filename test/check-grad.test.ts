/** checkGrad finds wrong derivatives of two orders, by their places, raises no alarm for right ones, and says what it could not compare. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customRule, detach, grad, NumberWithGrad, type Numeric } from '../runtime/index.ts'
import { checkGrad } from '../runtime/inspect.ts'
import { rules } from '../runtime/rules/rules.ts'
import { countOr, seed } from './random.ts'
import { ordinaryProgram, valuesOf } from './random-programs.ts'

const PROGRAMS = countOr(60)

type Tracked = NumberWithGrad
type Pair = { readonly w: Tracked[]; readonly b: Tracked }

const square = (name: string, partial: (x: number) => number) =>
  customRule({ name, value: (x: number) => x * x, partials: x => [partial(x)] })
const cube = (trackedPartial: (x: Numeric) => Numeric) =>
  customRule({
    name: 'cube',
    value: (x: number) => x ** 3,
    partials: x => [3 * x * x],
    trackedPartials: x => [trackedPartial(x)],
  })
const squareOnly = customRule({ name: 'square', value: (x: number) => x * x, partials: x => [2 * x] })
const tracked = (x: Numeric) => x as NumberWithGrad
const clean = { order: 2, notes: [] }

function messageOf(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    return (error as Error).message
  }
  return 'no alarm'
}

test('agrees with right rules to the second order, in every shape that grad takes', () => {
  expect(checkGrad((x: Tracked) => x.sin().mul(x), 0.7)).toEqual(clean)
  expect(checkGrad((xs: Tracked[]) => xs[0]!.pow(xs[1]!).div(xs[2]!), [1.5, 2.5, -300])).toEqual(clean)
  expect(checkGrad(({ w, b }: Pair) => b.mul(w[0]!).exp(), { w: [2], b: 0.1 })).toEqual(clean)
  expect(checkGrad(({ w, b }: Pair, c: Tracked) => b.mul(w[0]!).div(c))({ w: [2], b: 0.1 }, 3)).toEqual(clean)
  expect(checkGrad((p: readonly [Tracked, Tracked[]]) => p[0].mul(p[1][1]!))([2, [1, 3]])).toEqual(clean)
  expect(checkGrad((xs: Tracked[]) => xs[0]!.mul(xs[1]!))(Float64Array.of(2, 3))).toEqual(clean)
  expect(checkGrad((xs: Tracked[]) => xs[0]!.mul(xs[1]!), Float64Array.of(2, 3))).toEqual(clean)
  expect(checkGrad((w: Tracked, rows: readonly string[]) => w.mul(w).mul(rows.length), { by: 0 })(3, ['a'])).toEqual(
    clean,
  )
  expect(checkGrad((x: Tracked) => cube(x => tracked(x).mul(x).mul(3))(x), 3)).toEqual(clean)
})

test('a wrong derivative is named by its place, with reverse, forward and numeric side by side', () => {
  const wrong = customRule({ name: 'wrong', value: (x: number) => x * x, partials: x => [3 * x] })
  const message = messageOf(() =>
    checkGrad((p: Pair, c: Tracked) => wrong(p.w[1]!).add(p.b).mul(c))({ w: [1, 2], b: 5 }, 1),
  )
  expect(message).toMatch(/^checkGrad: the derivatives of f do not agree with central differences\.\n/)
  expect(message).toMatch(/reverse\s+forward\s+numeric/)
  expect(message).toMatch(/> p\.w\[1\]\s+6\.00000000\s+6\.00000000\s+(?:4\.0000000|3\.9999999)/)
  expect(message).toMatch(/\n {2}p\.b\s+1\.00000000/)
  const [unnamed, second] = [
    messageOf(() => checkGrad(([, y]: Tracked[]) => wrong(y!), [1, 2])),
    messageOf(() => checkGrad((_rows: unknown, bias: { v: Tracked }) => wrong(bias.v), { by: 1 })(1, { v: 2 })),
  ]
  expect(unnamed).toContain('> args[0][1] ')
  expect(second).toContain('> bias.v ')
})

test('a wrong second derivative is found, on slots and on tracked numbers', () => {
  const constant = cube(x => detach(tracked(x).mul(x).mul(3)))
  const message = messageOf(() => checkGrad((x: Tracked) => constant(x), 2))
  expect(message).toMatch(
    /^checkGrad: the second derivatives of f do not agree with central differences of its gradient\.\n/,
  )
  expect(message).toMatch(/hvp\s+jvp of grad\s+numeric/)
  expect(message).toContain('> x, gradient')
  expect(messageOf(() => checkGrad((x: Tracked) => constant(x), 2, { order: 1 }))).toBe('no alarm')
  const slightly = cube(x =>
    tracked(x)
      .mul(x)
      .mul(3.003)
      .sub(detach(tracked(x).mul(x).mul(0.003))),
  )
  expect(messageOf(() => checkGrad((x: Tracked) => slightly(x), 2))).toContain('second derivatives')
})

test('a rule without trackedPartials is checked to the first order, and named', () => {
  expect(checkGrad((x: Tracked) => squareOnly(x), 3)).toEqual({
    order: 1,
    notes: ['square: no trackedPartials, so second derivatives were not checked'],
  })
  expect(() => checkGrad((x: Tracked) => square('off', x => 2.0002 * x)(x), 3)).toThrow('do not agree')
})

test.each<[string, (x: Tracked) => Numeric, at: number]>([
  ['sqrt(x)', x => x.sqrt(), 1e-12],
  ['log(x)', x => x.log(), 1e-6],
  ['log(x)', x => x.log(), 1e-300],
  ['1 / x', x => x.rdiv(1), 1e-5],
  ['1e8 + sin(x)', x => x.sin().add(1e8), 0.7],
  ['sin(x) + 1e8 - 1e8', x => x.sin().add(1e8).sub(1e8), 0.7],
  ['sin(x) far out', x => x.sin(), 1e8],
  ['x ** 2 of a large x', x => x.mul(x), 1e150],
  ['1e-300 x', x => x.mul(1e-300), 2],
  ['exp(x), which is large', x => x.exp(), 700],
  ['abs(x) beside 0', x => x.abs(), 1e-9],
  ['max(x, 0) beside 0', x => x.max(0), -1e-9],
  ['acosh(x) beside 1', x => x.acosh(), 1 + 1e-10],
  ['what cancels but for rounding', x => x.asin().sin().sub(x), -0.1377],
  ['a narrow bump', x => x.sub(1).pow(2).mul(-1e12).exp(), 1 + 1e-6],
])('%s raises no alarm at %s', (_text, f, at) => {
  expect(messageOf(() => checkGrad(f, at))).toBe('no alarm')
})

test.each<[string, (x: Tracked) => Numeric, at: number, notes: readonly string[]]>([
  ['abs(x)', x => x.abs(), 0, ['x, gradient: NaN, as at kinks and ends of domains']],
  ['max(x, 0) + x', x => x.max(0).add(x), 0, ['x, gradient: NaN, as at kinks and ends of domains']],
  [
    'sqrt(x)',
    x => x.sqrt(),
    0,
    ['x: not checked here: no difference settles', 'x, gradient: not checked here: no difference settles'],
  ],
  ['x * sqrt(x)', x => x.mul(x.sqrt()), 0, []],
])('%s at %s is right, with a note', (_text, f, at, notes) => {
  if (notes.length > 0) expect(checkGrad((x: Tracked) => f(x), at).notes).toEqual(notes)
  else expect(() => checkGrad((x: Tracked) => f(x), at)).toThrow('NaN')
})

test('at an end of the domain the side that is there decides', () => {
  const power = (partial: number) =>
    customRule({ name: 'power', value: (x: number) => x ** 1.5 + x, partials: x => [partial + 1.5 * x ** 0.5] })
  expect(checkGrad((x: Tracked) => power(1)(x), 0).notes[0]).toBe(
    'x: near an edge: compared with one-sided differences',
  )
  expect(() => checkGrad((x: Tracked) => power(1.01)(x), 0)).toThrow('> x')
})

test('a kink takes what lies between both sides, and nothing else', () => {
  const absolute = (partial: number) =>
    customRule({ name: 'absolute', value: (x: number) => Math.abs(x), partials: () => [partial] })
  for (const partial of [-1, -0.3, 0, 1])
    expect(messageOf(() => checkGrad((x: Tracked) => absolute(partial)(x), 0))).toBe('no alarm')
  for (const partial of [-1.1, 2, NaN])
    expect(messageOf(() => checkGrad((x: Tracked) => absolute(partial)(x), 0))).toContain('> x')
})

test('finds a derivative of 0 for a small one, and an error that a single direction could hide', () => {
  const small = customRule({ name: 'small', value: (x: number) => 1e-9 * x * x, partials: () => [0] })
  expect(() => checkGrad((x: Tracked) => small(x), 3)).toThrow('do not agree')
  const swapped = customRule({
    name: 'swapped',
    value: (a: number, b: number) => a * b * b,
    partials: (a, b) => [2 * a * b, b * b],
  })
  expect(() => checkGrad(([a, b]: Tracked[]) => swapped(a!, b!), [1, 3])).toThrow('> args[0][1]')
})

test('detach is found out too, and a value that is no number', () => {
  expect(() => checkGrad((x: Tracked) => x.mul(new NumberWithGrad(x.num)), 3)).toThrow('do not agree')
  expect(() => checkGrad((x: Tracked) => x.log(), -1)).toThrow(
    'checkGrad: the value of f is NaN, which has no derivative to compare',
  )
})

test('arguments are plain numbers', () => {
  expect(() => checkGrad((x: Tracked) => x.mul(x))(new NumberWithGrad(3) as never)).toThrow(
    'checkGrad: expected plain numbers; got a NumberWithGrad: pass its `num`',
  )
})

test(`${PROGRAMS} random programs raise no alarm but for a NaN (SEED=${seed})`, () => {
  const wrong: string[] = []
  const counts = { checked: 0, alarms: 0 }
  for (const program of fc.sample(ordinaryProgram, { numRuns: PROGRAMS, seed })) {
    const f = (xs: readonly Tracked[]) => valuesOf(program, xs, new NumberWithGrad(0.37)).at(-1)!
    if (!Number.isFinite(f(program.at.map(x => new NumberWithGrad(x))).num)) continue
    counts.checked++
    const message = messageOf(() => checkGrad(f)(program.at))
    if (message === 'no alarm') continue
    counts.alarms++
    if (!grad(f)(program.at).some(Number.isNaN)) wrong.push(`${JSON.stringify(program)}: ${message}`)
  }
  expect(wrong).toEqual([])
  expect(counts.checked).toBeGreaterThan(0.6 * PROGRAMS)
  expect(counts.alarms).toBeLessThan(0.02 * PROGRAMS + 3)
})

describe('a planted error is found:', () => {
  const planted = Object.entries(rules).flatMap(([name, row]) =>
    row.samples.flatMap(sample =>
      row.partials.flatMap((_, i) => [1.001, -1].map(factor => [name, i, factor, sample] as const)),
    ),
  )

  test.each(planted)('%s, partial %d times %s at %s', (name, i, factor, sample) => {
    const { value, partials } = rules[name as 'pow']
    const off = customRule({
      name,
      value: (...xs: number[]) => (value as (...xs: number[]) => number)(...xs),
      partials: (...xs) =>
        partials.map((partial, k) => {
          const right = (partial as (...xs: number[]) => number)(...xs, (value as (...xs: number[]) => number)(...xs))
          return k === i ? factor * right : right
        }),
    })
    const at = [...sample]
    const isZero = (partials[i] as (...xs: number[]) => number)(...at, value(...(at as [number, number]))) === 0
    const message = messageOf(() =>
      checkGrad((xs: Tracked[]) => (off as unknown as (...xs: Tracked[]) => Tracked)(...xs), at),
    )
    expect(message.split('\n').some(line => line.startsWith(`> xs[${i}] `))).toBe(!isZero)
  })

  test('there are many', () => {
    expect(planted.length).toBeGreaterThan(200)
  })
})
