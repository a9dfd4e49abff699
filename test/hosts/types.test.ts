/** The types that operators have, read from the declarations that `tspc` emits. */
import { beforeAll, describe, expect, test } from 'vitest'
import { Project, type Run, tsconfig } from './project.ts'

const files = {
  'src/values.ts': `import { NumberWithGrad } from 'tsgrad'
export const a = new NumberWithGrad(3)
export const b = a * 4
export const product = () => a * b
export const left = 2 - a
export const negative = -a
export const less = a < 4
export const power = Math.tanh(a) ** 2
export class Model {
  weight = a * 2
  static bias = 1 + a
  #hidden = a / 2
  loss(x: number) { return (this.weight * x + Model.bias - this.#hidden) ** 2 }
}
`,
  'src/uses.ts': `import type { NumberWithGrad, Numeric } from 'tsgrad'
import { a, Model, product } from './values.js'
export const inferred = product()
export const further = product() + inferred
export const reduced = [1, 2, 3].map(v => v * a).reduce((u, v) => u + v)
export const square = (x: Numeric) => x * x + 1
export const generic = <T extends Numeric>(x: T) => x * x
export const ofTracked = generic(a)
export const ofNumber = generic<number>(2)
export const later = async (x: Promise<NumberWithGrad>) => (await x) * 2
export function* steps() { yield a * 2 }
export const loss = new Model().loss(2)
export const point = { x: a * 2, y: 3 * 2, f: (k: number) => k * a }
export const tuple = [a * 2, 'a' + 'b'] as const
export const either = (flag: boolean) => (flag ? a : 2) * 3
`,
  'src/own.ts': `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': 'add'; '*': 'times'; reflected: { '*': 'scaledBy' } }
  constructor(readonly x: number, readonly y: number) {}
  add(other: Vec) { return new Vec(this.x + other.x, this.y + other.y) }
  times(other: Vec): number
  times(other: number): Vec
  times(other: Vec | number): Vec | number {
    return typeof other === 'number' ? new Vec(this.x * other, this.y * other) : this.x * other.x + this.y * other.y
  }
  scaledBy(k: number) { return this.times(k) }
}
const v = new Vec(1, 2)
export const sum = v + v
export const dot = v * v
export const scaled = v * 2
export const turned = 2 * v + v
`,
  'src/native.ts': `import { a } from './values.js'
declare const when: Date
enum Level { Low = 1 << 0, High = Low | 2 }
export const tracked = a * 2
export const three = 1 + 2
export const huge = 2n ** 64n
export const text = 's' + 1
export const level = Level.High & ~Level.Low
export const age = +when - +when + Number(when)
export const laterThan = when < when
export let count = 0
count += 2; count++
export const shifted = (count << 2) - -count
`,
}

/** What the declarations must say, by file: a name and its type, or a member of a class. */
const wanted = {
  values: [
    ['a', 'NumberWithGrad'],
    ['b', 'NumberWithGrad'],
    ['product', '() => NumberWithGrad'],
    ['left', 'NumberWithGrad'],
    ['negative', 'NumberWithGrad'],
    ['less', 'boolean'],
    ['power', 'NumberWithGrad'],
    ['weight', 'NumberWithGrad'],
    ['bias', 'NumberWithGrad'],
    ['loss(x: number)', 'NumberWithGrad'],
  ],
  uses: [
    ['inferred', 'NumberWithGrad'],
    ['further', 'NumberWithGrad'],
    ['reduced', 'NumberWithGrad'],
    ['square', '(x: Numeric) => Numeric'],
    ['ofTracked', 'NumberWithGrad'],
    ['ofNumber', 'number'],
    ['later', '(x: Promise<NumberWithGrad>) => Promise<NumberWithGrad>'],
    ['steps()', 'Generator<NumberWithGrad, void, unknown>'],
    ['loss', 'NumberWithGrad'],
    ['x', 'NumberWithGrad'],
    ['y', 'number'],
    ['f', '(k: number) => NumberWithGrad'],
    ['tuple', 'readonly [NumberWithGrad, string]'],
    ['either', '(flag: boolean) => number | NumberWithGrad'],
  ],
  own: [
    ['sum', 'Vec'],
    ['dot', 'number'],
    ['scaled', 'Vec'],
    ['turned', 'Vec'],
  ],
  native: [
    ['tracked', 'NumberWithGrad'],
    ['three', 'number'],
    ['huge', 'bigint'],
    ['text', 'string'],
    ['level', 'number'],
    ['age', 'number'],
    ['laterThan', 'boolean'],
    ['count', 'number'],
    ['shifted', 'number'],
  ],
} as const

const project = new Project({ ...files, 'tsconfig.json': tsconfig() })
let compiled: Run
beforeAll(async () => {
  compiled = await project.tspc()
})

test('the sources compile without an error', () => {
  expect(compiled).toEqual({ status: 0, output: '' })
})

describe.each(Object.entries(wanted))('in the declarations of %s.ts', (file, names) => {
  test.each(names.map(([name, type]) => ({ name, type })))('$name is $type', ({ name, type }) => {
    const declarations = project.read(`out/${file}.d.ts`).replaceAll(/import\("tsgrad"\)\./g, '')
    expect(declarations.split(/\n\s*/)).toContainEqual(
      expect.stringMatching(
        new RegExp(`^(?:export declare (?:const|let|function\\*?) |static )?${literal(name)}: ${literal(type)};$`),
      ),
    )
  })
})

const literal = (text: string) => text.replaceAll(/[$()[\]|?.*+]/g, '\\$&')

test('a generic function is declared so that both kinds of numbers get their own type', () => {
  expect(project.read('out/uses.d.ts')).toContain(
    'generic: <T extends Numeric>(x: T) => import("tsgrad").Binary<"*", T, T>',
  )
})

test('the declarations can be read by a plain compiler that checks libraries too', async () => {
  project.write({
    'consumer/use.ts': `import { generic, later } from '../out/uses.js'
import { a } from '../out/values.js'
export const number: number = generic<number>(3)
export const promise: Promise<typeof a> = later(Promise.resolve(generic(a)))
export const wrong: string = generic(a)
`,
  })
  const flags = ['--noEmit', '--ignoreConfig', '--strict', '--module', 'nodenext', '--target', 'es2023']
  const { output } = await project.tsc('consumer/use.ts', ...flags)
  expect(output).toBe(
    "consumer/use.ts(5,14): error TS2322: Type 'NumberWithGrad' is not assignable to type 'string'.\n",
  )
})

test('operators on plain values keep their exact text, also beside a tracked one', () => {
  const emitted = project.read('out/native.js')
  expect(emitted).toContain('tracked = a.mul(2);')
  expect(emitted).not.toContain('__tsgrad')
  const statements = ['three = 1 + 2;', 'huge = 2n ** 64n;', "text = 's' + 1;", 'level = Level.High & ~Level.Low;']
  const others = ['age = +when - +when + Number(when);', 'laterThan = when < when;', 'count += 2;', 'count++;']
  for (const text of [...statements, ...others, 'shifted = (count << 2) - -count;']) expect(emitted).toContain(text)
})
