/**
 * A project in which nothing can reach tsgrad is left to the compiler's own command: it costs no more than that.
 * It must not know how others are compiled.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createMentions } from '../transformer/hosts/modules/mentions.ts'
import { nearestConfig } from '../transformer/hosts/modules/nearest-config.ts'
import type { InstalledCompiler } from './compiler.ts'
import { configAt, isBuildOfProjects } from './request.ts'

/** What goes on, and may find tracked numbers later; and options by which a project reaches more than its tsconfig.json says. */
const UNCLEAR = /^@|^--?(?:w|watch|allowJs|checkJs|types|typeRoots|rootDirs|paths|baseUrl)$/i

/** Whether the project that is meant by these arguments of tsc is known, and cannot reach tsgrad. */
export function isPlain(args: readonly string[]): boolean {
  const at = args.findIndex(arg => /^--?p(roject)?$/i.test(arg))
  const isFile = (arg: string, i: number) => !arg.startsWith('-') && (at < 0 || i !== at + 1) && existsSync(arg)
  if (isBuildOfProjects(args) || args.some((arg, i) => UNCLEAR.test(arg) || isFile(arg, i))) return false
  const config = at < 0 ? nearestConfig(undefined)(resolve('index.ts')) : configAt(args[at + 1] ?? '')
  return config !== undefined && !createMentions().possible(config, config)
}

/** Does what `tsc` does with these arguments, in this process, and gives its exit code if it does not end the process itself. */
export async function runTsc({ folder, isNative }: InstalledCompiler, args: readonly string[]): Promise<number> {
  const script = join(folder, 'lib/tsc.js')
  process.argv.splice(1, process.argv.length, script, ...args)
  // one of them is ESM, and of the other import() would look through all its megabytes for exports first
  if (isNative) await import(pathToFileURL(script).href)
  else createRequire(import.meta.url)(script)
  return Number(process.exitCode ?? 0)
}
