/**
 * A build after another one: the lowered texts of the files that nothing has changed for are those of then; all other files are settled.
 * It must not know where the knowledge of an earlier build comes from.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { augmentedBy, dependenciesIn } from '../program/imports.ts'
import type { Overlay, OverlayPrograms } from '../program/overlay.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { hidesTypes } from '../syntax/hidden-types.ts'
import type { MappedText } from '../text/text.ts'
import { type LoweredFiles, withMarks } from './anew.ts'
import { withDerivatives } from './derivatives.ts'
import { type Settled, settle } from './settle.ts'
import { type KeptFile, type KeptFiles, outlinesIn, textsIn } from './store.ts'
import { concernedFiles, requireOneRuntime, requireSupported, type Task } from './task.ts'
import { VERSION } from './version.ts'

/** The texts of a build, and the programs over them. */
export interface AgainSources {
  /** A program whose import graph is that of the original texts. */
  readonly graph: ts.Program
  originalOf(fileName: string): ts.SourceFile
  /** The lowered text of a kept file that has one. */
  mappedOf(fileName: string, file: KeptFile): MappedText
  /** The programs in which some files have other texts. */
  readonly programs: OverlayPrograms
  readonly host: ts.CompilerHost
  /** Whether a kept file may have its outline alone. */
  readonly hasOutlines: boolean
}

/** The files that were settled in this build, and what is still known of the others. */
export interface LoweredAgain extends LoweredFiles {
  readonly kept: KeptFiles
  /** The kept files that have their outline alone in the program. */
  readonly outlines: ReadonlyMap<string, string>
}

/** Settles the files that are not known, and those of the known ones whose types may have changed since. Known files must be candidates. */
export function lowerAgain(ts: TypeScript, texts: AgainSources, known: KeptFiles): LoweredAgain {
  requireSupported(ts)
  const { homes, files: candidates } = findCandidates(ts, texts.graph)
  const home = requireOneRuntime(homes)!
  const names = candidates.map(({ fileName }) => fileName)
  let kept = known
  let looked = new Set([...names.filter(name => !known.has(name)), ...augmentedIn(ts, texts.graph)])
  for (;;) {
    const outlines = texts.hasOutlines ? outlinesIn(kept, isUnseen(ts, texts.graph, looked)) : new Map()
    const beside = { kept, outlines }
    const settled = settle(taskBeside(ts, texts, home.fileName, names, beside))
    // where the home is due, marks are looked for in all files
    const isOpen = settled.isDue(home.fileName) ? () => true : isAffected(ts, settled)
    const due = settled.program.getSourceFiles().flatMap(({ fileName }) => (isOpen(fileName) ? [fileName] : []))
    const isWhole = outlines.size === 0 || [...outlines.keys()].every(isUnseen(ts, settled.program, new Set(due)))
    if (isWhole && ![...kept.keys()].some(isOpen)) return { ...withDerived(ts, texts, settled, beside), ...beside }
    kept = new Map([...kept].filter(([name]) => !isOpen(name)))
    looked = new Set([...looked, ...due])
  }
}

/** What a task leaves as it was. */
type Beside = Pick<LoweredAgain, 'kept' | 'outlines'>

/** Whether none of some files, nor a declaration that all files see, can tell a file from its outline. */
function isUnseen(ts: TypeScript, program: ts.Program, looked: ReadonlySet<string>): (fileName: string) => boolean {
  const below = dependenciesIn(ts, program).below(looked)
  return name => !below.has(name)
}

/** The files that others augment, which are asked before anything else. */
const augmentedIn = (ts: TypeScript, program: ts.Program): readonly string[] =>
  program.getSourceFiles().flatMap(file => augmentedBy(ts, program, file).map(({ fileName }) => fileName))

/**
 * Whether a file is due, or imports one that is, over any number of steps, and that hides types, such as those of private members: they
 * are no part of its declarations, by which the compiler's builder goes.
 */
function isAffected(ts: TypeScript, { program, isDue }: Settled): (fileName: string) => boolean {
  const hides = (file: ts.SourceFile) => !file.isDeclarationFile && isDue(file.fileName) && hidesTypes(ts, file)
  const hiding = program.getSourceFiles().filter(hides)
  if (hiding.length === 0) return isDue
  const above = dependenciesIn(ts, program).above(hiding.map(({ fileName }) => fileName))
  return name => isDue(name) || above.has(name)
}

/** A task with the files that are not kept, over programs in which those that are have their lowered texts. */
function taskBeside(
  ts: TypeScript,
  { originalOf, programs, host }: AgainSources,
  home: string,
  names: readonly string[],
  { kept, outlines }: Beside,
): Task {
  const before = textsIn(kept)
  const open = names.filter(name => !kept.has(name))
  const withKept = (texts: ReadonlyMap<string, string>, toolVersionOf = (_: string) => VERSION): Overlay => ({
    texts: new Map([...before, ...texts]),
    ...{ toolVersionOf, outlines },
  })
  let asked: ts.Program | undefined
  return {
    ...{ ts, home, host },
    concerned: concernedFiles(ts, open.map(originalOf)),
    programWith: (texts, toolVersionOf) => programs.with(withKept(texts, toolVersionOf)),
    // made only where a file must be guessed
    get asked() {
      asked ??= programs.askedWith(withKept(new Map()))
      return asked
    },
  }
}

/** A kept file holds no mark: it has none of then, and a new one would make it due. */
function withDerived(
  ts: TypeScript,
  { originalOf, mappedOf, programs }: AgainSources,
  settled: Settled,
  { kept, outlines }: Beside,
): LoweredFiles {
  const keptText = (name: string) => {
    const file = kept.get(name)
    return file?.text === undefined ? undefined : mappedOf(name, file)
  }
  const derived = withDerivatives(ts, settled, originalOf, keptText)
  const before = textsIn(kept)
  return withMarks(settled, derived, ({ texts, toolVersionOf }) =>
    programs.with({ texts: new Map([...before, ...texts]), toolVersionOf, outlines }),
  )
}
