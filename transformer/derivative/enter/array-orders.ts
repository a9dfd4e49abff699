/**
 * Methods of arrays that give another order: JavaScript sorts the indices, and the elements follow. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, Variable } from '../structured.ts'
import { type ArrayMethod, countIn, made, pushInto, storeAt } from './arrays.ts'
import { comparatorText } from './comparators.ts'
import { DerivativeFault, type Enter, refused } from './context.ts'

export function ordersOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  const { ts, checker } = enter

  /** The elements by the indices that `placed` gives for 0, 1, …, in a new array. */
  const ordered = (
    array: Variable,
    kind: Variable['kind'],
    isTyped: boolean,
    placed: (index: Variable, length: Atom) => Atom,
    node: ts.Node,
  ) => {
    const length = countIn(enter, array)
    const target = isTyped ? made(enter, 'typed', length) : made(enter, 'array')
    enter.times(length, index => {
      const element = enter.element(array, kind, placed(index, length))
      if (isTyped) storeAt(enter, target, index, element, node)
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

  const sorted: ArrayMethod = (node, array, kind, isTyped) => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node.expression.expression))
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)!
    const parts = element.isUnion() ? element.types : [element]
    if (parts.some(each => each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)))
      throw refused(node, 'sorting a list in which elements may be missing')
    const [comparator] = node.arguments
    if (!comparator && !isTyped) throw new DerivativeFault(catalogue.sortsTexts, node)
    const compared = comparatorText(enter, comparator, array)
    const order = enter.constant('[...', array, '.keys()].sort(($i: any, $j: any) => ', ...compared, ')')
    return ordered(array, kind, isTyped, index => enter.constant(order, '[', index, ']'), node)
  }
  const reversed: ArrayMethod = (node, array, kind, isTyped) =>
    ordered(array, kind, isTyped, (index, length) => enter.constant(length, ' - 1 - ', index), node)
  const inPlace =
    (work: ArrayMethod): ArrayMethod =>
    (node, array, kind, isTyped) =>
      reordered(array, kind, work(node, array, kind, isTyped) as Variable, node)

  return {
    toSorted: sorted,
    sort: inPlace(sorted),
    toReversed: reversed,
    reverse: inPlace(reversed),
  }
}
