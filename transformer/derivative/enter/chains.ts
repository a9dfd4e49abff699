/** Chains with `?.`: the rest of a chain runs only where its start is there. It must not know derivatives. */
import type ts from 'typescript'
import { asStored, asVariable, type Enter, type EnteredValue, inner, isFunction } from './context.ts'

export function chainsOf(enter: Enter): Pick<Enter, 'optionalChain'> {
  const { ts } = enter

  /** The first `?.` of a chain that is not being entered. */
  const firstLink = (node: ts.Expression): ts.OptionalChain | undefined => {
    if (!ts.isOptionalChain(node) || ts.isNonNullChain(node)) return undefined
    const before = firstLink(inner(ts, node.expression) as ts.Expression)
    if (before) return before
    return node.questionDotToken && !enter.found.has(inner(ts, node.expression) as ts.Expression) ? node : undefined
  }

  /** What a chain is where its start is known; the same chain may be entered inside of it, for another call of its function. */
  const restOf = (start: ts.Expression, value: EnteredValue, node: ts.Expression): EnteredValue => {
    const [isInside, outer] = [enter.found.has(start), enter.found.get(start)]
    enter.found.set(start, value)
    const result = enter.value(node)
    if (isInside) enter.found.set(start, outer)
    else enter.found.delete(start)
    return result
  }

  const optionalChain: Enter['optionalChain'] = node => {
    const link = firstLink(node)
    if (!link) return undefined
    const start = inner(ts, link.expression) as ts.Expression
    const value = enter.value(start)
    if (isFunction(value)) return { value: restOf(start, value, node) }
    const kept = enter.settled(asStored(value, start))
    const isThere = enter.constant(asVariable(enter, kept), ' != null')
    return {
      value: enter.chosen(
        isThere,
        () => restOf(start, kept, node),
        () => 'undefined',
        node,
      ),
    }
  }

  return { optionalChain }
}
