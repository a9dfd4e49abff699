/**
 * Parses what a command line asks TypeScript to compile, with the errors of tsc.
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
  /** The options of the command line, with full paths. */
  readonly options: ts.CompilerOptions
  readonly watchOptions: ts.WatchOptions | undefined
}

/** Why nothing is compiled: there is no tsconfig.json, or tsc answers itself. */
export type Refusal = 'no project' | 'answered by tsc'

/** The request; or the reason why tsc would compile nothing (help, versions, wrong options). */
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

/** The files and options of a request, with those of its tsconfig.json; undefined if that cannot be read. */
export function commandLineOf(
  ts: CompilerWithCommandLine,
  { configFile, fileNames, options, watchOptions }: Request,
  report: (diagnostic: ts.Diagnostic) => void,
): ts.ParsedCommandLine | undefined {
  if (configFile === undefined) return { fileNames: [...fileNames], options, errors: [] }
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report }
  return ts.getParsedCommandLineOfConfigFile(configFile, options, host, undefined, watchOptions)
}

/** @throws CommandError for options with which tsc writes a trace of its own work. */
export function requireMeasurable(options: Readonly<Record<string, unknown>>): void {
  for (const name of ['generateTrace', 'generateCpuProfile'])
    if (options[name])
      throw new CommandError(
        `tsgrad does not support --${name}. Run tsc with it on the output of \`tsgrad eject --outDir <folder>\``,
      )
}

/** A folder or a tsconfig.json among the file names is the project. */
export function withNamedProject(args: readonly string[], fileNamesOf: (args: readonly string[]) => readonly string[]) {
  const [name, ...others] = fileNamesOf(args)
  if (name === undefined || others.length > 0 || !existsSync(name)) return args
  if (!name.endsWith('.json') && !statSync(name).isDirectory()) return args
  // the same word may be the value of an option
  const at = args.findIndex((arg, i) => arg === name && fileNamesOf(args.toSpliced(i, 1)).length === 0)
  return at < 0 ? args : ['--project', name, ...args.toSpliced(at, 1)]
}

/** tsc builds referenced projects only if this is its first argument. */
export const isBuildOfProjects = ([first]: readonly string[]) => /^--?b(uild)?$/i.test(first ?? '')
