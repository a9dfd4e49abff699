/** What the pages show without a project of their own: configuration can be read, and commands name packages and programs that exist. */
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { hosts } from '../scripts/tables/hosts.ts'
import { type Block, blocksOf, isElsewhere, kindOf, pages, placeOf, textOf } from './documents.ts'
import { repository } from './hosts/project.ts'

const manifest = JSON.parse(textOf('package.json'))
const isThere = (path: string) => existsSync(join(repository, path))
// a server of TypeScript does not read `exports`, so its entry is a folder
const folders = (manifest.files as string[]).filter(name => isThere(`${name}/package.json`))
const entries = [
  ...Object.keys(manifest.exports).map(path => path.replace('.', 'tsgrad')),
  ...folders.map(name => `tsgrad/${name}`),
]
const blocks = pages().flatMap(blocksOf)
const of = (...kinds: readonly string[]) => blocks.filter(block => kinds.includes(kindOf(block)))

test('there is something to look at', () => {
  expect(of('file').length).toBeGreaterThan(2)
  expect(of('json').length).toBeGreaterThan(0)
  expect(of('commands').length).toBeGreaterThan(4)
})

/** The files of tests, among them what hosts are configured by. */
const tried = readdirSync(join(repository, 'test'), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.(?:[cm]?[jt]s|jsonc?)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
  .map(({ parentPath, name }) => relative(repository, join(parentPath, name)))
  .map(path => ({ path, text: textOf(path) }))

/** Whether a test builds by a piece of configuration, or nobody does: on the pages of hosts, both are pieces of programs. */
function nameOfTrial(block: Block): string {
  const found = tried.find(({ text }) => block.text.trim() !== '' && text.includes(block.text))
  return `${placeOf(block)} can be parsed, and is ${found === undefined ? 'tried by no test' : `a part of ${found.path}`}`
}

describe('pieces of configuration', () => {
  test.each(of('file').map(block => [nameOfTrial(block), block] as const))('%s', (_, { text, language }) => {
    const source = ts.createSourceFile(`a.${language}`, text, ts.ScriptTarget.ESNext)
    const { parseDiagnostics } = source as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] }
    if (['ts', 'tsx', 'js', 'mjs', 'cjs'].includes(language)) expect(parseDiagnostics).toEqual([])
  })

  test.each(of('json').map(block => [placeOf(block), block] as const))(
    '%s is JSON, with options that exist',
    (_, { text }) => {
      const { config, error } = ts.parseConfigFileTextToJson('tsconfig.json', text)
      expect(error).toBeUndefined()
      const { errors } = ts.convertCompilerOptionsFromJson(config.compilerOptions ?? {}, repository)
      expect(errors.map(({ messageText }) => messageText)).toEqual([])
    },
  )

  test('name entries of the package that exist', () => {
    const named = pages().flatMap(page =>
      [...textOf(page).matchAll(/['"`](tsgrad\/[\w./-]+)['"`]/g)].map(([, name]) => name!),
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(name => !entries.includes(name))).toEqual([])
  })
})

/** Command lines that the tests do without, by their names: they call what these call. */
const commandLines: Readonly<Record<string, string>> = Object.assign({}, ...hosts.map(host => host.commandLines))

describe('commands', () => {
  const lines = of('commands').flatMap(({ text }) => text.trim().split(/\n| && /))
  const { peerDependencies, dependencies, devDependencies, version } = manifest
  const versions: readonly [string, string][] = Object.entries({
    ...peerDependencies,
    ...dependencies,
    ...devDependencies,
    tsgrad: version,
  })
  /** What the tests of a host install. */
  const tried = hosts.flatMap(({ releases = {} }) =>
    Object.entries(releases).flatMap(([name, all]) => all.map(version => [name, version] as [string, string])),
  )
  // under another name: `npm:package@version`
  const known = [...versions, ...tried].map(([name, range]) =>
    range.startsWith('npm:') ? range.slice('npm:'.length) : `${name}@${range}`,
  )

  test('install packages that tsgrad is developed with, in these versions', () => {
    const installs = lines.flatMap(
      line => /^npm install (?:(?:--save-dev|-D) )?(.*)$/.exec(line)?.[1]?.split(' ') ?? [],
    )
    expect(installs.length).toBeGreaterThan(3)
    for (const each of installs.filter(name => !Object.values(commandLines).includes(name.replace(/(?<=.)@.*/, '')))) {
      // `name@npm:package@version` is the package under another name
      const [, name, major] = /^(@?[^@]+)(?:@(\d+))?/.exec(each.replace(/^.*@npm:/, ''))!
      const start = `${name}@${major === undefined ? '' : `${major}.`}`
      expect(known.filter(one => one.startsWith(start)).length, each).toBeGreaterThan(0)
    }
  })

  const isTried = (name: string) => tried.some(([each]) => each === name)

  test('run scripts and programs that exist', () => {
    const scripts = lines.flatMap(line => /^npm (?:run )?(start|test|(?<=run )[\w:-]+)/.exec(line)?.[1] ?? [])
    expect(scripts.length).toBeGreaterThan(1)
    for (const name of scripts) expect(Object.keys(manifest.scripts)).toContain(name)
    const programs = lines.flatMap(line => /^npx ([\w-]+)/.exec(line)?.[1] ?? [])
    expect(programs.length).toBeGreaterThan(0)
    for (const name of programs)
      expect(
        name === 'tsgrad' || name in commandLines || isTried(name) || isThere(`node_modules/.bin/${name}`),
        name,
      ).toBe(true)
  })
})

test('what nobody runs is known', () => {
  // on the pages of hosts: settings in the languages of editors, and what hosts print, which their own tests look at
  const isOfHost = ({ page, language }: Block) =>
    page.startsWith('docs/hosts/') && language !== 'ts' && language !== 'js'
  const other = blocks.filter(block => kindOf(block) === 'other' && !isElsewhere(block) && !isOfHost(block))
  // pictures, and what has tests of its own: the explanation and the error of the README, the loops of test/golden/explain
  expect(other.map(({ page, text }: Block) => `${page} ${text.trim().split('\n')[0]!.slice(0, 30)}`)).toEqual([
    'README.md your .ts            a * 4 + 3',
    'README.md examples/01-notebook.ts: 6 ope',
    'README.md TypeError: JavaScript asked a ',
    'docs/architecture.md ts.Program ─candidates─▶ files',
    'docs/compiled-gradients.md 15 |   for (const each of w) y',
    'docs/compiled-gradients.md Kept for the way back, by each',
  ])
})
