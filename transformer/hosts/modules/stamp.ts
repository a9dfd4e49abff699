/** The stamp of a file on the disk. It must not know who compares it. */
import { statSync } from 'node:fs'

/** A file that is written twice in one tick of the clock has another size, mostly. */
export function stampOf(fileName: string): string | undefined {
  const stats = statSync(fileName, { throwIfNoEntry: false })
  return stats && `${stats.mtimeMs} ${stats.size}`
}
