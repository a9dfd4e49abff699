/**
 * Where a statement without a semicolon would go on in the next line, if that line began or this one ended with another token.
 * Purely syntactic; it must not know what is written for an operator.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

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

function isInList(ts: TypeScript, { parent }: ts.Node): boolean {
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
