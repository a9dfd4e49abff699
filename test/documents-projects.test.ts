/** What is not a program in README.md and docs/: commands and what they print, configuration. */
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { hosts } from '../scripts/tables/hosts.ts'
import { type Block, blocksOf, isElsewhere, kindOf, nameOf, pages, placeOf, steps, textOf } from './documents.ts'
import { installed, Project, repository } from './hosts/project.ts'

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

// a page's commands run one after the other
const timeout = 240_000

test('there is something to look at', () => {
  expect(of('session').length).toBeGreaterThan(1)
  expect(of('file').length).toBeGreaterThan(2)
  expect(of('json').length).toBeGreaterThan(0)
  expect(of('commands').length).toBeGreaterThan(4)
})

describe('the projects of pages', () => {
  const run = (project: Project, command: string) => {
    const [program, ...args] = command.replace(/^npx /, '').split(' ')
    if (program === 'tspc') return project.tspc(...args)
    if (program === 'node') return project.node(...args)
    if (program === 'tsgrad') return project.node('node_modules/tsgrad/dist/command/main.js', ...args)
    throw new Error(`a page runs ${command}: say here how that is run`)
  }
  const told = [...new Set(of('session').map(({ page }) => page))].filter(
    // these of hosts start from packages that are installed
    page => page !== 'docs/command.md' && !page.startsWith('docs/hosts/'),
  )

  test.each(told)('the commands of %s print what it says', { timeout }, async page => {
    expect(told.length).toBeGreaterThan(0)
    const project = new Project(
      { 'tsconfig.json': blocksOf('README.md').find(({ language }) => language === 'json')!.text },
      { ...installed, vite: join(repository, 'node_modules/vite') },
    )
    for (const block of blocksOf(page)) {
      if (kindOf(block) === 'file') project.write({ [nameOf(block)!]: block.text })
      if (kindOf(block) !== 'session') continue
      for (const { command, output } of steps(block.text))
        expect([command, (await run(project, command)).output]).toEqual([command, output])
    }
    // what came after the last command
    expect(await project.tspc('--noEmit', '--skipLibCheck')).toEqual({ status: 0, output: '' })
    if (!project.exists('vite.config.ts')) return
    const { status, output } = await project.node('node_modules/vite/bin/vite.js', 'build', '--minify', 'false')
    expect(status, output).toBe(0)
    // from `Math.sin(x) * x`
    expect(Object.values(project.all('dist')).join('\n')).toContain('x.sin().mul(x)')
  })

  test('one of them is built by Vite', () => {
    expect(told.filter(page => blocksOf(page).some(block => nameOf(block) === 'vite.config.ts'))).toEqual([
      'docs/start.md',
    ])
  })
})

/** What docs/command.md begins with, as the first lines of its diff say. */
const prelude = `import { NumberWithGrad } from 'tsgrad'

const w = new NumberWithGrad(0.5)
const b = new NumberWithGrad(0)

`

test('the commands of docs/command.md print what it says', { timeout }, async () => {
  const found = blocksOf('docs/command.md')
  const [model] = found.filter(({ language }) => language === 'ts')
  const project = new Project(
    { 'src/model.ts': prelude + model!.text },
    { ...installed, 'ts-morph': join(repository, 'node_modules/ts-morph') },
  )
  const tsgrad = (...args: string[]) => project.node('node_modules/tsgrad/dist/command/main.js', ...args)
  const quoted = found.filter(block => kindOf(block) === 'session').flatMap(({ text }) => steps(text))
  const printed = async (name: string) => {
    const { command, output } = quoted.find(({ command }) => command.startsWith(`npx tsgrad ${name}`))!
    expect([command, (await tsgrad(...command.split(' ').slice(2))).output]).toEqual([command, output])
  }
  await printed('adopt')
  expect((await tsgrad('adopt', '--write')).status).toBe(0)
  await printed('explain')
  await printed('eject')
  const list = found
    .find(({ text }) => /^(?:tsgrad \w+ .*\n)+$/.test(text))!
    .text.trim()
    .split('\n')
  expect(list.length).toBe(7)
  const { output: help } = await tsgrad('--help')
  for (const line of list) expect(help).toContain(line.replace('tsgrad ', ''))
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
    for (const each of installs.filter(name => !Object.values(commandLines).includes(name))) {
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
  // pictures, the explanation and the error of the README, which have tests of their own
  expect(other.map(({ page, text }: Block) => `${page} ${text.trim().split('\n')[0]!.slice(0, 30)}`)).toEqual([
    'README.md your .ts            a * 4 + 3',
    'README.md examples/01-notebook.ts: 6 ope',
    'README.md TypeError: JavaScript asked a ',
    'docs/architecture.md ts.Program ─candidates─▶ files',
  ])
})
