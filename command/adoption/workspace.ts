/**
 * A project in ts-morph: its program, and its changeable texts. It must not know what changes.
 * Only this module imports ts-morph; the compiler inside ts-morph is the only one that it passes on.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { oldRelease } from '../../transformer/hosts/modules/tool-releases.ts'
import { overlayProgram } from '../../transformer/program/overlay.ts'
import { CommandError } from '../report/command-error.ts'
import type { Workspace } from './adoption.ts'

type Morph = typeof import('ts-morph')

/** Loads ts-morph, an optional package that only `adopt` needs. */
export async function loadMorph(): Promise<Morph> {
  const old = oldRelease('adopt', process.cwd())
  if (old !== undefined) throw new CommandError(old)
  try {
    return await import('ts-morph')
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new CommandError(
      'tsgrad adopt needs ts-morph, which is not installed. Install it: npm install --save-dev ts-morph@28',
    )
  }
}

/** The compiler inside ts-morph. Its types are a copy of TypeScript's, hence the cast. */
export const morphCompiler = (morph: Morph): TypeScript => morph.ts as unknown as TypeScript

/** A workspace over files, by their full names, with the options of their project. */
export function openWorkspace(morph: Morph, names: readonly string[], options: ts.CompilerOptions): Workspace {
  const ts = morphCompiler(morph)
  const project = new morph.Project({
    compilerOptions: options as import('ts-morph').CompilerOptions,
    // the program resolves imports itself
    skipFileDependencyResolution: true,
  })
  // the compiler reads UTF-16, ts-morph does not
  for (const name of names) project.createSourceFile(name, ts.sys.readFile(name) ?? '', { overwrite: true })
  const original = project.getProgram().compilerObject as unknown as ts.Program
  // ts-morph holds the standard library in memory, in a folder that is not on the disk
  const standard = original.getSourceFiles().find(file => original.isSourceFileDefaultLibrary(file))
  const library = dirname(standard?.fileName ?? ts.getDefaultLibFilePath(options))
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getDefaultLibLocation: () => library,
    getDefaultLibFileName: each => `${library}/${ts.getDefaultLibFileName(each)}`,
  }
  const texts = new Map<string, string>()
  return {
    ts,
    host,
    // not ts-morph's own next program, whose roots would be all files read before, those in node_modules included
    program: () => (texts.size > 0 ? overlayProgram(ts, original, host, { texts, toolVersionOf: () => '' }) : original),
    setText: (fileName, text) => void texts.set(fileName, text),
  }
}
