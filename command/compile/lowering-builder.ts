/**
 * Gives the compiler's builders of `--incremental`, `--watch` and `--build` a lowered program wherever they create one.
 * It must not know which of them asks.
 */
import { performance } from 'node:perf_hooks'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { InternalProgram } from '../../transformer/compiler/undocumented.ts'
import { transform } from '../../transformer/transform.ts'

/** The result of lowering a program. */
export interface LoweringStatistics {
  /** The number of files with a lowered text. */
  readonly lowered: number
  /** The number of its files without declarations. */
  readonly files: number
  /** The time of the request, by `performance.now()`. */
  readonly start: number
  /** The duration of lowering with its checks, in milliseconds. */
  readonly duration: number
}

export interface MeasuredProgram {
  readonly program: ts.Program
  readonly lowering: LoweringStatistics
}

/** `warn` takes what is no error and no reason to fail. `start` is the time at which work on the original program began. */
export function lowerMeasured(
  ts: TypeScript,
  original: ts.Program,
  host: ts.CompilerHost,
  start: number,
  warn: (warning: ts.Diagnostic) => void,
): MeasuredProgram {
  const begun = performance.now()
  const program = transform(ts, original, host, warn)
  const duration = performance.now() - begun
  const files = original.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile)
  const isLowered = ({ fileName, text }: ts.SourceFile) => program.getSourceFile(fileName)?.text !== text
  const lowered = program === original ? 0 : files.filter(isLowered).length
  // --explainFiles looks imports up in the original texts, which lack the inserted imports
  if (program !== original) Object.assign(program, reasonsOf(original))
  return { program, lowering: { lowered, files: files.length, start, duration } }
}

function reasonsOf(program: ts.Program) {
  const { getFileIncludeReasons } = program as InternalProgram
  return { getFileIncludeReasons }
}

export type Builder = ts.EmitAndSemanticDiagnosticsBuilderProgram

/** `keepsOriginals` creates each program from the previous one, for watchers; a build of many projects frees its programs. */
export function loweringBuilder(
  ts: TypeScript,
  keepsOriginals: boolean,
  onLowered: (lowering: LoweringStatistics) => void,
  warn: (warning: ts.Diagnostic) => void = () => {},
): ts.CreateProgram<Builder> {
  const originals = new WeakMap<ts.BuilderProgram, ts.Program>()
  return (rootNames, options, host, oldBuilder, configFileParsingDiagnostics, projectReferences) => {
    // the builder's previous program is a lowered one, with other errors in tsconfig.json
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
      // never from the builder's own program, which holds lowered texts
      oldProgram: oldBuilder && originals.get(oldBuilder),
    } as ts.CreateProgramOptions)
    const { program, lowering } = lowerMeasured(ts, original, host, start, warn)
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
