// Mutation testing of the table of rules: each changed row is generated anew, and the runtime's tests run on what comes of it.
// A test that finds only that a generated module differs from its row would find them all, and is not asked.

import { fork } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modulesOf } from '../generated.mjs'
import { load } from '../load.mjs'
import { bundled, instrumented } from './bundle.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
const TABLE = 'runtime/rules/rules.ts'
const tests = ['oracle', 'singular-points', 'backward', 'create-graph', 'directional', 'rules'].map(
  name => `test/${name}.test.ts`,
)

/** The table with one mutant in it. */
function changed(text, { location: { start, end }, replacement }) {
  const lines = text.split('\n')
  const at = ({ line, column }) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, column)
  return text.slice(0, at(start)) + replacement + text.slice(at(end))
}

/** The texts of the modules that follow from a table; @throws when no generator can quote it. */
async function textsFor(table, folder) {
  writeFileSync(join(folder, TABLE), table)
  const { rules } = await load(TABLE, folder)
  return new Map([[TABLE, table], ...Object.entries(modulesOf(rules))])
}

/** The first test file that is red with these texts. */
async function redOf(texts, folder) {
  const work = join(folder, 'work.json')
  const scripts = []
  try {
    for (const test of tests) scripts.push({ test, text: await bundled(test, texts) })
  } catch {
    return 'a test imports what is gone'
  }
  writeFileSync(work, JSON.stringify({ scripts, ids: [] }))
  return new Promise(resolve => {
    const child = fork(worker, [work], { cwd: root, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), 300_000)
    let first
    child.on('message', ({ red }) => {
      first ??= red
      if (red) child.kill('SIGKILL')
    })
    child.on('close', code => {
      clearTimeout(timer)
      resolve(first ?? (code === 0 ? undefined : 'the process ended'))
    })
  })
}

/** Tries every n-th mutant of the table, from one on, and prints those that survive. */
export async function tryRows({ every, from }) {
  const text = readFileSync(TABLE, 'utf8')
  const { mutants } = await instrumented([TABLE])
  // names and samples in a row are for the transformer, pages and tests; only arrows compute
  const isInArrow = ({ location: { start } }) => text.split('\n')[start.line].slice(0, start.column).includes('=>')
  const chosen = mutants.filter(isInArrow).filter((_, i) => i % every === from)
  console.log(`${mutants.length} mutants in ${TABLE}, ${chosen.length} are tried`)
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const counts = { killed: 0, refused: 0, survived: 0 }
  try {
    for (const name of ['runtime', 'tsconfig.json']) cpSync(name, join(folder, name), { recursive: true })
    const clean = await redOf(await textsFor(text, folder), folder)
    if (clean !== undefined) throw new Error(clean)
    for (const mutant of chosen) {
      const texts = await textsFor(changed(text, mutant), folder).catch(() => undefined)
      const red = texts && (await redOf(texts, folder))
      counts[texts ? (red ? 'killed' : 'survived') : 'refused']++
      if (texts && !red) {
        const line = text.split('\n')[mutant.location.start.line]
        console.log(
          `survived: ${TABLE}:${mutant.location.start.line + 1} ${mutant.mutatorName}\n  - ${line.trim()}\n  + ${mutant.replacement}`,
        )
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(
    `${chosen.length} mutants: ${counts.killed} killed, ${counts.refused} refused by the generator, ${counts.survived} survived`,
  )
}
