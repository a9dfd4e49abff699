/**
 * How arrays are made, as loops over their elements. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Template, type TypedName, type Variable } from '../structured.ts'
import {
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isFunction,
  isReference,
  refused,
} from './context.ts'
import { constantOf } from './fixed-constants.ts'
import { isArrayType, isOfLibrary, isWholeNumbers, kindOfType, objectTypeOf, typedName } from './types.ts'

export type ArrayMethodCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression }

/** Enters one method. `kind` is that of the elements, and `typed` is the class of a typed array. */
export type ArrayMethod = (
  node: ArrayMethodCall,
  array: Variable,
  kind: Variable['kind'],
  typed: TypedName | undefined,
) => EnteredValue

/** An index as `slice` takes it: from the end where it is negative, and never outside. */
export const clampedIndex = (enter: Enter, at: Atom, length: Atom): Atom => {
  const whole = enter.constant('Math.trunc(', at, ') || 0')
  return enter.constant(whole, ' < 0 ? Math.max(', length, ' + ', whole, ', 0) : Math.min(', whole, ', ', length, ')')
}
/** An index as `at` takes it. */
export const indexFromEnd = (enter: Enter, at: Atom, length: Atom): Variable => {
  const whole = enter.constant('Math.trunc(', at, ') || 0')
  return enter.constant(whole, ' < 0 ? ', length, ' + ', whole, ' : ', whole)
}
/** Throws an error of JavaScript's own where a test holds. */
export const throwIf = (enter: Enter, test: Atom, ...error: Template): void => {
  const whenTrue = enter.block(() => enter.emit({ k: 'throw', text: error }))
  enter.emit({ k: 'if', test, whenTrue, whenFalse: [] })
}
/** Stores into an array, which is of this class if it is a typed one. */
export function storeAt(
  enter: Enter,
  to: Variable,
  key: Atom,
  value: EnteredValue,
  node: ts.Node,
  typed?: TypedName,
): void {
  const from = asStored(value, node)
  if (isWholeNumbers(typed) && isVariable(from)) enter.oblige('rounded', from, node)
  enter.emit({ k: 'store', to, key, from })
}
/** The same elements in a new array. */
export const copiedArray = (
  enter: Enter,
  array: Variable,
  kind: Variable['kind'],
  node: ts.Node,
  typed?: TypedName,
): Variable => {
  const length = countIn(enter, array)
  const target = made(enter, typed ?? 'array', length)
  copyInto(enter, target, array, kind, '0', length, node, typed)
  return target
}
/** A list's numbers in a new typed array. */
export const typedFrom = (enter: Enter, list: Variable, node: ts.Node, typed: TypedName): Variable =>
  copiedArray(enter, list, 'scalar', node, typed)

export const countIn = (enter: Enter, array: Variable) => enter.constant(array, '.length')

/** An empty array, or a typed one of zeros. */
export function made(enter: Enter, of: 'array' | TypedName, length?: Atom): Variable {
  const target = enter.reference('list')
  if (of === 'array') enter.emit({ k: 'make', target, of })
  else
    enter.emit({
      k: 'make',
      target,
      of: 'typed',
      ...(length !== undefined && { length }),
      ...(of !== 'Float64Array' && { name: of }),
    })
  return target
}

export function pushInto(enter: Enter, to: Variable, value: EnteredValue, node: ts.Node): void {
  enter.emit({ k: 'push', to, from: asStored(value, node) })
}

/** Copies the elements from `from` up to `to`. */
export function copyInto(
  enter: Enter,
  into: Variable,
  array: Variable,
  kind: Variable['kind'],
  from: Atom,
  to: Atom,
  node: ts.Node,
  typed?: TypedName,
): void {
  enter.times(
    to,
    index => {
      const target = typed ? enter.load(array, index, 'each', kind) : enter.element(array, kind, index)
      if (typed) storeAt(enter, into, enter.constant(index, ' - ', from), target, node, typed)
      else enter.emit({ k: 'push', to: into, from: target })
    },
    from,
  )
}

const isGlobalName = ({ ts, checker }: Enter, node: ts.Node, name: string) =>
  ts.isIdentifier(node) && node.text === name && isOfLibrary(checker.getSymbolAtLocation(node))

/** `new Array(n)`, `Array(n)`. */
export const arrayOfLength = (enter: Enter, node: ts.Expression): node is ts.CallExpression | ts.NewExpression =>
  (enter.ts.isNewExpression(node) || enter.ts.isCallExpression(node)) &&
  isGlobalName(enter, node.expression, 'Array') &&
  node.arguments?.length === 1

