// Compiled gradients beside adjoints written by hand, the same into a given array, the plain function and the tape:
// `node bench/compiled.mjs [word…]` after `npm run build`; words choose programs. One process; each contestant has its own copy of text and
// data, and they take turns. Medians of processor time. NODES=path,path measures in other versions of Node, CHROMIUM=1 in Chromium, C=1
// also GMM's adjoint in C, by gcc. The tape of functions on plain numbers has its operators decided at run time. V8 compiles in the main
// thread: on a busy machine its own threads would be late.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import ts from 'typescript'
import { transform } from '../dist/transformer/index.js'
import { findChromium } from '../scripts/browser.mjs'
import { load } from '../scripts/load.mjs'
import { gmmData, programs } from './compiled-programs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(root, 'node_modules/.bench-'))
const runtime = pathToFileURL(join(root, 'dist/runtime/index.js')).href
const { tapedText } = await load('playground/worker/taped.ts')
const words = process.argv.slice(2)
const chosen = Object.entries(programs).filter(
  ([name]) => words.length === 0 || words.some(each => name.includes(each)),
)
const options = { samples: Number(process.env.SAMPLES ?? 9), milliseconds: Number(process.env.MILLISECONDS ?? 20) }

/** Writes the modules of all programs: each contestant has a text of its own. Returns how many times as long the compiled texts are. */
function writeAll() {
  const contestants = { own: 'valueAndGrad', plain: 'valueAndGrad', into: 'gradInto' }
  const files = chosen.flatMap(([, { source }], i) =>
    Object.entries(contestants).map(([contestant, verb]) => {
      const text = `import { ${verb} } from 'tsgrad'\n${source}\nexport const derived = ${verb}(f, { by: 0 })\n`
      return { name: `p${i}-${contestant}`, file: join(folder, `p${i}-${contestant}.ts`), text, source, i }
    }),
  )
  for (const { file, text } of files) writeFileSync(file, text)
  const all = files.map(({ file }) => file)
  const program = transform(ts, ts.createProgram(all, compilerOptions))
  const ratios = []
  for (const { name, file, text, source, i } of files) {
    const lowered = program.getSourceFile(file.replaceAll('\\', '/'))
    program.emit(lowered, (_, js) => writeModule(name, js))
    if (!name.endsWith('own')) continue
    ratios[i] = (lowered.text.length - text.length) / source.length
    writeModule(`p${i}-taped`, tapedText(ts, withoutDerivative(lowered)))
  }
  return ratios
}
const compilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  types: [],
  paths: { tsgrad: [join(root, 'dist/runtime/index.d.ts')] },
}

/** The function alone, for the tape. */
function withoutDerivative({ text }) {
  const at = text.indexOf('\nexport const derived')
  const bare = `${text.slice(0, at)}\nexport const derived = valueAndGrad((...args: any[]) => f(...args), { by: 0 })\n`
  return ts.createSourceFile('/taped.ts', bare, ts.ScriptTarget.ES2023, true)
}

function writeModule(name, text) {
  const { outputText } = ts.transpileModule(text, { compilerOptions })
  writeFileSync(join(folder, `${name}.mjs`), outputText.replaceAll("'tsgrad'", JSON.stringify(runtime)))
}

/** The module that runs the contest, and hands each row to `told`. */
function contest(ratios) {
  const at = name => JSON.stringify(pathToFileURL(join(root, name)).href)
  const rows = chosen.map(([name], i) => {
    const module = contestant => `await import(${at(join(folder, `p${i}-${contestant}.mjs`).slice(root.length))})`
    const { tracked, hasTape = true, hasInto = true } = programs[name]
    const taped = tracked || !hasTape ? '' : `, taped: ${module('taped')}`
    const into = hasInto ? `, into: ${module('into')}` : ''
    return `console.log(JSON.stringify(row({ name: ${JSON.stringify(name)}, ...programs[${JSON.stringify(name)}], own: { ...${module('own')}, ratio: ${ratios[i]} }, plain: ${module('plain')}${into}${taped} }, engines, ${JSON.stringify(options)})))`
  })
  const text = [
    `import * as engines from ${JSON.stringify(runtime)}`,
    `import { row } from ${at('bench/contest.mjs')}`,
    `import { programs } from ${at('bench/compiled-programs.mjs')}`,
    ...rows,
  ].join('\n')
  writeFileSync(join(folder, 'contest.mjs'), text)
  return join(folder, 'contest.mjs')
}

const us = x => (x === undefined ? '' : x >= 1000 ? `${(x / 1000).toPrecision(3)} ms` : `${x.toPrecision(3)} µs`)
const times = (a, b) => (a === undefined || b === undefined ? '' : (a / b).toFixed(2))

function print(title, lines) {
  console.log(`\n${title}\n`)
  console.log(
    '| program | plain function | by hand | compiled | into an array | tape | compiled / hand | into / hand | compiled / plain | into / plain | tape / compiled | text / source |',
  )
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  for (const { name, plain, hand, compiled, into, tape, ratio } of lines) {
    const cells = [us(plain), us(hand), us(compiled), us(into), us(tape), times(compiled, hand), times(into, hand)]
    const others = [times(compiled, plain), times(into, plain), times(tape, compiled), ratio.toFixed(1)]
    console.log(`| ${[name, ...cells, ...others].join(' | ')} |`)
  }
}

const rowsIn = text =>
  text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))

async function inChromium(module) {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({ input: module, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'es', codeSplitting: false })
  await bundle.close()
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  const lines = []
  page.on('console', message => lines.push(message.text()))
  const ended = new Promise((resolve, reject) => {
    page.on('pageerror', reject)
    page.exposeFunction('ended', resolve)
  })
  await page.addScriptTag({ type: 'module', content: `${output[0].code}\nended()` })
  await ended
  const version = browser.version()
  await browser.close()
  return [`Chromium ${version}, by the clock`, rowsIn(lines.join('\n'))]
}

/** The same adjoint in C, which prints microseconds and the sum of the gradient. */
function inC() {
  const program = join(folder, 'gmm')
  execFileSync('gcc', ['-O3', '-march=native', '-o', program, join(root, 'bench/gmm-by-hand.c'), '-lm'])
  const { p, x, n, k, d, gamma, m } = gmmData()
  writeFileSync(join(folder, 'gmm.txt'), [n, k, d, gamma, m, ...p, ...x].join('\n'))
  return execFileSync(program, [join(folder, 'gmm.txt')], { encoding: 'utf8' }).trim()
}

try {
  const module = contest(writeAll())
  console.log(`${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}, TypeScript ${ts.version}`)
  for (const node of [process.execPath, ...(process.env.NODES?.split(',') ?? [])]) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
    print(
      `Node ${version}`,
      rowsIn(execFileSync(node, ['--no-concurrent-recompilation', module], { encoding: 'utf8' })),
    )
  }
  if (process.env.CHROMIUM) print(...(await inChromium(module)))
  if (process.env.C) console.log(`\nGMM by hand in C, gcc -O3: ${inC()}`)
} finally {
  if (!process.env.KEEP) rmSync(folder, { recursive: true })
}
