/**
 * A build that uses what the last one found out about a project, and keeps what it finds out for the next one.
 * It must not know where that is kept.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalProgram } from '../compiler/undocumented.ts'
import { type ProgramFile, reportingProgram } from '../program/lowered-program.ts'
import { originalsOf, overlayPrograms } from '../program/overlay.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { outlineOf } from '../syntax/outline.ts'
import { listOf, piecesOf } from '../text/piece-list.ts'
import { MappedText } from '../text/text.ts'
import { type LoweredAgain, lowerAgain } from './again.ts'
import { lowerAnew, reportingOf } from './anew.ts'
import { type KeptProgram, keptProgram } from './kept-program.ts'
import { stampHomes } from './last-build.ts'
import { isChanged, isSpokenOf, type LoweredFile, unchangedFile } from './lowered-file.ts'
import { type KeptFile, type KeptFiles, keepFiles, type Past, pastOf, type Store } from './store.ts'

/** A program to check and emit, with the number of its files that have a lowered text. */
export interface Remembered {
  readonly original: ts.Program
  readonly program: ts.Program
  readonly lowered: number
  /** The files that were settled in this build. */
  readonly files: readonly LoweredFile[]
}

/** The lowered program of a given one; undefined for a build whose knowledge cannot be kept. */
export function lowerRemembering(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost,
  store: Store,
): Remembered | undefined {
  const past = 'withTexts' in program ? undefined : pastOf(ts, program.getCompilerOptions(), host, store)
  return past && lowerGiven(ts, program, host, store, past)
}

/** The same where the program is not made yet: the originals of files that are as they were are not parsed. */
export function createRemembering(
  ts: TypeScript,
  create: (host: ts.CompilerHost) => ts.Program,
  options: ts.CompilerOptions,
  host: ts.CompilerHost,
  store: Store,
): Remembered | undefined {
  const past = pastOf(ts, options, host, store)
  if (!past) return undefined
  if (past.files.size === 0) return lowerGiven(ts, create(host), host, store, past)
  return remember(ts, host, store, past, keptProgram(ts, create, past, host, store))
}

function lowerGiven(ts: TypeScript, program: ts.Program, host: ts.CompilerHost, store: Store, past: Past): Remembered {
  stampHomes(ts, program, host)
  const isAsThen = (name: string) => {
    const file = program.getSourceFile(name)
    return file !== undefined && past.files.get(name)?.hash === store.hash(file.text)
  }
  const files = new Map([...past.files].filter(([name]) => isAsThen(name)))
  const placesOf = (name: string) => program.getSourceFile(name)!
  return remember(ts, host, store, past, { files, placesOf, originals: originalsOf(program), whole: () => program })
}

function remember(ts: TypeScript, host: ts.CompilerHost, store: Store, past: Past, its: KeptProgram): Remembered {
  const { program } = its.originals
  const candidates = findCandidates(ts, program).files.map(({ fileName }) => fileName)
  if (candidates.length === 0) return { original: program, program: its.whole(), files: [], lowered: 0 }
  const found = lowered(ts, store, past, its, candidates)
  const result = reported(ts, host, past, its, found)
  if (found.outlines.size > 0) guard(result, found.outlines, () => anewProgram(ts, host, its))
  const options = program.getCompilerOptions()
  const keepWith = (info: string, names: readonly string[]) =>
    keepFiles(store, past.name, options, info, keptAfter(ts, its, store, names, found))
  whenWritten(result as InternalProgram, past.name, info => keepWith(info, candidates))
  // where nothing has changed since it was written, the compiler does not write it
  const same = found.kept.size === 0 ? candidates.filter(each => !found.isDue(each)) : []
  if (past.info !== undefined && same.length > 0) keepWith(past.info, same)
  const written = found.files.filter(({ mapped, original }) => mapped.text !== original.text)
  return { original: program, program: result, files: found.files, lowered: written.length + rewritten(found.kept) }
}

/** The number of kept files with a lowered text. */
const rewritten = (kept: KeptFiles) => [...kept.values()].filter(({ text }) => text !== undefined).length

function reported(
  ts: TypeScript,
  host: ts.CompilerHost,
  past: Past,
  its: KeptProgram,
  found: LoweredAgain,
): ts.Program {
  const isLowered = found.files.some(isChanged) || rewritten(found.kept) > 0
  const kept = isLowered ? keptProgramFiles(ts, its, past.host, found.kept) : []
  // otherwise the given program, which says when it is written
  return reportingOf(ts, host, found, kept) ?? reportingProgram(ts, host, [], its.whole())
}

