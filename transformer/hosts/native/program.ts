/**
 * A program of TypeScript 7 with the interface of TypeScript 6, as far as the phases and the lowered program use it.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { Checker } from '../../compiler/checker.ts'
import type { InternalFile } from '../../compiler/undocumented.ts'
import type { Overlaid } from '../../program/overlay.ts'
import { checkerOver } from './checker.ts'
import { checkDirective, directivesIn } from './comments.ts'
import type { Connection } from './connection.ts'
import { diagnosticOf, type LocationOf } from './diagnostics.ts'
import type { NativeDiagnosticResponse, NativePackage, NativeProgram, NativeSnapshotProject } from './package.ts'

/** The used members of `ts.Program`. All others are missing, so that calling one is an error. */
type UsedProgram = Pick<
  ts.Program,
  | 'getCompilerOptions'
  | 'getConfigFileParsingDiagnostics'
  | 'getDeclarationDiagnostics'
  | 'getGlobalDiagnostics'
  | 'getOptionsDiagnostics'
  | 'getRootFileNames'
  | 'getSemanticDiagnostics'
  | 'getSourceFile'
  | 'getSourceFiles'
  | 'getSyntacticDiagnostics'
> &
  Overlaid & {
    getTypeChecker(): Checker
    getResolvedModuleFromModuleSpecifier(specifier: ts.Node): { resolvedModule?: { resolvedFileName: string } }
    getEmitModuleFormatOfFile(file: ts.SourceFile): ts.ModuleKind
    getSourceFileByPath(): undefined
  }

/** The program of the project on the disk. */
export function programOver(native: NativePackage, connection: Connection): ts.Program {
  return programOf(native, connection, connection.open(new Map()), new WeakSet())
}

/** `known` are the files that have all that a phase reads of a file; a file is one object in all programs that have its text. */
function programOf(
  native: NativePackage,
  connection: Connection,
  project: NativeSnapshotProject,
  known: WeakSet<ts.SourceFile>,
): ts.Program {
  const { program } = project
  const files = filesOf(native, program, known)
  const diagnostics = nativeDiagnosticsOf(program, (name, span) => {
    const file = files.get(name)
    return file ? { file, ...span } : (connection.inConfig(name, span) as ReturnType<LocationOf>)
  })
  const resolved = once(() => resolvedModules(project, files))
  const checker = once(() => checkerOver(native, project.checker))
  const metadata = (file: ts.SourceFile) => program.getSourceFileMetadata(file.fileName)
  const asked: UsedProgram = {
    ...diagnostics,
    getCompilerOptions: () => program.getCompilerOptions(),
    getRootFileNames: () => project.rootFiles ?? project.parsedCommandLine!.fileNames,
    getSourceFile: files.get,
    getSourceFiles: files.all,
    getSourceFileByPath: () => undefined,
    getTypeChecker: checker,
    getResolvedModuleFromModuleSpecifier(specifier) {
      const resolvedFileName = resolved().get(specifier)
      return resolvedFileName === undefined ? {} : { resolvedModule: { resolvedFileName } }
    },
    getEmitModuleFormatOfFile(file) {
      const { module } = program.getCompilerOptions()
      const { ModuleKind } = native.sync
      if (/\.c[jt]s$/.test(file.fileName)) return ModuleKind.CommonJS!
      if (/\.m[jt]s$/.test(file.fileName)) return ModuleKind.ESNext!
      const isOfNode = module !== undefined && module >= ModuleKind.Node16! && module <= ModuleKind.NodeNext!
      return isOfNode ? metadata(file)!.impliedNodeFormat : (module ?? ModuleKind.ESNext!)
    },
    withTexts: texts => programOf(native, connection, connection.open(texts), known),
  }
  return Object.assign(asked, { emitToString: program.emitToString?.bind(program) }) as unknown as ts.Program
}

interface Files {
  get(name: string): ts.SourceFile | undefined
  readonly all: () => readonly ts.SourceFile[]
}

