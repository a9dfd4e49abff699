/**
 * Finds the files of a command: those of a tsconfig.json, or named ones.
 * It must not know what is done with them.
 */
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { catalogue, stated } from '../../transformer/report/diagnostics.ts'
import { reasonOf } from '../disk/fault.ts'
import { CommandError } from '../report/command-error.ts'
import { formatted } from '../report/failure.ts'
import { configAbove, configAt } from './config.ts'

export interface NamedProject {
  /** The folder of its tsconfig.json. */
  readonly folder: string
  readonly options: ts.CompilerOptions
  /** Full names of the program's root files. */
  readonly names: readonly string[]
  /** Whether the command may write a file of the program. */
  isMeant(file: ts.SourceFile): boolean
}

/** Checks the operands before a compiler is loaded. @throws CommandError unless they name one project, or files. */
export function requireOperands(operands: readonly string[]): void {
  for (const operand of operands) {
    if (!existsSync(operand)) throw new CommandError(`no such file: ${resolve(operand)}`)
    if (!isProject(operand) && !/\.[mc]?tsx?$/.test(operand))
      throw new CommandError(`${operand} is not a TypeScript file`)
    if (/\.d\.[mc]?ts$/.test(operand)) throw new CommandError(`${operand} is a declaration file: it contains no code`)
  }
  if (operands.length > 1 && operands.some(isProject))
    throw new CommandError('pass one tsconfig.json, one folder, or any number of TypeScript files')
}

/** @throws CommandError with a line for each root file that cannot be read. */
export function requireReadable(command: string, { names }: NamedProject): void {
  const unreadable = names.flatMap(name => {
    try {
      closeSync(openSync(name, 'r'))
      return statSync(name).isDirectory() ? [`${name}: it is a folder`] : []
    } catch (error) {
      return [`${name}: ${reasonOf(error)}`]
    }
  })
  if (unreadable.length > 0)
    throw new CommandError(unreadable.map(each => `${command} cannot read ${relative(process.cwd(), each)}`).join('\n'))
}

/** The folder from which the project's packages are resolved. */
export function folderOf([first]: readonly string[]): string {
  if (first === undefined) return process.cwd()
  return statSync(first).isDirectory() ? resolve(first) : dirname(resolve(first))
}

const isProject = (path: string) => path.endsWith('.json') || statSync(path).isDirectory()

/** The tsconfig.json that operands name, and the files if they name single ones. */
export interface NamedConfig {
  readonly config: string
  readonly files?: readonly string[]
}

/** Without operands, the nearest tsconfig.json. @throws CommandError if there is none, or if files belong to two. */
export function configNamedBy(operands: readonly string[]): NamedConfig {
  const [first] = operands
  if (first === undefined) return { config: requireConfig(process.cwd()) }
  if (isProject(first)) return { config: configIn(first) }
  const files = operands.map(name => resolve(name))
  const [config, other] = new Set(files.map(file => requireConfig(dirname(file))))
  if (other)
    throw new CommandError(`the files belong to two projects: ${config} and ${other}. Pass files of one project`)
  return { config: config!, files }
}

/** The project that the operands name; without any, that of the nearest tsconfig.json. */
export function projectOf(ts: TypeScript, operands: readonly string[]): NamedProject {
  const named = configNamedBy(operands)
  const { fileNames, options } = parsedConfig(ts, named.config)
  return projectAmong(named, fileNames, options)
}

/** @param fileNames those of the tsconfig.json. */
export function projectAmong(
  { config, files }: NamedConfig,
  fileNames: readonly string[],
  options: ts.CompilerOptions,
): NamedProject {
  const folder = dirname(config)
  if (files) {
    const named = new Set(files)
    // a file outside of its tsconfig.json is compiled alone
    const names = files.every(file => fileNames.includes(file)) ? fileNames : files
    return { folder, options, names, isMeant: ({ fileName }) => named.has(resolve(fileName)) }
  }
  const listed = new Set(fileNames)
  const isInside = (name: string) => name.startsWith(folder + sep) && !name.includes(`${sep}node_modules${sep}`)
  return {
    ...{ folder, options, names: fileNames },
    isMeant: ({ fileName }) => listed.has(fileName) || isInside(resolve(fileName)),
  }
}

function configIn(path: string): string {
  const config = configAt(path)
  if (!config) throw new CommandError(`no tsconfig.json in ${resolve(path)}`)
  return config
}

function requireConfig(folder: string): string {
  const config = configAbove(folder)
  if (!config) throw new CommandError(stated(catalogue.noProject, folder))
  return config
}

function parsedConfig(ts: TypeScript, path: string): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile)
  if (error) throw new CommandError(formatted(ts, [error]))
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), undefined, path)
  const errors = parsed.errors.filter(({ category }) => category === ts.DiagnosticCategory.Error)
  if (errors.length > 0) throw new CommandError(formatted(ts, errors))
  return parsed
}
