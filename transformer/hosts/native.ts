/**
 * The adapter for TypeScript 7, which has no transformers: it is driven through its API.
 * It must hold no logic of its own.
 */
import { type LoadedProgram, loadedProgram } from './native/loaded-program.ts'
import { loadPackage } from './native/package.ts'
import { type NativeProject, nativeProject } from './native/project.ts'

export type { LoadedProgram } from './native/loaded-program.ts'
export type { NativeDiagnostic, NativeProject, NativeResult } from './native/project.ts'

/**
 * Opens a project with TypeScript 7.
 *
 * @param packageFolder the folder of the package `typescript` that the project uses, of version 7.0 or later.
 * @param tsconfig the full name of the project's tsconfig.json.
 * @param overrides compiler options as they would stand in it; relative paths in them are relative to it.
 */
export async function openNative(
  packageFolder: string,
  tsconfig: string,
  overrides: object = {},
): Promise<NativeProject> {
  return nativeProject(await loadPackage(packageFolder), tsconfig, overrides)
}

/**
 * The program of a project, for the phases. It is to be closed.
 *
 * @param files full names of the files that it starts from; those of the tsconfig.json if none are given.
 */
export async function loadNative(
  packageFolder: string,
  tsconfig: string,
  files?: readonly string[],
): Promise<LoadedProgram> {
  return loadedProgram(await loadPackage(packageFolder), tsconfig, files)
}
