/**
 * Replaces files of the user, each atomically, and only if it still has the text that was read.
 * It must not know what the changes are for.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { removeAbandoned } from '../../transformer/hosts/disk/own-names.ts'
import { replaceFile } from '../../transformer/hosts/disk/replace.ts'
import { type HeldSignal, holdingSignals } from '../../transformer/hosts/disk/signals.ts'
import { decoded } from './encoding.ts'
import { isOfTheDisk, reasonOf } from './fault.ts'

export interface Change {
  readonly fileName: string
  /** The text that was read, without a byte order mark. */
  readonly before: string
  readonly after: string
  /** There is no such file, and `before` is empty. */
  readonly isNew?: boolean
}

/** A file that was not changed, with the reason. */
export interface Left {
  readonly fileName: string
  readonly reason: string
}

export interface Saved {
  readonly written: readonly Change[]
  readonly left: readonly Left[]
  /** Why the remaining files were not tried: a signal, or a fault that they would meet too. */
  readonly stop?: NodeJS.Signals | Left
}

/** Writes each change to its file, or to another. After a signal, the current file is still finished. */
export const save = (changes: readonly Change[], target: (fileName: string) => string = name => name): Promise<Saved> =>
  holdingSignals(held => saveUntil(held, changes, target))

async function saveUntil(
  { received }: HeldSignal,
  changes: readonly Change[],
  target: (fileName: string) => string,
): Promise<Saved> {
  const written: Change[] = []
  const left: Left[] = []
  const cleaned = new Set<string>()
  for (const change of changes) {
    await new Promise(resolve => setImmediate(resolve))
    const signal = received()
    if (signal) return { written, left, stop: signal }
    const fileName = target(change.fileName)
    const folder = dirname(fileName)
    try {
      mkdirSync(folder, { recursive: true })
      if (!cleaned.has(folder)) removeAbandoned(folder)
      cleaned.add(folder)
      const reason = writeRefused(fileName) ?? replaced(fileName, change)
      if (reason === undefined) written.push(change)
      else left.push({ fileName: change.fileName, reason })
    } catch (error) {
      const fault = { fileName, reason: reasonOf(error) }
      if (isOfTheDisk(error)) return { written, left, stop: fault }
      left.push(fault)
    }
  }
  return { written, left }
}

const EDITED = 'it was edited while the command ran'

/** Why a change cannot be shown or written: the file was edited meanwhile, or is neither UTF-8 nor UTF-16. */
export const textRefused = (change: Change): string | undefined =>
  change.isNew ? madeRefused(change) : refusedText(readFileSync(change.fileName), change)

const madeRefused = ({ fileName }: Change) => (existsSync(fileName) ? EDITED : undefined)

function refusedText(bytes: Buffer, { before }: Change): string | undefined {
  const known = decoded(bytes)
  if (!known) return 'it is neither UTF-8 nor UTF-16; save it as UTF-8 first'
  return known.text === before ? undefined : EDITED
}

/** Renaming checks the folder's permissions only, so the file's own are checked here. */
function writeRefused(fileName: string): string | undefined {
  const known = statSync(fileName, { throwIfNoEntry: false })
  if (!known) return undefined
  // also for the superuser, who may write any file
  if ((known.mode & 0o222) === 0) return 'it is read-only'
  accessSync(fileName, constants.W_OK)
  return known.nlink > 1
    ? `it has ${known.nlink} names (hard links), and the others would keep the old text`
    : undefined
}

/** Returns the reason if the file is not replaced. */
function replaced(fileName: string, change: Change): string | undefined {
  if (change.isNew) {
    const isStill = () => madeRefused(change) === undefined
    return replaceFile(fileName, Buffer.from(change.after), isStill) ? undefined : EDITED
  }
  const bytes = readFileSync(change.fileName)
  const refused = refusedText(bytes, change)
  if (refused !== undefined) return refused
  const isStill = () => readFileSync(change.fileName).equals(bytes)
  return replaceFile(fileName, decoded(bytes)!.encode(change.after), isStill) ? undefined : EDITED
}
