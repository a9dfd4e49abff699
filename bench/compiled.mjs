// Compiled gradients beside the same adjoints written by hand, also into a given array, the plain function and the tape:
// `node bench/compiled.mjs` after `npm run build`. One process; each contestant has its own copy of text and data, and they take turns.
// Medians of processor time, as ratios.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { transform } from '../dist/transformer/index.js'
import { workloads } from './workloads.mjs'

const SAMPLES = 9
const MILLISECONDS = 20

const programs = {
  'Rosenbrock, n = 1000': {
    source: `export function f(x: number[]): number {
  let s = 0
  for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2
  return s
}`,
    args: ({ x }) => [x],
  },
  'chain of 1e+5': {
    source: `export function f(x: number[], steps: number): number {
  let y = x[0]!
  for (let i = 0; i < steps; i++) {
    y = y * 0.999 + x[0]!
    if (i % 16 === 15) y = Math.sin(y)
  }
  return y
}`,
    args: ({ x, steps }) => [x, steps],
  },
  'MLP 2-16-16-1, 100 points': {
    source: `function dense(p: number[], off: number, nin: number, nout: number, x: number[], last: boolean): number[] {
  const out = new Array<number>(nout).fill(0)
  for (let j = 0; j < nout; j++) {
    const o = off + j * (nin + 1)
    let act = p[o + nin]!
    for (let i = 0; i < nin; i++) act += p[o + i]! * x[i]!
    out[j] = last || act > 0 ? act : 0
  }
  return out
}
export function f(p: number[], X: number[][], Y: number[], d0: number, d1: number, d2: number): number {
  let total = 0
  for (let k = 0; k < X.length; k++) {
    const h1 = dense(p, 0, d0, d1, X[k]!, false)
    const h2 = dense(p, d1 * (d0 + 1), d1, d2, h1, false)
    const s = dense(p, d1 * (d0 + 1) + d2 * (d1 + 1), d2, 1, h2, true)[0]!
    total += Math.max(0, 1 - Y[k]! * s)
  }
  let reg = 0
  for (const w of p) reg += w * w
  return total / X.length + 1e-4 * reg
}`,
    args: ({ x, points, labels }) => [x, points, labels, 2, 16, 16],
  },
}

const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.bench-', import.meta.url)))

/** The function and its compiled gradient by the first argument, and how many times as long the text of the latter is. */
async function compiled(source, name, verb = 'valueAndGrad') {
  const file = join(folder, `${name}.ts`)
  const text = `import { ${verb} } from 'tsgrad'\n${source}\nexport const derived = ${verb}(f, { by: 0 })\n`
  writeFileSync(file, text)
  const options = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    types: [],
    paths: { tsgrad: [fileURLToPath(new URL('../dist/runtime/index.d.ts', import.meta.url))] },
  }
  const program = transform(ts, ts.createProgram([file], options))
  let output = ''
  let lowered = ''
  for (const each of program.getSourceFiles()) if (each.fileName.endsWith(`/${name}.ts`)) lowered = each.text
  program.emit(undefined, (fileName, js) => {
    if (fileName.endsWith(`/${name}.js`)) output = js
  })
  const entry = new URL('../dist/runtime/index.js', import.meta.url).href
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, output.replaceAll("'tsgrad'", JSON.stringify(entry)))
  return { ...(await import(pathToFileURL(path).href)), ratio: (lowered.length - text.length) / source.length }
}

function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const median = xs => xs.toSorted((a, b) => a - b)[xs.length >> 1]

/** Medians of their times in microseconds. */
function times(contestants) {
  const entries = contestants.map(([name, run]) => {
    const start = processorTime()
    let count = 0
    while (processorTime() - start < 200) {
      run()
      count++
    }
    return { name, run, count: Math.max(1, Math.round((count * MILLISECONDS) / 200)), samples: [] }
  })
  for (let i = 0; i < SAMPLES; i++)
    for (const { run, count, samples } of entries) {
      const start = processorTime()
      for (let k = 0; k < count; k++) run()
      samples.push(((processorTime() - start) * 1000) / count)
    }
  return Object.fromEntries(entries.map(({ name, samples }) => [name, median(samples)]))
}

const { valueAndGrad } = await import('../dist/runtime/index.js')
console.log(`node ${process.version}; times of the adjoint written by hand, medians of ${SAMPLES} batches`)
let number = 0
for (const [name, { source, args }] of Object.entries(programs)) {
  const workload = workloads.find(each => each.name === name)
  const [own, plain, into] = [
    await compiled(source, `program${number++}`),
    await compiled(source, `program${number++}`),
    await compiled(source, `program${number++}`, 'gradInto'),
  ]
  const gradient = new Float64Array(workload.data().x.length)
  const byHand = workload.hand(workload.data(), gradient)
  const [forCompiled, forPlain, forInto] = [args(workload.data()), args(workload.data()), args(workload.data())]
  const forTape = workload.data().x
  const out = workload.data().x
  const taped = valueAndGrad(workload.program(workload.data()))
  const [value, found] = own.derived(...forCompiled)
  byHand()
  into.derived(out, ...forInto)
  const far = [...found, ...out].reduce((most, each, i) => {
    const expected = gradient[i % gradient.length]
    return Math.max(most, Math.abs(each - expected) / (1 + Math.abs(expected)))
  }, 0)
  if (!(far < 1e-9)) throw new Error(`${name}: the gradients differ by ${far}; the value is ${value}`)
  const found2 = times([
    ['hand', byHand],
    ['compiled', () => own.derived(...forCompiled)],
    ['into', () => into.derived(out, ...forInto)],
    ['plain', () => plain.f(...forPlain)],
    ['tape', () => taped(forTape)],
  ])
  const cells = ['compiled', 'into', 'plain', 'tape'].map(each => `${each} ${(found2[each] / found2.hand).toFixed(2)}`)
  console.log(
    `${name}: by hand ${found2.hand.toFixed(2)} us; ${cells.join(', ')}; text ${own.ratio.toFixed(1)} times the source`,
  )
}
rmSync(folder, { recursive: true })
