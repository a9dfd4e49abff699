/**
 * The one walk over a syntax tree: in source order, on a stack of its own, because a chain of 5,000 terms is 5,000 nodes deep.
 * It must not know what is looked for.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/** Visits a node and those below it, each before its children; `'skip'` leaves out what is below the visited node. */
export function walk(ts: TypeScript, root: ts.Node, visit: (node: ts.Node) => 'skip' | undefined): void {
  const pending: ts.Node[] = [root]
  const add = (child: ts.Node) => void pending.push(child)
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (visit(node) === 'skip') continue
    const first = pending.length
    ts.forEachChild(node, add)
    // the first child is the next one to be popped
    for (let i = first, j = pending.length - 1; i < j; i++, j--) {
      const child = pending[i]!
      pending[i] = pending[j]!
      pending[j] = child
    }
  }
}

/** The children of a node in their order. */
export function childrenOf(ts: TypeScript, node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  ts.forEachChild(node, child => void children.push(child))
  return children
}
