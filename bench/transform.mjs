// How much longer a build in natural math takes than the same project written with method calls: `tspc` against plain `tsc`.
// Seconds of processor time of interleaved runs, medians, printed as ratios. `node bench/transform.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

/** Terms of one chain, `a + a + …`. */
const CHAINS = [100, 10_000, 20_000, 50_000]
const chainOf = terms => join(tmpdir(), 'tsgrad-bench', `chain${terms}`)

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)
const bin = name => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))
const folders = Object.fromEntries(
  ['natural', 'methods', 'naturalAgain', 'methodsAgain', 'commandAgain', 'plain', 'plainWithPlugin'].map(name => [
    name,
    join(tmpdir(), 'tsgrad-bench', name),
  ]),
)

function prepare() {
  const perFile = 8
  writeProject(folders.natural, { files, perFile, tracked: true, plugin: true })
  writeProject(folders.methods, { files, perFile, tracked: true, plugin: false })
  writeProject(folders.naturalAgain, { files, perFile, tracked: true, plugin: true, incremental: true })
  writeProject(folders.commandAgain, { files, perFile, tracked: true, plugin: true, incremental: true })
  writeProject(folders.methodsAgain, { files, perFile, tracked: true, plugin: false, incremental: true })
  writeProject(folders.plain, { files, perFile, tracked: false, plugin: false })
  writeProject(folders.plainWithPlugin, { files, perFile, tracked: false, plugin: true })
  for (const terms of CHAINS) {
    writeProject(chainOf(terms), { files: 0, perFile: 0, tracked: true, plugin: true })
    const text = `import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(1)\nexport const s = a${' + a'.repeat(terms - 1)}\n`
    writeFileSync(join(chainOf(terms), 'src', 'main.ts'), text)
  }
  // The twin with method calls is what the natural project is lowered to.
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(folders.natural, 'tsconfig.json'), {}, host)
  const explained = explain(ts, ts.createProgram(fileNames, options))
  for (const { original, mapped } of explained)
    for (const folder of [folders.methods, folders.methodsAgain])
      writeFileSync(original.fileName.replace(folders.natural, folder), mapped.text)
  return explained.reduce((sum, { operators }) => sum + operators.length, 0)
}

const cpuTimeFile = join(tmpdir(), 'tsgrad-bench', 'cpu-time')
const memoryFile = join(tmpdir(), 'tsgrad-bench', 'memory')
/** The most memory that a build took, in bytes, by compiler. */
const memory = {}
const command = fileURLToPath(new URL('../dist/command/main.js', import.meta.url))

function build(compiler, folder) {
  const preloaded = fileURLToPath(new URL('cpu-time.mjs', import.meta.url))
  const program = compiler === 'tsgrad build' ? [command, 'build'] : [bin(compiler)]
  const { status, stdout } = spawnSync(process.execPath, ['--import', preloaded, ...program, '-p', folder], {
    encoding: 'utf8',
    env: { ...process.env, TSGRAD_CACHE: '1', CPU_TIME_FILE: cpuTimeFile, MEMORY_FILE: memoryFile },
  })
  if (status !== 0) throw new Error(stdout.slice(0, 2000))
  memory[compiler] = Math.max(memory[compiler] ?? 0, Number(readFileSync(memoryFile, 'utf8')))
  return Number(readFileSync(cpuTimeFile, 'utf8')) * 1000
}

/** Builds again after a change inside of one function. */
function buildAgain(compiler, folder) {
  const file = join(folder, 'src', `file${files >> 1}.ts`)
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(/j < (k \+ 1|k)\b/, (_, bound) => (bound === 'k' ? 'j < k + 1' : 'j < k'))
  if (changed === text) throw new Error('nothing was changed')
  writeFileSync(file, changed)
  return build(compiler, folder)
}

const median = times => times.sort((a, b) => a - b)[times.length >> 1]

const operators = prepare()
build('tsc', folders.methodsAgain)
build('tspc', folders.naturalAgain)
build('tsgrad build', folders.commandAgain)
const cases = {
  'tsc, method calls': () => build('tsc', folders.methods),
  'tspc, natural math': () => build('tspc', folders.natural),
  'tsc, method calls, again': () => buildAgain('tsc', folders.methodsAgain),
  'tspc, natural math, again': () => buildAgain('tspc', folders.naturalAgain),
  'tsgrad build, again': () => buildAgain('tsgrad build', folders.commandAgain),
  'tsc, method calls, unchanged': () => build('tsc', folders.methodsAgain),
  'tspc, natural math, unchanged': () => build('tspc', folders.naturalAgain),
  'tsgrad build, unchanged': () => build('tsgrad build', folders.commandAgain),
  'tspc, plain numbers, no plugin': () => build('tspc', folders.plain),
  'tspc, plain numbers, with tsgrad': () => build('tspc', folders.plainWithPlugin),
  ...Object.fromEntries(CHAINS.map(terms => [`tspc, ${terms} terms`, () => build('tspc', chainOf(terms))])),
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
console.log(`the same, again with --incremental x${ratio('tspc, natural math, again', 'tsc, method calls, again')}`)
console.log(`  and by tsgrad build              x${ratio('tsgrad build, again', 'tsc, method calls, again')}`)
console.log(
  `  of nothing changed, by tspc      x${ratio('tspc, natural math, unchanged', 'tsc, method calls, unchanged')}`,
)
console.log(`  and by tsgrad build              x${ratio('tsgrad build, unchanged', 'tsc, method calls, unchanged')}`)
console.log(
  `tsgrad on plain numbers / without  x${ratio('tspc, plain numbers, with tsgrad', 'tspc, plain numbers, no plugin')}`,
)
for (const terms of CHAINS.slice(1)) {
  const each = (medians[`tspc, ${terms} terms`] - medians['tspc, 100 terms']) / terms
  console.log(`${`one of ${terms} terms of a chain`.padEnd(34)} ${Math.round(each * 1000)} µs`)
}
for (const [compiler, bytes] of Object.entries(memory))
  console.log(`${`most memory, ${compiler}`.padEnd(34)} ${Math.round(bytes / 2 ** 20)} MB`)
