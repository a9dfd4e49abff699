/** Chains with `?.`: the rest of a chain runs only where its start is there. It must not know derivatives. */
import type ts from 'typescript'
import { asStored, asVariable, type Enter, inner, isFunction } from './context.ts'

export function chainsOf(enter: Enter): Pick<Enter, 'optionalChain'> {
  const { ts } = enter

  /** The first `?.` of a chain that is not being entered. */
  const firstLink = (node: ts.Expression): ts.OptionalChain | undefined => {
    if (!ts.isOptionalChain(node) || ts.isNonNullChain(node)) return undefined
    const before = firstLink(inner(ts, node.expression) as ts.Expression)
    if (before) return before
    return node.questionDotToken && !enter.found.has(inner(ts, node.expression) as ts.Expression) ? node : undefined
  }

  const optionalChain: Enter['optionalChain'] = node => {
    const link = firstLink(node)
    if (!link) return undefined
    const start = inner(ts, link.expression) as ts.Expression
    const value = enter.value(start)
    if (isFunction(value)) {
      enter.found.set(start, value)
      const result = enter.value(node)
      enter.found.delete(start)
      return { value: result }
    }
    const kept = enter.settled(asStored(value, start))
    const rest = () => {
      enter.found.set(start, kept)
      const result = enter.value(node)
      enter.found.delete(start)
      return result
    }
    return { value: enter.chosen(enter.constant(asVariable(enter, kept), ' != null'), rest, () => 'undefined', node) }
  }

  return { optionalChain }
}
