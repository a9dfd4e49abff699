/** Jest runs the project: as CommonJS and as ESM, with other transformers behind ours, and never out of a cache that is not true any more. */
import type { ChildProcess } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { changing, edit } from './changing.ts'
import { errors, failing, fixture, inHosts, packages, placeOf, printed } from './fixture.ts'
import { installedPackages, releasesOf } from './installed.ts'
import { type Files, Project, repository } from './project.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const folder = join(repository, 'test/hosts/jest')
const specs: Files = Object.fromEntries(
  readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')] as const),
)
const modules = (name: string) => join(repository, 'node_modules', name)

/** A project with tsgrad as npm installs it: a copy, for Jest treats what lies in node_modules in another way. */
function projectOf(files: Files = {}, linked: Readonly<Record<string, string | undefined>> = {}): Project {
  const others = { jest: modules('jest'), '@jest': modules('@jest'), '@jridgewell': modules('@jridgewell') }
  const project = new Project(
    { ...fixture, ...specs, ...files },
    { ...packages, ...others, tsgrad: undefined, ...linked },
  )
  for (const name of ['package.json', 'dist'])
    cpSync(join(repository, name), join(project.root, 'node_modules/tsgrad', name), { recursive: true })
  return project
}

interface Result {
  readonly status: number | null
  readonly output: string
  /** The messages of the tests and test files that failed, by the name of the file. */
  readonly failures: Readonly<Record<string, string>>
  readonly passed: number
}

async function jest(project: Project, { isEsm = false, args = [] as readonly string[] } = {}): Promise<Result> {
  const flags = isEsm ? ['--experimental-vm-modules', '--no-warnings'] : []
  const config = args.includes('-c') ? [] : ['-c', isEsm ? 'jest.esm.config.mjs' : 'jest.config.mjs']
  const written = [
    '--json',
    '--outputFile',
    'result.json',
    '--cacheDirectory',
    join(project.root, 'cache'),
    '--ci',
    '-i',
  ]
  const { status, output } = await project.node(
    ...flags,
    'node_modules/jest/bin/jest.js',
    ...config,
    ...written,
    ...args,
  )
  if (!project.exists('result.json')) throw new Error(output)
  const { testResults, numPassedTests } = JSON.parse(project.read('result.json'))
  project.remove('result.json')
  const failures = testResults
    .filter((each: { status: string }) => each.status === 'failed')
    .map(({ name, message }: { name: string; message: string }) => [name.slice(project.root.length + 1), message])
  return { status, output, failures: Object.fromEntries(failures), passed: numPassedTests }
}

/** A test file that imports one file of the project. */
const importing = (name: string) => `import { test } from '@jest/globals'
test('it is imported', async () => { await import('./src/${name}.ts') })
`
const [thrown, called] = failing.places
const shownPlace = ({ file, line, column }: { file: string; line: number; column?: number }) =>
  [file, line, ...(column === undefined ? [] : [column])].join(':')

test('what the runnable project expects is what every host gives', () => {
  expect(printed.length).toBeGreaterThan(4)
  for (const line of printed) expect(specs['main.spec.ts']).toContain(`'${line}'`)
})

describe.each([
  { name: 'CommonJS', isEsm: false },
  { name: 'ESM', isEsm: true },
])('as $name', ({ isEsm }) => {
  const project = projectOf({
    'loss.spec.ts': importing('loss'),
    'model.spec.ts': importing('model'),
    'physics.spec.ts': importing('physics'),
  })
  let cold: Result
  beforeAll(async () => {
    cold = await jest(project, { isEsm })
  })

  test('the project gives its values, and an exception leads to the original lines and columns', () => {
    expect(Object.keys(cold.failures)).toEqual(['failing.spec.ts'])
    expect(cold.passed).toBe(5)
    const message = cold.failures['failing.spec.ts']
    expect(message).toContain(failing.message)
    expect(message).toContain(shownPlace(thrown!))
    // TypeScript's own CommonJS leads to the bracket of a call
    expect(message).toContain(isEsm ? shownPlace(called!) : shownPlace({ file: called!.file, line: called!.line }))
  })

  test('the table of another file decides, although Jest keeps what it transformed', async () => {
    const changed = { 'src/vec.ts': fixture['src/vec.ts']!.replace("'*': 'scale'; 'unary", "'*': 'stretch'; 'unary") }
    project.write(changed)
    const { failures } = await jest(project, { isEsm, args: ['main.spec'] })
    project.write({ 'src/vec.ts': fixture['src/vec.ts']! })
    expect(failures['main.spec.ts']).toMatch(/- +"moved \(6, 12\), mirrored .*\n.*\+ +"moved \(6, 22\), mirrored/)
  })

  test('errors at operators fail the test file, with their places and lines, also where only another file changed', async () => {
    const changed = Object.values(errors)
    expect(changed).toHaveLength(3)
    project.write(Object.assign({}, ...changed.map(({ files }) => files)))
    const { failures } = await jest(project, { isEsm, args: ['loss', 'model', 'physics'] })
    project.write(fixture)
    for (const { file, line, column, code, text } of changed) {
      const message = failures[file.replace('src/', '').replace('.ts', '.spec.ts')]
      expect(message).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
      expect(message).toMatch(new RegExp(`^ *${line} \\| .*\\n *\\| *~+$`, 'm'))
    }
  })

  test('an operator on what a module gives that TypeScript does not find fails the test file', async () => {
    const { files, file, line, column, code, text } = inHosts.module!
    project.write(files)
    const { failures } = await jest(project, { isEsm, args: ['physics'] })
    project.write(fixture)
    expect(failures['physics.spec.ts']).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
  })
})

