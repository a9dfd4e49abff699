/**
 * Which variables a name may stand for: each call of a function has its own, and a function that is passed on keeps those of the call in
 * which it was made. It must not know statements.
 */
import type ts from 'typescript'
import type { Activation, Enter, EnteredValue, FunctionNode, KnownFunction } from './context.ts'

/** A call and those whose variables its function sees, from the inside out. */
export function* visibleCalls(call: Activation | undefined): Generator<Activation> {
  for (let at = call; at; at = at.around) yield at
}

/** Whether a node stands in another one, or is it. */
export const isInside = (node: ts.Node, outer: ts.Node) =>
  node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end

/** The call in whose function a node stands. */
export const callAround = ({ activations }: Pick<Enter, 'activations'>, node: ts.Node): Activation | undefined =>
  [...visibleCalls(activations.at(-1))].find(each => each.node !== node && isInside(node, each.node))

/** A function as it is written, with the variables that it sees here. */
export const functionHere = (enter: Pick<Enter, 'activations'>, node: FunctionNode): KnownFunction => ({
  node,
  around: callAround(enter, node),
})

/** What names stand for in the current call; those from outside of all functions are the same everywhere. */
export function bindingsIn(enter: Pick<Enter, 'activations'>): Enter['bound'] {
  const outer = new Map<ts.Symbol, EnteredValue>()
  const holder = (symbol: ts.Symbol) =>
    [...visibleCalls(enter.activations.at(-1))].map(each => each.bound).find(each => each.has(symbol)) ?? outer
  return {
    has: symbol => holder(symbol).has(symbol),
    get: symbol => holder(symbol).get(symbol),
    set(symbol, value) {
      const [declaration] = symbol.declarations ?? []
      const own = declaration && callAround(enter, declaration)
      return (own?.bound ?? outer).set(symbol, value)
    },
  }
}
