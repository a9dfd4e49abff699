/**
 * Source maps in the last line of a text, and the composition of two maps.
 * It must not know the tools that make them.
 */
import remapping, { type RawSourceMap, type SourceMapInput } from '@jridgewell/remapping'

export type { SourceMapInput }

/** The map of a tool's output, composed with the map of the tool's input. */
export function composedSourceMap(map: SourceMapInput, own: SourceMapInput): RawSourceMap {
  const composed = remapping(map, (_, { depth }) => (depth === 1 ? own : null))
  // as plain data: the library returns an instance of a class
  return JSON.parse(JSON.stringify(composed))
}

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=[\w-]+;)?base64,([\w+/=]+)\s*$/

/** Splits a text into the text without its inline map, and that map, if there is one. */
export function withoutInlineMap(text: string): { text: string; map?: string } {
  const [found, encoded] = INLINE_MAP.exec(text) ?? []
  if (found === undefined) return { text }
  return { text: text.slice(0, -found.length), map: Buffer.from(encoded!, 'base64').toString('utf8') }
}

/** A text with an inline map in its last line. */
export function withInlineMap(text: string, map: object): string {
  const data = Buffer.from(JSON.stringify(map), 'utf8').toString('base64')
  return `${text}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}
