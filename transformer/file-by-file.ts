/**
 * Lowers the files that a runner imports, one at a time. What must stop the run is thrown, as text with places.
 * It must not know which runner asks.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { RawSourceMap } from '@jridgewell/remapping'
import type ts from 'typescript'
import { installedCompiler } from './compiler.ts'
import { type CatalogueEntry, filled } from './diagnostics.ts'
import { ConfigurationError } from './faults.ts'
import type { Session } from './session.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { sourceMapOf } from './source-maps.ts'
import type { TypeScript } from './syntax.ts'

/** A run that cannot go on. Its text says where and why; the stack names the place in the user's file, and none of tsgrad's own. */
export class RefusedError extends Error {
  constructor(text: string, place?: string) {
    super(text)
    this.stack = place ? `${text}\n\n    at ${place}` : text
  }
}

/** A lowered text with its map, in which the original is called by its file name. */
export interface LoweredText {
  readonly code: string
  readonly map: RawSourceMap
}

export interface FileByFile {
  /**
   * What a file is lowered to; undefined when its text stays as it is.
   * @param text of the file, as the runner has it.
   * @throws RefusedError when operators in it have errors, or tsgrad fails.
   */
  lowered(fileName: string, text: string): LoweredText | undefined
  /** Looks which of the files that took part have changed since they were read. */
  refresh(): void
}

export interface FileByFileOptions {
  /** The tsconfig.json of all files, in place of the nearest one of each. */
  readonly tsconfig?: string | undefined
}

export function fileByFile(options: FileByFileOptions = {}): FileByFile {
  /** Texts that are not those on the disk. */
  const given = new Map<string, string>()
  const stamps = new Map<string, number>()
  let compiling: { ts: TypeScript; sessions: Sessions } | undefined

  const open = (fileName: string) => {
    if (compiling) return compiling
    const ts = installedCompiler(dirname(fileName))
    const sessions = createSessions(ts, { ...options, readTextOf: name => given.get(name) })
    compiling = { ts, sessions }
    return compiling
  }
  const remember = (session: Session, fileName: string) => {
    for (const name of [fileName, ...session.dependencies(fileName)])
      if (!stamps.has(name) && !name.includes('/node_modules/')) stamps.set(name, stampOf(name))
  }
  return {
    lowered: (fileName, runners) =>
      refusing(() => {
        const text = withoutMark(runners)
        const { ts, sessions } = open(fileName)
        const session = sessions.of(fileName)
        if (text !== (given.get(fileName) ?? textOnDisk(fileName))) {
          given.set(fileName, text)
          session.update([fileName])
        }
        const errors = session.operatorDiagnostics(fileName)
        remember(session, fileName)
        if (errors.length > 0) throw new RefusedError(shown(ts, errors), placeOf(ts, errors))
        const mapped = session.lowered(fileName)
        return mapped && { code: mapped.text, map: sourceMapOf(mapped, fileName) }
      }),
    refresh() {
      const changed = [...stamps].filter(([name, stamp]) => stampOf(name) !== stamp).map(([name]) => name)
      for (const name of changed) {
        stamps.delete(name)
        given.delete(name)
      }
      if (changed.length > 0) compiling?.sessions.update(changed)
    },
  }
}

/** Runs `work`; a fault of the set-up leaves as text. */
export function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof ConfigurationError ? refusal(error.entry, ...error.args) : error
  }
}

/** The error for a message of the catalogue that has no place. */
export function refusal({ code, text }: CatalogueEntry, ...args: readonly string[]): RefusedError {
  return new RefusedError(`error TS${code}: ${filled(text, args)}`)
}

/** Diagnostics with their lines, as `tsc` prints them to a terminal without colours. */
export function shown(ts: TypeScript, diagnostics: readonly ts.Diagnostic[]): string {
  const host: ts.FormatDiagnosticsHost = {
    getCurrentDirectory: () => process.cwd(),
    getCanonicalFileName: name => name,
    getNewLine: () => '\n',
  }
  return stripVTControlCharacters(ts.formatDiagnosticsWithColorAndContext(diagnostics, host)).trimEnd()
}

/** The place of the first diagnostic that has one, as stacks name it. */
function placeOf(ts: TypeScript, diagnostics: readonly ts.Diagnostic[]): string | undefined {
  const first = diagnostics.find(({ file }) => file)
  if (!first) return undefined
  const { line, character } = ts.getLineAndCharacterOfPosition(first.file!, first.start!)
  return `${first.file!.fileName}:${line + 1}:${character + 1}`
}

/** The compiler reads files without the byte order mark that they may begin with. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '')
const textOnDisk = (fileName: string): string => withoutMark(readFileSync(fileName, 'utf8'))
const stampOf = (fileName: string): number => statSync(fileName, { throwIfNoEntry: false })?.mtimeMs ?? 0
