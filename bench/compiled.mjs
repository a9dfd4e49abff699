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

const mlpHead = 'export function f(p: number[], X: number[][], Y: number[], sizes: number[]): number {\n'
/** Programs without an adjoint by hand: each is compared with itself without a derivative. */
const others = {
  'MLP, index loops': {
    source: `${mlpHead}  let total = 0
  for (let k = 0; k < X.length; k++) {
    let h = X[k]!
    let off = 0
    for (let l = 1; l < sizes.length; l++) {
      const out: number[] = []
      for (let j = 0; j < sizes[l]!; j++) {
        let act = p[off + h.length]!
        for (let i = 0; i < h.length; i++) act += p[off + i]! * h[i]!
        out.push(l < sizes.length - 1 ? Math.max(0, act) : act)
        off += h.length + 1
      }
      h = out
    }
    total += Math.max(0, 1 - Y[k]! * h[0]!)
  }
  return total / X.length
}`,
    args: () => mlpArgs(),
  },
  'MLP, map and reduce': {
    source: `${mlpHead}  const layer = (h: number[], off: number, n: number, last: boolean): number[] =>
    Array.from({ length: n }, (_, j) => {
      const o = off + j * (h.length + 1)
      const act = h.reduce((s, v, i) => s + p[o + i]! * v, p[o + h.length]!)
      return last ? act : Math.max(0, act)
    })
  const losses = X.map((x, k) => {
    const h1 = layer(x, 0, sizes[1]!, false)
    const h2 = layer(h1, sizes[1]! * (sizes[0]! + 1), sizes[2]!, false)
    const [s = 0] = layer(h2, sizes[1]! * (sizes[0]! + 1) + sizes[2]! * (sizes[1]! + 1), 1, true)
    return Math.max(0, 1 - Y[k]! * s)
  })
  return losses.reduce((s, v) => s + v, 0) / X.length
}`,
    args: () => mlpArgs(),
  },
  'stencil, 1000 steps of 50': {
    source: `export function f(u0: number[], steps: number): number {
  let u = u0.slice()
  let next = u0.slice()
  for (let t = 0; t < steps; t++) {
    for (let i = 1; i < u.length - 1; i++) next[i] = u[i]! + 0.2 * (u[i - 1]! - 2 * u[i]! + u[i + 1]!)
    ;[u, next] = [next, u]
  }
  let s = 0
  for (const v of u) s += v * v
  return s
}`,
    args: () => [Array.from({ length: 50 }, (_, i) => Math.sin(i)), 1000],
  },
  'RK4 orbit, 1000 steps': {
    source: `interface State { x: number; y: number; u: number; v: number }
const slope = ({ x, y, u, v }: State): State => {
  const r3 = (x * x + y * y) ** 1.5
  return { x: u, y: v, u: -x / r3, v: -y / r3 }
}
const moved = (s: State, d: State, h: number): State => ({ x: s.x + h * d.x, y: s.y + h * d.y, u: s.u + h * d.u, v: s.v + h * d.v })
export function f(z: number[], steps: number): number {
  let s: State = { x: z[0]!, y: z[1]!, u: z[2]!, v: z[3]! }
  const h = 0.01
  for (let i = 0; i < steps; i++) {
    const a = slope(s)
    const b = slope(moved(s, a, h / 2))
    const c = slope(moved(s, b, h / 2))
    const d = slope(moved(s, c, h))
    s = moved(moved(moved(moved(s, a, h / 6), b, h / 3), c, h / 3), d, h / 6)
  }
  return s.x * s.x + s.y * s.y
}`,
    args: () => [[1, 0, 0, 1.1], 1000],
  },
  'a tree of depth 10': {
    source: `interface Tree { w: number; left: Tree | null; right: Tree | null }
function up(t: Tree | null, x: number): number {
  if (t === null) return x
  return Math.tanh(t.w * up(t.left, x) + up(t.right, x * 0.5))
}
export function f(t: Tree, x: number): number {
  return up(t, x)
}`,
    args: () => [treeOf(10), 0.7],
  },
}
const mlpArgs = () => {
  const { x, points, labels } = workloads.find(({ name }) => name.startsWith('MLP')).data()
  return [x, points, labels, [2, 16, 16, 1]]
}
const treeOf = depth => (depth === 0 ? null : { w: Math.sin(depth), left: treeOf(depth - 1), right: treeOf(depth - 1) })

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
console.log('times of the plain function')
for (const [name, { source, args }] of Object.entries(others)) {
  const [own, plain] = [await compiled(source, `program${number++}`), await compiled(source, `program${number++}`)]
  const [forCompiled, forPlain] = [args(), args()]
  const { compiled: found, plain: whole } = times([
    ['compiled', () => own.derived(...forCompiled)],
    ['plain', () => plain.f(...forPlain)],
  ])
  console.log(
    `${name}: plain ${whole.toFixed(2)} us; compiled ${(found / whole).toFixed(2)}; text ${own.ratio.toFixed(1)} times the source`,
  )
}
rmSync(folder, { recursive: true })
