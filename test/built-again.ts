/** A project in memory that is built again and again, with a store or without. It must not know what is edited. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { loweringBuilder } from '../command/compile/lowering-builder.ts'
import type { Store } from '../transformer/build/store.ts'
import type { CompilerWithCommandLine, InternalFile } from '../transformer/compiler/undocumented.ts'
import { requireBuilt } from './built.ts'

requireBuilt('runtime', 'interop')

const compiler = ts as unknown as CompilerWithCommandLine
const root = fileURLToPath(new URL('..', import.meta.url))
export const folder = `${root}test/memory/`

/** What a build leaves and says. */
export interface BuildResult {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly exitCode: number
  /** All outputs so far, the .tsbuildinfo among them, by full name. */
  readonly outputs: Readonly<Record<string, string>>
  /** Files that this build wrote. */
  readonly written: readonly string[]
}

/** A store in memory, whose disk a test may spoil. */
export function memoryStore(disk = new Map<string, string>()): Store & { readonly told: string[] } {
  const told: string[] = []
  return {
    ...{ told, stamp: '', isBuilderAlone: true, tell: reason => told.push(reason) },
    read: name => disk.get(name),
    write: (name, text) => void disk.set(name, text),
    hash: text => compiler.sys.createHash!(text),
  }
}

const defaults: ts.CompilerOptions = {
  target: compiler.ScriptTarget.ES2023,
  module: compiler.ModuleKind.ESNext,
  moduleResolution: compiler.ModuleResolutionKind.Bundler,
  ...{ strict: true, types: [], skipLibCheck: true, declaration: true, sourceMap: true, incremental: true },
  rewriteRelativeImportExtensions: true,
  ...{ rootDir: folder, outDir: `${folder}out`, tsBuildInfoFile: `${folder}out/info.tsbuildinfo` },
  paths: { tsgrad: [`${root}dist/runtime/index.d.ts`] },
}

/** The standard library in one file, which a program reads in a tenth of the time. */
const libraryName = `${root}test/lib/lib.memory.d.ts`
const libraryText = (() => {
  const folder = fileURLToPath(new URL('../node_modules/typescript/lib/', import.meta.url))
  const seen = new Set<string>()
  const textOf = (name: string): string => {
    if (seen.has(name)) return ''
    seen.add(name)
    return readFileSync(`${folder}lib.${name}.d.ts`, 'utf8').replace(
      /^\/\/\/ <reference (?:lib="(.*)"|no-default-lib="true") *\/>$/gm,
      (_, other?: string) => (other ? textOf(other) : ''),
    )
  }
  return textOf('es2023')
})()

/** What does not change between builds: answers of the disk outside of the folder, and files with the versions that the host gave them. */
const answers = new Map<string, boolean | string | undefined>()
const libraries = new Map<string, { readonly file: InternalFile | undefined; readonly version: string | undefined }>()

function outside<T extends boolean | string | undefined>(ask: (name: string) => T): (name: string) => T {
  return name => {
    const key = `${ask.name} ${name}`
    if (!answers.has(key)) answers.set(key, ask(name))
    return answers.get(key) as T
  }
}
const exists = outside(function exists(name: string) {
  return name === libraryName || compiler.sys.fileExists(name)
})
const isFolder = outside(function isFolder(name: string) {
  return compiler.sys.directoryExists(name)
})
const read = outside(function read(name: string) {
  return name === libraryName ? libraryText : compiler.sys.readFile(name)
})

/** A folder in memory with its outputs. */
export class BuiltAgain {
  readonly #disk = new Map<string, string>()
  /** Where links lead, by full names. */
  readonly #links = new Map<string, string>()
  readonly store: Store | undefined
  /** That of the last build, as the compiler's builder has it. */
  program: ts.Program | undefined
  readonly #isGiven: boolean
  /** @param isGiven whether the program is made before it is lowered, as `tspc` does. */
  constructor(store?: Store, isGiven = false) {
    this.store = store
    this.#isGiven = isGiven
  }

