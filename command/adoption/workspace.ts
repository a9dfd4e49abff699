/**
 * A project in ts-morph: its program, and texts that can be changed.
 * The only module that needs ts-morph, and the compiler that ts-morph brings is the only one it hands on.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { oldRelease } from '../../transformer/hosts/modules/tool-releases.ts'
import { overlayProgram } from '../../transformer/program/overlay.ts'
import { CommandError } from '../report/command-error.ts'
import type { Workspace } from './adoption.ts'

type Morph = typeof import('ts-morph')

/** ts-morph, which only `adopt` needs and not everybody has. */
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

/** The compiler inside ts-morph. Its types are a copy of TypeScript's, which the type checker takes for others. */
export const morphCompiler = (morph: Morph): TypeScript => morph.ts as unknown as TypeScript

/** A workspace over files, by their full names, with the options of their project. */
export function openWorkspace(morph: Morph, names: readonly string[], options: ts.CompilerOptions): Workspace {
  const ts = morphCompiler(morph)
  const project = new morph.Project({
    compilerOptions: options as import('ts-morph').CompilerOptions,
    // the program finds what is imported
    skipFileDependencyResolution: true,
  })
  // read by the compiler, which knows UTF-16 where ts-morph does not
  for (const name of names) project.createSourceFile(name, ts.sys.readFile(name) ?? '', { overwrite: true })
  const original = project.getProgram().compilerObject as unknown as ts.Program
  // the standard library comes out of ts-morph, from a folder that is not on the disk
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
    // not ts-morph's next program: all files that the first one has read would be its roots, also those in node_modules
    program: () => (texts.size > 0 ? overlayProgram(ts, original, host, { texts, version: '' }) : original),
    setText: (fileName, text) => void texts.set(fileName, text),
  }
}
