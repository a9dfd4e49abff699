/**
 * Methods of arrays that give another order: JavaScript sorts the indices, and the elements follow. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, TypedName, Variable } from '../structured.ts'
import { type ArrayMethod, countIn, made, pushInto, storeAt } from './arrays.ts'
import { comparatorText } from './comparators.ts'
import { DerivativeFault, type Enter, refused } from './context.ts'

export function ordersOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  const { ts, checker } = enter

  /** The elements by the indices that `placed` gives for 0, 1, …, in a new array. */
  const ordered = (
    array: Variable,
    kind: Variable['kind'],
    typed: TypedName | undefined,
    placed: (index: Variable, length: Atom) => Atom,
    node: ts.Node,
  ) => {
    const length = countIn(enter, array)
    const target = made(enter, typed ?? 'array', length)
    enter.times(length, index => {
      const element = enter.element(array, kind, placed(index, length))
      if (typed) storeAt(enter, target, index, element, node)
      else pushInto(enter, target, element, node)
    })
    return target
  }
  /** The same, in the array itself. */
  const reordered = (array: Variable, kind: Variable['kind'], found: Variable, node: ts.Node) => {
    enter.oblige('written', array, node)
    enter.times(countIn(enter, array), index =>
      storeAt(enter, array, index, enter.load(found, index, 'each', kind), node),
    )
    return array
  }

  const sorted: ArrayMethod = (node, array, kind, typed) => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node.expression.expression))
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)!
    const parts = element.isUnion() ? element.types : [element]
    if (parts.some(each => each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
      throw refused(node, 'sorting a list in which elements may be missing')
    const [comparator] = node.arguments
    if (!comparator && !typed) throw new DerivativeFault(catalogue.sortsTexts, node)
    const compared = comparatorText(enter, comparator, array)
    const order = enter.constant('[...', array, '.keys()].sort(($i: any, $j: any) => ', ...compared, ')')
    return ordered(array, kind, typed, index => enter.constant(order, '[', index, ']'), node)
  }
  const reversed: ArrayMethod = (node, array, kind, typed) =>
    ordered(array, kind, typed, (index, length) => enter.constant(length, ' - 1 - ', index), node)
  const inPlace =
    (work: ArrayMethod): ArrayMethod =>
    (node, array, kind, typed) =>
      reordered(array, kind, work(node, array, kind, typed) as Variable, node)

  return {
    toSorted: sorted,
    sort: inPlace(sorted),
    toReversed: reversed,
    reverse: inPlace(reversed),
  }
}
