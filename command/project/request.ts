/**
 * What a command line asks TypeScript to compile, read and judged as tsc does.
 * It must not know how that is compiled.
 */
import { existsSync, statSync } from 'node:fs'
import type ts from 'typescript'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import { CommandError } from '../report/command-error.ts'
import { configAbove, configAt } from './config.ts'

/** A project, or files that were named. */
export interface Request {
  readonly configFile: string | undefined
  readonly fileNames: readonly string[]
  /** Those of the command line, with full paths. */
  readonly options: ts.CompilerOptions
  readonly watchOptions: ts.WatchOptions | undefined
}

/** Why nothing is to be compiled: there is no tsconfig.json, or tsc has an answer. */
export type Refusal = 'no project' | 'answered by tsc'

/** What is to be compiled; where tsc would compile nothing (help, versions, wrong options), the reason. */
export function requestOf(ts: CompilerWithCommandLine, args: readonly string[]): Request | Refusal {
  const { options, fileNames, errors, watchOptions } = ts.parseCommandLine(args, ts.sys.readFile)
  const { init, version, help, all, showConfig, watch, listFilesOnly, locale, project } = options
  if (typeof locale === 'string') ts.validateLocaleAndSetLanguage(locale, ts.sys, errors)
  const isAnswered = init || version || help || all || showConfig || (watch && listFilesOnly)
  if (errors.length > 0 || isAnswered) return 'answered by tsc'
  const folder = ts.sys.getCurrentDirectory()
  const absolute = ts.convertToOptionsWithAbsolutePaths(options, path => ts.getNormalizedAbsolutePath(path, folder))
  const request = { fileNames, options: absolute, watchOptions }
  if (project !== undefined) {
    const configFile = configAt(project)
    return fileNames.length > 0 || !configFile ? 'answered by tsc' : { ...request, configFile }
  }
  const nearest = configAbove(folder)
  if (fileNames.length === 0) return nearest ? { ...request, configFile: nearest } : 'no project'
  // files beside a tsconfig.json are an error from TypeScript 6 on
  const isRefused = nearest !== undefined && !options.ignoreConfig && Number.parseInt(ts.version, 10) >= 6
  return isRefused ? 'answered by tsc' : { ...request, configFile: undefined }
}

/** The files and options of a request, after what its tsconfig.json says; undefined when that cannot be read. */
export function commandLineOf(
  ts: CompilerWithCommandLine,
  { configFile, fileNames, options, watchOptions }: Request,
  report: (diagnostic: ts.Diagnostic) => void,
): ts.ParsedCommandLine | undefined {
  if (configFile === undefined) return { fileNames: [...fileNames], options, errors: [] }
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report }
  return ts.getParsedCommandLineOfConfigFile(configFile, options, host, undefined, watchOptions)
}

/** @throws CommandError where tsc would write a trace of its own work. */
export function requireMeasurable(options: Readonly<Record<string, unknown>>): void {
  for (const name of ['generateTrace', 'generateCpuProfile'])
    if (options[name])
      throw new CommandError(
        `tsgrad does not support --${name}. Run tsc with it on the output of \`tsgrad eject --outDir <folder>\``,
      )
}

/** A folder or a tsconfig.json that was named as files are is the project that is meant. */
export function withNamedProject(args: readonly string[], fileNamesOf: (args: readonly string[]) => readonly string[]) {
  const [name, ...others] = fileNamesOf(args)
  if (name === undefined || others.length > 0 || !existsSync(name)) return args
  if (!name.endsWith('.json') && !statSync(name).isDirectory()) return args
  // the same word may be the value of an option
  const at = args.findIndex((arg, i) => arg === name && fileNamesOf(args.toSpliced(i, 1)).length === 0)
  return at < 0 ? args : ['--project', name, ...args.toSpliced(at, 1)]
}

/** tsc builds referenced projects only where this is its first argument. */
export const isBuildOfProjects = ([first]: readonly string[]) => /^--?b(uild)?$/i.test(first ?? '')
