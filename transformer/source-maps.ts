/**
 * Source maps of lowered texts, for tools that take a text with a map in place of a file.
 * It must not know the tools.
 */
import remapping, { type RawSourceMap, type SourceMapInput } from '@jridgewell/remapping'
import type { MappedText } from './text.ts'

export type { SourceMapInput }

/** The map of a lowered text. `source` is how the original is called in it. */
export function sourceMapOf(mapped: MappedText, source: string): RawSourceMap {
  return encoded(remapping(decodedMap(mapped, source), () => null))
}

/** The map of what a tool made out of a lowered text, leading into the original one. */
export function composedSourceMap(map: SourceMapInput, mapped: MappedText, source: string): RawSourceMap {
  return encoded(remapping(map, (_, { depth }) => (depth === 1 ? decodedMap(mapped, source) : null)))
}

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=[\w-]+;)?base64,([\w+/=]+)\s*$/

/** A text without the map that stands in its last line, and that map, if there is one. */
export function withoutInlineMap(text: string): { text: string; map?: string } {
  const [found, encoded] = INLINE_MAP.exec(text) ?? []
  if (found === undefined) return { text }
  return { text: text.slice(0, -found.length), map: Buffer.from(encoded!, 'base64').toString('utf8') }
}

/** A text with its map in its last line. */
export function withInlineMap(text: string, map: RawSourceMap): string {
  const data = Buffer.from(JSON.stringify(map), 'utf8').toString('base64')
  return `${text}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}

const decodedMap = (mapped: MappedText, source: string) => ({
  version: 3 as const,
  names: [],
  sources: [source],
  sourcesContent: [mapped.original],
  mappings: mapped.segments(),
})

/** As plain data: the library gives an object of its own. */
const encoded = (map: object) => JSON.parse(JSON.stringify(map)) as RawSourceMap
