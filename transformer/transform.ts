/**
 * From a program with natural math to one with method calls: guess or desugar and ask, lower, verify.
 * It must not know any host.
 */
import type ts from 'typescript'
import { affectedFiles } from './affected.ts'
import { findCandidates } from './candidates.ts'
import type { Checker } from './checker.ts'
import { type Explained, explainedFile, isChanged } from './explained.ts'
import { failure, located } from './faults.ts'
import { guesser } from './guess.ts'
import { failedProgram, loweredProgram } from './lowered-program.ts'
import { overlayProgram } from './overlay.ts'
import { probe } from './probe.ts'
import { type Resolved, resolve } from './resolve.ts'
import type { FileSites } from './rewrite.ts'
import type { TypeScript } from './syntax.ts'
import type { Reader } from './tables.ts'
import { readerIn, requireOneRuntime, type Task, taskOf, VERSION } from './task.ts'
import { differences } from './verify.ts'

/**
 * The program that the compiler should check and emit in place of `program`.
 * Without operators of classes it is `program` itself; with a fault of tsgrad it only reports, and emits nothing.
 */
export function transform(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): ts.Program {
  try {
    return lowerProgram(ts, program, host).program
  } catch (error) {
    return failedProgram(program, [failure(ts, error)])
  }
}

/** A program that is lowered, with what became of its files. */
export interface Lowered {
  readonly files: readonly Explained[]
  readonly program: ts.Program
}

/** Like `transform`, with what became of each file. @throws what `failure` turns into a diagnostic. */
export function lowerProgram(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): Lowered {
  const task = taskOf(ts, program, host)
  if (!task) return { files: [], program }
  const { files, program: checked } = lowerAll(task)
  const changed = files.filter(isChanged)
  return { files, program: changed.length > 0 ? loweredProgram(ts, host, changed, checked) : program }
}

/** The files that may hold operators of a class, each with what was found out about them and what they are lowered to. */
export function explain(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): readonly Explained[] {
  return lowerProgram(ts, program, host).files
}

/** Asks the checker about the probe texts of some files; the others have the lowered texts that are known already. */
function lowerProbed(task: Task, found: readonly FileSites[], lowered: readonly Explained[]): readonly Explained[] {
  if (found.length === 0) return []
  const { ts, program, host, home } = task
  const probed = probe(ts, program, host, home, found, textsOf(lowered))
  return found.map(each => located(each.file, 0, () => explainedFile(task, each.file, resolve(ts, probed, each))))
}

const ROUNDS = 4

/**
 * Lowers by guesses, probes the files in which one is not sure, and checks the result. An operator that means something else there was
 * guessed wrong, and its file is probed; where the probe was wrong, what the operator means there is taken. When nothing differs any
 * more, every operator is what its operands' types in the compiled program say.
 */
function lowerAll(task: Task): Lowered {
  const { concerned } = task
  let known = isAskedOverChannel(task) ? new Map<ts.SourceFile, Explained>() : guessAll(task)
  const probed = new Set<ts.SourceFile>()
  for (let round = 1; ; round++) {
    const unsure = concerned.filter(({ file }) => !known.has(file))
    for (const { file } of unsure) probed.add(file)
    for (const each of lowerProbed(task, unsure, [...known.values()])) known.set(each.original, each)
    const files = concerned.map(({ file }) => known.get(file)!)
    const program = overlayOf(task, files)
    // an inserted import may lead to another copy
    requireOneRuntime(findCandidates(task.ts, program).homes)
    const reader = readerIn(task, program)
    const affected = affectedFiles(task.ts, program, task.host)
    // in its natural order, which is the cheapest, and what the compiler would do
    if (!affected) program.getSemanticDiagnostics()
    const isKnown = ({ original }: Explained) => affected !== undefined && !affected.has(original.fileName)
    const wrong = new Map(
      files.map(each => [
        each,
        isKnown(each) ? [] : differencesIn(task, program, reader, each, !probed.has(each.original)),
      ]),
    )
    const isDone = [...wrong.values()].every(different => different.length === 0)
    if (isDone) return { files, program }
    const corrected = (each: Explained) => explainedFile(task, each.original, withDifferences(each, wrong.get(each)!))
    if (round === ROUNDS)
      return { files: files.map(each => explainedFile(task, each.original, each.resolved, wrong.get(each))), program }
    known = new Map(
      files.flatMap(each => {
        if (wrong.get(each)!.length === 0) return [[each.original, each]]
        return probed.has(each.original) ? [[each.original, corrected(each)]] : []
      }),
    )
  }
}

/** A guess takes many single questions, which over a channel cost more than a probe. */
function isAskedOverChannel({ asked }: Task): boolean {
  const checker: Checker = asked.getTypeChecker()
  return checker.prefetch !== undefined
}

function guessAll(task: Task): Map<ts.SourceFile, Explained> {
  const { ts, asked, concerned } = task
  const guess = guesser(ts, asked.getTypeChecker(), readerIn(task, asked), concerned)
  return new Map(
    concerned.flatMap(found =>
      located(found.file, 0, () => {
        const resolved = guess(found)
        return resolved ? [[found.file, explainedFile(task, found.file, resolved)]] : []
      }),
    ),
  )
}

function differencesIn(
  { ts }: Task,
  program: ts.Program,
  reader: Reader,
  each: Explained,
  isGuessed: boolean,
): readonly Resolved[] {
  const { original } = each
  return located(original, 0, () => {
    const file = program.getSourceFile(original.fileName)!
    return differences(ts, program.getTypeChecker(), reader, file, each, isGuessed)
  })
}

function withDifferences({ resolved }: Explained, different: readonly Resolved[]): readonly Resolved[] {
  const bySite = new Map(different.map(each => [each.site, each]))
  return resolved.map(each => bySite.get(each.site) ?? each)
}

function overlayOf({ ts, program, host }: Task, files: readonly Explained[]): ts.Program {
  return overlayProgram(ts, program, host, { texts: textsOf(files), version: VERSION })
}

function textsOf(files: readonly Explained[]): ReadonlyMap<ts.SourceFile, string> {
  const rewritten = files.filter(({ original, mapped }) => mapped.text !== original.text)
  return new Map(rewritten.map(({ original, mapped }) => [original, mapped.text]))
}
