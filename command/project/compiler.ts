/**
 * Finds the compiler of the user's project: the one that its folder resolves, else the one that this package resolves.
 * It must not know what is compiled.
 */
import { findCompiler, type InstalledCompiler, loadCompiler } from '../../transformer/hosts/modules/compiler.ts'
import { CommandError } from '../report/command-error.ts'

export { type InstalledCompiler, loadCompiler }

/** @throws CommandError when there is none. */
export function compilerFor(folder: string): InstalledCompiler {
  const found = findCompiler(folder) ?? findCompiler(import.meta.dirname)
  if (found) return found
  throw new CommandError('tsgrad found no TypeScript package. Install it: npm install --save-dev typescript@6')
}
