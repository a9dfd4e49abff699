// The runtime against an adjoint written by hand and ports of other designs: value and gradient, graph building included.
// `node --expose-gc bench/runtime.mjs [name] [--peers] [--before=folder]` after `npm run build`; `--peers` installs libraries of the npm
// registry into a temporary folder, and takes them in; `folder` holds the build of another commit to compare with. Processor time. Medians of interleaved batches, in one process; each
// contestant runs a program compiled for itself alone, so that none suffers from the types that another has shown to the engine.

import { pathToFileURL } from 'node:url'
import { grad, NumberWithGrad, valueAndGrad } from '../dist/runtime/index.js'
import { npmPeers } from './npm-peers.mjs'
import { MicrogradValue, NotebookNumber } from './peers.mjs'
import { workloads } from './workloads.mjs'

const SAMPLES = 15
const BATCH_MILLISECONDS = 20

const median = xs => xs.toSorted((a, b) => a - b)[xs.length >> 1]

let texts = 0

/** The same function, compiled anew: V8 shares what it knows of a text between all that are made of it. */
const own = f => new Function(`return /* ${texts++} */ ${f}`)()

const onLeaves = leaf => (workload, data, gradient) => {
  const f = own(workload.program)(data)
  return own(`(f, leaf, x, gradient) => () => {
    const leaves = x.map(leaf)
    const y = f(leaves)
    y.backward()
    for (let i = 0; i < leaves.length; i++) gradient[i] = leaves[i].grad
    return y.num
  }`)(f, leaf, data.x, gradient)
}

const [only = ''] = process.argv.slice(2).filter(each => !each.startsWith('--'))
const peers = process.argv.includes('--peers') ? await npmPeers() : {}
const before = process.argv.find(each => each.startsWith('--before='))?.slice('--before='.length)
const former = before && (await import(pathToFileURL(`${before}/runtime/index.js`)))

const byVerb = verb => (workload, data, gradient) => {
  const f = verb(own(workload.program)(data))
  return own(`(f, x, gradient) => () => {
    const [value, found] = f(x)
    for (let i = 0; i < found.length; i++) gradient[i] = found[i]
    return value
  }`)(f, data.x, gradient)
}

const contestants = {
  'by hand': (workload, data, gradient) => own(workload.hand)(data, gradient),
  'tsgrad valueAndGrad': byVerb(valueAndGrad),
  'tsgrad backward': onLeaves(x => new NumberWithGrad(x)),
  ...(former && {
    'before: valueAndGrad': byVerb(former.valueAndGrad),
    'before: backward': onLeaves(x => new former.NumberWithGrad(x)),
  }),
  'micrograd port': onLeaves(MicrogradValue.leaf),
  'notebook class': onLeaves(NotebookNumber.leaf),
  ...peers,
}

function timed(run, times) {
  const start = processorTime()
  for (let i = 0; i < times; i++) run()
  return processorTime() - start
}

/** Milliseconds of all threads, the collector's too; a busy machine changes them less than the time on the wall. */
function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Runs it until the engine has compiled it; how many runs make a batch, or what it failed with. */
function warmedUp(run) {
  let count = 0
  const start = performance.now()
  try {
    do timed(run, 1)
    while (++count < 3 || performance.now() - start < 300)
  } catch (error) {
    return { failed: error instanceof RangeError ? 'stack overflow' : error.message }
  }
  const each = timed(run, 1 + (count >> 3)) / (1 + (count >> 3))
  return { times: Math.max(1, Math.round(BATCH_MILLISECONDS / each)) }
}

/** A contestant's function, or why there is none. */
function made(make) {
  try {
    return make()
  } catch (error) {
    return error.message
  }
}

function disagreement(a, b) {
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]) / (1 + Math.abs(b[i]))))
}

function measure(workload) {
  const data = workload.data()
  const entries = Object.entries(contestants).map(([name, make]) => {
    const gradient = Array.from({ length: data.x.length }, () => 0.5)
    const run = made(() => make(workload, data, gradient))
    return typeof run === 'string' ? { name, failed: run } : { name, run, gradient, samples: [], ...warmedUp(run) }
  })
  for (let i = 0; i < SAMPLES; i++)
    for (const entry of entries) {
      if (entry.failed) continue
      globalThis.gc?.()
      entry.samples.push((timed(entry.run, entry.times) * 1e6) / entry.times)
    }
  const hand = median(entries[0].samples)
  console.log(`\n${workload.name} (${workload.operations} operations)`)
  for (const { name, samples, failed, gradient } of entries) {
    if (failed) {
      console.log(`  ${name.padEnd(24)} ${failed}`)
      continue
    }
    const ns = median(samples)
    const wrong =
      disagreement(gradient, entries[0].gradient) > (name.startsWith('tfjs') ? 1e-3 : 1e-9) ? '  WRONG GRADIENT' : ''
    const cells = [(ns / 1000).toFixed(2), (ns / workload.operations).toFixed(2), (ns / hand).toFixed(1)]
    console.log(`  ${name.padEnd(24)}${cells[0].padStart(12)} us${cells[1].padStart(9)} ns/op   x${cells[2]}${wrong}`)
  }
}

function bytesPerNode() {
  const count = 500_000
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const x = new NumberWithGrad(1.5)
  let y = x
  for (let i = 0; i < count; i++) y = y.add(x)
  globalThis.gc()
  const bytes = (process.memoryUsage().heapUsed - before) / count
  console.log(`\nbytes per node: ${bytes.toFixed(1)} (of ${y.num} nodes)`)
}

console.log(
  `node ${process.version}, V8 ${process.versions.v8}, ${SAMPLES} interleaved batches, medians; x1.0 is by hand`,
)
if (grad(x => x.mul(x))(3) !== 6) throw new Error('the build is not what it should be')
for (const workload of workloads) if (workload.name.includes(only)) measure(workload)
if (globalThis.gc) bytesPerNode()
