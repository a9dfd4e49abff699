/** Which projects may use tsgrad, by their texts alone: where those do not tell, the answer is yes. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectMayUse } from '../../transformer/hosts/modules/mentions.ts'
import { createOnDemand } from '../../transformer/hosts/on-demand.ts'
import { fileNameOf } from '../../transformer/program/file-names.ts'
import { type Files, Project, repository, tsconfig } from './project.ts'

const tracked = "import { NumberWithGrad } from 'tsgrad'\nexport const x = new NumberWithGrad(1) * 2\n"
const needing = '{ "dependencies": { "tsgrad": "1" } }'
const plain: Files = {
  'app/package.json': '{ "type": "module", "imports": { "#b": "./src/b.ts" } }',
  'app/tsconfig.json': tsconfig({ plugins: [] }),
  'app/src/a.ts': "import './deep/b.ts'\nexport const a = 1 * 2\n",
  'app/src/deep/b.ts': "import '../a.ts'\n",
}

/** Changes of `plain`; `undefined` takes a file away. */
type Changes = Readonly<Record<string, string | undefined>>
type Links = Readonly<Record<string, string>>
/** Whether the project in app/ may; the targets of links are relative to their folders. */
const mayUse = (changes: Changes, links: Links = {}) => {
  const files = Object.entries({ ...plain, ...changes }).filter(
    (file): file is [string, string] => file[1] !== undefined,
  )
  const project = new Project(Object.fromEntries(files), {})
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(project.root, name)), { recursive: true })
    symlinkSync(target, join(project.root, name))
  }
  return projectMayUse(join(project.root, 'app/tsconfig.json'))
}
const inSource = (text: string): Files => ({ 'app/src/c.ts': text })
const inOptions = (options: object, rest: object = {}): Files => ({
  'app/tsconfig.json': tsconfig({ plugins: [], ...options }, rest),
})
const inPackage = (manifest: string, name = 'c'): Files => ({ [`app/node_modules/${name}/package.json`]: manifest })

