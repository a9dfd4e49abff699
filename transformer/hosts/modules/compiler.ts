/**
 * Finds the TypeScript of a project, without loading it, and loads it.
 * It must not know what is done with it.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue, filled } from '../../report/diagnostics.ts'

/** A `typescript` package that is installed, not loaded yet. */
export interface InstalledCompiler {
  /** The folder of its package.json. */
  readonly folder: string
  readonly version: string
  /** Whether it is a program of its own with an API to talk to, as from version 7 on, and no JavaScript. */
  readonly isNative: boolean
}

/** Where the last version with an interface for JavaScript may be installed beside a native `typescript`. */
export const BESIDE = '@typescript/typescript6'

/** The compiler that modules of a folder would import. */
export function findCompiler(folder: string, name = 'typescript'): InstalledCompiler | undefined {
  const file = resolvedPath(folder, `${name}/package.json`)
  if (file === undefined) return undefined
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return { folder: dirname(file), version, isNative: Number.parseInt(version, 10) >= 7 }
}

/** The compiler of a folder that runs in JavaScript: where `typescript` does not, the one beside it. */
export function findInterface(folder: string): InstalledCompiler | undefined {
  return [findCompiler(folder), findCompiler(folder, BESIDE)].find(each => each && !each.isNative)
}

/** Loads a compiler into this process, which takes a quarter of a second. */
export function loadCompiler({ folder }: InstalledCompiler): TypeScript {
  // not by import(), which looks through all its nine megabytes for exports first
  return createRequire(import.meta.url)(folder) as TypeScript
}

/**
 * The compiler of a folder, loaded, for hosts that are handed none.
 *
 * @throws Error that says what to install.
 */
export function compilerOf(folder: string): TypeScript {
  const found = findInterface(folder)
  if (found) return loadCompiler(found)
  const native = findCompiler(folder)
  const { code, text } = native ? catalogue.noInterface : catalogue.noCompiler
  throw new Error(`TS${code}: ${filled(text, [native?.version ?? folder])}`)
}

function resolvedPath(folder: string, path: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    return undefined
  }
}
