/**
 * The compiler's project in memory: one file of the user, the standard library, and the declarations of tsgrad.
 * It must not know the questions to the compiler.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'

/** Constant files by full name. */
export type Texts = Readonly<Record<string, string>>

export const MAIN = '/main.ts'

export interface Project {
  readonly host: ts.CompilerHost
  /** A program with this text as the user's file. */
  programOf(text: string): ts.Program
}

export function optionsFor(ts: TypeScript): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // a text without imports is a module too, with `await` and operators
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    types: [],
    sourceMap: true,
    skipLibCheck: true,
    paths: {
      tsgrad: ['/tsgrad/runtime/index.d.ts'],
      'tsgrad/interop/decimal.js': ['/tsgrad/interop/decimal.d.ts'],
      'tsgrad/interop/*': ['/tsgrad/interop/*.d.ts'],
      'tsgrad/*': ['/tsgrad/runtime/*.d.ts'],
      playground: ['/playground.d.ts'],
      'decimal.js': ['/decimal.js/index.d.ts'],
      three: ['/three/index.d.ts'],
    },
  }
}

/** Comments take a third of the time of parsing the standard library: `hint.ts` reads a single one on demand. */
function readingOf(
  ts: TypeScript,
  name: string,
  version: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.ScriptTarget | ts.CreateSourceFileOptions {
  if (!isOfLibrary(name)) return version
  const options = typeof version === 'object' ? version : { languageVersion: version }
  return { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }
}

export const isOfLibrary = (name: string): boolean => name.startsWith('/lib/')

export function createProject(ts: TypeScript, texts: Texts): Project {
  const options = optionsFor(ts)
  const parsed = new Map<string, ts.SourceFile>()
  let main = ''
  let previous: ts.Program | undefined

  const textOf = (name: string) => (name === MAIN ? main : texts[name])
  const host: ts.CompilerHost = {
    fileExists: name => textOf(name) !== undefined,
    readFile: textOf,
    directoryExists: folder => Object.keys(texts).some(name => name.startsWith(`${folder}/`)),
    getDirectories: () => [],
    getSourceFile(name, languageVersion) {
      const text = textOf(name)
      if (text === undefined || name === MAIN)
        return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion)
      if (!parsed.has(name)) parsed.set(name, ts.createSourceFile(name, text, readingOf(ts, name, languageVersion)))
      return parsed.get(name)
    },
    getDefaultLibFileName: () => '/lib/lib.es2023.d.ts',
    getDefaultLibLocation: () => '/lib',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  }
  return {
    host,
    programOf(text) {
      main = text
      const program = ts.createProgram([MAIN, '/globals.d.ts'], options, host, previous)
      previous = program
      return program
    },
  }
}
