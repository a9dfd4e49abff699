// How long `tsgrad check` and `tsgrad build` take beside `tspc` and plain `tsc`, with each TypeScript that is installed here.
// Seconds on the clock of interleaved runs, medians, printed as ratios to `tsc` of the same version on the same project written with
// method calls. `node bench/command.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)
const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const tsgrad = fileURLToPath(new URL('../dist/command/main.js', import.meta.url))
const tspc = join(modules, 'ts-patch/bin/tspc.js')

/** The folders of a project for one compiler: natural math, the same with method calls, and plain numbers. */
function prepare(name) {
  const at = kind => join(tmpdir(), 'tsgrad-bench-command', name, kind)
  const folders = { natural: at('natural'), methods: at('methods'), plain: at('plain') }
  for (const [kind, folder] of Object.entries(folders)) {
    writeProject(folder, { files, perFile: 8, tracked: kind !== 'plain', plugin: kind === 'natural' })
    rmSync(join(folder, 'node_modules/typescript'))
    symlinkSync(join(modules, name), join(folder, 'node_modules/typescript'))
  }
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(folders.natural, 'tsconfig.json'), {}, host)
  const explained = explain(ts, ts.createProgram(fileNames, options))
  for (const { original, mapped } of explained)
    writeFileSync(original.fileName.replace(folders.natural, folders.methods), mapped.text)
  return { folders, operators: explained.reduce((sum, { operators }) => sum + operators.length, 0) }
}

function seconds(folder, script, args) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} ${args.join(' ')}\n${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`)
  return (performance.now() - start) / 1000
}

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]

for (const name of ['typescript', 'typescript-7', 'typescript-71']) {
  const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  const { folders, operators } = prepare(name)
  const { natural, methods, plain } = folders
  const tsc = join(modules, name, 'bin/tsc')
  const isNative = Number.parseInt(version, 10) >= 7
  const rows = [
    ['check: tsc, method calls', methods, tsc, ['--noEmit']],
    ['check: tsgrad, natural math', natural, tsgrad, ['check']],
    ...(isNative ? [] : [['check: tspc, natural math', natural, tspc, ['--noEmit']]]),
    ['build: tsc, method calls', methods, tsc, []],
    ['build: tsgrad, natural math', natural, tsgrad, ['build']],
    ...(isNative ? [] : [['build: tspc, natural math', natural, tspc, []]]),
    ['check: tsc, plain numbers', plain, tsc, ['--noEmit']],
    ['check: tsgrad, plain numbers', plain, tsgrad, ['check']],
    ['build: tsc, plain numbers', plain, tsc, []],
    ['build: tsgrad, plain numbers', plain, tsgrad, ['build']],
  ].map(([label, ...call]) => ({ label, call, times: [] }))
  for (let run = 0; run < runs; run++) for (const { call, times } of rows) times.push(seconds(...call))
  console.log(`TypeScript ${version}: ${files} files, ${operators} operators, medians of ${runs}`)
  let base
  for (const { label, times } of rows) {
    const time = median(times)
    if (label.includes(': tsc')) base = time
    console.log(`  ${label.padEnd(30)} ${time.toFixed(2).padStart(6)} s  ${(time / base).toFixed(2).padStart(5)}`)
  }
}
