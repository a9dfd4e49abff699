/**
 * A project whose files change: what a dev server, a test runner or an editor asks again and again.
 * It must not know who asks.
 */
import type ts from 'typescript'
import { failure } from './faults.ts'
import { operatorSpan, type TypeScript } from './syntax.ts'
import type { MappedText } from './text.ts'
import { type Lowered, lowerProgram } from './transform.ts'

/** The files and options of a project, and how its texts are read. */
export interface SessionProject {
  /** Full names of the files that the program starts from. */
  readonly fileNames: readonly string[]
  readonly options: ts.CompilerOptions
  readonly projectReferences?: readonly ts.ProjectReference[]
  /** The text of a file that is not as it is on the disk; undefined for any other file. */
  readTextOf?(fileName: string): string | undefined
}

export interface Session {
  /** What a file is lowered to; undefined when its text stays as it is. A file that the project does not list joins it. */
  lowered(fileName: string): MappedText | undefined
  /** All errors of a file, in its original text; with an internal error, that one. */
  diagnostics(fileName: string): readonly ts.Diagnostic[]
  /** Those of them that speak of operators on classes: tsgrad's own, and TypeScript's inside of such an expression. */
  operatorDiagnostics(fileName: string): readonly ts.Diagnostic[]
  /** The files on whose declarations a file's operators may depend: all that it reaches through imports, those of types too. */
  dependencies(fileName: string): readonly string[]
  /** Says that these files have other texts now, were made or were removed. */
  update(fileNames: readonly string[]): void
  /** Files that `lowered` was asked for and that are lowered to another text since the last `update`. */
  stale(): readonly string[]
}

export function createSession(ts: TypeScript, project: SessionProject): Session {
  const roots = new Set(project.fileNames)
  let known: Lowered | undefined
  let error: ts.Diagnostic | undefined
  const handedOut = new Map<string, string | undefined>()

  const host = (): ts.CompilerHost => {
    const base = ts.createCompilerHost(project.options)
    return { ...base, readFile: name => project.readTextOf?.(name) ?? base.readFile(name), getSourceFile: undefined! }
  }
  const compute = (): Lowered | undefined => {
    if (known || error) return known
    const base = host()
    base.getSourceFile = (name, languageVersion) => {
      const text = base.readFile(name)
      return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion)
    }
    try {
      known = lowerProgram(ts, ts.createProgram([...roots], project.options, base), base)
    } catch (thrown) {
      error = failure(ts, thrown)
    }
    return known
  }
  const inProject = (fileName: string): Lowered | undefined => {
    const found = compute()
    if (error || found?.program.getSourceFile(fileName)) return found
    roots.add(fileName)
    known = undefined
    return compute()
  }
  const textOf = (fileName: string) => {
    const found = inProject(fileName)?.files.find(({ original }) => original.fileName === fileName)?.mapped
    return found && found.text !== found.original ? found : undefined
  }
  const diagnostics = (fileName: string): readonly ts.Diagnostic[] => {
    const found = inProject(fileName)
    if (!found) return [error!]
    const file = found.program.getSourceFile(fileName)
    return file ? [...found.program.getSyntacticDiagnostics(file), ...found.program.getSemanticDiagnostics(file)] : []
  }
  return {
    lowered(fileName) {
      const found = textOf(fileName)
      handedOut.set(fileName, found?.text)
      return found
    },
    diagnostics,
    operatorDiagnostics(fileName) {
      const found = inProject(fileName)?.files.find(({ original }) => original.fileName === fileName)
      return diagnostics(fileName).filter(({ source, start }) => {
        if (source === 'tsgrad' || start === undefined) return source === 'tsgrad'
        return found?.resolved.some(({ site, resolution, fault }) => {
          if (resolution.kind === 'native' && !fault) return false
          const at = operatorSpan(site, found.original)
          return start >= Math.min(site.node.getStart(found.original), at.start) && start <= site.node.end
        })
      })
    },
    dependencies(fileName) {
      const program = inProject(fileName)?.program
      return program ? program.getSourceFiles().map(file => file.fileName) : []
    },
    update() {
      known = undefined
      error = undefined
    },
    stale: () => [...handedOut].filter(([name, text]) => textOf(name)?.text !== text).map(([name]) => name),
  }
}
