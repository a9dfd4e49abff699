/**
 * Methods of arrays that look for an element: which one it is, depends on no number smoothly. It must not know derivatives.
 */
import type ts from 'typescript'
import type { Atom, Variable } from '../structured.ts'
import { type ArrayMethod, type ArrayMethodCall, countIn, indexFromEnd } from './arrays.ts'
import { asStored, type Enter, refused } from './context.ts'

export function searchesOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  /** The index of the first element, or the last one, for which the function's result is true, or false; -1 if there is none. */
  const placeOf = (
    node: ArrayMethodCall,
    array: Variable,
    kind: Variable['kind'],
    { isBackward = false, isNegated = false } = {},
  ): Variable => {
    if (node.arguments.length !== 1) throw refused(node, 'this call')
    const apply = enter.callback(node.arguments[0], node)
    const length = countIn(enter, array)
    const [place, counter] = [enter.changing('place', 'scalar'), enter.changing('i', 'scalar')]
    enter.set(place, '-1')
    enter.set(counter, isBackward ? enter.constant(length, ' - 1') : '0')
    let goesOn: Atom = 'true'
    const before = enter.block(() => {
      const isInside = isBackward ? [counter, ' >= 0'] : [counter, ' < ', length]
      goesOn = enter.constant(place, ' < 0 && ', ...isInside)
    })
    const body = enter.block(() => {
      const index = enter.copied(counter)
      const found = enter.truthOf(asStored(apply([enter.element(array, kind, index), index, array]), node))
      const stop = enter.block(() => enter.set(place, index))
      enter.emit({ k: 'if', test: isNegated ? enter.constant('!', found) : found, whenTrue: stop, whenFalse: [] })
      enter.set(counter, enter.operation(isBackward ? 'sub' : 'add', [index, '1'], 'next'))
    })
    enter.emit({ k: 'loop', before, test: goesOn, body })
    return enter.copied(place)
  }
  const elementAt = (node: ts.Expression, array: Variable, kind: Variable['kind'], place: Variable) =>
    enter.chosen(
      enter.constant(place, ' >= 0'),
      () => enter.load(array, place, 'found', kind),
      () => 'undefined',
      node,
    )
  /** JavaScript's own answer. */
  const asked =
    (name: string): ArrayMethod =>
    (node, array) => {
      if (node.arguments.length !== 1) throw refused(node, 'this call')
      const [value] = node.arguments
      return enter.constant(array, `.${name}(`, asStored(enter.value(value!), value!), ')')
    }

  return {
    find: (node, array, kind) => elementAt(node, array, kind, placeOf(node, array, kind)),
    findLast: (node, array, kind) => elementAt(node, array, kind, placeOf(node, array, kind, { isBackward: true })),
    findIndex: (node, array, kind) => placeOf(node, array, kind),
    findLastIndex: (node, array, kind) => placeOf(node, array, kind, { isBackward: true }),
    some: (node, array, kind) => enter.constant(placeOf(node, array, kind), ' >= 0'),
    every: (node, array, kind) => enter.constant(placeOf(node, array, kind, { isNegated: true }), ' < 0'),
    includes: asked('includes'),
    indexOf: asked('indexOf'),
    lastIndexOf: asked('lastIndexOf'),
    at(node, array) {
      if (node.arguments.length !== 1) throw refused(node, 'this call')
      const index = indexFromEnd(enter, enter.atom(node.arguments[0]!), countIn(enter, array))
      return enter.member(array, index, node)
    },
  }
}
