/**
 * Texts: no derivative passes through one, so none may hold a number that depends on the arguments, but for messages.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { type Atom, isVariable, type Template } from '../structured.ts'
import { asStored, type Enter, inner } from './context.ts'
import { isOfLibrary } from './types.ts'

const SHOWING = /^to(?:Fixed|Precision|Exponential|String|LocaleString)$/

/** A name that is no number, which would stand for an element of an array too. */
export const isPropertyText = (ts: TypeScript, name: ts.Node): name is ts.Identifier | ts.StringLiteral =>
  ts.isIdentifier(name) || (ts.isStringLiteral(name) && !/^\d/.test(name.text))

export function messagesOf(enter: Enter): Pick<Enter, 'textOf' | 'message'> {
  const { ts, checker } = enter

  const isText = (node: ts.Expression) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0
  const template = (node: ts.TemplateExpression, parts: readonly Template[]): Template => {
    const raw = (each: ts.TemplateLiteralLikeNode) => each.rawText ?? each.text
    const spans = node.templateSpans.flatMap(({ literal }, i): Template => ['${', ...parts[i]!, '}', raw(literal)])
    return ['`', raw(node.head), ...spans, '`']
  }
  const partsIn = (node: ts.TemplateExpression) => node.templateSpans.map(({ expression }) => expression)
  const spansOf = (node: ts.TemplateExpression): Atom[] => {
    const parts = partsIn(node)
    return enter.inOrder(parts).map((each, i) => asStored(each, parts[i]!))
  }
  /** Notes that a part of a text must not depend on the arguments. */
  const inactive = (atom: Atom, node: ts.Node): Atom => {
    if (isVariable(atom)) enter.oblige('text', atom, node)
    return atom
  }

  const textOf: Enter['textOf'] = node => {
    if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text)
    if (ts.isTemplateExpression(node))
      return enter.constant(
        ...template(
          node,
          spansOf(node).map(each => [inactive(each, node)]),
        ),
      )
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken || !isText(node))
      return undefined
    const parts = [node.left, node.right]
    const [a, b] = enter.inOrder(parts).map((each, i) => inactive(asStored(each, parts[i]!), node)) as [Atom, Atom]
    return enter.constant(a, ' + ', b)
  }
  /** `x.toFixed(2)`, `String(x)`: what is shown of a number. */
  const shownNumber = (node: ts.Expression): Template | undefined => {
    if (!ts.isCallExpression(node)) return undefined
    const { expression, arguments: args } = node
    if (ts.isIdentifier(expression) && expression.text === 'String' && args.length === 1)
      return isOfLibrary(checker.getSymbolAtLocation(expression)) ? ['String(', enter.atom(args[0]!), ')'] : undefined
    if (!ts.isPropertyAccessExpression(expression) || !SHOWING.test(expression.name.text)) return undefined
    if (!(checker.getTypeAtLocation(expression.expression).flags & ts.TypeFlags.NumberLike)) return undefined
    const [x, ...others] = enter.atoms([expression.expression, ...args])
    const given = others.flatMap((each, i): Template => (i === 0 ? [each] : [', ', each]))
    return [isVariable(x!) ? x : `(${x})`, `.${expression.name.text}(`, ...given, ')']
  }
  const message: Enter['message'] = written => {
    const node = inner(ts, written) as ts.Expression
    const isJoined = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && isText(node)
    if (isJoined) return [...message(node.left), ' + ', ...message(node.right)]
    if (!ts.isTemplateExpression(node)) return shownNumber(node) ?? [asStored(enter.value(node), node)]
    const parts = partsIn(node)
    const isShowing = parts.some(each => ts.isCallExpression(inner(ts, each)))
    return template(node, isShowing ? parts.map(message) : spansOf(node).map(each => [each]))
  }

  return { textOf, message }
}
