/**
 * Compares the syntax trees of two files, without parentheses, comments, blanks and quotes. It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { unparenthesized } from '../../transformer/syntax/syntax.ts'
import { childrenOf } from '../../transformer/syntax/walk.ts'

/** The properties of a node beside its kind and children. */
type Scalars = Partial<Record<'text' | 'operator' | 'keywordToken' | 'token' | 'isTypeOnly' | 'isTypeOf', unknown>>

/** The outermost nodes of the first tree that differ from the second; empty for equal trees. */
export function differences(ts: TypeScript, first: ts.SourceFile, second: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = []
  const pending: [ts.Node, ts.Node][] = [[first, second]]
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [a, b] = pair
    const [inA, inB] = [compared(ts, a), compared(ts, b)]
    if (!isAlike(ts, a, b) || inA.length !== inB.length) found.push(a)
    else for (const [i, child] of inA.entries()) pending.push([child, inB[i]!])
  }
  return found
}

function isAlike(ts: TypeScript, a: ts.Node & Scalars, b: ts.Node & Scalars): boolean {
  return (
    a.kind === b.kind &&
    // the text of a file holds that of all its nodes
    (ts.isSourceFile(a) || a.text === b.text) &&
    a.operator === b.operator &&
    a.keywordToken === b.keywordToken &&
    a.token === b.token &&
    a.isTypeOnly === b.isTypeOnly &&
    a.isTypeOf === b.isTypeOf &&
    // `(o?.a).b` and `o?.a.b`; `let`, `const` and `using`
    ts.isOptionalChain(a) === ts.isOptionalChain(b) &&
    (a.flags & ts.NodeFlags.BlockScoped) === (b.flags & ts.NodeFlags.BlockScoped)
  )
}

function compared(ts: TypeScript, node: ts.Node): readonly ts.Node[] {
  return childrenOf(ts, node).map(child => (ts.isExpression(child) ? unparenthesized(ts, child) : child))
}
