/** The compilers that the tables of cases are tried with: TypeScript 6 in process, and TypeScript 7 over its API. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { connect } from '../transformer/hosts/native/connection.ts'
import { loadPackage, type NativePackage } from '../transformer/hosts/native/package.ts'
import { programOver } from '../transformer/hosts/native/program.ts'
import { syntaxOf } from '../transformer/hosts/native/syntax.ts'
import { lowerProgram } from '../transformer/transform.ts'
import { type Compiled, compile } from './compile.ts'
import { typescripts } from './hosts/typescripts.ts'

export const repository = fileURLToPath(new URL('..', import.meta.url))

type Compile = (files: Readonly<Record<string, string>>) => Pick<Compiled, 'diagnostics' | 'lowered'>

const compilerOptions = {
  ...{ target: 'es2023', lib: ['es2023'], module: 'esnext', moduleResolution: 'bundler', strict: true, types: [] },
  ...{ declaration: true, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: true, noEmit: true },
  skipLibCheck: true,
  paths: { tsgrad: [`${repository}dist/runtime/index.d.ts`] },
}

/** Programs in a folder on the disk, lowered with TypeScript 7. */
const compileNative =
  (native: NativePackage): Compile =>
  files => {
    const root = mkdtempSync(join(tmpdir(), 'native-'))
    const name = (file: string) => join(root, file)
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(name(file)), { recursive: true })
      writeFileSync(name(file), text)
    }
    writeFileSync(name('tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }))
    const connection = connect(native, name('tsconfig.json'))
    try {
      const { program } = lowerProgram(syntaxOf(native), programOver(native, connection))
      const found = [
        ...program.getOptionsDiagnostics(),
        ...program.getSyntacticDiagnostics(),
        ...program.getSemanticDiagnostics(),
      ]
      // read while the compiler is there
      const texts = new Map(Object.keys(files).map(file => [file, program.getSourceFile(name(file))!.text]))
      return {
        diagnostics: found.filter(({ file }) => file === undefined || file.fileName.startsWith(root + sep)),
        lowered: (file = 'main.ts') => texts.get(file)!,
      }
    } finally {
      connection.close()
      rmSync(root, { recursive: true })
    }
  }

const { COMPILER } = process.env

/** The packages of TypeScript 7. */
export const natives = await Promise.all(
  typescripts.filter(({ isNative }) => isNative).map(({ folder }) => loadPackage(folder)),
)

/** A version of TypeScript 7 where the tests may take their time, see vitest.config.ts. */
export const compilers: readonly (readonly [name: string, compile: Compile])[] =
  COMPILER === undefined
    ? [[`TypeScript ${ts.version}`, compile]]
    : natives
        .filter(({ version }) => version.startsWith(COMPILER))
        .map(native => [`TypeScript ${native.version}`, compileNative(native)] as const)
