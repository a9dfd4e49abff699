// What tsgrad costs in hosts that this repository does not install: a build, or a run, of a project without tracked numbers, with tsgrad
// in its configuration and without it, as the host's page says. `node bench/other-hosts.mjs [files] [runs]`, after a build. HOSTS=tsup,next
// chooses; NODE_BINARY names a Node of at least 22.22, which Angular and Node's own removal of types need.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from '../scripts/load.mjs'
import { writeProject } from './dense-project.mjs'
import { measured, printRatios } from './measured.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)
const repository = fileURLToPath(new URL('..', import.meta.url))
const root = join(tmpdir(), 'tsgrad-bench', 'other-hosts')
const node = process.env.NODE_BINARY ?? process.execPath
const environment = {
  PATH: [dirname(node), process.env.PATH].join(delimiter),
  NO_COLOR: '1',
  NG_CLI_ANALYTICS: 'false',
  DENO_DIR: join(root, '.deno'),
}
const { hosts: table } = await load('scripts/tables/hosts.ts')
const ofTest = name => readFileSync(join(repository, 'test/hosts', name), 'utf8')

/** Packages in the versions that a row of the table of hosts is tried with, else in those of this repository. */
function released(host, ...names) {
  const { releases = {} } = table.find(({ name }) => name === host)
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  return names.map(name => `${name}@${releases[name]?.[0] ?? devDependencies[name]}`)
}

const libraryOf = (entry, plugins) =>
  `import tsgrad from 'tsgrad/${entry}'\nexport default { entry: ['src/main.ts'], format: ['esm'], dts: false, ${plugins}: [tsgrad()] }\n`
const last = `file${files - 1}`
const react = `${released('next', 'react')[0].slice('react'.length)}`
const next = bundler => ({
  packages: [...released('next', 'next'), `react${react}`, `react-dom${react}`, '@types/react@19'],
  files: {
    'next.config.mjs': ofTest('next/next.config.mjs'),
    'app/layout.tsx': `export default ({ children }: any) => <html><body>{children}</body></html>\n`,
    'app/page.tsx': `import { chained } from '../src/${last}'\nexport default () => <p>{chained(1)}</p>\n`,
  },
  // what Next.js imports has no endings
  hasEndings: false,
  command: ['node_modules/next/dist/bin/next', 'build', bundler],
  cache: '.next',
})
const registered = (...command) => ({ packages: [], command, more: ['--import', 'tsgrad/register'], isRun: true })
const releaseOf = title => table.find(each => each.title === title).releases[title][0]

/** Each with what it installs, its files, its command, what follows that with tsgrad only, and the cache that a first build does not have. */
const hosts = {
  farm: {
    packages: [...released('farm', '@farmfe/core'), '@farmfe/cli@1'],
    files: { 'farm.config.js': ofTest('farm/farm.config.js').replace(", failing: './src/failing.ts'", '') },
    command: ['node_modules/@farmfe/cli/bin/farm.mjs', 'build'],
  },
  tsup: {
    packages: released('tsup', 'tsup'),
    files: { 'tsup.config.js': libraryOf('esbuild', 'esbuildPlugins') },
    command: ['node_modules/tsup/dist/cli-default.js'],
  },
  tsdown: {
    packages: released('tsdown', 'tsdown'),
    files: { 'tsdown.config.js': libraryOf('rolldown', 'plugins') },
    command: ['node_modules/tsdown/dist/run.mjs'],
  },
  'next --turbopack': next('--turbopack'),
  'next --webpack': next('--webpack'),
  node: registered(),
  tsx: { ...registered('--import', 'tsx'), packages: released('tsx', 'tsx') },
  'ts-node': {
    ...registered('--no-warnings', '--loader', 'ts-node/esm/transpile-only'),
    packages: released('ts-node', 'ts-node'),
  },
  deno: {
    packages: [`@deno/linux-x64-glibc@${releaseOf('Deno')}`],
    program: 'node_modules/@deno/linux-x64-glibc/deno',
    command: ['run', '-A'],
    more: ['--preload', 'npm:tsgrad/deno'],
    isRun: true,
  },
  bun: {
    packages: [`@oven/bun-linux-x64@${releaseOf('Bun')}`],
    program: 'node_modules/@oven/bun-linux-x64/bin/bun',
    command: ['run'],
    more: ['--preload', 'tsgrad/register'],
    isRun: true,
  },
}
const chosen = (process.env.HOSTS ?? [...Object.keys(hosts), 'angular'].join()).split(',')

