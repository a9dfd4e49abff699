/**
 * Assignments of every form: the target's object and key are evaluated once, before the value.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import {
  asAtom,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isAbsent,
  isFunction,
  kindIn,
  refused,
} from './context.ts'
import { ruleOf } from './operators.ts'

export function assignmentsOf(enter: Enter): Pick<Enter, 'assignment' | 'stepped'> {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts

  /** A target whose object and key are evaluated once. */
  const placeOf = (written: ts.Expression): { read(): Atom; write(value: Atom): void } => {
    const target = inner(ts, written) as ts.Expression
    if (ts.isIdentifier(target)) {
      const variable = changingVariable(target)
      return {
        read: () => variable,
        write: from => {
          if (kindIn(from) !== variable.kind && !isAbsent(from))
            throw refused(target, 'a variable that holds now a number, now an array')
          enter.set(variable, from)
        },
      }
    }
    if (!ts.isElementAccessExpression(target) && !ts.isPropertyAccessExpression(target))
      throw refused(target, 'this assignment')
    const [object, key] = enter.objectAndKey(target)
    const to = enter.settled(object)
    return {
      read: () => enter.member(to, key, target),
      write(from) {
        enter.obligations.push({ kind: 'written', about: to, node: target })
        enter.emit({ k: 'store', to, key, from })
      },
    }
  }
  const changingVariable = (name: ts.Identifier): Variable => {
    const symbol = checker.getSymbolAtLocation(name)
    const bound = symbol && enter.bound.get(symbol)
    if (bound === undefined || isFunction(bound) || !isVariable(bound) || bound.isFixed)
      throw new DerivativeFault(catalogue.outerAssigned, name, name.text)
    return bound
  }

  const simple = (left: ts.Expression, right: ts.Expression): EnteredValue => {
    if (ts.isArrayLiteralExpression(left)) return swap(left, right)
    if (ts.isObjectLiteralExpression(left)) throw refused(left, 'destructuring into existing variables by names')
    const target = inner(ts, left)
    if (ts.isIdentifier(target)) changingVariable(target)
    // JavaScript evaluates the target's object and key first
    const place = placeOf(left)
    const from = enter.settled(asStored(enter.value(right), right))
    place.write(from)
    return from
  }
  /** `[a, b] = [b, a]`: all values first. */
  const swap = (left: ts.ArrayLiteralExpression, right: ts.Expression): EnteredValue => {
    const values = inner(ts, right)
    if (!ts.isArrayLiteralExpression(values) || values.elements.length !== left.elements.length)
      throw refused(left, 'destructuring into existing variables, but for `[a, b] = [b, a]`,')
    if ([...left.elements, ...values.elements].some(each => ts.isSpreadElement(each) || ts.isOmittedExpression(each)))
      throw refused(left, 'destructuring with gaps or a rest')
    const found = enter.inOrder(values.elements).map((each, i) => {
      const value = asStored(each, values.elements[i]!)
      return isVariable(value) ? enter.copied(value) : value
    })
    for (const [i, target] of left.elements.entries()) placeOf(target).write(found[i]!)
    return undefined
  }
  const compound = (node: ts.BinaryExpression): EnteredValue => {
    const { left, right, operatorToken } = node
    const place = placeOf(left)
    const read = place.read()
    const old = isVariable(read) && !read.isFixed && mayAssign(enter, right) ? enter.copied(read) : read
    const signs = {
      [Kind.AmpersandAmpersandEqualsToken]: '&&',
      [Kind.BarBarEqualsToken]: '||',
      [Kind.QuestionQuestionEqualsToken]: '??',
    }
    const sign = signs[operatorToken.kind as keyof typeof signs]
    const rule = ruleOf(ts, operatorToken.kind)
    if (!sign && !rule) throw refused(node, `the operator \`${operatorToken.getText()}\``)
    if (rule) enter.requireNumbers(node, [left, right])
    const next = sign
      ? asStored(
          enter.shortcut(sign, old, () => enter.value(right), node),
          node,
        )
      : enter.operation(rule!, [asAtom(old, left), enter.atom(right)])
    place.write(next)
    return next
  }

  return {
    assignment: node => (node.operatorToken.kind === Kind.EqualsToken ? simple(node.left, node.right) : compound(node)),
    stepped(node) {
      const { read, write } = placeOf(node.operand)
      const old = read()
      const isPostfix = ts.isPostfixUnaryExpression(node)
      const before = isPostfix && isVariable(old) ? enter.copied(old) : old
      const next = enter.operation(node.operator === Kind.PlusPlusToken ? 'add' : 'sub', [old, '1'])
      write(next)
      return isPostfix ? before : next
    },
  }
}

/** Whether an expression may assign a variable: a call may, through the function's closure. */
export function mayAssign({ ts }: Enter, root: ts.Node): boolean {
  let found = false
  walk(ts, root, node => {
    if (ts.isCallExpression(node)) found = true
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    )
      found = true
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind
      if (node.operator === PlusPlusToken || node.operator === MinusMinusToken) found = true
    }
    return found ? 'skip' : undefined
  })
  return found
}
