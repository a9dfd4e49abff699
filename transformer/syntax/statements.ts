/**
 * Where a statement without a semicolon would go on in the next line, if that line began or this one ended with another token, and
 * where an expression would be read as parameters. Purely syntactic; it must not know what is written for an operator.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { afterBlank } from './syntax.ts'

/** Whether what follows a statement, or a member of a class, in its list could continue it: it ends without a semicolon or a block. */
export function mayBeContinued(ts: TypeScript, file: ts.SourceFile, statement: ts.Node): boolean {
  if (!isInList(ts, statement)) return false
  let node = statement
  for (;;) {
    if (file.text[node.end - 1] === ';') return false
    if (ts.isIfStatement(node)) node = node.elseStatement ?? node.thenStatement
    else if (ts.isLabeledStatement(node) || ts.isWithStatement(node)) node = node.statement
    else if (ts.isIterationStatement(node, false) && !ts.isDoStatement(node)) node = node.statement
    else return endsWithExpression(ts, node)
  }
}

/** Whether a node is one of a list of statements, or a member of a class. */
export function isInList(ts: TypeScript, { parent }: ts.Node): boolean {
  return (
    ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent) ||
    ts.isClassLike(parent)
  )
}

function endsWithExpression(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isExportAssignment(node) ||
    ts.isPropertyDeclaration(node)
  )
}

/**
 * Whether a line break before its operand would end a node. Comments in parentheses may hold one, but the compiler takes these away
 * around a type assertion.
 */
export function endsAtLineBreak(ts: TypeScript, node: ts.Node): boolean {
  return ts.isReturnStatement(node) || ts.isThrowStatement(node) || (ts.isYieldExpression(node) && !node.asteriskToken)
}

const BLANK = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/

/**
 * Whether a text would continue an expression in the line before it; undefined for blanks and comments. A text that stood there
 * before did not.
 */
export function continuesStatement(text: string, stoodThere: boolean): boolean | undefined {
  const [first] = text.replace(BLANK, '')
  if (first === undefined) return undefined
  return !stoodThere && /[([`+\-/<*.?]/.test(first)
}

/**
 * Whether `x = f()`, written in place of a node, would be read as a parameter, with parentheses of its own or in those around the node:
 * TypeScript takes `(x = f())` before a block in the next line, or before a colon, for an arrow that lacks its `=>`.
 */
export function isReadAsParameter(ts: TypeScript, file: ts.SourceFile, node: ts.Node, hasOwn: boolean): boolean {
  let at = node
  while (isListed(ts, at.parent)) at = at.parent
  const { parent } = at
  const isCall = ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'async'
  const hasAround = isCall || ts.isParenthesizedExpression(parent)
  return (hasOwn && isBeforeBody(file, node)) || (hasAround && isBeforeBody(file, parent))
}

/** Whether the parts of an expression may be those of a list of parameters. */
function isListed(ts: TypeScript, node: ts.Node): boolean {
  const isComma = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken
  return isComma || ts.isArrayLiteralExpression(node) || ts.isSpreadElement(node)
}

/** Whether what follows a node is what may follow the parameters of a function. */
const isBeforeBody = (file: ts.SourceFile, { end }: ts.Node) => /[{:]/.test(file.text[afterBlank(file, end)] ?? '')
