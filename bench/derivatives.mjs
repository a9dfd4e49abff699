// How much longer a build takes for its gradients: 300 files with one function each, by `tspc`: without gradients, with one in each twentieth
// file, and with one in each. Seconds of processor time of interleaved runs, medians. `node bench/derivatives.mjs [files] [runs]`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { writeProject } from './dense-project.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 3)

/** What the files hold in turn: a loop over an array, branches, maps and sums, records, helpers, recursion. */
const programs = [
  'export function f(x: number[]) { let s = 0; for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2; return s }',
  'export function f(x: number, y: number) { if (x > y) return x * Math.sin(y); return Math.max(x, 0) + Math.hypot(x, y) }',
  'const penalty = (w: readonly number[]) => w.reduce((s, v) => s + v * v, 0)\nexport function f(w: number[], b: number) { return b * b + 0.1 * penalty(w) }',
  'export function f(p: { w: number[]; b: number }) { const q = { ...p }; q.b *= 2; return q.b * p.w[0]! }',
  'const swish = (v: number) => v / (1 + Math.exp(-v))\nexport function f(x: number, y: number) { return swish(x * y) * swish(y) }',
  'export function f(x: number[], limit: number) { let s = 1; for (const v of x) { if (v > limit) break; if (v < 0) return s * limit; s *= Math.cos(v) } return s }',
  'export function f(x: number[]) { const sums: number[] = []; let s = 0; for (const v of x) { s += v; sums.push(s * s) } return Math.max(...sums) }',
  'export function f(x: number, tolerance: number) { let root = x; while (Math.abs(root * root - x) > tolerance) root = (root + x / root) / 2; return root }',
  'export function f(rows: number[][], x: number[]) { return rows.map(row => row.reduce((s, v, j) => s + v * x[j]!, 0)).reduce((s, v) => s + Math.tanh(v), 0) }',
  'interface Tree { w: number; left?: Tree; right?: Tree }\nconst total = (t: Tree | undefined): number => (t ? Math.tanh(t.w) + total(t.left) * total(t.right) : 1)\nexport function f(t: Tree) { return total(t) }',
]
/** Code around the function, as a file of a project has it. */
const around = i =>
  Array.from(
    { length: 8 },
    (_, j) =>
      `export interface Row${j} { readonly id: number; readonly name: string; readonly at: Date }\nexport function sorted${j}(rows: readonly Row${j}[], limit: number) {\n  const kept = rows.filter(row => row.id > ${i} && row.name !== '')\n  return [...kept].sort((a, b) => a.name.localeCompare(b.name) || b.id - a.id).slice(0, limit).map(row => ({ ...row, order: row.id * ${j + 1} }))\n}`,
  ).join('\n')
const folderOf = name => join(tmpdir(), 'tsgrad-bench', `derivatives-${name}`)
/** Of how many files one has a gradient. */
const variants = { without: Infinity, few: 20, all: 1 }

function prepare(name) {
  writeProject(folderOf(name), { files: 0, perFile: 0, tracked: false, plugin: true })
  for (let i = 0; i < files; i++) {
    const text = `${around(i)}\n${programs[((i / variants.few + i) % programs.length) | 0]}\n`
    const slope = "import { grad } from 'tsgrad'\nexport const slope = grad(f)\n"
    writeFileSync(join(folderOf(name), 'src', `file${i}.ts`), i % variants[name] === 0 ? text + slope : text)
  }
}

const cpuTimeFile = join(tmpdir(), 'tsgrad-bench', 'cpu-time')
const bin = fileURLToPath(new URL('../node_modules/.bin/tspc', import.meta.url))

function build(name) {
  const preloaded = fileURLToPath(new URL('cpu-time.mjs', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, ['--import', preloaded, bin, '-p', folderOf(name)], {
    encoding: 'utf8',
    env: { ...process.env, CPU_TIME_FILE: cpuTimeFile },
  })
  if (status !== 0) throw new Error(stdout.slice(0, 2000))
  return Number(readFileSync(cpuTimeFile, 'utf8'))
}

const median = times => times.sort((a, b) => a - b)[times.length >> 1]
const names = Object.keys(variants)
names.forEach(prepare)
const times = Object.fromEntries(names.map(name => [name, []]))
for (let run = 0; run < runs; run++) for (const name of names) times[name].push(build(name))
const medians = Object.fromEntries(names.map(name => [name, median(times[name])]))
const { version } = createRequire(import.meta.url)('ts-patch/package.json')
console.log(`${files} files; TypeScript ${ts.version}, ts-patch ${version}, Node ${process.version}, ${runs} runs`)
for (const name of names) {
  const ratio = (medians[name] / medians.without).toFixed(2)
  console.log(`${name.padEnd(8)} ${medians[name].toFixed(2)} s  x${ratio}`)
}
console.log(
  `one gradient more: ${((1000 * (medians.all - medians.few)) / (files - files / variants.few)).toFixed(1)} ms`,
)