describe('may use tsgrad', () => {
  test.each([
    ['a file that names it', { 'app/src/deep/c.ts': tracked }],
    ['a declaration that nobody imports', { 'app/src/c.d.ts': 'declare const c: import("tsgrad").NumberWithGrad' }],
    ['a file that the configuration does not list', { 'app/lib/c.ts': tracked }],
    ['a file in a folder that patterns pass by', { 'app/.storybook/c.tsx': tracked }],
    ['the project of a folder above', { 'app/inner/tsconfig.json': '{}', 'app/inner/c.ts': tracked }],

    ['its tsconfig.json', { 'app/tsconfig.json': tsconfig() }],
    ['a comment in it', { 'app/tsconfig.json': '{} // tsgrad' }],
    ['what it extends', inOptions({}, { extends: './base.json' })],
    ['a project that it refers to', inOptions({}, { references: [{ path: './lib' }] })],
    ['JavaScript in it', inOptions({ allowJs: true })],
    ['JavaScript that is checked', inOptions({ checkJs: true })],
    ['paths outside of its folder', inOptions({ paths: { c: ['../lib/c'] } })],
    ['paths into packages', inOptions({ paths: { c: ['./node_modules/c/src/c.ts'] } })],
    ['files outside of its folder', inOptions({}, { files: ['../lib/c.ts'] })],
    ['files of absolute paths', inOptions({}, { files: ['/lib/c.ts'] })],
    ['patterns outside of its folder', inOptions({}, { include: ['${configDir}/../lib'] })],
    ['options with escapes', { 'app/tsconfig.json': '{ "include": ["\\u002e\\u002e/lib"] }' }],
    ['a configuration that cannot be read', { 'app/tsconfig.json': undefined }],

    ['an import out of the folder', inSource("import '../../lib/c.js'")],
    ['an import of the folder above', inSource("export * from '../..'")],
    ['an import after an apostrophe', inSource("/* don't */ import '../../c' // it's")],
    ['an import of a path with a quote', inSource(`import "../../it's/c.ts"`)],
    ['a name that is made at run time', inSource('import(`../../lib/${k}.ts`)')],
    ['a reference out of the folder', inSource('/// <reference path="../../lib/c.d.ts" />')],
    ['a path into node_modules', inSource("import '../node_modules/c/c.ts'")],
    ['an absolute path', inSource("import c from '/lib/c.ts'")],
    ['an import with an escape', inSource("import('t\\u0073grad')")],
    ['a text of UTF-16', inSource('\uFFFD\uFFFDe\0')],

    ['a package that needs it', inPackage(needing)],
    ['a package with a scope that needs it', inPackage(needing, '@c/d')],
    ['a package of its name with a scope', inPackage(needing, '@c/tsgrad')],
    ['types that no file names', inPackage(needing, '@types/c')],
    ['a package in a folder above', { 'node_modules/c/package.json': needing }],
    ['a package inside of a package', inPackage(needing, 'c/node_modules/d')],
    ['tsgrad under another name', inPackage('{ "name": "tsgrad" }')],
    ['a package that has it under another name', inPackage('{ "dependencies": { "d": "npm:tsgrad@1" } }')],
    [
      'a package of a package, as pnpm installs it',
      { 'app/node_modules/.pnpm/c/node_modules/c/package.json': '{}', 'd/node_modules/d/package.json': needing },
      {
        'app/node_modules/c': '.pnpm/c/node_modules/c',
        'app/node_modules/.pnpm/c/node_modules/d': '../../../../../d/node_modules/d',
      },
    ],
    ['a package of a workspace', { 'lib/package.json': '{}' }, { 'app/node_modules/c': '../../lib' }],
    ['a package that is not there', {}, { 'app/node_modules/c': 'nowhere' }],
    ['Plug’n’Play', { '.pnp.cjs': '' }],
    [
      'the `imports` of a package with more than the folder',
      { 'package.json': '{ "imports": { "#c": "./lib/c.ts" } }', 'app/package.json': undefined },
    ],

    ['a link to a folder', {}, { 'app/src/c': '../../lib' }],
    ['a link to a file', { 'lib/c.ts': '' }, { 'app/src/c.ts': '../../lib/c.ts' }],
    ['a link that ends nowhere', {}, { 'app/src/c': 'nowhere' }],
  ] satisfies [string, Changes, Links?][])('%s', (_, changes, links: Links = {}) => {
    expect(mayUse(changes, links)).toBe(true)
  })
})

describe('may not', () => {
  const elsewhere = { 'lib/c.ts': tracked, 'app/node_modules/c/c.ts': tracked, 'app/.git/c.ts': tracked }
  test.each([
    ['plain numbers', {}],
    ['natural math outside of its folder', elsewhere],
    ['tsgrad installed', inPackage(needing, 'tsgrad')],
    ['packages that do not need it', { ...inPackage('{}'), 'app/node_modules/d.js': '', ...inSource("import 'c'") }],
    [
      'packages in pnpm’s folder',
      inPackage('{}', '.pnpm/c/node_modules/c'),
      { 'app/node_modules/c': '.pnpm/c/node_modules/c' },
    ],
    ['JavaScript that names it', { 'app/vite.config.js': "import tsgrad from 'tsgrad/vite'\n" }],
    ['a link to another kind of file', { 'app/AGENTS.md': '' }, { 'app/CLAUDE.md': 'AGENTS.md' }],
    [
      'relative imports in the folder',
      inSource("import '..'\nimport '../a.ts'\nimport '../src/./a.ts'\nf('/a', 'a/..')"),
    ],
  ] satisfies [string, Changes, Links?][])('%s', (_, changes, links: Links = {}) => {
    expect(mayUse(changes, links)).toBe(false)
  })

  test('a pipe, which is not read', () => {
    const { root } = new Project(plain, {})
    execFileSync('mkfifo', [join(root, 'app/src/pipe.ts')])
    expect(projectMayUse(join(root, 'app/tsconfig.json'))).toBe(false)
  })
})

/** Where the compiler would be loaded: each file of this name has operators of classes. */
const asking = (concerned = '') =>
  createOnDemand({}, repository, () => ({
    lower: () => ({ output: undefined, errors: [], watched: [] }),
    update() {},
    refresh() {},
    stale: () => [],
    isConcerned: name => name.endsWith(concerned),
  }))

