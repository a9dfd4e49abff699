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

const test = withVariants((name, run, args) => suite.tasks.push({ name, run, args }))
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

async function runSuite({ before, after, beforeEach, tasks }, outerEach) {
  const each = [...outerEach, ...beforeEach]
  try {
    for (const run of before) await run()
    for (const { suite: inner, run, args } of tasks) {
      if (inner) await runSuite(inner, each)
      else {
        for (const prepare of each) await prepare()
        await (args.length === 0 ? run({ expect }) : run(...args))
      }
    }
  } finally {
    for (const run of after) await run()
  }
}

/** Evaluates a test file by a function and runs its tests up to the first that fails. @throws what that one throws. */
export async function runFile(path, evaluate) {
  folder = dirname(resolve(path))
  suite = newSuite()
  const root = suite
  try {
    evaluate()
  } catch (error) {
    for (const run of root.after) await run()
    throw error
  }
  await runSuite(root, [])
}
