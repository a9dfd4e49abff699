/**
 * A package that exports its TypeScript, linked into node_modules as npm's and pnpm's workspaces do it, or copied there: each host lowers
 * it by its types like a file of the project, or fails.
 */
import { spawn } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { MAIN } from '../command/compilers.ts'
import { type Bundler, bundlers, named, projectOf } from './bundlers.ts'
import { packages } from './fixture.ts'
import { bunOf, installedPackages, nodeOf, releasesOf } from './installed.ts'
import { command, type Files, type Packages, Project, type Run, repository, run, tsconfig } from './project.ts'
import { typescripts } from './typescripts.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const modules = (name: string) => join(repository, 'node_modules', name)
const withoutPlugins = { plugins: undefined, noEmit: true, module: 'esnext', moduleResolution: 'bundler' }
const bundled = tsconfig({
  ...withoutPlugins, // ts-loader wants all sources below it
  rootDir: '..',
  allowImportingTsExtensions: true,
})

/** A package with natural math whose entry is its source; `vectors` is its name. */
const vectors: Files = {
  'package.json':
    '{ "name": "vectors", "type": "module", "exports": "./src/index.ts", "dependencies": { "tsgrad": "*" } }',
  'tsconfig.json': bundled,
  'src/index.ts': `import { V } from './v.ts'
export { V }
export const doubled = (v: V) => v * 2
`,
  'src/v.ts': `import type { operators } from 'tsgrad'
export class V {
  declare readonly [operators]: { '*': 'times' }
  readonly x: number
  constructor(x: number) {
    this.x = x
  }
  times(by: number): V {
    return new V(this.x * by)
  }
}
`,
}
/** A project that multiplies what the package's function returns, whose type nobody writes down: 6. */
const app: Files = {
  'tsconfig.json': bundled,
  'src/main.ts': `import { doubled, V } from 'vectors'
const six = doubled(new V(1)) * 3
console.log(six.x)
`,
  'src/failing.ts': 'export {}\n',
}
const six: Run = { status: 0, output: '6\n' }
const linked = new Project(vectors, { tsgrad: repository })
/** Rollup resolves packages by a plugin. */
const resolver = await installedPackages('@rollup/plugin-node-resolve@16.0.3')
const rollupConfig = `import { nodeResolve } from '@rollup/plugin-node-resolve'
import esbuild from 'rollup-plugin-esbuild'
import tsgrad from 'tsgrad/rollup'
export default {
  input: 'src/main.ts',
  plugins: [tsgrad(), nodeResolve({ extensions: ['.ts', '.js'] }), esbuild({ exclude: [] })],
  output: { dir: 'out' },
}
`
const projectFor = (bundler: Bundler, others: Packages = {}) =>
  bundler.name === 'rollup'
    ? projectOf(
        bundler,
        { 'rollup.config.js': rollupConfig },
        { ...others, ...(resolver && { '@rollup': join(resolver, '@rollup') }) },
        app,
      )
    : projectOf(bundler, {}, others, app)

const copyInto = (project: Project) =>
  cpSync(linked.root, join(project.root, 'node_modules/vectors'), {
    recursive: true,
    filter: from => !from.endsWith('node_modules'),
  })
const read = (name: string) => readFileSync(join(repository, 'test/hosts', name), 'utf8')
const spec = (runner: string) => `import { expect, test } from '${runner}'
import { doubled, V } from 'vectors'
test('six', () => expect((doubled(new V(1)) * 3).x).toBe(6))
`
const runIn = (folder: string, program: string, ...args: readonly string[]) =>
  run(spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))
const emitting = {
  lib: ['es2023', 'dom'],
  module: 'esnext',
  moduleResolution: 'bundler',
  rewriteRelativeImportExtensions: true,
}
const compiled: Files = {
  'tsconfig.json': tsconfig({ ...emitting, plugins: undefined }),
  'src/main.ts': app['src/main.ts']!.replace('const six', 'export const six'),
}

