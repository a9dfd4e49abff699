/**
 * A project whose files change while a dev server, a test runner or ESLint asks for lowered texts and errors.
 * It must not know who asks.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type FileName, nameOf } from '../program/file-names.ts'
import { type Dependencies, dependenciesIn } from '../program/imports.ts'
import { reportingProgram, withOwn } from '../program/lowered-program.ts'
import { isInPackage } from '../program/packages.ts'
import { createPrograms, type ProjectFiles } from '../program/programs.ts'
import { failure } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { originalDiagnostic } from '../text/positions.ts'
import type { MappedText } from '../text/text.ts'
import { derivedFile } from './derivatives.ts'
import { createKnownFiles, followsMoreThanTypes } from './known-files.ts'
import { type LoweredFile, mayBeAdvised, unchangedFile } from './lowered-file.ts'
import { createShapes } from './shapes.ts'
import { requireSupported } from './task.ts'
import { type UnresolvedOperators, unresolvedOperators } from './unresolved.ts'

export interface Session {
  /**
   * The lowered text of a file; undefined when its text stays the same. A file that the project does not list is added to it.
   *
   * @throws an error that `diagnostics` gives as well, when the project cannot be lowered at all, or the compiler does not take the file.
   */
  lowered(fileName: FileName): MappedText | undefined
  /** A file in its original and its compiled form. @throws as `lowered` does. */
  compiled(fileName: FileName): CompiledFile
  /** All errors of a file, at their places in its original text; after an internal error, that one only. */
  diagnostics(fileName: FileName): readonly ts.Diagnostic[]
  /**
   * Those of them about operators on classes: tsgrad's own, and TypeScript's inside such an expression; and the operators whose operands have
   * no type for want of a module or a name, which TypeScript reports where that is.
   */
  operatorDiagnostics(fileName: FileName): readonly ts.Diagnostic[]
  /** What ends no build, in the original text. @throws as `lowered` does. */
  warnings(fileName: FileName): readonly ts.Diagnostic[]
  /**
   * The files on whose declarations a file's operators may depend: its imports, direct and indirect, types included. Installed packages
   * are left out, linked ones are not.
   */
  dependencies(fileName: FileName): readonly FileName[]
  /** Tells the session that these files were changed, created or removed. */
  update(fileNames: readonly FileName[]): void
  /** Files whose lowered text differs from the one that `lowered` returned last. */
  stale(): readonly FileName[]
}

/** A file in its original and its compiled form. */
export interface CompiledFile {
  readonly original: ts.SourceFile
  /** The program of the lowered texts. */
  readonly program: ts.Program
  /** The file's result; undefined where it cannot hold operators of a class. */
  readonly lowered: LoweredFile | undefined
}

/** The results for all files, valid until one of them changes. */
interface Compilation {
  /** The program of the lowered texts. */
  readonly lowered: ts.Program
  /** The same program, whose diagnostics are mapped to the original texts. */
  readonly reporting: ts.Program
  readonly dependencies: Dependencies
  /** Files with derivatives of functions on plain numbers; undefined for one without. They follow the texts of all files. */
  readonly derived: Map<string, LoweredFile | undefined>
  /** Operators without a meaning for want of a module or a name. */
  unresolved(): UnresolvedOperators
  /** The files that may hold operators of a class, or ask for a derivative. */
  candidates(): ReadonlySet<ts.SourceFile>
}

