/**
 * Where expressions stand: those of an original file in the text that was written for it, and which one is at a place.
 * It must not know types, or what is written for an operator.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Span } from '../text/text.ts'
import type { Rewritten } from './rewrite.ts'
import { walk } from './walk.ts'

/** Where a node of the original file stands in the text that was written for it. */
export function rangeOf({ mapped, ranges }: Rewritten, node: ts.Node, original: ts.SourceFile): Span | undefined {
  const written = ranges.get(node)
  const start = node.getStart(original)
  if (!written) return mapped.toGenerated({ start, length: node.end - start })
  // a blank may stand between two words that would become one
  const blank = mapped.text[written.start] === ' ' ? 1 : 0
  return { start: written.start + blank, length: written.length - blank }
}

/** The outermost expression at each place of a file. Asked for `wanted` places only, it does not look into types. */
export function expressionsAt(
  ts: TypeScript,
  file: ts.SourceFile,
  wanted?: Iterable<Span | undefined>,
): (place: Span | undefined) => ts.Expression | undefined {
  const keys = new Set<number>()
  // most nodes end elsewhere, and where a node starts is found by reading blanks and comments
  const ends = new Set<number>()
  for (const place of wanted ?? []) {
    keys.add(keyOf(place))
    if (place) ends.add(place.start + place.length)
  }
  const found = new Map<number, ts.Expression>()
  walk(ts, file, node => {
    if ((!wanted || ends.has(node.end)) && ts.isExpression(node)) {
      const key = keyAt(node.getStart(file), node.end)
      if ((!wanted || keys.has(key)) && !found.has(key)) found.set(key, node)
    }
    return wanted && ts.isTypeNode(node) ? 'skip' : undefined
  })
  return place => found.get(keyOf(place))
}

/** A place as a number: texts are shorter than 2 ** 26 characters. */
const keyAt = (start: number, end: number) => start * 2 ** 26 + end
const keyOf = (place: Span | undefined) => (place ? keyAt(place.start, place.start + place.length) : -1)
