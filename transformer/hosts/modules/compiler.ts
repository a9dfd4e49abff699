/**
 * Finds a project's TypeScript without loading it, and loads it.
 * It must not know programs.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue, filled } from '../../report/diagnostics.ts'

/** An installed `typescript` package, not loaded yet. */
export interface InstalledCompiler {
  /** The folder of its package.json. */
  readonly folder: string
  readonly version: string
  /** Whether it is a native program with an API over a channel, as from version 7 on, instead of JavaScript. */
  readonly isNative: boolean
}

/** The package under which TypeScript 6 may be installed beside a native `typescript`. */
export const BESIDE = '@typescript/typescript6'

/** The compiler that modules in a folder import as `typescript`. */
export function findCompiler(folder: string, name = 'typescript'): InstalledCompiler | undefined {
  const file = resolvedPath(folder, `${name}/package.json`)
  if (file === undefined) return undefined
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return { folder: dirname(file), version, isNative: Number.parseInt(version, 10) >= 7 }
}

/** The JavaScript compiler of a folder: `typescript`, or the one beside it where that is native. */
export function findInterface(folder: string): InstalledCompiler | undefined {
  return [findCompiler(folder), findCompiler(folder, BESIDE)].find(each => each && !each.isNative)
}

/** Loads a compiler into this process, which takes a quarter of a second. */
export function loadCompiler({ folder }: InstalledCompiler): TypeScript {
  // not by import(), which first scans all nine megabytes for exports
  return createRequire(import.meta.url)(folder) as TypeScript
}

/**
 * Loads the compiler of a folder, for hosts that bring none.
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
