/**
 * One try for a file: the calls that operators replace, and the resulting text.
 * It must not know how operators are tested.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import type { MappedText } from '../../transformer/text/text.ts'
import type { Offer } from './calls.ts'
import { spell } from './spell.ts'

/** The first way of each offer is in the text. */
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
