/**
 * A project whose files change: what a dev server, a test runner or ESLint asks again and again.
 * It must not know who asks.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { mayHoldTables } from '../meaning/table-check.ts'
import { type Dependencies, dependenciesIn } from '../program/imports.ts'
import { reportingProgram } from '../program/lowered-program.ts'
import { createPrograms, type ProjectFiles } from '../program/programs.ts'
import { shapeOf } from '../program/shape.ts'
import { failure } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import type { MappedText } from '../text/text.ts'
import { isChanged, type LoweredFile } from './lowered-file.ts'
import { settle, textsOf } from './settle.ts'
import { concernedFiles, requireOneRuntime, requireSupported, type Task } from './task.ts'

export interface Session {
  /**
   * What a file is lowered to; undefined when its text stays as it is. A file that the project does not list joins it.
   *
   * @throws an error that `diagnostics` gives as well, when the project cannot be lowered at all.
   */
  lowered(fileName: string): MappedText | undefined
  /** A file as it is compiled, as `lowered` has it; undefined when the compiler does not take it. @throws as `lowered` does. */
  compiled(fileName: string): CompiledFile | undefined
  /** All errors of a file, in its original text; with an internal error, that one. */
  diagnostics(fileName: string): readonly ts.Diagnostic[]
  /** Those of them that speak of operators on classes: tsgrad's own, and TypeScript's inside of such an expression. */
  operatorDiagnostics(fileName: string): readonly ts.Diagnostic[]
  /** The files of the project on whose declarations a file's operators may depend: all that it reaches by imports, those of types too. */
  dependencies(fileName: string): readonly string[]
  /** Says that these files have other texts now, were made or were removed. */
  update(fileNames: readonly string[]): void
  /** Files that `lowered` was asked for and that are lowered to another text now. */
  stale(): readonly string[]
}

/** A file in both of its forms. */
export interface CompiledFile {
  readonly original: ts.SourceFile
  /** The program of the lowered texts. */
  readonly program: ts.Program
  /** What became of the file; undefined where it cannot hold operators of a class. */
  readonly lowered: LoweredFile | undefined
}

/** What is known of all files, until one of them changes. */
interface Compilation {
  /** The program of the lowered texts. */
  readonly lowered: ts.Program
  /** The same, speaking of the original texts. */
  readonly reporting: ts.Program
  readonly dependencies: Dependencies
}

