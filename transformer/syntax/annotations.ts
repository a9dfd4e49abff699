/** Whether a text says types anywhere. It must not know what the types mean. */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from './walk.ts'

/** @param fileName tells whether the text may hold JSX. */
export function hasAnnotations(ts: TypeScript, fileName: string, text: string): boolean {
  let found = false
  walk(ts, ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true), node => {
    found ||= isType(ts, node)
    return found ? 'skip' : undefined
  })
  return found
}

function isType(ts: TypeScript, node: ts.Node): boolean {
  // the class behind `extends`
  if (ts.isExpressionWithTypeArguments(node)) return node.typeArguments !== undefined
  const isTyped = ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)
  return isTyped || ts.isTypeOnlyImportOrExportDeclaration(node)
}
