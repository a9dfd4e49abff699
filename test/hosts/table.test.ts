/** The table of hosts says what is there: tests, pages, modules, configurations. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Proof } from '../../scripts/tables/host.ts'
import { hosts } from '../../scripts/tables/hosts.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import { repository } from './project.ts'

const isThere = (path: string) => existsSync(join(repository, path))

/** What a call is of, in the end: `test` of `test.each(rows)('…')`. */
function root(node: ts.Expression): ts.Expression {
  return ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) ? root(node.expression) : node
}

const known = new Map<string, readonly string[]>()

function titlesIn(file: string): readonly string[] {
  const titles: string[] = []
  if (known.has(file)) return known.get(file)!
  const source = ts.createSourceFile(file, readFileSync(join(repository, file), 'utf8'), ts.ScriptTarget.ESNext, true)
  walk(ts, source, node => {
    const title = ts.isCallExpression(node) && root(node).getText() === 'test' ? node.arguments[0] : undefined
    if (title && ts.isStringLiteralLike(title)) titles.push(title.text)
  })
  known.set(file, titles)
  return titles
}

describe.each(hosts)('$name', ({ name, typescript, can, entries, module, isFolder, trial }) => {
  const proofs: readonly Proof[] = [...Object.values(typescript), ...Object.values(can)].flat()

  test('each cell names a test that exists', () => {
    expect(proofs.length).toBeGreaterThan(2)
    for (const { file, title } of proofs) {
      expect(isThere(file), file).toBe(true)
      expect(titlesIn(file), file).toContain(title)
    }
  })

  test('it has a page, and each entry a module', () => {
    expect(isThere(`docs/hosts/${name}.md`)).toBe(true)
    for (const entry of entries)
      expect(isThere(isFolder ? entry : `${module ?? `transformer/hosts/${entry}`}.ts`), entry).toBe(true)
  })

  test('it follows edits where it is tried so', () => {
    if (trial) expect('watch' in can).toBe('watch' in trial)
  })
})

test('every page is that of a host, but for the list and the page about TypeScript 7', () => {
  const pages = readdirSync(join(repository, 'docs/hosts')).map(name => name.replace('.md', ''))
  expect(pages.sort()).toEqual([...hosts.map(({ name }) => name), 'README', 'typescript-7'].sort())
})

test('the adapters are those of the entries', () => {
  const named = hosts.filter(({ module, isFolder }) => !module && !isFolder).flatMap(({ entries }) => entries)
  const files = readdirSync(join(repository, 'transformer/hosts')).filter(name => name.endsWith('.ts'))
  const adapters = files.filter(name =>
    /^export default |^\/\*\*\n \* The entry/m.test(readFileSync(join(repository, 'transformer/hosts', name), 'utf8')),
  )
  expect(adapters.map(name => name.replace('.ts', '')).sort()).toEqual([...new Set([...named, 'tsc'])].sort())
})
