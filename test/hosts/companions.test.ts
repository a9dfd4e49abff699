/** Real plugins of others beside ours: the build is right, or it fails and says how to go on. */
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fixture, packages, printed } from './fixture.ts'
import { installedPackages } from './installed.ts'
import { type Files, Project, type Run, repository } from './project.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 })

const names = {
  '@rollup/plugin-typescript': '12.3.1',
  rollup: '4.68.8',
  'rollup-plugin-dts': '6.5.1',
  tsdown: '0.21.10',
  tslib: '2.8.1',
  typescript: '6.0.3',
  vite: '8.3.8',
  'vite-plugin-dts': '5.1.2',
}
const folder = await installedPackages(...Object.entries(names).map(([name, version]) => `${name}@${version}`))
if (!folder) throw new Error('npm does not install the plugins')
const theirs = Object.fromEntries(Object.keys(names).map(name => [name, join(folder, name)]))
const ours = Object.fromEntries(
  ['rollup-plugin-esbuild', 'ts-loader', 'webpack'].map(name => [name, join(repository, 'node_modules', name)]),
)

const vite = ['node_modules/vite/bin/vite.js', 'build']
const rollup = ['node_modules/rollup/dist/bin/rollup', '-c']
const viteConfig = (imports: string, plugins: string) => `import tsgrad from 'tsgrad/vite'
${imports}
const lib = { entry: 'src/main.ts', formats: ['es'], fileName: 'main' }
const rolldownOptions = { external: [/^tsgrad/, 'decimal.js'] }
export default { plugins: [${plugins}], build: { outDir: 'out', minify: false, lib, rolldownOptions } }
`
const rollupConfig = (imports: string, plugins: string) => `import tsgrad from 'tsgrad/rollup'
${imports}
export default {
  input: 'src/main.ts',
  external: [/^tsgrad/, 'decimal.js'],
  plugins: [${plugins}],
  output: { dir: 'out' },
}
`
const build = async (files: Files, command: readonly string[]): Promise<Run & { readonly project: Project }> => {
  const project = new Project({ ...fixture, ...files }, { ...packages, ...theirs, ...ours })
  return { ...(await project.node(...command)), project }
}

const typescriptPlugin = `import typescript from '@rollup/plugin-typescript'\nconst compiled = typescript({ outDir: 'out', noEmitOnError: false })`
const typeRemover = `import esbuild from 'rollup-plugin-esbuild'`
const rows: readonly [string, string, Files, readonly string[]][] = [
  [
    '@rollup/plugin-typescript behind ours',
    'TS93015',
    { 'rollup.config.js': rollupConfig(typescriptPlugin, 'tsgrad(), compiled') },
    rollup,
  ],
  [
    '@rollup/plugin-typescript before ours',
    'TS93015',
    { 'rollup.config.js': rollupConfig(typescriptPlugin, 'compiled, tsgrad()') },
    rollup,
  ],
  [
    'rollup-plugin-dts',
    "TS93017: The plugin 'dts'",
    { 'rollup.config.js': rollupConfig(`import { dts } from 'rollup-plugin-dts'`, 'tsgrad(), dts()') },
    rollup,
  ],
  [
    'vite-plugin-dts',
    "TS93017: The plugin 'unplugin-dts'",
    { 'vite.config.js': viteConfig(`import dts from 'vite-plugin-dts'`, 'tsgrad(), dts()') },
    vite,
  ],
  [
    'dts of tsdown',
    "TS93017: The plugin 'rolldown-plugin-dts:generate'",
    {
      'tsdown.config.js': `import tsgrad from 'tsgrad/rolldown'
export default { entry: ['src/main.ts'], dts: true, plugins: [tsgrad()], outDir: 'out' }
`,
    },
    ['node_modules/tsdown/dist/run.mjs'],
  ],
]

test.concurrent.each(rows)('%s fails the build by %s', async (_, error, files, command) => {
  const { status, output } = await build(files, command)
  expect(status, output).not.toBe(0)
  expect(output).toContain(error)
})

test('a remover of types before ours gets the lowered text', async () => {
  const files = { 'rollup.config.js': rollupConfig(typeRemover, 'esbuild(), tsgrad()') }
  const { status, output, project } = await build(files, rollup)
  expect(status, output).toBe(0)
  expect(await project.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
})

test('tsgrad build writes the declarations that a bundler does not', async () => {
  const command = 'node_modules/tsgrad/dist/command/main.js'
  const args = ['build', '--declaration', '--emitDeclarationOnly', '--outDir', 'types']
  const { status, output, project } = await build({}, [command, ...args])
  expect(status, output).toBe(0)
  expect(Object.keys(project.all('types')).every(name => name.endsWith('.d.ts'))).toBe(true)
  expect(project.read('types/model.d.ts')).toContain('predict: (x: number) => NumberWithGrad')
})

test('ts-loader without transpileOnly gives the values and the declarations', async () => {
  const built = `import { resolve } from 'node:path'
import tsgrad from 'tsgrad/webpack'
import webpack from 'webpack'
const compilerOptions = { module: 'esnext', noEmit: false, declaration: true, declarationDir: resolve('out') }
const options = { compilerOptions, onlyCompileBundledFiles: true }
const compiler = webpack({
  mode: 'development',
  target: 'node',
  entry: './src/main.ts',
  output: { path: resolve('out'), filename: 'main.js', module: true, chunkFormat: 'module' },
  experiments: { outputModule: true },
  plugins: [tsgrad()],
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  module: { rules: [{ test: /\\.ts$/, exclude: /node_modules/, loader: 'ts-loader', options }] },
})
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'))
  compiler.close(() => {})
})
`
  const { status, output, project } = await build({ 'build.js': built }, ['build.js'])
  expect(status, output).toBe(0)
  expect(await project.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
  expect(project.read('out/model.d.ts')).toContain('predict: (x: number) => NumberWithGrad')
})
