/** Dependencies point one way, and the package's promises about them hold. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { libraries } from '../scripts/tables/libraries.ts'

const root = new URL('..', import.meta.url)
const textOf = (name: string) => readFileSync(new URL(name, root), 'utf8')

type Edge = readonly [file: string, imported: string]
// the types of a script are not asked for
const {
  rooms,
  sources,
  importsOf,
  importsUp,
  circlesIn,
}: {
  readonly rooms: Readonly<Record<string, readonly string[]>>
  readonly sources: readonly string[]
  importsOf(folder: string): readonly Edge[]
  importsUp(folder: string, edges?: readonly Edge[]): readonly Edge[]
  circlesIn(edges: readonly Edge[]): readonly (readonly string[])[]
} = await import('../scripts/rooms.mjs' as string)

const {
  fileLengths,
  functionLengths,
}: {
  fileLengths(folders: readonly string[]): readonly (readonly [name: string, lines: number])[]
  functionLengths(name: string, text: string): readonly (readonly [name: string, lines: number])[]
} = await import('../scripts/lengths.mjs' as string)

/** What may be longer, with the reason: files by their names, functions behind their file's. A row that is not needed any more fails. */
const longer = {
  'scripts/tables/planted-faults.ts': 'a table: the faults',
  'scripts/tables/hosts.ts': 'a table, a row a host',
  'transformer/derivative/enter/enter.ts enter': 'makes one object whose members share its variables',
  'transformer/hosts/native/syntax.ts syntaxOf':
    'an entry for each member of the compiler that TypeScript 7 names otherwise',
  'runtime/optimise/minimize.ts minimizeSteps': 'one loop of a published method, and its state',
  'runtime/optimise/root.ts rootSteps': 'one loop of a published method, and its state',
  'playground/editor/editor.ts createEditor': 'the list of what the editor is made of',
  'playground/page/app.ts createApp': 'the list of what the page is made of',
  'scripts/partials-module.mjs partialsModule': 'the text of a module',
}

describe.each(Object.keys(rooms))('%s', folder => {
  test('each import goes to its own room or to one below', () => {
    expect(importsOf(folder).length).toBeGreaterThan(100)
    expect(importsUp(folder)).toEqual([])
  })

  test('an import from the lowest room to the highest is found', () => {
    const [low, high] = [rooms[folder]![0], rooms[folder]!.at(-1)!]
    const up: Edge = [`${folder}/${low}/a.ts`, posix.join(folder, high, 'b.ts')]
    expect(importsUp(folder, [up, [up[1], up[0]]])).toEqual([up])
  })

  test('each room of the order has files', () => {
    const files = importsOf(folder).map(([file]) => posix.dirname(file))
    const missing = rooms[folder]!.filter(room => !files.some(each => each.startsWith(posix.join(folder, room))))
    expect(missing).toEqual([])
  })
})

test('docs/architecture.md has a row for each room, in their order', () => {
  const page = readFileSync(new URL('docs/architecture.md', root), 'utf8')
  for (const [folder, order] of Object.entries(rooms)) {
    const table = page.slice(page.indexOf(`| \`${folder}/\``)).split('\n\n')[0]!
    const named = [...table.matchAll(/^\| (`[\w/]+`|entries) +\|/gm)].map(([, name]) => name!.replaceAll('`', ''))
    expect(named.slice(1)).toEqual(order.map(room => room || 'entries'))
  }
})

test('no files import one another in a circle, types included', () => {
  const found = sources.flatMap(importsOf)
  expect(found.length).toBeGreaterThan(500)
  expect(circlesIn(found)).toEqual([])
  const circle: readonly Edge[] = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'd'],
  ]
  expect(circlesIn(circle).map(each => [...each].sort())).toEqual([['a', 'b', 'c']])
})

describe('how long things are', () => {
  const files = fileLengths([...sources, 'scripts'])
  const functions = files.flatMap(([file]) =>
    functionLengths(file, textOf(file)).map(([name, lines]) => [`${file} ${name}`, lines] as const),
  )

  test('a file has at most 300 lines, a function at most 40 of its own, but for those with a reason', () => {
    expect(files.length).toBeGreaterThan(400)
    expect(functions.length).toBeGreaterThan(3000)
    const found = [...files.filter(([, lines]) => lines > 300), ...functions.filter(([, lines]) => lines > 40)]
    expect(found.map(([name]) => name).sort()).toEqual(Object.keys(longer).sort())
  })

  test('lines of a function inside, comments and blanks are not counted', () => {
    const text = 'function f() {\n  // reason\n\n  const g = () => {\n    h()\n    return `\n`\n  }\n  return g\n}\n'
    expect(functionLengths('f.ts', text)).toEqual([
      ['g', 5],
      ['f', 4],
    ])
  })
})

