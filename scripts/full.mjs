// Runs the random tests with their full counts, one after another: `node scripts/full.mjs [name …]`. `npm test` takes samples of them.
// SEED=… tries one seed again; without it each round has another one.

import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The random tests by name: a file, the programs of one round, how many rounds, and a pattern of titles where a file has other tests too. */
export const table = [
  { name: 'programs', file: 'test/programs.test.ts', programs: 1000, rounds: 10 },
  { name: 'order', file: 'test/order.test.ts', programs: 1000, rounds: 10 },
  { name: 'math lists', file: 'test/math-lists.test.ts', programs: 1000, rounds: 5 },
  { name: 'unions', file: 'test/unions.test.ts', programs: 500, rounds: 10 },
  { name: 'strings in unions', file: 'test/text-unions.test.ts', programs: 1, rounds: 1 },
  { name: 'formats', file: 'test/formats.test.ts', programs: 250, rounds: 20 },
  { name: 'hidden names', file: 'test/hidden-names.test.ts', programs: 1000, rounds: 5 },
  { name: 'edits', file: 'test/edits.test.ts', programs: 100, rounds: 3 },
  { name: 'kept modules', file: 'test/hosts/kept-modules.test.ts', programs: 100, rounds: 3, title: 'after any edits' },
  { name: 'store', file: 'test/store.test.ts', programs: 20, rounds: 3, title: 'after any edits' },
  { name: 'store, dependencies', file: 'test/store.test.ts', programs: 2, rounds: 1, title: 'depends on' },
  { name: 'hidden edits', file: 'test/hidden-edits.test.ts', programs: 2, rounds: 1 },
  { name: 'store, overtaken', file: 'test/store.test.ts', programs: 2, rounds: 1, title: 'overtakes' },
  { name: 'lint of plain code', file: 'test/lint/plain-code.test.ts', programs: 2, rounds: 1 },
  {
    name: 'interrupted questions',
    file: 'test/tsserver/settled.test.ts',
    programs: 2,
    rounds: 1,
    title: 'interrupted',
  },
  { name: 'second order', file: 'test/second-order.test.ts', programs: 5000, rounds: 5 },
  { name: 'slot sweeps', file: 'test/slot-sweeps.test.ts', programs: 5000, rounds: 4 },
  { name: 'nested kinks', file: 'test/nested-kinks.test.ts', programs: 1, rounds: 1 },
  { name: 'checkGrad', file: 'test/check-grad.test.ts', programs: 2000, rounds: 3, title: 'random programs' },
  { name: 'kept numbers', file: 'test/kept-numbers.test.ts', programs: 1000, rounds: 3 },
  { name: 'calls in any order', file: 'test/calls-in-any-order.test.ts', programs: 5000, rounds: 2 },
  { name: 'derivatives', file: 'test/derivative/programs.test.ts', programs: 1000, rounds: 50 },
  { name: 'mixed derivatives', file: 'test/derivative/mixed-programs.test.ts', programs: 500, rounds: 20 },
  { name: 'second derivatives', file: 'test/derivative/second-programs.test.ts', programs: 1000, rounds: 20 },
  { name: 'second rules', file: 'test/derivative/second-rules.test.ts', programs: 1000, rounds: 1 },
  {
    ...{ name: 'derivatives of sessions', file: 'test/derivative/session.test.ts', programs: 250, rounds: 4 },
    title: 'random edits',
  },
  { name: 'adopt', file: 'test/adopt.test.ts', programs: 400, rounds: 3 },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

/** One round in a process of its own; prints what the test printed if it is red. */
function round({ name, file, title, programs }, seed) {
  const args = ['run', '--project', 'quick', '--project', 'thorough', file]
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, ...args, ...(title === undefined ? [] : ['--testNamePattern', title])],
    { cwd: root, encoding: 'utf8', env: { ...process.env, SEED: seed, PROGRAMS: programs } },
  )
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'green' : 'RED  '} ${name}: SEED=${seed} PROGRAMS=${programs}, ${seconds} s`)
  if (status !== 0) console.log(stdout + stderr)
  return status === 0
}

function main(names) {
  const unknown = names.find(name => !table.some(row => row.name === name))
  if (unknown !== undefined)
    throw new Error(`no random test is called ${unknown}; there are ${table.map(({ name }) => name).join(', ')}`)
  const { SEED } = process.env
  let red = 0
  for (const row of table.filter(({ name }) => names.length === 0 || names.includes(name)))
    for (let i = 0; i < (SEED === undefined ? row.rounds : 1); i++)
      if (!round(row, SEED ?? String(Math.floor(Math.random() * 1_000_000)))) red++
  console.log(red === 0 ? 'all rounds are green' : `${red} rounds are red`)
  process.exitCode = red === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2))
