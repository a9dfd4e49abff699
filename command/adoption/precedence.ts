/**
 * The precedence of expressions, and the least precedence that their context takes without parentheses.
 * It knows JavaScript's grammar only; it must not know which calls become operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'

const ASSIGNMENT = 2
const CONDITIONAL = 3
const RELATIONAL = 10
const EXPONENT = 14
const UNARY = 15
const UPDATE = 16
const MEMBER = 17

/** From the lowest precedence to the highest. Source: ECMAScript 2025, chapter 13; `as` and `satisfies` bind like `<`. */
const BINARY_LEVELS: readonly (readonly string[])[] = [
  [','],
  [],
  ['='],
  [],
  ['||', '??'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '===', '!=='],
  ['<', '>', '<=', '>=', 'in', 'instanceof'],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
]
const levels: ReadonlyMap<string, number> = new Map(
  BINARY_LEVELS.flatMap((tokens, level) => tokens.map(token => [token, level] as const)),
)

/** What replaces a call: an operator, or a function of Math. */
export type Spelling =
  | { readonly form: 'binary'; readonly key: string }
  | { readonly form: 'unary'; readonly key: string; readonly token: string }
  | { readonly form: 'math'; readonly key: string }

/** The precedence of a spelling. */
export function strengthOf(spelling: Spelling): number {
  if (spelling.form === 'binary') return levels.get(spelling.key)!
  return spelling.form === 'unary' ? UNARY : MEMBER
}

/** The precedence of an expression. */
export function strengthOfNode(ts: TypeScript, node: ts.Expression): number {
  // every compound assignment binds like `=`
  if (ts.isBinaryExpression(node)) return levels.get(ts.tokenToString(node.operatorToken.kind)!) ?? ASSIGNMENT
  if (ts.isArrowFunction(node) || ts.isYieldExpression(node)) return ASSIGNMENT
  if (ts.isConditionalExpression(node)) return CONDITIONAL
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return RELATIONAL
  if (isPrefixed(ts, node)) return UNARY
  return ts.isPostfixUnaryExpression(node) ? UPDATE : MEMBER
}

function isPrefixed(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isPrefixUnaryExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isTypeOfExpression(node) ||
    ts.isVoidExpression(node) ||
    ts.isDeleteExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
}

/** The least precedence of an operand without parentheses. `a ** b` takes no sign on its left, and groups from the right. */
export function leastOperand(key: string, side: 'left' | 'right'): number {
  const level = levels.get(key) ?? ASSIGNMENT
  if (level === EXPONENT) return side === 'left' ? UPDATE : EXPONENT
  if (level === ASSIGNMENT) return side === 'left' ? MEMBER : ASSIGNMENT
  return side === 'left' ? level : level + 1
}

/** The least precedence of a sign's operand without parentheses. */
export const LEAST_SIGNED = UNARY

/** The least precedence of an expression without parentheses in the place of `node`. */
export function leastAt(ts: TypeScript, node: ts.Expression): number {
  const { parent } = node
  if (ts.isBinaryExpression(parent))
    return leastOperand(ts.tokenToString(parent.operatorToken.kind)!, parent.left === node ? 'left' : 'right')
  if (isPrefixed(ts, parent)) return UNARY
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) return RELATIONAL
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? CONDITIONAL + 1 : ASSIGNMENT
  return isMember(ts, parent, node) ? MEMBER : 0
}

/** Whether a node is followed by a dot, a bracket, a parenthesis, a template or `!`, or follows `extends` or `@`. */
function isMember(ts: TypeScript, parent: ts.Node, node: ts.Expression): boolean {
  if (ts.isTaggedTemplateExpression(parent)) return parent.tag === node
  const holds =
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isCallExpression(parent) ||
    ts.isNewExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isExpressionWithTypeArguments(parent) ||
    ts.isDecorator(parent)
  return holds && parent.expression === node
}
