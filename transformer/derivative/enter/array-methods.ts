/**
 * Methods of arrays: who enters which, and the functions that they call. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { resizesOf } from './array-changes.ts'
import { copiesOf } from './array-copies.ts'
import { ordersOf } from './array-orders.ts'
import { searchesOf } from './array-searches.ts'
import { visitsOf } from './array-visits.ts'
import type { ArrayMethod, ArrayMethodCall } from './arrays.ts'
import { DerivativeFault, type Enter, isFunction, refused } from './context.ts'
import { isArrayType, typedName } from './types.ts'

export function arrayMethodsOf(enter: Enter): Pick<Enter, 'arrayMethod' | 'callback'> {
  const { ts, checker } = enter
  const isArrayMethodCall = (node: ts.CallExpression): node is ArrayMethodCall =>
    ts.isPropertyAccessExpression(node.expression)
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
    const run = Object.hasOwn(methods, name.text) ? methods[name.text] : undefined
    if (name.text !== 'push' && node.arguments.some(ts.isSpreadElement))
      throw refused(node, 'a call with a spread list')
    if (!run) throw new DerivativeFault(catalogue.unknownMethod, name, name.text)
    const array = enter.settled(enter.array(object))
    return { value: run(node, array, enter.elementKind(object), typedName(type)) }
  }

  const methods: Readonly<Record<string, ArrayMethod>> = {
    ...visitsOf(enter),
    ...searchesOf(enter),
    ...copiesOf(enter),
    ...ordersOf(enter),
    ...resizesOf(enter),
  }

  return { arrayMethod, callback }
}
