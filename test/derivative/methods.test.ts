/** Methods of the object around, static ones and functions of modules, in functions on plain numbers. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

const text = `import { grad, hessian } from 'tsgrad'
import * as parts from './parts.ts'
export class Model {
  private readonly rate = 2
  k = 2
  constructor(readonly x: readonly number[]) {}
  loss(p: number[]): number { return this.part(p) + this.#own(p) }
  part(p: number[]): number { let s = 0; for (const x of this.x) s += (p[0]! * x - this.k) ** 2; return s }
  #own(p: number[]): number { return this.rate * p[0]! ** 3 }
  slope(p: number[]) { return grad((q: number[]) => this.loss(q))(p) }
  curvature(p: number[]) { return hessian((q: number[]) => this.loss(q))(p) }
  static square(x: number): number { return x * x }
}
export class Other extends Model {
  override part(p: number[]): number { return p[0]! }
}
export const ofStatic = [grad(Model.square)(3), grad((x: number) => Model.square(x) * 2)(3)]
export const ofModule = [grad(parts.cube)(2), grad((x: number) => parts.cube(x) + parts.slope(x))(2)]
`
const parts =
  "import { grad } from 'tsgrad'\nexport const cube = (x: number) => x ** 3\nexport const slope = grad(cube)\n"

test('a method of the object around is entered, and another one of its name throws', () => {
  const { diagnostics, emit } = compile({ 'main.ts': text, 'parts.ts': parts }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  const emitted = emit()
  const made = run(emitted.get('main.js')!, { './parts.js': run(emitted.get('parts.js')!) }) as {
    Model: new (
      x: readonly number[],
    ) => Record<'slope' | 'curvature', (p: number[]) => unknown> & {
      k: number
    }
    Other: new (x: readonly number[]) => { slope(p: number[]): unknown }
    ofStatic: number[]
    ofModule: number[]
  }
  const model = new made.Model([1, 2, 3])
  expect(model.slope([0.5])).toEqual([-10 + 1.5])
  expect(model.curvature([0.5])).toEqual([[28 + 6]])
  model.k = 1
  expect(model.slope([0.5])).toEqual([2 * (-0.5 + 0 + 1.5) + 1.5])
  expect(() => new made.Other([1]).slope([0.5])).toThrow("compiled for the method 'part' of Model")
  expect(made.ofStatic).toEqual([6, 12])
  expect(made.ofModule).toEqual([12, 24])
})

test('a method of any object from outside is entered, and another one of its name throws', () => {
  const source = `import { grad } from 'tsgrad'
abstract class Model { abstract get n(): number; constructor(protected readonly k: number) {} loss(x: number) { return this.k * x ** this.n + this.extra(x) } protected extra(x: number) { return x } }
class Square extends Model { get n() { return 2 } }
class Other extends Square { protected override extra(x: number) { return 3 * x } }
const slopes = (all: readonly Model[]) => grad((x: number) => all.reduce((s, each) => s + each.loss(x), 0))
export const right = slopes([new Square(2), new Square(3)])(1)
export const wrong = () => slopes([new Square(2), new Other(3)])(1)`
  const { diagnostics, emit } = compile({ 'main.ts': source }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  const { right, wrong } = run(emit().get('main.js')!)
  expect(right).toBe(2 * 2 + 1 + 3 * 2 + 1)
  expect(wrong).toThrow("compiled for the method 'extra' of Model")
})

test.each([
  [
    'a method without its object',
    'grad(new A().loss)',
    /"new A\(\)\.loss" TS94020 .*here: `\(p: number\[\]\) => model\.loss\(p\)`/,
  ],
  [
    'a method of `this` without it',
    'grad(this.loss)',
    /"this\.loss" TS94020 .*here: `\(q: number\) => this\.loss\(q\)`/,
  ],
  ['a write into the object', 'grad((q: number) => this.set(q))', /TS94002 .*'this'/],
  [
    'a function with a `this` of its own',
    'grad(function (this: unknown, q: number) { return q * (this as A).k })',
    /"this: unknown" TS94015/,
  ],
  ['a private field', 'grad((q: number) => q * this.#own)', /the private field '#own'/],
] as const)('%s is refused', (_, call, expected) => {
  const source = `import { grad } from 'tsgrad'
export class A {
  k = 1
  #own = 2
  loss(q: number) { return q * this.k }
  set(q: number) { this.k = q; return q * this.k }
  slope() { return ${call} }
  same() { return grad((q: number) => this.loss(q)) }
}
`
  const found = compile({ 'main.ts': source }).diagnostics.map(shown)
  expect(found.length, found.join('\n')).toBe(1)
  expect(found[0]).toMatch(expected)
}) // prettier-ignore
