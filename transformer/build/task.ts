/**
 * What a build works on: the program, and the files in which operators of a class may stand.
 * It must not know what is done with them.
 */
import type ts from 'typescript'
import type { ProbeSource } from '../ask/probe.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { mayHoldTables } from '../meaning/table-check.ts'
import { operatorsKey, type Reader, tableReader } from '../meaning/tables.ts'
import { overlayProgram } from '../program/overlay.ts'
import { catalogue } from '../report/diagnostics.ts'
import { ConfigurationError, located } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { type FileSites, findSites } from '../syntax/rewrite.ts'
import { VERSION } from './version.ts'

export interface Task extends ProbeSource {
  /**
   * A program over the texts as people wrote them, to ask its checker; not one that reports or emits, which would say things in other
   * words when it was asked in another order.
   */
  readonly asked: ts.Program
  /** The files that may hold operators of a class, with all operators that they hold. */
  readonly concerned: readonly FileSites[]
  /** Where an incremental build finds what the last one checked. */
  readonly host?: ts.CompilerHost | undefined
}

/** Undefined when no file of the program can hold an operator of a class. */
export function taskOf(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Task | undefined {
  requireSupported(ts)
  const { homes, files } = findCandidates(ts, program)
  const home = requireOneRuntime(homes)
  const concerned = concernedFiles(ts, files)
  if (!home || concerned.length === 0) return undefined
  const programWith = (texts: ReadonlyMap<string, string>) =>
    overlayProgram(ts, program, host, { texts, version: VERSION })
  return { ts, asked: programWith(new Map()), home: home.fileName, concerned, host, programWith }
}

/** Of the candidates, those that hold operators or may declare a table. */
export function concernedFiles(ts: TypeScript, candidates: readonly ts.SourceFile[]): readonly FileSites[] {
  const found = candidates.map(file => located(file, 0, () => findSites(ts, file)))
  return found.filter(({ file, sites }) => sites.length > 0 || mayHoldTables(file))
}

/** The one copy of the runtime that a program uses. @throws ConfigurationError when there are more. */
export function requireOneRuntime([home, other]: readonly ts.SourceFile[]): ts.SourceFile | undefined {
  if (other) throw new ConfigurationError(catalogue.severalRuntimes, home!.fileName, other.fileName)
  return home
}

/** What the types of a program, with the task's files, say of operators. */
export function readerIn({ ts, home }: Task, program: ts.Program): Reader {
  const checker = program.getTypeChecker()
  return tableReader(ts, checker, operatorsKey(ts, checker, program.getSourceFile(home)!))
}

export function requireSupported(ts: TypeScript): void {
  const [major = 0, minor = 0] = ts.versionMajorMinor.split('.').map(Number)
  // TypeScript 7 comes with an adapter, or not at all
  if (major !== 6 && major !== 7 && !(major === 5 && minor >= 9))
    throw new ConfigurationError(catalogue.unsupportedCompiler, ts.version)
}