export function createSession(ts: TypeScript, project: ProjectFiles): Session {
  const programs = createPrograms(ts, project)
  const known = new Map<string, LoweredFile>()
  /** Files whose operators are what their operands' types say, in the texts as they are. */
  const verified = new Set<string>()
  const changed = new Set<string>()
  /** Files that joined, or that the program does not have. */
  const absent = new Set<string>()
  let state: Compilation | undefined
  let fault: unknown
  const handedOut = new Map<string, string | undefined>()
  /** What other files see of the files that were changed last, while that is so. */
  const shapes = new Map<string, string | undefined>()

  /** Lowers what is not known, and verifies it and the files that `isDue` names. */
  const advance = (isDue: (fileName: string) => boolean): ts.Program => {
    const asked = programs.with(textsOf([...known.values()]))
    const task = taskIn(asked)
    // where none may hold operators any more, none has a lowered text
    if (!task) return programs.with(new Map())
    const { files, program } = settle(task, {
      taken: [...known.values()],
      isDue: fileName => !verified.has(fileName) && (!known.has(fileName) || isDue(fileName)),
    })
    const isNew = ({ original }: LoweredFile) => !known.has(original.fileName)
    // a new file may rest on what is not verified yet
    const isOpen = ({ original: { fileName } }: LoweredFile) => !verified.has(fileName) && !isDue(fileName)
    const rests = files.some(each => !isNew(each) && isOpen(each))
    for (const each of files)
      if ((isNew(each) && !rests) || isDue(each.original.fileName)) verified.add(each.original.fileName)
    for (const each of files) known.set(each.original.fileName, each)
    return program
  }

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

  const stateOf = (lowered: ts.Program): Compilation => ({
    lowered,
    reporting: reportingProgram(ts, undefined, [...known.values()].filter(isChanged), lowered),
    dependencies: dependenciesIn(ts, lowered),
  })

  /** Those of some files of which others see something else now. */
  const reshaped = (before: Compilation, next: Compilation, names: readonly string[]): readonly string[] => {
    const now = new Map(names.map(name => [name, shapeOf(next.lowered, name)]))
    const found = names.filter(name => {
      const was = shapes.has(name) ? shapes.get(name) : shapeOf(before.lowered, name)
      return was !== now.get(name)
    })
    // what a file infers from these may differ as well
    if (found.length > 0) shapes.clear()
    else for (const [name, shape] of now) shapes.set(name, shape)
    return found
  }

  /** Brings all up to date but the files above a change, which are verified when they are asked for. */
  const refresh = (): Compilation => {
    if (state && changed.size === 0) return state
    const before = state
    const { changed: names, moved } = programs.forget([...changed])
    changed.clear()
    // hosts say that a file changed more often than it does
    if (state && names.length === 0) return state
    for (const name of names) {
      known.delete(name)
      verified.delete(name)
    }
    if (!before || moved) {
      verified.clear()
      shapes.clear()
    }
    const isFirst = () => before === undefined
    const next = stateOf(advance(isFirst))
    if (before) for (const name of next.dependencies.above(reshaped(before, next, names))) verified.delete(name)
    state = next
    return next
  }

  /** What is known when a file and all below it are verified. */
  const settled = (fileNames: readonly string[]): Compilation => {
    const { dependencies, lowered } = refresh()
    const due = new Set([...dependencies.below(fileNames)].filter(name => known.has(name) && !verified.has(name)))
    if (due.size > 0) {
      const isDue = (name: string) => due.has(name)
      let program = advance(isDue)
      const reported = [...due].filter(name => speaksOfTypes(known.get(name)!))
      for (const name of reported) {
        known.delete(name)
        verified.delete(name)
      }
      if (reported.length > 0) program = advance(isDue)
      if (program !== lowered || reported.length > 0) state = stateOf(program)
    }
    return state!
  }

  /** `settled` for a file of the project, which it joins if need be; what fails once fails until something changes. */
  const about = (fileNames: readonly string[]): Compilation => {
    if (fault) throw fault
    try {
      requireSupported(ts)
      for (const name of fileNames.filter(name => !absent.has(name))) {
        if (refresh().lowered.getSourceFile(name)) continue
        // once, whether the compiler takes it or not
        absent.add(name)
        programs.add(name)
        state = undefined
      }
      return settled(fileNames)
    } catch (error) {
      fault = error
      state = undefined
      throw error
    }
  }

  /** Of a file that is settled. */
  const textOf = (fileName: string) => {
    const mapped = known.get(fileName)?.mapped
    return mapped && mapped.text !== mapped.original ? mapped : undefined
  }

  const diagnostics = (fileName: string): readonly ts.Diagnostic[] => {
    try {
      const { reporting } = about([fileName])
      const file = reporting.getSourceFile(fileName)
      return file ? [...reporting.getSyntacticDiagnostics(file), ...reporting.getSemanticDiagnostics(file)] : []
    } catch (error) {
      return [failure(ts, error)]
    }
  }

  return {
    lowered(fileName) {
      about([fileName])
      const found = textOf(fileName)
      handedOut.set(fileName, found?.text)
      return found
    },
    compiled(fileName) {
      const { lowered: program } = about([fileName])
      const lowered = known.get(fileName)
      const original = lowered?.original ?? program.getSourceFile(fileName)
      return original && { original, program, lowered }
    },
    diagnostics,
    operatorDiagnostics(fileName) {
      const found = diagnostics(fileName)
      const lowered = known.get(fileName)
      return found.filter(each => each.source === 'tsgrad' || (lowered && isInOperator(lowered, each)))
    },
    dependencies(fileName) {
      const { dependencies, lowered } = about([fileName])
      return [...dependencies.below([fileName])].filter(name => {
        const file = lowered.getSourceFile(name)
        return file && !lowered.isSourceFileFromExternalLibrary(file) && !lowered.isSourceFileDefaultLibrary(file)
      })
    },
    update(fileNames) {
      fault = undefined
      for (const name of fileNames) {
        changed.add(name)
        absent.delete(name)
      }
    },
    stale() {
      about([...handedOut.keys()])
      return [...handedOut].filter(([name, text]) => textOf(name)?.text !== text).map(([name]) => name)
    },
  }
}

/** Listed when they are asked for: of a file that is known, they hardly ever are. */
const fileSitesOf = ({ original, operators }: LoweredFile): FileSites => ({
  file: original,
  get sites() {
    return operators.map(({ site }) => site)
  },
})

/** Whether what there may be to report of a file speaks of types from elsewhere, also where its operators stay what they are. */
function speaksOfTypes({ original, operators, wrong }: LoweredFile): boolean {
  return mayHoldTables(original) || wrong.length > 0 || operators.some(({ fault }) => fault)
}

/** Whether a diagnostic stands inside of an operator that is, or should be, one of a class. */
function isInOperator({ original, operators }: LoweredFile, { start }: ts.Diagnostic): boolean {
  if (start === undefined) return false
  return operators.some(({ site, resolution, fault }) => {
    if (resolution.kind === 'native' && !fault) return false
    return start >= site.node.getStart(original) && start <= site.node.end
  })
}
