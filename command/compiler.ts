/**
 * Finds the compiler of the user's project: the one that its own folder sees, else the one that this package sees.
 * It must not know what is compiled.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { CommandError } from './command-error.ts'

/** A `typescript` package that is installed, not loaded yet. */
export interface InstalledCompiler {
  /** The folder of its package.json. */
  readonly folder: string
  readonly version: string
  /** Whether it is a program of its own with an API to talk to, as from version 7 on, and no JavaScript. */
  readonly isNative: boolean
}

/** Where the last version with an interface for JavaScript may be installed beside a native `typescript`. */
const BESIDE = '@typescript/typescript6'

/** @throws CommandError when there is none. */
export function findCompiler(folder: string): InstalledCompiler {
  for (const from of [folder, import.meta.dirname]) {
    const found = installed(from, 'typescript')
    if (found) return found
  }
  throw new CommandError('tsgrad found no TypeScript package. Install it: npm install --save-dev typescript@6')
}

/** Loads a compiler into this process, which takes a quarter of a second. */
export function loadCompiler({ folder }: InstalledCompiler): TypeScript {
  // not by import(), which looks through all its nine megabytes for exports first
  return createRequire(import.meta.url)(folder) as TypeScript
}

/** The compiler of a folder; where that is native, the one beside it. @throws CommandError when there is none. */
export function loadInterface(folder: string): TypeScript {
  const found = findCompiler(folder)
  const compiler = found.isNative ? installed(folder, BESIDE) : found
  if (compiler) return loadCompiler(compiler)
  throw new CommandError(
    `this command needs TypeScript 5.9 or 6, but TypeScript ${found.version} is installed. Install TypeScript 6 beside it: npm install --save-dev ${BESIDE}`,
  )
}

/** Where it lies in a `node_modules`, or as Node says, which takes ten times as long to say the same. */
function installed(folder: string, name: string): InstalledCompiler | undefined {
  const packageFile = packageAbove(folder, name) ?? resolved(folder, `${name}/package.json`)
  if (packageFile === undefined) return undefined
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  return { folder: dirname(packageFile), version, isNative: Number.parseInt(version, 10) >= 7 }
}

function packageAbove(folder: string, name: string): string | undefined {
  const path = join(folder, 'node_modules', name, 'package.json')
  if (existsSync(path)) return realpathSync(path)
  return dirname(folder) === folder ? undefined : packageAbove(dirname(folder), name)
}

function resolved(folder: string, path: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    return undefined
  }
}
