// How much longer a build in natural math takes than the same project written with method calls: `tspc` against plain `tsc`.
// Interleaved runs, medians, printed as ratios. `node bench/transform.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)
const bin = name => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))
const folders = Object.fromEntries(
  ['natural', 'methods', 'plain', 'plainWithPlugin'].map(name => [name, join(tmpdir(), 'tsgrad-bench', name)]),
)

function prepare() {
  const perFile = 8
  writeProject(folders.natural, { files, perFile, tracked: true, plugin: true })
  writeProject(folders.methods, { files, perFile, tracked: true, plugin: false })
  writeProject(folders.plain, { files, perFile, tracked: false, plugin: false })
  writeProject(folders.plainWithPlugin, { files, perFile, tracked: false, plugin: true })
  // The twin with method calls is what the natural project is lowered to.
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(folders.natural, 'tsconfig.json'), {}, host)
  const explained = explain(ts, ts.createProgram(fileNames, options))
  for (const { original, mapped } of explained)
    writeFileSync(original.fileName.replace(folders.natural, folders.methods), mapped.text)
  return explained.reduce((sum, { resolved }) => sum + resolved.length, 0)
}

function build(compiler, folder) {
  const start = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [bin(compiler), '-p', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout.slice(0, 2000))
  return performance.now() - start
}

const median = times => times.sort((a, b) => a - b)[times.length >> 1]

const operators = prepare()
const cases = {
  'tsc, method calls': () => build('tsc', folders.methods),
  'tspc, natural math': () => build('tspc', folders.natural),
  'tspc, plain numbers, no plugin': () => build('tspc', folders.plain),
  'tspc, plain numbers, with tsgrad': () => build('tspc', folders.plainWithPlugin),
}
const times = Object.fromEntries(Object.keys(cases).map(name => [name, []]))
for (let run = 0; run < runs; run++)
  for (const [name, work] of Object.entries(cases)) {
    times[name].push(work())
    console.error(`run ${run + 1} of ${runs}: ${name} ${Math.round(times[name].at(-1))} ms`)
  }
const medians = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
const lines = readFileSync(join(folders.natural, 'src', 'file0.ts'), 'utf8').split('\n').length * files
const { version } = createRequire(import.meta.url)('ts-patch/package.json')
console.log(
  `${files} files, ${lines} lines, ${operators} operators; TypeScript ${ts.version}, ts-patch ${version}, Node ${process.version}, ${runs} runs`,
)
for (const [name, time] of Object.entries(medians)) console.log(`${name.padEnd(34)} ${(time / 1000).toFixed(2)} s`)
const ratio = (a, b) => (medians[a] / medians[b]).toFixed(2)
console.log(`natural math / method calls        x${ratio('tspc, natural math', 'tsc, method calls')}`)
console.log(
  `tsgrad on plain numbers / without  x${ratio('tspc, plain numbers, with tsgrad', 'tspc, plain numbers, no plugin')}`,
)
