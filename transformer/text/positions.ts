/**
 * Maps diagnostics and source maps of lowered texts back to the original texts.
 * It must not know operators.
 */
import remapping from '@jridgewell/remapping'
import { encode } from '@jridgewell/sourcemap-codec'
import type ts from 'typescript'
import type { MappedText } from './text.ts'

/** The lowered files of a program, by file name, each with its original. */
export type MappedFiles = ReadonlyMap<string, MappedFile>
interface MappedFile {
  readonly original: ts.SourceFile
  readonly mapped: MappedText
}

/** The same diagnostic in the original file. */
export function originalDiagnostic<D extends ts.Diagnostic | ts.DiagnosticRelatedInformation>(
  files: MappedFiles,
  diagnostic: D,
): D {
  const lowered = diagnostic.file && files.get(diagnostic.file.fileName)
  const related = 'relatedInformation' in diagnostic ? diagnostic.relatedInformation : undefined
  if (!lowered && !related) return diagnostic
  const { start, length } = diagnostic
  const span =
    lowered && start !== undefined ? lowered.mapped.toOriginal({ start, length: length ?? 0 }) : { start, length }
  return {
    ...diagnostic,
    file: lowered ? lowered.original : diagnostic.file,
    ...span,
    ...(related && { relatedInformation: related.map(each => originalDiagnostic(files, each)) }),
  }
}

const INLINE_MAP = /(\/\/# sourceMappingURL=data:application\/json;base64,)([\w+/=]+)\s*$/

/** The text of an emitted file; a source map in it points to the original texts. */
export function originalSourceMap(
  files: MappedFiles,
  fileName: string,
  text: string,
  sources: readonly { readonly fileName: string }[] | undefined,
): string {
  const known = sources?.flatMap(({ fileName }) => files.get(fileName) ?? []) ?? []
  const lowered = known.find(({ original, mapped }) => mapped.text !== original.text)
  if (!lowered) return text
  if (fileName.endsWith('.map')) return composed(lowered, text)
  return text.replace(INLINE_MAP, (_, start, map) => start + base64(composed(lowered, fromBase64(map))))
}

interface RawSourceMap {
  sources: string[]
  sourcesContent?: (string | null)[]
  mappings: string
}

function composed({ original, mapped }: MappedFile, json: string): string {
  const map = JSON.parse(json) as RawSourceMap
  if (map.sources.length !== 1)
    throw new Error(`source maps of outFile bundles are not supported (this one has ${map.sources.length} sources)`)
  const [own] = map.sources as [string]
  const others = mapped.others()
  // numbers for names: the composition asks for none of them, and writes them in the order of their use
  const numbers = [0, ...others].map((_, i) => `${i}`)
  const found = remapping({ ...map, version: 3, names: [], sourceRoot: undefined }, (_, { depth }) =>
    depth === 1 ? { version: 3, names: [], sources: numbers, mappings: mapped.segments() } : null,
  )
  const used = found.sources.map(each => Number(/\d+$/.exec(each!)![0]))
  const names = [own, ...others.map(({ fileName }) => besideOf(own, original.fileName, fileName))]
  const texts = [original.text, ...others.map(({ text }) => text)]
  const sources = used.length > 0 ? used.map(each => names[each]!) : [own]
  const sourcesContent = used.length > 0 ? used.map(each => texts[each]!) : [original.text]
  const { mappings } = found
  return JSON.stringify({ ...map, sources, ...(map.sourcesContent && { sourcesContent }), mappings })
}

/** What a map calls another file, when it calls one file `name`. */
function besideOf(name: string, fileName: string, other: string): string {
  const [from, to] = [fileName.split('/').slice(0, -1), other.split('/')]
  let same = 0
  while (same < from.length && from[same] === to[same]) same++
  // another drive
  if (same === 0 && from.length > 0 && from[0] !== '') return other
  const way = name.split('/').slice(0, -1)
  for (const step of [...from.slice(same).map(() => '..'), ...to.slice(same)])
    if (step === '..' && way.length > 0 && way.at(-1) !== '..' && way.at(-1) !== '.') way.pop()
    else way.push(step)
  return way.join('/')
}

/** The source map from a lowered text to the original one, whose name there is `source`. */
export interface TextMap {
  readonly version: 3
  readonly sources: string[]
  readonly sourcesContent: string[]
  readonly names: string[]
  readonly mappings: string
}

/** The source map of a lowered text alone, in the form that bundlers take. */
export function textMap(mapped: MappedText, source: string): TextMap {
  const mappings = encode(mapped.segments())
  const others = mapped.others()
  return {
    version: 3,
    sources: [source, ...others.map(({ fileName }) => fileName)],
    sourcesContent: [mapped.original, ...others.map(({ text }) => text)],
    names: [],
    mappings,
  }
}

// not Node's Buffer: the transformer runs in browsers too
function base64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}
function fromBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), character => character.charCodeAt(0)))
}
