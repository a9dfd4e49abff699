// That tsgrad does no harm: compiles real packages by `tsc`, by `tspc` with tsgrad, and again with every file a candidate, and
// compares all that was written and reported. Then lowers each source with all its operators made calls, and proves the tree of what
// comes out. `node bench/real-code.mjs [--runs 3] [package …]`: one run shows a difference, more are for the times.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { lowerEveryOperator } from '../test/conformance/every-operator.mjs'
import { alongside, compilerOptions, everywhere, packages, ways } from './real-packages.mjs'

// in the compilers that this one starts, too
process.env.TSGRAD_PROVE = '1'
const repository = fileURLToPath(new URL('..', import.meta.url))
const cpuTime = ['--import', new URL('cpu-time.mjs', import.meta.url).href]
const node = (...args) =>
  spawnSync(process.execPath, ['--max-old-space-size=12000', ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })

/** Installs a package in a folder of its own and copies its sources out of node_modules, where they would count as foreign. */
function prepare({ name, version, sources, exclude, options: own }) {
  const root = join(tmpdir(), 'tsgrad-real-code', `${name}-${version}`.replace(/\W+/g, '-'))
  if (!existsSync(join(root, 'installed'))) {
    rmSync(root, { recursive: true, force: true })
    mkdirSync(root, { recursive: true })
    const dependencies = { [name]: version, ...alongside }
    writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
    const flags = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', flags, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    cpSync(join(root, 'node_modules', name, sources), join(root, 'src'), { recursive: true })
    writeFileSync(join(root, 'installed'), '')
  }
  rmSync(join(root, 'node_modules/tsgrad'), { recursive: true, force: true })
  symlinkSync(repository, join(root, 'node_modules/tsgrad'))
  writeFileSync(join(root, 'everywhere.d.ts'), everywhere)
  for (const [way, { options, files }] of Object.entries(ways)) {
    const config = {
      compilerOptions: { ...compilerOptions, ...own, ...options, outDir: `out/${way}` },
      include: ['src', ...files],
      exclude: ['src/**/*.d.ts', ...exclude.map(path => `src/${path}`)],
    }
    writeFileSync(join(root, `${way}.json`), JSON.stringify(config))
  }
  return root
}

function compile(root, way) {
  rmSync(join(root, 'out', way), { recursive: true, force: true })
  const compiler = join(repository, 'node_modules/.bin', ways[way].compiler)
  process.env.CPU_TIME_FILE = join(root, 'seconds')
  const { stdout, stderr, status } = node(...cpuTime, compiler, '-p', join(root, `${way}.json`), '--pretty', 'false')
  if (status === null || stderr) throw new Error(`${way} in ${root} broke off: ${stderr}`)
  const seconds = Number(readFileSync(process.env.CPU_TIME_FILE, 'utf8'))
  return { seconds, reported: stdout.replaceAll(`${way}.json`, 'tsconfig.json') }
}

const filesOf = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length))
    .sort()

/** The outputs of a way that are not, byte for byte, those of plain `tsc`. */
function differing(root, way) {
  const [plain, other] = ['tsc', way].map(name => join(root, 'out', name))
  const names = new Set([...filesOf(plain), ...filesOf(other)])
  const same = name =>
    existsSync(plain + name) &&
    existsSync(other + name) &&
    readFileSync(plain + name).equals(readFileSync(other + name))
  return { compared: names.size, different: [...names].filter(name => !same(name)) }
}

// ---- what the transformer looked at, in a process of its own

const { values, positionals } = parseArgs({
  options: { look: { type: 'string' }, runs: { type: 'string', default: '1' } },
  allowPositionals: true,
})
if (values.look) console.log(JSON.stringify(await look(values.look)))
else measure(positionals, Number(values.runs))

async function look(path) {
  const { explain } = await import('../dist/transformer/index.js')
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(path, {}, host)
  const program = ts.createProgram(fileNames, options)
  const own = program
    .getSourceFiles()
    .filter(file => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file))
  const explained = explain(ts, program)
  const operators = explained.flatMap(file => file.operators)
  return {
    files: own.length,
    lines: own.reduce((sum, file) => sum + file.getLineStarts().length, 0),
    candidates: explained.length,
    probed: operators.length,
    lowered: operators.filter(({ resolution }) => resolution.kind !== 'native').length,
    faults: explained.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
    ...proofOf(own),
  }
}

