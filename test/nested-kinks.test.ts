/**
 * Nests of every two rows with kinks, jumps and ends of domains, at these: the sweeps over slots and the tracked sweeps agree in first
 * and second derivatives, or one of them is NaN where the other is; no road gives 0 where another says that there is no derivative
 * of a jump.
 */
import { expect, test } from 'vitest'
import { grad, hessian, hvp, jvp, NumberWithGrad, type Numeric, sum } from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'

/** Of so many nests one is tried; `npm run full` tries all. */
const EVERY = process.env.PROGRAMS === undefined ? 10 : 1
const seed = Number(process.env.SEED ?? Date.now() % 1000)

type Of = (x: NumberWithGrad) => NumberWithGrad
type Methods = Record<string, (...others: readonly Numeric[]) => NumberWithGrad>

const singular =
  'mod pow abs sign floor ceil round trunc max min atan2 hypot sqrt cbrt asin acos acosh atanh mul'.split(' ')
const points = [0, 1, -1, 2, 0.5]

/** Each row as functions of one number: of every operand alone, and of all. */
const functions: [string, Of][] = singular.flatMap((name): [string, Of][] => {
  const call = (x: Numeric, ...others: readonly Numeric[]) =>
    ((typeof x === 'number' ? new NumberWithGrad(x) : x) as unknown as Methods)[name]!(...others)
  if (rules[name as keyof typeof rules].arity === 1) return [[`${name}(x)`, x => call(x)]]
  return [
    ...[0, 2].flatMap((c): [string, Of][] => [
      [`${name}(x, ${c})`, x => call(x, c)],
      [`${name}(${c}, x)`, x => call(c, x)],
    ]),
    [`${name}(x, x)`, x => call(x, x)],
  ]
})

const isSame = (a: number, b: number) =>
  Number.isNaN(a) || Number.isNaN(b) || a === b || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b))

/** A derivative by each road. */
function roads(f: Of, at: number): [first: number[], second: number[]] {
  const derivative = grad(f) as unknown as Of
  const inside = (g: Of) => jvp(g)(new NumberWithGrad(at), new NumberWithGrad(1))[1] as NumberWithGrad
  const leaf = new NumberWithGrad(at)
  const first = [grad(f)(at), jvp(f)(at, 1)[1], derivative(leaf).num, inside(f).num]
  const forward = (x: NumberWithGrad) => jvp(f)(x, new NumberWithGrad(1))[1] as NumberWithGrad
  const second = [
    (hessian(f as never) as unknown as (x: number) => number)(at),
    (hvp(f as never) as unknown as (x: number, d: number) => number)(at, 1),
    grad(derivative)(at),
    jvp(derivative)(at, 1)[1],
    grad(forward)(at),
    jvp(forward)(at, 1)[1],
    (hessian(f as never) as unknown as (x: NumberWithGrad) => NumberWithGrad)(new NumberWithGrad(at)).num,
  ]
  return [first, second]
}

test(`the roads to a derivative of a nest agree, or are NaN (SEED=${seed})`, () => {
  const wrong: string[] = []
  let nest = seed
  for (const [outer, g] of functions)
    for (const [inner, f] of functions)
      for (const at of points) {
        if (nest++ % EVERY !== 0) continue
        if (Number.isNaN(g(f(new NumberWithGrad(at))).num)) continue
        for (const [order, found] of roads(x => g(f(x)), at).entries())
          if (!found.every(a => found.every(b => isSame(a, b))))
            wrong.push(`${outer} of ${inner} at ${at}, order ${order + 1}: ${found}`)
      }
  expect(wrong).toEqual([])
})

test.each<[string, Of, at: number]>([
  ['sign(sign(x))', x => x.sign().sign(), 0],
  ['floor(floor(x))', x => x.floor().floor(), 2],
  ['abs(sign(x))', x => x.sign().abs(), 0],
  ['sign(3 floor(x))', x => x.floor().mul(3).sign(), 0],
  ['floor(ceil(sign(x)) + 1)', x => x.sign().ceil().add(1).floor(), 0],
  ['round(sign(x) + 0.5)', x => x.sign().add(0.5).round(), 0],
  ['max(sign(x), sign(x))', x => x.sign().max(x.sign()), 0],
  ['sign(x) * sign(x)', x => x.sign().mul(x.sign()), 0],
  ['sign(sum of floor(x) and 1)', x => sum([x.floor(), x.sign()]).sign(), 0],
])('%s has no second derivative at its jump, by any road', (_name, f, at) => {
  expect(roads(f, at)).toEqual([Array(4).fill(0), Array(7).fill(NaN)])
})

test.each<[string, Of, at: number]>([
  ['sign(floor(x)) between jumps of floor', x => x.floor().sign(), 0.5],
  ['floor(sign(x)) where x does not jump', x => x.sign().floor(), 2],
  ['max(x, sign(x)), which sign does not win', x => x.sign().sub(3).max(x), 0],
])('%s has the second derivative 0', (_name, f, at) => {
  expect(roads(f, at)[1]).toEqual(Array(7).fill(0))
})

test.each<[string, Of, at: number]>([
  ['asin', x => x.asin(), 1],
  ['asin', x => x.asin(), -1],
  ['acos', x => x.acos(), 1],
  ['acos', x => x.acos(), -1],
  ['acosh', x => x.acosh(), 1],
  ['atanh', x => x.atanh(), 1],
  ['atanh', x => x.atanh(), -1],
])('%s has no second derivative at the end %s of its domain', (_name, f, at) => {
  const [first, second] = roads(f, at)
  expect(first.every(each => Math.abs(each) === Infinity)).toBe(true)
  expect(second).toEqual(Array(7).fill(NaN))
})
