/** Whether a text has anything that is TypeScript's alone. It must not know what it means. */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from './walk.ts'

/** @param fileName tells whether the text may hold JSX. */
export function holdsTypeScript(ts: TypeScript, fileName: string, text: string): boolean {
  let found = false
  walk(ts, ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true), node => {
    found ||= isOfTypeScript(ts, node)
    return found ? 'skip' : undefined
  })
  return found
}

/** A tool that removes types removes or rewrites this. */
function isOfTypeScript(ts: TypeScript, node: ts.Node): boolean {
  // the class behind `extends`
  if (ts.isExpressionWithTypeArguments(node)) return node.typeArguments !== undefined || isImplemented(ts, node)
  if (node.kind === ts.SyntaxKind.QuestionToken) return !ts.isConditionalExpression(node.parent)
  if (ts.isModifier(node)) return !isModifierOfJavaScript(ts, node)
  return (
    ts.isTypeNode(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isNonNullExpression(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    (ts.isExportAssignment(node) && node.isExportEquals === true) ||
    ts.isTypeOnlyImportOrExportDeclaration(node)
  )
}

function isModifierOfJavaScript({ SyntaxKind }: TypeScript, { kind }: ts.Modifier): boolean {
  const { ExportKeyword, DefaultKeyword, StaticKeyword, AsyncKeyword, AccessorKeyword } = SyntaxKind
  return [ExportKeyword, DefaultKeyword, StaticKeyword, AsyncKeyword, AccessorKeyword].some(each => each === kind)
}

const isImplemented = (ts: TypeScript, { parent }: ts.ExpressionWithTypeArguments): boolean =>
  ts.isHeritageClause(parent) && parent.token === ts.SyntaxKind.ImplementsKeyword