  /** All files, for `restore`. */
  saved(): ReadonlyMap<string, string> {
    return new Map([...this.#disk].map(([name, text]) => [name.slice(folder.length), text]))
  }

  restore(saved: ReadonlyMap<string, string>): void {
    this.#disk.clear()
    for (const [name, text] of saved) this.#disk.set(folder + name, text)
  }

  write(name: string, text: string | undefined): void {
    if (text === undefined) this.#disk.delete(folder + name)
    else this.#disk.set(folder + name, text)
  }

  /** Makes a link to a folder, in place of the one before. */
  link(name: string, to: string): void {
    this.#links.set(folder + name, folder + to)
  }

  links(): ReadonlyMap<string, string> {
    return new Map([...this.#links].map(([name, to]) => [name.slice(folder.length), to.slice(folder.length)]))
  }

  #real(name: string): string {
    for (const [link, to] of this.#links)
      if (name === link || name.startsWith(`${link}/`)) return to + name.slice(link.length)
    return name
  }

  #system(written: string[]): ts.System {
    const disk = this.#disk
    const real = (name: string) => this.#real(name)
    return {
      ...compiler.sys,
      fileExists: name => (name.startsWith(folder) ? disk.has(real(name)) : exists(name)),
      readFile: name => (name.startsWith(folder) ? disk.get(real(name)) : read(name)),
      directoryExists: name =>
        [...disk.keys()].some(each => each.startsWith(`${real(name)}/`)) ||
        (!name.startsWith(folder) && isFolder(name)),
      getDirectories: () => [],
      realpath: real,
      getCurrentDirectory: () => folder,
      writeFile(name, text) {
        written.push(name.slice(folder.length))
        disk.set(name, text)
      },
    }
  }

  #host(options: ts.CompilerOptions, written: string[]): ts.CompilerHost {
    const host = compiler.createIncrementalCompilerHost(options, this.#system(written))
    const { getSourceFile } = host
    host.getDefaultLibFileName = () => libraryName
    host.getSourceFile = (name, ...rest) => {
      if (name.startsWith(folder)) return getSourceFile(name, ...rest)
      if (!libraries.has(name)) {
        const file: InternalFile | undefined = getSourceFile(name, ...rest)
        libraries.set(name, { file, version: file?.version })
      }
      const { file, version } = libraries.get(name)!
      // a build before has changed it
      if (file) Object.assign(file, { version })
      return file
    }
    return host
  }

  /** Builds as `tsgrad` does, or as `tsc`; `meanwhile` runs once when the texts are read and nothing is lowered yet. */
  build(changed: ts.CompilerOptions = {}, by: 'tsgrad' | 'tsc' = 'tsgrad', meanwhile = () => {}): BuildResult {
    const createProgram = ((...args: [ts.CreateProgramOptions]) => {
      const program = compiler.createProgram(...args)
      const then = meanwhile
      meanwhile = () => {}
      then()
      return program
    }) as typeof compiler.createProgram
    const written: string[] = []
    const warnings: string[] = []
    const options = { ...defaults, ...changed }
    const program = compiler.createIncrementalProgram({
      rootNames: [...this.#disk.keys()].filter(isSource).sort(),
      options,
      host: this.#host(options, written),
      createProgram:
        by === 'tsc'
          ? compiler.createEmitAndSemanticDiagnosticsBuilderProgram
          : loweringBuilder(
              { ...compiler, createProgram },
              this.#isGiven,
              this.store,
              () => {},
              each => warnings.push(shownWithRelated(each)),
            ),
    })
    this.program = program.getProgram()
    const errors: string[] = []
    const report = (each: ts.Diagnostic) => void errors.push(shownWithRelated(each))
    const exitCode = compiler.emitFilesAndReportErrorsAndGetExitStatus(program, report, () => {}, undefined)
    const outputs = [...this.#disk]
      .filter(([name]) => name.startsWith(`${folder}out/`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return { errors, warnings, exitCode, outputs: Object.fromEntries(outputs), written: written.sort() }
  }
}

const isSource = (name: string) => /(?<!\/(out|node_modules|packages)\/.*)\.tsx?$/.test(name)

function shownWithRelated(each: ts.Diagnostic): string {
  const shown = ({ file, start, length, code, messageText }: ts.DiagnosticRelatedInformation) =>
    `${file?.fileName.slice(folder.length)}:${start}+${length} ${code} ${compiler.flattenDiagnosticMessageText(messageText, '\n')}`
  return [each, ...(each.relatedInformation ?? [])].map(shown).join('\n  ')
}
