/** Which variables are assigned after their declaration. It must not know statements. */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { walk } from '../../syntax/walk.ts'
import { inner } from './context.ts'

/** By files, the variables that are assigned after their declaration. */
export type AssignedNames = Map<ts.SourceFile, ReadonlySet<ts.Symbol>>

/** The variables of a file that a statement assigns after their declaration. */
export function assignedIn(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>()
  const add = (written: ts.Node): void => {
    const target = ts.isExpression(written) ? inner(ts, written) : written
    if (ts.isIdentifier(target)) found.add(checker.getSymbolAtLocation(target)!)
    else if (ts.isArrayLiteralExpression(target)) for (const each of target.elements) add(each)
    else if (ts.isSpreadElement(target)) add(target.expression)
    else if (ts.isBinaryExpression(target)) add(target.left)
    else if (ts.isObjectLiteralExpression(target))
      for (const each of target.properties) {
        if (ts.isShorthandPropertyAssignment(each)) found.add(checker.getShorthandAssignmentValueSymbol(each)!)
        else if (ts.isPropertyAssignment(each)) add(each.initializer)
        else if (ts.isSpreadAssignment(each)) add(each.expression)
      }
  }
  walk(ts, file, each => {
    if (ts.isBinaryExpression(each) && isAssignment(ts, each.operatorToken.kind)) add(each.left)
    if (ts.isPrefixUnaryExpression(each) || ts.isPostfixUnaryExpression(each)) {
      const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind
      if (each.operator === PlusPlusToken || each.operator === MinusMinusToken) add(each.operand)
    }
    if ((ts.isForOfStatement(each) || ts.isForInStatement(each)) && !ts.isVariableDeclarationList(each.initializer))
      add(each.initializer)
    return undefined
  })
  return found
}

export const isAssignment = (ts: TypeScript, kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
