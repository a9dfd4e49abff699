// Puts faults back that were mended, one after another, and says which test finds each: `node scripts/planted.mjs [part of a fault]`.
// No file is changed: the text is replaced where Vitest loads it. SEED=… tries the same random programs again.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { load, repository } from './load.mjs'

const { plantedFaults } = await load('scripts/tables/planted-faults.ts')
const seed = process.env.SEED ?? String(Math.floor(Math.random() * 1_000_000))
const [part = ''] = process.argv.slice(2)

/** The titles of the tests that fail with the fault, or of those that fail without. */
async function redWith({ file, mended, planted, test, programs = 1 }) {
  const plugin = {
    name: 'planted',
    enforce: 'pre',
    transform: (code, id) => (id === join(repository, file) ? code.replace(mended, () => planted) : undefined),
  }
  const env = { TSGRAD_PROVE: '1', SEED: seed, ...(programs > 1 && { PROGRAMS: String(programs) }) }
  const options = { config: false, watch: false, root: repository, reporters: [{}], env, maxWorkers: 1 }
  const limits = { testTimeout: 3_600_000, hookTimeout: 120_000, isolate: false }
  const vitest = await startVitest('test', [], { ...options, ...limits, include: [test] }, { plugins: [plugin] })
  const files = vitest.state.getFiles()
  await vitest.close()
  process.exitCode = 0
  const tests = all => all.flatMap(each => (each.tasks ? tests(each.tasks) : [each]))
  const failed = tests(files).filter(({ result }) => result?.state === 'fail')
  return [...failed.map(({ name }) => name), ...files.filter(({ tasks }) => tasks.length === 0).map(({ name }) => name)]
}

let missed = 0
for (const row of plantedFaults.filter(({ fault }) => fault.includes(part))) {
  const count = readFileSync(join(repository, row.file), 'utf8').split(row.mended).length - 1
  if (count !== 1) throw new Error(`${row.file} holds ${JSON.stringify(row.mended)} ${count} times`)
  const red = await redWith(row)
  if (red.length === 0) missed++
  console.log(
    `${red.length > 0 ? 'found ' : 'MISSED'} ${row.fault}\n       ${row.test}, SEED=${seed}: ${red.slice(0, 2).join('; ')}`,
  )
}
if (missed > 0) process.exitCode = 1
