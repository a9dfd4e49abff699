/**
 * A program that compiles lowered texts and reports positions in the original ones.
 * It must not know how the texts were made.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile, InternalProgram } from '../compiler/undocumented.ts'
import { located } from '../report/errors.ts'
import { type MappedFiles, originalDiagnostic, originalSourceMap } from '../text/positions.ts'
import type { MappedText } from '../text/text.ts'

/** What one file became. */
export interface ProgramFile {
  readonly original: ts.SourceFile
  readonly mapped: MappedText
  /** tsgrad's own diagnostics. */
  readonly diagnostics: readonly ts.Diagnostic[]
  /** Whether a diagnostic of TypeScript, in the original file, repeats a fault that tsgrad reports itself. */
  covers(diagnostic: ts.Diagnostic): boolean
  /** A diagnostic of TypeScript, in the original file, with tsgrad's advice if there is any. */
  advise(diagnostic: ts.Diagnostic): ts.Diagnostic
  /** tsgrad's diagnostics for places where nothing else is reported. */
  inspect(reported: readonly ts.Diagnostic[]): readonly ts.Diagnostic[]
}

/** `overlay` is the program of the lowered texts. */
export function reportingProgram(
  ts: TypeScript,
  host: ts.CompilerHost | undefined,
  lowered: readonly ProgramFile[],
  overlay: ts.Program,
): ts.Program {
  const byName = new Map(lowered.map(file => [file.original.fileName, file]))
  const files: MappedFiles = byName
  const program = overlay as InternalProgram
  for (const { original } of lowered)
    located(original, 0, () => requireParsed(program.getSourceFile(original.fileName)))
  const own = (file: ts.SourceFile | undefined) => file && program.getSourceFile(file.fileName)

  const back = (diagnostics: readonly ts.Diagnostic[]) => diagnostics.map(each => originalDiagnostic(files, each))
  const semantic = (file: ts.SourceFile | undefined, found: readonly ts.Diagnostic[]) => {
    const one = file && byName.get(file.fileName)
    return originalSemantic(ts, byName, file ? (one ? [one] : []) : lowered, found)
  }
  const baseWriteFile = host?.writeFile ?? ts.sys.writeFile
  const writeBack =
    (write: ts.WriteFileCallback = baseWriteFile): ts.WriteFileCallback =>
    (name, text, bom, onError, sources, data) =>
      write(name, originalSourceMap(files, name, text, sources), bom, onError, sources, data)

  const { getBindAndCheckDiagnostics, getProgramDiagnostics } = program
  const result: InternalProgram = {
    ...program,
    // The compiler reads this member from the program that it created.
    get getBuildInfo() {
      return program.getBuildInfo
    },
    set getBuildInfo(value) {
      program.getBuildInfo = value
    },
    getSemanticDiagnostics: (file, token) => semantic(file, program.getSemanticDiagnostics(own(file), token)),
    ...(getBindAndCheckDiagnostics && {
      getBindAndCheckDiagnostics: (file, token) => semantic(file, getBindAndCheckDiagnostics(own(file)!, token)),
    }),
    ...(getProgramDiagnostics && { getProgramDiagnostics: file => back(getProgramDiagnostics(own(file)!)) }),
    getDeclarationDiagnostics: (file, token) =>
      back(program.getDeclarationDiagnostics(own(file), token)) as ts.DiagnosticWithLocation[],
    // The compiler puts diagnostics from a .tsbuildinfo into these files; their positions are original ones.
    getSourceFileByPath: path => {
      const file = program.getSourceFileByPath(path)
      const changed = file && byName.get(file.fileName)
      return changed ? ofVersion(changed.original, file) : file
    },
    emit(file, write, token, ...rest) {
      const errors = blocking(result, file, token)
      if (errors.length > 0) return { emitSkipped: true, diagnostics: errors, emittedFiles: [] }
      const { diagnostics, ...emitted } = program.emit(own(file), writeBack(write), token, ...rest)
      return { ...emitted, diagnostics: back(diagnostics) }
    },
  }
  return result
}

