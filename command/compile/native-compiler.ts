/**
 * What the native compiler gives a command: a project that is opened, checked and built from outside.
 * It must not know how.
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
  /** Says that these files have other texts now, were made or were removed. */
  update(changedFiles: readonly string[]): void
  /** Full names of the tsconfig.json and of all files that the program reads, but for the language's own library. */
  fileNames(): readonly string[]
  close(): void
}

/** `overrides` are compiler options that stand before those of the tsconfig.json, with paths from its folder. */
export type OpenProject = (packageFolder: string, tsconfig: string, overrides?: object) => Promise<OpenedProject>

/** The adapter, and with it the compiler's API, is not loaded where another compiler is at work. */
export const openProject: OpenProject = async (...args) =>
  (await import('../../transformer/hosts/native.ts')).openNative(...args)
