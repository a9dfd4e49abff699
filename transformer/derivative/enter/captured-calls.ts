/**
 * The call of which a function captures variables, so that two functions of one text are known to be the same or not.
 * It must not know statements.
 */
import type ts from 'typescript'
import { walk } from '../../syntax/walk.ts'
import type { Activation, Enter, FunctionNode, KnownFunction } from './context.ts'
import { knownFunction } from './names.ts'
import { isInside, visibleCalls } from './scopes.ts'

/** The innermost call of which a function reads a variable or `this`, by itself or through functions that it names. */
export function capturedCall(enter: Enter, { node, around }: KnownFunction): Activation | undefined {
  const read = new Set<ts.Declaration>()
  const functions = new Set<FunctionNode>([node])
  let isOfThis = false
  for (const each of functions) {
    const { names, hasThis } = mentionedIn(enter, each)
    isOfThis ||= hasThis
    for (const symbol of names) {
      const called = knownFunction(enter.ts, symbol)
      if (called) functions.add(called)
      else for (const declaration of symbol.declarations ?? []) read.add(declaration)
    }
  }
  const outside = [...read].filter(each => ![...functions].some(f => isInside(each, f)))
  const isRead = (call: Activation) => outside.some(each => isInside(each, call.node))
  return [...visibleCalls(around)].find(each => isRead(each) || (isOfThis && each.self !== undefined))
}

function mentionedIn({ ts, checker }: Enter, node: FunctionNode) {
  const names = new Set<ts.Symbol>()
  let hasThis = false
  walk(ts, node, each => {
    if (ts.isTypeNode(each)) return 'skip'
    if (each.kind === ts.SyntaxKind.ThisKeyword) hasThis = true
    if (!ts.isIdentifier(each)) return undefined
    const isShorthand = ts.isShorthandPropertyAssignment(each.parent)
    const symbol = isShorthand
      ? checker.getShorthandAssignmentValueSymbol(each.parent)
      : checker.getSymbolAtLocation(each)
    if (symbol) names.add(symbol)
    return undefined
  })
  return { names, hasThis }
}
