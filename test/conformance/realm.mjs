// Runs one program in a realm of its own, as test262 asks for. It must not know that programs are lowered.
// Source: test262's INTERPRETING.md.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import vm from 'node:vm'

// generous, since tests with a million operators run on busy machines
const LIMIT = 30_000
const native = new vm.Script(readFileSync(new URL('native-operators.js', import.meta.url), 'utf8'))
const helperNames = ['dispatchBinary', 'dispatchUnary', 'dispatchMath', 'evaluatedFirst', 'place']

/**
 * Runs `test` (its path, text, metadata and variant) after its harness; `prepare` turns the text of a file into what is run.
 * Gives `error`, undefined when the test passes, how many calls of helpers were made, and whether an operand was absent.
 */
export async function runInRealm(test, harness, prepare) {
  const printed = []
  const context = makeRealm(printed)
  const { flags, includes, negative } = test.metadata
  const isAsync = flags.has('async')
  let thrown
  try {
    if (!flags.has('raw'))
      for (const name of ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...includes])
        harness(name).runInContext(context)
    if (test.variant === 'module') await runModule(test, context, prepare)
    else {
      const text = prepare(test.variant === 'strict' ? `"use strict";\n${test.text}` : test.text, false)
      // with a callback for imports the realm is never collected
      const imports = test.text.includes('import(') && {
        importModuleDynamically: importer(test.path, context, prepare),
      }
      new vm.Script(text, { filename: test.path, ...imports }).runInContext(context, { timeout: LIMIT })
    }
    if (isAsync && !negative) await done(printed)
  } catch (error) {
    thrown = { error }
  }
  const { calls, absent } = context.__tsgrad
  return { error: verdict(thrown, negative, isAsync, printed), calls, absent }
}

function makeRealm(printed) {
  const context = vm.createContext({})
  native.runInContext(context)
  const define = (name, value) => Object.defineProperty(context, name, { value, writable: true, configurable: true })
  define('print', text => void printed.push(String(text)))
  define('$262', {
    createRealm: () => makeRealm(printed).$262,
    detachArrayBuffer: buffer => void structuredClone(buffer, { transfer: [buffer] }),
    evalScript: text => vm.runInContext(text, context),
    gc: () => {},
    global: vm.runInContext('this', context),
  })
  return context
}

async function done(printed) {
  for (const start = performance.now(); printed.length === 0 && performance.now() - start < 500; )
    await new Promise(resolve => setImmediate(resolve))
}

function verdict(thrown, negative, isAsync, printed) {
  if (negative) {
    if (!thrown) return `no ${negative.type} was thrown`
    const name = thrown.error?.constructor?.name
    return name === negative.type ? undefined : `${name} instead of ${negative.type}`
  }
  if (thrown) return shown(thrown.error)
  if (!isAsync) return undefined
  return printed[0] === 'Test262:AsyncTestComplete' ? undefined : (printed[0] ?? 'the asynchronous test did not end')
}

function shown(error) {
  try {
    return `${error?.constructor?.name}: ${error?.message}`
  } catch {
    return 'an error that cannot be shown'
  }
}

async function runModule(test, context, prepare) {
  const modules = new Map()
  const main = moduleAt(test.path, test.text, context, prepare, modules)
  await main.link(linker(context, prepare, modules))
  await main.evaluate({ timeout: LIMIT })
}

function moduleAt(path, text, context, prepare, modules) {
  const options = { context, identifier: path, importModuleDynamically: importer(path, context, prepare, modules) }
  const module = new vm.SourceTextModule(prepare(text, true), options)
  modules.set(path, module)
  return module
}

function linker(context, prepare, modules) {
  return (specifier, { identifier }) => {
    if (specifier === 'tsgrad') return helperModule(context, modules)
    const path = join(dirname(identifier), specifier)
    return modules.get(path) ?? moduleAt(path, readFileSync(path, 'utf8'), context, prepare, modules)
  }
}

function helperModule(context, modules) {
  const known = modules.get('tsgrad')
  if (known) return known
  const fill = function () {
    for (const name of helperNames) this.setExport(name, context.__tsgrad[name])
  }
  const module = new vm.SyntheticModule(helperNames, fill, { context })
  modules.set('tsgrad', module)
  return module
}

function importer(path, context, prepare, modules = new Map()) {
  return async specifier => {
    const link = linker(context, prepare, modules)
    const module = await link(specifier, { identifier: path })
    if (module.status === 'unlinked') await module.link(link)
    await module.evaluate()
    return module
  }
}
