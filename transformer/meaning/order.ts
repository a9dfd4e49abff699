/**
 * When a call of the right operand's method keeps JavaScript's order of evaluation, and when it has to be decided at run time.
 * It must not know how calls are written.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { onlyLiterals, operandsOf, type Site, unparenthesized } from '../syntax/syntax.ts'
import type { Resolution } from './meaning.ts'

/** A reflected call evaluates the right operand first. Where a program could observe that, a helper at run time keeps the order. */
export function isDispatched(ts: TypeScript, site: Site, resolution: Resolution): boolean {
  if (resolution.kind === 'fold') return !resolution.calls || !mayWait(ts, site)
  if (resolution.kind !== 'reflected') return resolution.kind === 'dispatch'
  if (site.form === 'assign') return true
  const [left, right] = site.form === 'math' ? site.node.arguments : operands(site)
  return !mayReverse(ts, left!, right!)
}

/** Whether a program cannot observe that the right operand is evaluated first. */
export function mayReverse(ts: TypeScript, left: ts.Expression, right: ts.Expression): boolean {
  return onlyLiterals(ts, left) || (isFixed(ts, left) && isPlainRead(ts, right))
}

/** Whether a program cannot observe that the third operand and those after it are evaluated behind a call. */
function mayWait(ts: TypeScript, site: Site): boolean {
  return operandsOf(site)
    .slice(2)
    .every(operand => onlyLiterals(ts, operand) || isPlainRead(ts, operand))
}

function operands(site: Site): [ts.Expression, ts.Expression] {
  const { left, right } = site.node as ts.BinaryExpression
  return [left, right]
}

/** A variable: reading it has no side effect, and no other read changes it. */
function isFixed(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isIdentifier(unparenthesized(ts, node))
}
function isPlainRead(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unparenthesized(ts, node)
  return ts.isIdentifier(inner) || inner.kind === ts.SyntaxKind.ThisKeyword
}
