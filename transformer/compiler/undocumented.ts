/**
 * All members of TypeScript 5.9 and 6 in use here that the compiler's public types leave out: a new version is compared with this file.
 * `test/undocumented.test.ts` finds each of them in both versions. It must not know who uses them.
 */
import type ts from 'typescript'
import type { TypeScript } from './typescript.ts'

/** A file may be any of these without a cast: all are optional. */
export interface InternalFile extends ts.SourceFile {
  readonly imports?: readonly ts.StringLiteralLike[]
  /** The names of `declare module 'decimal.js'` and `declare global`. */
  readonly moduleAugmentations?: readonly (ts.StringLiteral | ts.Identifier)[]
  /** The names of `declare module 'x'` in a file that augments nothing. */
  readonly ambientModuleNames?: readonly string[]
  /** `@jsx` and its like. */
  readonly pragmas?: ReadonlyMap<string, unknown>
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[]
  /** `@ts-nocheck` or `@ts-check`. */
  readonly checkJsDirective?: { readonly enabled: boolean }
  /** `@ts-expect-error` and `@ts-expect-error`. */
  readonly commentDirectives?: readonly { readonly range: ts.TextRange }[]
  /** Differs when the text does: incremental builds and language services compare it. */
  version?: string
  readonly scriptKind?: ts.ScriptKind
  readonly resolvedPath?: ts.Path
  /** In the second of two files of the same version of a package: the first one. */
  readonly redirectInfo?: { readonly unredirected: InternalFile }
}

export interface InternalProgram extends ts.Program {
  getResolvedModule(
    file: ts.SourceFile,
    name: string,
    mode: ts.ResolutionMode,
  ): ts.ResolvedModuleWithFailedLookupLocations | undefined
  getResolvedModuleFromModuleSpecifier(
    specifier: ts.StringLiteralLike,
    file: ts.SourceFile,
  ): { readonly resolvedModule?: ts.ResolvedModule } | undefined
  getEmitModuleFormatOfFile(file: ts.SourceFile): ts.ModuleKind
  getBindAndCheckDiagnostics?(file: ts.SourceFile, token?: ts.CancellationToken): readonly ts.Diagnostic[]
  getProgramDiagnostics?(file: ts.SourceFile): readonly ts.Diagnostic[]
  /** Public without its last parameter, which writes declarations whatever the options and the errors are. */
  emit(
    file?: ts.SourceFile,
    writeFile?: ts.WriteFileCallback,
    token?: ts.CancellationToken,
    onlyDeclarations?: boolean,
    transformers?: ts.CustomTransformers,
    forceDeclarations?: boolean,
  ): ts.EmitResult
  /** Assigned from outside, by the builder of an incremental build. */
  getBuildInfo?: unknown
  emitBuildInfo?(writeFile?: ts.WriteFileCallback, token?: ts.CancellationToken): ts.EmitResult
  /** What `--explainFiles` prints. */
  getFileIncludeReasons?: unknown
  readonly structureIsReused?: number
}

export interface InternalBuilder extends ts.SemanticDiagnosticsBuilderProgram {
  /** The diagnostics by file, of this build and of the last one. */
  readonly state?: { readonly semanticDiagnosticsPerFile?: ReadonlyMap<ts.Path, unknown> }
}

/** Of `structureIsReused`: all imports are those of the old program. */
export const REUSED_COMPLETELY = 2

export interface InternalCompilerHost extends ts.CompilerHost {
  /** Reads the sources of a referenced project, where it would read declarations. */
  useSourceOfProjectReferenceRedirect?(): boolean
  /** Where it is, a builder asks this instead of `readFile`. */
  getBuildInfo?: unknown
}

export interface InternalServiceHost extends ts.LanguageServiceHost {
  useSourceOfProjectReferenceRedirect?(): boolean
  hasInvalidatedResolutions?(path: ts.Path): boolean
  getGlobalTypingsCacheLocation?: unknown
  getPackageJsonsVisibleToFile?: unknown
  getNearestAncestorDirectoryWithPackageJson?: unknown
  getPackageJsonAutoImportProvider?: unknown
}

export interface InternalService extends ts.LanguageService {
  getRegionSemanticDiagnostics?(fileName: string, ranges: readonly ts.TextRange[]): unknown
}

export interface InternalSymbol extends ts.Symbol {
  readonly parent?: ts.Symbol
}

export interface InternalType extends ts.Type {
  /** Of a type that is built in: 'error' and 'unresolved' are what an expression and a type have after an error. */
  readonly intrinsicName?: string
}

/** What `tsc` itself is made of, so that options, messages and exit codes are its own. */
export interface CompilerWithCommandLine extends TypeScript {
  readonly sys: InternalSystem
  readonly performance: InternalPerformance
  /** The whole of tsc. It ends the process. */
  executeCommandLine(system: ts.System, onProgram: (program: unknown) => void, args: readonly string[]): void
  /** Asks a program for all diagnostics in tsc's order, emits, lists files as the options say. */
  emitFilesAndReportErrorsAndGetExitStatus(
    program: ts.Program | ts.BuilderProgram,
    report: (diagnostic: ts.Diagnostic) => void,
    write: (line: string) => void,
    summarize: ts.ReportEmitErrorSummary | undefined,
  ): ts.ExitStatus
  /** Lets a host remember what the disk said. */
  changeCompilerHostLikeToUseCache(host: ts.CompilerHost, toPath: (fileName: string) => ts.Path): void
  toPath(fileName: string, folder: string, canonical: (fileName: string) => string): ts.Path
  /** Options of the command line are meant from where the user is, those of a tsconfig.json from its folder. */
  convertToOptionsWithAbsolutePaths(
    options: ts.CompilerOptions,
    toAbsolute: (path: string) => string,
  ): ts.CompilerOptions
  getNormalizedAbsolutePath(path: string, folder: string): string
}

export interface InternalSystem extends ts.System {
  /** Makes writing to a pipe wait, so that nothing is lost when the process ends. */
  setBlocking?(): void
}

/** What `--diagnostics` measures with. */
export interface InternalPerformance {
  enable(system: ts.System): boolean
  disable(): void
  isEnabled(): boolean
  getDuration(name: string): number
  forEachMeasure(report: (name: string, duration: number) => void): void
}
