/**
 * Writes the declarations of a project from its lowered program, for bundlers, which write none.
 * It must not know which host asks. on-demand.ts imports it when a build is done.
 */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { transform } from '../../transform.ts'
import { replaceFile } from '../disk/replace.ts'
import { compilerOf } from './compiler.ts'
import { type HostDiagnostic, hostDiagnostic } from './host-diagnostic.ts'

/** Where a project stands, and where its declarations go. */
export interface DeclarationTask {
  readonly root: string
  readonly tsconfig: string
  readonly folder: string
}

/** @returns the errors for which nothing was written: those of the options, and of types that cannot be declared. */
export function writeDeclarations({ root, tsconfig, folder }: DeclarationTask): readonly HostDiagnostic[] {
  const ts = compilerOf(root)
  const { options, fileNames, errors, projectReferences } = parsed(ts, tsconfig, resolve(root, folder))
  const report = (found: readonly ts.Diagnostic[]) =>
    found.filter(({ category }) => category === ts.DiagnosticCategory.Error).map(each => hostDiagnostic(ts, each))
  if (report(errors).length > 0) return report(errors)
  const host = ts.createCompilerHost(options)
  const original = ts.createProgram({
    rootNames: fileNames,
    options,
    host,
    ...(projectReferences && { projectReferences }),
  })
  const program = transform(ts, original, host)
  const outputs = new Map<string, string>()
  const { diagnostics, emitSkipped } = program.emit(undefined, (name, text) => outputs.set(name, text), undefined, true)
  const found = report([...program.getOptionsDiagnostics(), ...diagnostics])
  if (found.length > 0 || emitSkipped) return found.length > 0 ? found : report(program.getSemanticDiagnostics())
  for (const [name, text] of outputs) {
    mkdirSync(dirname(name), { recursive: true })
    replaceFile(name, Buffer.from(text))
  }
  return []
}

/** The project as `tsgrad build --declaration --emitDeclarationOnly --outDir folder` reads it. */
function parsed(ts: TypeScript, tsconfig: string, outDir: string): ts.ParsedCommandLine {
  const overrides: ts.CompilerOptions = {
    ...{ declaration: true, emitDeclarationOnly: true, noEmit: false, outDir, declarationDir: undefined },
    ...{ incremental: false, composite: false, tsBuildInfoFile: undefined, noEmitOnError: false },
  }
  const unreadable: ts.Diagnostic[] = []
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (each: ts.Diagnostic) => void unreadable.push(each) }
  const found = ts.getParsedCommandLineOfConfigFile(tsconfig, overrides, host)
  return found ?? { options: {}, fileNames: [], errors: unreadable }
}
