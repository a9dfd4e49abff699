/**
 * Parentheses around what stands before an inserted dot, where the dot alone would mean something else.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Writer } from '../text/text.ts'
import type { Lowering } from './lowering.ts'

/**
 * Opens a parenthesis where a dot could not follow the operand. It will stand first in what is written for `whole`, or behind something
 * else when there is no `whole`.
 */
export function openReceiver(lowering: Lowering, operand: ts.Expression, writer: Writer, whole?: ts.Node): void {
  if (!needsParentheses(lowering, operand)) return
  writer.insert(whole ? parenthesis(lowering, whole) : '(', operand.getStart(lowering.file))
}

export function closeReceiver(lowering: Lowering, operand: ts.Expression, writer: Writer): void {
  if (needsParentheses(lowering, operand)) writer.insert(')', operand.end)
}

function needsParentheses({ ts, file, isRewritten }: Lowering, operand: ts.Expression): boolean {
  // At the start of a statement or an arrow body these would be read as something else.
  if (/^(?:\{|function\b|class\b|async\b|let\b)/.test(operand.getText(file))) return true
  // What was rewritten is a call by now (an assignment has parentheses of its own).
  if (isRewritten(operand)) return false
  if (ts.isNewExpression(operand)) return operand.arguments === undefined
  // `(o?.a).mul(2)` must not be skipped with the chain
  if (ts.isOptionalChain(operand) || ts.isNonNullExpression(operand)) return endsOptionalChain(ts, operand)
  return !ts.isLeftHandSideExpression(operand) || ts.isNumericLiteral(operand)
}

function endsOptionalChain(ts: TypeScript, node: ts.Expression): boolean {
  let at: ts.Expression = node
  while (ts.isNonNullExpression(at)) at = at.expression
  return ts.isOptionalChain(at)
}

/** An opening parenthesis; after a line without a semicolon it would call what stands there, so that it needs one itself. */
export function parenthesis({ ts, file }: Lowering, at: ts.Node): string {
  return wouldContinueStatement(ts, at, file) ? ';(' : '('
}

function wouldContinueStatement(ts: TypeScript, at: ts.Node, file: ts.SourceFile): boolean {
  const start = at.getStart(file)
  let node = at
  while (node.parent && node.parent.getStart(file) === start && !ts.isExpressionStatement(node)) node = node.parent
  if (!ts.isExpressionStatement(node)) return false
  const { parent } = node
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isModuleBlock(parent) && !ts.isCaseOrDefaultClause(parent))
    return false
  const before = parent.statements[parent.statements.indexOf(node) - 1]
  return before !== undefined && file.text[before.end - 1] !== ';'
}
