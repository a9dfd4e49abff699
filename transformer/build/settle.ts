/**
 * Settles all files of a program together, in rounds: it guesses or probes each file, lowers it, and verifies it in the lowered program.
 * It must not know how programs are made, nor who asks.
 */
import type ts from 'typescript'
import { withoutExported } from '../ask/exported-names.ts'
import { guesser, sitesOf } from '../ask/guess.ts'
import { probe } from '../ask/probe.ts'
import { resolve } from '../ask/resolve.ts'
import { differingOperators } from '../ask/verify.ts'
import type { Checker } from '../compiler/checker.ts'
import type { InternalFile } from '../compiler/undocumented.ts'
import { prove } from '../lower/prove.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import type { Overlay } from '../program/overlay.ts'
import { typeCheck } from '../program/type-check.ts'
import { located } from '../report/errors.ts'
import { findHomes } from '../syntax/candidates.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { faultyVersion } from './last-build.ts'
import { hasFault, importStyle, type LoweredFile, loweredFile } from './lowered-file.ts'
import {
  afterGuess,
  afterProbe,
  afterVerification,
  type FileState,
  reopened,
  settledBefore,
  TURNS,
  toGuess,
} from './settling.ts'
import { readerIn, requireOneRuntime, type Task } from './task.ts'
import { VERSION } from './version.ts'

/** The results for some files, with the program over their lowered texts. */
export interface Settled {
  readonly files: readonly LoweredFile[]
  readonly program: ts.Program
  /** Whether the program's types were checked in a file, or asked there; elsewhere they are those of the last incremental build. */
  isDue(fileName: string): boolean
}

/** What a session knows from before when it settles its files again. */
export interface Again {
  /** The results of files that were settled before. */
  readonly taken: readonly LoweredFile[]
  /** Whether a file must be verified again, since the types of its operands may have changed. */
  isDue(fileName: string): boolean
}

/** A file with its state, and its lowered text where the state has operators. */
interface SettlingFile {
  readonly found: FileSites
  readonly state: FileState<ResolvedOperator>
  readonly lowered: LoweredFile | undefined
}
type SettlingFiles = readonly SettlingFile[]

/**
 * Ends when verification finds no difference: then each operator has the meaning that the types of the lowered program give it.
 * A new text of one file can change the types in any other, so each round verifies all files.
 */
export function settle(task: Task, again?: Again): Settled {
  let files = lowerFiles(task, guessFiles(task, filesOf(task, again?.taken ?? [])))
  for (let turn = 1; ; turn++) {
    files = lowerFiles(task, probeFiles(task, files))
    const program = programOfTexts(task, files)
    if (isProving()) for (const each of files) proveFile(task, program, each)
    // a session asks the checker for single types instead of a whole check
    const isDue = again?.isDue ?? typeCheck(task.ts, program, task.host)
    files = lowerFiles(task, verifyFiles(task, program, files, { isDue, isLast: turn >= TURNS }))
    if (files.every(({ state }) => state.due === 'nothing')) return { files: loweredIn(files), program, isDue }
    files = files.map(each => ({ ...each, state: reopened(each.state) }))
  }
}

function filesOf(task: Task, taken: readonly LoweredFile[]): SettlingFiles {
  const { ts, concerned } = task
  // nobody is asked, so that no checker is made
  if (concerned.length === 0) return []
  const known = new Map(taken.map(each => [each.original.fileName, each]))
  const checker = task.asked.getTypeChecker()
  return concerned.map(all => {
    const lowered = known.get(all.file.fileName)
    if (lowered) return { found: all, lowered, state: settledBefore(lowered.operators) }
    return { found: located(all.file, 0, () => withoutExported(ts, checker, all)), lowered, state: toGuess }
  })
}

/** Guesses operators by declared types, without a type check. */
function guessFiles(task: Task, files: SettlingFiles): SettlingFiles {
  const due = files.filter(({ state }) => state.due === 'guess').map(({ found }) => found)
  if (due.length === 0) return files
  const { ts, asked } = task
  const checker = asked.getTypeChecker()
  const guess = isAskedOverChannel(checker)
    ? () => undefined
    : guesser(ts, checker, readerIn(task, asked), sitesOf(due))
  return files.map(each => {
    const { found, state } = each
    if (state.due !== 'guess') return each
    return { ...each, state: afterGuess(located(found.file, 0, () => guess(found))) }
  })
}