/** Semantic diagnostics of some files in their original texts: TypeScript's, without those that tsgrad replaces, and tsgrad's. */
export function originalSemantic(
  ts: TypeScript,
  byName: ReadonlyMap<string, ProgramFile>,
  concerned: readonly ProgramFile[],
  found: readonly ts.Diagnostic[],
): readonly ts.Diagnostic[] {
  const theirs = found.flatMap(each => {
    const original = originalDiagnostic(byName, each)
    const changed = original.file && byName.get(original.file.fileName)
    return changed ? (changed.covers(original) ? [] : [changed.advise(original)]) : [original]
  })
  return concerned.reduce<readonly ts.Diagnostic[]>((all, each) => {
    const inspected = each.inspect([...theirs, ...each.diagnostics])
    return withOwn(ts, all, { ...each, diagnostics: [...each.diagnostics, ...inspected] })
  }, theirs)
}

/** @throws Error when a file without syntax errors was lowered to a text with one. */
function requireParsed(file: InternalFile | undefined): void {
  const [error] = file?.parseDiagnostics ?? []
  if (!error) return
  const around = file!.text.slice(Math.max(0, error.start! - 40), error.start! + 40)
  throw new Error(`the lowered text does not parse: ${error.messageText} at ${JSON.stringify(around)}`)
}

/** The source file with another version, which an incremental build compares with that of the compiled text. */
function ofVersion(file: ts.SourceFile, { version }: InternalFile): ts.SourceFile {
  return Object.create(file, { version: { value: version } })
}

/** With `noEmitOnError`, the errors that prevent emit; the compiler itself would only know those of the lowered program. */
function blocking(
  program: ts.Program,
  file: ts.SourceFile | undefined,
  token: ts.CancellationToken | undefined,
): readonly ts.Diagnostic[] {
  const { noEmitOnError, noEmit } = program.getCompilerOptions()
  if (!noEmitOnError || noEmit) return []
  return [
    ...program.getOptionsDiagnostics(token),
    ...program.getSyntacticDiagnostics(file, token),
    ...program.getGlobalDiagnostics(token),
    ...program.getSemanticDiagnostics(file, token),
  ]
}

/** Adds tsgrad's diagnostics of a file; comment directives suppress them as they suppress the compiler's own. */
export function withOwn(
  ts: TypeScript,
  found: readonly ts.Diagnostic[],
  { original, diagnostics }: Pick<ProgramFile, 'original' | 'diagnostics'>,
): readonly ts.Diagnostic[] {
  const { checkJsDirective }: InternalFile = original
  if (checkJsDirective?.enabled === false) return found
  const used = new Set<number>()
  const shown = diagnostics.filter(({ start }) => {
    const directive = directiveBefore(ts, original, start!)
    if (directive !== undefined) used.add(directive)
    return directive === undefined
  })
  const UNUSED_EXPECT_ERROR = 2578
  const isUsed = ({ code, file, start }: ts.Diagnostic) =>
    code === UNUSED_EXPECT_ERROR &&
    file === original &&
    used.has(ts.getLineAndCharacterOfPosition(original, start!).line)
  return [...found.filter(each => !isUsed(each)), ...shown]
}

/** The line of the directive that suppresses a position: the line before, with only blank and comment lines between. */
function directiveBefore(ts: TypeScript, file: InternalFile, position: number): number | undefined {
  const lineOf = (offset: number) => ts.getLineAndCharacterOfPosition(file, offset).line
  const directives = new Set(file.commentDirectives?.map(({ range }) => lineOf(range.end)))
  if (directives.size === 0) return undefined
  const lines = file.getLineStarts()
  for (let line = lineOf(position) - 1; line >= 0; line--) {
    if (directives.has(line)) return line
    const text = file.text.slice(lines[line], lines[line + 1]).trim()
    if (text !== '' && !text.startsWith('//')) return undefined
  }
  return undefined
}

/** The original program with these errors and without emit: untransformed code is never written. */
export function failedProgram(program: ts.Program, diagnostics: readonly ts.Diagnostic[]): ts.Program {
  const emitNothing = (): ts.EmitResult => ({ emitSkipped: true, diagnostics: [], emittedFiles: [] })
  const result: InternalProgram = {
    ...(program as InternalProgram),
    getOptionsDiagnostics: (...args) => [...program.getOptionsDiagnostics(...args), ...diagnostics],
    emit: emitNothing,
    emitBuildInfo: emitNothing,
  }
  return result
}
