/**
 * A build from nothing: all files are settled, then their derivatives are made.
 * It must not know what becomes of the result.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type Overlay, overlayProgram } from '../program/overlay.ts'
import { typeCheck } from '../program/type-check.ts'
import { mayHoldMarks, withDerivatives } from './derivatives.ts'
import { MARKED_VERSION, stampHomes } from './last-build.ts'
import type { LoweredFile } from './lowered-file.ts'
import { type Settled, settle, textsOf } from './settle.ts'
import { taskOf } from './task.ts'
import { VERSION } from './version.ts'

/** The program has the derivatives too. */
export interface LoweredFiles extends Settled {
  /** The names of the files with marks: their derivatives, or what is said of them, follow the bodies of functions in other files. */
  readonly marked: ReadonlySet<string>
}

export function lowerAnew(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): LoweredFiles {
  stampHomes(ts, program, host)
  const task = taskOf(ts, program, host)
  const settled = task ? settle(task) : unlowered(ts, program, host)
  const derived = withDerivatives(ts, settled, name => program.getSourceFile(name)!)
  return withMarks(settled, derived, overlay => overlayProgram(ts, program, host, overlay))
}

function unlowered(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Settled {
  // the order of a whole check, so that the wording of errors does not depend on what is asked of it later
  const isDue = mayHoldMarks(ts, program) ? typeCheck(ts, program, host) : () => true
  return { files: [], program, isDue }
}

/** The files, with those that have marks in place of what they were before, and a program that has them so. */
export function withMarks(
  { files: settled, program, isDue }: Settled,
  derived: readonly LoweredFile[],
  programWith: (overlay: Overlay) => ts.Program,
): LoweredFiles {
  const files = [...new Map([...settled, ...derived].map(each => [each.original.fileName, each])).values()]
  const marked = new Map(derived.map(({ original: { fileName }, mapped }) => [fileName, mapped.text]))
  const overlay: Overlay = {
    texts: new Map([...textsOf(files), ...marked]),
    toolVersionOf: name => (marked.has(name) ? MARKED_VERSION : VERSION),
  }
  return { files, isDue, marked: new Set(marked.keys()), program: marked.size > 0 ? programWith(overlay) : program }
}
