/**
 * Methods of arrays, as loops over their elements. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, Variable } from '../structured.ts'
import { type ArrayMethodCall, copyInto, countIn, made, pushInto } from './arrays.ts'
import {
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  isFunction,
  isReference,
  refused,
} from './context.ts'
import { isArrayType, isFloat64Array, kindOfType } from './types.ts'

export function arrayMethodsOf(enter: Enter): Pick<Enter, 'arrayMethod' | 'callback'> {
  const { ts, checker } = enter
  const isArrayMethodCall = (node: ts.CallExpression): node is ArrayMethodCall =>
    ts.isPropertyAccessExpression(node.expression)
  const write = (to: Variable, key: Atom, value: EnteredValue, node: ts.Node) =>
    enter.emit({ k: 'store', to, key, from: asStored(value, node) })

  const callback: Enter['callback'] = (node, at) => {
    if (!node) throw refused(at, 'this call')
    const math = enter.mathCallback(node)
    if (math) return math
    const f = enter.value(node)
    if (!isFunction(f)) throw new DerivativeFault(catalogue.unknownBody, node, node.getText().slice(0, 40))
    return args => enter.inline(f, args, at)
  }

  const arrayMethod: Enter['arrayMethod'] = node => {
    if (!isArrayMethodCall(node)) return undefined
    const { expression: object, name } = node.expression
    const type = checker.getNonNullableType(checker.getTypeAtLocation(object))
    if (!isArrayType(checker, type)) return undefined
    if (node.arguments.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
    const run = methods[name.text]
    if (!run) throw new DerivativeFault(catalogue.unknownMethod, name, name.text)
    const array = enter.settled(enter.array(object))
    return { value: run(node, array, enter.elementKind(object), isFloat64Array(type)) }
  }

  type Method = (node: ArrayMethodCall, array: Variable, kind: Variable['kind'], isTyped: boolean) => EnteredValue
  const visited = (
    node: ArrayMethodCall,
    array: Variable,
    kind: Variable['kind'],
    work: (result: EnteredValue, index: Variable, element: Variable) => void,
  ) => {
    if (node.arguments.length !== 1) throw refused(node, 'this call')
    const apply = enter.callback(node.arguments[0], node)
    enter.times(countIn(enter, array), index => {
      const element = enter.element(array, kind, index)
      work(apply([element, index, array]), index, element)
    })
  }
  const methods: Readonly<Record<string, Method>> = {
    push(node, array) {
      for (const value of enter.inOrder(node.arguments)) pushInto(enter, array, value, node)
      enter.obligations.push({ kind: 'written', about: array, node })
      return countIn(enter, array)
    },
    map(node, array, kind, isTyped) {
      const target = isTyped ? made(enter, 'typed', countIn(enter, array)) : made(enter, 'array')
      visited(node, array, kind, (result, index) =>
        isTyped ? write(target, index, result, node) : pushInto(enter, target, result, node),
      )
      return target
    },
    forEach(node, array, kind) {
      visited(node, array, kind, () => {})
      return undefined
    },
    filter(node, array, kind, isTyped) {
      if (isTyped) throw refused(node, 'filter of a Float64Array')
      const target = made(enter, 'array')
      visited(node, array, kind, (result, _, element) => {
        if (result === undefined || isFunction(result) || isReference(result)) throw refused(node, 'this test')
        enter.emit({
          k: 'if',
          test: result,
          whenTrue: enter.block(() => pushInto(enter, target, element, node)),
          whenFalse: [],
        })
      })
      return target
    },
    reduce(node, array, kind) {
      const [f, start, ...others] = node.arguments
      if (!f || others.length > 0) throw refused(node, 'this call')
      const apply = enter.callback(f, node)
      const first = start && enter.value(start)
      if (isFunction(first)) throw new DerivativeFault(catalogue.functionAsValue, start!)
      const isOwn = first !== undefined
      const total = enter.changing('total', isOwn ? (isReference(first) ? 'reference' : 'scalar') : kind)
      if (isOwn) enter.set(total, first)
      else {
        const test = enter.constant(array, '.length > 0')
        const text = ["new TypeError('Reduce of empty array with no initial value')"]
        enter.emit({ k: 'if', test, whenTrue: [], whenFalse: enter.block(() => enter.emit({ k: 'throw', text })) })
        enter.set(total, enter.element(array, kind, '0'))
      }
      enter.times(
        countIn(enter, array),
        index => {
          const element = enter.element(array, kind, index)
          const before = enter.copied(total)
          const value = apply([before, element, index, array])
          if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
          if (isReference(value) !== (total.kind === 'reference'))
            throw refused(node, 'a reduction that holds now a number, now an array,')
          enter.set(total, value)
        },
        isOwn ? '0' : '1',
      )
      return enter.copied(total)
    },
    slice(node, array, kind, isTyped) {
      const [from, to] = enter.atoms(node.arguments)
      const length = countIn(enter, array)
      const placed = (at: Atom) =>
        enter.constant(
          '(Math.trunc(',
          at,
          ') || 0) < 0 ? Math.max(',
          length,
          ' + Math.trunc(',
          at,
          '), 0) : Math.min(Math.trunc(',
          at,
          ') || 0, ',
          length,
          ')',
        )
      const start = from === undefined || from === 'undefined' ? '0' : placed(from)
      const end = to === undefined || to === 'undefined' ? length : placed(to)
      const target = isTyped
        ? made(enter, 'typed', enter.constant('Math.max(', end, ' - ', start, ', 0)'))
        : made(enter, 'array')
      copyInto(enter, target, array, kind, start, end, isTyped)
      return target
    },
    concat(node, array, kind, isTyped) {
      if (isTyped) throw refused(node, 'concat of a Float64Array')
      const target = made(enter, 'array')
      copyInto(enter, target, array, kind, '0', countIn(enter, array), false)
      const values = enter.inOrder(node.arguments)
      node.arguments.forEach((argument, i) => {
        const type = checker.getTypeAtLocation(argument)
        const value = values[i]
        const isList = checker.isArrayType(type) || checker.isTupleType(type)
        if (isList && value !== undefined && isReference(value))
          copyInto(enter, target, value, enter.elementKind(argument), '0', countIn(enter, value), false)
        else if (kindOfType(enter, type) === 'scalar') pushInto(enter, target, value, argument)
        else throw refused(argument, '`concat` of this')
      })
      return target
    },
    fill(node, array) {
      if (node.arguments.length !== 1) throw refused(node, '`fill` of a part')
      const value = enter.value(node.arguments[0]!)
      enter.obligations.push({ kind: 'written', about: array, node })
      enter.times(countIn(enter, array), index => write(array, index, value, node))
      return array
    },
  }

  return { arrayMethod, callback }
}