describe.concurrent('a linked package is lowered', () => {
  // Farm does not follow links
  test.each(bundlers.filter(({ isCopied }) => !isCopied))('by $name', async bundler => {
    const project = projectFor(bundler, { vectors: linked.root })
    const built = await project.node(...bundler.command)
    expect(built.status, built.output).toBe(0)
    expect(await project.node('out/main.js')).toEqual(six)
  })

  test('by Vitest', async () => {
    const others = Object.fromEntries(['vitest', 'vite', 'unplugin', '@jridgewell'].map(name => [name, modules(name)]))
    const project = new Project(
      { ...app, 'vitest.config.js': read('vitest/vitest.config.js'), 'six.spec.ts': spec('vitest') },
      { ...packages, ...others, vectors: linked.root },
    )
    const { status, output } = await project.node('node_modules/vitest/vitest.mjs', 'run')
    expect(output).toMatch(/1 passed/)
    expect(status).toBe(0)
  })

  test('by Jest', async () => {
    const others = Object.fromEntries(['jest', '@jest', '@jridgewell'].map(name => [name, modules(name)]))
    const config = read('jest/jest.esm.config.mjs')
    const project = new Project(
      { ...app, 'jest.config.mjs': config, 'six.spec.ts': spec('@jest/globals') },
      { ...packages, ...others, vectors: linked.root },
    )
    const run = await project.node('--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js')
    expect(run.output).toMatch(/1 passed, 1 total/)
    expect(run.status).toBe(0)
  })

  test('by Node', async () => {
    const binary = await nodeOf(releasesOf('node').Node!.at(-2)!)
    const project = new Project(app, { ...packages, vectors: linked.root })
    expect(await runIn(project.root, binary!, '--import', 'tsgrad/register', 'src/main.ts')).toEqual(six)
  })

  test.each(['linked', 'copied'])('by Bun, %s', async how => {
    const binary = await bunOf(releasesOf('bun').Bun![0]!)
    const project = new Project(app, { ...packages, ...(how === 'linked' && { vectors: linked.root }) })
    if (how === 'copied') copyInto(project)
    expect(await runIn(project.root, binary!, '--preload', 'tsgrad/register', 'src/main.ts')).toEqual(six)
  })

  test.each(typescripts)('by tsgrad check and build, with TypeScript $version', async ({ folder }) => {
    const project = new Project(compiled, { ...packages, typescript: folder, vectors: linked.root })
    expect(await project.node(MAIN, 'check')).toEqual({ status: 0, output: '' })
    expect(await project.node(MAIN, 'build')).toEqual({ status: 0, output: '' })
    // like tsc, it writes the project's own files only
    expect(Object.keys(project.all('out'))).toEqual(['main.d.ts', 'main.js'])
    expect(project.read('out/main.js')).toContain('six = doubled(new V(1)).times(3)')
    expect(project.read('out/main.d.ts')).toContain('six: V')
  })

  test('by tspc', async () => {
    const project = new Project(
      { ...compiled, 'tsconfig.json': tsconfig(emitting) },
      { ...packages, vectors: linked.root },
    )
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/main.js')).toContain('six = doubled(new V(1)).times(3)')
    expect(project.read('out/main.d.ts')).toContain('six: V')
  })
})

describe.concurrent('a package that is copied into node_modules is lowered', () => {
  // in the configurations for the others no loader takes it, so they fail
  test.each(['vite', 'rollup', 'rolldown', 'esbuild', 'farm'].map(named))('by $name', async bundler => {
    const project = projectFor(bundler)
    copyInto(project)
    const built = await project.node(...bundler.command)
    expect(built.status, built.output).toBe(0)
    expect(await project.node('out/main.js')).toEqual(six)
  })

  test("by Vite's dev server, which bundles packages apart", async () => {
    const page = '<script type="module" src="/src/main.ts"></script>'
    const asking = `import { createServer } from 'vite'
const server = await createServer({ server: { middlewareMode: true } })
const { code } = await server.transformRequest('/src/main.ts')
const bundled = await server.transformRequest(/"([^"]*vectors[^"]*)"/.exec(code)[1])
console.log(bundled.code)
await server.close()
`
    const project = projectOf(named('vite'), { 'index.html': page, 'dev.js': asking }, {}, app)
    copyInto(project)
    const { output } = await project.node('dev.js')
    expect(output).toContain('doubled = (v) => v.times(2)')
  })
})

