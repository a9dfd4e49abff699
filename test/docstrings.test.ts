/** The examples in docstrings are run, and every public function and method has one. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import * as main from '../runtime/index.ts'
import * as inspect from '../runtime/inspect.ts'
import * as linear from '../runtime/linear.ts'
import * as optimise from '../runtime/optimise.ts'
import * as special from '../runtime/special.ts'
import * as variable from '../runtime/variable.ts'

const entry = { ...main, ...inspect, ...linear, ...optimise, ...special }
const folder = new URL('../runtime/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

interface Example {
  readonly file: string
  readonly code: string
  /** What stands behind `//`; '' where nothing does. */
  readonly expected: string
}

const examples = files.flatMap(({ name: file, text }): Example[] =>
  [...text.matchAll(/@example (.*?)(?: *\*\/)?$/gm)].map(([, line]) => {
    const [code, ...expected] = line!.split(' // ')
    return { file, code: code!, expected: expected.join(' // ') }
  }),
)

/** The value of the last statement, with the names of the package in scope. */
function resultOf(code: string, scope: Readonly<Record<string, unknown>>): unknown {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023)
  const last = source.statements.at(-1)!
  const start = last.getStart(source)
  const asked = ts.isExpressionStatement(last)
    ? `${code.slice(0, start)};return (${code.slice(start, last.expression.end)})`
    : code
  const { outputText } = ts.transpileModule(`function example(${Object.keys(scope)}) { ${asked} }`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  })
  return new Function(`${outputText}; return example(...arguments)`)(...Object.values(scope))
}

function matches(value: unknown, expected: string): boolean {
  if (expected.endsWith('…')) return String(value).startsWith(expected.slice(0, -1))
  const [, about] = /^(.*), to about eight digits$/.exec(expected) ?? []
  if (about !== undefined) return Math.abs(Number(value) - Number(about)) < 1e-7 * Math.abs(Number(about))
  if (value instanceof Float64Array) return expected === `Float64Array [ ${value.join(', ')} ]`
  return typeof value === 'string' && value === expected ? true : Object.is(json(value), json(resultOf(expected, {})))
}

// so that NaN, -0 and undefined are told apart
const json = (value: unknown) =>
  JSON.stringify(value, (_, x) => (typeof x === 'number' || x === undefined ? `${typeof x} ${x}` : x))

test('there are examples, and only declarations have no result', () => {
  expect(examples.length).toBeGreaterThan(140)
  const silent = examples.filter(({ expected }) => expected === '').map(({ code }) => code.split(' ')[0])
  expect(silent).toEqual(['class', 'class'])
})

test.each(examples)('$file: $code // $expected', ({ file, code, expected }) => {
  const value = resultOf(code, file === 'variable.ts' ? variable : entry)
  if (expected === '' || code.startsWith('type ')) return
  expect(matches(value, expected), `it gave ${String(value)}`).toBe(true)
})

/** Functions, classes and methods of the two entries that have no example, and how many were looked at. */
function undocumented(): { missing: string[]; looked: number } {
  const missing: string[] = []
  let looked = 0
  const names = new Set(Object.keys(entry))
  // values on plain numbers alone are not what an entry exports under their names
  const isLooked = (name: string) => name !== 'variable.ts' && !name.startsWith('rules/special/')
  for (const { name, text } of files.filter(each => isLooked(each.name))) {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true)
    // overloads share the docstring of the first
    const documented = new Set<string>()
    const look = (node: ts.Node, label: string) => {
      const doc = ts
        .getJSDocCommentsAndTags(node)
        .map(each => each.getText())
        .join('')
      looked++
      if (doc.includes('@example') || doc.includes('@internal')) documented.add(label)
      else if (!documented.has(label)) missing.push(`${name}: ${label}`)
    }
    const isExported = (node: ts.FunctionDeclaration | ts.ClassDeclaration) =>
      names.has(node.name!.text) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    for (const statement of source.statements) {
      if (ts.isFunctionDeclaration(statement) && isExported(statement)) look(statement, statement.name!.text)
      if (!ts.isClassDeclaration(statement) || !isExported(statement)) continue
      look(statement, statement.name!.text)
      for (const member of statement.members)
        if (ts.isMethodDeclaration(member) && ts.isIdentifier(member.name))
          look(member, `${statement.name!.text}.${member.name.text}`)
    }
  }
  return { missing, looked }
}

test('every public function and method has an example', () => {
  const { missing, looked } = undocumented()
  expect(looked).toBeGreaterThan(100)
  expect(missing).toEqual([])
})
