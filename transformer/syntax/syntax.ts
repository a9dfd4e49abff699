/**
 * Which syntax is an operator, and under which table key: the one list of operator tokens.
 * Purely syntactic; it must not know types, texts or hosts.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/** Table keys of the binary operators, which are also their tokens; `+=` and the like use the same keys. */
export const BINARY_KEYS = [
  ...['+', '-', '*', '/', '%', '**'],
  ...['&', '|', '^', '<<', '>>', '>>>'],
  ...['<', '>', '<=', '>='],
] as const

/** Table keys of the prefix operators, by token. */
export const UNARY_KEYS: Readonly<Record<string, string>> = { '-': 'unary -', '+': 'unary +', '~': '~' }

/** Functions of `Number` that a class may name, as it may any function of `Math`; the others take a text. */
const TESTS: ReadonlySet<string> = new Set(['isFinite', 'isInteger', 'isNaN', 'isSafeInteger'])

/** The table key of a function by its name: `Math.exp`, `Number.isNaN`. */
export const functionKey = (name: string): string => `${TESTS.has(name) ? 'Number' : 'Math'}.${name}`

/** Whether a table key is that of a function: of any of `Math`, or of one of those of `Number`. */
export const isFunctionKey = (key: string): boolean =>
  /^(?:Math|Number)\.\w+$/.test(key) && functionKey(key.slice(key.indexOf('.') + 1)) === key

/** All operators that are tokens, in the order in which messages list them. */
export const OPERATOR_KEYS: readonly string[] = [...BINARY_KEYS, ...Object.values(UNARY_KEYS)]

const binaryKeys: ReadonlySet<string> = new Set(BINARY_KEYS)

/** One operator of a file. */
export type Site =
  | { form: 'binary'; key: string; node: ts.BinaryExpression }
  | { form: 'assign'; key: string; node: ts.BinaryExpression }
  | { form: 'unary'; key: string; node: ts.PrefixUnaryExpression }
  | { form: 'step'; key: '++' | '--'; node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression }
  | { form: 'math'; key: string; name: string; node: ts.CallExpression }

/** The place of the operator's own characters, for diagnostics and source maps. */
export function operatorSpan(site: Site, file: ts.SourceFile): { start: number; end: number } {
  const { node } = site
  if (site.form === 'binary' || site.form === 'assign') {
    const { operatorToken } = site.node
    return { start: operatorToken.getStart(file), end: operatorToken.end }
  }
  if (site.form === 'math') return { start: node.getStart(file), end: site.node.expression.end }
  const width = site.form === 'step' ? 2 : 1
  if (!isPrefix(site.node)) return { start: node.end - width, end: node.end }
  return { start: node.getStart(file), end: node.getStart(file) + width }
}

/** The operands of an operator, from left to right. */
export function operandsOf(site: Site): readonly ts.Expression[] {
  switch (site.form) {
    case 'binary':
    case 'assign':
      return [site.node.left, site.node.right]
    case 'math':
      return site.node.arguments
    default:
      return [site.node.operand]
  }
}

