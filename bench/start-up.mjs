// What a small project pays for the plugin: seconds of processor time of `tsc`, `tspc` and `tsgrad check` on the same project, interleaved,
// medians. tsc's project is written with method calls, and so is the one of `tspc` alone. `node bench/start-up.mjs [runs] [files …]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

const [runs, ...sizes] = process.argv.slice(2).map(Number)
const path = name => fileURLToPath(new URL(name, import.meta.url))
const tsc = [path('../node_modules/typescript/bin/tsc'), '--noEmit']
const tspc = [path('../node_modules/ts-patch/bin/tspc.js'), '--noEmit']
const tsgrad = [path('../dist/command/main.js'), 'check']
const cpuTimeFile = join(tmpdir(), 'tsgrad-bench-cpu-time')

/** A project with natural math, and its twin with method calls. */
function prepare(files) {
  const [natural, methods] = ['natural', 'methods'].map(kind => join(tmpdir(), 'tsgrad-bench-start-up', kind))
  writeProject(natural, { files, perFile: 4, tracked: true, plugin: true })
  writeProject(methods, { files, perFile: 4, tracked: true, plugin: false })
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(natural, 'tsconfig.json'), {}, host)
  for (const { original, mapped } of explain(ts, ts.createProgram(fileNames, options)))
    writeFileSync(original.fileName.replace(natural, methods), mapped.text)
  return { natural, methods }
}

function seconds(cwd, args) {
  const env = { ...process.env, CPU_TIME_FILE: cpuTimeFile }
  const { status, stdout } = spawnSync(process.execPath, ['--import', path('cpu-time.mjs'), ...args], { cwd, env })
  if (status !== 0) throw new Error(String(stdout).slice(0, 2000))
  return Number(readFileSync(cpuTimeFile, 'utf8'))
}

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]

for (const files of sizes.length > 0 ? sizes : [1, 10]) {
  const { natural, methods } = prepare(files)
  const rows = [
    ['tsc, method calls', methods, tsc],
    ['tspc without the plugin', methods, tspc],
    ['tspc, natural math', natural, tspc],
    ['tsgrad check, natural math', natural, tsgrad],
  ].map(([label, ...call]) => ({ label, call, times: [] }))
  for (let run = 0; run < (runs || 5); run++) for (const { call, times } of rows) times.push(seconds(...call))
  const base = median(rows[0].times)
  console.log(`${files} files, Node ${process.version}, TypeScript ${ts.version}`)
  for (const { label, times } of rows) {
    const time = median(times)
    const least = Math.min(...times) - Math.min(...rows[0].times)
    const more = `${(time - base).toFixed(2)} s more, of the least ${least.toFixed(2)}`
    console.log(`  ${label.padEnd(28)} ${time.toFixed(2)} s, ${more}`)
  }
}
