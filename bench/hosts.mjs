// What tsgrad costs in bundlers and compilers: builds of a project without tracked numbers, of its own files alone and with two libraries,
// with the plugin and without it; and Vite's dev server. Runs are interleaved, medians are printed. `node bench/hosts.mjs [files] [runs]`,
// after a build; HOSTS=vite,esbuild chooses, LIBRARIES=0 leaves the libraries out, INSTALLED=1 takes
// the packages of the last call, WARM=0 measures the first builds too. bench/runners.mjs measures runners of tests, bench/other-hosts.mjs
// what installs more.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from '../scripts/load.mjs'
import { writeProject } from './dense-project.mjs'
import { measured, median, printRatios } from './measured.mjs'
import { install, versionOf } from './npm-install.mjs'
import { serve } from './vite-dev.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 5)
const perFile = 8
const repository = fileURLToPath(new URL('..', import.meta.url))
const { hosts: table } = await load('scripts/tables/hosts.ts')
const hosts = Object.fromEntries(
  table
    .filter(({ trial }) => trial && !trial.isCopied)
    .map(({ name, trial: { command, packages } }) => [
      name,
      // all is installed one folder above
      { command: command.map(part => part.replace(/^(?=node_modules)/, '../')), packages },
    ]),
)
const bin = path => join(repository, path)
/** Each with its command without tsgrad and with it. */
const compilers = {
  tspc: [bin('node_modules/ts-patch/bin/tspc.js'), bin('node_modules/ts-patch/bin/tspc.js')].map(path => [path]),
  'tsgrad build': [[bin('node_modules/typescript/bin/tsc')], [bin('dist/command/main.js'), 'build']],
}
const chosen = (process.env.HOSTS ?? [...Object.keys(compilers), ...Object.keys(hosts), 'dev'].join()).split(',')

const root = join(tmpdir(), 'tsgrad-bench', 'hosts')
const isInstalled = process.env.INSTALLED === '1'
if (!isInstalled) rmSync(root, { recursive: true, force: true })
const libraries = ['three', '@types/three', 'mathjs']
const used = Object.entries(hosts).filter(([name]) => chosen.includes(name))
const packages = new Set(used.flatMap(([, { packages }]) => packages))
if (!isInstalled) install(root, ['typescript', ...(process.env.LIBRARIES === '0' ? [] : libraries), ...packages])
const imports = `import { Mesh, Vector3, WebGLRenderer } from 'three'
import { evaluate } from 'mathjs'
console.log(new Vector3(1, 2, 3).length(), evaluate('1 + 2'), Mesh, WebGLRenderer)
`

/** The project of a host, as test/hosts/ has it, with or without the plugin in its configuration. */
function prepare(host, { tracked, withPlugin, withLibraries = false }) {
  const isCompiler = host in compilers
  const folder = join(root, `${host.replace(' ', '-')}-${tracked ? 'natural' : 'plain'}-${withLibraries}-${withPlugin}`)
  const plugin = host === 'tspc' && withPlugin
  writeProject(folder, { files, perFile, tracked, plugin, ending: isCompiler ? '.js' : '.ts' })
  if (isCompiler) return folder
  // all is installed one folder above
  rmSync(join(folder, 'node_modules'), { recursive: true })
  const from = join(repository, 'test/hosts', host)
  for (const name of readdirSync(from)) {
    const text = readFileSync(join(from, name), 'utf8')
    writeFileSync(
      join(folder, name),
      withPlugin ? text : text.replace(/^import tsgrad .*\n/m, '').replace(/tsgrad\(\),? ?/, ''),
    )
  }
  const last = `import { chained } from './file${files - 1}.ts'\n`
  const value = tracked ? 'new NumberWithGrad(1)' : '1'
  const named = tracked ? "import { NumberWithGrad } from 'tsgrad'\n" : ''
  writeFileSync(
    join(folder, 'src/main.ts'),
    `${named}${last}console.log(chained(${value}))\n${withLibraries ? imports : ''}`,
  )
  writeFileSync(join(folder, 'src/failing.ts'), 'export {}\n')
  return folder
}

const build = (host, folder, withPlugin) =>
  measured(host, [process.execPath, ...(compilers[host]?.[Number(withPlugin)] ?? hosts[host].command)], folder)

const versions = ['typescript', ...used.map(([, { packages }]) => packages[0])]
console.log(
  `${files} files; Node ${process.version}, ${versions.map(name => `${name} ${versionOf(name)}`).join(', ')}; ${runs} runs`,
)

function compare(host, withLibraries) {
  const [without, plugin] = [false, true].map(withPlugin =>
    prepare(host, { tracked: false, withPlugin, withLibraries }),
  )
  if (process.env.WARM !== '0') for (const folder of [without, plugin]) build(host, folder, folder === plugin)
  printRatios(host, runs, [() => build(host, without, false), () => build(host, plugin, true)])
}

for (const withLibraries of process.env.LIBRARIES === '0' ? [false] : [false, true]) {
  const name = `plain numbers${withLibraries ? ', two libraries' : ''}`
  console.log(
    `\n${name.padEnd(28)}  without    with   ratio by clock   ratio of processor time; seconds of processor time`,
  )
  const those = { ...(withLibraries ? {} : compilers), ...hosts }
  for (const host of chosen.filter(name => name in those)) compare(host, withLibraries)
}

if (chosen.includes('dev')) {
  console.log('\ndev server of Vite           first load   edits: message and module, medians of milliseconds')
  const cases = [
    ['plain numbers, no plugin', { tracked: false, withPlugin: false }],
    ['plain numbers, with tsgrad', { tracked: false, withPlugin: true }],
    ['natural math, with tsgrad', { tracked: true, withPlugin: true }],
  ]
  for (const [name, options] of cases) {
    const { firstLoad, edits } = await serve(prepare('vite', options), files, runs)
    const each = Object.entries(edits).map(([file, times]) => `${file} ${Math.round(median(times))}`)
    console.log(`${name.padEnd(28)} ${(firstLoad / 1000).toFixed(2)} s       ${each.join(', ')}`)
  }
}
