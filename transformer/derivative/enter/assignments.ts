/**
 * Assignments of every form: the target's object and key are evaluated once, before the value.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { throwIf } from './arrays.ts'
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
import { bitSignOf, bitsOf, ruleOf } from './operators.ts'
import { mayBeWholeNumbers, objectTypeOf } from './types.ts'

export function assignmentsOf(enter: Enter): Pick<Enter, 'assignment' | 'stepped' | 'placeOf'> {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts

  const placeOf: Enter['placeOf'] = written => {
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
    if (ts.isPropertyAccessExpression(target) && target.name.text === 'length') return lengthOf(target)
    const [object, key] = enter.objectAndKey(target)
    const to = enter.settled(object)
    return {
      read: () => enter.member(to, key, target),
      write(from) {
        enter.oblige('written', to, target)
        if (isVariable(from) && mayBeWholeNumbers(objectTypeOf(checker, target.expression)))
          enter.oblige('rounded', from, target)
        enter.emit({ k: 'store', to, key, from })
      },
    }
  }
  /** What is longer would have holes. */
  const lengthOf = (target: ts.PropertyAccessExpression) => {
    const type = objectTypeOf(checker, target.expression)
    if (!checker.isArrayType(type)) throw refused(target, "the property 'length'")
    const array = enter.settled(enter.array(target.expression))
    return {
      read: () => enter.constant(array, '.length'),
      write(to: Atom) {
        enter.oblige('written', array, target)
        const error =
          "new RangeError('a length that is assigned may only be smaller, where a gradient is compiled: use fill or push')"
        throwIf(enter, enter.constant(array, '.length < ', to), error)
        enter.emit({ k: 'shrink', of: array, to })
      },
    }
  }
  const changingVariable = (name: ts.Identifier): Variable => {
    const symbol = ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : checker.getSymbolAtLocation(name)
    const bound = symbol && enter.bound.get(symbol)
    if (bound === undefined || isFunction(bound) || !isVariable(bound) || bound.isFixed)
      throw new DerivativeFault(catalogue.outerAssigned, name, name.text)
    return bound
  }

  const simple = (left: ts.Expression, right: ts.Expression): EnteredValue => {
    if (ts.isArrayLiteralExpression(left) && isPairwise(left, right)) return swap(left, right)
    if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) {
      const value = enter.value(right)
      enter.assignParts(left, value)
      return value
    }
    const target = inner(ts, left)
    if (ts.isIdentifier(target)) {
      const { kind } = changingVariable(target)
      if (kind === 'reference' && isForAllThatFollows(enter, target, left.parent)) return anew(target, right)
    }
    // JavaScript evaluates the target's object and key first
    const place = placeOf(left)
    const from = enter.settled(asStored(enter.value(right), right))
    place.write(from)
    return from
  }
  /** A variable of its own for the new array, so that what is written into it is not written into the old one. */
  const anew = (name: ts.Identifier, right: ts.Expression): Atom => {
    const from = enter.settled(asStored(enter.value(right), right))
    const variable = enter.changing(name.text, isAbsent(from) ? 'reference' : kindIn(from))
    if (variable.kind !== 'reference') throw refused(name, 'a variable that holds now a number, now an array')
    enter.set(variable, from)
    enter.bound.set(checker.getSymbolAtLocation(name)!, variable)
    return from
  }
  const isPairwise = (left: ts.ArrayLiteralExpression, right: ts.Expression): right is ts.ArrayLiteralExpression =>
    ts.isArrayLiteralExpression(right) &&
    right.elements.length === left.elements.length &&
    ![...left.elements, ...right.elements].some(
      each =>
        ts.isSpreadElement(each) ||
        ts.isOmittedExpression(each) ||
        (ts.isBinaryExpression(each) && each.operatorToken.kind === Kind.EqualsToken),
    )
  /** `[a, b] = [b, a]`: all values first. */
  const swap = (left: ts.ArrayLiteralExpression, { elements }: ts.ArrayLiteralExpression): EnteredValue => {
    const found = enter.inOrder(elements).map((each, i) => {
      const value = asStored(each, elements[i]!)
      return isVariable(value) ? enter.copied(value) : value
    })
    for (const [i, target] of left.elements.entries()) enter.assignParts(target, found[i]!)
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
    const bits = bitSignOf(ts, operatorToken.kind)
    if (!sign && !rule && !bits) throw refused(node, `the operator \`${operatorToken.getText()}\``)
    const written = (value: EnteredValue) => {
      const from = enter.settled(asStored(value, node))
      place.write(from)
      return from
    }
    // what is there may stay, and then nothing is written: a write behind the end would let an array grow
    if (sign) return enter.shortcut(sign, old, () => written(enter.value(right)), node)
    if (rule) enter.requireNumbers(node, [left, right])
    const operands = [asAtom(old, left), enter.atom(right)] as const
    return written(rule ? enter.operation(rule, operands) : bitsOf(enter, bits!, operands, [left, right]))
  }

  return {
    placeOf,
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

/** Whether an assignment always runs, once, in the body of the function that declares the name, and no function inside of it knows the name. */
function isForAllThatFollows({ ts, checker, activations }: Enter, name: ts.Identifier, node: ts.Node): boolean {
  const body = activations.at(-1)?.node.body
  if (!body || !ts.isExpressionStatement(node.parent) || node.parent.parent !== body) return false
  const symbol = checker.getSymbolAtLocation(name)
  const declared = symbol?.valueDeclaration
  const isOwn =
    declared && (ts.isParameter(declared) ? declared.parent === body.parent : declared.parent?.parent?.parent === body)
  if (!isOwn) return false
  let isShared = false
  walk(ts, body.parent, each => {
    if (isShared || (each !== body.parent && ts.isFunctionLike(each))) {
      isShared ||= mentions({ ts, checker }, each, symbol!)
      return 'skip'
    }
    return undefined
  })
  return !isShared
}

function mentions({ ts, checker }: Pick<Enter, 'ts' | 'checker'>, root: ts.Node, symbol: ts.Symbol): boolean {
  let found = false
  walk(ts, root, each => {
    if (
      ts.isIdentifier(each) &&
      each.text === symbol.name &&
      symbol.valueDeclaration === symbolOf(each)?.valueDeclaration
    )
      found = true
    return found ? 'skip' : undefined
  })
  return found
  function symbolOf(each: ts.Identifier) {
    const isShort = ts.isShorthandPropertyAssignment(each.parent)
    return isShort ? checker.getShorthandAssignmentValueSymbol(each.parent) : checker.getSymbolAtLocation(each)
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
