/** Compiled gradients by TypeScript 7 are those by 6: the same texts, and the same refusals at the same places. */
import { describe, expect, test } from 'vitest'
import { type Compiled, compile, shown } from '../compile.ts'
import { compilers } from '../compilers.ts'
import { countOr, seed } from '../random.ts'
import { programWith } from './compiled.ts'
import { textOfPrograms } from './program-texts.ts'
import { refusalRows } from './refusal-rows.ts'
import { structuredProgram } from './structured-programs.ts'

const PROGRAMS = countOr(6)
/** Programs in one file. */
const BATCH = 3

const verbs = ['valueAndGrad', 'jvp', 'hvp']
const ofRows = refusalRows.flatMap(([, , refused, allowed]) => [refused, allowed])
const random = Array.from({ length: Math.ceil(PROGRAMS / BATCH) }, (_, i) =>
  Array.from({ length: BATCH }, (_, j) => structuredProgram(seed + i * BATCH + j)),
)

const suites: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  [
    'by other names, and functions of other files',
    {
      'main.ts': `import { grad as slope, type Differentiable } from 'tsgrad'
import * as parts from './parts.js'
import { half as part, Model, rate } from './again.js'
export const g = slope((x: number) => x * x)
export const h = slope(x => x * x)
export const i = slope((x: number[]) => x.map(part).reduce((s, v) => s + parts.layer(v, { w: [rate] }), 0))
export function minimize<T>(f: Differentiable<(x: T) => number>, x: T) { return [f(x), slope(f as Differentiable<(x: number) => number>)] }
export const j = minimize((x: number) => new Model(x).loss(2), 3)
export const k = minimize(({ a, b = 2 }: { a: number; b?: number }) => a ** b, { a: 3 })
export const text = slope((x: number) => parts.shown(x).length * x)
`,
      'parts.ts': `export const rate = 0.5
export const half = (x: number) => x * rate
export function layer(x: number, p: { w: readonly number[] }): number { return p.w.length > 0 ? Math.tanh(x * p.w[0]!) : 0 }
export const shown = (x: number) => String(x)
export class Model {
  constructor(readonly k: number) {}
  loss(n: number): number { return n === 0 ? 1 : this.k * this.loss(n - 1) }
}
`,
      'again.ts': "export { half, Model, rate } from './parts.js'\n",
    },
  ],
  [
    'what is refused, and what is nearly the same',
    Object.fromEntries(ofRows.map((row, i) => [`f${i}.ts`, programWith(row)])),
  ],
  ['random programs', Object.fromEntries(random.map((programs, i) => [`r${i}.ts`, textOfPrograms(programs, verbs)]))],
]

/** What TypeScript 6 makes of a suite. */
const expectations = new Map<string, Compiled>()

describe.each(compilers)('%s', (_, compileBy) => {
  test.each(suites)('%s', (name, files) => {
    const expected = expectations.get(name) ?? compile(files)
    expectations.set(name, expected)
    const found = compileBy(files)
    // an error of the compiler itself may have other words
    const own = ({ diagnostics }: typeof found) => diagnostics.filter(({ code }) => code > 90_000).map(shown)
    expect(own(found).toSorted()).toEqual(own(expected).toSorted())
    let derived = 0
    for (const file of Object.keys(files)) {
      expect(found.lowered(file)).toBe(expected.lowered(file))
      if (expected.lowered(file).includes('__tsgrad_differentiable(')) derived++
    }
    expect(derived).toBeGreaterThan(0)
  })
})
