/**
 * Finds statements that start with a sign or a parenthesis now, and would continue the line before.
 * Purely syntactic; it must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'

/** Whether `text`, inserted at the start of a statement that `node` stands in, needs a semicolon before it. */
export function needsSemicolon(ts: TypeScript, node: ts.Node, start: number, text: string): boolean {
  if (!/^[-+([]/.test(text)) return false
  const file = node.getSourceFile()
  let at = node
  while (!ts.isExpressionStatement(at) && at.parent && at.parent.getStart(file) === start) at = at.parent
  if (!ts.isExpressionStatement(at) || at.getStart(file) !== start) return false
  const { parent } = at
  if (!ts.isSourceFile(parent) && !ts.isBlock(parent) && !ts.isModuleBlock(parent) && !ts.isCaseOrDefaultClause(parent))
    return false
  const before = parent.statements[parent.statements.indexOf(at) - 1]
  return before !== undefined && file.text[before.end - 1] !== ';' && !endsWithBody(ts, before)
}

function endsWithBody(ts: TypeScript, statement: ts.Statement): boolean {
  let last = statement
  for (let part = lastPart(ts, last); part; part = lastPart(ts, last)) last = part
  return (
    ts.isBlock(last) ||
    ts.isFunctionDeclaration(last) ||
    ts.isClassDeclaration(last) ||
    ts.isInterfaceDeclaration(last) ||
    ts.isEnumDeclaration(last) ||
    ts.isModuleDeclaration(last) ||
    ts.isSwitchStatement(last) ||
    ts.isTryStatement(last)
  )
}

function lastPart(ts: TypeScript, statement: ts.Statement): ts.Statement | undefined {
  if (ts.isIfStatement(statement)) return statement.elseStatement ?? statement.thenStatement
  if (ts.isLabeledStatement(statement)) return statement.statement
  return ts.isIterationStatement(statement, false) && !ts.isDoStatement(statement) ? statement.statement : undefined
}
