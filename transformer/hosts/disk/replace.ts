/**
 * Puts a file where another stands, at one blow: whoever reads it, and whatever kills this process, finds the old text or the new one.
 * It must not know what is in it.
 */
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ownName } from './own-names.ts'

/**
 * Writes beside the file, and renames. Links are followed; mode and owner stay.
 *
 * @param isStill is asked last of all whether the file may be replaced.
 * @returns whether it was.
 */
export function replaceFile(name: string, data: Uint8Array, isStill: () => boolean = () => true): boolean {
  const target = endOfLinks(name)
  const known = statSync(target, { throwIfNoEntry: false })
  const temporary = join(dirname(target), ownName())
  try {
    writeThrough(temporary, data)
    if (known) likeBefore(temporary, known)
    const isWanted = isStill()
    if (isWanted) renameSync(temporary, target)
    else rmSync(temporary)
    return isWanted
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** The same with a file that stands elsewhere, which is gone after that. What is made here is made again by the next build, so the disk need not hold it at once. */
export function moveFile(from: string, name: string): void {
  const target = endOfLinks(name)
  const known = statSync(target, { throwIfNoEntry: false })
  if (known) likeBefore(from, known)
  try {
    renameSync(from, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    // a folder on another disk
    const beside = join(dirname(target), ownName())
    try {
      copyFileSync(from, beside)
      renameSync(beside, target)
    } finally {
      rmSync(beside, { force: true })
    }
  }
}

/** Where a chain of links ends; a link to nothing is replaced itself. */
function endOfLinks(name: string): string {
  try {
    return realpathSync(name)
  } catch {
    return name
  }
}

function writeThrough(name: string, data: Uint8Array): void {
  const file = openSync(name, 'wx')
  try {
    writeFileSync(file, data)
    // or a machine that stops may find the new name before the new text
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function likeBefore(name: string, { mode, uid, gid }: Stats): void {
  const now = statSync(name)
  if (uid !== now.uid || gid !== now.gid) chownSync(name, uid, gid)
  if (mode !== now.mode) chmodSync(name, mode & 0o7777)
}
