/** Compiles programs that live in memory with the transformer, without a host around it, and runs what comes out. */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import * as tsgrad from '../runtime/index.ts'
import { explain, type LoweredFile, transform } from '../transformer/index.ts'
import { requireBuilt } from './built.ts'

requireBuilt('runtime', 'interop')

const root = fileURLToPath(new URL('..', import.meta.url))
const directory = `${root}test/memory/`

const defaults: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  types: [],
  // the built declarations, which declarations.test.ts checks, would take most of the time of a small program
  skipLibCheck: true,
  declaration: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  // the built declarations: their operators need not be looked into again for every test
  paths: { tsgrad: [`${root}dist/runtime/index.d.ts`] },
}

/** Source files that no test changes, parsed once for all. */
type ParsedFiles = Map<string, ts.SourceFile | undefined>
const parsed: ParsedFiles = new Map()

export interface Compiled {
  readonly program: ts.Program
  /** Diagnostics of the transformed program, in the files given. */
  readonly diagnostics: readonly ts.Diagnostic[]
  /** What was found out about each file. */
  explained(): ReadonlyMap<string, LoweredFile>
  /** The text that the compiler saw of a file. */
  lowered(name?: string): string
  /** Emitted files, by name: `main.js`, `main.d.ts`. */
  emit(): ReadonlyMap<string, string>
}

/** A library with all that it refers to, as one file: to look a hundred names up takes a fifth of the time of a small program. */
function wholeLibrary(name: string, seen = new Set<string>()): string {
  if (seen.has(name)) return ''
  seen.add(name)
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return ts.sys
    .readFile(name)!
    .replaceAll(/^\/\/\/ <reference lib="(.*)" \/>$/gm, (_, lib: string) =>
      wholeLibrary(`${folder}lib.${lib}.d.ts`, seen),
    )
}

/** What a function says of a name, asked once: no test changes what is on the disk. */
function askedOnce<T>(ask: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return name => {
    if (!known.has(name)) known.set(name, ask(name))
    return known.get(name)!
  }
}
const wholeOf = askedOnce(name => ts.createSourceFile(name, wholeLibrary(name), defaults.target!))
const fileExists = askedOnce(ts.sys.fileExists)
const directoryExists = askedOnce(ts.sys.directoryExists)

export function hostOf(files: Readonly<Record<string, string>>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const memory = new Map(Object.entries(files).map(([name, text]) => [directory + name, text]))
  // another library would bring parts of this one once more
  const isWhole = (name: string) => options.lib === defaults.lib && name.endsWith(`/${defaults.lib![0]}`)
  return {
    ...host,
    fileExists: name => memory.has(name) || fileExists(name),
    directoryExists: name => directory.startsWith(`${name}/`) || directoryExists(name),
    readFile: name => memory.get(name) ?? host.readFile(name),
    getSourceFile(name, languageVersion) {
      const text = memory.get(name)
      if (text !== undefined) return ts.createSourceFile(name, text, languageVersion)
      if (isWhole(name)) return wholeOf(name)
      if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, languageVersion))
      return parsed.get(name)
    },
  }
}

/** A program with an index of named files; `main.ts` is the one that most tests look at. */
export function programOf(files: Readonly<Record<string, string>>, options: ts.CompilerOptions = {}) {
  const all = { ...defaults, ...options }
  const host = hostOf(files, all)
  return {
    program: ts.createProgram(
      Object.keys(files).map(name => directory + name),
      all,
      host,
    ),
    host,
  }
}

export function compile(files: Readonly<Record<string, string>>, options: ts.CompilerOptions = {}): Compiled {
  const { program: original, host } = programOf(files, options)
  const program = transform(ts, original, host)
  const inMemory = (file: ts.SourceFile | undefined) => file === undefined || file.fileName.startsWith(directory)
  const found = [
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ]
  return {
    program,
    diagnostics: found.filter(({ file }) => inMemory(file)),
    explained: () =>
      new Map(explain(ts, original, host).map(each => [each.original.fileName.slice(directory.length), each])),
    lowered: (name = 'main.ts') => program.getSourceFile(directory + name)!.text,
    emit() {
      const emitted = new Map<string, string>()
      for (const file of program.getSourceFiles().filter(file => inMemory(file) && !file.isDeclarationFile))
        program.emit(file, (name, text) => void emitted.set(name.slice(directory.length), text))
      return emitted
    },
  }
}

/** Runs the text of a module that imports nothing but tsgrad and what is handed in, and gives its exports. */
export function run(text: string, others: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  })
  const exports: Record<string, unknown> = {}
  new Function('exports', 'require', outputText)(exports, (name: string) => {
    if (name === 'tsgrad') return tsgrad
    if (!(name in others)) throw new Error(`a test program imports ${name}`)
    return others[name]
  })
  return exports
}

/** A diagnostic in one line: `3:11 TS2345 Argument of type …`, with the place in the original file. */
export function shown({ file, start, length, code, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ')
  if (!file) return `TS${code} ${text}`
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start!)
  return `${line + 1}:${character + 1} ${JSON.stringify(file.text.slice(start, start! + length!))} TS${code} ${text}`
}
