/**
 * The syntax of TypeScript 7 with the interface of TypeScript 6, so that the phases read both kinds of nodes alike.
 * It must not know types, nor the phases.
 */
import { dirname, resolve } from 'node:path/posix'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { NativePackage } from './package.ts'

/** A member of the compiler that no phase uses with TypeScript 7. */
const absent = (name: string) => () => {
  throw new Error(`ts.${name} does not exist in TypeScript 7`)
}

/**
 * The members of the compiler's namespace that the phases use. Most guards are the same in both; the others are defined here.
 * A test reads the members that the phases name, and checks that none is missing.
 */
export function syntaxOf({ ast, sync, version }: NativePackage): TypeScript {
  const { SyntaxKind, NodeFlags } = ast
  const kinds = (...all: (keyof typeof SyntaxKind)[]) => {
    const set = new Set<number>(all.map(name => SyntaxKind[name] as unknown as number))
    return (node: ts.Node) => set.has(node.kind)
  }
  const isVariableDeclaration = kinds('VariableDeclaration')
  const isLoop = kinds('DoStatement', 'WhileStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement')
  const isLabeled = kinds('LabeledStatement')
  const isChainLink = kinds(
    ...(['PropertyAccessExpression', 'ElementAccessExpression', 'CallExpression', 'NonNullExpression'] as const),
  )
  const isIterationStatement = (node: ts.Node, inLabels: boolean): boolean =>
    isLoop(node) || (inLabels && isLabeled(node) && isIterationStatement((node as ts.LabeledStatement).statement, true))

  const isOptionalChain = (node: ts.Node) => (node.flags & NodeFlags.OptionalChain!) !== 0 && isChainLink(node)
  const isParameter = kinds('Parameter')
  const isConstructor = kinds('Constructor')
  const isOfParameterProperty = kinds(
    'PublicKeyword',
    'PrivateKeyword',
    'ProtectedKeyword',
    'ReadonlyKeyword',
    'OverrideKeyword',
  )

  const isOfModule = kinds(
    ...(['ImportSpecifier', 'NamedImports', 'NamespaceImport', 'ImportClause', 'ImportEqualsDeclaration'] as const),
    ...(['ExportSpecifier', 'NamedExports', 'NamespaceExport', 'ExportDeclaration'] as const),
  )
  const isTypeOnly = (node: ts.Node) => {
    const { isTypeOnly, phaseModifier } = node as { readonly isTypeOnly?: boolean; readonly phaseModifier?: unknown }
    return isTypeOnly === true || phaseModifier === SyntaxKind.TypeKeyword
  }

  const different = {
    version,
    versionMajorMinor: version.split('.').slice(0, 2).join('.'),
    TypeFlags: sync.TypeFlags,
    SymbolFlags: sync.SymbolFlags,
    ElementFlags: sync.ElementFlags,
    DiagnosticCategory: sync.DiagnosticCategory,
    ModuleKind: sync.ModuleKind,
    TypeFormatFlags: { NoTruncation: sync.NodeBuilderFlags.NoTruncation },
    IndexKind: { String: 0, Number: 1 },
    sys: { writeFile: absent('sys.writeFile') },
    createProgram: absent('createProgram'),
    createCompilerHost: absent('createCompilerHost'),
    createSourceFile: absent('createSourceFile'),

    forEachChild: <T>(node: ts.Node, visit: (child: ts.Node) => T, visitList?: (list: ts.NodeArray<ts.Node>) => T) =>
      (node as NodeWithChildren).forEachChild(visit, visitList),
    getLineAndCharacterOfPosition: (file: ts.SourceFile, position: number) =>
      file.getLineAndCharacterOfPosition(position),
    flattenDiagnosticMessageText: chainText,
    resolveTripleslashReference: (name: string, containing: string) => resolve(dirname(containing), name),
    isExternalModule: ({ externalModuleIndicator }: { externalModuleIndicator?: unknown }) =>
      externalModuleIndicator !== undefined,
    isParameter,
    isPropertySignature: kinds('PropertySignature'),
    isGetAccessor: kinds('GetAccessor'),
    isTypeAssertionExpression: kinds('TypeAssertionExpression'),
    isClassLike: kinds('ClassDeclaration', 'ClassExpression'),
    isMethodSignature: kinds('MethodSignature'),
    isClassElement: kinds(
      ...(['Constructor', 'PropertyDeclaration', 'MethodDeclaration', 'GetAccessor', 'SetAccessor'] as const),
      ...(['IndexSignature', 'ClassStaticBlockDeclaration', 'SemicolonClassElement'] as const),
    ),
    isNonNullChain: (node: ts.Node) =>
      isOptionalChain(node) && ast.SyntaxKind.NonNullExpression === (node.kind as unknown),
    isParameterPropertyDeclaration: (node: ts.Node, parent: ts.Node) =>
      isParameter(node) &&
      isConstructor(parent) &&
      ((node as ts.ParameterDeclaration).modifiers ?? []).some(each => isOfParameterProperty(each)),
    // `import type` and `export type`, before a name or around it
    isTypeOnlyImportOrExportDeclaration: (node: ts.Node) => {
      for (let at = node; isOfModule(at); at = at.parent) if (isTypeOnly(at)) return true
      return false
    },
    getCombinedModifierFlags: (node: ts.Node) =>
      modifiersOf(node) | (isVariableDeclaration(node) ? modifiersOf(node.parent.parent) : 0),
    isStringLiteralLike: kinds('StringLiteral', 'NoSubstitutionTemplateLiteral'),
    isCaseOrDefaultClause: kinds('CaseClause', 'DefaultClause'),
    isFunctionLike: kinds(
      ...(['MethodSignature', 'CallSignature', 'ConstructSignature', 'IndexSignature'] as const),
      ...(['FunctionType', 'ConstructorType', 'MethodDeclaration', 'Constructor', 'GetAccessor'] as const),
      ...(['SetAccessor', 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunction'] as const),
    ),
    isIterationStatement,
    isOptionalChain,
    canHaveModifiers: (node: ts.Node) => 'modifiers' in node && node.modifiers !== undefined,
    getModifiers: ({ modifiers }: ts.HasModifiers) =>
      modifiers?.filter(({ kind }) => kind !== (SyntaxKind.Decorator as unknown)),
    getCombinedNodeFlags(node: ts.Node): ts.NodeFlags {
      // those of `const` stand on the list around a variable
      return isVariableDeclaration(node) ? node.flags | node.parent.flags : node.flags
    },
    findAncestor(from: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
      for (let node = from; node; node = node.parent) if (test(node)) return node
      return undefined
    },
  }
  return { ...ast, ...different } as unknown as TypeScript
}

const modifiersOf = (node: ts.Node) => (node as { modifierFlags?: number }).modifierFlags ?? 0

interface NodeWithChildren {
  forEachChild<T>(visit: (child: ts.Node) => T, visitList?: (list: ts.NodeArray<ts.Node>) => T): T | undefined
}

function chainText(message: string | ts.DiagnosticMessageChain, end: string, depth = 0): string {
  if (typeof message === 'string') return message
  const next = message.next?.map(each => chainText(each, end, depth + 1)) ?? []
  return [`${depth > 0 ? end + '  '.repeat(depth) : ''}${message.messageText}`, ...next].join('')
}
