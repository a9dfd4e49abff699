/**
 * Checks the files that an incremental build has to check again, from the compiler's own .tsbuildinfo.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/**
 * Checks the files whose text, or whose imports' types, have changed since the last build, and returns their names. The other files have
 * been checked with the same text and the same types. Undefined where all files are due: the caller checks them.
 */
export function checkAffectedFiles(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
): ReadonlySet<string> | undefined {
  const options = program.getCompilerOptions()
  if (!host || !(options.incremental || options.composite)) return undefined
  const last = ts.readBuilderProgram(options, host)
  if (!last) return undefined
  const builder = ts.createSemanticDiagnosticsBuilderProgram(program, host, last)
  const names = new Set<string>()
  for (let next = builder.getSemanticDiagnosticsOfNextAffectedFile(); next; ) {
    if (!('fileName' in next.affected)) return undefined
    names.add(next.affected.fileName)
    next = builder.getSemanticDiagnosticsOfNextAffectedFile()
  }
  return names
}
