/** The packed package, as npm would install it: it compiles and runs in an empty project, for every kind of module. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { beforeAll, describe, expect, test } from 'vitest'
import { command, installed, Project, type Run, repository, tsconfig } from './project.ts'

const program = `import { NumberWithGrad, type Numeric } from 'tsgrad'
const a = new NumberWithGrad(3)
export const b = a * 4
export const c = b + 3
c.backward()
export const square = (x: Numeric) => x * x + 1
console.log(a.grad, b.grad, square(2), String(square(a)))
`
const programWithRequire = `import tsgrad = require('tsgrad')
const a = new tsgrad.NumberWithGrad(3)
const b = a * 4
const c = b + 3
c.backward()
const square = (x: tsgrad.Numeric) => x * x + 1
console.log(a.grad, b.grad, square(2), String(square(a)))
export = { b, c, square }
`

interface Kind {
  readonly name: string
  readonly type: 'module' | 'commonjs'
  readonly options: object
  readonly source?: string
  /** What the JavaScript must hold. */
  readonly emitted: readonly string[]
  /** What the declarations must hold. */
  readonly declared?: readonly string[]
}

const declared = ['const b: NumberWithGrad;', 'const c: NumberWithGrad;', 'const square: (x: Numeric) => Numeric;']
const esm = ['b = a.mul(4);', 'c = b.add(3);', "import { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad';"]
const commonjs = ['exports.b = a.mul(4);', 'exports.c = exports.b.add(3);', '.dispatchBinary)(', 'require("tsgrad")']
/** module-modes.test.ts has all kinds of modules under all options; here it is the package that is tried. */
const kinds: readonly Kind[] = [
  { name: 'esm', type: 'module', options: {}, emitted: esm },
  { name: 'commonjs', type: 'commonjs', options: { module: 'commonjs' }, emitted: commonjs },
  {
    name: 'verbatim-commonjs',
    type: 'commonjs',
    options: { verbatimModuleSyntax: true },
    source: programWithRequire,
    emitted: ['b = a.mul(4);', 'c = b.add(3);', 'const __tsgrad = require("tsgrad");', '__tsgrad.dispatchBinary('],
    declared: [
      'b: tsgrad.NumberWithGrad;',
      'c: tsgrad.NumberWithGrad;',
      'square: (x: tsgrad.Numeric) => tsgrad.Numeric;',
    ],
  },
]

const project = new Project(
  {
    'global.d.ts': 'declare var console: { log(...values: unknown[]): void }\n',
    ...Object.fromEntries(
      kinds.flatMap(({ name, type, options, source = program }) => [
        [`${name}/package.json`, JSON.stringify({ type })],
        [`${name}/tsconfig.json`, tsconfig({ sourceMap: true, ...options }, { files: ['../global.d.ts'] })],
        [`${name}/src/main.ts`, source],
      ]),
    ),
  },
  {
    ...installed,
    tsgrad: undefined,
    '@jridgewell': join(repository, 'node_modules/@jridgewell'),
    diff: join(repository, 'node_modules/diff'),
    'jsonc-parser': join(repository, 'node_modules/jsonc-parser'),
  },
)
const tarball = () => join(project.root, readdirSync(project.root).find(name => name.endsWith('.tgz'))!)

beforeAll(async () => {
  const packed = await command('npm', ['pack', '--ignore-scripts', '--pack-destination', project.root])
  expect(packed.output).toContain('tsgrad-')
  const target = join(project.root, 'node_modules/tsgrad')
  mkdirSync(target)
  const unpacked = await command('tar', ['-xzf', tarball(), '-C', target, '--strip-components', '1'])
  expect(unpacked).toEqual({ status: 0, output: '' })
})

test('the tarball holds what is built and the pages, and no sources or tests', () => {
  const files = Object.keys(project.all('node_modules/tsgrad'))
  expect(files).toContain('dist/transformer/index.js')
  expect(files).toContain('dist/runtime/index.d.ts')
  expect(files).toContain('tsserver/package.json')
  expect(files).toContain('dist/tsserver/index.cjs')
  expect(
    files.filter(
      name =>
        !/^(?:dist\/.*\.(?:js|d\.ts)|dist\/(?:tsserver\/index|interop\/\w+)\.cjs|docs\/.*\.(?:md|svg)|tsserver\/package\.json|package\.json|LICENSE|README\.md|CHANGELOG\.md)$/.test(
          name,
        ),
    ),
  ).toEqual([])
})

describe.concurrent.each(kinds)('as $name', ({ name, emitted, declared: declarations = declared }) => {
  let compiled: Run
  beforeAll(async () => {
    compiled = await project.tspc('-p', name, '--declaration', '--sourceMap')
  })

  test('natural math is compiled to method calls with the right types', ({ expect }) => {
    expect(compiled).toEqual({ status: 0, output: '' })
    for (const text of emitted) expect(project.read(`${name}/out/main.js`)).toContain(text)
    const types = project.read(`${name}/out/main.d.ts`)
    for (const text of declarations) expect(types).toContain(text)
    expect(project.exists(`${name}/out/main.js.map`)).toBe(true)
  })

  test('the program runs and has its gradients', async ({ expect }) => {
    expect(await project.node(`${name}/out/main.js`)).toEqual({ status: 0, output: '4 1 5 10\n' })
  })
})

test('the command runs as npm links it, and says what adopt lacks without ts-morph', async () => {
  const { bin } = JSON.parse(project.read('node_modules/tsgrad/package.json'))
  const main = join('node_modules/tsgrad', bin.tsgrad)
  expect(project.read(main)).toMatch(/^#!\/usr\/bin\/env node\n/)
  const help = await project.node(main, '--help')
  expect(help.output).toMatch(/^usage: tsgrad <command>.* adopt .* eject .* explain /s)
  expect(help.status).toBe(0)
  expect(await project.node(main, 'adopt', 'esm')).toEqual({
    status: 1,
    output: 'tsgrad adopt needs ts-morph, which is not installed. Install it: npm install --save-dev ts-morph@28\n',
  })
})

test('publint finds nothing in the package', async () => {
  const { messages } = await publint({ pkgDir: join(project.root, 'node_modules/tsgrad'), strict: true, pack: false })
  expect(messages).toEqual([])
})

test('the types of every entry are found by ESM and by bundlers', async () => {
  const { status, output } = await command('node_modules/.bin/attw', [
    tarball(),
    ...['--profile', 'esm-only', '--format', 'table-flipped', '--no-color'],
    // the entries of libraries have types alone, which are the same for `require`
    ...['--ignore-rules', 'false-esm'],
  ])
  const rows = [...output.matchAll(/"tsgrad(\/[^"]+)" *│ 🟢 \((?:ESM|JSON)\) *│ 🟢/g)].map(([, entry]) => `.${entry}`)
  const { exports } = JSON.parse(project.read('node_modules/tsgrad/package.json'))
  expect(['.', ...rows]).toEqual(Object.keys(exports))
  expect(status).toBe(0)
})
