/** The type of every operator expression is the one that its method gives, wherever the expression stands. */
import { expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'

const asserts = `
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export type Expect<T extends true> = T
export type { Equal }
`
const model = `import { NumberWithGrad, type Numeric, operators } from 'tsgrad'
export const a = new NumberWithGrad(3)
export const b = a * 4
export function inferred() { return b + 3 }
export const sum = [1, 2, 3].map(v => v * a).reduce((u, v) => u + v)
export const square = (x: Numeric) => x * x + 1
export const generic = <T extends Numeric>(x: T) => x * x
export const longer = <T extends Numeric>(x: T, y: T) => { const d = x - y; return -(d * d) / 2 - x }
export function annotated<T extends Numeric>(x: T): Numeric { const y = x * x; return -y }
export class Point {
  declare readonly [operators]: { '+': 'add'; '*': 'mul'; 'unary -': 'neg' }
  constructor(readonly x: number) {}
  add(o: Point): this { void o; return this }
  mul(o: Point): Point { return new Point(this.x * o.x) }
  neg(): Point { return new Point(-this.x) }
  negSquare() { return -(this * this) }
}
export const opposite = <A extends Point, B extends Point>(p: A, q: B) => -(p * q)
export const constrained = <T extends NumberWithGrad>(x: T) => { const y = x * 2; return y }
export async function later() { return (await Promise.resolve(a)) * 2 }
export function* steps() { const got: Numeric = yield a * 2; return got * a }
export class Layer {
  weight = a * 2
  readonly #bias = 1 - a
  forward(x: Numeric) { return this.weight * x + this.#bias }
}
export const record = { loss: a / 2, nested: [a - 1] as const }
export const conditional = Math.random() < 2 ? a * 2 : 0
`
const use = `import { type NumberWithGrad, type Numeric } from 'tsgrad'
import type { Equal, Expect } from './asserts.js'
import { a, b, conditional, constrained, generic, inferred, Layer, later, longer, opposite, Point, record, square, steps, sum } from './model.js'
enum Level { low = 1, high = low + 1 }
const quarter = inferred() / 4
let loop: Numeric = 0
for (let i = 0; i < 3; i++) loop = loop + a * i
let acc = a
for (const k of [1, 2]) acc += k * acc
const narrowed = (x: Numeric) => { x += a; return x }
export type Checks = [
  Expect<Equal<typeof b, NumberWithGrad>>,
  Expect<Equal<ReturnType<typeof inferred>, NumberWithGrad>>,
  Expect<Equal<typeof quarter, NumberWithGrad>>,
  Expect<Equal<typeof sum, NumberWithGrad>>,
  Expect<Equal<ReturnType<typeof square>, number | NumberWithGrad>>,
  Expect<Equal<ReturnType<typeof constrained<NumberWithGrad>>, NumberWithGrad>>,
  Expect<Equal<ReturnType<typeof later>, Promise<NumberWithGrad>>>,
  Expect<Equal<ReturnType<typeof steps>, Generator<NumberWithGrad, NumberWithGrad, Numeric>>>,
  Expect<Equal<Layer['weight'], NumberWithGrad>>,
  Expect<Equal<ReturnType<Layer['forward']>, NumberWithGrad>>,
  Expect<Equal<typeof record.loss, NumberWithGrad>>,
  Expect<Equal<(typeof record.nested)[0], NumberWithGrad>>,
  Expect<Equal<typeof conditional, NumberWithGrad | 0>>,
  Expect<Equal<ReturnType<typeof narrowed>, NumberWithGrad>>,
]
const negated = new Point(3).negSquare(), product = opposite(new Point(2), new Point(3))
export const l1: NumberWithGrad = longer(a, a), l2: number = longer(3, 1)
export type Classes = [Expect<Equal<typeof negated, Point>>, Expect<Equal<typeof product, Point>>]
export const g1: NumberWithGrad = generic(a)
export const g2: number = generic(3)
// @ts-expect-error the generic function gives a number for a number
export const g3: NumberWithGrad = generic(3)
export const power = 2n ** 64n, three = 1 + 2, text = 's' + 1, level = Level.high + 1, later2 = +new Date() - 1
const k = 2
export const asText = 'k' + k, minus = -k, remainder = Date.now() % 2
export type Plain = [
  Expect<Equal<typeof power, bigint>>, Expect<Equal<typeof three, number>>, Expect<Equal<typeof text, string>>,
  Expect<Equal<typeof level, number>>, Expect<Equal<typeof later2, number>>, Expect<Equal<typeof minus, number>>,
]
export { acc, loop }
`

const compiled = compile({ 'asserts.ts': asserts, 'model.ts': model, 'use.ts': use })

test('operators have the types of their methods, in every position and across files', () => {
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(use.match(/Expect<Equal/g)!.length).toBeGreaterThan(15)
})

test('a wrong expectation is an error, so that the test above can fail', () => {
  const wrong = use.replace('Expect<Equal<typeof b, NumberWithGrad>>', 'Expect<Equal<typeof b, number>>')
  expect(compile({ 'asserts.ts': asserts, 'model.ts': model, 'use.ts': wrong }).diagnostics).toHaveLength(1)
})

test('declarations name the classes, not the operators', () => {
  const declarations = compiled.emit().get('model.d.ts')!
  expect(declarations).toContain('export declare const b: NumberWithGrad;')
  expect(declarations).toContain('export declare const square: (x: Numeric) => Numeric;')
  expect(declarations).toContain('weight: NumberWithGrad;')
  expect(declarations).not.toContain('NoInfer')
  expect(declarations).not.toContain('any')
})

test('numbers, strings, bigints, enums and dates keep their text', () => {
  const plain = use.split('\n').filter(line => /2n \*\* 64n|enum Level|asText|Date\.now/.test(line))
  expect(plain).toHaveLength(3)
  for (const line of plain) expect(compiled.lowered('use.ts')).toContain(line)
})

test('generic functions compute what they compute for numbers', () => {
  const { longer, annotated, opposite, Point } = run(compiled.lowered('model.ts')) as Record<
    string,
    (...args: unknown[]) => unknown
  > & {
    Point: new (x: number) => { x: number; negSquare(): { x: number } }
  }
  expect(longer!(3, 1)).toBe(-5)
  expect(String(longer!(new NumberWithGrad(3), new NumberWithGrad(1)))).toBe('-5')
  expect(String(annotated!(new NumberWithGrad(3)))).toBe('-9')
  expect(new Point(3).negSquare().x).toBe(-9)
  expect((opposite!(new Point(2), new Point(3)) as { x: number }).x).toBe(-6)
})
