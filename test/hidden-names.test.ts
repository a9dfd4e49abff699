/**
 * Names in random scopes: where a name does not count as hidden by a declaration of the file, TypeScript finds JavaScript's own. The
 * declarations stand in blocks, functions, classes, enums and namespaces, whose parts see what one of them exports.
 */
import fc from 'fast-check'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { withoutExported } from '../transformer/ask/exported-names.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { hidden } from '../transformer/syntax/scope.ts'
import { walk } from '../transformer/syntax/walk.ts'
import { programOf } from './compile.ts'
import { parse } from './every-site.ts'
import { countOr, seed } from './random.ts'

const PROGRAMS = countOr(300)
const names = ['Math', 'Number', 'String'] as const

/** Declarations of `Own`, where statements stand. */
const anywhere = [
  ...['const Own = o', 'let Own = o', 'var Own = o', 'function Own() {}', 'class Own {}', 'enum Own { a }'],
  // the name with an escape
  ...['const Esc = o', 'function Esc() {}', 'const { Own: Esc } = o'],
  ...['const { Own } = o', 'const { a: Own = 1 } = o', 'const [Own] = o', 'var [{ Own }] = o', 'type Own = 1'],
]
/** The same at the top of a namespace. */
const inNamespaces = [
  ...[
    'export const Own = o',
    'export let Own = o',
    'export function Own() {}',
    'export class Own {}',
    'export enum Own { a }',
  ],
  ...[
    'export const { Own } = o',
    'import Own = O.p',
    'export import Own = O.p',
    'namespace Own { export const a = 1 }',
    'namespace Own.Inner { export const a = 1 }',
  ],
  ...['export declare const Own: 1', 'interface Own {}'],
]
/** As often as declarations. */
const uses = Array.from({ length: 10 }, (_, i) => (i % 2 ? 'Own.abs(o)' : "o(Own['abs'](o))"))
/** Writes a name in the place of `Own`, and with an escape in the place of `Esc`. */
const withName = (text: string, name: string) =>
  text.replaceAll('Own', name).replaceAll('Esc', `\\u{${name.charCodeAt(0).toString(16)}}${name.slice(1)}`)
/** Scopes around statements. */
const scopes = [
  ...['{ … }', 'if (o) { … }', 'for (const Own of o) { … }', 'for (let Own = 0; ; ) { … }', 'for (var Own in o) { … }'],
  ...['try { … } catch (Own) { }', 'try { } catch (Own) { … }', 'try { } catch { … }', 'switch (o) { case 1: … }'],
  ...[
    'function f() { … }',
    'function f(Own: unknown) { … }',
    'function f({ Own }: any, [p = Own.abs(o)]: any = Own.abs(o)) { … }',
  ],
  ...[
    'o(() => { … })',
    'o((Own: unknown) => { … })',
    'o(function Own() { … })',
    'o(class Own { m() { … } })',
    'o({ Own() { … } })',
  ],
  ...[
    'class C { Own = 1; m() { … } }',
    'class C { static { … } }',
    'class C { constructor(readonly Own = 1) { … } }',
    'Own: { … }',
  ],
  ...['enum M { Own = 1, a = Own.abs(o) }', 'enum M { b = Own.abs(o) }', 'function g<Own>() { … }'],
]
const spaces = ['namespace M { … }', 'namespace N { … }', 'namespace N.M { … }']
/** Some statements, and scopes with others in them. */
const listOf = (
  lines: readonly string[],
  around: readonly string[],
  inner: fc.Arbitrary<string>,
  least = 0,
): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(...lines),
        fc
          .tuple(fc.constantFrom(...around), inner)
          .map(([scope, text]) => scope.replace('…', () => `\n${text}\nOwn.abs(o)\n`)),
      ),
      { minLength: least, maxLength: 4 },
    )
    .map(all => all.join('\n'))
