/**
 * The program of the user's files, by a compiler with a JavaScript API, or by TypeScript 7 through its own.
 * It must not know what is asked of it.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { findInterface } from '../../transformer/hosts/modules/compiler.ts'
import type { LoadedProgram } from '../../transformer/hosts/native.ts'
import { CommandError } from '../report/command-error.ts'
import { formatted } from '../report/failure.ts'
import { compilerFor, type InstalledCompiler, loadCompiler } from './compiler.ts'
import { configNamedBy, folderOf, type NamedProject, projectAmong, projectOf, requireReadable } from './project.ts'

export interface NamedProgram {
  /** Of TypeScript 7 its syntax, which makes no programs. */
  readonly ts: TypeScript
  readonly project: NamedProject
  readonly program: ts.Program
}

/** Runs `work` with the program of the project that the operands name. @throws CommandError if there is none. */
export async function withProgram<T>(
  command: string,
  operands: readonly string[],
  work: (named: NamedProgram) => T | Promise<T>,
): Promise<T> {
  const folder = folderOf(operands)
  const compiler = compilerFor(folder)
  // the one beside a native compiler answers in this process
  const beside = compiler.isNative ? findInterface(folder) : compiler
  if (!beside) return withNative(command, compiler, operands, work)
  const ts = loadCompiler(beside)
  const project = projectOf(ts, operands)
  requireReadable(command, project)
  return work({ ts, project, program: ts.createProgram([...project.names], project.options) })
}

async function withNative<T>(
  command: string,
  compiler: InstalledCompiler,
  operands: readonly string[],
  work: (named: NamedProgram) => T | Promise<T>,
): Promise<T> {
  const { loadNative } = await import('../../transformer/hosts/native.ts')
  const named = configNamedBy(operands)
  const projectIn = ({ program }: LoadedProgram) =>
    projectAmong(named, program.getRootFileNames(), program.getCompilerOptions())
  let loaded = await loadNative(compiler.folder, named.config)
  try {
    if (projectIn(loaded).names === named.files) {
      loaded.close()
      loaded = await loadNative(compiler.folder, named.config, named.files)
    }
    const { ts, program } = loaded
    const errors = program.getConfigFileParsingDiagnostics()
    if (errors.length > 0) throw new CommandError(formatted(ts, errors))
    const project = projectIn(loaded)
    requireReadable(command, project)
    return await work({ ts, project, program })
  } finally {
    loaded.close()
  }
}
