/**
 * Which files of a program refer to which, and from which files all others see what is declared.
 * Imports of types count like any other. It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile, InternalProgram } from '../compiler/undocumented.ts'

/** The files that a file imports or refers to. */
export function referencesOf(ts: TypeScript, program: ts.Program, file: ts.SourceFile): readonly ts.SourceFile[] {
  const { imports = [] }: InternalFile = file
  const imported = imports.map(specifier => resolved(program, specifier, file))
  const named = file.referencedFiles.map(({ fileName }) =>
    program.getSourceFile(ts.resolveTripleslashReference(fileName, file.fileName)),
  )
  return [...imported, ...named].filter(each => each !== undefined)
}

/** The files whose modules a file augments (`declare module 'decimal.js' { … }`). */
export function augmentedBy(ts: TypeScript, program: ts.Program, file: ts.SourceFile): readonly ts.SourceFile[] {
  const { moduleAugmentations = [] }: InternalFile = file
  return moduleAugmentations
    .filter(name => ts.isStringLiteral(name))
    .map(name => resolved(program, name, file))
    .filter(each => each !== undefined)
}

/** Whether all files see what a file declares: a script, or a module with `declare global`. */
export function declaresGlobals(ts: TypeScript, file: ts.SourceFile): boolean {
  const { moduleAugmentations = [] }: InternalFile = file
  return !ts.isExternalModule(file) || moduleAugmentations.some(name => ts.isIdentifier(name))
}

function resolved(
  program: ts.Program,
  specifier: ts.StringLiteralLike,
  file: ts.SourceFile,
): ts.SourceFile | undefined {
  const found = (program as InternalProgram).getResolvedModuleFromModuleSpecifier(specifier, file)
  const name = found?.resolvedModule?.resolvedFileName
  return name === undefined ? undefined : program.getSourceFile(name)
}

/** Who depends on whom in a program, both ways and over any number of steps. */
export interface Dependencies {
  /** The files that these reach, and these. */
  below(files: Iterable<string>): ReadonlySet<string>
  /** The files that reach one of these. */
  above(files: readonly string[]): ReadonlySet<string>
}

/** What is declared for all, and what augments another module, counts as reached by everybody who could see it. */
export function dependenciesIn(ts: TypeScript, program: ts.Program): Dependencies {
  const below = new Map<string, string[]>()
  const above = new Map<string, string[]>()
  const connect = (from: string, to: string) => {
    append(below, from, to)
    append(above, to, from)
  }
  const seenByAll: string[] = []
  for (const file of program.getSourceFiles()) {
    if (program.isSourceFileDefaultLibrary(file)) continue
    for (const to of referencesOf(ts, program, file)) connect(file.fileName, to.fileName)
    // who imports the module sees what was added to it
    for (const to of augmentedBy(ts, program, file)) connect(to.fileName, file.fileName)
    if (declaresGlobals(ts, file)) seenByAll.push(file.fileName)
  }
  const all = () => new Set(program.getSourceFiles().map(({ fileName }) => fileName))
  return {
    below: files => closure([...files, ...seenByAll], below),
    above(files) {
      const direct = [...files].flatMap(name => above.get(name) ?? [])
      const reached = closure(direct, above)
      const isSeen = (name: string) => reached.has(name) || [...files].includes(name)
      return seenByAll.some(isSeen) ? all() : reached
    },
  }
}

/** Adds a file to those that an edge leads to. */
export function append<F>(edges: Map<F, F[]>, at: F, to: F): void {
  const known = edges.get(at)
  if (known) known.push(to)
  else edges.set(at, [to])
}

function closure(from: Iterable<string>, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set(from)
  for (const name of reached) for (const next of edges.get(name) ?? []) reached.add(next)
  return reached
}
