/**
 * The interface of the two engines of `check` and `build`: TypeScript in this process, and the native one.
 * It must not know how either works.
 */

export interface Call {
  /** The command as the user wrote it, for messages: `tsgrad check`. */
  readonly name: string
  /** The arguments for tsc. */
  readonly args: readonly string[]
  /** Whether an incremental build may use what the last one kept. */
  readonly usesKept: boolean
}

/** Compiles as tsc does with these arguments, and returns tsc's exit code. With `--watch` it keeps running after that. */
export type Engine = (call: Call) => Promise<number>
