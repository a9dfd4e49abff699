/**
 * npm and pnpm install the packed package beside any release of the tools that it integrates with, also those that it refuses to work
 * with; and the oldest releases that its parts accept do work.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { oldestReleases } from '../../transformer/hosts/modules/oldest-releases.ts'
import { installedPackages } from './installed.ts'
import { command, installed, Project, repository } from './project.ts'

const { peerDependencies, devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  peerDependencies: Readonly<Record<string, string>>
  devDependencies: { typescript: string }
}

/** Releases beside which somebody may have tsgrad for another part of it: each peer far older than any part accepts, then in between. */
const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'far too old': {
    '@farmfe/core': '1.2.0',
    '@rspack/core': '0.7.5',
    '@tensorflow/tfjs-core': '3.21.0',
    'decimal.js': '9.0.1',
    esbuild: '0.17.19',
    eslint: '8.57.1',
    mathjs: '12.4.3',
    rolldown: '0.15.0',
    rollup: '2.79.2',
    three: '0.120.1',
    'ts-morph': '21.0.1',
    'ts-patch': '2.1.0',
    typescript: '5.4.5',
    'typescript-eslint': '7.18.0',
    vite: '4.5.14',
    webpack: '4.47.0',
  },
  'of templates': { eslint: '^9', mathjs: '^14', rollup: '^3', vite: '^5', typescript: '~5.8.3', 'ts-morph': '^27' },
  newest: Object.fromEntries(
    Object.keys(peerDependencies)
      // its own peers do not allow the newest TypeScript
      .filter(name => name !== 'typescript-eslint')
      .map(name => [name, 'latest']),
  ),
}

test('every peer is tried', () => expect(Object.keys(sets['far too old']!)).toEqual(Object.keys(peerDependencies)))

describe('an installation succeeds', async () => {
  const project = new Project({}, {})
  const packed = await command('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project.root])
  const tarball = join(project.root, packed.output.trim())
  const folderWith = (name: string, peers: object) => {
    const folder = join(project.root, name)
    mkdirSync(folder, { recursive: true })
    const dependencies = { ...peers, tsgrad: `file:${tarball}` }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', private: true, dependencies }))
    return folder
  }

  test.each(Object.entries(sets))('by npm, beside peers that are %s', async (name, peers) => {
    const options = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']
    const { status, output } = await command('npm', [
      'install',
      '--prefix',
      folderWith(`npm ${name}`, peers),
      ...options,
    ])
    expect({ status, output }).toEqual({ status: 0, output: expect.not.stringMatching(/ERESOLVE|tsgrad/) })
  })

  test.each(Object.entries(sets))('by pnpm, beside peers that are %s', async (name, peers) => {
    const pnpm = await installedPackages('pnpm@10.24.0')
    if (!pnpm) throw new Error('npm does not install pnpm')
    const options = ['--lockfile-only', '--ignore-scripts', '--ignore-workspace']
    const program = join(pnpm, 'pnpm/bin/pnpm.cjs')
    const { output } = await command('node', [program, '-C', folderWith(`pnpm ${name}`, peers), 'install', ...options])
    expect(output).toMatch(/Done in/)
    expect(output).not.toMatch(/[─┬] tsgrad/)
  })
})

const program = `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(2)
const y = a * 4 + 3
y.backward()
console.log(y.num, a.grad)
`
const bundler = (name: string, options: string) => `import tsgrad from 'tsgrad/${name}'
export default ${options}
`
/** What a project needs beside its program, and the command that builds it to out/main.js, by the part of tsgrad. */
const builds: Readonly<Record<string, { files: Readonly<Record<string, string>>; build: readonly string[] }>> = {
  vite: {
    files: {
      'vite.config.js': bundler(
        'vite',
        `{ plugins: [tsgrad()], build: { outDir: 'out', lib: { entry: 'src/main.ts', formats: ['es'], fileName: 'main' } } }`,
      ),
    },
    build: ['node_modules/vite/bin/vite.js', 'build'],
  },
  rollup: {
    files: {
      'rollup.config.js': bundler(
        'rollup',
        `{ input: 'src/main.ts', external: ['tsgrad'], plugins: [tsgrad()], output: { file: 'out/main.js' } }`,
      ),
    },
    build: ['node_modules/rollup/dist/bin/rollup', '-c'],
  },
  esbuild: {
    files: {
      'build.js': `import { build } from 'esbuild'
import tsgrad from 'tsgrad/esbuild'
await build({ entryPoints: ['src/main.ts'], bundle: true, format: 'esm', outfile: 'out/main.js', plugins: [tsgrad()] })
`,
    },
    build: ['build.js'],
  },
}

describe('the oldest accepted release works', () => {
  test.each(Object.entries(builds))('of the bundler behind tsgrad/%s', async (part, { files, build }) => {
    const [[name, release]] = Object.entries(oldestReleases[part as 'vite']) as [[string, string]]
    const modules = await installedPackages(`${name}@${release}`)
    if (!modules) throw new Error(`npm does not install ${name}@${release}`)
    const links = { ...installed, [name]: join(modules, name) }
    const project = new Project({ 'src/main.ts': program, ...files }, links)
    const built = await project.node(...build)
    expect(built.status, built.output).toBe(0)
    expect(await project.node('out/main.js')).toEqual({ status: 0, output: '11 4\n' })
  })

  test('of ESLint, with the trap found', async () => {
    const { eslint, 'typescript-eslint': ours } = oldestReleases.eslint
    const modules = await installedPackages(
      `eslint@${eslint}`,
      `typescript-eslint@${ours}`,
      `typescript@${devDependencies.typescript}`,
    )
    if (!modules) throw new Error('npm does not install ESLint')
    const links = Object.fromEntries(
      ['eslint', 'typescript-eslint', 'typescript', '@typescript-eslint', '@eslint'].map(name => [
        name,
        join(modules, name),
      ]),
    )
    const config = `import tsgrad from 'tsgrad/eslint'
import tseslint from 'typescript-eslint'
export default tseslint.config({ files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked, tsgrad.configs.recommended] })
`
    const source = `${program.replace(/console.*\n/, '')}export const same = a === y\n`
    const project = new Project({ 'eslint.config.js': config, 'src/main.ts': source }, { ...links, tsgrad: repository })
    const { status, output } = await project.node('node_modules/eslint/bin/eslint.js', 'src')
    expect(output).toMatch(/5:21 +error .* tsgrad\/no-tracked-equality\n\n✖ 1 problem/)
    expect(status).toBe(1)
  })
})
