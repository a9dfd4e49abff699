/**
 * Calls: what is called decides who enters it. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { memberOfConstant } from './constant-objects.ts'
import { DerivativeFault, type Enter, type EnteredValue, inner, isFunction } from './context.ts'
import { derivativeNamed, knownFunction } from './names.ts'
import { isMemberOfModule, symbolAt } from './package-names.ts'
import { kindOfType } from './types.ts'

export function callsOf(enter: Enter): Pick<Enter, 'call'> {
  const { ts, checker } = enter

  const call = (node: ts.CallExpression | ts.NewExpression): EnteredValue => {
    const found = enter.madeArray(node)
    if (found) return found
    if (ts.isNewExpression(node)) return enter.instance(node) ?? enter.runOnce(node)
    const derivative = enter.verbCall(node)
    if (derivative) return derivative
    const known = enter.packageCall(node)
    if (known) return known.value
    const math = enter.mathCall(node)
    if (math !== undefined) return math
    const { expression } = node
    if (isMemberOfModule(ts, checker, expression)) {
      const symbol = symbolAt(ts, checker, expression)
      const f =
        symbol && (knownFunction(ts, symbol) ? { node: knownFunction(ts, symbol)! } : derivativeNamed(enter, symbol))
      if (f) return enter.inline(f, enter.passed(node.arguments, node), node)
    }
    const member = memberOfConstant(enter, expression)
    if (member) return enter.inline(member, enter.passed(node.arguments, node), node)
    if (ts.isPropertyAccessExpression(expression)) {
      const method = enter.arrayMethod(node) ?? enter.methodCall(node)
      if (method) return method.value
      const type = checker.getTypeAtLocation(expression.expression)
      if (kindOfType(enter, type) === 'tracked')
        throw new DerivativeFault(catalogue.tracked, expression, expression.expression.getText())
      return enter.runOnce(node)
    }
    const callee = inner(ts, expression) as ts.Expression
    const isWritten = [ts.isIdentifier, ts.isCallExpression, ts.isArrowFunction, ts.isFunctionExpression]
    if (!isWritten.some(is => is(callee)))
      throw new DerivativeFault(catalogue.unknownBody, node, expression.getText().slice(0, 40))
    const own = ts.isIdentifier(callee) && !isOutside(callee) ? undefined : enter.ownDerivativeCall(node)
    if (own !== undefined) return own
    if (ts.isIdentifier(callee) && isOutside(callee)) return enter.runOnce(node)
    const f = enter.value(callee)
    if (!isFunction(f)) throw new DerivativeFault(catalogue.unknownBody, node, expression.getText())
    return enter.inline(f, enter.passed(node.arguments, node), node)
  }
  /** A function whose text is nowhere: of a library, or declared only. */
  const isOutside = (callee: ts.Identifier): boolean => {
    const named = checker.getSymbolAtLocation(callee)
    if (!named || enter.bound.has(named)) return false
    const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
    return knownFunction(ts, symbol) === undefined && derivativeNamed(enter, symbol) === undefined
  }

  return { call }
}
