/**
 * The messages between the page and the compiler's worker.
 * It must not know when they are sent.
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
  /** Counted from 1. */
  readonly line: number
  readonly column: number
}

/** A top-level variable that may hold a tracked number. */
export interface Variable {
  readonly name: string
  /** The line, from 1, at whose end its value is shown. */
  readonly line: number
}

/** A module of plain JavaScript. */
export interface Module {
  readonly code: string
  /** The module names in its imports, in quotes, from first to last. */
  readonly specifiers: readonly Range[]
}

/** An executable program. */
export interface Runnable extends Module {
  /** Its source map to the user's text. */
  readonly map: string
  /** The same with operators decided at run time, for the times of both engines. Absent when no derivative is compiled. */
  readonly measuring:
    | (Module & { /** The places of its compiled derivatives among all. */ readonly calls: readonly number[] })
    | undefined
  readonly variables: readonly Variable[]
}

/** A call that takes a derivative of a function, at its verb. */
export interface DerivativeCall extends Range {
  /** Counted from 1. */
  readonly line: number
  /** `grad`. */
  readonly verb: string
  /** The function as it is written, on one line. */
  readonly argument: string
  /** In words: compiled, or on the tape and why. */
  readonly engine: string
  /** Absent when it is on the tape. */
  readonly text: string | undefined
}

/** The result for a text. */
export interface Compiled {
  readonly problems: readonly Problem[]
  readonly lowered: string
  /** The inserted parts of the lowered text. */
  readonly insertions: readonly Range[]
  /** The operators that are methods, in the user's text. */
  readonly operators: readonly Range[]
  /** None when there is an error. */
  readonly derivatives: readonly DerivativeCall[]
  /** Absent when there is an error. */
  readonly runnable: Runnable | undefined
  readonly milliseconds: number
}

/** The hint for the name or operator at a position. */
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

/** The questions to the worker. */
export interface Questions {
  compile(text: string): Compiled
  /** Questions about the last compiled text. */
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

/** The worker's first message, sent without a question. */
export const LOADED = 0

export interface Answer {
  readonly id: number
  readonly result?: unknown
  /** Why there is no compiler. */
  readonly error?: string
}
