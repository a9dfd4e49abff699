/**
 * Texts that the look for tsgrad has read, for a host that would read the same files after it.
 * It must not know what is looked for.
 */
import { statsOf, textOf } from './disk.ts'

export interface KeptTexts {
  /** The text of a file, undefined when it cannot be read. */
  read(path: string): string | undefined
  /** What was read, once, where the file is as it was then. */
  take(path: string): string | undefined
}

/** Time stamps may be this much older than the writing. */
const COARSEST = 2000

export function createKeptTexts(): KeptTexts {
  const texts = new Map<string, string>()
  let before: number | undefined
  return {
    read(path) {
      // a program's modules are loaded at once; what it never imports need not be kept for ever
      if (texts.size === 0) setImmediate(() => texts.clear())
      before ??= Date.now() - COARSEST
      const text = textOf(path)
      if (text !== undefined) texts.set(path, text)
      return text
    },
    take(path) {
      const text = texts.get(path)
      texts.delete(path)
      const stats = text === undefined ? undefined : statsOf(path)
      // programs write files, and import them
      return stats && before !== undefined && Math.max(stats.mtimeMs, stats.ctimeMs) < before ? text : undefined
    },
  }
}
