/** Which projects can reach tsgrad, by their texts alone. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMentions } from '../../transformer/hosts/modules/mentions.ts'
import { type Files, Project, tsconfig } from './project.ts'

const config = tsconfig({ plugins: [] })
const tracked = "import { NumberWithGrad } from 'tsgrad'\nexport const x = new NumberWithGrad(1) * 2\n"
const depending = '{ "dependencies": { "tsgrad": "1" } }'

const possible = (files: Files, file = 'src/a.ts', text?: string) => {
  const { root } = new Project({ 'tsconfig.json': config, 'src/a.ts': 'export const a = 1 * 2\n', ...files }, {})
  return createMentions().possible(join(root, 'tsconfig.json'), join(root, file), text)
}

test.each<[string, Files]>([
  ['a file of the project', { 'src/deep/b.ts': tracked }],
  ['a file that is not imported', { 'src/b.d.ts': 'declare const b: import("tsgrad").NumberWithGrad' }],
  ['a file that the configuration lists', { 'b.ts': tracked, 'tsconfig.json': tsconfig({}, { files: ['b.ts'] }) }],
  ['a relative import out of the folders', { 'src/b.ts': "import '../lib/c.js'", 'lib/c.ts': tracked }],
  ['an import of an import', { 'src/b.ts': "import '../c'", 'c.ts': "export * from './d'", 'd.ts': tracked }],
  ['an import after an apostrophe', { 'src/b.ts': "/* don't */ import '../c' // it's", 'c.ts': tracked }],
  ['a folder that patterns pass by, by an import', { 'src/b.ts': "import './.c/d'", 'src/.c/d.ts': tracked }],
  ['a link to a folder in node_modules', { 'src/b.ts': "import './node_modules/c'", 'src/node_modules/c.ts': tracked }],
  ['a pattern that names what others pass by', { 'tsconfig.json': tsconfig({ plugins: [] }, { include: ['src/.*'] }) }],
  ['a package', { 'src/b.ts': "import 'c'", 'node_modules/c/package.json': depending }],
  ['tsgrad under another name', { 'src/b.ts': "import 'c'", 'node_modules/c/package.json': '{ "name": "tsgrad" }' }],
  [
    'a package that has it under another name',
    { 'src/b.ts': "import 'c'", 'node_modules/c/package.json': '{ "dependencies": { "d": "npm:tsgrad@1" } }' },
  ],
  ['a package with a scope', { 'src/b.ts': "import '@c/d/e'", 'node_modules/@c/d/package.json': depending }],
  ['the types of a package', { 'src/b.ts': "import 'c'", 'node_modules/@types/c/package.json': depending }],
  ['types that no file names', { 'node_modules/@types/c/package.json': depending }],
  [
    'a package of a package',
    {
      'src/b.ts': "import 'c'",
      'node_modules/c/package.json': '{ "dependencies": { "d": "1" } }',
      'node_modules/d/package.json': depending,
    },
  ],
  [
    'the package itself, by its name',
    { 'src/b.ts': "import 'me'", 'package.json': '{ "name": "me", "exports": "./lib/c.ts" }', 'lib/c.ts': tracked },
  ],
  ['`imports` with any name', { 'src/b.ts': "import '#~/c.ts'", 'package.json': '{ "imports": { "#~/*": "./*" } }' }],
  [
    'a path from `baseUrl`, without an ending',
    { 'tsconfig.json': tsconfig({ plugins: [], baseUrl: './src', paths: { c: ['../lib/c'] } }), 'lib/c.ts': tracked },
  ],
  [
    'a path from a `baseUrl` of another file',
    {
      'tsconfig.json': JSON.stringify({
        extends: './base.json',
        compilerOptions: { paths: { 'c/*': ['../../lib/*'] } },
        include: ['src'],
      }),
      'base.json': '{ "compilerOptions": { "baseUrl": "./src/x" } }',
      'lib/c.ts': tracked,
    },
  ],
  ['JavaScript between', { 'src/b.ts': "import './c.js'", 'src/c.js': "import '../lib/d.ts'", 'lib/d.ts': tracked }],
  [
    'a folder, by its package.json',
    { 'src/b.ts': "import '../lib'", 'lib/package.json': '{ "types": "./src/c.ts" }', 'lib/src/c.ts': tracked },
  ],
  [
    'a reference without a dot',
    {
      'tsconfig.json': tsconfig({ plugins: [] }, { files: ['src/b.ts'], include: [] }),
      'src/b.ts': '/// <reference path="c.d.ts" />',
      'src/c.d.ts': tracked,
    },
  ],
  [
    'types in a folder',
    {
      'tsconfig.json': tsconfig({ plugins: [], types: ['./types/c'] }),
      'types/c/package.json': '{ "types": "main.d.ts" }',
      'types/c/main.d.ts': tracked,
    },
  ],
  ['files with suffixes', { 'tsconfig.json': tsconfig({ plugins: [], moduleSuffixes: ['.web', ''] }) }],
  ['a name that is made at run time', { 'src/b.ts': 'import(`../lib/${k}.ts`)', 'lib/c.ts': tracked }],
  ['options that are none', { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": null } }' }],
  ['`imports` of the package', { 'src/b.ts': "import '#c'", 'package.json': '{ "imports": { "#c": "./c.ts" } }' }],
  ['Plug’n’Play', { '.pnp.cjs': '' }],
  ['a configuration that cannot be read', { 'tsconfig.json': '{ "extends": "nowhere" }' }],
])('%s may lead to tsgrad', (_, files) => {
  expect(possible(files)).toBe(true)
})

