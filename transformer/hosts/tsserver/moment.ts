/**
 * The results for a project between two edits, and which of them stay valid after the next one.
 * It must not know what an editor asks, nor how operators are resolved.
 */
import type ts from 'typescript'
import type { Guess } from '../../ask/guess.ts'
import type { ProbeProgram } from '../../ask/probe.ts'
import { type LoweredFile, loweredFile } from '../../build/lowered-file.ts'
import { requireOneRuntime, requireSupported, type Task } from '../../build/task.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { ResolvedOperator } from '../../meaning/resolved-operator.ts'
import { mayHoldTables } from '../../meaning/table-check.ts'
import { type Dependencies, dependenciesIn } from '../../program/imports.ts'
import { failure } from '../../report/errors.ts'
import { findCandidates } from '../../syntax/candidates.ts'
import type { Parsed, ParsedFiles } from './parsed.ts'
import type { ServedText } from './shadow.ts'

/** A lowered file with operators. */
export interface EditorFile extends LoweredFile, Pick<Parsed, 'found' | 'isHalfTyped'> {
  readonly served: ServedText | undefined
  /** Whether it was lowered before the last edit. */
  readonly isKept?: boolean
}

/** The project between two edits. */
export interface Moment {
  readonly program: ts.Program
  readonly task: Task
  readonly concerned: ReadonlyMap<ts.SourceFile, Parsed>
  /** Names of all files that may hold operators of a class. */
  readonly candidates: readonly string[]
  readonly dependencies: Dependencies
  /** Why operators cannot be resolved, such as two copies of the runtime. */
  readonly fault: ts.Diagnostic | undefined
  /** Lowered files by name. */
  readonly lowered: Map<string, EditorFile>
  /** Files that were not lowered because of an internal error, with that error. */
  readonly failed: Map<string, ts.Diagnostic>
  readonly operators: Map<ts.SourceFile, readonly ResolvedOperator[]>
  probe: ProbeProgram | undefined
  guess: Guess | undefined
}

/** `previous` is the moment before an edit that changed no import. */
export function nextMoment(
  ts: TypeScript,
  files: ParsedFiles,
  program: ts.Program,
  previous: Moment | undefined,
): Moment | undefined {
  const before = previous && isSameKind(ts, program, previous.program) ? previous : undefined
  const homes = before ? [program.getSourceFile(before.task.home)!] : findCandidates(ts, program, true).homes
  const home = homes[0]?.fileName
  if (home === undefined) return undefined
  const candidates = before?.candidates ?? findCandidates(ts, program, true).files.map(file => file.fileName)
  const parsed = candidates
    .map(name => files.of(program.getSourceFile(name)!, home, program))
    .filter(({ found }) => found.sites.length > 0 || mayHoldTables(found.file))
  const programWith = () => {
    throw new Error('the editor creates its own programs')
  }
  const task: Task = { ts, asked: program, home, concerned: [], programWith }
  return {
    program,
    task,
    candidates,
    dependencies: before?.dependencies ?? dependenciesIn(ts, program),
    concerned: new Map(parsed.map(each => [each.found.file, each])),
    fault: before
      ? before.fault
      : faultOf(ts, () => {
          requireSupported(ts)
          requireOneRuntime(homes)
        }),
    lowered: before ? untouched(before, program) : new Map(),
    failed: new Map(),
    operators: new Map(),
    probe: undefined,
    guess: undefined,
  }
}

/** Whether each file is still a module or still a script: a script's declarations are visible everywhere. */
function isSameKind(ts: TypeScript, program: ts.Program, before: ts.Program): boolean {
  return program.getSourceFiles().every(file => {
    const was = before.getSourceFile(file.fileName)
    return was === file || (was !== undefined && ts.isExternalModule(was) === ts.isExternalModule(file))
  })
}

function faultOf(ts: TypeScript, work: () => void): ts.Diagnostic | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failure(ts, error)
  }
}

/** The files lowered before an edit that do not import an edited file, directly or indirectly. */
function untouched(
  { program: was, lowered, dependencies, task }: Moment,
  program: ts.Program,
): Map<string, EditorFile> {
  const edited = program.getSourceFiles().filter(file => was.getSourceFile(file.fileName) !== file)
  const names = edited.map(file => file.fileName)
  const touched = new Set([...names, ...dependencies.above(names)])
  const kept = [...lowered.values()].filter(each => !touched.has(each.original.fileName) && isSettled(each))
  return new Map(kept.map(each => [each.original.fileName, withoutTypes({ ...task, asked: program }, each)]))
}

/** Whether a file has no fault and no operator that still differs. */
const isSettled = ({ isHalfTyped, operators, wrong }: EditorFile) =>
  !isHalfTyped && wrong.length === 0 && operators.every(({ fault }) => !fault)

/** A copy without types, since a result that outlives its program must not keep the program in memory. */
function withoutTypes(task: Task, each: EditorFile): EditorFile {
  if (each.isKept) return each
  const operators = each.operators.map(({ site, resolution }) => ({ site, resolution, types: () => [] }))
  return { ...each, ...loweredFile(task, each.original, operators), isKept: true }
}
