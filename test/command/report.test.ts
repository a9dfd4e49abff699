/** What the command prints of diagnostics and below them is tsc's own text, byte for byte. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { createReporter, errorLocations, isPrettyByDefault } from '../../command/report/report.ts'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import { programOf } from '../compile.ts'

const folder = process.cwd()
const host: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => folder,
  getCanonicalFileName: name => name,
  getNewLine: () => ts.sys.newLine,
}

const files = {
  'main.ts': `import { missing } from './other.ts'
export const a: string = 1
\texport const tabs: number =\t'a tab before and in it'
export const point: { x: number; y: { z: number } } = { x: 1, y: { z: 'deep' } }
export const three = [1, 2,
  3].nope
`,
  'other.ts':
    "export interface Shape { kind: 'a'; side: number }\r\nexport const s: Shape = { kind: 'a' }\r\n" +
    'export const f = (x: { a: string }) => x\r\nf({\r\n  b: 1,\r\n  c: 2,\r\n  d: 3,\r\n  e: 4,\r\n  g: 5,\r\n}, 2)\r\n',
  'lines.ts': `export const separator = '\u2028'; export const wrong: 1 = 2\n\u2029let unused = nope\n${'\n'.repeat(1200)}declare const one: (x: 1) => 1\none([\n1,\n2,\n3,\n4,\n5,\n6])\none([1,\n2])\n`,
  'last.ts': 'export const end: 1 = 2',
  'syntax.ts': 'export const = 1 +\n}',
  'empty.ts': '',
}

/** Errors of all kinds: in one line and in many, with chains, with related places, with no file. */
const diagnostics = (() => {
  const { program } = programOf(files, {
    noUnusedLocals: true,
    outFile: 'x.js',
    noLib: false,
    lib: ['lib.nope.d.ts', 'lib.es2023.d.ts'],
  })
  return ts.sortAndDeduplicateDiagnostics([
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ])
})()

test('the diagnostics at hand are of all kinds', () => {
  const some = (is: (each: ts.Diagnostic) => unknown) => diagnostics.filter(is).length
  expect(diagnostics.length).toBeGreaterThan(10)
  expect(some(({ file }) => !file)).toBeGreaterThan(0)
  expect(some(({ messageText }) => typeof messageText !== 'string')).toBeGreaterThan(0)
  expect(some(({ relatedInformation }) => relatedInformation?.some(({ file }) => file))).toBeGreaterThan(0)
  const lines = ({ file, start = 0, length = 0 }: ts.Diagnostic) =>
    file?.text.slice(start, start + length).split('\n').length ?? 1
  expect(some(each => lines(each) > 5)).toBeGreaterThan(0)
  expect(some(each => lines(each) === 2)).toBeGreaterThan(0)
})

// no suggestion: the compiler itself has no colour for it here
const categories = [0, 1, 3] as const
describe.each(categories)('with category %s', category => {
  const all = diagnostics.map(each => ({ ...each, category }))
  test('plain output is that of TypeScript', () => {
    const { diagnostic } = createReporter(false, folder)
    expect(all.map(diagnostic)).toEqual(all.map(each => ts.formatDiagnostic(each, host)))
  })
  test('output in colours, with the lines of code, is that of TypeScript', () => {
    const { diagnostic } = createReporter(true, folder)
    const wanted = all.map(each => ts.formatDiagnosticsWithColorAndContext([each], host) + ts.sys.newLine)
    expect(all.map(diagnostic)).toEqual(wanted)
  })
})

test('every range of a text is shown as TypeScript shows it', () => {
  const text = 'a\tb\n\n  c\r\nd\n\te\nf\ng\nh'
  const file = ts.createSourceFile('ranges.ts', text, ts.ScriptTarget.Latest)
  const { diagnostic } = createReporter(true, folder)
  let looked = 0
  for (let start = 0; start <= text.length; start++)
    for (let length = 0; start + length <= text.length; length++) {
      const each = { category: 1, code: 2322, file, start, length, messageText: 'no' }
      expect(diagnostic(each)).toBe(ts.formatDiagnosticsWithColorAndContext([each], host) + ts.sys.newLine)
      looked++
    }
  expect(looked).toBeGreaterThan(150)
})

test('paths lead from where the user is', () => {
  const file = { fileName: `${folder}/src/a.ts`, text: 'x' }
  const shown = (from: string) =>
    createReporter(false, from).diagnostic({ category: 1, code: 1, file, start: 0, messageText: '' })
  expect(shown(folder)).toMatch(/^src\/a\.ts\(1,1\): error TS1: /)
  expect(shown(`${folder}/other`)).toMatch(/^\.\.\/src\/a\.ts\(/)
  expect(shown('/')).toMatch(RegExp(`^${folder.slice(1)}/src/a\\.ts`))
})

describe('the summary is that of tsc', () => {
  const compiler = ts as CompilerWithCommandLine & {
    getErrorSummaryText(count: number, places: unknown, newLine: string, host: ts.FormatDiagnosticsHost): string
    getFilesInErrorForSummary(diagnostics: readonly ts.Diagnostic[]): unknown[]
  }
  const inFile = diagnostics.filter(({ file }) => file)
  const [first] = inFile
  const ofOneFile = inFile.filter(({ file }) => file === first!.file)
  test.each([
    ['no error', []],
    ['warnings', inFile.map(each => ({ ...each, category: 0 }))],
    ['one error', [first!]],
    ['one error without a file', diagnostics.filter(({ file }) => !file).slice(0, 1)],
    ['errors without a file', Array(3).fill({ ...first, file: undefined })],
    ['errors in one file', ofOneFile],
    ['errors in one file and without one', [...ofOneFile, { ...first!, file: undefined }]],
    ['errors in many files', diagnostics],
    ['more than ten errors in a file', [...Array(123).fill(first), ...inFile]],
  ])('%s', (_, found: readonly ts.Diagnostic[]) => {
    const places = errorLocations(found)
    expect(places).toEqual(compiler.getFilesInErrorForSummary(found))
    const wanted = compiler.getErrorSummaryText(places.length, places, ts.sys.newLine, host)
    expect(createReporter(true, folder).summary(places.length, places)).toBe(wanted)
    expect(createReporter(false, folder).summary(places.length, places)).toBe('')
  })
})

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['NO_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
])('%s decides whether there are colours', (_, env, isTTY, wanted) => {
  expect(isPrettyByDefault({ env, stdout: { isTTY } } as never)).toBe(wanted)
})
