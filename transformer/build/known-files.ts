/**
 * What a session knows of its files: their results, and which of these are verified for the current texts.
 * It must not know which files were changed, nor who asks.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { mayHoldTables } from '../meaning/table-check.ts'
import type { Programs } from '../program/programs.ts'
import { findCandidates } from '../syntax/candidates.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { hasParts } from '../syntax/scope.ts'
import type { LoweredFile } from './lowered-file.ts'
import { settle, textsOf } from './settle.ts'
import { concernedFiles, requireOneRuntime, type Task } from './task.ts'

export interface KnownFiles {
  get(fileName: string): LoweredFile | undefined
  all(): readonly LoweredFile[]
  /** Those of these files that have a result which is not verified. */
  unverified(fileNames: Iterable<string>): ReadonlySet<string>
  /** Lowers the files without a result, and verifies them and the files that `isDue` selects; returns the program of the lowered texts. */
  advance(isDue: (fileName: string) => boolean): ts.Program
  /** Drops the result of a file. */
  forget(fileName: string): void
  /** Lets these files, or all, be verified again. */
  distrust(fileNames?: Iterable<string>): void
}

export function createKnownFiles(ts: TypeScript, programs: Programs): KnownFiles {
  const known = new Map<string, LoweredFile>()
  const verified = new Set<string>()

  /** The candidates of a program in which some files have lowered texts already. */
  const taskIn = (asked: ts.Program): Task | undefined => {
    const { homes, files } = findCandidates(ts, asked)
    const home = requireOneRuntime(homes)
    const names = new Set(files.map(file => file.fileName))
    for (const name of known.keys()) if (!names.has(name)) known.delete(name)
    if (!home) return undefined
    const found = new Map(
      concernedFiles(
        ts,
        files.filter(file => !known.has(file.fileName)),
      ).map(each => [each.file.fileName, each]),
    )
    const concerned = files.flatMap(({ fileName }) => {
      const each = known.get(fileName)
      return each ? [fileSitesOf(each)] : (found.get(fileName) ?? [])
    })
    if (concerned.length === 0) return undefined
    return { ts, asked, home: home.fileName, concerned, programWith: programs.with }
  }

  /** Lowers the files without a result, and verifies them and the files that `isDue` selects. */
  const advance = (isDue: (fileName: string) => boolean): ts.Program => {
    const asked = programs.with(textsOf([...known.values()]))
    const task = taskIn(asked)
    // without candidates no file has a lowered text
    if (!task) return programs.with(new Map())
    const { files, program } = settle(task, {
      taken: [...known.values()],
      isDue: fileName => !verified.has(fileName) && (!known.has(fileName) || isDue(fileName)),
    })
    const isNew = ({ original }: LoweredFile) => !known.has(original.fileName)
    // a new file may depend on files that are not verified yet
    const isOpen = ({ original: { fileName } }: LoweredFile) => !verified.has(fileName) && !isDue(fileName)
    const rests = files.some(each => !isNew(each) && isOpen(each))
    for (const each of files)
      if ((isNew(each) && !rests) || isDue(each.original.fileName)) verified.add(each.original.fileName)
    for (const each of files) known.set(each.original.fileName, each)
    return program
  }

  return {
    get: fileName => known.get(fileName),
    all: () => [...known.values()],
    unverified: fileNames => new Set([...fileNames].filter(name => known.has(name) && !verified.has(name))),
    advance,
    forget(fileName) {
      known.delete(fileName)
      verified.delete(fileName)
    },
    distrust(fileNames = [...verified]) {
      for (const name of fileNames) verified.delete(name)
    },
  }
}

/** Computed on demand, since hosts rarely ask for the dependencies of an unchanged file. */
const fileSitesOf = ({ original, operators }: LoweredFile): FileSites => ({
  file: original,
  get sites() {
    return operators.map(({ site }) => site)
  },
})

/** Whether a file's result may change with other files although its operators keep their meaning: its diagnostics, or what its names are. */
export function followsMoreThanTypes(ts: TypeScript, { original, operators, wrong }: LoweredFile): boolean {
  return mayHoldTables(original) || hasParts(ts, original) || wrong.length > 0 || operators.some(({ fault }) => fault)
}
