/**
 * Keeps texts between builds in `node_modules/.cache/tsgrad` of the project. What cannot be read or written is as if it were not there.
 * It must not know what the texts say.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../build/store.ts'
import { stampOf } from '../modules/stamp.ts'
import { removeAbandoned } from './own-names.ts'
import { replaceFile } from './replace.ts'

/** The files that a folder may hold, and their bytes. That of 300 dense files has a few megabytes. */
const LIMITS = { files: 50, bytes: 256 * 1024 * 1024 }

/** The store; undefined where the environment says `TSGRAD_CACHE=0`. */
export function diskStore(tell: Store['tell'] = () => {}, isBuilderAlone = false): Store | undefined {
  if (process.env.TSGRAD_CACHE === '0') return undefined
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  const fileOf = (name: string) => {
    const folder = cacheFolder(dirname(name))
    return folder && join(folder, `${hash(name).slice(0, 20)}.txt`)
  }
  return {
    hash,
    stamp: stampOf(join(packageFolder(dirname(fileURLToPath(import.meta.url))), 'dist/transformer/index.js')) ?? '',
    ...{ tell, isBuilderAlone },
    read(name) {
      const file = fileOf(name)
      return file === undefined ? undefined : attempt(() => readFileSync(file, 'utf8'))
    },
    write(name, text) {
      const file = fileOf(name)
      if (file === undefined) return
      attempt(
        () => writeWithin(file, text),
        error => tell(`Lowered files are not kept: ${error instanceof Error ? error.message : error}.`),
      )
    },
  }
}

/** The store of incremental builds: only where the environment says `TSGRAD_CACHE=1`. */
export function buildStore(tell?: Store['tell'], isBuilderAlone?: boolean): Store | undefined {
  return process.env.TSGRAD_CACHE === '1' ? diskStore(tell, isBuilderAlone) : undefined
}

/** The folder of tsgrad itself: its files are some in a bundle, some alone. */
const packageFolder = (folder: string): string =>
  existsSync(join(folder, 'package.json')) || dirname(folder) === folder ? folder : packageFolder(dirname(folder))

/** In the nearest `node_modules`; without one nothing is kept. */
function cacheFolder(folder: string): string | undefined {
  const packages = join(folder, 'node_modules')
  if (existsSync(packages)) return join(packages, '.cache', 'tsgrad')
  return dirname(folder) === folder ? undefined : cacheFolder(dirname(folder))
}

function writeWithin(file: string, text: string): void {
  const data = Buffer.from(text)
  if (data.length > LIMITS.bytes) throw new Error(`they are longer than ${LIMITS.bytes} bytes`)
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true })
  removeAbandoned(folder)
  removeOldest(folder, data.length)
  replaceFile(file, data)
}

/** Makes room for one more file. */
function removeOldest(folder: string, bytes: number): void {
  const known = readdirSync(folder)
    .map(name => join(folder, name))
    .flatMap(path => ({ path, stats: statSync(path, { throwIfNoEntry: false }) }))
    .flatMap(({ path, stats }) => (stats?.isFile() ? [{ path, size: stats.size, time: stats.mtimeMs }] : []))
    .sort((a, b) => b.time - a.time)
  let [files, total] = [1, bytes]
  for (const { path, size } of known) {
    files++
    total += size
    if (files > LIMITS.files || total > LIMITS.bytes) rmSync(path, { force: true })
  }
}

function attempt<T>(work: () => T, failed: (error: unknown) => void = () => {}): T | undefined {
  try {
    return work()
  } catch (error) {
    failed(error)
    return undefined
  }
}
