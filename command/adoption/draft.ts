/**
 * A file while its operators are tried: which calls they replace, and the text with them.
 * It must not know how an operator is judged.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import type { MappedText } from '../../transformer/text/text.ts'
import type { Offer } from './calls.ts'
import { spell } from './spell.ts'

/** Each offer's first way is the one that is tried. */
export interface Draft {
  readonly original: ts.SourceFile
  readonly offers: readonly Offer[]
  readonly left: readonly Offer[]
  readonly mapped: MappedText
}

export function draft(
  ts: TypeScript,
  original: ts.SourceFile,
  offers: readonly Offer[],
  left: readonly Offer[],
): Draft {
  const choice = new Map(offers.map(({ node, ways }) => [node, ways[0]!]))
  return { original, offers, left, mapped: spell(ts, original, choice) }
}

/** The offers in the innermost statement or class member at a position of the original file; all when there are none. */
export function around(ts: TypeScript, { original, offers }: Draft, position: number): readonly Offer[] {
  let part: ts.Node = original
  const contains = (node: ts.Node) => node.pos <= position && position < node.end
  walk(ts, original, node => {
    if (!contains(node)) return 'skip'
    if (ts.isStatement(node) || ts.isClassElement(node)) part = node
    return undefined
  })
  const inside = offers.filter(({ node }) => node.pos >= part.pos && node.end <= part.end)
  return inside.length > 0 ? inside : offers
}
