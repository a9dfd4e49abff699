/**
 * The interface of the native compiler: a project to open, check and build.
 * It must not know how the compiler is called.
 */
import type { PlainDiagnostic } from '../report/report.ts'

export interface CompileResult {
  readonly diagnostics: readonly PlainDiagnostic[]
  /** Full names of the files that were written. */
  readonly emitted: readonly string[]
  readonly emitSkipped: boolean
}

export interface OpenedProject {
  check(): CompileResult
  build(): Promise<CompileResult>
  /** Reports files that were changed, created or removed. */
  update(changedFiles: readonly string[]): void
  /** Full names of the tsconfig.json and of all files of the program, except the standard library. */
  fileNames(): readonly string[]
  close(): void
}

/** `overrides` are compiler options that take precedence over the tsconfig.json, with paths relative to its folder. */
export type OpenProject = (packageFolder: string, tsconfig: string, overrides?: object) => Promise<OpenedProject>

/** Loads the adapter and the compiler's API on demand. */
export const openProject: OpenProject = async (...args) =>
  (await import('../../transformer/hosts/native.ts')).openNative(...args)
