/** A test of what is built fails in one sentence when dist/ is older than the sources, and no quick test compiles a folder on the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { hosts } from '../scripts/tables/hosts.ts'
import { walk } from '../transformer/syntax/walk.ts'
import { complaint } from './built.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const textOf = (path: string) => readFileSync(path, 'utf8')
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.test.ts'))

test('what is built is older than a source that was edited, made or removed since, whatever the time stamps say', () => {
  const built = { 'runtime/a.ts': '1', 'runtime/b.ts': '2', 'command/c.ts': '3' }
  expect(complaint(built, built)).toBeUndefined()
  expect(complaint(built, { ...built, 'runtime/b.ts': '4' })).toBe(
    'dist/ is older than runtime/b.ts: run `npm run build`',
  )
  expect(complaint(built, { ...built, 'runtime/new.ts': '5' })).toContain('runtime/new.ts')
  const { 'runtime/a.ts': _, ...fewer } = built
  expect(complaint(built, fewer)).toContain('runtime/a.ts')
  expect(complaint(undefined, built)).toBe('dist/ is not built: run `npm run build`')
})

test('a test of some folders does not ask for a build after an edit of others', () => {
  const built = { 'runtime/a.ts': '1', 'command/c.ts': '3' }
  const now = { ...built, 'command/c.ts': '4' }
  expect(complaint(built, now, ['runtime', 'interop'])).toBeUndefined()
  expect(complaint(built, now, ['runtime', 'command'])).toContain('command/c.ts')
})

test('every test that starts a program or reads dist/ asks first whether it is built', () => {
  /** A test file and the files of this folder that it imports. */
  const reached = (path: string, found = new Map<string, string>()): ReadonlyMap<string, string> => {
    if (found.has(path)) return found
    found.set(path, textOf(path))
    for (const { fileName } of ts.preProcessFile(found.get(path)!).importedFiles)
      if (fileName.startsWith('.') && join(dirname(path), fileName).startsWith(folder))
        reached(join(dirname(path), fileName), found)
    return found
  }
  // scripts/generate.mjs reads sources
  const needsBuild = (text: string) =>
    /\bspawn(?:Sync)?\((?!process.execPath, \['scripts\/generate\.mjs)|dist\//.test(text)
  const needing = names.filter(name => [...reached(join(folder, name)).values()].some(text => needsBuild(text)))
  expect(needing.length).toBeGreaterThan(40)
  const asking = needing.filter(name =>
    [...reached(join(folder, name)).values()].some(text => /\brequireBuilt\(/.test(text)),
  )
  // it names dist/ in a text
  expect(needing.filter(name => !asking.includes(name))).toEqual(['architecture.test.ts'])
})

test('a test that runs `tspc` or `tsc` in a folder is none of the quick ones, in vitest.config.ts', () => {
  const config = textOf(join(folder, '../vitest.config.ts'))
  const named = [...config.matchAll(/'test\/([^'*]+\.test\.ts)'/g)].map(([, name]) => name!)
  expect(named.filter(name => !names.includes(name))).toEqual([])
  const isOfAHost = (name: string) => hosts.some(host => name === `hosts/${host.name}.test.ts`)
  const compiling = names.filter(name => /\.tsp?c\(|bin\/tsp?c/.test(textOf(join(folder, name))))
  expect(compiling.length).toBeGreaterThan(15)
  expect(compiling.filter(name => !named.includes(name) && !isOfAHost(name))).toEqual([])
})

/** The calls of a text that start a process as soon as the file is read, also where all of its tests are filtered out. */
function startsAtOnce(text: string): readonly string[] {
  const isReadAtOnce = (node: ts.Node): boolean =>
    ts.isSourceFile(node) || ((!ts.isFunctionLike(node) || isOfDescribe(node)) && isReadAtOnce(node.parent))
  const isOfDescribe = ({ parent }: ts.Node) =>
    ts.isCallExpression(parent) && /^describe\b/.test(parent.expression.getText())
  const found: string[] = []
  walk(ts, ts.createSourceFile('a.ts', text, ts.ScriptTarget.ESNext, true), node => {
    const isStart = ts.isCallExpression(node) && /(?:^|\.)(?:start|spawn|fork)$/.test(node.expression.getText())
    if (isStart && isReadAtOnce(node)) found.push(node.getText())
  })
  return found
}

// where all tests of a file are filtered out, its hooks do not run
test('a process that a hook must end is started by a test or a hook', () => {
  expect(
    startsAtOnce("const watcher = project.start('-w')\ndescribe.each(all)('%s', () => { spawn('a') })"),
  ).toHaveLength(2)
  expect(startsAtOnce("beforeAll(() => { watcher = project.start() })\nconst start = () => spawn('a')")).toEqual([])
  const texts = names.map(name => [name, textOf(join(folder, name))] as const)
  const starting = texts
    .filter(([, text]) => /\b(?:start|spawn|fork)\(/.test(text))
    .map(([name, text]) => [name, ...startsAtOnce(text)])
  expect(starting.length).toBeGreaterThan(10)
  expect(starting.filter(([, call]) => call !== undefined)).toEqual([])
})
