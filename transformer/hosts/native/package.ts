/**
 * The package of TypeScript 7: the used part of its API, its names in 7.0 and in 7.1, and how it is loaded.
 * It must not know its callers.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type ts from 'typescript'

/** A reference to a node, without the node itself. */
export interface NodeHandle {
  readonly kind: number
  readonly path: string
  resolve(): ts.Node | undefined
}

export interface NativeSymbol {
  readonly id: number
  readonly name: string
  readonly escapedName: string
  readonly flags: number
  readonly declarations: readonly NodeHandle[]
  readonly valueDeclaration: NodeHandle | undefined
  getExports(): ReadonlyMap<string, NativeSymbol>
  getExportSymbol(): NativeSymbol
}

export interface NativeType {
  readonly id: number
  readonly flags: number
  readonly objectFlags?: number
  /** Of the target of a tuple. */
  readonly elementFlags?: readonly number[]
  readonly value?: unknown
  getSymbol(): NativeSymbol | undefined
  getAliasSymbol(): NativeSymbol | undefined
  getAliasTypeArguments(): readonly NativeType[]
  getTypes(): readonly NativeType[] | undefined
  getBaseType(): NativeType
  getTarget(): NativeType
}

export interface NativeSignature {
  readonly id: number
  readonly declaration?: NodeHandle | undefined
  getParameters(): readonly NativeSymbol[]
}

/** Each call is one request over a channel. */
export interface NativeChecker {
  getTypeAtLocation(nodes: readonly ts.Node[]): readonly (NativeType | undefined)[]
  getSymbolAtLocation(nodes: readonly ts.Node[]): readonly (NativeSymbol | undefined)[]
  getTypeOfSymbol(symbol: NativeSymbol): NativeType | undefined
  getDeclaredTypeOfSymbol(symbol: NativeSymbol): NativeType
  getPropertiesOfType(type: NativeType): readonly NativeSymbol[]
  getPropertyOfType(type: NativeType, name: string): NativeSymbol | undefined
  getSignaturesOfType(type: NativeType, kind: number): readonly NativeSignature[]
  getIndexInfosOfType(type: NativeType): readonly { readonly keyType: NativeType; readonly valueType: NativeType }[]
  getBaseConstraintOfType(type: NativeType): NativeType | undefined
  getBaseTypeOfLiteralType(type: NativeType): NativeType | undefined
  getReturnTypeOfSignature(signature: NativeSignature): NativeType | undefined
  isTypeAssignableTo(source: NativeType, target: NativeType): boolean
  typeToString(type: NativeType, enclosing?: ts.Node, flags?: number): string
  getResolvedSignature(node: ts.Node): NativeSignature | undefined
  getSignatureFromDeclaration(node: ts.Node): NativeSignature | undefined
  getContextualType(node: ts.Node): NativeType | undefined
  getNonNullableType(type: NativeType): NativeType | undefined
  getTypeArguments(type: NativeType): readonly NativeType[]
  getTypeOfSymbolAtLocation(symbol: NativeSymbol, at: ts.Node): NativeType
  getAliasedSymbol(symbol: NativeSymbol): NativeSymbol
  getShorthandAssignmentValueSymbol(node: ts.Node): NativeSymbol | undefined
  getConstantValue(node: ts.Node): string | number | undefined
  isArrayType(type: NativeType): boolean
  isTupleType(type: NativeType): boolean
  resolveName(name: string, meaning: number, at?: ts.Node): NativeSymbol | undefined
  getAnyType(): NativeType
  getBooleanType(): NativeType
  getNumberType(): NativeType
  getStringType(): NativeType
}

export interface NativeDiagnosticResponse {
  readonly fileName?: string | undefined
  readonly pos: number
  readonly end: number
  readonly code: number
  readonly category: number
  readonly text: string
  readonly reportsUnnecessary?: boolean | undefined
  readonly reportsDeprecated?: boolean | undefined
  readonly messageChain?: readonly NativeDiagnosticResponse[] | undefined
  readonly relatedInformation?: readonly NativeDiagnosticResponse[] | undefined
}

