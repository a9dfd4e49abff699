// Prints what tsgrad makes of each operator of a file, and the lines that change.
// `node scripts/explain.mjs file.ts` sums up JavaScript's own operators; with `--all` it lists them and prints the whole text.

import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { explain } from '../dist/transformer/index.js'
import { operatorSpan, operatorText } from '../dist/transformer/syntax.js'

const USAGE = 'usage: npm run explain -- file.ts [--all]'

// npm starts scripts in the folder of package.json; the user may be elsewhere
const folder = process.env.INIT_CWD ?? process.cwd()

function fail(message) {
  console.error(message)
  process.exit(1)
}

const [name, ...others] = process.argv.slice(2).filter(argument => argument !== '--all')
if (name === undefined || others.length > 0) fail(USAGE)
const path = resolve(folder, name)
if (!existsSync(path)) fail(`no such file: ${path}\n${USAGE}`)
if (!/\.[mc]?tsx?$/.test(path)) fail(`${name} is not a TypeScript file`)

// only now: the compiler takes a second to load
const { default: ts } = await import('typescript')

function formatted(diagnostics) {
  const { getCurrentDirectory } = ts.sys
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory,
    getCanonicalFileName: name => name,
    getNewLine: () => '\n',
  })
}

/** The program of the nearest tsconfig.json; of the file alone when that does not list it. */
function programOf(path) {
  const config = ts.findConfigFile(dirname(path), ts.sys.fileExists)
  if (!config) fail(`no tsconfig.json in the folder of ${path} or above it`)
  const { config: json, error } = ts.readConfigFile(config, ts.sys.readFile)
  if (error) fail(formatted([error]))
  const { fileNames, options } = ts.parseJsonConfigFileContent(json, ts.sys, dirname(config), undefined, config)
  return ts.createProgram(fileNames.includes(path) ? fileNames : [path], options)
}

/** What an operator became, in words. */
function verdict({ resolution, fault }) {
  if (fault) return `refused: TS${fault.entry.code}`
  switch (resolution.kind) {
    case 'native':
      return "JavaScript's own"
    case 'text':
      return `joins text: String() of the ${resolution.operand} operand`
    case 'method':
      return `method ${resolution.method}`
    case 'reflected':
      return `method ${resolution.method} of the right operand`
    case 'dispatch':
      return `decided at run time: ${[resolution.method, resolution.reflected].filter(Boolean).join(' or ')}`
  }
}

/** The types that the checker computes for generic code can be pages long. */
const shortened = type => (type.length > 40 ? `${type.slice(0, 39)}…` : type)

function row(file, resolved) {
  const { site, types } = resolved
  const { line, character } = file.getLineAndCharacterOfPosition(operatorSpan(site, file).start)
  return [
    `${line + 1}:${character + 1}`,
    operatorText(site, file),
    types().map(shortened).join(', '),
    verdict(resolved),
  ]
}

function aligned(rows) {
  const widths = [0, 1, 2].map(i => Math.max(0, ...rows.map(cells => cells[i].length)))
  return rows.map(([place, ...cells]) => {
    const padded = cells.map((cell, i) => cell.padEnd(widths[i + 1] ?? 0))
    return `${place.padStart(widths[0])}  ${padded.join('  ')}`.trimEnd()
  })
}

/** The lowered lines that differ from the original ones; all of them when the numbers of lines differ. */
function loweredLines(original, lowered, all) {
  const before = original.split('\n')
  const after = lowered.split('\n')
  const numbered = after.map((text, i) => `${String(i + 1).padStart(String(after.length).length)} | ${text}`.trimEnd())
  return all || before.length !== after.length ? numbered : numbered.filter((_, i) => before[i] !== after[i])
}

function report({ original, mapped, resolved, diagnostics }, all) {
  const start = ({ site }) => operatorSpan(site, original).start
  const inOrder = resolved.toSorted((a, b) => start(a) - start(b))
  const isNative = ({ resolution, fault }) => resolution.kind === 'native' && !fault
  const shown = inOrder.filter(each => all || !isNative(each))
  const natives = resolved.filter(isNative).length
  console.log(
    `${relative(folder, original.fileName)}: ${resolved.length} operators, ${natives} of them JavaScript's own\n`,
  )
  for (const line of aligned(shown.map(each => row(original, each)))) console.log(line)
  if (diagnostics.length > 0) console.log(`\n${formatted(diagnostics).trimEnd()}`)
  const lines = loweredLines(original.text, mapped.text, all)
  console.log(lines.length > 0 ? `\nLowered:\n\n${lines.join('\n')}` : '\nThe text stays as it is.')
}

const all = process.argv.includes('--all')
const program = programOf(path)
const file = program.getSourceFile(path)
const faults = program.getSyntacticDiagnostics(file)
if (faults.length > 0) fail(formatted(faults))
const explained = explain(ts, program).find(({ original }) => original === file)
if (explained) report(explained, all)
else
  console.log(
    `${name}: no operators, or no class with operators can be reached from its imports. The text stays as it is.`,
  )
