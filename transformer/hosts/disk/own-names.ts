/**
 * Names for what one process makes on the disk and takes away again, so that a later one can tell what nobody will take away any more.
 * It must not know what stands under them.
 */
import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Of another machine's or container's processes nobody here knows which live; none works so long, in milliseconds. */
const LONG = 24 * 60 * 60 * 1000

const machine = () => createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** A name in a folder that no other process and no other call takes. Wildcards of a tsconfig.json leave it out, for it starts with a dot. */
export const ownName = (): string => `.tsgrad-${machine()}-${process.pid}-${Math.random().toString(36).slice(2, 10)}`

const OWN_NAME = /^\.tsgrad-([0-9a-f]{8})-(\d+)-[0-9a-z]+$/

/** Removes from a folder what killed processes left in it. */
export function removeAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    if (!isAbandoned(name, path)) continue
    try {
      // what a killed process has started may still write there
      rmSync(path, { recursive: true, force: true, maxRetries: 2 })
    } catch {
      // the next process tries again
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAbandoned(name: string, path: string): boolean {
  const [, itsMachine, pid] = OWN_NAME.exec(name) ?? []
  if (pid === undefined) return false
  if (itsMachine === machine()) return !isAlive(Number(pid))
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  return age > LONG
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // it belongs to somebody else
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
