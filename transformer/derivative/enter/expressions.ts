/**
 * Expressions as statements: each operation of numbers gets a variable of its own, in the order in which JavaScript evaluates.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { mayAssign } from './assignments.ts'
import {
  asAtom,
  asReference,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isFunction,
  kindIn,
  refused,
} from './context.ts'
import { nameValue } from './names.ts'
import { isComparison, isOfBits, ruleOf } from './operators.ts'

type Expressions = Pick<Enter, 'value' | 'atom' | 'array' | 'inOrder' | 'atoms' | 'shortcut' | 'requireNumbers'>

export function expressionsOf(enter: Enter): Expressions {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts
  const { constant, operation } = enter

  const inOrder = (nodes: readonly ts.Expression[]): EnteredValue[] =>
    nodes.map((node, i) => {
      const value = enter.value(node)
      const isAtRisk = value !== undefined && !isFunction(value) && isVariable(value) && !value.isFixed
      return isAtRisk && nodes.slice(i + 1).some(later => mayAssign(enter, later)) ? enter.copied(value) : value
    })
  const atoms = (nodes: readonly ts.Expression[]): Atom[] => {
    const values = inOrder(nodes)
    return nodes.map((node, i) => asAtom(values[i], node))
  }

  /** One of two values, by a test. */
  const chosen = (test: Atom, then: () => EnteredValue, otherwise: () => EnteredValue, node: ts.Node): Atom => {
    let target: Variable | undefined
    const side = (work: () => EnteredValue) =>
      enter.block(() => {
        const value = work()
        if (value === undefined || isFunction(value)) throw refused(node, 'a choice of functions')
        target ??= enter.changing('chosen', kindIn(value))
        if (target.kind !== kindIn(value)) throw refused(node, 'a choice between a number and an array')
        enter.set(target, value)
      })
    const sides = { whenTrue: side(then), whenFalse: side(otherwise) }
    enter.emit({ k: 'if', test, ...sides })
    return target!
  }

  // ---- operators

  const binary = (node: ts.BinaryExpression): EnteredValue => {
    const { left, right, operatorToken } = node
    const operator = operatorToken.kind
    if (operator >= Kind.FirstAssignment && operator <= Kind.LastAssignment) return enter.assignment(node)
    if (operator === Kind.CommaToken) {
      enter.value(left)
      return enter.value(right)
    }
    const sign = operatorToken.getText()
    if (/^(&&|\|\||\?\?)$/.test(sign)) return shortcut(sign, enter.value(left), () => enter.value(right), node)
    const [a, b] = atoms([left, right]) as [Atom, Atom]
    const rule = ruleOf(ts, operator)
    if (rule !== undefined) {
      requireNumbers(node, [left, right])
      return operation(rule, [a, b])
    }
    if (isComparison(ts, operator)) return constant(a, ` ${sign} `, b)
    if (!isOfBits(ts, operator)) throw refused(node, `the operator \`${sign}\``)
    for (const [atom, part] of [
      [a, left],
      [b, right],
    ] as const)
      if (isVariable(atom)) enter.obligations.push({ kind: 'rounded', about: atom, node: part })
    return constant(a, ` ${sign} `, b)
  }

  const requireNumbers = (node: ts.Node, operands: readonly ts.Expression[]) => {
    const type = checker.getTypeAtLocation(node)
    if (!(type.flags & ts.TypeFlags.NumberLike)) throw new DerivativeFault(catalogue.becomesText, node)
    for (const each of operands)
      if (checker.getTypeAtLocation(each).flags & ts.TypeFlags.StringLike)
        throw new DerivativeFault(catalogue.becomesText, each)
  }

  const shortcut: Enter['shortcut'] = (sign, first, second, node) => {
    const kept = enter.settled(asAtom(first, node))
    const test = sign === '??' ? constant(kept, ' != null') : kept
    return sign === '&&' ? chosen(test, second, () => kept, node) : chosen(test, () => kept, second, node)
  }

  const unary = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): EnteredValue => {
    const { operand, operator } = node
    if (operator === Kind.PlusPlusToken || operator === Kind.MinusMinusToken) return enter.stepped(node)
    const atom = enter.atom(operand)
    if (operator === Kind.ExclamationToken) return constant('!', atom)
    requireNumbers(node, [operand])
    if (operator === Kind.PlusToken)
      return checker.getTypeAtLocation(operand).flags & ts.TypeFlags.NumberLike ? atom : constant('+', atom)
    if (operator === Kind.MinusToken) return isVariable(atom) ? operation('neg', [atom]) : negated(atom)
    if (isVariable(atom)) enter.obligations.push({ kind: 'rounded', about: atom, node: operand })
    return constant('~', atom)
  }
  const negated = (text: string) => (/^[\d.]+$/.test(text) ? `-${text}` : operation('neg', [text]))

  const conditional = (node: ts.ConditionalExpression): EnteredValue => {
    const sides = [() => enter.value(node.whenTrue), () => enter.value(node.whenFalse)] as const
    return chosen(enter.atom(node.condition), ...sides, node)
  }

  // ---- literals

  const arrayLiteral = (node: ts.ArrayLiteralExpression): Variable => {
    const target = enter.reference('list')
    enter.emit({ k: 'make', target, of: 'array' })
    for (const each of node.elements) {
      if (ts.isOmittedExpression(each)) throw refused(node, 'an array with holes')
      if (ts.isSpreadElement(each)) {
        const [array, kind] = enter.iterated(each.expression)
        enter.each(array, kind, element => void enter.emit({ k: 'push', to: target, from: element }))
      } else enter.emit({ k: 'push', to: target, from: asStored(enter.value(each), each) })
    }
    return target
  }
  const objectLiteral = (node: ts.ObjectLiteralExpression): Variable => {
    const target = enter.reference('record')
    enter.emit({ k: 'make', target, of: 'record' })
    for (const each of node.properties) {
      if (ts.isSpreadAssignment(each)) {
        enter.spreadInto(target, each)
        continue
      }
      if (!ts.isPropertyAssignment(each) && !ts.isShorthandPropertyAssignment(each))
        throw refused(each, 'a method or an accessor')
      if (!ts.isIdentifier(each.name)) throw refused(each.name, 'a property whose name is no identifier')
      const value = ts.isPropertyAssignment(each)
        ? enter.value(each.initializer)
        : nameValue(enter, each.name, checker.getShorthandAssignmentValueSymbol(each))
      enter.emit({ k: 'store', to: target, key: JSON.stringify(each.name.text), from: asStored(value, each) })
    }
    return target
  }

  const value = (written: ts.Expression): EnteredValue => {
    const node = inner(ts, written) as ts.Expression
    if (ts.isNumericLiteral(node)) return node.getText().replaceAll('_', '')
    if (node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword || node.kind === Kind.NullKeyword)
      return node.getText()
    if (ts.isIdentifier(node)) return nameValue(enter, node, checker.getSymbolAtLocation(node))
    if (ts.isBinaryExpression(node)) return binary(node)
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(node)
    if (ts.isConditionalExpression(node)) return conditional(node)
    if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return enter.access(node)
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return enter.call(node)
    if (ts.isArrayLiteralExpression(node)) return arrayLiteral(node)
    if (ts.isObjectLiteralExpression(node)) return objectLiteral(node)
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { node }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
      throw new DerivativeFault(catalogue.becomesText, node)
    throw refused(node, `\`${node.getText().slice(0, 30)}\``)
  }

  return {
    value,
    atom: node => asAtom(enter.value(node), node),
    array: node => asReference(enter.value(node), node),
    inOrder,
    atoms,
    shortcut,
    requireNumbers,
  }
}
