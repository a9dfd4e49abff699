/**
 * Expressions as statements: each operation of numbers gets a variable of its own, in the order in which JavaScript evaluates.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Statements, type Variable } from '../structured.ts'
import { mayAssign } from './assignments.ts'
import { memberOfConstant, memberOfMath } from './constant-objects.ts'
import {
  asAtom,
  asReference,
  asStored,
  asVariable,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isAbsent,
  isFunction,
  isReference,
  kindIn,
  refused,
} from './context.ts'
import { nameValue } from './names.ts'
import { bitSignOf, bitsOf, equalityOf, isComparison, ruleOf } from './operators.ts'
import { comparable } from './outer-types.ts'
import { functionHere } from './scopes.ts'
import { isPropertyText } from './texts.ts'
import { kindOfType } from './types.ts'

type Expressions = Pick<
  Enter,
  | 'value'
  | 'atom'
  | 'test'
  | 'array'
  | 'inOrder'
  | 'atoms'
  | 'shortcut'
  | 'chosen'
  | 'truthOf'
  | 'listOf'
  | 'requireNumbers'
>

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

  const chosen: Enter['chosen'] = (test, then, otherwise, node) => {
    if (test === 'true' || test === 'false') return asStored(test === 'true' ? then() : otherwise(), node)
    const found: EnteredValue[] = []
    const sides = [then, otherwise].map(work =>
      enter.block(() => {
        found.push(work())
      }),
    )
    const kinds = new Set(
      found
        .filter(each => !isAbsent(each))
        .map(each => {
          if (each === undefined || isFunction(each)) throw refused(node, 'a choice of functions')
          return kindIn(each)
        }),
    )
    if (kinds.size > 1) throw refused(node, 'a choice between a number and an array')
    const target = enter.changing('chosen', [...kinds][0] ?? 'scalar')
    const [whenTrue, whenFalse] = sides.map(
      (side, i): Statements => [...side, { k: 'set', target, from: found[i] as Atom }],
    ) as [Statements, Statements]
    enter.emit({ k: 'if', test, whenTrue, whenFalse })
    return target
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
    if (isComparison(ts, operator)) return compared(node)
    const [a, b] = atoms([left, right]) as [Atom, Atom]
    const rule = ruleOf(ts, operator)
    if (rule !== undefined) {
      requireNumbers(node, [left, right])
      return operation(rule, [a, b])
    }
    if (!bitSignOf(ts, operator)) throw refused(node, `the operator \`${sign}\``)
    return bitsOf(enter, sign, [a, b], [left, right])
  }

  /** Arrays and records are compared with null and undefined, and with each other. */
  const compared = ({ left, right, operatorToken }: ts.BinaryExpression): Atom => {
    const [a, b] = inOrder([left, right]).map((each, i) => asStored(each, [left, right][i]!)) as [Atom, Atom]
    const isEquality = /^[!=]==?$/.test(operatorToken.getText())
    if (!isEquality || (kindIn(a) !== kindIn(b) && !isAbsent(a) && !isAbsent(b))) {
      asAtom(a, left)
      asAtom(b, right)
    }
    return (
      equalityOf(a, operatorToken.getText(), b) ??
      constant(asVariable(enter, comparable(a)), ` ${operatorToken.getText()} `, comparable(b))
    )
  }

  const requireNumbers = (node: ts.Node, operands: readonly ts.Expression[]) => {
    const type = checker.getTypeAtLocation(node)
    if (!(type.flags & ts.TypeFlags.NumberLike)) throw new DerivativeFault(catalogue.becomesText, node)
    for (const each of operands)
      if (checker.getTypeAtLocation(each).flags & ts.TypeFlags.StringLike)
        throw new DerivativeFault(catalogue.becomesText, each)
  }

  const shortcut: Enter['shortcut'] = (sign, first, second, node) => {
    const kept = enter.settled(asStored(first, node))
    const test = sign === '??' ? constant(asVariable(enter, kept), ' != null') : truthOf(kept)
    return sign === '&&' ? chosen(test, second, () => kept, node) : chosen(test, () => kept, second, node)
  }

  /** An array is true, and null is not. */
  const truthOf = (value: Atom): Atom => {
    if (isReference(value)) return constant(value, ' != null')
    return value === 'true' || value === 'false' ? value : asVariable(enter, value)
  }

  const test = (written: ts.Expression): Atom => {
    const node = inner(ts, written) as ts.Expression
    const isOfReferences = (each: ts.Expression) => kindOfType(enter, checker.getTypeAtLocation(each)) === 'reference'
    if (ts.isBinaryExpression(node) && (isOfReferences(node.left) || isOfReferences(node.right))) {
      const { operatorToken, left, right } = node
      const [both, either] = [Kind.AmpersandAmpersandToken, Kind.BarBarToken].map(each => each === operatorToken.kind)
      if (both)
        return chosen(
          test(left),
          () => test(right),
          () => 'false',
          node,
        )
      if (either)
        return chosen(
          test(left),
          () => 'true',
          () => test(right),
          node,
        )
    }
    return truthOf(asStored(enter.value(node), node))
  }

  const unary = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): EnteredValue => {
    const { operand, operator } = node
    if (operator === Kind.PlusPlusToken || operator === Kind.MinusMinusToken) return enter.stepped(node)
    if (operator === Kind.ExclamationToken) return constant('!', enter.test(operand))
    const atom = enter.atom(operand)
    requireNumbers(node, [operand])
    if (operator === Kind.PlusToken)
      return checker.getTypeAtLocation(operand).flags & ts.TypeFlags.NumberLike ? atom : constant('+', atom)
    if (operator === Kind.MinusToken) return isVariable(atom) ? operation('neg', [atom]) : negated(atom)
    if (isVariable(atom)) enter.oblige('rounded', atom, operand)
    return constant('~', atom)
  }
  const negated = (text: string) => (/^[\d.]+$/.test(text) ? `-${text}` : operation('neg', [text]))

  const conditional = (node: ts.ConditionalExpression): EnteredValue => {
    if (kindOfType(enter, checker.getTypeAtLocation(node)) === 'function') return chosenFunction(node)
    const sides = [() => enter.value(node.whenTrue), () => enter.value(node.whenFalse)] as const
    return chosen(enter.test(node.condition), ...sides, node)
  }

  /** Both are known, and each call asks which one is meant. */
  const chosenFunction = (node: ts.ConditionalExpression): EnteredValue => {
    const test = enter.settled(enter.test(node.condition))
    const found: EnteredValue[] = []
    const work = enter.block(() => {
      found.push(enter.value(node.whenTrue), enter.value(node.whenFalse))
    })
    const [f, other] = found
    if (!isFunction(f) || !isFunction(other) || f.otherwise || work.length > 0)
      throw refused(node, 'this choice of functions')
    return { ...f, otherwise: { test, f: other } }
  }

  // ---- literals

  const listOf = (nodes: readonly ts.Expression[]): Variable => {
    const target = enter.reference('list')
    enter.emit({ k: 'make', target, of: 'array' })
    for (const each of nodes) {
      if (ts.isOmittedExpression(each)) throw refused(each.parent, 'an array with holes')
      if (ts.isSpreadElement(each)) {
        const iterated = enter.iterated(each.expression)
        const { array, kind } = iterated
        const push = (found: Variable, index: Variable) =>
          void enter.emit({ k: 'push', to: target, from: enter.visited(iterated, found, index) })
        enter.each(array, kind, push)
      } else enter.emit({ k: 'push', to: target, from: asStored(enter.value(each), each) })
    }
    return target
  }
  const objectLiteral = (node: ts.ObjectLiteralExpression): Variable => {
    const target = enter.reference('record')
    enter.emit({ k: 'make', target, of: 'record' })
    for (const each of node.properties) {
      if (ts.isSpreadAssignment(each)) {
        // what a later property takes the place of
        const later = node.properties.slice(node.properties.indexOf(each) + 1)
        const without = new Set(later.flatMap(({ name }) => (name && isPropertyText(ts, name) ? name.text : [])))
        const from = asReference(enter.value(each.expression), each)
        enter.copyProperties(target, from, checker.getTypeAtLocation(each.expression), without, each)
        continue
      }
      if (!ts.isPropertyAssignment(each) && !ts.isShorthandPropertyAssignment(each))
        throw refused(each, 'a method or an accessor')
      const { name } = each
      if (!isPropertyText(ts, name)) throw refused(name, 'a property whose name is neither an identifier nor a text')
      const value = ts.isPropertyAssignment(each)
        ? enter.value(each.initializer)
        : nameValue(enter, each.name, checker.getShorthandAssignmentValueSymbol(each))
      enter.emit({ k: 'store', to: target, key: JSON.stringify(name.text), from: asStored(value, each) })
    }
    return target
  }

  const value = (written: ts.Expression): EnteredValue => {
    const node = inner(ts, written) as ts.Expression
    if (enter.found.has(node)) return enter.found.get(node)
    const text = enter.textOf(node)
    if (text !== undefined) return text
    const chain = enter.optionalChain(node)
    if (chain) return chain.value
    if (ts.isNumericLiteral(node)) return node.getText().replaceAll('_', '')
    if (node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword || node.kind === Kind.NullKeyword)
      return node.getText()
    if (node.kind === Kind.ThisKeyword) return enter.self(node)
    if (ts.isIdentifier(node))
      return memberOfMath(enter, node) ?? nameValue(enter, node, checker.getSymbolAtLocation(node))
    if (ts.isBinaryExpression(node)) return binary(node)
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(node)
    if (ts.isConditionalExpression(node)) return conditional(node)
    const f = memberOfConstant(enter, node)
    if (f) return f
    if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return enter.access(node)
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return enter.call(node)
    if (ts.isArrayLiteralExpression(node)) return listOf(node.elements)
    if (ts.isObjectLiteralExpression(node)) return objectLiteral(node)
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return functionHere(enter, node)
    if (ts.isVoidExpression(node)) {
      enter.value(node.expression)
      return 'undefined'
    }
    if (ts.isTypeOfExpression(node))
      return constant('typeof ', asVariable(enter, asStored(enter.value(node.expression), node)))
    throw refused(node, `\`${node.getText().slice(0, 30)}\``)
  }

  return {
    value,
    atom: node => asAtom(enter.value(node), node),
    test,
    array: node => asReference(enter.value(node), node),
    inOrder,
    atoms,
    shortcut,
    chosen,
    truthOf,
    listOf,
    requireNumbers,
  }
}