/** Whether a step or sign precedes its operand. */
export function isPrefix(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean {
  return node.operand.end === node.end
}

/** The operator as it is written, for messages: `*`, `*=`, `-`, `++`, `Math.tanh`. */
export function operatorText(site: Site, file: ts.SourceFile): string {
  const { start, end } = operatorSpan(site, file)
  return file.text.slice(start, end)
}

/** What the walk over a file knows at a node. */
export interface SiteQuestions {
  /** Whether `Math` or `Number` is JavaScript's own. */
  isGlobal(id: ts.Identifier): boolean
  /** What is known of `onlyLiterals`. */
  readonly literals: Map<ts.Node, boolean>
}

/** The operator that `node` is, if it is one that a class could name. */
export function siteOf(ts: TypeScript, node: ts.Node, asked: SiteQuestions): Site | undefined {
  if (ts.isBinaryExpression(node)) return binarySite(ts, node, asked)
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unarySite(ts, node, asked)
  if (ts.isCallExpression(node)) return mathSite(ts, node, asked)
  return undefined
}

function binarySite(ts: TypeScript, node: ts.BinaryExpression, { literals }: SiteQuestions): Site | undefined {
  const token = ts.tokenToString(node.operatorToken.kind) ?? ''
  if (binaryKeys.has(token)) return onlyLiterals(ts, node, literals) ? undefined : { form: 'binary', key: token, node }
  const key = token.slice(0, -1)
  return token.endsWith('=') && binaryKeys.has(key) && !binaryKeys.has(token)
    ? { form: 'assign', key, node }
    : undefined
}

function unarySite(
  ts: TypeScript,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  { literals }: SiteQuestions,
): Site | undefined {
  const token = ts.tokenToString(node.operator) ?? ''
  if (token === '++' || token === '--') return { form: 'step', key: token, node }
  const key = UNARY_KEYS[token]
  return key && !onlyLiterals(ts, node.operand, literals)
    ? { form: 'unary', key, node: node as ts.PrefixUnaryExpression }
    : undefined
}

/** `Math.exp(…)` and `Number.isNaN(…)`, also as `Math?.exp`, `(Math)['exp']` and the like. Type arguments are left for TypeScript to refuse. */
function mathSite(ts: TypeScript, node: ts.CallExpression, { isGlobal, literals }: SiteQuestions): Site | undefined {
  if (node.typeArguments) return undefined
  const callee = asserted(ts, node.expression)
  const name = memberName(ts, callee)
  if (name === undefined) return undefined
  const object = asserted(ts, (callee as ts.PropertyAccessExpression).expression)
  if (!ts.isIdentifier(object)) return undefined
  const key = `${object.text}.${name}`
  if (functionKey(name) !== key || !isGlobal(object)) return undefined
  if (node.arguments.every(argument => onlyLiterals(ts, argument, literals))) return undefined
  return { form: 'math', key, name, node }
}

/** The name in `x.name` and `x['name']`. */
function memberName(ts: TypeScript, node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return ts.isIdentifier(node.name) ? node.name.text : undefined
  if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return undefined
  return /^\w+$/.test(node.argumentExpression.text) ? node.argumentExpression.text : undefined
}

/** The functions of Math that take any number of operands, and are the same two by two. */
const FOLDED: ReadonlySet<string> = new Set(['max', 'min', 'hypot'])

/** Whether a function of Math may take its operands two by two, from the left. */
export const isFolded = ({ name }: { readonly name: string }): boolean => FOLDED.has(name)

/**
 * Whether an expression consists of literals only, so that its operators are native. Each part is looked at once for all expressions
 * with the same `known`: a chain of 5,000 terms holds 5,000 of them.
 */
export function onlyLiterals(ts: TypeScript, node: ts.Expression, known = new Map<ts.Node, boolean>()): boolean {
  const passed: ts.Expression[] = []
  let answer: boolean | undefined
  for (let at = node; answer === undefined; ) {
    answer = known.get(at)
    if (answer !== undefined) break
    passed.push(at)
    if (ts.isParenthesizedExpression(at)) at = at.expression
    else if (ts.isPrefixUnaryExpression(at) && UNARY_KEYS[ts.tokenToString(at.operator) ?? '']) at = at.operand
    else if (ts.isBinaryExpression(at) && onlyLiterals(ts, at.right, known)) at = at.left
    else answer = ts.isNumericLiteral(at) || ts.isBigIntLiteral(at) || ts.isStringLiteralLike(at)
  }
  for (const each of passed) known.set(each, answer)
  return answer
}

/** The expression inside all its parentheses. */
export function unparenthesized(ts: TypeScript, node: ts.Expression): ts.Expression {
  let at = node
  while (ts.isParenthesizedExpression(at)) at = at.expression
  return at
}

/** The expression inside all its parentheses and non-null assertions. */
function asserted(ts: TypeScript, node: ts.Expression): ts.Expression {
  let at = node
  while (ts.isParenthesizedExpression(at) || ts.isNonNullExpression(at)) at = at.expression
  return at
}

/** Whether the value of an expression is unused, so that `x++` may become `x = x.add(1)`. */
export function isValueUnused(ts: TypeScript, node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isExpressionStatement(parent)) return true
  if (ts.isForStatement(parent)) return parent.initializer === node || parent.incrementor === node
  if (ts.isParenthesizedExpression(parent)) return isValueUnused(ts, parent)
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.CommaToken) return false
  return parent.left === node || isValueUnused(ts, parent)
}

/** The place of the character that follows, behind blanks and comments. */
export function afterBlank({ text }: ts.SourceFile, end: number): number {
  const blank = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y
  blank.lastIndex = end
  blank.exec(text)
  return blank.lastIndex
}

/** Whether a step is an `x++` whose value, the old `x`, is used. */
export function needsOldValue(ts: TypeScript, site: Site): boolean {
  return site.form === 'step' && !isPrefix(site.node) && !isValueUnused(ts, site.node)
}

/** The target that a compound assignment or a step changes, without its type assertions and parentheses. */
export function targetOf(ts: TypeScript, site: Site): ts.Expression | undefined {
  let target = writtenTarget(site)
  while (target && (ts.isParenthesizedExpression(target) || isAssertion(ts, target))) target = target.expression
  return target
}

/** The same with its type assertions, as `o.y!` or `(o.y as N)`, of which the operand's type is. */
export function writtenTarget(site: Site): ts.Expression | undefined {
  return site.form === 'assign' ? site.node.left : site.form === 'step' ? site.node.operand : undefined
}

type Assertion = ts.NonNullExpression | ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion

/** `x!`, `x as T`, `x satisfies T` and `<T>x`: the value of `x` under another type. */
function isAssertion(ts: TypeScript, node: ts.Expression): node is Assertion {
  return (
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
}

/**
 * Whether a target can be written twice, as in `x = x.add(a)`, without an observable second evaluation: a variable, or a property
 * of a variable, `this` or `super` under a fixed name or a variable's value. JavaScript, too, reads such a property and then sets it.
 */
export function isRepeatable(ts: TypeScript, target: ts.Expression): boolean {
  if (ts.isIdentifier(target)) return true
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return false
  const { expression, kind } = target
  if (
    kind === ts.SyntaxKind.ElementAccessExpression &&
    !isVariableOrLiteral(ts, (target as ts.ElementAccessExpression).argumentExpression)
  )
    return false
  return ts.isIdentifier(expression) || isThisOrSuper(ts, expression)
}

function isVariableOrLiteral(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)
}

function isThisOrSuper(ts: TypeScript, { kind }: ts.Expression): boolean {
  return kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword
}

/** Whether a target must be evaluated once, by the helper `place` at run time. */
export function needsPlace(ts: TypeScript, site: Site): boolean {
  const target = targetOf(ts, site)
  if (!target || ts.isIdentifier(target)) return false
  return !isRepeatable(ts, target) || needsOldValue(ts, site)
}
