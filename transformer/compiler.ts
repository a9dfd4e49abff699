/**
 * Loads the TypeScript that a project has installed, for hosts to which none is handed.
 * It must not know what is done with it.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { catalogue } from './diagnostics.ts'
import { ConfigurationError } from './faults.ts'
import type { TypeScript } from './syntax.ts'

/** The compiler that a module in this folder would import. @throws ConfigurationError when there is none that can be used. */
export function installedCompiler(folder: string): TypeScript {
  const ts = required(folder)
  // version 7 has another interface under the same name
  if (typeof ts.createProgram !== 'function') throw new ConfigurationError(catalogue.unsupportedCompiler, ts.version)
  return ts
}

function required(folder: string): TypeScript {
  try {
    return createRequire(join(folder, 'package.json'))('typescript')
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    throw new ConfigurationError(catalogue.noCompiler, folder)
  }
}
