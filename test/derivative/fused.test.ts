/** Loops that run backwards in the turns that run forwards: which ones do, beside nearly the same ones that may not. */
import { expect, test } from 'vitest'
import { type CompiledGradient, compiledGradients } from './compiled.ts'

const over = (turn: string, end = 's') =>
  `function f(x: number[], y: number) { let s = 0; for (let i = 0; i < x.length; i++) ${turn}; return ${end} }`

/** A loop, and nearly the same one whose turns need what others produce. */
const rows: readonly (readonly [about: string, fused: string, other: string])[] = [
  ['a sum', over('s += x[i]! ** 2 * y'), over('s = s * y + x[i]! ** 2')],
  ['its end', over('s += x[i]! ** 2', '0.5 * s / x.length - y'), over('s += x[i]! ** 2', 'Math.sqrt(s) - y')],
  ['a choice', over('if (x[i]! > y) s += x[i]! * y; else s -= x[i]!'), over('if (x[i]! > y) s *= y; else s -= x[i]!')],
  ['a test of the sum', over('if (s < y) s += x[i]! ** 2'), over('s += x[i]! * Math.sin(s) * y')],
  [
    'an array of a turn',
    over('{ const h = [x[i]! * y]; h.push(Math.sin(h[0]!)); s += h[0]! * h[1]! }'),
    'function f(x: number[], y: number) { let s = 0; const h = [y]; for (const v of x) { h.push(v * h.at(-1)!); s += h.at(-1)! } return s }',
  ],
  [
    'two loops',
    'function f(x: number[], y: number) { let s = 0; for (const v of x) s += v * y; let r = 0; for (const v of x) r += v * v; return s + r * 2 }',
    'function f(x: number[], y: number) { let s = 0; for (const v of x) s += v * y; let r = 0; for (const v of x) r += v * s; return s + r * 2 }',
  ],
  [
    'a loop inside',
    over('{ let t = 0; for (let j = 0; j <= i; j++) t += Math.exp(x[j]! * y); s += t * t }'),
    over('{ let t = 0; for (let j = 0; j <= i; j++) { t += Math.exp(x[j]! * y); s = s * 0.9 + t } }'),
  ],
  [
    'a counter that goes on twice',
    'function f(x: number[], y: number) { let s = 0; let i = 0; while (i < x.length) { s += x[i]! ** 2 * y; i += 2; if (x[0]! > i) continue; s += y * i } return s }',
    'function f(x: number[], y: number) { let s = 0; let i = 0; while (i < x.length) { s += x[i]! ** 2 * y; i += 2; if (x[0]! > i) y *= 2 } return s }',
  ],
  ['nothing from outside', over('s += x[i]! * y'), over('s += x[i]! * y * (Date.now() > 0 ? 1 : 0)')],
]

const isFused = ({ text }: CompiledGradient) => text.includes('seed(0)')
const differences = (f: (x: number[], y: number) => number, x: readonly number[], y: number) => {
  const h = 1e-6
  const by = x.map((v, i) => (f(x.with(i, v + h), y) - f(x.with(i, v - h), y)) / (2 * h))
  return [by, (f([...x], y + h) - f([...x], y - h)) / (2 * h)]
}

test('loops with nearly the same ones that keep what their turns need', () => {
  const found = compiledGradients(rows.flatMap(([, fused, other]) => [fused, other]))
  expect(found.map(isFused)).toEqual(rows.flatMap(() => [true, false]))
  const [x, y] = [[0.3, -0.7, 1.2, 0.5], 0.6] as const
  for (const { f, derived } of found) {
    const [value, gradient] = derived([...x], y)
    const expected = differences(f as never, x, y)
    expect(value).toBe(f([...x], y))
    for (const [i, each] of (gradient as unknown[]).flat().entries()) expect(each).toBeCloseTo(expected.flat()[i]!, 6)
  }
})

test('where a sum becomes NaN, all that it was computed of is NaN, and nothing else', () => {
  const source =
    'function f(x: number[], y: number, z: number) { let s = 0; if (x.length > 9) s = z; for (let i = 0; i < x.length - 1; i++) s += Math.sqrt(x[i]!) * y; return s }'
  const [found] = compiledGradients([source])
  expect(isFused(found!)).toBe(true)
  expect(found!.derived([1, -1, 4], 2, 5)).toEqual([NaN, [[NaN, NaN, 0], NaN, 0]])
  expect(found!.derived([1, 4, 4], 2, 5)).toEqual([6, [[1, 0.5, 0], 3, 0]])
})
