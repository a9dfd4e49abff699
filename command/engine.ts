/**
 * What `check` and `build` compile with: TypeScript in this process, or the native one behind its API.
 * It must not know how either works.
 */
import type { InstalledCompiler } from './compiler.ts'
import { openNative } from './native-compiler.ts'

export interface Call {
  /** The command as the user wrote it, for messages: `tsgrad check`. */
  readonly name: string
  /** The arguments as tsc would get them. */
  readonly args: readonly string[]
}

/** Does what tsc would with these arguments, and gives its exit code. With `--watch` it goes on after that. */
export type Engine = (call: Call) => Promise<number>

/** Loads nothing that the engine does not need. */
export async function engineFor(compiler: InstalledCompiler): Promise<Engine> {
  if (compiler.isNative) {
    const { nativeEngine } = await import('./native-engine.ts')
    return nativeEngine(compiler, openNative)
  }
  const { inProcessEngine } = await import('./in-process.ts')
  return inProcessEngine(compiler)
}