test('a module is lowered when its own text names tsgrad, whatever its project may', () => {
  const { root } = new Project(plain, {})
  const texts = ['export {}', '// tsgrad', 'export {}']
  const { lower } = asking()
  expect(texts.map(text => lower(fileNameOf('app/new.ts', root), text) !== undefined)).toEqual([false, true, true])
})

test('a module that was passed by, and should not have been, is an error of the first that is lowered', () => {
  const { root } = new Project(plain, {})
  const { lower } = asking('a.ts')
  for (const name of ['a.ts', 'deep/b.ts']) lower(fileNameOf(name, `${root}/app/src`), 'export {}')
  const errors = ['c.ts', 'd.ts'].map(name =>
    lower(fileNameOf(name, `${root}/lib`), tracked)!.errors.map(({ text }) => text),
  )
  expect(errors).toEqual([[expect.stringMatching(/TS93013: .*src\/a\.ts/)], []])
})

test('a component that was passed by is an error of the first module that is lowered, and is sent anew by a server', () => {
  const { root } = new Project(plain, {})
  const component = fileNameOf('app/src/A.vue', root)
  const [built, served] = [asking('none'), asking('none')]
  for (const { passesBy } of [built, served]) expect(passesBy(component, '<script lang="ts"></script>')).toBe(true)
  const found = built.lower(fileNameOf('lib/c.ts', root), tracked)!
  expect(found.errors.map(({ text }) => text)).toEqual([expect.stringMatching(/TS93013: .*src\/A\.vue/)])
  served.lower(fileNameOf('lib/c.ts', root), tracked)
  expect(served.stale()).toEqual([component])
})

test.each([
  ['a file that names tsgrad now', 'app/src/deep/b.ts', tracked],
  ['a file that is made', 'app/src/new.ts', tracked],
  ['options', 'app/tsconfig.json', '{} // tsgrad'],
])('a host that tells of an edit gets another answer: %s', (_, name, text) => {
  const project = new Project(plain, {})
  const { lower, update, stale } = asking('a.ts')
  const a = fileNameOf('app/src/a.ts', project.root)
  lower(a, 'export {}')
  const afterEdit = (edited: string) => {
    project.write({ [name]: edited })
    update([fileNameOf(name, project.root)])
    return stale()
  }
  expect([plain[name] ?? '', text].map(afterEdit)).toEqual([[], [a]])
})

test('a host that does not tell what changed gets another answer after `refresh`', () => {
  const project = new Project(plain, {})
  const { lower, refresh } = asking()
  const isLowered = () => lower(fileNameOf('app/src/a.ts', project.root), 'export {}') !== undefined
  const before = isLowered()
  project.write({ 'app/src/new.ts': tracked })
  const found = [before, isLowered()]
  refresh()
  expect([...found, isLowered()]).toEqual([false, false, true])
})

describe('at the end of a build', () => {
  const runtime = '/p/node_modules/tsgrad/dist/runtime/index.js'
  const declaration = '/p/node_modules/tsgrad/dist/runtime/index.d.ts'
  const named = { 'app/tsconfig.json': '{} // tsgrad' }
  test.each<[string, readonly string[], Files, boolean]>([
    ['tsgrad beside a module that passed by is an error', ['app/src/a.ts', runtime], {}, true],
    ['so it is where tsgrad stays an import', ['app/src/a.ts', 'tsgrad'], {}, true],
    ['so is a component that passed by', ['app/src/a.vue', runtime], {}, true],
    ['another package is none', ['app/src/a.ts', declaration, '/p/other/dist/runtime/index.js'], {}, false],
    ['tsgrad beside modules of others is none', [runtime, 'app/main.js', '/p/node_modules/c/c.ts'], {}, false],
    ['tsgrad in a project that may use it is none', ['app/src/a.ts', runtime], named, false],
  ])('%s', (_, ids, files, isError) => {
    const { root } = new Project({ ...plain, ...files }, {})
    const text = asking().missedIn(ids.map(id => (id.includes('/') ? resolve(root, id) : id)))
    if (isError) expect(text).toMatch(/TS93013: .*app\/src\/a\.(?:ts|vue)/)
    else expect(text).toBeUndefined()
  })
})
