/** What a command is to the one that reads arguments. */

export interface Command {
  /** One line for the overview. */
  readonly summary: string
  readonly usage: string
  /** What it does, for people who meet it for the first time. */
  readonly about: string
  /** Calls to start from, each with what it does. */
  readonly examples: readonly (readonly [call: string, about: string])[]
  /** Undefined where the compiler reads the arguments: they are handed on as they are. */
  readonly options:
    | Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly about: string }>>
    | undefined
  /** What the help says of options that the compiler reads. */
  readonly mostUsed?: readonly (readonly [option: string, about: string])[]
  /** Gives the exit code. */
  run(operands: readonly string[], values: Values): Promise<number>
}

export type Values = Readonly<Record<string, string | boolean | undefined>>
