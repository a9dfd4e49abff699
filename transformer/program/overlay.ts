/**
 * A program like another one, in which some files have another text.
 * It must not know what the texts are for.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile } from '../compiler/undocumented.ts'
import { bindAugmented } from './augmented.ts'

export interface Overlay {
  /** New texts by file name. */
  readonly texts: ReadonlyMap<string, string>
  /** Part of a replaced file's version, so that an incremental build sees a change of the text or of the tool. */
  toolVersionOf(fileName: string): string
  /** What is parsed of a file that nobody will look at, in place of its text; its version is that of its text. */
  readonly outlines?: ReadonlyMap<string, string>
}

/** A program of a compiler in another process, which receives texts over a channel. */
export interface Overlaid {
  /** New texts by file name. */
  withTexts(texts: ReadonlyMap<string, string>): ts.Program
}

/** A new program over the same files and options. Files that are not replaced are shared with the original one, not parsed again. */
export function overlayProgram(
  ts: TypeScript,
  original: ts.Program,
  host: ts.CompilerHost | undefined,
  overlay: Overlay,
): ts.Program {
  if ('withTexts' in original)
    return overlay.texts.size === 0 ? original : (original as ts.Program & Overlaid).withTexts(overlay.texts)
  return overlaidProgram(ts, originalsOf(original), host, overlay, undefined)
}

/** The original files of a program in which some may have other texts already. */
export interface Originals {
  /** A program with their names, its options and its references. */
  readonly program: ts.Program
  /** Undefined for a file that is read anew. */
  fileOf(fileName: string): InternalFile | undefined
  /** The version of the original text, where files have one. */
  versionOf(fileName: string): string | undefined
  /** The other texts of that program. */
  readonly replaced: Overlay
}

/** A program with its original texts. */
export const originalsOf = (program: ts.Program): Originals => ({
  program,
  fileOf: name => program.getSourceFile(name),
  versionOf: name => (program.getSourceFile(name) as InternalFile | undefined)?.version,
  replaced: { texts: new Map(), toolVersionOf: () => '' },
})

/** Programs over the same files and options, one after another: the same texts are parsed once. */
export interface OverlayPrograms {
  /** The same texts give the same program. */
  with(overlay: Overlay): ts.Program
  /** A program for questions, which `with` never gives: the wording of errors depends on what a checker was asked before. */
  askedWith(overlay: Overlay): ts.Program
}

export function overlayPrograms(
  ts: TypeScript,
  originals: Originals,
  host: ts.CompilerHost | undefined,
): OverlayPrograms {
  const { program: first, replaced } = originals
  const names = new Set([...replaced.texts.keys(), ...(replaced.outlines?.keys() ?? [])])
  const parsed = new Map([...names].map(name => [keyOf(replaced, name), first.getSourceFile(name)!]))
  // never the program of the original texts: it is the one that is given to the compiler
  let last = names.size > 0 ? first : undefined
  let made = last ? [{ overlay: replaced, program: last }] : []
  const create = (overlay: Overlay) => {
    last = overlaidProgram(ts, originals, host, overlay, { parsed, last })
    return last
  }
  const knownOf = (overlay: Overlay) => made.find(each => isSame(each.overlay, overlay))
  return {
    with(overlay) {
      const known = knownOf(overlay)
      if (known) return known.program
      const program = create(overlay)
      made.push({ overlay, program })
      return program
    },
    askedWith(overlay) {
      const known = knownOf(overlay)
      made = made.filter(each => each !== known)
      return known?.program ?? create(overlay)
    },
  }
}

function isSame(one: Overlay, other: Overlay): boolean {
  const hasSameVersion = (name: string) => one.toolVersionOf(name) === other.toolVersionOf(name)
  const hasSameOutlines = hasSameTexts(one.outlines ?? new Map(), other.outlines ?? new Map())
  return hasSameTexts(one.texts, other.texts) && hasSameOutlines && [...one.texts.keys()].every(hasSameVersion)
}

export function hasSameTexts(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, text]) => other.get(name) === text)
}

/** What a program may take from one before it. */
interface Reuse {
  /** Files by name, text and the tool's version. */
  readonly parsed: Map<string, ts.SourceFile>
  /** Never a program of the original texts: the new program would reuse its file objects. */
  readonly last: ts.Program | undefined
}

const keyOf = ({ texts, toolVersionOf, outlines }: Overlay, fileName: string) =>
  [fileName, toolVersionOf(fileName), texts.get(fileName), outlines?.get(fileName)].join('\n')

/**
 * The version of a replaced file. It names the original text too: of the same lowered text the places of errors and the source map may be
 * others.
 */
export function replacedVersion(
  host: ts.CompilerHost,
  original: string,
  { text, version }: { text: string; version: string },
): string {
  return host.createHash?.(version + original + text) ?? `${original}-${version}`
}

function overlaidProgram(
  ts: TypeScript,
  { program, fileOf, versionOf }: Originals,
  host: ts.CompilerHost | undefined,
  overlay: Overlay,
  reuse: Reuse | undefined,
): ts.Program {
  const { texts, toolVersionOf, outlines } = overlay
  const options = program.getCompilerOptions()
  const base = host ?? ts.createCompilerHost(options)
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (fileName, languageVersion, onError, shouldCreate) => {
    const name = program.getSourceFile(fileName)?.fileName
    const text = name === undefined ? undefined : texts.get(name)
    const shown = name === undefined ? undefined : (outlines?.get(name) ?? text)
    if (name === undefined || shown === undefined) {
      const known = name === undefined ? undefined : fileOf(name)
      return known && !known.redirectInfo ? known : base.getSourceFile(fileName, languageVersion, onError, shouldCreate)
    }
    const before = reuse?.parsed.get(keyOf(overlay, name))
    if (before) return before
    const file: InternalFile = ts.createSourceFile(fileName, shown, languageVersion)
    const original = versionOf(name)
    if (original !== undefined)
      file.version =
        text === undefined ? original : replacedVersion(base, original, { text, version: toolVersionOf(name) })
    reuse?.parsed.set(keyOf(overlay, name), file)
    return file
  }
  const made = ts.createProgram({
    rootNames: program.getRootFileNames(),
    options,
    // A getSourceFileByPath of the old host would return the old texts.
    host: hostWith(base, { getSourceFile, getSourceFileByPath: undefined }),
    projectReferences: program.getProjectReferences(),
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
    ...(reuse?.last && { oldProgram: reuse.last }),
  } as ts.CreateProgramOptions)
  bindAugmented(ts, made)
  return made
}

/** A host with other members. A spread would lose the methods of a class, and private fields want the instance itself. */
export function hostWith(base: ts.CompilerHost, members: object): ts.CompilerHost {
  const found: Record<string, unknown> = {}
  for (let at: object = base; at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) {
      const value = base[name as keyof ts.CompilerHost] as unknown
      if (!(name in found)) found[name] = typeof value === 'function' ? value.bind(base) : value
    }
  return { ...found, ...members } as unknown as ts.CompilerHost
}
