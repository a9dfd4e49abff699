/**
 * What the last run changed, so that it can be undone: each file as it was, and as it was written.
 * It must not know what the changes are for.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from '../../transformer/hosts/disk/replace.ts'
import type { Change } from '../disk/save.ts'

/** Where tools keep what may be deleted. */
const fileIn = (folder: string) => join(folder, 'node_modules/.cache/tsgrad/init.json')

export function keep(folder: string, changes: readonly Change[]): void {
  const name = fileIn(folder)
  mkdirSync(dirname(name), { recursive: true })
  replaceFile(name, Buffer.from(JSON.stringify(changes)))
}

/** Undefined where nothing is known of a run. */
export function kept(folder: string): readonly Change[] | undefined {
  const name = fileIn(folder)
  return existsSync(name) ? (JSON.parse(readFileSync(name, 'utf8')) as readonly Change[]) : undefined
}

export const forget = (folder: string): void => rmSync(fileIn(folder), { force: true })
