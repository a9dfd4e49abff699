/**
 * The files that may hold an overloaded operator: those that import the `operators` symbol, over any number of steps of the import
 * graph. No other file is read or changed. It must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile } from '../compiler/undocumented.ts'
import { append, augmentedBy, declaresGlobals, referencesOf } from '../program/imports.ts'

export interface Candidates {
  /** The files that declare tsgrad's `operators` symbol: one, unless two copies are installed. */
  readonly homes: readonly ts.SourceFile[]
  /** Source files that may use operators of a class, in program order. */
  readonly files: readonly ts.SourceFile[]
}

/** @param halfTyped whether to include files with syntax errors: an editor does, a build reports them unchanged. */
export function findCandidates(ts: TypeScript, program: ts.Program, halfTyped = false): Candidates {
  const homes = findHomes(ts, program)
  if (homes.length === 0) return { homes, files: [] }
  const reached = reach(ts, program, homes)
  const isCandidate = (file: ts.SourceFile) => reached.has(file) && isSource(file, halfTyped)
  return { homes, files: program.getSourceFiles().filter(isCandidate) }
}

/** Cheaper than all candidates. */
export const findHomes = (ts: TypeScript, program: ts.Program): readonly ts.SourceFile[] =>
  program.getSourceFiles().filter(file => declaresOperators(ts, file))

/** What Angular checks in place of a template: lowered there, an operator would pass, and the template would run as it stands. */
const TEMPLATE_CHECK = /\.ngtypecheck\.ts$/

/** The sources of packages too: `export const twice = (v: V) => v * 2` has the right type for its importers only when it is lowered. */
function isSource(file: InternalFile, halfTyped: boolean): boolean {
  if (TEMPLATE_CHECK.test(file.fileName)) return false
  return /\.[mc]?tsx?$/.test(file.fileName) && !file.isDeclarationFile && (halfTyped || !file.parseDiagnostics?.length)
}

/** The home of the symbol: `export declare const operators: unique symbol`, in a file of that name, with the helper's type. */
function declaresOperators(ts: TypeScript, file: ts.SourceFile): boolean {
  if (!/\/operators(\.d)?\.ts$/.test(file.fileName)) return false
  return (
    file.statements.some(
      statement =>
        ts.isVariableStatement(statement) &&
        statement.declarationList.declarations.some(
          ({ name, type }) =>
            ts.isIdentifier(name) && name.text === 'operators' && type?.getText(file).trim() === 'unique symbol',
        ),
    ) && file.statements.some(statement => ts.isTypeAliasDeclaration(statement) && statement.name.text === 'Probe')
  )
}

function reach(ts: TypeScript, program: ts.Program, homes: readonly ts.SourceFile[]): ReadonlySet<ts.SourceFile> {
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>()
  for (const file of program.getSourceFiles())
    for (const to of referencesOf(ts, program, file)) append(importers, to, file)
  const reached = new Set<ts.SourceFile>(homes)
  for (const file of reached) {
    // All files see the declarations of a script or of a `declare global`.
    if (!homes.includes(file) && declaresGlobals(ts, file)) return new Set(program.getSourceFiles())
    for (const next of importers.get(file) ?? []) reached.add(next)
    for (const next of augmentedBy(ts, program, file)) reached.add(next)
  }
  return reached
}