export function arraysOf(enter: Enter): Pick<Enter, 'madeArray' | 'flatInto'> {
  const { ts, checker } = enter

  const flatInto: Enter['flatInto'] = (target, value, node) => {
    if (value === undefined || !isReference(value)) return pushInto(enter, target, value, node)
    // what is left of one depth
    const type = checker.getTypeAtLocation(node)
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
    const kind = element && kindOfType(enter, element)
    if (kind !== 'scalar' && kind !== 'reference') throw refused(node, 'this list')
    copyInto(enter, target, value, kind, '0', countIn(enter, value), node)
  }
  const isGlobal = (node: ts.Node, name: string) => isGlobalName(enter, node, name)
  const isArrayOfLength = (node: ts.Expression) => arrayOfLength(enter, node)

  /** Whether a length is surely a whole number that is not negative. */
  const isCount = (written: ts.Expression, found?: Atom): boolean => {
    if (typeof found === 'string' && /^\d{1,9}$/.test(found)) return true
    const each = inner(ts, written) as ts.Expression
    if (ts.isNumericLiteral(each)) return /^\d{1,9}$/.test(each.text)
    if (ts.isPropertyAccessExpression(each))
      return each.name.text === 'length' && isArrayType(checker, objectTypeOf(checker, each.expression))
    const { PlusToken, AsteriskToken } = ts.SyntaxKind
    const isSum = ts.isBinaryExpression(each) && [PlusToken, AsteriskToken].includes(each.operatorToken.kind as never)
    if (isSum) return isCount(each.left) && isCount(each.right)
    const value = ts.isIdentifier(each) ? constantOf(ts, checker.getSymbolAtLocation(each)!) : undefined
    return value !== undefined && isCount(value)
  }

  const filled = (node: ArrayMethodCall): Variable | undefined => {
    const start = inner(ts, node.expression.expression) as ts.Expression
    if (node.expression.name.text !== 'fill' || node.arguments.length !== 1 || !arrayOfLength(enter, start))
      return undefined
    const [given] = start.arguments!
    const kept = enter.settled(enter.atom(given!))
    if (!isCount(given!, kept))
      throwIf(enter, enter.constant(kept, ' >>> 0 !== ', kept), "new RangeError('Invalid array length')")
    const value = enter.value(node.arguments[0]!)
    const target = made(enter, 'array')
    enter.times(kept, () => pushInto(enter, target, value, node))
    return target
  }

  const fromArray = (node: ArrayMethodCall): Variable => {
    const [source, f] = node.arguments
    const object = source && (inner(ts, source) as ts.Expression)
    const apply = f && enter.callback(f, node)
    const target = made(enter, 'array')
    if (object && ts.isObjectLiteralExpression(object)) {
      const [length, ...others] = object.properties
      if (!length || others.length > 0 || !ts.isPropertyAssignment(length) || length.name.getText() !== 'length')
        throw refused(node, '`Array.from` of this')
      const given = enter.atom(length.initializer)
      const count = isCount(length.initializer, given)
        ? enter.settled(given)
        : enter.constant('Math.trunc(', given, ')')
      enter.times(count, index => pushInto(enter, target, apply ? apply(['undefined', index]) : 'undefined', node))
      return target
    }
    if (!source) throw refused(node, '`Array.from` of this')
    const iterated = enter.iterated(source)
    enter.each(iterated.array, iterated.kind, (found, index) => {
      const element = enter.visited(iterated, found, index)
      pushInto(enter, target, apply ? apply([element, index]) : element, node)
      return undefined
    })
    return target
  }

  const ofArray = {
    from: fromArray,
    of: ({ arguments: values }: ArrayMethodCall) => enter.listOf(values),
    isArray: ({ arguments: [value] }: ArrayMethodCall) =>
      enter.constant('Array.isArray(', asStored(enter.value(value!), value!), ')'),
  }
  const madeArray = (node: ts.CallExpression | ts.NewExpression): EnteredValue => {
    const { expression } = node
    if (ts.isNewExpression(node) && isGlobal(expression, 'Array') && !node.arguments?.length)
      return made(enter, 'array')
    if (isArrayOfLength(node)) throw new DerivativeFault(catalogue.unfilled, node)
    const name = ts.isNewExpression(node) ? typedName(checker.getTypeAtLocation(node)) : undefined
    if (name && isGlobal(expression, name)) return typed(node as ts.NewExpression, name)
    if (
      ts.isNewExpression(node) &&
      /^(Float16|BigU?[Ii]nt64)Array/.test(expression.getText()) &&
      isOfLibrary(checker.getSymbolAtLocation(expression))
    )
      throw new DerivativeFault(catalogue.rounds, node, expression.getText())
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(expression)) return undefined
    const called = expression.name.text
    if (isGlobal(expression.expression, 'Array') && Object.hasOwn(ofArray, called))
      return ofArray[called as keyof typeof ofArray](node as ArrayMethodCall)
    const listed = /^(from|of)$/.test(called) ? typedName(checker.getTypeAtLocation(node)) : undefined
    if (listed && isGlobal(expression.expression, listed))
      return typedFrom(enter, ofArray[called as 'from' | 'of'](node as ArrayMethodCall), node, listed)
    return filled(node as ArrayMethodCall)
  }
  const typed = (node: ts.NewExpression, name: TypedName): Variable => {
    const [given, ...others] = node.arguments ?? []
    if (!given || others.length > 0) throw refused(node, `this ${name}`)
    const value = enter.value(given)
    if (value === undefined || isFunction(value)) throw refused(node, `this ${name}`)
    if (!isReference(value)) return made(enter, name, value)
    enter.elementKind(given)
    return typedFrom(enter, value, node, name)
  }

  return { madeArray, flatInto }
}
