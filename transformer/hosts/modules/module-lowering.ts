/**
 * Lowers modules one by one when a host loads them, with one set of sessions for all.
 * It must not know which host asks. on-demand.ts imports it when a text mentions tsgrad.
 */
import { dirname, resolve } from 'node:path'
import type { Session } from '../../build/session.ts'
import { createSessions } from '../../build/sessions.ts'
import { createStamps } from '../../build/stamps.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import { type FileName, realNamesBy } from '../../program/file-names.ts'
import { type CatalogueEntry, catalogue, stated } from '../../report/diagnostics.ts'
import { holdsTypeScript } from '../../syntax/typescript-alone.ts'
import { type TextMap, textMap } from '../../text/positions.ts'
import type { MappedText } from '../../text/text.ts'
import { compilerOf } from './compiler.ts'
import { type HostDiagnostic, hostDiagnostic } from './host-diagnostic.ts'
import { textOnDisk } from './on-disk.ts'
import { type Question, recordingCompiler } from './questions.ts'
import { stampOf } from './stamp.ts'

export interface HostOptions {
  /** The tsconfig.json to use for all files, in place of the nearest one of each. */
  readonly tsconfig?: string | undefined
  /** Which errors stop the build: those at operators of classes (the default), all of TypeScript's, or none but tsgrad's own faults. */
  readonly check?: 'operators' | 'all' | false | undefined
}

export interface BundlerOptions extends HostOptions {
  /** The folder for declarations of all files of the project: `'types'`. Without it none are written. */
  readonly declarations?: string | undefined
}

export interface LoweredModule {
  /** The lowered text with its source map; undefined when the text stays the same. */
  readonly output: { readonly code: string; readonly map: TextMap } | undefined
  /** The same text with the origin of each character. */
  readonly mapped?: MappedText | undefined
  readonly errors: readonly HostDiagnostic[]
  readonly warnings?: readonly HostDiagnostic[]
  /** Files of the project on which this result depends, beside the module itself. */
  readonly watched: readonly string[]
}

export interface ModuleLowerer {
  /** Lowers a module with this text. */
  lower(fileName: FileName, text: string): LoweredModule
  /** Reports files that were changed, created or removed. */
  update(fileNames: readonly FileName[]): void
  /** Finds changed files on the disk, for hosts that do not report changes. */
  refresh(): void
  /** Modules whose lowered text differs from the one that the host has. */
  stale(): readonly FileName[]
  /** Whether a module on the disk is lowered to another text, or has errors. */
  isConcerned(fileName: FileName): boolean
}

/** Takes what the compiler asks of the disk. */
export interface QuestionRecorder {
  hash(text: string): string
  record(question: Question): void
}

export function createModuleLowerer(
  { tsconfig, check = 'operators' }: HostOptions,
  root: string,
  recorder?: QuestionRecorder,
): ModuleLowerer {
  const compiler = compilerOf(root)
  const ts = recorder ? recordingCompiler(compiler, recorder.hash, recorder.record) : compiler
  const realName = realNamesBy(ts.sys.realpath, ts.sys.useCaseSensitiveFileNames)
  /** Texts of modules, by their real names. */
  const asked = new Map<string, string>()
  /** Texts that earlier plugins changed, so that they differ from the disk. */
  const given = new Map<string, string>()
  const stamps = createStamps<FileName>(stampOf)
  const sessions = createSessions(ts, {
    tsconfig: tsconfig && resolve(root, tsconfig),
    root,
    readTextOf: name => (given.size === 0 ? undefined : given.get(realName(name))),
  })
  /** Records the text of a module, and tells the sessions if it is new. */
  const take = (fileName: FileName, text: string) => {
    const isOwn = text === textOnDisk(fileName)
    const key = realName(fileName)
    const isNews = asked.has(key) ? asked.get(key) !== text : !isOwn
    asked.set(key, text)
    if (isOwn) given.delete(key)
    else given.set(key, text)
    if (isNews) sessions.update([fileName])
  }
  const errorsOf = (session: Session, fileName: FileName): readonly HostDiagnostic[] => {
    const found = check === 'all' ? session.diagnostics(fileName) : session.operatorDiagnostics(fileName)
    const isFault = ({ code, source }: { code: number; source?: string | undefined }) =>
      source === 'tsgrad' && code >= 93000
    return found.filter(each => check !== false || isFault(each)).map(each => hostDiagnostic(ts, each))
  }

  const refused = (entry: CatalogueEntry, place: HostDiagnostic['place'], ...args: string[]): LoweredModule => ({
    output: undefined,
    errors: [{ code: entry.code, text: stated(entry, ...args), place }],
    watched: [],
  })
  return {
    lower(fileName, text) {
      if (sessions.configOf(fileName) === undefined) return refused(catalogue.noProject, undefined, dirname(fileName))
      if (losesTypes(ts, fileName, text)) {
        const place = { fileName, line: 1, column: 0, length: 1, lineText: text.split('\n', 1)[0]! }
        return refused(catalogue.typesRemoved, place)
      }
      take(fileName, text)
      stamps.watch([fileName])
      const session = sessions.of(fileName)
      const errors = errorsOf(session, fileName)
      // after a fault there is no text to be had
      if (errors.some(({ code }) => code >= 93000)) return { output: undefined, errors, watched: [] }
      const mapped = session.lowered(fileName)
      const watched = session.dependencies(fileName)
      stamps.watch(watched)
      const warnings = check === false ? [] : session.warnings(fileName).map(each => hostDiagnostic(ts, each))
      const output = mapped && { code: mapped.text, map: textMap(mapped, fileName) }
      return { output, mapped, errors, warnings, watched }
    },
    update: fileNames => sessions.update(fileNames),
    refresh: () => sessions.update(stamps.changed()),
    stale: () => sessions.all().flatMap(session => session.stale()),
    isConcerned(fileName) {
      if (textOnDisk(fileName) === undefined) return false
      const session = sessions.of(fileName)
      return errorsOf(session, fileName).length > 0 || session.lowered(fileName) !== undefined
    },
  }
}

function losesTypes(ts: TypeScript, fileName: string, text: string): boolean {
  const written = textOnDisk(fileName)
  if (written === undefined || written === text) return false
  return holdsTypeScript(ts, fileName, written) && !holdsTypeScript(ts, fileName, text)
}
