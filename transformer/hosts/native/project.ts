/**
 * A project with natural math that TypeScript 7 checks and builds: opened once, asked again after each change.
 * It must not know its callers.
 */
import { readFileSync } from 'node:fs'
import type ts from 'typescript'
import type { LoweredFile } from '../../build/lowered-file.ts'
import { failedProgram } from '../../program/lowered-program.ts'
import { failure } from '../../report/errors.ts'
import { lowerProgram } from '../../transform.ts'
import { type Connection, connect } from './connection.ts'
import { emit } from './emit.ts'
import type { NativePackage } from './package.ts'
import { programOver } from './program.ts'
import { syntaxOf } from './syntax.ts'
import { configWith } from './tsconfig.ts'

/** A diagnostic in the original text; the numbers are TypeScript's: 0 is a warning, 1 an error, 2 a suggestion, 3 a message. */
export interface NativeDiagnostic {
  readonly file?: { readonly fileName: string; readonly text: string } | undefined
  readonly start: number | undefined
  readonly length: number | undefined
  readonly code: number
  readonly category: number
  readonly messageText: string | ts.DiagnosticMessageChain
  readonly relatedInformation?: readonly NativeDiagnostic[] | undefined
  readonly source?: string | undefined
}

export interface NativeResult {
  readonly diagnostics: readonly NativeDiagnostic[]
  /** Full names of the files that were written. */
  readonly emitted: readonly string[]
  readonly emitSkipped: boolean
}

export interface NativeProject {
  /** All errors, as `tsc --noEmit` would give them. */
  check(): NativeResult
  /** The same, and writes the outputs as `tsc -p` would. */
  build(): Promise<NativeResult>
  /** Reports files that were changed, created or removed. */
  update(changedFiles: readonly string[]): void
  /** The files to watch: the tsconfig.json and all that the program reads, except the language's own library. */
  fileNames(): readonly string[]
  /** The result for a file; undefined when it cannot hold an operator of a class. */
  explain(fileName: string): LoweredFile | undefined
  close(): void
}

/** @param overrides compiler options as they would stand in the tsconfig.json; relative paths in them are relative to it. */
export function nativeProject(native: NativePackage, tsconfig: string, overrides: object = {}): NativeProject {
  const connection = connect(native, tsconfig, () => configWith(readFileSync(tsconfig, 'utf8'), overrides))
  let known: Outcome | undefined
  const outcome = () => {
    known ??= outcomeOf(native, connection)
    return known
  }
  const result = (emitted: Pick<NativeResult, 'emitted' | 'emitSkipped'>, more: readonly NativeDiagnostic[] = []) => ({
    diagnostics: [...outcome().diagnostics, ...more],
    ...emitted,
  })
  const nothing = { emitted: [], emitSkipped: true }
  return {
    check: () => result(nothing),
    async build() {
      const { program, files, diagnostics, hasFailed } = outcome()
      const { noEmit, noEmitOnError } = program.getCompilerOptions()
      const hasErrors = diagnostics.some(({ category }) => category === native.sync.DiagnosticCategory.Error)
      if (hasFailed || noEmit || (noEmitOnError && hasErrors)) return result(nothing)
      const { names, failure } = await emit({ native, tsconfig, overrides, program, files })
      // its errors about types are reported already
      const isNew = failure !== undefined && !hasErrors
      return result({ emitted: names, emitSkipped: false }, isNew ? [printed(native, failure)] : [])
    },
    update(changedFiles) {
      connection.refresh(changedFiles)
      known = undefined
    },
    fileNames: () => [
      tsconfig,
      ...outcome()
        .program.getSourceFiles()
        .map(({ fileName }) => fileName),
    ],
    explain: fileName => outcome().files.find(({ original }) => original.fileName === fileName),
    close: () => connection.close(),
  }
}

interface Outcome {
  readonly program: ts.Program
  readonly files: readonly LoweredFile[]
  readonly diagnostics: readonly ts.Diagnostic[]
  /** Whether tsgrad itself failed, so that nothing may be written. */
  readonly hasFailed: boolean
}

function outcomeOf(native: NativePackage, connection: Connection): Outcome {
  const syntax = syntaxOf(native)
  const original = programOver(native, connection)
  try {
    const { program, files } = lowerProgram(syntax, original)
    return { program, files, diagnostics: diagnosticsOf(program), hasFailed: false }
  } catch (error) {
    const program = failedProgram(original, [failure(syntax, error)])
    return { program, files: [], diagnostics: diagnosticsOf(program), hasFailed: true }
  }
}

/** In the order of `tsc`: no errors about types while there are syntax errors. */
function diagnosticsOf(program: ts.Program): readonly ts.Diagnostic[] {
  const { declaration, composite } = program.getCompilerOptions()
  const steps = [
    () => [...program.getConfigFileParsingDiagnostics(), ...program.getSyntacticDiagnostics()],
    () => [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()],
    () => program.getSemanticDiagnostics(),
    () => (declaration || composite ? program.getDeclarationDiagnostics() : []),
  ]
  for (const step of steps) {
    const found = step()
    if (found.length > 0) return sorted(found)
  }
  return []
}

function sorted(diagnostics: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const key = ({ file, start, length, code, messageText }: ts.Diagnostic) =>
    JSON.stringify([file?.fileName, start, length, code, messageText])
  const different = [...new Map(diagnostics.map(each => [key(each), each])).values()]
  const order = ({ file }: ts.Diagnostic) => file?.fileName ?? ''
  return different.sort(
    (u, v) => (order(u) < order(v) ? -1 : order(u) > order(v) ? 1 : 0) || (u.start ?? 0) - (v.start ?? 0),
  )
}

/** The output of a failed command, where there is no other diagnostic. */
function printed({ sync }: NativePackage, output: string): NativeDiagnostic {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !line.startsWith('TSFILE:'))
  const [, code, text] = /error TS(\d+): ([\s\S]*)/.exec(lines.join('\n')) ?? []
  return {
    start: undefined,
    length: undefined,
    code: Number(code ?? 0),
    category: sync.DiagnosticCategory.Error!,
    messageText: text ?? `the compiler failed to write the outputs: ${lines.join('\n')}`,
  }
}
