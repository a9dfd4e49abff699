// Mutation testing: plants each of Stryker's mutants in the files of rooms and says which ones no test notices.
// `node scripts/mutation/main.mjs meaning lower [--take 60 | --every 4 --from 1] [--file name] [--report file.json]`; rooms.mjs names the
// rooms; `rules` is the table of rules.

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
function runIn(work, mutants, onOutcome) {
  return new Promise((resolve, reject) => {
    const left = [...mutants]
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

async function outcomesOf(scripts, mutants, onOutcome) {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const work = join(folder, 'work.json')
  try {
    for (let left = mutants; left.length > 0; ) {
      writeFileSync(work, JSON.stringify({ scripts, mutants: left }))
      left = await runIn(work, left, onOutcome)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function summary(room, results) {
  const count = status => results.filter(result => result.status === status).length
  const counts = ['killed', 'explained', 'survived', 'no coverage'].map(status => `${count(status)} ${status}`)
  const score = (100 * (count('killed') + count('explained'))) / results.length
  const seconds = results.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / 1000
  return `${room}: ${results.length} mutants: ${counts.join(', ')}; ${((100 * count('killed')) / results.length).toFixed(1)} % killed, ${score.toFixed(1)} % with those that are explained; ${seconds.toFixed(0)} s of the processor`
}

/** The multiples of the golden ratio, modulo 1, are spread evenly, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** The mutants of some rooms that are to be tried, and all texts that hold mutants. */
async function chosenIn(names, { take, every, from, file }) {
  const { texts, mutants } = await instrumented(names.flatMap(name => rooms[name].files))
  const chosen = names.flatMap(room => {
    const all = mutants.filter(({ fileName }) => rooms[room].files.includes(fileName))
    const step = take === undefined ? Number(every) : Math.max(1, all.length / Number(take))
    const first = take === undefined ? Number(from) : Math.floor(step / 2)
    const isTaken = i => i >= first && Math.floor((i - first) / step) > Math.floor((i - first - 1) / step)
    const taken = all
      .filter((_, i) => isTaken(i))
      .filter(({ fileName }) => file === undefined || fileName.endsWith(file))
    console.log(`${all.length} mutants in ${room}, ${taken.length} are tried`)
    return taken.map((mutant, i) => ({ ...mutant, room, tests: rooms[room].tests, turn: (i * GOLDEN) % 1 }))
  })
  // the first so many of them are a fair sample too
  return { texts, chosen: chosen.sort((a, b) => a.turn - b.turn) }
}

const options = {
  take: { type: 'string' },
  every: { type: 'string', default: '1' },
  from: { type: 'string', default: '0' },
  file: { type: 'string' },
  report: { type: 'string' },
}

/** Tries the chosen mutants of some rooms with the tests of their rooms, and prints those that survive. */
async function tryRooms(names, values) {
  const { texts, chosen } = await chosenIn(names, values)
  const scripts = []
  for (const test of new Set(chosen.flatMap(({ tests }) => tests)))
    scripts.push({ test, text: await bundled(test, texts) })
  const results = []
  const onOutcome = (id, outcome) => {
    const { room, ...planted } = chosen.find(each => each.id === id)
    const mutant = describe(planted)
    const reason = outcome.status === 'killed' ? undefined : reasonFor(mutant)
    const result = { room, ...mutant, ...outcome, ...(reason !== undefined && { status: 'explained', reason }) }
    results.push(result)
    if (result.status === 'survived' || result.status === 'no coverage') console.log(shown(result.status, mutant))
    if (values.report) writeFileSync(values.report, JSON.stringify(results, undefined, 1))
  }
  const asked = chosen.map(({ id, tests }) => ({ id, tests }))
  await outcomesOf(scripts, asked, onOutcome)
  for (const name of names)
    console.log(
      summary(
        name,
        results.filter(({ room }) => room === name),
      ),
    )
}

async function main() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  process.chdir(root)
  // what is random in the tests is the same for each mutant, and lowered trees are proven as in all tests
  Object.assign(process.env, { SEED: '1', PROGRAMS: process.env.PROGRAMS ?? '100', TSGRAD_PROVE: '1' })
  if (positionals[0] === 'rules') return tryRows({ every: Number(values.every), from: Number(values.from) })
  const unknown = positionals.length === 0 ? 'none' : positionals.find(name => !rooms[name])
  if (unknown !== undefined) throw new Error(`${unknown}: name rooms of ${Object.keys(rooms).join(', ')}, or rules`)
  await tryRooms(positionals, values)
}

await main()
