/**
 * Exceptions that stop a build, with a place in the user's code, and their diagnostics.
 * It must not know which work failed.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue, diagnostic } from './diagnostics.ts'

/** An exception with the place in the user's code where the work failed. */
export class LocatedError extends Error {
  readonly file: ts.SourceFile
  readonly position: number

  constructor(file: ts.SourceFile, position: number, cause: unknown) {
    super(messageOf(cause), { cause })
    this.file = file
    this.position = position
  }
}

const messageOf = (cause: unknown) => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))

/** A fault of the configuration, not of a file. */
export class ConfigurationError extends Error {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]

  constructor(entry: CatalogueEntry, ...args: readonly string[]) {
    super(entry.text)
    this.entry = entry
    this.args = args
  }
}

/** Runs `work`; an exception in it gets this place unless it has one already. */
export function located<T>(file: ts.SourceFile, position: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof LocatedError || error instanceof ConfigurationError
      ? error
      : new LocatedError(file, position, error)
  }
}

/** The diagnostic of an exception, which must stop the build. */
export function failure(ts: TypeScript, error: unknown): ts.Diagnostic {
  if (error instanceof ConfigurationError)
    return diagnostic(ts, error.entry, undefined, { start: 0, end: 0 }, ...error.args)
  const { file, position, message } =
    error instanceof LocatedError ? error : { file: undefined, position: 0, message: messageOf(error) }
  return diagnostic(ts, catalogue.internal, file, { start: position, end: position }, message)
}
