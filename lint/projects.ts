/**
 * Which program a file is linted with: that of its tsconfig.json, lowered once; after a change, that of the file and what it imports.
 * It must not know ESLint.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../transformer/syntax.ts'
import { type Lowered, lowerProgram } from '../transformer/transform.ts'

/** A program as it is written and as it is compiled. */
export interface LintedProgram {
  readonly original: ts.Program
  readonly lowered: Lowered
}

export interface Projects {
  /** Undefined when no tsconfig.json at hand takes the file in. @throws what keeps tsgrad from lowering the program. */
  of(fileName: string, text: string, tsconfig: string | undefined): LintedProgram | undefined
}

/** How long it is taken for granted that the files on the disk are the same, in milliseconds. */
const TRUSTED = 500

export function createProjects(ts: TypeScript): Projects {
  const byConfig = new Map<string, Project>()
  const open = (config: string): Project => {
    const project = byConfig.get(config) ?? openProject(ts, config)
    byConfig.set(config, project)
    return project
  }
  /** The project that takes a file in: this one, or one that it refers to (a solution lists no files itself). */
  const ownerOf = (config: string, fileName: string, seen = new Set<string>()): Project | undefined => {
    if (seen.has(config)) return undefined
    seen.add(config)
    const project = open(config)
    const references = project.references().map(each => ts.resolveProjectReferencePath(each))
    if (project.lists(fileName)) return project
    for (const reference of references) {
      const owner = ownerOf(reference, fileName, seen)
      if (owner) return owner
    }
    return undefined
  }
  return {
    of(fileName, text, tsconfig) {
      const config = tsconfig ?? ts.findConfigFile(dirname(fileName), ts.sys.fileExists)
      if (config === undefined) return undefined
      return (ownerOf(config, fileName) ?? open(config)).programOf(fileName, text)
    },
  }
}

interface Project {
  references(): readonly ts.ProjectReference[]
  lists(fileName: string): boolean
  programOf(fileName: string, text: string): LintedProgram | undefined
}

function openProject(ts: TypeScript, config: string): Project {
  let parsed = parseConfig(ts, config)
  const disk = createDisk(ts)
  let whole: LintedProgram | undefined
  let part: { readonly fileName: string; readonly text: string; readonly program: LintedProgram } | undefined
  let looked = performance.now()

  const built = (fileNames: readonly string[], overlay: ReadonlyMap<string, string>): LintedProgram => {
    const host = disk.host(parsed.options, overlay)
    const { projectReferences } = parsed
    const original = ts.createProgram({
      rootNames: fileNames,
      options: parsed.options,
      host,
      ...(projectReferences && { projectReferences }),
    })
    return { original, lowered: lowerProgram(ts, original, host) }
  }
  /** Forgets what is no longer so on the disk. */
  const refresh = () => {
    if (performance.now() - looked < TRUSTED) return
    if (disk.forgetChanged()) {
      part = undefined
      whole = undefined
      parsed = parseConfig(ts, config)
    }
    looked = performance.now()
  }
  /** The files that say something about others without being imported: those with global or augmenting declarations. */
  const everywhere = () =>
    parsed.fileNames.filter(name => {
      const file = whole?.original.getSourceFile(name) as AugmentingFile | undefined
      return file && (file.isDeclarationFile || !ts.isExternalModule(file) || file.moduleAugmentations?.length)
    })

  return {
    references: () => parsed.projectReferences ?? [],
    lists: fileName => parsed.fileNames.includes(fileName),
    programOf(fileName, text) {
      refresh()
      whole ??= built(parsed.fileNames, new Map())
      const known = whole.original.getSourceFile(fileName)
      // a file that was made after the project was read
      if (!known && !parseConfig(ts, config).fileNames.includes(fileName)) return undefined
      if (known?.text === text) return whole
      if (part?.fileName !== fileName || part.text !== text)
        part = { fileName, text, program: built([...everywhere(), fileName], new Map([[fileName, text]])) }
      return part.program
    },
  }
}

/** Not in the compiler's public types, the same in TypeScript 5.9 and 6. */
interface AugmentingFile extends ts.SourceFile {
  readonly moduleAugmentations?: readonly unknown[]
}

function parseConfig(ts: TypeScript, config: string): ts.ParsedCommandLine {
  const { config: json, error } = ts.readConfigFile(config, ts.sys.readFile)
  if (error) throw new Error(`${config}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`)
  return ts.parseJsonConfigFileContent(json, ts.sys, dirname(config), undefined, config)
}

interface Disk {
  /** A host in which some files have another text than on the disk. */
  host(options: ts.CompilerOptions, overlay: ReadonlyMap<string, string>): ts.CompilerHost
  /** Whether any file was changed since it was parsed. */
  forgetChanged(): boolean
}

/** The files of a project, each parsed once for all of its programs. */
function createDisk(ts: TypeScript): Disk {
  const parsed = new Map<string, { readonly file: ts.SourceFile; readonly time: number }>()
  const timeOf = (name: string) => ts.sys.getModifiedTime?.(name)?.getTime() ?? 0
  return {
    host(options, overlay) {
      const host = ts.createCompilerHost(options)
      return {
        ...host,
        readFile: name => overlay.get(name) ?? host.readFile(name),
        getSourceFile(name, languageVersion) {
          const text = overlay.get(name)
          if (text !== undefined) return ts.createSourceFile(name, text, languageVersion)
          const known = parsed.get(name)?.file
          if (known) return known
          const read = host.readFile(name)
          if (read === undefined) return undefined
          const file = ts.createSourceFile(name, read, languageVersion)
          parsed.set(name, { file, time: timeOf(name) })
          return file
        },
      }
    },
    forgetChanged() {
      const own = [...parsed].filter(([name]) => !name.includes('/node_modules/'))
      const changed = own.filter(([name, { time }]) => timeOf(name) !== time)
      for (const [name] of changed) parsed.delete(name)
      return changed.length > 0
    },
  }
}
