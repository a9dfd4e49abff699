// Runs a corpus in the form of test262 as it stands, and again with every operator made a call: of a run-time helper, then of a
// method of its left operand. Only tests that pass as they stand
// are compared. `node --experimental-vm-modules run.mjs [--corpus folder] [--list kind] [path below test/ …]`
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import vm from 'node:vm'
import ts from 'typescript'
import { corpusFolder } from './corpus.mjs'
import { lowerEveryOperator } from './every-operator.mjs'
import { metadataOf, variantsOf } from './metadata.mjs'
import { runInRealm } from './realm.mjs'

/** What can become of a test, in the order of the table's columns. */
const kinds = {
  early: 'must not parse: nothing to run',
  native: 'fails in this Node, as it stands',
  unparsed: "TypeScript's parser refuses it",
  without: 'has no operator',
  helpers: 'passes with calls of helpers; null or undefined on the left have no methods to call',
  passed: 'passes with calls of helpers, and with calls of methods',
  failed: 'FAILED',
}

const { values, positionals } = parseArgs({
  options: {
    corpus: { type: 'string' },
    list: { type: 'string', multiple: true, default: ['failed'] },
  },
  allowPositionals: true,
})
const root = values.corpus ?? corpusFolder()

// a program may leave rejected promises behind
process.on('unhandledRejection', () => {})

const filesBelow = path =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path)
        .sort()
        .flatMap(name => filesBelow(join(path, name)))

function harnessOf(folder) {
  const scripts = new Map()
  return name => {
    const filename = join(folder, 'harness', name)
    if (!scripts.has(name)) scripts.set(name, new vm.Script(readFileSync(filename, 'utf8'), { filename }))
    return scripts.get(name)
  }
}
const harness = harnessOf(root)

/** Runs a test with its operators in a form. */
async function lowered(test, form) {
  const seen = { operators: 0, left: 0, proven: 0 }
  const prepare = (text, isModule) => {
    const { unparsed, operators = 0, left = 0, ...rest } = lowerEveryOperator(text, isModule, form)
    seen.unparsed ??= unparsed
    seen.operators += operators
    if (operators > 0) seen.proven++
    seen.left += left
    return rest.text ?? text
  }
  const { error, ...ran } = await runInRealm(test, harness, prepare)
  return { ...seen, ...ran, error: error ?? (seen.left > 0 ? `${seen.left} operators were left` : undefined) }
}

/** What becomes of one test in one variant. */
async function outcomeOf(test) {
  const { negative } = test.metadata
  if (negative && negative.phase !== 'runtime') return { kind: 'early' }
  const { error } = await runInRealm(test, harness, text => text)
  if (error !== undefined) return { kind: 'native', error }
  const dispatched = await lowered(test, 'dispatch')
  if (dispatched.unparsed) return { kind: 'unparsed', error: dispatched.unparsed }
  if (dispatched.operators === 0) return { kind: 'without' }
  if (dispatched.error !== undefined) return { ...dispatched, kind: 'failed', error: `by helpers: ${dispatched.error}` }
  if (dispatched.absent) return { ...dispatched, kind: 'helpers' }
  const called = await lowered(test, 'method')
  const both = { ...called, calls: dispatched.calls + called.calls, proven: dispatched.proven + called.proven }
  if (called.error !== undefined) return { ...both, kind: 'failed', error: `by methods: ${called.error}` }
  return { ...both, kind: 'passed' }
}

function areaOf(name) {
  const [first, ...rest] = name.split('/')
  if (first === 'annexB') return name.split('/').slice(0, 3).join('/')
  return [first, ...rest.slice(0, ['expressions', 'statements'].includes(rest[0]) ? 2 : 1)].join('/')
}

async function runAll(paths) {
  const outcomes = []
  for (const [i, path] of paths.entries()) {
    if (i % 1000 === 999) console.error(`${i + 1} of ${paths.length} files`)
    const name = relative(join(root, 'test'), path)
    const text = readFileSync(path, 'utf8')
    const metadata = metadataOf(text)
    for (const variant of variantsOf(metadata)) {
      const outcome = await outcomeOf({ path, text, metadata, variant })
      outcomes.push({ name, variant, ...outcome })
    }
  }
  return outcomes
}

function report(paths, outcomes) {
  const line = (name, some) =>
    console.log(
      `${name.padEnd(48)} ${[
        some.length,
        ...Object.keys(kinds).map(each => some.filter(({ kind }) => kind === each).length),
      ]
        .map(number => String(number).padStart(8))
        .join(' ')}`,
    )
  console.log(`${''.padEnd(48)} ${['runs', ...Object.keys(kinds)].map(each => each.padStart(8)).join(' ')}`)
  for (const area of new Set(outcomes.map(({ name }) => areaOf(name))))
    line(
      area,
      outcomes.filter(({ name }) => areaOf(name) === area),
    )
  line('all', outcomes)
  for (const [kind, meaning] of Object.entries(kinds)) console.log(`${kind.padStart(8)}: ${meaning}`)
  for (const { kind, name, variant, error } of outcomes)
    if (values.list.includes(kind)) console.log(`${kind} ${name} (${variant})${error ? `: ${error}` : ''}`)
  const sum = field => outcomes.reduce((total, outcome) => total + (outcome[field] ?? 0), 0)
  const number = kind => outcomes.filter(each => each.kind === kind).length
  console.log(`TypeScript ${ts.version}, Node ${process.version}`)
  console.log(`${paths.length} files, ${sum('operators')} operators, ${sum('calls')} calls of helpers at run time`)
  console.log(`${sum('proven')} lowered texts were compared with the tree that was meant`)
  const [both, one, failed] = ['passed', 'helpers', 'failed'].map(number)
  console.log(`${both + one} passed, ${both} of them in both forms; ${failed} failed`)
  return both > 0 && failed === 0 && sum('calls') > 0
}

const folders = positionals.length > 0 ? positionals : ['language', 'annexB/language']
const paths = folders
  .flatMap(folder => filesBelow(join(root, 'test', folder)))
  .filter(path => path.endsWith('.js') && !path.endsWith('_FIXTURE.js'))
process.exitCode = report(paths, await runAll(paths)) ? 0 : 1
