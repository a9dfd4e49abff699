/**
 * The type check of a program: of all files, or in an incremental build of those that have to be checked again.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalBuilder, InternalFile } from '../compiler/undocumented.ts'

/** Checks a program, which keeps the diagnostics for the one who reports them, and says which files were checked. */
export function typeCheck(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
): (fileName: string) => boolean {
  const affected = checkAffectedFiles(ts, program, host)
  if (affected) return fileName => affected.has(fileName)
  // all at once: the compiler's own order is the cheapest
  program.getSemanticDiagnostics()
  return () => true
}

/** Whether files have versions that the next build compares. */
export const isIncremental = ({ incremental, composite }: ts.CompilerOptions): boolean =>
  (incremental || composite) === true

/**
 * Checks the files whose text, or whose imports' types, have changed since the last build by the compiler's own .tsbuildinfo, and returns
 * their names. The other files have been checked with the same text, types and options. Undefined where all files are due.
 */
function checkAffectedFiles(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
): ReadonlySet<string> | undefined {
  const options = program.getCompilerOptions()
  if (!host || !isIncremental(options)) return undefined
  // some hosts, such as Angular's, set the versions after the program is made; a builder needs them
  if (program.getSourceFiles().some((file: InternalFile) => file.version === undefined)) return undefined
  const last = ts.readBuilderProgram(options, host)
  if (!last) return undefined
  const builder: InternalBuilder = ts.createSemanticDiagnosticsBuilderProgram(program, host, last)
  const names = new Set<string>()
  for (let next = builder.getSemanticDiagnosticsOfNextAffectedFile(); next; ) {
    if (!('fileName' in next.affected)) return undefined
    names.add(next.affected.fileName)
    next = builder.getSemanticDiagnosticsOfNextAffectedFile()
  }
  const known = builder.state?.semanticDiagnosticsPerFile
  const sources = program.getSourceFiles().filter((file: InternalFile) => !file.isDeclarationFile)
  const open = sources.filter((file: InternalFile) => !known?.has(file.resolvedPath!))
  // with other options, such as `strict`, nothing is affected, and no file has diagnostics of the last build
  if (open.length > sources.length / 2) return undefined
  // what an affected file exports again was checked last time; what uses it is checked after all affected ones
  for (const file of open) {
    builder.getSemanticDiagnostics(file)
    names.add(file.fileName)
  }
  return names
}
