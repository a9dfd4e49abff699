/** The bundlers and the project that each of them builds, as its page in docs/hosts says. */
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixture, packages } from './fixture.ts'
import { type Files, type Packages, Project, repository } from './project.ts'

export interface Bundler {
  readonly name: string
  /** The command, as a user would give it. */
  readonly command: readonly string[]
  readonly packages: readonly string[]
  /** It does not follow links out of the project: tsgrad is copied in, and what it needs. */
  readonly isCopied?: true
  /** Its maps lead to the right lines, but not columns, with any TypeScript; what two entries share has none. */
  readonly hasMaps?: false
  /** How many of the methods lead to their operators exactly, at least. */
  readonly fewest?: number
}

export const bundlers: readonly Bundler[] = [
  { name: 'vite', command: ['node_modules/vite/bin/vite.js', 'build'], packages: ['vite'], fewest: 10 },
  {
    name: 'rollup',
    command: ['node_modules/rollup/dist/bin/rollup', '-c'],
    packages: ['rollup', 'rollup-plugin-esbuild'],
  },
  { name: 'rolldown', command: ['node_modules/rolldown/bin/cli.mjs', '-c'], packages: ['rolldown'] },
  { name: 'esbuild', command: ['build.js'], packages: ['esbuild'] },
  { name: 'webpack', command: ['build.js'], packages: ['webpack', 'ts-loader'] },
  { name: 'rspack', command: ['build.js'], packages: ['@rspack/core'] },
  {
    name: 'farm',
    command: ['build.js'],
    packages: [
      '@farmfe/core',
      'unplugin',
      '@jridgewell',
      'picomatch',
      'webpack-virtual-modules',
      '@rolldown/pluginutils',
    ],
    isCopied: true,
    hasMaps: false,
  },
]

/** @param sources are the project's own files: the fixture, with changes, if not others. */
export function projectOf(
  { name, packages: names, isCopied }: Bundler,
  changes: Files = {},
  others: Packages = {},
  sources: Files = fixture,
): Project {
  const folder = join(repository, 'test/hosts', name)
  const own = readdirSync(folder).map(each => [each, readFileSync(join(folder, each), 'utf8')])
  const linked = Object.fromEntries(names.map(each => [each, join(repository, 'node_modules', each)]))
  const all = { ...packages, ...linked, ...(isCopied && { tsgrad: undefined, 'decimal.js': undefined }), ...others }
  const project = new Project({ ...sources, ...Object.fromEntries(own), ...changes }, all)
  if (isCopied) {
    const copy = (from: string, to: string) =>
      cpSync(join(repository, from), join(project.root, 'node_modules', to), { recursive: true })
    for (const each of ['dist', 'package.json']) copy(each, `tsgrad/${each}`)
    copy('node_modules/decimal.js', 'decimal.js')
  }
  return project
}

export const named = (name: string) => bundlers.find(each => each.name === name)!
