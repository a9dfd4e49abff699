/**
 * A build from nothing: all files are settled, then their derivatives are made.
 * It must not know what becomes of the result.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type ProgramFile, reportingProgram } from '../program/lowered-program.ts'
import { type Overlay, overlayProgram } from '../program/overlay.ts'
import { isIncremental, typeCheck } from '../program/type-check.ts'
import { expectsDerivatives, mayHoldMarks, withDerivatives } from './derivatives.ts'
import { MARKED_VERSION, stampHomes } from './last-build.ts'
import { isChanged, type LoweredFile, mayBeAdvised } from './lowered-file.ts'
import { overlayOf, type Settled, settle } from './settle.ts'
import { type Task, taskOf } from './task.ts'
import { VERSION } from './version.ts'

/** The program has the derivatives too. */
export interface LoweredFiles extends Settled {
  /** The names of the files with marks: their derivatives, or what is said of them, follow the bodies of functions in other files. */
  readonly marked: ReadonlySet<string>
}

export function lowerAnew(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): LoweredFiles {
  stampHomes(ts, program, host)
  const task = taskOf(ts, program, host)
  const programWith = (overlay: Overlay) => overlayProgram(ts, program, host, overlay)
  const originalOf = (name: string) => program.getSourceFile(name)!
  const single = isIncremental(program.getCompilerOptions()) ? undefined : settledSingly(ts, program, host, task)
  if (single) return withMarks(single, withDerivatives(ts, single, originalOf), programWith, false)
  const settled = task ? settle(task) : unlowered(ts, program, host)
  return withMarks(settled, withDerivatives(ts, settled, originalOf), programWith)
}

/**
 * Where derivatives will make one more program, which is checked as a whole: the files settled by single types, which need no other whole check
 * and may come from any program that is not reported. Undefined where no derivative is in sight.
 */
function settledSingly(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  task: Task | undefined,
): Settled | undefined {
  if (!mayHoldMarks(ts, program)) return undefined
  const asked = task?.asked ?? overlayProgram(ts, program, host, { texts: new Map(), toolVersionOf: () => VERSION })
  if (!expectsDerivatives(ts, asked)) return undefined
  const isDue = () => true
  if (!task) return { files: [], program: asked, isDue }
  const programWith: Task['programWith'] = (texts, toolVersionOf) =>
    texts.size === 0 ? asked : task.programWith(texts, toolVersionOf)
  return settle({ ...task, programWith }, { taken: [], isDue })
}

function unlowered(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Settled {
  // the order of a whole check, so that the wording of errors does not depend on what is asked of it later
  const isDue = mayHoldMarks(ts, program) ? typeCheck(ts, program, host) : () => true
  return { files: [], program, isDue }
}

/**
 * The files of a build with their derivatives: a file with marks takes the place of its settled form, and the program has its text. Where no
 * file has marks, that is the settled program, unless that one may not report.
 */
export function withMarks(
  { files: settled, program, isDue }: Settled,
  derived: readonly LoweredFile[],
  programWith: (overlay: Overlay) => ts.Program,
  mayReport = true,
): LoweredFiles {
  const files = [...new Map([...settled, ...derived].map(each => [each.original.fileName, each])).values()]
  const marked = new Map(derived.map(({ original: { fileName }, mapped }) => [fileName, mapped.text]))
  const { texts, toolVersionOf } = overlayOf(files)
  const overlay: Overlay = {
    texts: new Map([...texts, ...marked]),
    toolVersionOf: name => (marked.has(name) ? MARKED_VERSION : toolVersionOf(name)),
  }
  const marking = mayReport && marked.size === 0 ? program : programWith(overlay)
  return { files, isDue, marked: new Set(marked.keys()), program: marking }
}

/** The program of some files as it reports; undefined where no file has another text and there is nothing to say. */
export function reportingOf(
  ts: TypeScript,
  host: ts.CompilerHost | undefined,
  { files, program, isDue }: Settled,
  kept: readonly ProgramFile[] = [],
): ts.Program | undefined {
  const told = [...files.filter(mayBeAdvised), ...kept]
  const hasErrors = ({ original: { fileName } }: ProgramFile) =>
    isDue(fileName) && program.getSemanticDiagnostics(program.getSourceFile(fileName)).length > 0
  return files.some(isChanged) || kept.length > 0 || told.some(hasErrors)
    ? reportingProgram(ts, host, told, program)
    : undefined
}
