/**
 * The table of `--diagnostics` and `--extendedDiagnostics`, as tsc prints it, with two rows of tsgrad's.
 * It must not know what is compiled.
 */
import type ts from 'typescript'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import type { LoweringStatistics } from './lowering-builder.ts'

export interface Statistics {
  /** Starts measuring, if the options ask for it. */
  begin(options: ts.CompilerOptions): void
  /** Prints the measurements of a finished program. */
  end(program: ts.Program, lowerings: readonly LoweringStatistics[]): void
}

type Row = readonly [name: string, value: string]

export function createStatistics(ts: CompilerWithCommandLine): Statistics {
  const { performance, sys } = ts
  return {
    begin({ diagnostics, extendedDiagnostics }) {
      if (diagnostics || extendedDiagnostics) performance.enable(sys)
    },
    end(program, lowerings) {
      const { diagnostics, extendedDiagnostics } = program.getCompilerOptions()
      if (!diagnostics && !extendedDiagnostics) return
      const rows = [...counts(program, extendedDiagnostics === true), ...loweringRows(lowerings)]
      const times = performance.isEnabled() ? timesOf(ts, extendedDiagnostics === true) : []
      sys.write(table([...rows, ...times]))
      performance.disable()
    },
  }
}

const count = (name: string, value: number | undefined): Row => [name, `${value ?? 0}`]
const time = (name: string, milliseconds: number): Row => [name, `${(milliseconds / 1000).toFixed(2)}s`]

function counts(program: ts.Program, isExtended: boolean): readonly Row[] {
  const files = program.getSourceFiles()
  const caches = isExtended ? program.getRelationCacheSizes() : undefined
  return [
    count('Files', files.length),
    ...linesOf(program, files, isExtended),
    count('Identifiers', program.getIdentifierCount()),
    count('Symbols', program.getSymbolCount()),
    count('Types', program.getTypeCount()),
    count('Instantiations', program.getInstantiationCount()),
    ['Memory used', `${Math.round(process.memoryUsage().heapUsed / 1000)}K`],
    ...(caches
      ? [
          count('Assignability cache size', caches.assignable),
          count('Identity cache size', caches.identity),
          count('Subtype cache size', caches.subtype),
          count('Strict subtype cache size', caches.strictSubtype),
        ]
      : []),
  ]
}

function linesOf(program: ts.Program, files: readonly ts.SourceFile[], isExtended: boolean): readonly Row[] {
  const lines = new Map(['Library', 'Definitions', 'TypeScript', 'JavaScript', 'JSON', 'Other'].map(kind => [kind, 0]))
  for (const file of files) {
    const kind = program.isSourceFileDefaultLibrary(file) ? 'Library' : fileKindOf(file)
    lines.set(kind, lines.get(kind)! + file.getLineStarts().length)
  }
  if (isExtended) return [...lines].map(([kind, value]) => count(`Lines of ${kind}`, value))
  return [
    count(
      'Lines',
      [...lines.values()].reduce((sum, value) => sum + value, 0),
    ),
  ]
}

function fileKindOf({ fileName, isDeclarationFile }: ts.SourceFile): string {
  if (isDeclarationFile) return 'Definitions'
  if (/\.[cm]?tsx?$/.test(fileName)) return 'TypeScript'
  return /\.[cm]?jsx?$/.test(fileName) ? 'JavaScript' : fileName.endsWith('.json') ? 'JSON' : 'Other'
}

function loweringRows(lowerings: readonly LoweringStatistics[]): readonly Row[] {
  const sum = (value: (lowering: LoweringStatistics) => number) => lowerings.reduce((all, each) => all + value(each), 0)
  return [
    count(
      'Lowered files',
      sum(({ lowered }) => lowered),
    ),
    time(
      'Lowering time',
      sum(({ duration }) => duration),
    ),
  ]
}

/** The compiler adds up its measurements of all programs: the original one, and those for lowering. */
function timesOf({ performance }: CompilerWithCommandLine, isExtended: boolean): readonly Row[] {
  const total = ['Program', 'Bind', 'Check', 'Emit'].reduce((sum, name) => sum + performance.getDuration(name), 0)
  const rows: Row[] = []
  if (isExtended)
    performance.forEachMeasure((name, duration) => {
      if (!name.startsWith('SolutionBuilder::')) rows.push(time(`${name} time`, duration))
    })
  else
    for (const [name, measure] of [
      ['I/O read', 'I/O Read'],
      ['I/O write', 'I/O Write'],
      ['Parse time', 'Program'],
      ['Bind time', 'Bind'],
      ['Check time', 'Check'],
      ['Emit time', 'Emit'],
    ] as const)
      rows.push(time(name, performance.getDuration(measure)))
  return [...rows, time('Total time', total)]
}

function table(rows: readonly Row[]): string {
  const [names, values] = [0, 1].map(column => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(([name, value]) => `${`${name}:`.padEnd(names! + 2)}${value.padStart(values!)}\n`).join('')
}