function lowered(
  ts: TypeScript,
  store: Store,
  { host, hasOutlines }: Past,
  its: KeptProgram,
  candidates: readonly string[],
): LoweredAgain {
  const known = new Map(
    candidates.flatMap(name => (its.files.has(name) ? [[name, its.files.get(name)!] as const] : [])),
  )
  if (known.size === 0) return { ...lowerAnew(ts, its.whole(), host), kept: known, outlines: new Map() }
  const programs = overlayPrograms(ts, its.originals, host)
  const originalOf = (name: string) => its.originals.fileOf(name)!
  const mappedOf = (name: string, file: KeptFile) => keptText(its.placesOf(name), file)
  const texts = { graph: its.originals.program, originalOf, mappedOf, programs, host, hasOutlines }
  const found = lowerAgain(ts, texts, known)
  store.tell(`Lowered files of the last build that are used: ${found.kept.size} of ${candidates.length}.`)
  return found
}

function anewProgram(ts: TypeScript, host: ts.CompilerHost, { whole }: KeptProgram): ts.Program {
  return reportingOf(ts, host, lowerAnew(ts, whole(), host)) ?? whole()
}

/** What is asked of all files, or of one that has its outline alone, another program answers: the compiler's builder asks no such thing. */
function guard(program: ts.Program, outlines: ReadonlyMap<string, string>, whole: () => ts.Program): void {
  let made: ts.Program | undefined
  const other = () => {
    made ??= whole()
    return made
  }
  const { emit, getSemanticDiagnostics, getDeclarationDiagnostics } = program
  const isSeen = (file: ts.SourceFile | undefined): file is ts.SourceFile =>
    file !== undefined && !outlines.has(file.fileName)
  const inOther = (file: ts.SourceFile | undefined) => file && other().getSourceFile(file.fileName)
  program.emit = (file, ...rest) => (isSeen(file) ? emit(file, ...rest) : other().emit(inOther(file), ...rest))
  program.getSemanticDiagnostics = (file, token) =>
    isSeen(file) ? getSemanticDiagnostics(file, token) : other().getSemanticDiagnostics(inOther(file), token)
  program.getDeclarationDiagnostics = (file, token) =>
    isSeen(file) ? getDeclarationDiagnostics(file, token) : other().getDeclarationDiagnostics(inOther(file), token)
}

/** The kept files. Nobody should ask for their diagnostics, which stand in the .tsbuildinfo; the answer is right all the same. */
function keptProgramFiles(
  ts: TypeScript,
  { placesOf, whole }: KeptProgram,
  host: ts.CompilerHost,
  kept: KeptFiles,
): readonly ProgramFile[] {
  let files: ReadonlyMap<string, LoweredFile> | undefined
  const anew = (name: string) => {
    files ??= new Map(lowerAnew(ts, whole(), host).files.map(each => [each.original.fileName, each]))
    return files.get(name)
  }
  return [...kept].map(([name, file]) => keptFile(placesOf(name), file, () => anew(name)))
}

function keptFile(original: ts.SourceFile, file: KeptFile, anew: () => LoweredFile | undefined): ProgramFile {
  let mapped: MappedText | undefined
  return {
    original,
    get mapped() {
      mapped ??= keptText(original, file)
      return mapped
    },
    diagnostics: [],
    covers: diagnostic => anew()?.covers(diagnostic) ?? false,
    advise: diagnostic => anew()?.advise(diagnostic) ?? diagnostic,
    inspect: reported => anew()?.inspect(reported) ?? [],
  }
}

const keptText = (original: ts.SourceFile, { text, pieces }: KeptFile) =>
  text === undefined ? unchangedFile(original).mapped : new MappedText(original.text, text, piecesOf(pieces))

/** What the next build may take from this one: files without errors of tsgrad's, whose lowered text follows from types alone. */
function keptAfter(
  ts: TypeScript,
  { originals }: KeptProgram,
  store: Store,
  candidates: readonly string[],
  { files, marked, kept, program }: LoweredAgain,
): KeptFiles {
  const known = new Map(files.map(each => [each.original.fileName, each]))
  const rowOf = (name: string): KeptFile | undefined => {
    const before = kept.get(name)
    const file = known.get(name)
    if (before || marked.has(name) || (file && isSpokenOf(file))) return before
    const { text } = originals.fileOf(name)!
    const hash = store.hash(text)
    const outline = outlineOf(ts, program.getSourceFile(name)!)
    if (!file || file.mapped.text === text) return { hash, text: undefined, pieces: '', outline }
    return { hash, text: file.mapped.text, pieces: listOf(file.mapped.pieces), outline }
  }
  return new Map(
    candidates.flatMap(name => {
      const row = rowOf(name)
      return row ? [[name, row] as const] : []
    }),
  )
}

/** Calls back with the text of the .tsbuildinfo of this name when the compiler has written it. */
function whenWritten(program: InternalProgram, name: string, then: (text: string) => void): void {
  const { emitBuildInfo } = program
  if (!emitBuildInfo) return
  program.emitBuildInfo = (write, token) =>
    emitBuildInfo(
      write &&
        ((file, text, ...rest) => {
          write(file, text, ...rest)
          if (file === name) then(text)
        }),
      token,
    )
}
