/**
 * Where lowering enters the compiler's builders of `--incremental`, `--watch` and `--build`: they ask for a program, and get one that is
 * lowered. It must not know what asks.
 */
import { performance } from 'node:perf_hooks'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { InternalProgram } from '../../transformer/compiler/undocumented.ts'
import { transform } from '../../transformer/transform.ts'

/** What became of a program. */
export interface LoweringStatistics {
  /** How many of its files have another text now. */
  readonly lowered: number
  /** How many files of code it has, declarations left out. */
  readonly files: number
  /** When it was asked for, by the clock of `performance.now()`. */
  readonly start: number
  /** How long lowering took, with the checks that it needs. */
  readonly duration: number
}

export interface MeasuredProgram {
  readonly program: ts.Program
  readonly lowering: LoweringStatistics
}

/** `start` is when the work on the original program began. */
export function lowerMeasured(
  ts: TypeScript,
  original: ts.Program,
  host: ts.CompilerHost,
  start: number,
): MeasuredProgram {
  const begun = performance.now()
  const program = transform(ts, original, host)
  const duration = performance.now() - begun
  const files = original.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile)
  const isLowered = ({ fileName, text }: ts.SourceFile) => program.getSourceFile(fileName)?.text !== text
  const lowered = program === original ? 0 : files.filter(isLowered).length
  // --explainFiles looks the imports up in the original texts, which lack the inserted ones
  if (program !== original) Object.assign(program, reasonsOf(original))
  return { program, lowering: { lowered, files: files.length, start, duration } }
}

function reasonsOf(program: ts.Program) {
  const { getFileIncludeReasons } = program as InternalProgram
  return { getFileIncludeReasons }
}

export type Builder = ts.EmitAndSemanticDiagnosticsBuilderProgram

/** `keepsOriginals` makes each program from the one before, as a watcher wants it; builds of many projects let go of theirs. */
export function loweringBuilder(
  ts: TypeScript,
  keepsOriginals: boolean,
  onLowered: (lowering: LoweringStatistics) => void,
): ts.CreateProgram<Builder> {
  const originals = new WeakMap<ts.BuilderProgram, ts.Program>()
  return (rootNames, options, host, oldBuilder, configFileParsingDiagnostics, projectReferences) => {
    // the program that the builder had before, which is a lowered one, with other errors in tsconfig.json
    if (!rootNames || !options || !host) {
      const builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(
        ...([rootNames, options, host, oldBuilder, configFileParsingDiagnostics, projectReferences] as const),
      )
      const original = oldBuilder && originals.get(oldBuilder)
      if (original) originals.set(builder, original)
      return builder
    }
    const start = performance.now()
    const original = ts.createProgram({
      ...{ rootNames, options, host },
      ...(configFileParsingDiagnostics && { configFileParsingDiagnostics }),
      ...(projectReferences && { projectReferences }),
      // never the program that the builder has: it holds lowered texts
      oldProgram: oldBuilder && originals.get(oldBuilder),
    } as ts.CreateProgramOptions)
    const { program, lowering } = lowerMeasured(ts, original, host, start)
    onLowered(lowering)
    const builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(
      program,
      host,
      oldBuilder,
      configFileParsingDiagnostics,
    )
    if (keepsOriginals) originals.set(builder, original)
    return builder
  }
}
