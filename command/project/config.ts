/**
 * Finds the tsconfig.json of a call.
 * It must not know what the file says.
 */
import { existsSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { nearestConfig } from '../../transformer/program/nearest-config.ts'

/** Where the value of `--project` stands among arguments of tsc; 0 without one. */
export const projectAt = (args: readonly string[]): number => args.findIndex(arg => /^--?p(roject)?$/i.test(arg)) + 1

/** The tsconfig.json for arguments of tsc: that of `--project`, or the nearest one. */
export function configFor(args: readonly string[]): string | undefined {
  const at = projectAt(args)
  return at > 0 ? configAt(args[at] ?? '') : configAbove(process.cwd())
}

export const configAbove = (folder: string): string | undefined => nearestConfig(folder, isFile)

/** The tsconfig.json at a path, or in the folder at that path. */
export function configAt(path: string): string | undefined {
  const named = resolve(path)
  return [resolve(named, 'tsconfig.json'), named].find(isFile)?.replaceAll(sep, '/')
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile()
