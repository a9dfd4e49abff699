/**
 * Pairs each node of an original file with its node in the lowered one, whose types the compiler knows.
 * It must not know ESLint.
 */
import type ts from 'typescript'
import type { LoweredFile } from '../transformer/build/lowered-file.ts'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { expressionsAt, rangeOf } from '../transformer/syntax/places.ts'
import { operandsOf } from '../transformer/syntax/syntax.ts'
import { childrenOf } from '../transformer/syntax/walk.ts'

/**
 * The lowered node of each original one. Outside rewritten operators the trees are alike; an operand is found by its place in the
 * lowered text. Nodes without a lowered one are left out: `Math.exp` of `Math.exp(a)`, or a target whose parts are evaluated apart.
 */
export function pairNodes(
  ts: TypeScript,
  explained: LoweredFile,
  lowered: ts.SourceFile,
): ReadonlyMap<ts.Node, ts.Node> {
  const { original, operators } = explained
  const rewritten = new Map<ts.Node, readonly ts.Node[]>()
  for (const { site, resolution } of operators)
    if (resolution.kind !== 'native') rewritten.set(site.node, operandsOf(site))
  const expressionAt = expressionsAt(ts, lowered)
  const pairs = new Map<ts.Node, ts.Node>()
  // stacks of its own, for both trees at once: a chain of operators is deep on the left
  const pending: [ts.Node, ts.Node][] = [[original, lowered]]
  const places: ts.Node[] = []
  const byPlace = (node: ts.Node) => {
    const found = expressionAt(rangeOf(explained.rewritten, node, original))
    if (found) pending.push([node, found])
    else places.push(...childrenOf(ts, node))
  }
  for (;;) {
    const place = places.pop()
    if (place) {
      byPlace(place)
      continue
    }
    const next = pending.pop()
    if (!next) return pairs
    const [from, to] = next
    pairs.set(from, to)
    const operands = rewritten.get(from)
    if (operands) {
      places.push(...operands)
      continue
    }
    const children = childrenOf(ts, from)
    const others = childrenOf(ts, to).filter(child => !isInserted(explained, child))
    if (children.length !== others.length) places.push(...children)
    else for (const [i, child] of children.entries()) pending.push([child, withoutAdded(ts, child, others[i]!)])
  }
}

/** Whether a statement is the import of the runtime that lowering adds. */
function isInserted({ mapped }: LoweredFile, node: ts.Node): boolean {
  const isOfSourceFile = node.parent && node.parent.parent === undefined
  if (!isOfSourceFile) return false
  const start = node.getStart()
  return node.end > start && mapped.toOriginal({ start, length: node.end - start }).length === 0
}

/** The expression inside parentheses that lowering added. */
function withoutAdded(ts: TypeScript, original: ts.Node, lowered: ts.Node): ts.Node {
  let at = lowered
  while (ts.isParenthesizedExpression(at) && !ts.isParenthesizedExpression(original)) at = at.expression
  return at
}
