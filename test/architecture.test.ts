/** Dependencies point one way, and the package's promises about them hold. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)

/** The modules that each source file of a folder imports, types included. */
function importsOf(folder: string): [file: string, imported: string][] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .flatMap(name => {
      const text = readFileSync(new URL(`${folder}${name}`, root), 'utf8')
      return ts
        .preProcessFile(text)
        .importedFiles.map(({ fileName }): [string, string] => [`${folder}${name}`, fileName])
    })
}

/** The imported file's path from the root; a package's name stays as it is. */
function importedFile([file, imported]: [file: string, imported: string]): string {
  return imported.startsWith('.') ? posix.join(posix.dirname(file), imported) : imported
}

test('the runtime imports nothing but itself', () => {
  const found = importsOf('runtime/')
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(edge => !importedFile(edge).startsWith('runtime/'))).toEqual([])
})

test('the rules know no engine: they import only what a row is', () => {
  const found = importsOf('runtime/').filter(([file]) => /rules?\.ts$/.test(file) && !file.includes('custom'))
  expect(found.length).toBeGreaterThan(1)
  expect(found.filter(([, name]) => !/rules?\.ts$/.test(name))).toEqual([])
})

test('an interop entry imports its library, the installer and the type of the operators symbol', () => {
  const found = importsOf('interop/')
  const libraries = { decimal: 'decimal.js', mathjs: 'mathjs', tfjs: '@tensorflow/tfjs-core', three: 'three' }
  const entries = Object.entries(libraries).flatMap(([entry, library]) =>
    [library, '../runtime/operators/operators.ts', './install.ts'].map(imported => `interop/${entry}.ts ${imported}`),
  )
  expect(new Set(found.map(each => each.join(' ')))).toEqual(new Set(entries))
  for (const entry of Object.keys(libraries))
    expect(readFileSync(new URL(`interop/${entry}.ts`, root), 'utf8')).toContain('import type { operators }')
})

test('the entries of the package that are imported for their effect are kept by bundlers, and no other', () => {
  const { exports, sideEffects } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const names = Object.keys(exports).filter(name => name.startsWith('./interop/'))
  expect(names).toEqual(['./interop/decimal.js', './interop/mathjs', './interop/tfjs', './interop/three'])
  expect(names.filter(name => !exports[name].default.startsWith('./dist/interop/'))).toEqual([])
  expect(sideEffects).toEqual(['./dist/interop/*.js'])
})

test('the transformer needs nothing of the runtime or of Node, and the libraries of source maps only', () => {
  const found = importsOf('transformer/').filter(([file]) => !file.startsWith('transformer/hosts/'))
  expect(found.length).toBeGreaterThan(30)
  const outside = found.map(importedFile).filter(name => !name.startsWith('transformer/'))
  expect(new Set(outside)).toEqual(new Set(['typescript', '@jridgewell/remapping', '@jridgewell/sourcemap-codec']))
})

test('the compiler is handed in: the transformer imports its types only', () => {
  for (const name of readdirSync(new URL('transformer/', root), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(new URL(`transformer/${name}`, root), 'utf8')
    expect(text.replaceAll("import type ts from 'typescript'", ''), name).not.toContain("from 'typescript'")
  }
})

test('only the entry and other hosts import a host', () => {
  const found = importsOf('transformer/').filter(([, name]) => name.includes('hosts/'))
  expect(found).toEqual([['transformer/index.ts', './hosts/tsc.ts']])
})

test('the command knows the transformer, which does not know the command; ts-morph is loaded by one module', () => {
  const found = importsOf('command/')
  expect(found.length).toBeGreaterThan(30)
  expect(found.filter(([, name]) => name.includes('runtime'))).toEqual([])
  expect(importsOf('transformer/').filter(([, name]) => name.includes('command'))).toEqual([])
  expect(new Set(found.filter(([, name]) => name === 'ts-morph').map(([file]) => file))).toEqual(
    new Set(['command/workspace.ts']),
  )
})

test('the preset for ESLint knows the transformer, which does not know it; the compiler is that of typescript-eslint', () => {
  const found = importsOf('lint/')
  expect(found.length).toBeGreaterThan(30)
  expect(found.filter(([, name]) => /runtime|command|hosts/.test(name))).toEqual([])
  expect(importsOf('transformer/').filter(([, name]) => name.includes('lint/'))).toEqual([])
  const packages = found.map(([, name]) => name).filter(name => !name.startsWith('.'))
  expect(new Set(packages)).toEqual(
    new Set(['@typescript-eslint/utils', 'eslint', 'node:module', 'node:path', 'typescript', 'typescript-eslint']),
  )
  // what only types are taken of need not be installed
  for (const [file] of found) {
    const text = readFileSync(new URL(file, root), 'utf8')
    expect(text, file).not.toMatch(/^import (?!type )[^'\n]* from '(?:@typescript-eslint\/utils|eslint)'/m)
  }
})
