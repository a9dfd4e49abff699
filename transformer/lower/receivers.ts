/**
 * Parentheses around a receiver: an expression before an inserted dot that would parse differently without them. It must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Writer } from '../text/text.ts'
import type { LowerContext } from './context.ts'

/**
 * Opens a parenthesis where a dot cannot follow the operand. The operand is the first part of the text for `whole`; without `whole`
 * other text precedes it.
 */
export function openReceiver(context: LowerContext, operand: ts.Expression, writer: Writer, whole?: ts.Node): void {
  if (!needsParentheses(context, operand)) return
  writer.insert(whole ? parenthesis(context, whole) : '(', operand.getStart(context.file))
}

export function closeReceiver(context: LowerContext, operand: ts.Expression, writer: Writer): void {
  if (needsParentheses(context, operand)) writer.insert(')', operand.end)
}

function needsParentheses({ ts, file, isRewritten }: LowerContext, operand: ts.Expression): boolean {
  // At the start of a statement or an arrow body these would parse as something else.
  if (/^(?:\{|function\b|class\b|async\b|let\b)/.test(operand.getText(file))) return true
  // A rewritten operator is a call (an assignment has its own parentheses).
  if (isRewritten(operand)) return false
  if (ts.isNewExpression(operand)) return operand.arguments === undefined
  // without them `o?.a.mul(2)` would skip the call when `o` is null
  if (ts.isOptionalChain(operand) || ts.isNonNullExpression(operand)) return endsOptionalChain(ts, operand)
  return !ts.isLeftHandSideExpression(operand) || ts.isNumericLiteral(operand)
}

function endsOptionalChain(ts: TypeScript, node: ts.Expression): boolean {
  let at: ts.Expression = node
  while (ts.isNonNullExpression(at)) at = at.expression
  return ts.isOptionalChain(at)
}

/** An opening parenthesis; after a line without a semicolon it would call that line's value, so it gets a semicolon before it. */
export function parenthesis({ ts, file }: LowerContext, at: ts.Node): string {
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
