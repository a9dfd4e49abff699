/**
 * What the native compiler gives a command: a project that is opened, checked and built from outside.
 * It must not know how.
 */
import { existsSync } from 'node:fs'
import { type InstalledCompiler, unsupported } from './compiler.ts'
import { CommandError } from './failure.ts'
import type { Reported } from './report.ts'

export interface Compiled {
  readonly diagnostics: readonly Reported[]
  /** Full names of the files that were written. */
  readonly emitted: readonly string[]
  readonly emitSkipped: boolean
}

export interface NativeProject {
  check(): Promise<Compiled>
  build(): Promise<Compiled>
  /** Says that these files have other texts now, were made or were removed. */
  update(changedFiles: readonly string[]): Promise<void> | void
  /** Full names of the files of the project. */
  fileNames(): readonly string[] | Promise<readonly string[]>
  close(): Promise<void> | void
}

/** `overrides` are compiler options that stand before those of the tsconfig.json, with paths from its folder. */
export type OpenNative = (
  packageFolder: string,
  tsconfig: string,
  overrides?: Readonly<Record<string, unknown>>,
) => Promise<NativeProject>

/** @throws CommandError where this package cannot talk to that compiler. */
export async function openerOf({ version }: InstalledCompiler): Promise<OpenNative> {
  const adapter = new URL('../transformer/hosts/native.js', import.meta.url)
  if (!existsSync(adapter)) throw new CommandError(unsupported(version))
  const { openNative } = (await import(adapter.href)) as { openNative: OpenNative }
  return openNative
}
