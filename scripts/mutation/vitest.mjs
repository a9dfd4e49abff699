// As much of Vitest as the tests of a room need, in process, so that a file can be run a thousand times in a minute. It must not know mutants.

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as vitest from '@vitest/expect'
import { fn, spyOn } from '@vitest/spy'
import * as chai from 'chai'

for (const plugin of [vitest.JestExtend, vitest.JestChaiExpect, vitest.JestAsymmetricMatchers]) chai.use(plugin)

const expect = (value, message) => chai.expect(value, message)
Object.assign(expect, chai.expect, globalThis[vitest.ASYMMETRIC_MATCHERS_OBJECT])
expect.extend = matchers => chai.expect.extend(expect, matchers)
expect.getState = () => vitest.getState(expect)
expect.extend(vitest.customMatchers)
vitest.setState({ assertionCalls: 0, customTesters: [] }, expect)
globalThis[vitest.GLOBAL_EXPECT] = expect

let suite
let folder
/** How many tests the file has so far: the number of the next one. */
let count
chai.use((_, utils) =>
  utils.addMethod(chai.Assertion.prototype, 'toMatchFileSnapshot', function (path) {
    const golden = readFileSync(resolve(folder, path), 'utf8')
    if (utils.flag(this, 'object') !== golden) throw new Error(`differs from ${path}`)
  }),
)

const newSuite = () => ({ before: [], after: [], beforeEach: [], tasks: [] })
const spread = row => (Array.isArray(row) ? row : [row])
const functionOf = args => args.find(arg => typeof arg === 'function')

/** `test` or `describe`, with the ways to call them that make more of them or none. */
function withVariants(add) {
  const one = (name, ...args) => add(name, functionOf(args), [])
  const all =
    argumentsOf =>
    rows =>
    (name, ...args) => {
      for (const [i, row] of rows.entries()) add(`${name} #${i}`, functionOf(args), argumentsOf(row))
    }
  const variants = { each: all(spread), for: all(row => [row]), skip() {}, todo() {} }
  Object.assign(one, variants, { concurrent: Object.assign((...args) => one(...args), variants) })
  one.runIf = condition => (condition ? one : Object.assign(() => {}, { each: () => () => {} }))
  one.skipIf = condition => one.runIf(!condition)
  one.sequential = one
  return one
}

const test = withVariants((name, run, args) => suite.tasks.push({ name, run, args, number: count++ }))
const describe = withVariants((name, run, args) => {
  const outer = suite
  const inner = newSuite()
  outer.tasks.push({ name, suite: inner })
  suite = inner
  run(...args)
  suite = outer
})
const hook = name => run => suite[name].push(run)
const anything = new Proxy(() => anything, { get: () => anything })

/** What a test file imports as `vitest`. */
export const api = {
  test,
  it: test,
  describe,
  expect,
  beforeAll: hook('before'),
  afterAll: hook('after'),
  beforeEach: hook('beforeEach'),
  afterEach() {},
  expectTypeOf: anything,
  assertType() {},
  vi: { setConfig() {}, fn, spyOn },
}

async function runTest({ run, args }, each) {
  for (const prepare of each) await prepare()
  await (args.length === 0 ? run({ expect }) : run(...args))
}

async function runSuite({ before, after, beforeEach, tasks }, outerEach, around) {
  const each = [...outerEach, ...beforeEach]
  try {
    for (const run of before) await run()
    for (const task of tasks) {
      if (task.suite) await runSuite(task.suite, each, around)
      else await around(task.number, () => runTest(task, each))
    }
  } finally {
    for (const run of after) await run()
  }
}

/**
 * Evaluates a test file by a function and runs its tests up to the first that fails.
 *
 * @param around runs each test, by its number in the file, or does not.
 * @throws what the first test that fails throws.
 */
export async function runFile(path, evaluate, around = (_, run) => run()) {
  folder = dirname(resolve(path))
  suite = newSuite()
  count = 0
  const root = suite
  try {
    evaluate()
  } catch (error) {
    for (const run of root.after) await run()
    throw error
  }
  await runSuite(root, [], around)
}
