// How much longer ESLint takes with the preset: the strict type-checked rules on natural math with it, against the same rules without it
// on the same code in method calls. Seconds of processor time of interleaved runs, medians, printed as ratios, for a run of
// the command and for one file after an edit in a server. `node bench/lint.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { explain } from '../dist/transformer/index.js'
import { writeProject } from './dense-project.mjs'

const files = Number(process.argv[2] ?? 100)
const runs = Number(process.argv[3] ?? 3)
const moduleAt = name => pathToFileURL(fileURLToPath(new URL(`../${name}`, import.meta.url))).href
const projects = Object.fromEntries(
  ['with', 'without'].map(name => [name, join(tmpdir(), 'tsgrad-bench', `lint-${name}`)]),
)

function prepare() {
  for (const folder of Object.values(projects))
    writeProject(folder, { files, perFile: 8, tracked: true, plugin: folder === projects.with })
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(projects.with, 'tsconfig.json'), {}, host)
  for (const { original, mapped } of explain(ts, ts.createProgram(fileNames, options)))
    writeFileSync(original.fileName.replace(projects.with, projects.without), mapped.text)
  const typed = '{ languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } }'
  const config = last =>
    [
      `import tsgrad from '${moduleAt('dist/lint/index.js')}'`,
      `import tseslint from '${moduleAt('node_modules/typescript-eslint/dist/index.js')}'`,
      `export default [{ files: ['src/*.ts'] }, ...tseslint.configs.strictTypeChecked, ${last}]`,
    ].join('\n')
  writeFileSync(join(projects.with, 'eslint.config.mjs'), config('...tsgrad.configs.strict'))
  writeFileSync(join(projects.without, 'eslint.config.mjs'), config(typed))
}

const cpuTimeFile = join(tmpdir(), 'tsgrad-bench', 'cpu-time')

function command(folder) {
  const preloaded = fileURLToPath(new URL('cpu-time.mjs', import.meta.url))
  const eslint = fileURLToPath(new URL('../node_modules/eslint/bin/eslint.js', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preloaded, eslint, 'src'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CPU_TIME_FILE: cpuTimeFile },
  })
  if (status !== 0) throw new Error((stdout + stderr).slice(0, 2000))
  return Number(readFileSync(cpuTimeFile, 'utf8'))
}

/** One server: all files once, then a file in the middle after each of some edits, typed only or saved as well. */
async function server(folder, edits) {
  const eslint = new ESLint({ cwd: folder })
  await eslint.lintFiles(['src'])
  const filePath = join(folder, 'src', `file${files >> 1}.ts`)
  const before = readFileSync(filePath, 'utf8')
  const times = { typed: [], saved: [] }
  for (let i = 0; i < edits; i++) {
    const text = before.replace('j < k', `j < k + ${i + 1}`)
    for (const kind of ['typed', 'saved']) {
      if (kind === 'saved') {
        writeFileSync(filePath, text)
        await new Promise(resolve => setTimeout(resolve, 600))
      }
      const start = process.cpuUsage()
      const [{ messages }] = await eslint.lintText(text, { filePath })
      const { user, system } = process.cpuUsage(start)
      if (messages.length > 0) throw new Error(messages[0].message)
      times[kind].push((user + system) / 1e6)
    }
  }
  writeFileSync(filePath, before)
  return times
}

const median = list => list.toSorted((a, b) => a - b)[list.length >> 1]
const line = (what, given, other) =>
  console.log(
    `${what.padEnd(38)} ${given.toFixed(2).padStart(7)} s  ${other.toFixed(2).padStart(7)} s  ${(given / other).toFixed(2).padStart(6)}`,
  )

prepare()
const whole = { with: [], without: [] }
for (let run = 0; run < runs; run++) for (const name of ['with', 'without']) whole[name].push(command(projects[name]))
console.log(`${files} files: with the preset, without it on method calls, ratio`)
line('eslint src', median(whole.with), median(whole.without))
const edits = { with: await server(projects.with, 5), without: await server(projects.without, 5) }
for (const kind of ['typed', 'saved'])
  line(`one file after an edit, ${kind}`, median(edits.with[kind]), median(edits.without[kind]))
