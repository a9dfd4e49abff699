/**
 * What an earlier build found out about the files of a project: what each text was lowered to. It belongs to one .tsbuildinfo: a file that
 * the compiler finds unaffected by that has the types of then, so its lowered text is that of then. It must not know where it is kept.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalCompilerHost } from '../compiler/undocumented.ts'
import { hostWith } from '../program/overlay.ts'
import { VERSION } from './version.ts'

/** Where texts are kept between processes. */
export interface Store {
  /** What was kept under a name, a path; undefined where nothing is, or where it cannot be read. */
  read(name: string): string | undefined
  /** Keeps a text, or does nothing. */
  write(name: string, text: string): void
  hash(text: string): string
  /** Differs between builds of tsgrad of the same version. */
  readonly stamp: string
  /**
   * Whether nobody looks at the programs but the compiler's builder, which emits and checks single files. Then a file that it need not look
   * at is not parsed.
   */
  readonly isBuilderAlone?: boolean | undefined
  /** Takes a line about what is used of what was kept, or why nothing is. */
  tell(line: string): void
}

/** What is kept of one file. */
export interface KeptFile {
  /** The hash of its original text. */
  readonly hash: string
  /** Its lowered text; undefined where that is the original one. */
  readonly text: string | undefined
  /** The pieces of its lowered text, as `listOf` writes them. */
  readonly pieces: string
  /** Its imports and exports, where these are all that a program without its text needs. */
  readonly outline: string | undefined
}
export type KeptFiles = ReadonlyMap<string, KeptFile>

/** What a build finds of the one before it. */
export interface Past {
  /** The .tsbuildinfo that this build reads and writes. */
  readonly name: string
  /** Its text when this build began. */
  readonly info: string | undefined
  /** What was kept beside that text. */
  readonly files: KeptFiles
  /** Whether a file may have its outline alone. */
  readonly hasOutlines: boolean
  /** Reads that text, whatever another build writes meanwhile. */
  readonly host: ts.CompilerHost
}

/** The .tsbuildinfo that a build with these options writes; undefined where its knowledge cannot be kept. */
function keepingName(ts: TypeScript, options: ts.CompilerOptions): string | undefined {
  const { incremental, composite, outFile, noCheck, assumeChangesOnlyAffectDirectDependencies: isShort } = options
  // in these the compiler checks less than what may have changed, or writes the information elsewhere
  if (!(incremental || composite) || outFile || noCheck || isShort || options.stripInternal) return undefined
  // what these print is about the original texts, and about each program that is made
  if (options.explainFiles || options.traceResolution) return undefined
  return ts.getTsBuildInfoEmitOutputFilePath(options)
}

/** Undefined for a build whose knowledge cannot be kept. What was kept counts as far as it is of this tsgrad, of these options and of the .tsbuildinfo. */
export function pastOf(
  ts: TypeScript,
  options: ts.CompilerOptions,
  host: ts.CompilerHost,
  store: Store,
): Past | undefined {
  const name = keepingName(ts, options)
  if (name === undefined) return undefined
  const info = host.readFile(name)
  const kept = info === undefined ? undefined : readKept(store, name, headOf(store, options, info))
  if (typeof kept === 'string') store.tell(`Lowered files of the last build are not used: ${kept}.`)
  const files: KeptFiles = typeof kept === 'object' ? kept : new Map()
  const readFile = (each: string) => (each === name ? info : host.readFile(each))
  const without: Pick<InternalCompilerHost, 'getBuildInfo'> = { getBuildInfo: undefined }
  const hasOutlines = store.isBuilderAlone === true && info !== undefined && !PENDING.test(info)
  return { ...{ name, info, files, hasOutlines }, host: hostWith(host, { readFile, ...without }) }
}

/** In a .tsbuildinfo: files that the next build checks or emits although nothing has changed for them. */
const PENDING = /"(?:affectedFilesPendingEmit|changeFileSet|checkPending)":/

/** Keeps what a build found out, together with the text of its .tsbuildinfo. */
export function keepFiles(
  store: Store,
  name: string,
  options: ts.CompilerOptions,
  info: string,
  files: KeptFiles,
): void {
  const rows = [...files].map(
    ([file, { hash, text, pieces, outline }]) => [file, hash, text ?? null, pieces, outline ?? null] as Row,
  )
  const body = [headOf(store, options, info), JSON.stringify(rows)].join('\n')
  store.write(name, `${store.hash(body)}\n${body}`)
}

type Row = readonly [fileName: string, hash: string, text: string | null, pieces: string, outline: string | null]

/** Options that change what is printed or written, and the parsed tsconfig.json. */
const WITHOUT_MEANING = new Set([
  ...['configFile', 'diagnostics', 'extendedDiagnostics', 'listEmittedFiles', 'listFiles', 'noEmit'],
  ...['preserveWatchOutput', 'pretty', 'watch'],
])

/** What all that is kept depends on, beside the texts of files: four hashes, so that the one that differs has a name. */
function headOf(store: Store, options: ts.CompilerOptions, info: string): string {
  const named = Object.entries(options).filter(([option]) => !WITHOUT_MEANING.has(option))
  return [`${VERSION} ${store.stamp}`, JSON.stringify(named), info].map(each => store.hash(each)).join(' ')
}

/** The kept files; or the reason why they are not used. */
function readKept(store: Store, name: string, head: string): KeptFiles | string {
  const found = store.read(name)
  if (found === undefined) return 'there are none that can be read'
  const start = found.indexOf('\n')
  const body = found.slice(start + 1)
  // before anything is read from it: a wrong character in a lowered text would be compiled
  if (start < 0 || store.hash(body) !== found.slice(0, start)) return 'they are damaged'
  const end = body.indexOf('\n')
  const [tool, options, info] = head.split(' ')
  const [itsTool, itsOptions, itsInfo] = body.slice(0, end).split(' ')
  if (itsTool !== tool) return 'another version of tsgrad wrote them'
  if (itsOptions !== options) return 'they are of a build with other options'
  if (itsInfo !== info) return 'they are not of the build that wrote the .tsbuildinfo'
  const rows = JSON.parse(body.slice(end + 1)) as readonly Row[]
  const fileOf = ([, hash, text, pieces, outline]: Row) =>
    ({ hash, text: text ?? undefined, pieces, outline: outline ?? undefined }) satisfies KeptFile
  return new Map(rows.map(row => [row[0], fileOf(row)]))
}

/** The lowered texts of some kept files, where they differ from the original ones. */
export function textsIn(files: KeptFiles, has = (_: string) => true): ReadonlyMap<string, string> {
  return new Map([...files].flatMap(([name, { text }]) => (text !== undefined && has(name) ? [[name, text]] : [])))
}

/** The outlines of some kept files. */
export function outlinesIn(files: KeptFiles, has: (name: string) => boolean): ReadonlyMap<string, string> {
  return new Map(
    [...files].flatMap(([name, { outline }]) => (outline !== undefined && has(name) ? [[name, outline]] : [])),
  )
}
