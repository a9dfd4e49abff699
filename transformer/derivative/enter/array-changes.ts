/**
 * Methods that change an array: elements are stored one after the other, and what is behind the end is cut off.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { Atom, TypedName, Variable } from '../structured.ts'
import { type ArrayMethod, clampedIndex, copiedArray, copyInto, countIn, made, storeAt, throwIf } from './arrays.ts'
import { asAtom, asReference, asStored, type Enter, type EnteredValue, isAbsent, refused } from './context.ts'

export function resizesOf(enter: Enter): Readonly<Record<string, ArrayMethod>> {
  const { ts } = enter
  const isWritten = (array: Variable, node: ts.Node) => enter.oblige('written', array, node)
  const add = (a: Atom, b: Atom) => (b === '0' ? a : enter.constant(a, ' + ', b))
  /** Moves the elements of another array to `start` and behind. */
  const storeAll = (
    array: Variable,
    start: Atom,
    from: Variable,
    kind: Variable['kind'],
    node: ts.Node,
    typed?: TypedName,
  ) =>
    enter.times(countIn(enter, from), index =>
      storeAt(enter, array, enter.constant(start, ' + ', index), enter.load(from, index, 'each', kind), node, typed),
    )
  const cut = (array: Variable, to: Atom) => enter.emit({ k: 'shrink', of: array, to })
  const unlessEmpty = (
    array: Variable,
    node: ts.Expression,
    work: (length: Variable) => EnteredValue,
  ): EnteredValue => {
    const length = countIn(enter, array)
    return enter.chosen(
      enter.constant(length, ' > 0'),
      () => work(length),
      () => 'undefined',
      node,
    )
  }

  const splice: ArrayMethod = (node, array, kind) => {
    const [from, count, ...values] = enter.inOrder(node.arguments)
    if (from === undefined) throw refused(node, 'this call')
    isWritten(array, node)
    const length = countIn(enter, array)
    const start = clampedIndex(enter, asAtom(from, node), length)
    const rest = enter.constant(length, ' - ', start)
    const cutOff =
      count === undefined
        ? rest
        : enter.constant('Math.min(Math.max(Math.trunc(', asAtom(count, node), ') || 0, 0), ', rest, ')')
    const end = enter.constant(start, ' + ', cutOff)
    const [removed, behind] = [made(enter, 'array'), made(enter, 'array')]
    copyInto(enter, removed, array, kind, start, end, node)
    copyInto(enter, behind, array, kind, end, length, node)
    for (const [i, value] of values.entries()) storeAt(enter, array, add(start, `${i}`), value, node)
    const next = add(start, `${values.length}`)
    storeAll(array, next, behind, kind, node)
    cut(array, enter.constant(next, ' + ', countIn(enter, behind)))
    return removed
  }

  return {
    push(node, array, kind) {
      if (node.arguments.some(ts.isSpreadElement)) {
        // all of them first: a list may be the array itself
        const list = enter.listOf(node.arguments)
        isWritten(array, node)
        storeAll(array, countIn(enter, array), list, kind, node)
        return countIn(enter, array)
      }
      const values = enter.inOrder(node.arguments)
      isWritten(array, node)
      for (const value of values) storeAt(enter, array, countIn(enter, array), value, node)
      return countIn(enter, array)
    },
    pop(node, array, kind) {
      isWritten(array, node)
      return unlessEmpty(array, node, length => {
        const last = enter.constant(length, ' - 1')
        const found = enter.load(array, last, 'last', kind)
        cut(array, last)
        return found
      })
    },
    shift(node, array, kind) {
      isWritten(array, node)
      return unlessEmpty(array, node, length => {
        const found = enter.load(array, '0', 'first', kind)
        enter.times(
          length,
          index => storeAt(enter, array, enter.constant(index, ' - 1'), enter.load(array, index, 'each', kind), node),
          '1',
        )
        cut(array, enter.constant(length, ' - 1'))
        return found
      })
    },
    unshift(node, array, kind) {
      const values = enter.inOrder(node.arguments)
      isWritten(array, node)
      const behind = copiedArray(enter, array, kind, node)
      for (const [i, value] of values.entries()) storeAt(enter, array, `${i}`, value, node)
      storeAll(array, `${values.length}`, behind, kind, node)
      return countIn(enter, array)
    },
    splice,
    toSpliced(node, array, kind, typed) {
      const copy = copiedArray(enter, array, kind, node)
      splice(node, copy, kind, typed)
      return copy
    },
    fill(node, array, _kind, typed) {
      const [value, from, to] = enter.inOrder(node.arguments)
      isWritten(array, node)
      const length = countIn(enter, array)
      const place = (at: EnteredValue, otherwise: Atom) =>
        at === undefined || isAbsent(at) ? otherwise : clampedIndex(enter, asAtom(at, node), length)
      const kept = enter.settled(asStored(value, node))
      enter.times(place(to, length), index => storeAt(enter, array, index, kept, node, typed), place(from, '0'))
      return array
    },
    set(node, array, kind, typed) {
      const [from, at = '0'] = enter.inOrder(node.arguments)
      if (!typed || from === undefined || node.arguments.length > 2) throw refused(node, 'this call')
      isWritten(array, node)
      const [list, start] = [copiedArray(enter, asReference(from, node), kind, node), asAtom(at, node)]
      const test = enter.constant(start, ' + ', list, '.length > ', array, '.length')
      throwIf(enter, test, "new RangeError('offset is out of bounds')")
      storeAll(array, start, list, kind, node, typed)
      return undefined
    },
  }
}
