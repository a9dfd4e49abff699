/** The stamp of a file on the disk: its time and size. It must not know who compares stamps. */
import { statSync } from 'node:fs'

/** The size is part of it, since two writes within one tick of the clock have the same time. */
export function stampOf(fileName: string): string | undefined {
  const stats = statSync(fileName, { throwIfNoEntry: false })
  return stats && `${stats.mtimeMs} ${stats.size}`
}