export function createSession(ts: TypeScript, project: ProjectFiles): Session {
  const programs = createPrograms(ts, project)
  const known = createKnownFiles(ts, programs)
  const shapes = createShapes(ts)
  const changed = new Set<string>()
  /** Files that were added to those that the project lists. */
  const added = new Set<FileName>()
  let state: Compilation | undefined
  let fault: unknown
  const handedOut = new Map<FileName, string | undefined>()

  const stateOf = (lowered: ts.Program): Compilation => ({
    lowered,
    reporting: reportingProgram(ts, undefined, known.all().filter(mayBeAdvised), lowered),
    dependencies: dependenciesIn(ts, lowered),
    derived: new Map(),
    unresolved: onceOf(() => unresolvedOperators(ts, lowered)),
    candidates: onceOf(() => new Set(findCandidates(ts, lowered).files)),
  })

  /** A settled file with its derivatives, made when it is asked for, of the texts that the files have then. */
  const derivedOf = (fileName: string): LoweredFile | undefined => {
    const { lowered, reporting, derived, candidates } = state!
    if (derived.has(fileName)) return derived.get(fileName)
    const file = lowered.getSourceFile(fileName)
    if (!file || !candidates().has(file)) return undefined
    // the compiler's own order of questions first
    reporting.getSemanticDiagnostics(reporting.getSourceFile(fileName))
    const found = derivedFile(
      ts,
      lowered,
      file,
      () => known.get(fileName) ?? unchangedFile(file),
      name => known.get(name)?.mapped,
    )
    derived.set(fileName, found)
    return found
  }

  /** Updates all results, except for files that import a changed one: these are verified when somebody asks for them. */
  const refresh = (): Compilation => {
    if (state && changed.size === 0) return state
    const before = state
    const { changed: names, moved } = programs.forget([...changed])
    changed.clear()
    // hosts report changes of files whose text is the same
    if (state && names.length === 0) return state
    for (const name of names) known.forget(name)
    if (!before || moved) {
      known.distrust()
      shapes.clear()
    }
    // these are verified here, and never due again
    if (!before)
      for (const each of known.all()) if (followsMoreThanTypes(ts, each)) known.forget(each.original.fileName)
    const isFirst = () => before === undefined
    const next = stateOf(known.advance(isFirst))
    if (before) known.distrust(next.dependencies.above(shapes.changed(before.lowered, next.lowered, names)))
    state = next
    return next
  }

  /** The results after a file and all its imports are verified. */
  const settled = (fileNames: readonly string[]): Compilation => {
    const { dependencies, lowered } = refresh()
    const due = known.unverified(dependencies.below(fileNames))
    if (due.size > 0) {
      const isDue = (name: string) => due.has(name)
      let program = known.advance(isDue)
      const open = [...due].filter(name => followsMoreThanTypes(ts, known.get(name)!))
      for (const name of open) known.forget(name)
      if (open.length > 0) program = known.advance(isDue)
      if (program !== lowered || open.length > 0) state = stateOf(program)
    }
    return state!
  }

  /** `settled` for a file, which is added to the project if it is missing. A failure is repeated until a file changes. */
  const about = (fileNames: readonly FileName[]): Compilation => {
    if (fault) throw fault
    try {
      requireSupported(ts)
      for (const name of fileNames.filter(name => !added.has(name))) {
        if (fileIn(refresh().lowered, name)) continue
        // once, whether the compiler takes it or not
        added.add(name)
        programs.add(name)
        state = undefined
      }
      return settled(fileNames.map(spelled))
    } catch (error) {
      fault = error
      state = undefined
      throw error
    }
  }

  /** A file under the compiler's own name: of another case where the disk has none, or through a symlink. */
  const fileIn = (program: ts.Program, fileName: FileName): ts.SourceFile | undefined =>
    program.getSourceFile(fileName) ??
    programs
      .namesOf(fileName)
      .map(name => program.getSourceFile(name))
      .find(file => file !== undefined)
  const spelled = (fileName: FileName): string => (state && fileIn(state.lowered, fileName)?.fileName) ?? fileName

  /** Nobody must take a file for one without operators because the compiler does not have it. */
  const requireFile = (fileName: FileName): ts.SourceFile => {
    const file = fileIn(state!.lowered, fileName)
    if (!file) throw new Error(`the compiler does not have ${fileName}, so its operators are unknown`)
    return file
  }

  const textOf = (fileName: FileName) => {
    const name = spelled(fileName)
    const mapped = (derivedOf(name) ?? known.get(name))?.mapped
    return mapped && mapped.text !== mapped.original ? mapped : undefined
  }

  const diagnostics = (fileName: FileName): readonly ts.Diagnostic[] => {
    try {
      const { reporting } = about([fileName])
      const { fileName: name } = requireFile(fileName)
      const file = reporting.getSourceFile(name)!
      const own = known.get(name)?.diagnostics.length ?? 0
      const derivatives = derivedOf(name)?.diagnostics.slice(own) ?? []
      return [...reporting.getSyntacticDiagnostics(file), ...reporting.getSemanticDiagnostics(file), ...derivatives]
    } catch (error) {
      return [failure(ts, error, [programs.original(fileName) ?? []].flat())]
    }
  }

  const unfound = (
    { lowered, dependencies, unresolved }: Compilation,
    name: string,
    reported: readonly ts.Diagnostic[],
  ) => {
    const file = lowered.getSourceFile(name)
    const found = file ? unresolved()(file, () => dependencies.below([name]), reported) : []
    const files = new Map([known.get(name) ?? []].flat().map(each => [name, each]))
    const diagnostics = found.map(each => originalDiagnostic(files, each))
    return file ? withOwn(ts, [], { original: known.get(name)?.original ?? file, diagnostics }) : []
  }

  return {
    lowered(fileName) {
      about([fileName])
      requireFile(fileName)
      const found = textOf(fileName)
      handedOut.set(fileName, found && keyOf(found))
      return found
    },
    compiled(fileName) {
      const { lowered: program } = about([fileName])
      const file = requireFile(fileName)
      const lowered = known.get(file.fileName)
      return { original: lowered?.original ?? file, program, lowered }
    },
    diagnostics,
    warnings(fileName) {
      about([fileName])
      return derivedOf(requireFile(fileName).fileName)?.warnings ?? []
    },
    operatorDiagnostics(fileName) {
      const found = diagnostics(fileName)
      const lowered = known.get(spelled(fileName))
      const own = found.filter(each => each.source === 'tsgrad' || (lowered && isInOperator(lowered, each)))
      return state ? [...own, ...unfound(state, spelled(fileName), found)] : own
    },
    dependencies(fileName) {
      const { dependencies, lowered } = about([fileName])
      const own = spelled(fileName)
      return [...dependencies.below([own])].flatMap(name => {
        if (name === own) return []
        const file = lowered.getSourceFile(name)
        // the sources of a linked package may change like those of the project
        const isForeign =
          isInPackage(name) || (file?.isDeclarationFile && lowered.isSourceFileFromExternalLibrary(file))
        return file && !isForeign && !lowered.isSourceFileDefaultLibrary(file) ? [nameOf(file)] : []
      })
    },
    update(fileNames) {
      fault = undefined
      for (const name of fileNames) {
        changed.add(name)
        added.delete(name)
      }
    },
    stale() {
      about([...handedOut.keys()])
      const isStale = ([name, key]: [FileName, string | undefined]) => {
        const found = textOf(name)
        return (found && keyOf(found)) !== key
      }
      return [...handedOut].filter(isStale).map(([name]) => name)
    },
  }
}

/** A text, and where it leads in other files: a line that moves there changes a source map here. */
const keyOf = (mapped: MappedText) => `${mapped.text}\n${mapped.others().length > 0 ? mapped.origins() : ''}`

function onceOf<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Whether a diagnostic is inside an operation on a class, or one that should be. */
function isInOperator({ original, operators }: LoweredFile, { start }: ts.Diagnostic): boolean {
  if (start === undefined) return false
  return operators.some(({ site, resolution, fault }) => {
    if (resolution.kind === 'native' && !fault) return false
    return start >= site.node.getStart(original) && start <= site.node.end
  })
}
