/**
 * Expressions as statements: each operation of numbers gets a variable of its own, in the order in which JavaScript evaluates.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import {
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isArrayType,
  isFunction,
  isOfLibrary,
  isReference,
  kindOfType,
} from './context.ts'
import { nameValue } from './names.ts'

type Expressions = Pick<Enter, 'value' | 'atom' | 'array' | 'inOrder' | 'atoms' | 'copied' | 'elementKind'>

export function expressionsOf(enter: Enter): Expressions {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts
  const refused = (node: ts.Node, what: string) => new DerivativeFault(catalogue.notDerived, node, what)

  const arithmetic: Readonly<Record<number, string>> = {
    [Kind.PlusToken]: 'add',
    [Kind.MinusToken]: 'sub',
    [Kind.AsteriskToken]: 'mul',
    [Kind.SlashToken]: 'div',
    [Kind.PercentToken]: 'mod',
    [Kind.AsteriskAsteriskToken]: 'pow',
    [Kind.PlusEqualsToken]: 'add',
    [Kind.MinusEqualsToken]: 'sub',
    [Kind.AsteriskEqualsToken]: 'mul',
    [Kind.SlashEqualsToken]: 'div',
    [Kind.PercentEqualsToken]: 'mod',
    [Kind.AsteriskAsteriskEqualsToken]: 'pow',
  }
  const comparisons = new Set<ts.SyntaxKind>([
    ...[Kind.LessThanToken, Kind.GreaterThanToken, Kind.LessThanEqualsToken, Kind.GreaterThanEqualsToken],
    ...[Kind.EqualsEqualsEqualsToken, Kind.ExclamationEqualsEqualsToken],
    ...[Kind.EqualsEqualsToken, Kind.ExclamationEqualsToken],
  ])
  const bits = new Set<ts.SyntaxKind>([
    ...[Kind.AmpersandToken, Kind.BarToken, Kind.CaretToken],
    ...[Kind.LessThanLessThanToken, Kind.GreaterThanGreaterThanToken, Kind.GreaterThanGreaterThanGreaterThanToken],
  ])

  // ---- pieces

  const operation = (rule: string, operands: readonly Atom[], wanted = 't'): Variable => {
    const target = enter.scalar(wanted)
    enter.emit({ k: 'operation', target, rule, operands })
    return target
  }
  const constant = (...text: readonly Atom[]): Variable => {
    const target = enter.scalar('t')
    enter.emit({ k: 'constant', target, text })
    return target
  }
  const copied = (from: Atom): Variable => {
    const target = isReference(from) ? enter.reference(from.wanted) : enter.scalar(isVariable(from) ? from.wanted : 't')
    enter.emit({ k: 'set', target, from })
    return target
  }
  /** Expressions from left to right; a variable that a later one may assign is copied. */
  const inOrder = (nodes: readonly ts.Expression[]): EnteredValue[] =>
    nodes.map((node, i) => {
      const value = enter.value(node)
      const isAtRisk = value !== undefined && !isFunction(value) && isVariable(value) && !value.isFixed
      return isAtRisk && nodes.slice(i + 1).some(later => mayAssign(enter, later)) ? copied(value) : value
    })
  const atoms = (nodes: readonly ts.Expression[]): Atom[] => {
    const values = inOrder(nodes)
    return nodes.map((node, i) => asAtom(values[i], node))
  }
  const asAtom = (value: EnteredValue, node: ts.Node): Atom => {
    if (value === undefined || isFunction(value) || isReference(value))
      throw refused(node, 'this value where a number is needed')
    return value
  }
  const asArray = (value: EnteredValue, node: ts.Node): Variable => {
    if (value === undefined || !isReference(value))
      throw refused(node, 'this value where an array or a record is needed')
    return value
  }

  /** One of two values, by a test. */
  const chosen = (test: Atom, then: () => EnteredValue, otherwise: () => EnteredValue, node: ts.Node): Atom => {
    let target: Variable | undefined
    const side = (work: () => EnteredValue) =>
      enter.block(() => {
        const value = work()
        if (value === undefined || isFunction(value)) throw refused(node, 'a choice of functions')
        const kind = isReference(value) ? 'reference' : 'scalar'
        target ??= enter.changing('chosen', kind)
        if (target.kind !== kind) throw refused(node, 'a choice between a number and an array')
        enter.emit({ k: 'set', target, from: value })
      })
    const sides = { whenTrue: side(then), whenFalse: side(otherwise) }
    enter.emit({ k: 'if', test, ...sides })
    return target!
  }

  // ---- kinds of expressions

  const binary = (node: ts.BinaryExpression): EnteredValue => {
    const { left, right, operatorToken } = node
    const operator = operatorToken.kind
    if (operator === Kind.EqualsToken) return assignment(left, right)
    if (operator === Kind.CommaToken) {
      enter.value(left)
      return enter.value(right)
    }
    const logical = {
      [Kind.AmpersandAmpersandToken]: '&&',
      [Kind.BarBarToken]: '||',
      [Kind.QuestionQuestionToken]: '??',
    }
    const sign = logical[operator as keyof typeof logical]
    if (sign) return shortcut(sign, enter.value(left), () => enter.value(right), node)
    if (operator >= Kind.FirstCompoundAssignment && operator <= Kind.LastCompoundAssignment) return compound(node)
    const [a, b] = atoms([left, right]) as [Atom, Atom]
    if (arithmetic[operator]) {
      requireNumbers(node, [left, right])
      return operation(arithmetic[operator], [a, b])
    }
    if (comparisons.has(operator)) return constant(a, ` ${operatorToken.getText()} `, b)
    if (!bits.has(operator)) throw refused(node, `the operator \`${operatorToken.getText()}\``)
    for (const [atom, part] of [
      [a, left],
      [b, right],
    ] as const)
      if (isVariable(atom)) enter.obligations.push({ kind: 'rounded', about: atom, node: part })
    return constant(a, ` ${operatorToken.getText()} `, b)
  }

  /** `+` joins texts; booleans count as numbers in JavaScript, but nobody means that here. */
  const requireNumbers = (node: ts.Node, operands: readonly ts.Expression[]) => {
    const type = checker.getTypeAtLocation(node)
    if (!(type.flags & ts.TypeFlags.NumberLike)) throw new DerivativeFault(catalogue.becomesText, node)
    for (const each of operands)
      if (checker.getTypeAtLocation(each).flags & ts.TypeFlags.StringLike)
        throw new DerivativeFault(catalogue.becomesText, each)
  }

  const shortcut = (sign: string, first: EnteredValue, second: () => EnteredValue, node: ts.Node): EnteredValue => {
    const a = asAtom(first, node)
    const kept = isVariable(a) && !a.isFixed ? copied(a) : a
    const test = sign === '??' ? constant(kept, ' != null') : kept
    return sign === '&&' ? chosen(test, second, () => kept, node) : chosen(test, () => kept, second, node)
  }

  const unary = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): EnteredValue => {
    const { operand, operator } = node
    if (operator === Kind.PlusPlusToken || operator === Kind.MinusMinusToken) {
      const { read, write } = placeOf(operand)
      const old = read()
      const before = ts.isPostfixUnaryExpression(node) && isVariable(old) ? copied(old) : old
      const next = operation(operator === Kind.PlusPlusToken ? 'add' : 'sub', [old, '1'])
      write(next)
      return ts.isPostfixUnaryExpression(node) ? before : next
    }
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

  // ---- assignments

  /** A target whose object and key are evaluated once. */
  const placeOf = (written: ts.Expression): { read(): Atom; write(value: Atom): void } => {
    const target = inner(ts, written) as ts.Expression
    if (ts.isIdentifier(target)) {
      const variable = changingVariable(target)
      return {
        read: () => variable,
        write: from => {
          if ((isReference(from) ? 'reference' : 'scalar') !== variable.kind)
            throw refused(target, 'a variable that holds now a number, now an array')
          enter.emit({ k: 'set', target: variable, from })
        },
      }
    }
    if (!ts.isElementAccessExpression(target) && !ts.isPropertyAccessExpression(target))
      throw refused(target, 'this assignment')
    const [object, key] = objectAndKey(target)
    const to = object.isFixed ? object : copied(object)
    return {
      read: () => load(to, key, target),
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

  const assignment = (left: ts.Expression, right: ts.Expression): EnteredValue => {
    if (ts.isArrayLiteralExpression(left)) return swap(left, right)
    if (ts.isObjectLiteralExpression(left)) throw refused(left, 'destructuring into existing variables by names')
    const target = inner(ts, left)
    if (ts.isIdentifier(target)) changingVariable(target)
    // JavaScript evaluates the target's object and key first
    const place = placeOf(left)
    const value = enter.value(right)
    if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, right)
    const from = isVariable(value) && !value.isFixed ? copied(value) : value
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
    const found = inOrder(values.elements).map((value, i) => {
      if (value === undefined || isFunction(value))
        throw new DerivativeFault(catalogue.functionAsValue, values.elements[i]!)
      return isVariable(value) ? copied(value) : value
    })
    for (const [i, target] of left.elements.entries()) placeOf(target).write(found[i]!)
    return undefined
  }
  const compound = (node: ts.BinaryExpression): EnteredValue => {
    const { left, right, operatorToken } = node
    const place = placeOf(left)
    const read = place.read()
    const old = isVariable(read) && !read.isFixed && mayAssign(enter, right) ? copied(read) : read
    const signs = {
      [Kind.AmpersandAmpersandEqualsToken]: '&&',
      [Kind.BarBarEqualsToken]: '||',
      [Kind.QuestionQuestionEqualsToken]: '??',
    }
    const sign = signs[operatorToken.kind as keyof typeof signs]
    const rule = arithmetic[operatorToken.kind]
    if (!sign && !rule) throw refused(node, `the operator \`${operatorToken.getText()}\``)
    if (rule) requireNumbers(node, [left, right])
    const next = sign
      ? asAtom(
          shortcut(sign, old, () => enter.value(right), node),
          node,
        )
      : operation(rule!, [asAtom(old, left), enter.atom(right)])
    place.write(next)
    return next
  }

  // ---- memory

  const objectAndKey = (node: ts.ElementAccessExpression | ts.PropertyAccessExpression): [Variable, Atom] => {
    if (node.questionDotToken) throw refused(node, '`?.`')
    const type = checker.getTypeAtLocation(node.expression)
    if (ts.isPropertyAccessExpression(node)) {
      const object = asArray(enter.value(node.expression), node.expression)
      if (
        kindOfType(enter, type) !== 'reference' ||
        checker.isArrayType(type) ||
        checker.isTupleType(type) ||
        node.name.text === 'length'
      )
        throw refused(node, `the property '${node.name.text}'`)
      return [object, JSON.stringify(node.name.text)]
    }
    const [object, key] = inOrder([node.expression, node.argumentExpression])
    const index = asAtom(key, node.argumentExpression)
    if (!isVariable(index) && /^["']/.test(index)) throw refused(node, 'a property by a text')
    const kept = isVariable(index) && !index.isFixed ? copied(index) : index
    return [asArray(object, node.expression), kept]
  }
  /** Behind `a[0] ?? …` TypeScript takes `a[0]` for never, where the type of `a` leaves out undefined. */
  const typeOf = (node: ts.Expression): ts.Type => {
    const type = checker.getTypeAtLocation(node)
    if (!(type.flags & ts.TypeFlags.Never)) return type
    const object = ts.isElementAccessExpression(node) ? checker.getTypeAtLocation(node.expression) : undefined
    return (object && checker.getIndexTypeOfType(object, ts.IndexKind.Number)) ?? type
  }
  const load = (from: Variable, key: Atom, node: ts.Expression): Variable => {
    const kind = kindOfType(enter, typeOf(node))
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, node)
    if (kind === 'function') throw new DerivativeFault(catalogue.functionAsValue, node)
    if (kind === undefined)
      throw refused(node, `a value of type '${checker.typeToString(checker.getTypeAtLocation(node))}'`)
    const wanted = isVariable(key)
      ? `${from.wanted}At`
      : key.startsWith('"')
        ? key.slice(1, -1)
        : `${from.wanted}${key.replace(/\W/g, '')}`
    const target = kind === 'scalar' ? enter.scalar(wanted) : enter.reference(wanted)
    enter.emit({ k: 'load', target, from, key })
    return target
  }

  const elementKind = (array: ts.Expression): Variable['kind'] => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(array))
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
    const kind = isArrayType(checker, type) && element && kindOfType(enter, element)
    if (kind === 'scalar' || kind === 'reference') return kind
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, array, array.getText())
    throw refused(array, `a list of type '${checker.typeToString(type)}'`)
  }

  const access = (node: ts.ElementAccessExpression | ts.PropertyAccessExpression): EnteredValue => {
    const named = ts.isPropertyAccessExpression(node) ? checker.getSymbolAtLocation(node.name) : undefined
    const member = named && named.flags & ts.SymbolFlags.EnumMember ? (named.valueDeclaration as ts.EnumMember) : node
    const fixed = checker.getConstantValue(member)
    if (typeof fixed === 'number') return `${fixed < 0 ? `(${fixed})` : fixed}`
    if (ts.isPropertyAccessExpression(node)) {
      const { expression, name } = node
      if (
        ts.isIdentifier(expression) &&
        isOfLibrary(checker.getSymbolAtLocation(expression)) &&
        /^(Math|Number)$/.test(expression.text)
      ) {
        if (kindOfType(enter, checker.getTypeAtLocation(node)) === 'scalar') return `${expression.text}.${name.text}`
        throw refused(node, `\`${node.getText()}\` as a value`)
      }
      if (name.text === 'length' && !node.questionDotToken) {
        const type = checker.getTypeAtLocation(expression)
        if (checker.isArrayType(type) || checker.isTupleType(type) || type.symbol?.name === 'Float64Array')
          return constant(asArray(enter.value(expression), expression), '.length')
      }
    }
    const [from, key] = objectAndKey(node)
    return load(from, key, node)
  }

  const arrayLiteral = (node: ts.ArrayLiteralExpression): Variable => {
    const target = enter.reference('list')
    enter.emit({ k: 'make', target, of: 'array' })
    for (const each of node.elements) {
      if (ts.isOmittedExpression(each)) throw refused(node, 'an array with holes')
      if (ts.isSpreadElement(each)) {
        const [array, kind] = enter.iterated(each.expression)
        enter.each(array, kind, false, element => void enter.emit({ k: 'push', to: target, from: element }))
      } else enter.emit({ k: 'push', to: target, from: stored(enter.value(each), each) })
    }
    return target
  }
  const objectLiteral = (node: ts.ObjectLiteralExpression): Variable => {
    const target = enter.reference('record')
    enter.emit({ k: 'make', target, of: 'record' })
    for (const each of node.properties) {
      if (ts.isSpreadAssignment(each)) {
        const from = asArray(enter.value(each.expression), each)
        for (const property of checker.getTypeAtLocation(each.expression).getProperties()) {
          const kind = kindOfType(enter, checker.getTypeOfSymbol(property))
          if (kind !== 'scalar' && kind !== 'reference') throw refused(each, `the property '${property.name}'`)
          const key = JSON.stringify(property.name)
          const value = kind === 'scalar' ? enter.scalar(property.name) : enter.reference(property.name)
          enter.emit({ k: 'load', target: value, from, key })
          enter.emit({ k: 'store', to: target, key, from: value })
        }
        continue
      }
      if (!ts.isPropertyAssignment(each) && !ts.isShorthandPropertyAssignment(each))
        throw refused(each, 'a method or an accessor')
      if (!ts.isIdentifier(each.name)) throw refused(each.name, 'a property whose name is no identifier')
      const value = ts.isPropertyAssignment(each)
        ? enter.value(each.initializer)
        : nameValue(enter, each.name, checker.getShorthandAssignmentValueSymbol(each))
      enter.emit({ k: 'store', to: target, key: JSON.stringify(each.name.text), from: stored(value, each) })
    }
    return target
  }
  const stored = (value: EnteredValue, node: ts.Node): Atom => {
    if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
    return value
  }

  const value = (written: ts.Expression): EnteredValue => {
    const node = inner(ts, written) as ts.Expression
    if (ts.isNumericLiteral(node)) return node.getText().replaceAll('_', '')
    if (node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword || node.kind === Kind.NullKeyword)
      return node.getText()
    if (ts.isIdentifier(node)) return nameValue(enter, node, checker.getSymbolAtLocation(node))
    if (ts.isBinaryExpression(node)) return binary(node)
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(node)
    if (ts.isConditionalExpression(node)) {
      const test = enter.atom(node.condition)
      return chosen(
        test,
        () => enter.value(node.whenTrue),
        () => enter.value(node.whenFalse),
        node,
      )
    }
    if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return access(node)
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
    array: node => asArray(enter.value(node), node),
    inOrder,
    atoms,
    copied,
    elementKind,
  }
}

/** Whether an expression may assign a variable: a call may, through the function's closure. */
function mayAssign({ ts }: Enter, root: ts.Node): boolean {
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
