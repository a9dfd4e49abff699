/**
 * Which files may hold an overloaded operator: those from which the `operators` symbol can be reached through the import graph.
 * Every other file stays as it is, and is not even looked into. It must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from './syntax.ts'

export interface Candidates {
  /** The files that declare tsgrad's `operators` symbol: one, unless two copies are installed. */
  readonly homes: readonly ts.SourceFile[]
  /** Source files that may use operators of a class, in program order. */
  readonly files: readonly ts.SourceFile[]
}

/** What the compiler knows of a file's references; not in its public types, the same in TypeScript 5.9 and 6. */
interface ReferringFile extends ts.SourceFile {
  readonly imports?: readonly ts.StringLiteralLike[]
  readonly moduleAugmentations?: readonly (ts.StringLiteral | ts.Identifier)[]
  readonly parseDiagnostics?: readonly ts.Diagnostic[]
}
interface ResolvingProgram extends ts.Program {
  getResolvedModuleFromModuleSpecifier(
    specifier: ts.StringLiteralLike,
    file: ts.SourceFile,
  ): { resolvedModule?: ts.ResolvedModule } | undefined
}

/** `halfTyped` says whether files with syntax errors are among them: a build reports such a file as it stands. */
export function findCandidates(ts: TypeScript, program: ts.Program, halfTyped = false): Candidates {
  const homes = program.getSourceFiles().filter(file => declaresOperators(ts, file))
  if (homes.length === 0) return { homes, files: [] }
  const reached = reach(ts, program as ResolvingProgram, homes)
  return { homes, files: program.getSourceFiles().filter(file => reached.has(file) && isSource(program, file, halfTyped)) }
}

function isSource(program: ts.Program, file: ReferringFile, halfTyped: boolean): boolean {
  return (
    /\.[mc]?tsx?$/.test(file.fileName) &&
    !file.isDeclarationFile &&
    !program.isSourceFileFromExternalLibrary(file) &&
    (halfTyped || !file.parseDiagnostics?.length)
  )
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

function reach(ts: TypeScript, program: ResolvingProgram, homes: readonly ts.SourceFile[]): ReadonlySet<ts.SourceFile> {
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>()
  const augmented = new Map<ts.SourceFile, ts.SourceFile[]>()
  const connect = (edges: Map<ts.SourceFile, ts.SourceFile[]>, from: ts.SourceFile | undefined, to: ts.SourceFile) => {
    if (from) edges.set(from, [...(edges.get(from) ?? []), to])
  }
  for (const file of program.getSourceFiles()) {
    const { imports = [], moduleAugmentations = [] } = file as ReferringFile
    for (const specifier of imports) connect(importers, resolved(program, specifier, file), file)
    for (const { fileName } of file.referencedFiles) connect(importers, referenced(ts, program, file, fileName), file)
    for (const name of moduleAugmentations)
      if (ts.isStringLiteral(name)) {
        const target = resolved(program, name, file)
        if (target) connect(augmented, file, target)
      }
  }
  const reached = new Set<ts.SourceFile>(homes)
  for (const file of reached) {
    // What a script or a `declare global` declares is seen everywhere.
    if (!homes.includes(file) && declaresGlobals(ts, file)) return new Set(program.getSourceFiles())
    for (const next of importers.get(file) ?? []) reached.add(next)
    for (const next of augmented.get(file) ?? []) reached.add(next)
  }
  return reached
}

function resolved(
  program: ResolvingProgram,
  specifier: ts.StringLiteralLike,
  file: ts.SourceFile,
): ts.SourceFile | undefined {
  const name = program.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule?.resolvedFileName
  return name === undefined ? undefined : program.getSourceFile(name)
}

function referenced(
  ts: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  fileName: string,
): ts.SourceFile | undefined {
  return program.getSourceFile(ts.resolveTripleslashReference(fileName, file.fileName))
}

function declaresGlobals(ts: TypeScript, file: ReferringFile): boolean {
  return !ts.isExternalModule(file) || (file.moduleAugmentations ?? []).some(name => ts.isIdentifier(name))
}