describe('a workspace with a source package, a built one and its plain consumer', async () => {
  const packing = new Project({}, {})
  const packed = await command('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packing.root])
  const pnpm = await installedPackages('pnpm@10.24.0')
  const managers = {
    npm: { command: ['npm'], install: ['install', '--no-audit', '--no-fund', '--ignore-scripts'], run: ['exec', '--'] },
    pnpm: {
      command: ['node', join(pnpm!, 'pnpm/bin/pnpm.cjs')],
      install: ['install', '--ignore-scripts'],
      run: ['exec'],
    },
  }

  test.each(Object.entries(managers))('is built and run after %s install', async (_, { command, install, run }) => {
    const [program, ...args] = command as [string, ...string[]]
    const project = new Project(monorepo(`file:${join(packing.root, packed.output.trim())}`), {})
    const { status, output } = await runIn(project.root, program, ...args, ...install)
    expect(status, output).toBe(0)
    const [app, consumer] = ['packages/app', 'packages/consumer'].map(name => join(project.root, name))
    expect(await runIn(app!, program, ...args, ...run, 'tsgrad', 'build', '-b')).toEqual({ status: 0, output: '' })
    expect(await runIn(app!, process.execPath, 'build.js')).toEqual({ status: 0, output: '' })
    expect(await runIn(app!, process.execPath, 'out/main.js')).toEqual({ status: 0, output: '6 12\n' })
    expect(await runIn(consumer!, program, ...args, ...run, 'tsc')).toEqual({ status: 0, output: '' })
    expect(await runIn(consumer!, process.execPath, 'out/main.js')).toEqual(six)
  })
})

/** `vectors` is imported as source, `lengths` as what `tsgrad build -b` makes of it, also by a project that has no tsgrad. */
function monorepo(tsgrad: string): Files {
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const { esbuild, typescript } = devDependencies as Readonly<Record<string, string>>
  const own = (name: string, rest: object) =>
    JSON.stringify({ name, version: '1.0.0', type: 'module', private: true, ...rest })
  const building = { composite: true, plugins: undefined, lib: ['es2023', 'dom'] }
  return {
    'package.json': own('all', { workspaces: ['packages/*'] }),
    'pnpm-workspace.yaml': "packages: ['packages/*']\nlinkWorkspacePackages: true\n",
    'packages/vectors/package.json': own('vectors', { exports: './src/index.ts', dependencies: { tsgrad } }),
    'packages/vectors/tsconfig.json': bundled,
    'packages/vectors/src/index.ts': vectors['src/index.ts']!,
    'packages/vectors/src/v.ts': vectors['src/v.ts']!,
    'packages/lengths/package.json': own('lengths', {
      exports: { types: './out/index.d.ts', default: './out/index.js' },
      dependencies: { tsgrad },
    }),
    'packages/lengths/tsconfig.json': tsconfig(building),
    'packages/lengths/src/index.ts': `${vectors['src/v.ts']!.replaceAll('V', 'Length')}export const doubled = (length: Length) => length * 2\n`,
    'packages/app/package.json': own('app', {
      dependencies: { tsgrad, typescript, esbuild, vectors: '1.0.0', lengths: '1.0.0' },
    }),
    'packages/app/tsconfig.json': tsconfig(
      {
        ...building,
        module: 'esnext',
        moduleResolution: 'bundler',
        emitDeclarationOnly: true,
        outDir: 'types',
        allowImportingTsExtensions: true,
      },
      { references: [{ path: '../lengths' }] },
    ),
    'packages/app/src/main.ts': `import { doubled as twice, Length } from 'lengths'
import { doubled, V } from 'vectors'
export const six = doubled(new V(1)) * 3
export const twelve = twice(new Length(2)) * 3
console.log(six.x, twelve.x)
`,
    'packages/app/build.js': `import { build } from 'esbuild'
import tsgrad from 'tsgrad/esbuild'
await build({ entryPoints: ['src/main.ts'], bundle: true, format: 'esm', outfile: 'out/main.js', plugins: [tsgrad()] })
`,
    'packages/consumer/package.json': own('consumer', { dependencies: { typescript, lengths: '1.0.0' } }),
    'packages/consumer/tsconfig.json': tsconfig({ plugins: undefined, lib: ['es2023', 'dom'] }),
    'packages/consumer/src/main.ts': `import { doubled, Length } from 'lengths'
const six: Length = doubled(new Length(3))
console.log(six.x)
`,
  }
}
