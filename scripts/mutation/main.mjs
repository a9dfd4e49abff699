// Mutation testing: plants each of Stryker's mutants in a room's files and says which ones no test notices.
// `node scripts/mutation/main.mjs meaning [--every 4 --from 1] [--file name] [--report file.json]`; rooms.mjs names the rooms; `rules` is the table of rules.

import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundled, instrumented } from './bundle.mjs'
import { describe, shown } from './describe.mjs'
import { reasonFor } from './explained.mjs'
import { rooms } from './rooms.mjs'
import { tryRows } from './rows.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
/** By the clock; a mutant that loops without its own switch is ended so. */
const TIMEOUT = 600_000

/** Runs some mutants in a child, in order, until it ends or hangs; returns those that are left. */
function runIn(work, ids, onOutcome) {
  return new Promise((resolve, reject) => {
    const left = [...ids]
    const child = fork(worker, [work], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--no-warnings'],
    })
    let running
    let timer
    let errors = ''
    const watch = () => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT)
    }
    child.stderr.on('data', chunk => (errors += chunk))
    child.on('message', ({ id, status, measured, costs, red, ...rest }) => {
      watch()
      if (red) console.log(red)
      else if (measured) return
      else if (costs) console.log(`a run of each test, in ms: ${costs.map(pair => pair.join(' ')).join(', ')}`)
      else if (status === 'started') running = id
      else {
        left.shift()
        running = undefined
        onOutcome(id, { status, ...rest })
      }
    })
    child.on('close', code => {
      clearTimeout(timer)
      if (code === 0) return resolve([])
      if (running === undefined) return reject(new Error(errors || 'the worker hung before the first mutant'))
      // it hung, or ended the process
      left.shift()
      onOutcome(running, { status: 'killed', by: 'the end of the process' })
      resolve(left)
    })
    watch()
  })
}

async function outcomesOf(scripts, ids, onOutcome) {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const work = join(folder, 'work.json')
  try {
    for (let left = ids; left.length > 0; ) {
      writeFileSync(work, JSON.stringify({ scripts, ids: left }))
      left = await runIn(work, left, onOutcome)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function summary(results) {
  const count = status => results.filter(result => result.status === status).length
  const counts = ['killed', 'explained', 'survived', 'no coverage'].map(status => `${count(status)} ${status}`)
  const score = (100 * (count('killed') + count('explained'))) / results.length
  return `${results.length} mutants: ${counts.join(', ')}; ${((100 * count('killed')) / results.length).toFixed(1)} % killed, ${score.toFixed(1)} % with those that are explained`
}

async function main() {
  const options = {
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    file: { type: 'string' },
    report: { type: 'string' },
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  process.chdir(root)
  // what is random in the tests is the same for each mutant, and lowered trees are proven as in all tests
  Object.assign(process.env, { SEED: '1', PROGRAMS: process.env.PROGRAMS ?? '100', TSGRAD_PROVE: '1' })
  if (positionals[0] === 'rules') return tryRows({ every: Number(values.every), from: Number(values.from) })
  const room = rooms[positionals[0]]
  if (!room) throw new Error(`name one room of ${Object.keys(rooms).join(', ')}, rules`)
  const { texts, mutants } = await instrumented(room.files)
  const scripts = []
  for (const test of room.tests) scripts.push({ test, text: await bundled(test, texts) })
  const chosen = mutants
    .filter((_, i) => i % Number(values.every) === Number(values.from))
    .filter(({ fileName }) => values.file === undefined || fileName.endsWith(values.file))
  console.log(`${mutants.length} mutants in ${positionals[0]}, ${chosen.length} are tried`)
  const results = []
  await outcomesOf(
    scripts,
    chosen.map(({ id }) => id),
    (id, outcome) => {
      const mutant = describe(mutants.find(each => each.id === id))
      const reason = outcome.status === 'killed' ? undefined : reasonFor(mutant)
      const result = { ...mutant, ...outcome, ...(reason !== undefined && { status: 'explained', reason }) }
      results.push(result)
      if (result.status === 'survived' || result.status === 'no coverage') console.log(shown(result.status, mutant))
      if (values.report) writeFileSync(values.report, JSON.stringify(results, undefined, 1))
    },
  )
  console.log(summary(results))
}

await main()