/** All files except the language's own library. */
function filesOf({ ast }: NativePackage, program: NativeProgram, known: WeakSet<ts.SourceFile>): Files {
  const parseErrors = once(() => byFile(program.getSyntacticDiagnostics()))
  const get = (name: string): ts.SourceFile | undefined => {
    const file = program.getSourceFile(name)
    if (!file || known.has(file)) return file
    known.add(file)
    return Object.assign(file, {
      parseDiagnostics: (parseErrors().get(name) ?? []).map(each =>
        diagnosticOf((_, span) => ({ file, ...span }), each),
      ),
      commentDirectives: file.isDeclarationFile ? [] : directivesIn(ast, file),
      checkJsDirective: checkDirective(ast, file),
    })
  }
  const isLibrary = (name: string) =>
    /\/lib\.[\w.]+\.d\.ts$/.test(name) && program.getSourceFileMetadata(name)?.isDefaultLibrary === true
  const all = once(() => {
    const names = program.getSourceFileNames().filter(name => !isLibrary(name))
    return names.map(name => get(name)!)
  })
  return { get, all }
}

/** The files that import specifiers and names of augmented modules resolve to, in one request. */
function resolvedModules(
  { checker, program }: NativeSnapshotProject,
  { all }: Files,
): ReadonlyMap<ts.Node, string | undefined> {
  const specifiers = all().flatMap(file => {
    const { imports = [], moduleAugmentations = [] } = file as NativeFile
    return [...imports, ...moduleAugmentations]
  })
  const names = new Map(all().map(file => [(file as NativeFile).path, file.fileName]))
  const symbols = checker.getSymbolAtLocation(specifiers)
  const targetOf = (index: number) => {
    const paths = symbols[index]?.declarations.map(({ path }) => path) ?? []
    // an augmented module has a declaration in the augmenting file too
    const target = paths.find(path => symbols[index]!.name === `"${path.replace(/(\.d)?\.[mc]?[tj]sx?$/, '')}"`)
    const path = target ?? paths[0]
    return path === undefined ? undefined : (names.get(path) ?? program.getSourceFile(path)?.fileName)
  }
  return new Map(specifiers.map((specifier, i) => [specifier, targetOf(i)]))
}

interface NativeFile extends InternalFile {
  readonly path: string
}

/** One request for each kind of diagnostic over all files: the compiler checks files in parallel. */
function nativeDiagnosticsOf(program: NativeProgram, placeOf: LocationOf) {
  const of = (responses: readonly NativeDiagnosticResponse[]) => responses.map(each => diagnosticOf(placeOf, each))
  const ofFiles = <D extends ts.Diagnostic>(ask: () => readonly NativeDiagnosticResponse[]) => {
    const all = once(() => of(ask()) as unknown as readonly D[])
    const grouped = once(() => byFile(all(), ({ file }) => file?.fileName))
    return (file?: ts.SourceFile): readonly D[] => (file ? (grouped().get(file.fileName) ?? []) : all())
  }
  return {
    getConfigFileParsingDiagnostics: once(() => of(program.getConfigFileParsingDiagnostics())),
    getOptionsDiagnostics: once(() => of(program.getProgramDiagnostics())),
    getGlobalDiagnostics: once(() => of(program.getGlobalDiagnostics())),
    getSyntacticDiagnostics: ofFiles<ts.DiagnosticWithLocation>(() => program.getSyntacticDiagnostics()),
    getSemanticDiagnostics: ofFiles(() => program.getSemanticDiagnostics()),
    getDeclarationDiagnostics: ofFiles<ts.DiagnosticWithLocation>(() => program.getDeclarationDiagnostics()),
  }
}

function byFile<T>(
  all: readonly T[],
  nameOf = (each: T) => (each as { fileName?: string | undefined }).fileName,
): ReadonlyMap<string | undefined, readonly T[]> {
  const found = new Map<string | undefined, T[]>()
  for (const each of all) {
    const name = nameOf(each)
    const group = found.get(name)
    if (group) group.push(each)
    else found.set(name, [each])
  }
  return found
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
