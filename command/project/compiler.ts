/**
 * Finds the compiler of the user's project: the one that its folder resolves, else the one that this package resolves.
 * It must not know what is compiled.
 */
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import {
  BESIDE,
  findCompiler,
  findInterface,
  type InstalledCompiler,
  loadCompiler,
} from '../../transformer/hosts/modules/compiler.ts'
import { CommandError } from '../report/command-error.ts'

export { type InstalledCompiler, loadCompiler }

/** @throws CommandError when there is none. */
export function compilerFor(folder: string): InstalledCompiler {
  const found = findCompiler(folder) ?? findCompiler(import.meta.dirname)
  if (found) return found
  throw new CommandError('tsgrad found no TypeScript package. Install it: npm install --save-dev typescript@6')
}

/** Loads the compiler of a folder; if that is native, the one with a JavaScript API beside it. @throws CommandError when there is none. */
export function interfaceFor(folder: string): TypeScript {
  const found = compilerFor(folder)
  const compiler = found.isNative ? findInterface(folder) : found
  if (compiler) return loadCompiler(compiler)
  throw new CommandError(
    `this command needs TypeScript 5.9 or 6, but TypeScript ${found.version} is installed. Install TypeScript 6 beside it: npm install --save-dev ${BESIDE}`,
  )
}
