/**
 * Compiles a project whose texts do not mention tsgrad with the compiler's own command.
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

/** Options after which tsgrad may still be mentioned: watching, and those that add files to the tsconfig.json. */
const UNCLEAR = /^@|^--?(?:w|watch|allowJs|checkJs|types|typeRoots|rootDirs|paths|baseUrl)$/i

/** Whether no text of the project that these tsc arguments name mentions tsgrad. */
export function isPlain(args: readonly string[]): boolean {
  const at = projectAt(args)
  const isFile = (arg: string, i: number) => !arg.startsWith('-') && (at === 0 || i !== at) && existsSync(arg)
  if (isBuildOfProjects(args) || args.some((arg, i) => UNCLEAR.test(arg) || isFile(arg, i))) return false
  const config = configFor(args)
  return config !== undefined && !projectMayUse(config)
}

/** Runs `tsc` with these arguments in this process; returns its exit code, unless tsc ends the process itself. */
export async function runTsc({ folder, isNative }: InstalledCompiler, args: readonly string[]): Promise<number> {
  const script = join(folder, 'lib/tsc.js')
  process.argv.splice(1, process.argv.length, script, ...args)
  // one version is ESM; of the other, import() would first scan megabytes for exports
  if (isNative) await import(pathToFileURL(script).href)
  else createRequire(import.meta.url)(script)
  return Number(process.exitCode ?? 0)
}
