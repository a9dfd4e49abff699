/**
 * The adapter for `tspc`: a ts-patch program transformer.
 * It must hold no logic of its own.
 */
import { basename } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { transform } from '../transform.ts'
import { buildStore } from './disk/disk-store.ts'
import { requireReleases } from './modules/tool-releases.ts'

/**
 * The program transformer that ts-patch calls: `{ "transform": "tsgrad/transformer", "transformProgram": true }` in `plugins`.
 *
 * @returns a program over the lowered texts; the given one when no file of it can hold an operator of a class.
 * Source: ts-patch 4, "Program transformers".
 */
export default function programTransformer(
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  _config: object,
  extras: { ts: TypeScript },
): ts.Program {
  requireReleases('transformer', process.cwd())
  const warn = (each: ts.Diagnostic) => extras.ts.sys.write(printed(extras.ts, program, each))
  const { diagnostics, extendedDiagnostics } = program.getCompilerOptions()
  const tell = (line: string) => extras.ts.sys.write(line + extras.ts.sys.newLine)
  const store = buildStore(diagnostics || extendedDiagnostics ? tell : undefined, isBuilderAlone(program))
  return transform(extras.ts, program, host, warn, store)
}

/** Whether it is the command that compiles, once, and no other plugin looks at the program. */
function isBuilderAlone(program: ts.Program): boolean {
  const { watch, plugins } = program.getCompilerOptions()
  const transformers = Array.isArray(plugins) ? plugins.filter(each => Object.hasOwn(Object(each), 'transform')) : []
  return !watch && transformers.length === 1 && /^_?tsp?c(?:\.js)?$/.test(basename(process.argv[1] ?? ''))
}

/** A warning as the compiler prints errors, which it has no other way for. */
function printed(ts: TypeScript, program: ts.Program, warning: ts.Diagnostic): string {
  const { pretty = ts.sys.writeOutputIsTTY?.() ?? false } = program.getCompilerOptions()
  const format = pretty ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics
  return format([warning], {
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getCanonicalFileName: name => name,
    getNewLine: () => ts.sys.newLine,
  })
}
