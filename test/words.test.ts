/** One word, one thing: no two declarations share a name where a reader could take one for the other, and docs/words.md names what exists. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url)

interface Declaration {
  readonly name: string
  readonly file: string
  readonly isExported: boolean
}

/** Names that stand twice on purpose, each with the reason. */
const allowed: Readonly<Record<string, string>> = {
  'runtime/variable.ts': "`tsgrad/variable` is an entry of its own, with DeZero's names: add, mul, exp, numericalDiff",
  'runtime/generated': 'private constants named after the functions whose partials they are',
}
const isAllowed = (file: string) => Object.keys(allowed).some(each => file.startsWith(each))

const files = ['transformer', 'runtime', 'command', 'lint'].flatMap(folder =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => posix.join(folder, name)),
)
const declarations = files.flatMap(declarationsIn)

/** The declarations at the top of a file, one for each name; without default exports, which have no name of their own. */
function declarationsIn(file: string): readonly Declaration[] {
  const source = ts.createSourceFile(file, readFileSync(new URL(file, root), 'utf8'), ts.ScriptTarget.Latest)
  const aliases = new Map<string, string>()
  const found = new Map<string, Declaration>()
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings
      if (bindings && ts.isNamedImports(bindings))
        for (const { name, propertyName } of bindings.elements)
          if (propertyName) aliases.set(name.text, propertyName.text)
      continue
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    const has = (kind: ts.SyntaxKind) => modifiers.some(each => each.kind === kind)
    if (has(ts.SyntaxKind.DefaultKeyword)) continue
    for (const name of namesOf(statement, aliases))
      found.set(name, { name, file, isExported: has(ts.SyntaxKind.ExportKeyword) })
  }
  return [...found.values()]
}

function namesOf(statement: ts.Statement, aliases: ReadonlyMap<string, string>): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      if (!ts.isIdentifier(name)) return []
      // `const tape = theTape` of an import `tape as theTape` is the same thing, as V8 prefers it
      const isSame = initializer && ts.isIdentifier(initializer) && aliases.get(initializer.text) === name.text
      return isSame ? [] : [name.text]
    })
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isNamed && statement.name ? [statement.name.text] : []
}

/** Groups of declarations with one name that a test is about, as lines. */
function shared(isTogether: (a: Declaration, b: Declaration) => boolean): readonly string[] {
  return [...new Set(declarations.map(({ name }) => name))].flatMap(name => {
    const all = declarations.filter(each => each.name === name)
    const clashing = all.filter(a => all.some(b => a.file !== b.file && isTogether(a, b)))
    return clashing.length > 0
      ? [
          `${name}: ${clashing
            .map(({ file }) => file)
            .sort()
            .join(', ')}`,
        ]
      : []
  })
}

describe('names', () => {
  test('an exported name is declared nowhere else', () => {
    expect(declarations.length).toBeGreaterThan(1000)
    const isClash = (a: Declaration, b: Declaration) =>
      (a.isExported || b.isExported) && !isAllowed(a.file) && !isAllowed(b.file)
    expect(shared(isClash)).toEqual([])
  })

  test('no two files of a folder declare one name', () => {
    expect(shared((a, b) => posix.dirname(a.file) === posix.dirname(b.file) && !isAllowed(a.file))).toEqual([])
  })
})

test('each name in docs/words.md is declared in the sources', () => {
  const page = readFileSync(new URL('docs/words.md', root), 'utf8')
  const named = [...page.matchAll(/\(([^()]*)\) \|$/gm)].flatMap(([, text]) =>
    [...text!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(name => !declarations.some(each => each.name === name))).toEqual([])
})
