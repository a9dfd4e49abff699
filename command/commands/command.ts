/** The interface between the argument parser and a command. It must not know any command. */

export interface Command {
  /** One line for the overview. */
  readonly summary: string
  readonly usage: string
  /** What it does, for a first-time user. */
  readonly about: string
  /** Example calls, each with a description. */
  readonly examples: readonly (readonly [call: string, about: string])[]
  /** Undefined for a command that passes its arguments to the compiler unchanged. */
  readonly options:
    | Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly about: string }>>
    | undefined
  /** The compiler's options that the help lists. */
  readonly mostUsed?: readonly (readonly [option: string, about: string])[]
  /** Returns the exit code. */
  run(operands: readonly string[], values: Values): Promise<number>
}

export type Values = Readonly<Record<string, string | boolean | undefined>>
