/**
 * The imports and exports of a file without its declarations: enough for the graph of imports, where nobody looks at the rest.
 * It must not know who does.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile } from '../compiler/undocumented.ts'

/** Undefined for a file that more than its importers see, or that says of itself more than imports and exports. */
export function outlineOf(ts: TypeScript, file: InternalFile): string | undefined {
  const { imports, moduleAugmentations, parseDiagnostics, checkJsDirective, pragmas } = file
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives, ambientModuleNames } = file
  const others = [referencedFiles, typeReferenceDirectives, libReferenceDirectives, parseDiagnostics]
  const isSeenByAll = !ts.isExternalModule(file) || !isEmpty(moduleAugmentations) || !isEmpty(ambientModuleNames)
  if (isSeenByAll || others.some(each => !isEmpty(each)) || checkJsDirective || pragmas?.size) return undefined
  const kept = file.statements.filter(each => isLink(ts, each))
  // an import in an expression or in a type has a place that no statement tells
  // what the compiler imports itself, of tslib, has no place and needs none
  const written = imports?.filter(({ parent }) => parent.pos >= 0) ?? []
  if (!written.every(each => kept.includes(each.parent as ts.Statement) || isRequired(ts, each, kept))) return undefined
  return [...kept.map(each => each.getText(file)), 'export {}', ''].join('\n')
}

const isEmpty = (list: readonly unknown[] | undefined) => !list || list.length === 0

/** `import x = require('…')` */
const isRequired = (ts: TypeScript, { parent }: ts.Node, kept: readonly ts.Statement[]) =>
  ts.isExternalModuleReference(parent) && kept.includes(parent.parent)

/** A statement that imports or exports what another one declares; it gives an alias, by which the compiler may call a type. */
function isLink(ts: TypeScript, statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return isName(ts, statement.expression)
  return (
    ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || ts.isExportDeclaration(statement)
  )
}

const isName = (ts: TypeScript, node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isName(ts, node.expression))
