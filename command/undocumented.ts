/**
 * The functions of the compiler that its own command line is made of, and that are not in its public types. They are the same in
 * TypeScript 5.9 and 6, and are taken so that options, messages and exit codes are tsc's own. It must hold nothing else.
 */
import type ts from 'typescript'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import type { ErrorPlace } from './report.ts'

export type CompilerWithCommandLine = TypeScript & {
  readonly sys: {
    /** Makes writing to a pipe wait, so that nothing is lost when the process ends. */
    setBlocking?(): void
  }
  /** The whole of tsc. It ends the process. */
  executeCommandLine(system: ts.System, onProgram: (program: unknown) => void, args: readonly string[]): void
  /** Asks a program for all diagnostics in tsc's order, emits, lists files as the options say. */
  emitFilesAndReportErrorsAndGetExitStatus(
    program: ts.Program | ts.BuilderProgram,
    report: (diagnostic: ts.Diagnostic) => void,
    write: (line: string) => void,
    summarize: ((count: number, places: (ErrorPlace | undefined)[]) => void) | undefined,
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
  /** What `--diagnostics` measures with. */
  readonly performance: {
    enable(system: ts.System): boolean
    disable(): void
    isEnabled(): boolean
    getDuration(name: string): number
    forEachMeasure(report: (name: string, duration: number) => void): void
  }
}