/** A guess asks many single questions; with TypeScript 7 each is a message to another process, and a probe is cheaper. */
const isAskedOverChannel = (checker: Checker) => checker.prefetch !== undefined

/** Probes the files whose guess failed; the probe program has the lowered texts of all other files. */
function probeFiles(task: Task, files: SettlingFiles): SettlingFiles {
  const { ts } = task
  const due = files.filter(({ state }) => state.due === 'probe').map(({ found }) => found)
  if (due.length === 0) return files
  const probed = probe(task, due, textsOf(loweredIn(files)))
  return files.map(each => {
    const { found, state } = each
    if (state.due !== 'probe') return each
    return {
      ...each,
      state: afterProbe(
        state,
        located(found.file, 0, () => resolve(ts, probed, found)),
      ),
    }
  })
}

/** Writes the lowered texts of the files whose resolutions are new or corrected. */
function lowerFiles(task: Task, files: SettlingFiles): SettlingFiles {
  return files.map(each => {
    const { found, state } = each
    if (state.due === 'guess' || state.due === 'probe') return { found, state, lowered: undefined }
    const wrong = state.due === 'nothing' ? state.wrong : []
    if (each.lowered?.operators === state.operators && wrong.length === 0) return each
    const lowered = located(found.file, 0, () => loweredFile(task, found.file, state.operators, wrong))
    return { found, state, lowered }
  })
}

function programOfTexts({ ts, programWith }: Task, files: SettlingFiles): ts.Program {
  const { texts, toolVersionOf } = overlayOf(loweredIn(files))
  const program = programWith(texts, toolVersionOf)
  // an inserted import may resolve to another copy
  requireOneRuntime(findHomes(ts, program))
  return program
}

/** Compares the tree of a lowered text that is new with the one that was meant. */
function proveFile({ ts, asked }: Task, program: ts.Program, { found: { file }, lowered, state }: SettlingFile): void {
  if (state.due !== 'verify' || !lowered || lowered.mapped.text === file.text) return
  const { operators } = lowered
  const parsed = program.getSourceFile(file.fileName)!
  located(file, 0, () => prove(ts, file, operators, importStyle(ts, asked, file), parsed))
}

/** Whether lowered texts are compared with the trees that were meant: `TSGRAD_PROVE=1`, for tests and for reports of faults. */
function isProving(): boolean {
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }
  return process?.env?.TSGRAD_PROVE === '1'
}

/** Resolves the operators again by the types of the lowered program. */
function verifyFiles(
  task: Task,
  program: ts.Program,
  files: SettlingFiles,
  { isDue, isLast }: { isDue(fileName: string): boolean; readonly isLast: boolean },
): SettlingFiles {
  const { ts } = task
  const reader = readerIn(task, program)
  return files.map(each => {
    const { found, lowered, state } = each
    if (state.due !== 'verify') return each
    const differing = () => {
      const file = program.getSourceFile(found.file.fileName)!
      return differingOperators(ts, program.getTypeChecker(), reader, file, lowered!, state.source === 'guess')
    }
    const { file } = found
    return { ...each, state: afterVerification(state, isDue(file.fileName) ? located(file, 0, differing) : [], isLast) }
  })
}

const loweredIn = (files: SettlingFiles): readonly LoweredFile[] => files.flatMap(({ lowered }) => lowered ?? [])

/** The lowered texts, for the files that have one. */
export function textsOf(files: readonly LoweredFile[]): ReadonlyMap<string, string> {
  const rewritten = files.filter(({ original, mapped }) => mapped.text !== original.text)
  return new Map(rewritten.map(({ original, mapped }) => [original.fileName, mapped.text]))
}

/** What a program over these files has: also the unchanged text of a file with a fault, where the next build compares versions. */
export function overlayOf(files: readonly LoweredFile[]): Overlay {
  const refused = files
    .filter(hasFault)
    .filter(({ original }: { original: InternalFile }) => original.version !== undefined)
  const versions = new Map(refused.map(file => [file.original.fileName, faultyVersion(file)]))
  const unchanged = refused.map(({ original, mapped }) => [original.fileName, mapped.text] as const)
  return { texts: new Map([...unchanged, ...textsOf(files)]), toolVersionOf: name => versions.get(name) ?? VERSION }
}
