/**
 * What a build works on: the program, and the files in which operators of a class may stand.
 * It must not know what is done with them.
 */
import type ts from 'typescript'
import { findCandidates } from './candidates.ts'
import { catalogue } from './diagnostics.ts'
import { ConfigurationError, located } from './faults.ts'
import { overlayProgram } from './overlay.ts'
import { type FileSites, findSites } from './rewrite.ts'
import type { TypeScript } from './syntax.ts'
import { mayHoldTables } from './table-check.ts'
import { operatorsKey, type Reader, tableReader } from './tables.ts'

/** Changes when the same text may be lowered to another one, so that incremental builds start anew. */
export const VERSION = '0.1.0'

export interface Task {
  readonly ts: TypeScript
  readonly program: ts.Program
  /** The same once more, to ask its checker: one that was asked in another order reports and declares in other words. */
  readonly asked: ts.Program
  readonly host: ts.CompilerHost | undefined
  /** The file that declares the `operators` symbol. */
  readonly home: ts.SourceFile
  /** The files that may hold operators of a class, with all operators that they hold. */
  readonly concerned: readonly FileSites[]
}

/** Undefined when no file of the program can hold an operator of a class. */
export function taskOf(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Task | undefined {
  requireSupported(ts)
  const { homes, files } = findCandidates(ts, program)
  const home = requireOneRuntime(homes)
  const found = files.map(file => located(file, 0, () => findSites(ts, file)))
  const concerned = found.filter(({ file, sites }) => sites.length > 0 || mayHoldTables(file))
  if (!home || concerned.length === 0) return undefined
  const asked = overlayProgram(ts, program, host, { texts: new Map(), version: VERSION })
  return { ts, program, asked, host, home, concerned }
}

/** The one copy of the runtime that a program uses. @throws ConfigurationError when there are more. */
export function requireOneRuntime([home, other]: readonly ts.SourceFile[]): ts.SourceFile | undefined {
  if (other) throw new ConfigurationError(catalogue.severalRuntimes, home!.fileName, other.fileName)
  return home
}

/** What the types of a program, with the task's files, say of operators. */
export function readerIn({ ts, home }: Task, program: ts.Program): Reader {
  const checker = program.getTypeChecker()
  return tableReader(ts, checker, operatorsKey(ts, checker, program.getSourceFile(home.fileName)!))
}

function requireSupported(ts: TypeScript): void {
  const [major = 0, minor = 0] = ts.versionMajorMinor.split('.').map(Number)
  // TypeScript 7 comes with an adapter, or not at all
  if (major !== 6 && major !== 7 && !(major === 5 && minor >= 9))
    throw new ConfigurationError(catalogue.unsupportedCompiler, ts.version)
}
