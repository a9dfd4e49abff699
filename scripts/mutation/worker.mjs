// Runs the tests of rooms with one mutant after another, in one process, and sends what became of each. It must not print.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { api, runFile } from './vitest.mjs'

const [, , work] = process.argv
/** What the tests meet without a mutant, kept for the worker that follows one that hung. */
const kept = `${work}.coverage`
const { scripts, mutants } = JSON.parse(readFileSync(work, 'utf8'))
const requireIn = path => {
  const require = createRequire(pathToFileURL(path))
  return name => (name === 'vitest' ? api : require(name))
}
const files = scripts.map(({ test, text }) => {
  const wrapper = `(function (require, exports, module, __filename, __dirname) {${text}\n})`
  return { test, require: requireIn(`${process.cwd()}/${test}`), script: new vm.Script(wrapper, { filename: test }) }
})
const stryker = { mutantCoverage: { static: {}, perTest: {} } }
globalThis.__stryker__ = stryker

/** @throws what the first test that fails throws. */
function run({ test, require, script }, around) {
  const evaluate = () => {
    const module = { exports: {} }
    script.runInThisContext()(require, module.exports, module, test, '.')
  }
  return runFile(test, evaluate, around)
}

/** What a test file does outside of its tests: a mutant that is met there concerns them all. */
const OUTSIDE = 'outside'

/** What each test of a file costs, in µs of the processor, and how often it meets which mutants. */
async function measure(file) {
  const { perTest } = stryker.mutantCoverage
  const enter = number => {
    stryker.currentTestId = number
    perTest[number] = {}
  }
  const costs = []
  enter(OUTSIDE)
  const start = process.cpuUsage()
  await run(file, async (number, test) => {
    const before = process.cpuUsage()
    enter(number)
    await test()
    stryker.currentTestId = OUTSIDE
    const { user, system } = process.cpuUsage(before)
    costs[number] = user + system
  })
  const { user, system } = process.cpuUsage(start)
  const met = Object.fromEntries(['outside', ...costs.keys()].map(each => [each, perTest[each] ?? {}]))
  return { costs, met, cost: user + system }
}

async function coverage() {
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const covered = {}
  for (const file of files) {
    try {
      covered[file.test] = await measure(file)
    } catch (error) {
      process.send({ red: `${file.test} is red without a mutant, and left out: ${error.message}` })
    }
    stryker.mutantCoverage.perTest = {}
    process.send({ measured: file.test })
  }
  stryker.currentTestId = undefined
  if (mutants.length > 0) writeFileSync(kept, JSON.stringify(covered))
  return covered
}

/** The tests of a file that meet a mutant: which, how often, and their cost. */
function meeting(file, covered, id) {
  const { costs, met } = covered[file.test]
  const numbers = met[OUTSIDE][id] ? [...costs.keys()] : [...costs.keys()].filter(each => met[each][id])
  const hits = Object.values(met).reduce((sum, each) => sum + (each[id] ?? 0), 0)
  return { file, hits, numbers: new Set(numbers), cost: numbers.reduce((sum, each) => sum + costs[each], 0) }
}

async function outcomeOf({ id, tests }, covered) {
  const covering = files
    .filter(({ test }) => tests.includes(test) && covered[test])
    .map(file => meeting(file, covered, id))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => a.cost - b.cost)
  if (covering.length === 0) return { status: 'no coverage' }
  stryker.activeMutant = id
  for (const { file, hits, numbers } of covering) {
    Object.assign(stryker, { hitCount: 0, hitLimit: 100 * hits + 1000 })
    try {
      await run(file, (number, test) => (numbers.has(number) ? test() : undefined))
    } catch (error) {
      return { status: 'killed', by: file.test, why: String(error?.message ?? error).slice(0, 200) }
    }
  }
  return { status: 'survived', covering: covering.map(({ file, numbers }) => `${file.test} ${numbers.size}`) }
}

const covered = await coverage()
const costs = Object.entries(covered).map(([test, { cost }]) => [test, Math.round(cost / 1000)])
process.send({ costs })
for (const mutant of mutants) {
  process.send({ id: mutant.id, status: 'started' })
  const start = process.cpuUsage()
  const outcome = await outcomeOf(mutant, covered)
  const { user, system } = process.cpuUsage(start)
  stryker.activeMutant = undefined
  process.send({ id: mutant.id, cost: Math.round((user + system) / 1000), ...outcome })
}
process.disconnect()