const mocking = `import { expect, jest, test } from '@jest/globals'
import { weight } from './src/model.ts'
jest.mock('./src/model.ts', () => ({ weight: { num: 'mocked' } }))
test('the mock is there before the import', () => { expect(weight.num).toBe('mocked') })
`

test('jest.mock is done before the imports above it', async () => {
  const project = projectOf({ 'mocking.spec.ts': mocking })
  const { failures, passed } = await jest(project, { args: ['mocking'] })
  expect({ failures, passed }).toEqual({ failures: {}, passed: 1 })
})

test.each(['babel', 'v8'])('coverage by %s counts the original lines and columns', async provider => {
  const project = projectOf()
  const options = ['--coverage', '--coverageReporters=json', `--coverageProvider=${provider}`]
  const { failures } = await jest(project, { args: ['main.spec', ...options] })
  expect(failures).toEqual({})
  const covered = JSON.parse(project.read('coverage/coverage-final.json'))
  const { statementMap, s: counts } = covered[join(project.root, 'src/model.ts')] as {
    statementMap: Record<string, { start: { line: number; column: number } }>
    s: Record<string, number>
  }
  const never = Object.entries(statementMap).filter(([key]) => counts[key] === 0)
  if (provider === 'v8') {
    expect(Object.keys(statementMap)).toHaveLength(fixture['src/model.ts']!.trimEnd().split('\n').length)
    return
  }
  const place = placeOf('src/model.ts', 'throw new RangeError')
  expect(never.map(([, { start }]) => [start.line, start.column + 1])).toEqual([[place.line, place.column]])
})

test('with TypeScript 5.9 the values are the same', async () => {
  const project = projectOf({}, { typescript: modules('typescript-5') })
  const { failures, passed } = await jest(project, { args: ['main.spec', 'math.spec'] })
  expect({ failures, passed }).toEqual({ failures: {}, passed: 2 })
})

test('a compiler that is not supported fails the test file', async () => {
  const project = projectOf({}, { typescript: modules('typescript-7') })
  const { failures } = await jest(project, { args: ['math'] })
  expect(failures['math.spec.ts']).toMatch(/TS93011: TypeScript 7\.0\.2 has no JavaScript API/)
})

/** A transformer of somebody's own, which says what it was given. */
const esbuild = `const { transformSync } = require('esbuild')
module.exports = {
  process(text, fileName, { transformerConfig }) {
    const banner = 'globalThis.given = [...(globalThis.given ?? []), ' + JSON.stringify(text) + '];'
    const options = { loader: 'ts', format: 'cjs', sourcemap: 'inline', sourcefile: fileName, target: 'es2022', supported: { 'dynamic-import': false } }
    return { code: transformSync(text, { ...options, banner, ...transformerConfig }).code }
  },
}
`
const configOf = (then: unknown) =>
  `export default { transform: { '\\\\.[mc]?[jt]sx?$': ['tsgrad/jest', { then: ${JSON.stringify(then)} }] }, transformIgnorePatterns: ['/node_modules/(?!tsgrad/)'] }`

test('a transformer of the user is given lowered TypeScript, and its map leads on to the original', async () => {
  const files = {
    'esbuild.cjs': esbuild,
    'jest.config.mjs': configOf(['<rootDir>/esbuild.cjs', { minifyWhitespace: true }]),
    'given.spec.ts': `import { expect, test } from '@jest/globals'
import './src/model.ts'
declare const given: string[]
test('it was given this', () => { expect(given.join()).toContain('weight.mul(x)') })
`,
  }
  const { failures, passed } = await jest(projectOf(files, { esbuild: modules('esbuild') }))
  expect(failures).toEqual({ 'failing.spec.ts': expect.stringContaining(failing.message) })
  expect(passed).toBe(3)
  expect(failures['failing.spec.ts']).toContain(shownPlace(thrown!))
})