/** How many operators are made calls, of helpers and of methods, and in which files the lowered text has another tree than was meant. */
function proofOf(files) {
  let operators = 0
  const different = []
  for (const { fileName, text } of files)
    for (const form of ['dispatch', 'method'])
      try {
        const { operators: made = 0, left = 0 } = lowerEveryOperator(text, true, form, fileName)
        operators += made
        if (left > 0) different.push(`${fileName}, ${form}: ${left} operators are left`)
      } catch (error) {
        different.push(`${fileName}, ${form}: ${error.message}`)
      }
  return { operators, different }
}

function lookAt(root, way) {
  const { stdout, stderr, status } = node(fileURLToPath(import.meta.url), '--look', join(root, `${way}.json`))
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

// ---- the table

function measure(names, runs) {
  const wanted = packages.filter(({ name, slow }) => (names.length === 0 ? !slow : names.includes(name)))
  const rows = wanted.map(each => {
    const row = measured(each, each.slow ? 1 : runs)
    console.error(JSON.stringify(row))
    return row
  })
  console.log(`TypeScript ${ts.version}, Node ${process.version}`)
  console.table(Object.fromEntries(rows.map(({ package: name, ...row }) => [name, row])))
  const lines = rows.reduce((sum, row) => sum + row.lines, 0)
  const probed = rows.reduce((sum, row) => sum + row['operators probed'], 0)
  const proven = rows.reduce((sum, row) => sum + row['operators made calls'], 0)
  const harmed = rows.filter(({ harm }) => harm !== 'none')
  for (const { name, slow } of packages)
    if (slow && !names.includes(name))
      console.log(`left out: ${name}, whose compilation takes minutes; name it to try it`)
  console.log(
    `${rows.length} packages, ${lines} lines, ${probed} operators probed, ${proven} made calls with the tree that was meant; harm done to ${harmed.length}`,
  )
  process.exitCode = harmed.length === 0 && probed > 0 ? 0 : 1
}

function measured(each, runs) {
  const root = prepare(each)
  const times = { tsc: [], tspc: [], forced: [] }
  const reported = {}
  for (let run = 0; run < runs; run++)
    for (const way of Object.keys(ways)) {
      const { seconds, reported: text } = compile(root, way)
      times[way].push(seconds)
      reported[way] = text
      console.error(`${each.name} ${way} ${seconds.toFixed(1)} s`)
    }
  const seen = lookAt(root, 'forced')
  const harm = [...harmOf(root, 'tspc', reported), ...harmOf(root, 'forced', reported)]
  if (seen.candidates === 0 || seen.probed === 0) harm.push('nothing was looked at')
  if (seen.operators === 0) harm.push('nothing was proven')
  harm.push(...seen.different)
  if (seen.lowered + seen.faults > 0) harm.push(`${seen.lowered} lowered, ${seen.faults} faults`)
  const median = way => times[way].sort((a, b) => a - b)[times[way].length >> 1]
  return {
    package: `${each.name} ${each.version}`,
    files: seen.files,
    lines: seen.lines,
    'with operators': seen.candidates,
    'operators probed': seen.probed,
    'operators made calls': seen.operators,
    outputs: differing(root, 'tspc').compared,
    diagnostics: (reported.tsc.match(/^\S.* error TS/gm) ?? []).length,
    harm: harm.join('; ') || 'none',
    'tsc s': Number(median('tsc').toFixed(1)),
    ratio: Number((median('tspc') / median('tsc')).toFixed(2)),
    'ratio forced': Number((median('forced') / median('tsc')).toFixed(2)),
    runs,
  }
}

function harmOf(root, way, reported) {
  const { different } = differing(root, way)
  return [
    ...(reported[way] === reported.tsc
      ? []
      : [`${way} reports ${JSON.stringify(firstDifference(reported.tsc, reported[way]))}`]),
    ...(different.length === 0 ? [] : [`${way} writes ${different.length} other files, such as ${different[0]}`]),
  ]
}

function firstDifference(plain, other) {
  const known = new Set(plain.split('\n'))
  return other.split('\n').find(line => !known.has(line)) ?? 'less'
}
