/**
 * Programs over the files of one project, one after another, each reusing as much of the last as possible.
 * It must not know what the texts are for.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalCompilerHost } from '../compiler/undocumented.ts'
import { realNamesBy } from './file-names.ts'
import { hasSameTexts } from './overlay.ts'

/** The files and options of a project, and how it reads texts. */
export interface ProjectFiles {
  /** Full names of the files that the program starts from. */
  readonly fileNames: readonly string[]
  readonly options: ts.CompilerOptions
  readonly projectReferences?: readonly ts.ProjectReference[] | undefined
  /** The text of a file that differs from the disk; undefined for any other file. */
  readTextOf?(fileName: string): string | undefined
}

export interface Programs {
  /** A program over the original texts, with the given ones in their place, by name. */
  with(texts: ReadonlyMap<string, string>): ts.Program
  /** A file with its original text, from a program in which it has that text. */
  original(fileName: string): ts.SourceFile | undefined
  /** Adds a file that the program starts from. */
  add(fileName: string): void
  /** The names under which the file of this name was read: itself, symlinks that lead to it, what a symlink leads to. */
  namesOf(fileName: string): readonly string[]
  /** Drops the cached files whose text has changed, and returns their names. */
  forget(fileNames: readonly string[]): Forgotten
}

export interface Forgotten {
  readonly changed: readonly string[]
  /** Whether a file appeared or disappeared, so that imports may resolve differently. */
  readonly moved: boolean
}

export function createPrograms(ts: TypeScript, project: ProjectFiles): Programs {
  const { options, projectReferences } = project
  const roots = new Set(project.fileNames)
  const base = ts.createCompilerHost(options)
  const originals = new Map<string, ts.SourceFile | undefined>()
  const others = new Map<string, ts.SourceFile>()
  const realName = realNamesBy(base.realpath, base.useCaseSensitiveFileNames())
  /** The keys of `originals`, by the real names that they had when they were read. */
  const spellings = new Map<string, Set<string>>()
  const modules = ts.createModuleResolutionCache(base.getCurrentDirectory(), base.getCanonicalFileName, options)
  let last: ts.Program | undefined
  let lastTexts: ReadonlyMap<string, string> | undefined

  const readFile = (fileName: string) => project.readTextOf?.(fileName) ?? base.readFile(fileName)
  const parsed = (fileName: string, text: string, language: ts.ScriptTarget | ts.CreateSourceFileOptions) =>
    ts.createSourceFile(fileName, text, language)
  const original: ts.CompilerHost['getSourceFile'] = (fileName, language) => {
    if (originals.has(fileName)) return originals.get(fileName)
    const text = readFile(fileName)
    const file = text === undefined ? undefined : parsed(fileName, text, language)
    originals.set(fileName, file)
    const real = realName(fileName)
    spellings.set(real, (spellings.get(real) ?? new Set()).add(fileName))
    return file
  }
  const namesOf = (fileName: string) => {
    const found = spellings.get(realName(fileName))
    // a symlink may have another target by now
    return [...new Set(found && !originals.has(fileName) ? found : [fileName, ...(found ?? [])])]
  }
  const replaced = (fileName: string, text: string, language: ts.ScriptTarget | ts.CreateSourceFileOptions) => {
    const known = others.get(fileName)
    if (known?.text === text) return known
    const file = parsed(fileName, text, language)
    others.set(fileName, file)
    return file
  }

  const startAnew = () => {
    last = undefined
    modules.clear()
  }

  return {
    with(texts) {
      if (last && lastTexts && hasSameTexts(texts, lastTexts)) return last
      lastTexts = new Map(texts)
      const host: InternalCompilerHost = {
        ...base,
        readFile,
        fileExists: name => project.readTextOf?.(name) !== undefined || base.fileExists(name),
        getSourceFile(fileName, language, ...rest) {
          const text = texts.get(fileName)
          return text === undefined ? original(fileName, language, ...rest) : replaced(fileName, text, language)
        },
        // otherwise each program would resolve the same modules and read the same package.json files again
        resolveModuleNameLiterals: (names, from, redirected, its, file) =>
          names.map(name => {
            const mode = ts.getModeForUsageLocation(file, name, its)
            return ts.resolveModuleName(name.text, from, its, host, modules, redirected, mode)
          }),
        getModuleResolutionCache: () => modules,
        // the output of a referenced project may be old or missing
        useSourceOfProjectReferenceRedirect: () => true,
      }
      last = ts.createProgram({
        rootNames: [...roots],
        options,
        host,
        ...(projectReferences && { projectReferences }),
        ...(last && { oldProgram: last }),
      })
      return last
    },
    original: fileName => originals.get(fileName),
    add(fileName) {
      roots.add(fileName)
      // the cache may say that it does not exist
      originals.delete(fileName)
      startAnew()
    },
    namesOf,
    forget(fileNames) {
      let moved = false
      const changed = [...new Set(fileNames.flatMap(namesOf))].filter(name => {
        const was = originals.get(name)
        const text = readFile(name)
        if (was?.text === text) return false
        originals.delete(name)
        if (was !== undefined && text !== undefined) return true
        // one that is gone may come back, as it does when a branch is checked out
        moved = true
        return true
      })
      if (changed.length > 0) lastTexts = undefined
      // unresolved imports, and imports of a removed file, must be resolved again
      if (moved) startAnew()
      return { changed, moved }
    },
  }
}