const asynchronous = `module.exports = { createTransformer: async () => ({ process: text => ({ code: text }) }) }`

test('a transformer that is created asynchronously is refused', async () => {
  const files = { 'later.cjs': asynchronous, 'jest.config.mjs': configOf('<rootDir>/later.cjs') }
  const { failures } = await jest(projectOf(files), { args: ['math'] })
  expect(failures['math.spec.ts']).toMatch(
    /error TS93022: Jest's transformer '<rootDir>\/later.cjs' is created asynchronously/,
  )
})

describe('with transformers that people have', async () => {
  const found = await installedPackages(
    ...Object.entries(releasesOf('jest')).map(([name, [version]]) => `${name}@${version}`),
  )
  const commonjs = {
    'package.json': '{}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        module: 'commonjs',
        moduleResolution: 'bundler',
        lib: ['es2023', 'dom'],
        types: [],
        strict: true,
        allowImportingTsExtensions: true,
        noEmit: true,
        skipLibCheck: true,
        sourceMap: true,
      },
    }),
  }
  test.skipIf(!found).each([
    ['ts-jest, which checks types by itself', 'ts-jest'],
    ['@swc/jest', '@swc/jest'],
    [
      'babel-jest',
      [
        'babel-jest',
        {
          presets: [
            ['@babel/preset-env', { targets: { node: 'current' } }],
            ['@babel/preset-typescript', { allowDeclareFields: true }],
          ],
        },
      ],
    ],
  ])('%s (where npm can install it)', async (_, then) => {
    const linked = Object.fromEntries(['ts-jest', '@swc', '@babel'].map(name => [name, join(found!, name)]))
    const project = projectOf(
      { ...commonjs, 'jest.config.mjs': configOf(then) },
      { ...linked, 'babel-jest': modules('babel-jest') },
    )
    const { failures, passed } = await jest(project)
    expect(failures).toEqual({ 'failing.spec.ts': expect.stringContaining(failing.message) })
    expect(failures['failing.spec.ts']).toContain(shownPlace(thrown!))
    expect(passed).toBe(2)
  })
})

const watched = `import { test } from '@jest/globals'
import { leaf, three } from './src/leaf.ts'
import { moved } from './src/physics.ts'
import { Vec2 } from './src/vec.ts'

test('it prints', () => {
  process.stdout.write(\`moved \${moved(new Vec2(1, 2), new Vec2(10, 20), 0.5)}, leaf \${leaf}, three \${three}\\n\`)
})
`

describe.each([
  { name: 'in its own process', args: ['-i'], isKept: true },
  { name: 'with workers', args: ['-w', '2'], isKept: false },
])('watching $name', ({ args, isKept }) => {
  const project = projectOf({ ...changing, 'watched.spec.ts': watched })
  let watcher: ChildProcess
  let output = ''
  const take = (chunk: Buffer) => (output += stripVTControlCharacters(String(chunk)))
  beforeAll(() => {
    const all = ['-c', 'jest.config.mjs', '--watchAll', '--cacheDirectory', join(project.root, 'cache'), ...args]
    watcher = project.start('node_modules/jest/bin/jest.js', ...all, 'watched.spec', 'math.spec')
    watcher.stdout!.on('data', take)
    watcher.stderr!.on('data', take)
  })
  afterAll(async () => {
    const ended = new Promise(resolve => watcher.on('close', resolve))
    watcher.kill()
    await ended
  })

  /** Waits for a text in what was printed since the last time, and for the end of the run. */
  const prints = async (text: string) => {
    for (const each of [text, 'Ran all test suites'])
      await expect.poll(() => output, { timeout: 60_000, interval: 50 }).toContain(each)
    output = ''
  }

  test('an edit of a table, and of an inferred type, is seen by the tests whose operators it concerns', async () => {
    await prints('moved (6, 12), leaf 7, three 3')
    edit(project, 'leaf')
    await prints('moved (6, 12), leaf 16, three 3')
    edit(project, 'table')
    // what Jest keeps in memory cannot be taken from it: it is never run
    if (isKept)
      return prints('error TS93023: A change in another file changed the meaning of operators in src/physics.ts')
    await prints('moved (6, 22), leaf 16, three 3')
    edit(project, 'lost')
    const { file, line, column, code, text } = { ...errors.table }
    await prints(`${file}:${line}:${column} - error TS${code}: ${text}`)
    edit(project, 'found')
    await prints('moved (6, 12), leaf 16, three 3')
    edit(project, 'inferred')
    await prints('moved (6, 12), leaf 21, three 6')
    expect(watcher.exitCode).toBe(null)
  })
})
