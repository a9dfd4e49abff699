/**
 * Finds the TypeScript of a project, for hosts that are handed none.
 * It must not know what is done with it.
 */
import { createRequire } from 'node:module'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue, filled } from '../../report/diagnostics.ts'

/** Where its interface may be installed: the second stands beside a TypeScript 7, which has none. */
const PACKAGES = ['typescript', '@typescript/typescript6'] as const

/**
 * The TypeScript that a folder's modules would import.
 *
 * @throws Error that says what to install.
 */
export function compilerOf(folder: string): TypeScript {
  const require = createRequire(`${folder}/package.json`)
  const versions: string[] = []
  for (const name of PACKAGES) {
    const found = loaded(require, name)
    if (!found) continue
    if (typeof found.createProgram === 'function') return found as TypeScript
    versions.push(found.version ?? '')
  }
  const { code, text } = versions.length > 0 ? catalogue.noInterface : catalogue.noCompiler
  throw new Error(`TS${code}: ${filled(text, [versions[0] ?? folder])}`)
}

function loaded(require: NodeJS.Require, name: string): Partial<TypeScript> | undefined {
  try {
    return require(name) as Partial<TypeScript>
  } catch (error) {
    // what is installed and broken is not passed over
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
