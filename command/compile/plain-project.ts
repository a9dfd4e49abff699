/**
 * Compiles a project whose texts do not mention tsgrad by the compiler's own command.
 * It must not know how others are compiled.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectMayUse } from '../../transformer/hosts/modules/mentions.ts'
import type { InstalledCompiler } from '../project/compiler.ts'
import { configFor, projectAt } from '../project/config.ts'
import { isBuildOfProjects } from '../project/request.ts'

/** Watching, which may meet tracked numbers later, and options that add files to those of the tsconfig.json. */
const UNCLEAR = /^@|^--?(?:w|watch|allowJs|checkJs|types|typeRoots|rootDirs|paths|baseUrl)$/i

/** Whether the texts of the project that these arguments of tsc mean do not mention tsgrad. */
export function isPlain(args: readonly string[]): boolean {
  const at = projectAt(args)
  const isFile = (arg: string, i: number) => !arg.startsWith('-') && (at === 0 || i !== at) && existsSync(arg)
  if (isBuildOfProjects(args) || args.some((arg, i) => UNCLEAR.test(arg) || isFile(arg, i))) return false
  const config = configFor(args)
  return config !== undefined && !projectMayUse(config)
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
