/**
 * Receivers: what stands before an inserted dot, in parentheses where it would parse differently without. It must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Emit } from '../syntax/rewrite.ts'
import type { Span } from '../text/text.ts'
import type { Writer } from '../text/writer.ts'
import { isOfSeveralLines, writeComments } from './comments.ts'
import type { LowerContext } from './context.ts'

/** Opens a parenthesis where a dot cannot follow the operand. */
export function openReceiver(context: LowerContext, operand: ts.Expression, writer: Writer): void {
  if (needsParentheses(context, operand)) writer.insert('(', operand.getStart(context.file))
}

export function closeReceiver(context: LowerContext, operand: ts.Expression, writer: Writer): void {
  if (needsParentheses(context, operand)) writer.insert(')', operand.end)
}

/**
 * Writes a receiver behind comments; in front of those of several lines, which would end the statement after `return`. Parentheses do
 * not help there: TypeScript takes them away around a type assertion.
 */
export function writeReceiver(
  context: LowerContext,
  operand: ts.Expression,
  comments: readonly Span[],
  writer: Writer,
  emit: Emit,
): void {
  const { file } = context
  const isBehind = isOfSeveralLines(file, comments)
  if (!isBehind) writeComments(file, comments, writer)
  openReceiver(context, operand, writer)
  emit(operand)
  closeReceiver(context, operand, writer)
  if (!isBehind) return
  writer.insert(' ', operand.end)
  writeComments(file, comments, writer)
}

function needsParentheses({ ts, file, becomesCall }: LowerContext, operand: ts.Expression): boolean {
  // At the start of a statement, of an arrow body or of `export default` these would parse as something else.
  if (/^(?:[{@]|function\b|class\b|async\b|let\b)/.test(operand.getText(file))) return true
  if (becomesCall(operand)) return false
  if (ts.isNewExpression(operand)) return operand.arguments === undefined
  // without them `o?.a.mul(2)` would skip the call when `o` is null
  if (ts.isOptionalChain(operand) || ts.isNonNullExpression(operand)) return endsOptionalChain(ts, operand)
  return !ts.isLeftHandSideExpression(operand) || takesNoDot(ts, operand)
}

/** `1.abs()`, `f<T>.abs()` and `<b/>.abs()` do not parse. */
function takesNoDot(ts: TypeScript, node: ts.Expression): boolean {
  return (
    ts.isNumericLiteral(node) ||
    ts.isExpressionWithTypeArguments(node) ||
    ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node) ||
    ts.isJsxFragment(node)
  )
}

function endsOptionalChain(ts: TypeScript, node: ts.Expression): boolean {
  let at: ts.Expression = node
  while (ts.isNonNullExpression(at)) at = at.expression
  return ts.isOptionalChain(at)
}
