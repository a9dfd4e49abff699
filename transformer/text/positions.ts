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
  const lowered = sources?.map(({ fileName }) => files.get(fileName)).find(file => file !== undefined)
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
  const { mappings } = remapping({ ...map, version: 3, names: [], sourceRoot: undefined }, (source, { depth }) =>
    depth === 1 ? { version: 3, names: [], sources: [source], mappings: mapped.segments() } : null,
  )
  return JSON.stringify({ ...map, ...(map.sourcesContent && { sourcesContent: [original.text] }), mappings })
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
  return { version: 3, sources: [source], sourcesContent: [mapped.original], names: [], mappings }
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
