/** A project in memory that is built again and again, with a store or without. It must not know what is edited. */
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
  /** All outputs so far, the .tsbuildinfo among them, by full name. */
  readonly outputs: Readonly<Record<string, string>>
  /** Files that this build wrote. */
  readonly written: readonly string[]
}

/** A store in memory, whose disk a test may spoil. */
export function memoryStore(disk = new Map<string, string>()): Store & { readonly told: string[] } {
  const told: string[] = []
  return {
    ...{ told, stamp: '', tell: reason => told.push(reason) },
    read: name => disk.get(name),
    write: (name, text) => void disk.set(name, text),
    hash: text => compiler.sys.createHash!(text),
  }
}

const defaults: ts.CompilerOptions = {
  target: compiler.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: compiler.ModuleKind.ESNext,
  moduleResolution: compiler.ModuleResolutionKind.Bundler,
  ...{ strict: true, types: [], skipLibCheck: true, declaration: true, sourceMap: true, incremental: true },
  ...{ rootDir: folder, outDir: `${folder}out`, tsBuildInfoFile: `${folder}out/info.tsbuildinfo` },
  paths: { tsgrad: [`${root}dist/runtime/index.d.ts`] },
}

/** The standard library and tsgrad's declarations, parsed once, with the versions that the host gave them. */
const libraries = new Map<string, { readonly file: InternalFile | undefined; readonly version: string | undefined }>()

/** A folder in memory with its outputs. */
export class BuiltAgain {
  readonly #disk = new Map<string, string>()
  readonly store: Store | undefined
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

  build(changed: ts.CompilerOptions = {}): BuildResult {
    const disk = this.#disk
    const written: string[] = []
    const sys: ts.System = {
      ...compiler.sys,
      fileExists: name => disk.has(name) || (!name.startsWith(folder) && compiler.sys.fileExists(name)),
      readFile: name => disk.get(name) ?? (name.startsWith(folder) ? undefined : compiler.sys.readFile(name)),
      directoryExists: name =>
        [...disk.keys()].some(each => each.startsWith(`${name}/`)) ||
        (!name.startsWith(folder) && compiler.sys.directoryExists(name)),
      getDirectories: () => [],
      realpath: name => name,
      getCurrentDirectory: () => folder,
      writeFile(name, text) {
        written.push(name.slice(folder.length))
        disk.set(name, text)
      },
    }
    const options = { ...defaults, ...changed }
    const host = compiler.createIncrementalCompilerHost(options, sys)
    const { getSourceFile } = host
    host.getSourceFile = (name, ...rest) => {
      if (name.startsWith(folder)) return getSourceFile(name, ...rest)
      if (!libraries.has(name)) {
        const read: InternalFile | undefined = getSourceFile(name, ...rest)
        libraries.set(name, { file: read, version: read?.version })
      }
      const { file, version } = libraries.get(name)!
      // a build before has changed it
      if (file) Object.assign(file, { version })
      return file
    }
    const program = compiler.createIncrementalProgram({
      rootNames: [...disk.keys()].filter(name => /(?<!\/out\/.*)\.tsx?$/.test(name)).sort(),
      options,
      host,
      createProgram: loweringBuilder(compiler, this.#isGiven, this.store, () => {}),
    })
    const errors: string[] = []
    const report = (each: ts.Diagnostic) => {
      const text = compiler.flattenDiagnosticMessageText(each.messageText, '\n')
      errors.push(`${each.file?.fileName.slice(folder.length)}:${each.start}+${each.length} ${each.code} ${text}`)
    }
    compiler.emitFilesAndReportErrorsAndGetExitStatus(program, report, () => {}, undefined)
    const outputs = [...disk].filter(([name]) => name.startsWith(`${folder}out/`)).sort(([a], [b]) => (a < b ? -1 : 1))
    return { errors, outputs: Object.fromEntries(outputs), written: written.sort() }
  }
}