function run(command, folder) {
  const [name, ...args] = command
  const { status, stdout, stderr } = spawnSync(name, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  if (status !== 0) throw new Error(`${command.join(' ')}\n${stdout}${stderr}`)
}
const install = (folder, ...args) =>
  run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps', ...args], folder)

rmSync(root, { recursive: true, force: true })
mkdirSync(root, { recursive: true })
run(['npm', 'pack', '--ignore-scripts', '--pack-destination', root], repository)
const tarball = join(
  root,
  readdirSync(root).find(name => name.endsWith('.tgz')),
)

/** Takes tsgrad out of a configuration as the pages write it. */
const without = text =>
  text
    .replace(/^import tsgrad .*\n/m, '')
    .replaceAll(/tsgrad\(\)|'tsgrad\/loader'/g, '')
    .replace(/^ {2}turbopack.*\n/m, '')

function prepare(name, withTsgrad) {
  const { packages, files: own = {}, hasEndings = true } = hosts[name]
  const folder = join(root, `${name.replaceAll(' ', '')}-${withTsgrad}`)
  writeProject(folder, { files, perFile: 8, tracked: false, plugin: false, ending: '.ts' })
  rmSync(join(folder, 'node_modules'), { recursive: true })
  for (const [file, text] of Object.entries(own)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), withTsgrad ? text : without(text))
  }
  if (!hasEndings) for (let i = 0; i < files; i++) endless(join(folder, 'src', `file${i}.ts`))
  else writeFileSync(join(folder, 'src/main.ts'), `import { chained } from './${last}.ts'\nconsole.log(chained(1))\n`)
  install(folder, 'typescript@6.0.3', ...packages, ...(withTsgrad ? [tarball] : []))
  // as from the registry: Deno takes no name of a file
  const manifest = join(folder, 'package.json')
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"file:[^"]*"/, '"*"'))
  return folder
}

/** Imports without endings. */
const endless = file => writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(from '\.\/file\d+)\.ts'/g, "$1'"))

function measure(name, folder, withTsgrad) {
  const { program, command, more = [], isRun, cache } = hosts[name]
  if (cache) rmSync(join(folder, cache), { recursive: true, force: true })
  const whole = [
    program ? join(folder, program) : node,
    ...command,
    ...(withTsgrad ? more : []),
    ...(isRun ? ['src/main.ts'] : []),
  ]
  return measured(name, whole, folder, environment)
}

/** Angular's own command line makes its project, in which the page patches TypeScript. */
function prepareAngular(withTsgrad) {
  const made = join(root, `angular-${withTsgrad}`)
  mkdirSync(made)
  install(made, ...released('angular', '@angular/cli'))
  run(
    [
      node,
      'node_modules/@angular/cli/bin/ng.js',
      'new',
      'app',
      '--defaults',
      '--minimal',
      '--skip-git',
      '--skip-install',
    ],
    made,
  )
  const folder = join(made, 'app')
  install(folder, ...(withTsgrad ? [tarball, 'ts-patch@4'] : []))
  if (withTsgrad) {
    run(['npx', 'ts-patch', 'install'], folder)
    const config = join(folder, 'tsconfig.json')
    const plugins = '"plugins": [{ "transform": "tsgrad/transformer", "transformProgram": true }],'
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace('"compilerOptions": {', `"compilerOptions": {\n${plugins}`),
    )
  }
  writeProject(join(made, 'sources'), { files, perFile: 8, tracked: false, plugin: false, ending: '.ts' })
  for (let i = 0; i < files; i++) {
    const file = join(folder, 'src/app', `file${i}.ts`)
    writeFileSync(file, readFileSync(join(made, 'sources/src', `file${i}.ts`)))
    endless(file)
  }
  const component = `import { Component } from '@angular/core'\nimport { chained } from './${last}'\n@Component({ selector: 'app-root', template: '{{ value }}' })\nexport class App { readonly value = chained(1) }\n`
  writeFileSync(join(folder, 'src/app/app.ts'), component)
  return folder
}
const measureAngular = folder => {
  rmSync(join(folder, '.angular'), { recursive: true, force: true })
  return measured('angular', ['npx', 'ng', 'build', '--configuration', 'development'], folder, environment)
}

console.log(`${files} files; ${node}, ${runs} runs\n`)
console.log(
  `${'plain numbers'.padEnd(28)}  without    with   ratio by clock   ratio of processor time; seconds of processor time`,
)
for (const name of chosen) {
  try {
    const both = [false, true].map(withTsgrad => {
      const folder = name === 'angular' ? prepareAngular(withTsgrad) : prepare(name, withTsgrad)
      return name === 'angular' ? () => measureAngular(folder) : () => measure(name, folder, withTsgrad)
    })
    printRatios(name, runs, both)
  } catch (error) {
    console.log(`${name.padEnd(28)} ${error.message}`)
    process.exitCode = 1
  }
}