test('the runtime imports nothing but itself', () => {
  const found = importsOf('runtime')
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(([, imported]) => !imported.startsWith('runtime/'))).toEqual([])
})

test('the rules import rules only, and special functions each other', () => {
  const found = importsOf('runtime').filter(([file]) => file.startsWith('runtime/rules/'))
  expect(found.length).toBeGreaterThan(1)
  expect(found.filter(([, imported]) => !imported.startsWith('runtime/rules/'))).toEqual([])
  expect(
    found.filter(([file, to]) => file === 'runtime/rules/special.ts' && !to.startsWith('runtime/rules/special/')),
  ).toEqual([])
})

test('an interop entry imports its library, the installer and the type of the operators symbol', () => {
  const found = importsOf('interop')
  const entries = libraries.flatMap(library =>
    [library.package, 'runtime/operators/operators.ts', 'interop/install.ts'].map(
      imported => `interop/${library.module}.ts ${imported}`,
    ),
  )
  expect(entries.length).toBeGreaterThan(9)
  expect(new Set(found.map(each => each.join(' ')))).toEqual(new Set(entries))
  for (const { module } of libraries)
    expect(readFileSync(new URL(`interop/${module}.ts`, root), 'utf8')).toContain('import type { operators }')
})

test('the entries of the package that are imported for their effect are kept by bundlers, and no other', () => {
  const { exports, sideEffects } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const names = Object.keys(exports).filter(name => name.startsWith('./interop/'))
  expect(names.length).toBeGreaterThan(3)
  expect(names.filter(name => !exports[name].default.startsWith('./dist/interop/'))).toEqual([])
  expect(names.filter(name => !exports[name].require.startsWith('./dist/interop/'))).toEqual([])
  expect(sideEffects).toEqual(['./dist/interop/*.js', './dist/interop/*.cjs'])
})

test('the transformer needs nothing of Node, of the runtime the rules at most, and the libraries of source maps only', () => {
  const found = importsOf('transformer').filter(([file]) => !file.startsWith('transformer/hosts/'))
  expect(found.length).toBeGreaterThan(30)
  const outside = found.map(([, imported]) => imported).filter(name => !/^(?:transformer|runtime\/rules)\//.test(name))
  expect(new Set(outside)).toEqual(new Set(['typescript', '@jridgewell/remapping', '@jridgewell/sourcemap-codec']))
})

test('the compiler is handed in: the transformer imports its types only', () => {
  for (const name of readdirSync(new URL('transformer/', root), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(new URL(`transformer/${name}`, root), 'utf8')
    expect(text.replaceAll("import type ts from 'typescript'", ''), name).not.toContain("from 'typescript'")
  }
})

test('the command knows the transformer, which does not know the command; ts-morph is loaded by one module', () => {
  const found = importsOf('command')
  expect(found.length).toBeGreaterThan(30)
  expect(found.filter(([, name]) => name.startsWith('runtime/'))).toEqual([])
  expect(importsOf('transformer').filter(([, name]) => name.startsWith('command/'))).toEqual([])
  expect(new Set(found.filter(([, name]) => name === 'ts-morph').map(([file]) => file))).toEqual(
    new Set(['command/adoption/workspace.ts']),
  )
})

test('the preset for ESLint knows the transformer, which does not know it; the compiler is that of typescript-eslint', () => {
  const found = importsOf('lint')
  expect(found.length).toBeGreaterThan(30)
  // of the hosts it knows the releases that it works with
  const others = found.filter(([, name]) => name !== 'transformer/hosts/modules/tool-releases.ts')
  expect(others.filter(([, name]) => /^runtime|^command|hosts/.test(name))).toEqual([])
  expect(importsOf('transformer').filter(([, name]) => name.startsWith('lint/'))).toEqual([])
  const packages = found.map(([, name]) => name).filter(name => !/^(?:lint|transformer)\//.test(name))
  expect(new Set(packages)).toEqual(
    new Set(['@typescript-eslint/utils', 'eslint', 'node:module', 'node:path', 'typescript', 'typescript-eslint']),
  )
  // what only types are taken of need not be installed
  for (const [file] of found) {
    const text = readFileSync(new URL(file, root), 'utf8')
    expect(text, file).not.toMatch(/^import (?!type )[^'\n]* from '(?:@typescript-eslint\/utils|eslint)'/m)
  }
})