test.each<[string, Files]>([
  ['plain numbers', {}],
  ['packages that are not there', { 'src/b.ts': "import 'c'\nimport '../c'\nimport '#c'" }],
  ['a package that depends on others', { 'src/b.ts': "import 'c'", 'node_modules/c/package.json': '{}' }],
  ['natural math that nothing leads to', { 'lib/c.ts': tracked }],
  ['the name of a package without exports', { 'src/b.ts': "f('me')", 'package.json': '{ "name": "me" }' }],
  ['a package that nothing leads to', { 'node_modules/c/package.json': depending }],
  ['a folder that patterns pass by, without an import', { 'src/.c/d.ts': tracked, 'src/node_modules/e.ts': tracked }],
  ['folders that lead round in a circle', { 'src/b.ts': "import '../src/a'\nimport './b/../a'" }],
])('%s may not', (_, files) => {
  expect(possible(files)).toBe(false)
})

test.each<[string, boolean, string, older?: boolean]>([
  ['names tsgrad nowhere', false, '"node_modules/c": {}, "node_modules/tsgrad": { "bin": { "tsgrad": "main.js" } }'],
  [
    'lets another package need tsgrad',
    true,
    '"node_modules/c": {}, "node_modules/d": { "dependencies": { "tsgrad": "1" } }',
  ],
  ['has tsgrad under another name', true, '"node_modules/c": {}, "node_modules/d": { "name": "tsgrad" }'],
  ['does not know the package', true, '"node_modules/d": {}'],
  ['is older than the package', true, '"node_modules/c": {}', true],
])(
  'where npm’s record of what it installed %s, a package that needs tsgrad counts: %s',
  (_, expected, record, older) => {
    const { root } = new Project(
      {
        'tsconfig.json': config,
        'src/a.ts': "import 'c'",
        'node_modules/c/package.json': depending,
        'node_modules/.package-lock.json': `{ "packages": { ${record} } }`,
      },
      {},
    )
    const time = Date.now() / 1000 + (older ? -60 : 60)
    utimesSync(join(root, 'node_modules/.package-lock.json'), time, time)
    expect(createMentions().possible(join(root, 'tsconfig.json'), join(root, 'src/a.ts'))).toBe(expected)
  },
)

test('the sources of a package that is linked to are looked at, though it does not say that it needs tsgrad', () => {
  const files = { 'tsconfig.json': config, 'src/a.ts': "import '@own/b'\n", 'packages/b/package.json': '{}' }
  const found = ['export {}', tracked].map(text => {
    const { root } = new Project({ ...files, 'packages/b/lib/b.ts': text }, { '@own/b': '../../packages/b' })
    return createMentions().possible(join(root, 'tsconfig.json'), join(root, 'src/a.ts'))
  })
  expect(found).toEqual([false, true])
})

test.each([
  ['up', 'app', '..', "import './up/lib/c.ts'"],
  ['over to a folder whose name begins alike', 'app-web', '../app', "import './up/c.ts'"],
] as const)('a link that leads %s is followed', (_, folder, target, text) => {
  const project = new Project(
    {
      'tsconfig.json': tsconfig({ plugins: [] }, { include: [folder] }),
      [`${folder}/a.ts`]: text,
      'lib/c.ts': tracked,
    },
    {},
  )
  project.write({ 'app/c.ts': tracked })
  symlinkSync(target, join(project.root, folder, 'up'))
  expect(createMentions().possible(join(project.root, 'tsconfig.json'), join(project.root, folder, 'a.ts'))).toBe(true)
})

test('what cannot be read or leads nowhere ends nothing', () => {
  const project = new Project({ 'tsconfig.json': config, 'src/a.ts': "import 'gone'" }, { gone: '/nowhere' })
  execFileSync('mkfifo', [join(project.root, 'src/pipe.ts')])
  symlinkSync('nowhere.ts', join(project.root, 'src/gone.ts'))
  expect(createMentions().possible(join(project.root, 'tsconfig.json'), join(project.root, 'src/a.ts'))).toBe(false)
})

test('a text of UTF-16 may, since it is not looked at', () => {
  const { root } = new Project({ 'tsconfig.json': config }, {})
  mkdirSync(join(root, 'src'))
  for (const [text, expected] of [
    ['\uFEFFexport {}', true],
    ['export {}', false],
  ] as const) {
    writeFileSync(join(root, 'src/a.ts'), Buffer.from(text, expected ? 'utf16le' : 'utf8'))
    expect(createMentions().possible(join(root, 'tsconfig.json'), join(root, 'src/a.ts'))).toBe(expected)
  }
})

test('a text that is given counts instead of that on the disk', () => {
  expect(possible({}, 'src/a.ts', tracked)).toBe(true)
  expect(possible({}, 'src/new.ts', 'export {}')).toBe(false)
})

test.each(['c.ts', 'src/new.ts'])('%s, which an edit gives natural math, is looked at again', name => {
  const project = new Project({ 'tsconfig.json': config, 'src/b.ts': "import '../c'", 'c.ts': '' }, {})
  const mentions = createMentions()
  const afterEdit = (text: string) => {
    project.write({ [name]: text })
    mentions.update([join(project.root, name)])
    return mentions.possible(join(project.root, 'tsconfig.json'), join(project.root, 'src/b.ts'))
  }
  expect(['', 'export {}', tracked].map(afterEdit)).toEqual([false, false, true])
})
