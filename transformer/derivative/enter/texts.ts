/**
 * Texts: no derivative passes through one, so none may hold a number that depends on the arguments, but for messages.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { type Atom, isVariable, type Template } from '../structured.ts'
import { asStored, type Enter, inner } from './context.ts'

export function messagesOf(enter: Enter): Pick<Enter, 'textOf' | 'message'> {
  const { ts, checker } = enter

  const isText = (node: ts.Expression) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0
  const template = (node: ts.TemplateExpression, atoms: readonly Atom[]): Template => {
    const raw = (each: ts.TemplateLiteralLikeNode) => each.rawText ?? each.text
    const spans = node.templateSpans.flatMap(({ literal }, i): Template => ['${', atoms[i]!, '}', raw(literal)])
    return ['`', raw(node.head), ...spans, '`']
  }
  const spansOf = (node: ts.TemplateExpression): Atom[] => {
    const parts = node.templateSpans.map(({ expression }) => expression)
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
          spansOf(node).map(each => inactive(each, node)),
        ),
      )
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken || !isText(node))
      return undefined
    const parts = [node.left, node.right]
    const [a, b] = enter.inOrder(parts).map((each, i) => inactive(asStored(each, parts[i]!), node)) as [Atom, Atom]
    return enter.constant(a, ' + ', b)
  }
  const message: Enter['message'] = written => {
    const node = inner(ts, written) as ts.Expression
    const isJoined = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && isText(node)
    if (isJoined) return [...message(node.left), ' + ', ...message(node.right)]
    return ts.isTemplateExpression(node) ? template(node, spansOf(node)) : [asStored(enter.value(node), node)]
  }

  return { textOf, message }
}