const { program } = fc.letrec<{ statements: string; program: string }>(tie => ({
  statements: listOf([...anywhere, ...uses], scopes, tie('statements')),
  program: listOf(
    [...anywhere, ...inNamespaces, ...uses, ...uses],
    [
      ...scopes,
      ...inNamespaces.map(line => `namespace M { ${line}\n … }`),
      'namespace M { Own.abs(o)\n … }',
      ...spaces,
    ],
    tie('statements'),
    1,
  ),
}))

/** The objects of `Own.abs`. */
function usesIn(file: ts.SourceFile, name: string): ts.Identifier[] {
  const found: ts.Identifier[] = []
  walk(ts, file, node => {
    const isUse = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
    if (isUse && ts.isIdentifier(node.expression) && node.expression.text === name) found.push(node.expression)
    return undefined
  })
  return found
}

/** Whether JavaScript declares what a name at a place means. */
function isOwnIn(all: ts.Program, use: ts.Identifier): boolean {
  const [declaration] = all.getTypeChecker().getSymbolAtLocation(use)?.declarations ?? []
  return declaration !== undefined && all.isSourceFileDefaultLibrary(declaration.getSourceFile())
}

test(`${PROGRAMS} random programs (SEED=${seed}): a name that is not hidden is JavaScript's own`, () => {
  const texts = fc.sample(fc.tuple(program, fc.constantFrom(...names)), { numRuns: PROGRAMS, seed })
  const files = Object.fromEntries(
    texts.map(([text, name], i) => [`${i}.ts`, `export declare const o: any\n${withName(text, name)}\n`]),
  )
  const { program: all } = programOf(files)
  // which sets the parents of nodes
  all.getTypeChecker()
  let own = 0
  let others = 0
  for (const [i, [text, name]] of texts.entries()) {
    const file = all.getSourceFiles().find(({ fileName }) => fileName.endsWith(`/${i}.ts`))!
    const isHidden = hidden(ts, file, name)
    for (const use of usesIn(file, name)) {
      const isOwn = isOwnIn(all, use)
      if (!isHidden(use)) expect(isOwn, text).toBe(true)
      if (isOwn) own++
      else others++
    }
  }
  expect(own).toBeGreaterThan(PROGRAMS / 10)
  expect(others).toBeGreaterThan(PROGRAMS / 10)
})

test(`${PROGRAMS} random pairs of scripts (SEED=${seed}): parts of a namespace see what the other script exports`, () => {
  // a script each, in a namespace of both, and with half of the declarations that may stand there
  const pair = fc.tuple(program, program, fc.constantFrom('Math', 'Number'))
  const texts = fc
    .sample(pair, { numRuns: PROGRAMS, seed })
    .map(([one, other, name], i) =>
      [one, other].map(text => withName(`namespace Pair${i} {\n${text.replaceAll('Own.abs', 'Own.isNaN')}\n}\n`, name)),
    )
  const files = Object.fromEntries(texts.flatMap((pair, i) => pair.map((text, j) => [`${i}-${j}.ts`, text])))
  const { program: all } = programOf({ 'o.d.ts': 'declare const o: any\n', ...files })
  const checker = all.getTypeChecker()
  let own = 0
  let late = 0
  for (const file of all.getSourceFiles().filter(({ fileName }) => /\/\d+-[01]\.ts$/.test(fileName))) {
    const found = findSites(ts, file)
    const kept = new Set(withoutExported(ts, checker, found).sites)
    for (const site of found.sites.filter(({ form }) => form === 'math')) {
      const callee = (site.node as ts.CallExpression).expression as ts.PropertyAccessExpression
      const isOwn = isOwnIn(all, callee.expression as ts.Identifier)
      if (kept.has(site)) expect(isOwn, file.text).toBe(true)
      if (isOwn) own++
      else late++
    }
  }
  expect(own).toBeGreaterThan(PROGRAMS / 10)
  expect(late).toBeGreaterThan(PROGRAMS / 50)
})

test.each(['const \\u{4d}ath = o', 'namespace Math.Inner { export const a = 1 }'])('%s hides the name', text => {
  expect(findSites(ts, parse(`${text}\nMath.abs(o)`)).sites).toEqual([])
})
