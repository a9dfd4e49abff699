/**
 * What runs is looked at: each operator that TypeScript leaves in the JavaScript of a file was found in the file, at any place where an
 * expression runs. So none stays JavaScript's own on objects because the walk over the tree leaves its place out.
 */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { parse } from './every-site.ts'
import { expressions, statements } from './lower-rows.ts'
import { texts } from './text-rows.ts'

/** Places of TypeScript's own; the operators there are as many as the number says. */
const places: readonly (readonly [text: string, count: number])[] = [
  ['enum E { A = -x, B = A | y, C = (() => x * 2)(), D = 1 << 3, F = `${-y}`.length }', 4],
  ['enum E { A = x < y ? 1 : 2, [`b`] = Number.isNaN(x) ? 1 : Math.abs(y) }', 3],
  ['class A { @d(-x) declare a: T; @d(x * 2) b!: T; @d(+x) abstract c: T; @d(-y) static accessor e = x * y }', 5],
  ['@d(-x) class A { @d(-x) m(@d(-x) p = -x) {} @d(-x) get g() { return -x } @d(-x) set g(@d(-x) v) {} }', 8],
  [
    'class A<T> extends f<T>(-x)<T> implements I<T> { constructor(readonly p = -x, private q: T = -y) { super(-x) } }',
    4,
  ],
  ['namespace M.N { export const a = -x; export namespace O { -y } enum E { A = -x } }', 3],
  ['export = -x', 1],
  ['export default (x * y)!', 1],
  ['const v = <T,>(a = -x as T) => (a satisfies T) * y', 2],
  ['abstract class A { abstract m(): void; m2(): void; m2(a = -x) {} [k * 2] = 1; static { x++ } }', 3],
  [
    'declare class A { p: T } declare const q: typeof x; declare namespace M { const r: T } type U = -1; interface I { [k: string]: T }',
    0,
  ],
  ['function f(a: number): void; function f(a = -x) {} f<typeof x>(-x); new A<T>(-x); g`${-x}`; g<T>`${-x}`', 5],
  ['for (using a of [-x]) {} async function f() { await using b = -x; for await (const c of -x) -c }', 4],
]

/** The keys of a text's operators. */
const keysOf = (text: string) => findSites(ts, parse(text, 'main.ts')).sites.map(({ key }) => key)

/** Those that run, but for the constants that TypeScript computes. */
function runningKeys(text: string): readonly string[] {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      ...{ experimentalDecorators: true, noEmitHelpers: true, useDefineForClassFields: true },
    },
  })
  return keysOf(outputText)
}

const rows = [...expressions, ...statements].map(([source]) => source)

test.each([
  ['places', places.map(([text]) => text)],
  ['texts', texts],
  ['rows', rows],
] as const)('each operator of the %s that runs was found', (_, all) => {
  let seen = 0
  for (const text of all) {
    const running = runningKeys(text).toSorted()
    const found = [...keysOf(text)]
    for (const key of running) {
      const at = found.indexOf(key)
      expect(at, `${key} in ${text}`).not.toBe(-1)
      found.splice(at, 1)
      seen++
    }
  }
  expect(seen).toBeGreaterThan(25)
})

test.each(places)('%s has %i operators', (text, count) => {
  expect(keysOf(text)).toHaveLength(count)
})
