/** What any part of a random program is written with: draws of a seed, new names, and lines in both forms. It must not know what a program is. */
import { randomOf } from '../../random.ts'

/** A text on numbers and the same on duals. */
export type Pair = readonly [numbers: string, duals: string]

/** What is visible at a place. */
export interface Visible {
  readonly numbers: readonly string[]
  readonly variables: readonly string[]
  readonly counters: readonly string[]
  /** Arrays of at least one number that may be read; those that may be written; those that may be rebound. */
  readonly arrays: readonly string[]
  readonly own: readonly string[]
  readonly rebound: readonly string[]
  readonly grids: readonly string[]
  readonly records: readonly string[]
  readonly functions: readonly string[]
  readonly depth: number
  readonly isInLoop: boolean
}

/** Writes something, and says what is visible behind it. */
export type Statement = (author: Author, seen: Visible) => Visible

/** One text in both forms: the second one has no `!` of TypeScript. */
export const pair = (text: string): Pair => [text, text.replaceAll('!', '')]

/** The form on numbers. */
export const textIn = ([numbers]: Pair): string => numbers

/** A text whose forms differ by their parts. */
export const forms = (text: (form: 0 | 1) => string): Pair => [text(0), text(1)]

/** A row of a table of what may be written: it is chosen by a draw below a number, where what it needs is visible. */
export type Choice<Write> = readonly [below: number, write: Write, isPossible?: (seen: Visible) => boolean]

export class Author {
  readonly lines: Pair[] = []
  readonly random: () => number
  /** The statement that stands in any block. */
  readonly statement: Statement
  #names = 0

  constructor(seed: number, statement: Statement) {
    this.random = randomOf(seed)
    this.statement = statement
  }

  below(n: number): number {
    return Math.floor(this.random() * n)
  }

  among<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }

  chosen<Write>(choices: readonly Choice<Write>[], seen: Visible): Write {
    const drawn = this.random()
    return choices.find(([below, , isPossible]) => drawn < below && (isPossible?.(seen) ?? true))![1]
  }

  fresh(letter: string): string {
    return `${letter}${this.#names++}`
  }

  write(...lines: readonly Pair[]): void {
    this.lines.push(...lines)
  }

  /** A line that is the same in both forms, up to `!`. */
  emit(text: string): void {
    this.write(pair(text))
  }
}
