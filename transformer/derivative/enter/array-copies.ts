/**
 * Methods of arrays that give another array of the same elements. It must not know derivatives.
 */
import type { Variable } from '../structured.ts'
import {
  type ArrayMethod,
  clampedIndex,
  copiedArray,
  copyInto,
  countIn,
  indexFromEnd,
  made,
  pushInto,
  storeAt,
  throwIf,
} from './arrays.ts'
import { type Enter, isReference, refused } from './context.ts'
import { kindOfType } from './types.ts'

export function copiesOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  const { checker } = enter
  return {
    slice(node, array, kind, typed) {
      const [from, to] = enter.atoms(node.arguments)
      const length = countIn(enter, array)
      const start = from === undefined || from === 'undefined' ? '0' : clampedIndex(enter, from, length)
      const end = to === undefined || to === 'undefined' ? length : clampedIndex(enter, to, length)
      const count = typed && enter.constant('Math.max(', end, ' - ', start, ', 0)')
      const target = made(enter, typed ?? 'array', count)
      copyInto(enter, target, array, kind, start, end, node, typed)
      return target
    },
    concat(node, array, kind) {
      const values = enter.inOrder(node.arguments)
      const target = copiedArray(enter, array, kind, node)
      node.arguments.forEach((argument, i) => {
        const type = checker.getTypeAtLocation(argument)
        const value = values[i]
        const isList = checker.isArrayType(type) || checker.isTupleType(type)
        if (isList && value !== undefined && isReference(value))
          copyInto(enter, target, value, enter.elementKind(argument), '0', countIn(enter, value), node)
        else if (kindOfType(enter, type) === 'scalar') pushInto(enter, target, value, argument)
        else throw refused(argument, '`concat` of this')
      })
      return target
    },
    flat(node, array, kind) {
      const [depth] = node.arguments
      if (depth && depth.getText() !== '1') throw refused(node, '`flat` to more than one depth')
      const target = made(enter, 'array')
      enter.times(countIn(enter, array), index => enter.flatInto(target, enter.element(array, kind, index), node))
      return target
    },
    with(node, array, kind, typed) {
      if (node.arguments.length !== 2) throw refused(node, 'this call')
      const [at, value] = enter.inOrder(node.arguments)
      const length = countIn(enter, array)
      const index = indexFromEnd(enter, at as Variable, length)
      const text = ['!(', index, ' >= 0 && ', index, ' < ', length, ')']
      throwIf(enter, enter.constant(...text), "new RangeError('Invalid index')")
      const target = copiedArray(enter, array, kind, node, typed)
      storeAt(enter, target, index, value, node, typed)
      return target
    },
  }
}