type Diagnostics = readonly NativeDiagnosticResponse[]

interface EmitOutput {
  readonly emitSkipped: boolean
  readonly diagnostics: Diagnostics
  readonly outputFiles: ReadonlyMap<string, { readonly text: string; readonly sourceFileName?: string | undefined }>
}

export interface NativeProgram {
  getSourceFileNames(): readonly string[]
  getSourceFile(name: string): ts.SourceFile | undefined
  getSourceFileMetadata(name: string):
    | {
        readonly isDefaultLibrary: boolean
        readonly isFromExternalLibrary: boolean
        readonly impliedNodeFormat: number
      }
    | undefined
  getCompilerOptions(): ts.CompilerOptions
  getConfigFileParsingDiagnostics(): Diagnostics
  getProgramDiagnostics(): Diagnostics
  getGlobalDiagnostics(): Diagnostics
  getSyntacticDiagnostics(): Diagnostics
  getSemanticDiagnostics(): Diagnostics
  getDeclarationDiagnostics(): Diagnostics
  /** From 7.1 on. */
  emitToString?(): EmitOutput
}

/** A tsconfig.json and its program, as they were when the snapshot was made. */
export interface NativeSnapshotProject {
  readonly program: NativeProgram
  readonly checker: NativeChecker
  /** 7.0; in 7.1 under `parsedCommandLine`. */
  readonly rootFiles?: readonly string[]
  readonly parsedCommandLine?: { readonly fileNames: readonly string[] }
}

export interface NativeSnapshot {
  getProjects(): readonly NativeSnapshotProject[]
  dispose(): void
  /** From 7.1 on. */
  update?(changes: object): NativeSnapshot
}

export interface NativeApi {
  /** 7.0. */
  updateSnapshot?(changes: object): NativeSnapshot
  /** From 7.1 on. */
  createSnapshot?(changes: object): NativeSnapshot
  close(): void
  /** Its process; not in the public types, the same in 7.0 and 7.1. */
  readonly client?: { readonly channel?: { readonly child?: { kill(signal?: 'SIGKILL'): boolean } } }
}

type Enum = Readonly<Record<string, number>>

export interface NativePackage {
  readonly folder: string
  readonly version: string
  readonly sync: {
    readonly API: new (options: object) => NativeApi
    readonly TypeFlags: Enum
    readonly ObjectFlags: Enum
    readonly ElementFlags: Enum
    readonly SymbolFlags: Enum
    readonly DiagnosticCategory: Enum
    readonly ModuleKind: Enum
    readonly NodeBuilderFlags: Enum
  }
  readonly fs: { createFileSystemLayer?(files: readonly (readonly [name: string, text: string])[]): object }
  readonly ast: { readonly SyntaxKind: Enum; readonly NodeFlags: Enum } & Scanning
}

export interface Scanning {
  getTokenAtPosition(file: ts.SourceFile, position: number): ts.Node
  getLeadingCommentRanges(text: string, position: number): readonly ts.CommentRange[] | undefined
}

/** Loads the API of the package `typescript` in a folder. @throws when it is not TypeScript 7. */
export async function loadPackage(folder: string): Promise<NativePackage> {
  const { version, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string
    exports?: Record<string, string>
  }
  const load = (name: string) => {
    const file = exports?.[`./${name}`] ?? exports?.[`./unstable/${name}`]
    if (file === undefined)
      throw new Error(
        `TypeScript ${version} in ${folder} has no API '${name}': tsgrad supports the API of TypeScript 7.0 and 7.1`,
      )
    return import(pathToFileURL(join(folder, file)).href)
  }
  const [sync, fs, ast] = await Promise.all(['sync', 'fs', 'ast'].map(load))
  return { folder, version, sync, fs, ast }
}
