/**
 * How arrays are made, as loops over their elements. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, Variable } from '../structured.ts'
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
import { isOfLibrary } from './types.ts'

export type ArrayMethodCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression }

export const countIn = (enter: Enter, array: Variable) => enter.constant(array, '.length')

export function made(enter: Enter, of: 'array' | 'typed', length?: Atom): Variable {
  const target = enter.reference('list')
  enter.emit({ k: 'make', target, of, ...(length !== undefined && { length }) })
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
  isTyped: boolean,
): void {
  enter.times(
    to,
    index => {
      const target = isTyped ? enter.load(array, index, 'each', kind) : enter.element(array, kind, index)
      if (isTyped) enter.emit({ k: 'store', to: into, key: enter.constant(index, ' - ', from), from: target })
      else enter.emit({ k: 'push', to: into, from: target })
    },
    from,
  )
}

export function arraysOf(enter: Enter): Pick<Enter, 'madeArray'> {
  const { ts, checker } = enter
  const isGlobal = (node: ts.Node, name: string) =>
    ts.isIdentifier(node) && node.text === name && isOfLibrary(checker.getSymbolAtLocation(node))

  const isArrayOfLength = (node: ts.Expression): node is ts.CallExpression | ts.NewExpression =>
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    isGlobal(node.expression, 'Array') &&
    node.arguments?.length === 1

  const filled = (node: ArrayMethodCall): Variable | undefined => {
    const start = inner(ts, node.expression.expression) as ts.Expression
    if (node.expression.name.text !== 'fill' || !isArrayOfLength(start) || node.arguments.length !== 1) return undefined
    const length = enter.atom(start.arguments![0]!)
    const kept = enter.settled(length)
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
      if (
        !length ||
        others.length > 0 ||
        !ts.isPropertyAssignment(length) ||
        length.name.getText() !== 'length' ||
        !apply
      )
        throw refused(node, '`Array.from` of this')
      const count = enter.atom(length.initializer)
      const kept = enter.settled(count)
      enter.times(kept, index => pushInto(enter, target, apply(['undefined', index]), node))
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

  const madeArray = (node: ts.CallExpression | ts.NewExpression): EnteredValue => {
    const { expression } = node
    if (ts.isNewExpression(node) && isGlobal(expression, 'Array') && !node.arguments?.length)
      return made(enter, 'array')
    if (isArrayOfLength(node)) throw new DerivativeFault(catalogue.unfilled, node)
    if (ts.isNewExpression(node) && isGlobal(expression, 'Float64Array')) return typed(node)
    if (
      ts.isNewExpression(node) &&
      /^(Float32|BigU?Int64|U?[Ii]nt\d+(Clamped)?)/.test(expression.getText()) &&
      isOfLibrary(checker.getSymbolAtLocation(expression))
    )
      throw new DerivativeFault(catalogue.rounds, node, expression.getText())
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(expression)) return undefined
    if (isGlobal(expression.expression, 'Array') && expression.name.text === 'from')
      return fromArray(node as ArrayMethodCall)
    return filled(node as ArrayMethodCall)
  }
  const typed = (node: ts.NewExpression): Variable => {
    const [given, ...others] = node.arguments ?? []
    if (!given || others.length > 0) throw refused(node, 'this Float64Array')
    const value = enter.value(given)
    if (value === undefined || isFunction(value)) throw refused(node, 'this Float64Array')
    if (!isReference(value)) return made(enter, 'typed', value)
    const kind = enter.elementKind(given)
    const target = made(enter, 'typed', countIn(enter, value))
    copyInto(enter, target, value, kind, '0', countIn(enter, value), true)
    return target
  }

  return { madeArray }
}
