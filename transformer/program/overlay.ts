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
  versionOf(fileName: string): string
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
  { texts, versionOf }: Overlay,
): ts.Program {
  if ('withTexts' in original) return texts.size === 0 ? original : (original as ts.Program & Overlaid).withTexts(texts)
  const options = original.getCompilerOptions()
  const base = host ?? ts.createCompilerHost(options)
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (fileName, languageVersion, onError, shouldCreate) => {
    const known: InternalFile | undefined = original.getSourceFile(fileName)
    const text = known && texts.get(known.fileName)
    if (text === undefined)
      return known && !known.redirectInfo ? known : base.getSourceFile(fileName, languageVersion, onError, shouldCreate)
    const file: InternalFile = ts.createSourceFile(fileName, text, languageVersion)
    if (known?.version === undefined) return file
    const version = versionOf(known.fileName)
    // of the same lowered text the places of errors and the source map may be others
    file.version = base.createHash?.(version + known.version + text) ?? `${known.version}-${version}`
    return file
  }
  const program = ts.createProgram({
    rootNames: original.getRootFileNames(),
    options,
    // A getSourceFileByPath of the old host would return the old texts.
    host: hostWith(base, { getSourceFile, getSourceFileByPath: undefined }),
    projectReferences: original.getProjectReferences(),
    configFileParsingDiagnostics: original.getConfigFileParsingDiagnostics(),
    // Never the original as oldProgram: the new program would reuse its file objects, with their old texts.
  })
  bindAugmented(ts, program)
  return program
}

/** A host with other members. A spread would lose the methods of a class, and private fields want the instance itself. */
function hostWith(base: ts.CompilerHost, members: object): ts.CompilerHost {
  const found: Record<string, unknown> = {}
  for (let at: object = base; at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) {
      const value = base[name as keyof ts.CompilerHost] as unknown
      if (!(name in found)) found[name] = typeof value === 'function' ? value.bind(base) : value
    }
  return { ...found, ...members } as unknown as ts.CompilerHost
}
