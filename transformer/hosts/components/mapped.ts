/** The script of a component that a tool gives with a source map: svelte2tsx, Astro's compiler. It must not know operators. */
import { decode } from '@jridgewell/sourcemap-codec'
import type { ComponentScript } from './script.ts'

/** What such a tool gives. */
export interface Converted {
  readonly code: string
  readonly map: { readonly mappings: string }
}

/** @param head is put before the text. */
export function mappedScript(
  { code, map }: Converted,
  source: string,
  extension: ComponentScript['extension'],
  head = '',
): ComponentScript {
  const segments = decode(map.mappings)
  const [generatedStarts, sourceStarts] = [startsOf(code), startsOf(source)]
  /** Where the map says that a character of the code came from; -1 where it does not, or another one stands there. */
  const copied = (at: number): number => {
    const line = generatedStarts.findLastIndex(start => start <= at)
    const column = at - (generatedStarts[line] ?? 0)
    const segment = segments[line]?.findLast(([generated]) => generated <= column)
    if (!segment || segment.length === 1) return -1
    const from = (sourceStarts[segment[2]] ?? 0) + segment[3] + column - segment[0]
    return source[from] === code[at] ? from : -1
  }
  return {
    text: head + code,
    extension,
    origin(position) {
      const at = position - head.length
      const [after, before] = [copied(at), copied(at - 1)]
      if (after >= 0) return after
      return before >= 0 ? before + 1 : undefined
    },
  }
}

/** Where each line begins. */
const startsOf = (text: string): readonly number[] => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
