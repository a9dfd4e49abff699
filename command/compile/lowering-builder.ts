/**
 * Gives the compiler's builders of `--incremental`, `--watch` and `--build` a lowered program wherever they create one.
 * It must not know which of them asks.
 */
import { performance } from 'node:perf_hooks'
import type ts from 'typescript'
import type { Store } from '../../transformer/build/store.ts'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { InternalProgram } from '../../transformer/compiler/undocumented.ts'
import { createTransformed, type UnmadeProgram } from '../../transformer/transform.ts'

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
  readonly original: ts.Program
  readonly program: ts.Program
  readonly lowering: LoweringStatistics
}

/** Makes a program and lowers it. `warn` takes what is no error and no reason to fail. */
export function lowerMeasured(
  ts: TypeScript,
  given: UnmadeProgram,
  warn: (warning: ts.Diagnostic) => void,
  store?: Store,
): MeasuredProgram {
  const start = performance.now()
  let creation = 0
  const create = (its: ts.CompilerHost) => {
    const begun = performance.now()
    const program = given.create(its)
    creation += performance.now() - begun
    return program
  }
  const { original, program, lowered } = createTransformed(ts, { ...given, create }, warn, store)
  const duration = performance.now() - start - creation
  const files = original.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile).length
  // --explainFiles looks imports up in the original texts, which lack the inserted imports
  if (program !== original) Object.assign(program, reasonsOf(original))
  return { original, program, lowering: { lowered, files, start, duration } }
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
  store: Store | undefined,
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
    const create = (its: ts.CompilerHost) =>
      ts.createProgram({
        ...{ rootNames, options, host: its },
        ...(configFileParsingDiagnostics && { configFileParsingDiagnostics }),
        ...(projectReferences && { projectReferences }),
        // never from the builder's own program, which holds lowered texts
        oldProgram: oldBuilder && originals.get(oldBuilder),
      } as ts.CreateProgramOptions)
    const { original, program, lowering } = lowerMeasured(ts, { create, options, host, keepsOriginals }, warn, store)
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
