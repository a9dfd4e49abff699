// Mutation testing of the table of rules: each changed row is generated anew, and the runtime's tests run on what comes of it.
// A test that finds only that a generated module differs from its row would find them all, and is not asked.

import { fork } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { modulesOf } from '../generated.mjs'
import { load } from '../load.mjs'
import { bundled, instrumented } from './bundle.mjs'
import { describe, shown } from './describe.mjs'
import { reasonFor } from './explained.mjs'

const { walk } = await load('transformer/syntax/walk.ts')

const root = fileURLToPath(new URL('../..', import.meta.url))
const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
const TABLE = 'runtime/rules/rules.ts'
const tests = [
  'kinks',
  'nested-kinks',
  'sigmoid',
  'slot-sweeps',
  'second-order',
  'oracle',
  'singular-points',
  'backward',
  'create-graph',
  'directional',
  'rules',
].map(name => `test/${name}.test.ts`)

/** Where a mutant begins and ends in the table. */
function spanOf(text, { location: { start, end } }) {
  const lines = text.split('\n')
  return [start, end].map(({ line, column }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, column),
  )
}

/** The table with one mutant in it. */
function changed(text, mutant) {
  const [start, end] = spanOf(text, mutant)
  return text.slice(0, start) + mutant.replacement + text.slice(end)
}

/** Whether a mutant changes an arrow, which computes; names, domains and samples are for the transformer, pages and tests. */
function isInArrow(text) {
  const arrows = []
  walk(ts, ts.createSourceFile(TABLE, text, ts.ScriptTarget.ESNext), node => {
    if (!ts.isArrowFunction(node)) return undefined
    arrows.push(node)
    return 'skip'
  })
  return mutant => {
    const [start, end] = spanOf(text, mutant)
    return arrows.some(arrow => arrow.pos <= start && end <= arrow.end)
  }
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
  writeFileSync(work, JSON.stringify({ scripts, mutants: [] }))
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
  const inArrows = mutants.filter(isInArrow(text))
  const chosen = inArrows.filter((_, i) => i % every === from)
  console.log(`${mutants.length} mutants in ${TABLE}, ${inArrows.length} in its arrows, ${chosen.length} are tried`)
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const counts = { killed: 0, refused: 0, explained: 0, survived: 0 }
  try {
    for (const name of ['runtime', 'tsconfig.json']) cpSync(name, join(folder, name), { recursive: true })
    const clean = await redOf(await textsFor(text, folder), folder)
    if (clean !== undefined) throw new Error(clean)
    for (const mutant of chosen) {
      const texts = await textsFor(changed(text, mutant), folder).catch(() => undefined)
      const red = texts && (await redOf(texts, folder))
      const words = describe(mutant)
      const status = !texts ? 'refused' : red ? 'killed' : reasonFor(words) ? 'explained' : 'survived'
      counts[status]++
      if (status === 'survived') console.log(shown(status, words))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(
    `${chosen.length} mutants: ${counts.killed} killed, ${counts.refused} refused by the generator, ${counts.explained} explained, ${counts.survived} survived`,
  )
}
