/**
 * A project in ts-morph: its program, texts that can be changed, and files that can be saved.
 * The only module that needs ts-morph, and the compiler that ts-morph brings is the only one it hands on.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { overlayProgram } from '../../transformer/program/overlay.ts'
import { CommandError } from '../report/command-error.ts'
import type { Workspace } from './adoption.ts'

type Morph = typeof import('ts-morph')

/** ts-morph, which only `adopt` needs and not everybody has. */
export async function loadMorph(): Promise<Morph> {
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

export interface MorphWorkspace extends Workspace {
  /** Writes the files whose texts were changed. */
  save(): void
}

/** A workspace over files, by their full names, with the options of their project. */
export function openWorkspace(morph: Morph, names: readonly string[], options: ts.CompilerOptions): MorphWorkspace {
  const ts = morphCompiler(morph)
  const project = new morph.Project({
    compilerOptions: options as import('ts-morph').CompilerOptions,
    // the program finds what is imported
    skipFileDependencyResolution: true,
  })
  for (const name of names) project.addSourceFileAtPath(name)
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
    save() {
      for (const [fileName, newText] of texts) {
        const { text } = original.getSourceFile(fileName)!
        const file = project.getSourceFile(fileName) ?? project.addSourceFileAtPath(fileName)
        // not replaceWithText, which writes all line ends anew
        if (text !== newText) file.applyTextChanges([{ span: { start: 0, length: text.length }, newText }])
      }
      project.saveSync()
    },
  }
}
