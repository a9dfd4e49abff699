/**
 * Lowers files by guesses, verifies them in the lowered program, and probes where a guess fails, until nothing differs any more.
 * It must not know how programs are made, nor who asks.
 */
import type ts from 'typescript'
import { guesser, sitesOf } from '../ask/guess.ts'
import { probe } from '../ask/probe.ts'
import { resolve } from '../ask/resolve.ts'
import { differences } from '../ask/verify.ts'
import type { Checker } from '../compiler/checker.ts'
import type { Resolved } from '../meaning/resolved.ts'
import type { Reader } from '../meaning/tables.ts'
import { located } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { type Explained, explainedFile } from './explained.ts'
import { readerIn, requireOneRuntime, type Task } from './task.ts'

/** Lowered files with the program over their texts. */
export interface Settled {
  readonly files: readonly Explained[]
  readonly program: ts.Program
}

interface Start {
  /** Files that were lowered before; they are verified like guesses. */
  readonly taken: readonly Explained[]
  /** Which files are to be verified in a lowered program: those of which it is not known that their operands have the types they had. */
  toVerify(program: ts.Program): (fileName: string) => boolean
}

const ROUNDS = 4

/**
 * Lowers by guesses, probes the files in which one is not sure, and looks at the result. An operator that means something else there was
 * guessed wrong, and its file is probed; where the probe was wrong, what the operator means there is taken. When nothing differs any
 * more, every operator is what its operands' types in the compiled program say.
 */
export function settle(task: Task, { taken, toVerify }: Start): Settled {
  const { concerned } = task
  let known = new Map(taken.map(each => [each.original.fileName, each]))
  for (const each of guessed(
    task,
    concerned.filter(({ file }) => !known.has(file.fileName)),
  ))
    known.set(each.original.fileName, each)
  const probed = new Set<string>()
  for (let round = 1; ; round++) {
    const unsure = concerned.filter(({ file }) => !known.has(file.fileName))
    for (const { file } of unsure) probed.add(file.fileName)
    for (const each of lowerProbed(task, unsure, [...known.values()])) known.set(each.original.fileName, each)
    const files = concerned.map(({ file }) => known.get(file.fileName)!)
    const program = task.programWith(textsOf(files))
    // an inserted import may lead to another copy
    requireOneRuntime(findCandidates(task.ts, program).homes)
    const reader = readerIn(task, program)
    const isDue = toVerify(program)
    const differencesOf = (each: Explained) => {
      const { fileName } = each.original
      return isDue(fileName) ? differencesIn(task, program, reader, each, !probed.has(fileName)) : []
    }
    const wrong = new Map(files.map(each => [each, differencesOf(each)]))
    if ([...wrong.values()].every(different => different.length === 0)) return { files, program }
    const corrected = (each: Explained) => explainedFile(task, each.original, withDifferences(each, wrong.get(each)!))
    if (round === ROUNDS)
      return { files: files.map(each => explainedFile(task, each.original, each.resolved, wrong.get(each))), program }
    known = new Map(
      files.flatMap(each => {
        const { fileName } = each.original
        if (wrong.get(each)!.length === 0) return [[fileName, each]]
        return probed.has(fileName) ? [[fileName, corrected(each)]] : []
      }),
    )
  }
}

/** The files of which all operators are clear without a check. */
function guessed(task: Task, found: readonly FileSites[]): readonly Explained[] {
  const { ts, asked } = task
  const checker = asked.getTypeChecker()
  if (found.length === 0 || isAskedOverChannel(checker)) return []
  const guess = guesser(ts, checker, readerIn(task, asked), sitesOf(found))
  return found.flatMap(each =>
    located(each.file, 0, () => {
      const resolved = guess(each)
      return resolved ? [explainedFile(task, each.file, resolved)] : []
    }),
  )
}

/** A guess takes many single questions, which over a channel cost more than a probe. */
const isAskedOverChannel = (checker: Checker) => checker.prefetch !== undefined

/** Asks the checker about the probe texts of some files; the others have the lowered texts that are known already. */
function lowerProbed(task: Task, found: readonly FileSites[], lowered: readonly Explained[]): readonly Explained[] {
  if (found.length === 0) return []
  const probed = probe(task, found, textsOf(lowered))
  return found.map(each => located(each.file, 0, () => explainedFile(task, each.file, resolve(task.ts, probed, each))))
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

/** The texts of the files that are not as people wrote them. */
export function textsOf(files: readonly Explained[]): ReadonlyMap<string, string> {
  const rewritten = files.filter(({ original, mapped }) => mapped.text !== original.text)
  return new Map(rewritten.map(({ original, mapped }) => [original.fileName, mapped.text]))
}
