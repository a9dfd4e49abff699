/**
 * Comparators of sorts as texts: an expression of two elements, or one behind each `if`, which JavaScript evaluates as often as it likes.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { Template, Variable } from '../structured.ts'
import { type Enter, inner, isFunction, refused } from './context.ts'
import { isComparison, ruleOf } from './operators.ts'
import { visibleCalls } from './scopes.ts'
import { isOfLibrary } from './types.ts'

/** As a Float64Array sorts by itself: NaN last, and -0 before 0. */
const own = (a: Template, b: Template): Template => [
  ...['Number.isNaN(', ...a, ') ? (Number.isNaN(', ...b, ') ? 0 : 1) : Number.isNaN(', ...b, ') ? -1 : '],
  ...[...a, ' - ', ...b, ' || 1 / ', ...a, ' - 1 / ', ...b],
]

/** The comparison of the elements `$i` and `$j` of an array. */
export function comparatorText(enter: Enter, comparator: ts.Expression | undefined, array: Variable): Template {
  const { ts, checker } = enter
  const elements: readonly Template[] = [
    [array, '[$i]'],
    [array, '[$j]'],
  ]
  if (!comparator) return own(elements[0]!, elements[1]!)
  const f = enter.value(comparator)
  if (!isFunction(f)) throw refused(comparator, 'this comparator')
  const parameters = new Map<ts.Symbol, Template>()
  const bind = (name: ts.BindingName, text: Template): void => {
    if (ts.isIdentifier(name)) return void parameters.set(checker.getSymbolAtLocation(name)!, text)
    name.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      const key = part.propertyName ?? part.name
      if (part.initializer || part.dotDotDotToken || (ts.isObjectBindingPattern(name) && !ts.isIdentifier(key)))
        throw tooMuch(part)
      bind(part.name, [...text, ts.isObjectBindingPattern(name) ? `.${(key as ts.Identifier).text}` : `[${i}]`])
    })
  }
  const tooMuch = (node: ts.Node) => refused(node, 'a comparator that is more than an expression of its arguments')
  f.node.parameters.forEach((each, i) => {
    if (i > 1 || each.initializer || each.dotDotDotToken) throw tooMuch(each)
    bind(each.name, elements[i]!)
  })

  const text = (written: ts.Expression): Template => {
    const node = inner(ts, written) as ts.Expression
    if (ts.isNumericLiteral(node)) return [node.getText().replaceAll('_', '')]
    if (ts.isIdentifier(node)) return named(node)
    if (ts.isPropertyAccessExpression(node) && !node.questionDotToken)
      return [...text(node.expression), `.${node.name.text}`]
    if (ts.isElementAccessExpression(node) && !node.questionDotToken)
      return [...text(node.expression), '[', ...text(node.argumentExpression), ']']
    if (ts.isPrefixUnaryExpression(node) && /^[-+!]/.test(node.getText()) && !/^(\+\+|--)/.test(node.getText()))
      return ['(', node.getText()[0]!, ' ', ...text(node.operand), ')']
    if (ts.isConditionalExpression(node))
      return ['(', ...text(node.condition), ' ? ', ...text(node.whenTrue), ' : ', ...text(node.whenFalse), ')']
    if (ts.isBinaryExpression(node)) return binary(node)
    return called(node)
  }
  const named = (node: ts.Identifier): Template => {
    const symbol = checker.getSymbolAtLocation(node)!
    const parameter = parameters.get(symbol)
    if (parameter) return parameter
    // one that was passed sees the variables of the call in which it was made
    const seen = [...visibleCalls(f.around)].find(({ bound }) => bound.has(symbol))
    const value = seen ? seen.bound.get(symbol) : enter.value(node)
    if (value === undefined || isFunction(value)) throw tooMuch(node)
    return [value]
  }
  const binary = (node: ts.BinaryExpression): Template => {
    const { left, right, operatorToken } = node
    const sign = operatorToken.getText()
    const isPlain =
      operatorToken.kind > ts.SyntaxKind.LastAssignment || operatorToken.kind < ts.SyntaxKind.FirstAssignment
    if (
      !isPlain ||
      !(ruleOf(ts, operatorToken.kind) || isComparison(ts, operatorToken.kind) || /^(\|\||&&|\?\?)$/.test(sign))
    )
      throw tooMuch(node)
    return ['(', ...text(left), ` ${sign} `, ...text(right), ')']
  }
  const called = (node: ts.Expression): Template => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) throw tooMuch(node)
    const { expression, name } = node.expression
    const isMath = ts.isIdentifier(expression) && expression.text === 'Math'
    if (!isMath || !isOfLibrary(checker.getSymbolAtLocation(expression))) throw tooMuch(node)
    const args = node.arguments.flatMap((each, i): Template => (i === 0 ? text(each) : [', ', ...text(each)]))
    return [`Math.${name.text}(`, ...args, ')']
  }

  /** Each way ends with a `return`. */
  const chosen = (statements: readonly ts.Statement[], at: ts.Node): Template => {
    const [first, ...rest] = statements
    if (first && ts.isBlock(first)) return chosen([...first.statements, ...rest], first)
    if (first && ts.isReturnStatement(first) && first.expression) return text(first.expression)
    if (!first || !ts.isIfStatement(first)) throw tooMuch(first ?? at)
    const otherwise = first.elseStatement ? [first.elseStatement] : rest
    const sides = [chosen([first.thenStatement], first), chosen(otherwise, at)] as const
    return ['(', ...text(first.expression), ' ? ', ...sides[0], ' : ', ...sides[1], ')']
  }
  const { body } = f.node
  return ts.isBlock(body) ? chosen(body.statements, body) : text(body)
}
