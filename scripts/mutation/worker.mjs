// Runs the tests of a room with one mutant after another, in one process, and sends what became of each. It must not print.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { api, runFile } from './vitest.mjs'

const [, , work] = process.argv
const { scripts, ids } = JSON.parse(readFileSync(work, 'utf8'))
const requireIn = path => {
  const require = createRequire(pathToFileURL(path))
  return name => (name === 'vitest' ? api : require(name))
}
let files = scripts.map(({ test, text }) => {
  const wrapper = `(function (require, exports, module, __filename, __dirname) {${text}\n})`
  return { test, require: requireIn(`${process.cwd()}/${test}`), script: new vm.Script(wrapper, { filename: test }) }
})
const stryker = { mutantCoverage: { static: {}, perTest: {} } }
globalThis.__stryker__ = stryker

/** @throws what the first test that fails throws. */
function run({ test, require, script }) {
  return runFile(test, () => {
    const module = { exports: {} }
    script.runInThisContext()(require, module.exports, module, test, '.')
  })
}

/** Which mutants each test file meets, and how often; the second run tells how long a warm one takes. */
async function coverage() {
  for (const file of files) {
    stryker.currentTestId = file.test
    try {
      await run(file)
    } catch (error) {
      process.send({ red: `${file.test} is red without a mutant, and left out: ${error.message}` })
      file.isRed = true
    }
    process.send({ measured: file.test })
  }
  files = files.filter(({ isRed }) => !isRed)
  if (ids.length === 0) return {}
  for (const file of files) {
    stryker.currentTestId = undefined
    const start = process.cpuUsage()
    await run(file)
    const { user, system } = process.cpuUsage(start)
    file.cost = user + system
    process.send({ measured: file.test })
  }
  files.sort((a, b) => a.cost - b.cost)
  return stryker.mutantCoverage.perTest
}

async function outcomeOf(id, covered) {
  const covering = files.filter(({ test }) => covered[test]?.[id])
  if (covering.length === 0) return { status: 'no coverage' }
  stryker.activeMutant = id
  for (const file of covering) {
    Object.assign(stryker, { hitCount: 0, hitLimit: 100 * covered[file.test][id] + 1000 })
    try {
      await run(file)
    } catch (error) {
      return { status: 'killed', by: file.test, why: String(error?.message ?? error).slice(0, 200) }
    }
  }
  return { status: 'survived', covering: covering.length }
}

const covered = await coverage()
process.send({ costs: files.map(({ test, cost }) => [test, Math.round(cost / 1000)]) })
for (const id of ids) {
  process.send({ id, status: 'started' })
  const outcome = await outcomeOf(id, covered)
  stryker.activeMutant = undefined
  process.send({ id, ...outcome })
}
process.disconnect()
