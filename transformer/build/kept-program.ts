/**
 * A program in which files that are as they were have their kept lowered texts from the start, or the outlines of these: their originals are
 * read, not parsed.
 * It must not know whether these texts still hold.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile } from '../compiler/undocumented.ts'
import { bindAugmented } from '../program/augmented.ts'
import { hostWith, type Originals, replacedVersion } from '../program/overlay.ts'
import { stampHomes } from './last-build.ts'
import { type KeptFile, type KeptFiles, outlinesIn, type Past, type Store, textsIn } from './store.ts'
import { VERSION } from './version.ts'

export interface KeptProgram {
  readonly originals: Originals
  /** The kept files whose original text is still the same. */
  readonly files: KeptFiles
  /** A kept file for positions in its original text, whose tree may be another one's. */
  placesOf(fileName: string): ts.SourceFile
  /** The program of the original texts. */
  whole(): ts.Program
}

/** A file that has its lowered text in the program. */
interface Replaced {
  /** Parsed of the lowered text, or of its outline. */
  readonly lowered: ts.SourceFile
  /** The original text. */
  readonly text: string
  readonly version: string
  parse(): ts.SourceFile
}

export function keptProgram(
  ts: TypeScript,
  create: (host: ts.CompilerHost) => ts.Program,
  { files, hasOutlines }: Pick<Past, 'files' | 'hasOutlines'>,
  itsHost: ts.CompilerHost,
  store: Store,
): KeptProgram {
  const replaced = new Map<string, Replaced>()
  const created = (host: ts.CompilerHost) => {
    const its = create(host)
    stampHomes(ts, its, itsHost)
    return its
  }
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, language, ...rest) => {
    const kept = files.get(name)
    const shown = hasOutlines ? (kept?.outline ?? kept?.text) : kept?.text
    const found =
      kept && shown !== undefined ? replacedFile(ts, itsHost, store, name, kept, shown, language) : undefined
    if (found) replaced.set(name, found)
    return found?.lowered ?? itsHost.getSourceFile(name, language, ...rest)
  }
  const program = created(hostWith(itsHost, { getSourceFile, getSourceFileByPath: undefined }))
  // the program of the original texts is asked for nothing before it is given to the compiler
  if (replaced.size > 0) bindAugmented(ts, program)
  const inProgram = (name: string): InternalFile | undefined => program.getSourceFile(name)
  const isAsThen = (name: string, { hash, text }: KeptFile) => {
    const file = inProgram(name)
    if (!file) return false
    return replaced.get(name)?.lowered === file || (text === undefined && store.hash(file.text) === hash)
  }
  const parsed = new Map<string, ts.SourceFile>()
  const parsedOnce = (name: string, { parse }: Replaced) => {
    const file = parsed.get(name) ?? parse()
    parsed.set(name, file)
    return file
  }
  let whole: ts.Program | undefined
  return {
    files: new Map([...files].filter(([name, each]) => isAsThen(name, each))),
    originals: {
      program,
      replaced: {
        texts: textsIn(files, name => replaced.has(name)),
        ...(hasOutlines && { outlines: outlinesIn(files, name => replaced.has(name)) }),
        // a file with a mark is never kept
        toolVersionOf: () => VERSION,
      },
      fileOf(name) {
        const its = replaced.get(name)
        return its ? parsedOnce(name, its) : inProgram(name)
      },
      versionOf: name => replaced.get(name)?.version ?? inProgram(name)?.version,
    },
    placesOf(name) {
      const its = replaced.get(name)
      return its ? withText(its.lowered, its.text) : inProgram(name)!
    },
    whole() {
      whole ??= replaced.size > 0 ? created(itsHost) : program
      return whole
    },
  }
}

/** The file with what is shown of it, as an overlay would have it; undefined where the original text is not that of then. */
function replacedFile(
  ts: TypeScript,
  host: ts.CompilerHost,
  store: Store,
  name: string,
  { hash, text: lowered }: KeptFile,
  shown: string,
  language: ts.ScriptTarget | ts.CreateSourceFileOptions,
): Replaced | undefined {
  if (!host.createHash) return undefined
  const text = host.readFile(name)
  // the compiler leaves this comment out of the version
  if (text === undefined || text.includes('sourceMappingURL') || store.hash(text) !== hash) return undefined
  const version = host.createHash(text)
  const file: InternalFile = ts.createSourceFile(name, shown, language)
  file.version = lowered === undefined ? version : replacedVersion(host, version, { text: lowered, version: VERSION })
  const parse = (): ts.SourceFile => {
    const original: InternalFile = ts.createSourceFile(name, text, language)
    original.version = version
    return original
  }
  return { lowered: file, text, version, parse }
}

/** A file with the lines of another text. */
function withText(file: ts.SourceFile, text: string): ts.SourceFile {
  return Object.create(file, { text: { value: text }, lineMap: { value: undefined, writable: true } })
}
