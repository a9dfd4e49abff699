/**
 * Finds the tsconfig.json of a file, as editors do.
 * It must not know what stands in it.
 */
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @param tsconfig is the one of all files, where a user names one. */
export function nearestConfig(tsconfig: string | undefined): (fileName: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  const inFolder = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder)
    const config = join(folder, 'tsconfig.json')
    const isThere = statSync(config, { throwIfNoEntry: false })?.isFile()
    const found = isThere ? config : folder === dirname(folder) ? undefined : inFolder(dirname(folder))
    known.set(folder, found)
    return found
  }
  return fileName => tsconfig ?? inFolder(dirname(fileName))
}
