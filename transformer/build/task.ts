/**
 * The input of a build: the program, and the files that may hold operators of a class.
 * It must not know the phases of a build.
 */
import type ts from 'typescript'
import type { ProbeSource } from '../ask/probe.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { mayHoldTables } from '../meaning/table-check.ts'
import { operatorsKey, type Reader, tableReader } from '../meaning/tables.ts'
import { type Overlay, overlayProgram } from '../program/overlay.ts'
import { catalogue } from '../report/diagnostics.ts'
import { ConfigurationError, located } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { type FileSites, findSites } from '../syntax/rewrite.ts'
import { VERSION } from './version.ts'

export interface Task extends ProbeSource {
  /**
   * A program over the original texts, whose checker answers questions. It must not be the one that reports or emits, since the
   * wording of TypeScript's errors depends on the order of questions.
   */
  readonly asked: ts.Program
  /** The files that may hold operators of a class, each with all its operators. */
  readonly concerned: readonly FileSites[]
  /** The program of the last incremental build, if there is one. */
  readonly host?: ts.CompilerHost | undefined
  programWith(texts: ReadonlyMap<string, string>, toolVersionOf?: Overlay['toolVersionOf']): ts.Program
}

/** The task of a program; undefined when no file can hold an operator of a class. */
export function taskOf(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Task | undefined {
  requireSupported(ts)
  const { homes, files } = findCandidates(ts, program)
  const home = requireOneRuntime(homes)
  const concerned = concernedFiles(ts, files)
  if (!home || concerned.length === 0) return undefined
  const programWith: Task['programWith'] = (texts, toolVersionOf = () => VERSION) =>
    overlayProgram(ts, program, host, { texts, toolVersionOf })
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

/** Finds the meaning of operators by the types of a program that has the task's files. */
export function readerIn({ ts, home }: Task, program: ts.Program): Reader {
  const checker = program.getTypeChecker()
  return tableReader(ts, checker, operatorsKey(ts, checker, program.getSourceFile(home)!))
}

export function requireSupported(ts: TypeScript): void {
  const [major = 0, minor = 0] = ts.versionMajorMinor.split('.').map(Number)
  // with TypeScript 7 the caller passes an adapter
  if (major !== 6 && major !== 7 && !(major === 5 && minor >= 9))
    throw new ConfigurationError(catalogue.unsupportedCompiler, ts.version)
}
