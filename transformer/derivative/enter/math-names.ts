/** What a program calls the members of Math: `Math.sin`, `const { sin } = Math`, `const M = Math`. It must not know statements. */
import type ts from 'typescript'
import { type Enter, inner } from './context.ts'
import { constantOf } from './fixed-constants.ts'
import { symbolAt } from './package-names.ts'
import { isOfLibrary } from './types.ts'

type AskedOfMath = Pick<Enter, 'ts' | 'checker'>

/** The name of the member of Math that an expression always is; undefined for all else. */
export function nameInMath(asked: AskedOfMath, written: ts.Expression): string | undefined {
  const { ts, checker } = asked
  const node = inner(ts, written)
  if (ts.isPropertyAccessExpression(node)) return isMathItself(asked, node.expression) ? node.name.text : undefined
  const symbol = ts.isIdentifier(node) ? symbolAt(ts, checker, node) : undefined
  const value = symbol && constantOf(ts, symbol)
  if (value) return ts.isPropertyAccessExpression(value) ? nameInMath(asked, value) : undefined
  const part = symbol?.valueDeclaration
  if (!part || !ts.isBindingElement(part) || part.initializer || part.dotDotDotToken) return undefined
  const list = part.parent.parent
  if (!ts.isVariableDeclaration(list) || !isFromMath(asked, list)) return undefined
  return (part.propertyName ?? part.name).getText()
}

/** `const { sin, cos } = Math`. */
function isFromMath(asked: AskedOfMath, declaration: ts.VariableDeclaration): boolean {
  const { ts } = asked
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
  return isConstant && declaration.initializer !== undefined && isMathItself(asked, declaration.initializer)
}

function isMathItself(asked: AskedOfMath, written: ts.Expression): boolean {
  const { ts, checker } = asked
  const node = inner(ts, written)
  if (!ts.isIdentifier(node)) return false
  const symbol = symbolAt(ts, checker, node)
  if (node.text === 'Math' && isOfLibrary(symbol)) return true
  const value = symbol && constantOf(ts, symbol)
  return value !== undefined && isMathItself(asked, value)
}

/** Whether a declaration only gives members of Math other names, which are known without it. */
export function isOfMathOnly(asked: AskedOfMath, declaration: ts.VariableDeclaration): boolean {
  const { ts } = asked
  const { name, initializer } = declaration
  if (!initializer || !(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const)) return false
  if (ts.isIdentifier(name)) return isMathItself(asked, initializer) || nameInMath(asked, initializer) !== undefined
  return ts.isObjectBindingPattern(name) && isFromMath(asked, declaration)
}
