/**
 * What `check` and `build` compile with, as both kinds of TypeScript offer it.
 * It must not know how either works.
 */

export interface Call {
  /** The command as the user wrote it, for messages: `tsgrad check`. */
  readonly name: string
  /** The arguments as tsc would get them. */
  readonly args: readonly string[]
}

/** Does what tsc would with these arguments, and gives its exit code. With `--watch` it goes on after that. */
export type Engine = (call: Call) => Promise<number>
