/**
 * What the page and the compiler's worker say to each other.
 * It must not know who sends what when.
 */

/** A range of the text in the editor, or of the lowered text. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** An error or warning, at its place in the text that the user wrote. */
export interface Problem extends Range {
  readonly severity: 'error' | 'warning' | 'info'
  /** `TS2345`. */
  readonly code: string
  readonly source: 'tsgrad' | 'ts'
  readonly message: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** A variable at the top of the program that may hold a tracked number. */
export interface Variable {
  readonly name: string
  /** The line, from 1, at whose end its value is shown. */
  readonly line: number
}

/** A program that can be run. */
export interface Runnable {
  /** A module of plain JavaScript. */
  readonly code: string
  /** Its source map, which leads to the text that the user wrote. */
  readonly map: string
  /** The module names in its imports, in quotes, from first to last. */
  readonly specifiers: readonly Range[]
  readonly variables: readonly Variable[]
}

/** What became of a text. */
export interface Compiled {
  readonly problems: readonly Problem[]
  readonly lowered: string
  /** What of the lowered text the user did not write. */
  readonly insertions: readonly Range[]
  /** The operators that are methods, in the text that the user wrote. */
  readonly operators: readonly Range[]
  /** Absent when there is an error. */
  readonly runnable: Runnable | undefined
  readonly milliseconds: number
}

/** What is known of the name or operator at a position. */
export interface Hint extends Range {
  /** `const b: NumberWithGrad`. */
  readonly signature: string
  readonly documentation: string
}

export interface Completion {
  readonly label: string
  readonly kind: 'property' | 'method' | 'function' | 'variable' | 'class' | 'type' | 'constant'
  readonly detail: string
}

/** What the worker can be asked. */
export interface Questions {
  compile(text: string): Compiled
  /** About the text that was compiled last. */
  hint(position: number): Hint | undefined
  complete(text: string, position: number): readonly Completion[]
}

export type Question = {
  [Name in keyof Questions]: {
    readonly id: number
    readonly name: Name
    readonly args: Parameters<Questions[Name]>
  }
}[keyof Questions]

/** The worker's first message, an answer to no question. */
export const LOADED = 0

export interface Answer {
  readonly id: number
  readonly result?: unknown
  /** Why there is none. */
  readonly error?: string
}
