// How long a project in natural math is checked with TypeScript 7, against its own command on the same project written with method
// calls, and against `tspc` of TypeScript 6. Seconds of the clock (TypeScript 7 works on all processors), interleaved, medians, printed
// as ratios. `node bench/native.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)
const repository = fileURLToPath(new URL('..', import.meta.url))
const folderOf = name => join(tmpdir(), 'tsgrad-bench-native', name)
const [natural, methods] = ['natural', 'methods'].map(folderOf)

writeProject(natural, { files, perFile: 8, tracked: true, plugin: true })
writeProject(methods, { files, perFile: 8, tracked: true, plugin: false })
// The twin with method calls is what the natural project is lowered to.
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(natural, 'tsconfig.json'), {}, host)
for (const { original, mapped } of explain(ts, ts.createProgram(fileNames, options)))
  writeFileSync(original.fileName.replace(natural, methods), mapped.text)

const packageOf = name => join(repository, 'node_modules', name)
const versionOf = name => JSON.parse(readFileSync(join(packageOf(name), 'package.json'), 'utf8')).version
const checkByUs = name => [
  '--input-type=module',
  '--eval',
  `import { openNative } from ${JSON.stringify(join(repository, 'dist/transformer/hosts/native.js'))}
  const project = await openNative(${JSON.stringify(packageOf(name))}, ${JSON.stringify(join(natural, 'tsconfig.json'))})
  const { diagnostics } = project.check()
  project.close()
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0].messageText))`,
]
const byCommand = (bin, folder) => [bin, '-p', folder, '--noEmit']
const cases = {
  [`tsc ${versionOf('typescript-7')}, method calls`]: byCommand(join(packageOf('typescript-7'), 'bin/tsc'), methods),
  [`tsgrad with TypeScript ${versionOf('typescript-7')}, natural math`]: checkByUs('typescript-7'),
  [`tsgrad with TypeScript ${versionOf('typescript-71')}, natural math`]: checkByUs('typescript-71'),
  [`tsc ${ts.version}, method calls`]: byCommand(join(packageOf('typescript'), 'bin/tsc'), methods),
  [`tspc ${ts.version}, natural math`]: byCommand(join(packageOf('ts-patch'), 'bin/tspc.js'), natural),
}

function seconds(args) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: repository })
  if (status !== 0) throw new Error((stdout + stderr).slice(0, 2000))
  return (performance.now() - start) / 1000
}

const times = Object.fromEntries(Object.keys(cases).map(name => [name, []]))
for (let run = 0; run < runs; run++)
  for (const [name, args] of Object.entries(cases)) {
    times[name].push(seconds(args))
    console.error(`run ${run + 1} of ${runs}: ${name} ${times[name].at(-1).toFixed(2)} s`)
  }

const median = all => all.toSorted((a, b) => a - b)[all.length >> 1]
const [base] = Object.keys(cases)
console.log(`${files} files, median of ${runs} runs, node ${process.version}`)
for (const [name, all] of Object.entries(times))
  console.log(`${name.padEnd(46)} ${median(all).toFixed(2)} s  x${(median(all) / median(times[base])).toFixed(2)}`)
