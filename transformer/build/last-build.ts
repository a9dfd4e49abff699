/**
 * What an incremental build reads from the versions that the last one wrote for its files: which of them can have no derivative to insert.
 * It must not know how derivatives are found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile } from '../compiler/undocumented.ts'
import { type Candidates, findHomes } from '../syntax/candidates.ts'
import type { LoweredFile } from './lowered-file.ts'
import { VERSION } from './version.ts'

/**
 * Part of the version of each file with a mark, refused or not: it never is the version of the settled text, so the file is due in each
 * build, and what it asks for in other files is looked at again.
 */
export const MARKED_VERSION = `${VERSION} with marks`

/**
 * Part of the version of a file with a fault. A refused operator stays as it is, so the text alone does not tell that it is one, and the
 * compiler's builder does not follow each type of an operand: not that of a private member of another file.
 */
export function faultyVersion({ operators, diagnostics }: LoweredFile): string {
  const faults = operators.map(({ fault }) => fault && [fault.entry.code, fault.args])
  return JSON.stringify([VERSION, faults, diagnostics.map(({ start, messageText }) => [start, messageText])])
}

/** Writes this release into the versions of the files that declare `operators`, so that the next build knows who wrote its information. */
export function stampHomes(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): void {
  // some hosts have no versions
  for (const home of findHomes(ts, program) as readonly InternalFile[])
    if (home.version !== undefined) home.version = host?.createHash?.(VERSION + home.text) ?? VERSION + home.text
}

/**
 * Whether a file may hold a mark. One that is not due has the text and the types that it had in the last build; if it had a mark then, it would
 * be due by its version. After plain `tsc` or another release the homes are due, and nothing is known.
 */
export function mayHoldNewMarks(
  { homes }: Candidates,
  isDue: (fileName: string) => boolean,
): (file: ts.SourceFile) => boolean {
  if (homes.some(({ fileName }) => isDue(fileName))) return () => true
  return ({ fileName }) => isDue(fileName)
}
