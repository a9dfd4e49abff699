/** The text of a file as it is on the disk now. It must not know what for. */
import { readFileSync } from 'node:fs'

/** Without its byte order mark; undefined where there is no such file. */
export function textOnDisk(fileName: string): string | undefined {
  try {
    return readFileSync(fileName, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}
