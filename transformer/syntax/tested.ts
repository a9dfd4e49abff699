/**
 * Where JavaScript asks a value only whether it is true.
 * Purely syntactic; it must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/** Whether an expression is a condition, or decides in one: of `if`, a loop, `?:`, `!`, `&&` or `||`. */
export function isTested(ts: TypeScript, node: ts.Expression): boolean {
  for (let at: ts.Node = node; ; at = at.parent) {
    const { parent } = at
    if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) continue
    if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
      return parent.expression === at
    if (ts.isForStatement(parent)) return parent.condition === at
    if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken
    if (ts.isConditionalExpression(parent)) {
      if (parent.condition === at) return true
      continue
    }
    if (!ts.isBinaryExpression(parent) || !decides(ts, parent)) return false
    if (parent.left === at) return true
  }
}

function decides(ts: TypeScript, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken
}
