/**
 * Lines of generated text, each with the place in the user's text that it comes from. It must not know what the lines compute.
 */
import type { SourcePlace } from './structured.ts'

export interface Placed {
  readonly at?: SourcePlace | undefined
}

export interface PlacedLine extends Placed {
  readonly text: string
}

/** A line that has a place, or gets that of the lines around it. */
export type WrittenLine = string | PlacedLine

/** A text, and where each of its lines comes from. */
export interface PlacedText {
  readonly text: string
  readonly places: readonly (SourcePlace | undefined)[]
  readonly loops: readonly LoopStorage[]
}

/** What a loop of the function keeps for the way back. */
export interface LoopStorage extends Placed {
  /** What each turn keeps, by the names that the text has for it. */
  readonly kept: readonly string[]
  /** Whether the number of turns is kept too. */
  readonly countsTurns: boolean
}

export const textOfLine = (line: WrittenLine): string => (typeof line === 'string' ? line : line.text)

/** The lines of a statement: those that come from one inside of it have their own places. */
export const placedAt = (lines: readonly WrittenLine[], at: SourcePlace | undefined): PlacedLine[] =>
  lines.map(each => (typeof each === 'string' ? { text: each, at } : { ...each, at: each.at ?? at }))

export const indented = (lines: readonly WrittenLine[], by: string): PlacedLine[] =>
  lines.map(each => (typeof each === 'string' ? { text: by + each } : { ...each, text: by + each.text }))

/** A text of lines; the user's own texts in them may hold line ends. */
export const placedText = (lines: readonly WrittenLine[], loops: readonly LoopStorage[]): PlacedText => ({
  loops,
  text: lines.map(textOfLine).join('\n'),
  places: placedAt(lines, undefined).flatMap(({ text, at }) => text.split('\n').map(() => at)),
})
