/**
 * Methods of arrays that call a function for each element. It must not know derivatives.
 */
import { catalogue } from '../../report/diagnostics.ts'
import type { Variable } from '../structured.ts'
import {
  type ArrayMethod,
  type ArrayMethodCall,
  countIn,
  made,
  pushInto,
  storeAt,
  throwIf,
  typedFrom,
} from './arrays.ts'
import { asStored, DerivativeFault, type Enter, type EnteredValue, isFunction, kindIn, refused } from './context.ts'

export function visitsOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  const visit = (
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
  const reduction =
    (isBackward: boolean): ArrayMethod =>
    (node, array, kind) => {
      const [f, start, ...others] = node.arguments
      if (!f || others.length > 0) throw refused(node, 'this call')
      const apply = enter.callback(f, node)
      const first = start && enter.value(start)
      if (isFunction(first)) throw new DerivativeFault(catalogue.functionAsValue, start!)
      const isOwn = first !== undefined
      const total = enter.changing('total', isOwn ? kindIn(first) : kind)
      const length = countIn(enter, array)
      const placed = (index: Variable) => (isBackward ? enter.constant(length, ' - 1 - ', index) : index)
      if (isOwn) enter.set(total, first)
      else {
        throwIf(
          enter,
          enter.constant('!(', length, ' > 0)'),
          "new TypeError('Reduce of empty array with no initial value')",
        )
        enter.set(total, enter.element(array, kind, isBackward ? enter.constant(length, ' - 1') : '0'))
      }
      enter.times(
        length,
        counter => {
          const index = placed(counter)
          const element = enter.element(array, kind, index)
          const value = asStored(apply([enter.copied(total), element, index, array]), node)
          if (kindIn(value) !== total.kind) throw refused(node, 'a reduction that holds now a number, now an array,')
          enter.set(total, value)
        },
        isOwn ? '0' : '1',
      )
      return enter.copied(total)
    }

  return {
    map(node, array, kind, typed) {
      const target = made(enter, typed ?? 'array', countIn(enter, array))
      visit(node, array, kind, (result, index) =>
        typed ? storeAt(enter, target, index, result, node, typed) : pushInto(enter, target, result, node),
      )
      return target
    },
    flatMap(node, array, kind) {
      const target = made(enter, 'array')
      visit(node, array, kind, result => enter.flatInto(target, result, node))
      return target
    },
    forEach(node, array, kind) {
      visit(node, array, kind, () => {})
      return undefined
    },
    filter(node, array, kind, typed) {
      const target = made(enter, 'array')
      visit(node, array, kind, (result, _, element) => {
        const whenTrue = enter.block(() => pushInto(enter, target, element, node))
        enter.emit({ k: 'if', test: enter.truthOf(asStored(result, node)), whenTrue, whenFalse: [] })
      })
      return typed ? typedFrom(enter, target, node, typed) : target
    },
    reduce: reduction(false),
    reduceRight: reduction(true),
  }
}
