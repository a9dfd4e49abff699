/** The statements of generated text. It must not know what they compute, nor how they are spelled. */
import type { Placed } from '../placed.ts'
import type { Formula, Local } from './formulas.ts'

export type Line = LineKind & Placed

type LineKind =
  | { readonly k: 'declare'; readonly local: Local; readonly value?: Formula; readonly type?: string }
  | { readonly k: 'assign'; readonly to: Formula; readonly sign: '=' | '+=' | '-='; readonly value: Formula }
  | { readonly k: 'do'; readonly value: Formula }
  /** A word with a value behind it: throw, return, break. */
  | { readonly k: 'end'; readonly word: string; readonly value?: Formula }
  | {
      readonly k: 'if'
      readonly test: Formula
      readonly whenTrue: readonly Line[]
      readonly whenFalse: readonly Line[]
    }
  | {
      readonly k: 'for'
      readonly counter: Local
      readonly from: Formula
      readonly test: Formula
      readonly step: '++' | '--'
      readonly body: readonly Line[]
    }
  | { readonly k: 'while'; readonly test: Formula; readonly body: readonly Line[] }
  /** Lines of the same block, for which a place was kept. */
  | { readonly k: 'group'; readonly lines: readonly Line[] }
  | {
      readonly k: 'function'
      readonly local: Local
      readonly parameters: readonly Local[]
      readonly body: readonly Line[]
    }

/** Says of the lines from an index on where they come from. */
export function placeLines(lines: Line[], from: number, at: Line['at']): void {
  for (let i = from; i < lines.length; i++) lines[i] = { ...lines[i]!, at: lines[i]!.at ?? at }
}

export function blocksIn(line: Line): readonly (readonly Line[])[] {
  switch (line.k) {
    case 'if':
      return [line.whenTrue, line.whenFalse]
    case 'for':
    case 'while':
    case 'function':
      return [line.body]
    case 'group':
      return [line.lines]
    default:
      return []
  }
}

/** What a line itself reads and writes, without the lines inside of it. */
export function formulasIn(line: Line): readonly Formula[] {
  switch (line.k) {
    case 'declare':
    case 'end':
      return line.value ? [line.value] : []
    case 'assign':
      return [line.to, line.value]
    case 'do':
      return [line.value]
    case 'if':
    case 'while':
      return [line.test]
    case 'for':
      return [line.from, line.test]
    case 'group':
    case 'function':
      return []
  }
}
