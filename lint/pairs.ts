/**
 * Which node of a lowered file stands for a node of the original one, so that the compiler's types can be asked about the original.
 * It must not know ESLint.
 */
import type ts from 'typescript'
import type { LoweredFile } from '../transformer/build/lowered-file.ts'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { expressionsAt, rangeOf } from '../transformer/syntax/places.ts'
import { operandsOf } from '../transformer/syntax/syntax.ts'
import { childrenOf } from '../transformer/syntax/walk.ts'

/**
 * The lowered node of each original one. Outside of rewritten operators the trees are alike; an operand is found by the place that it
 * was written to. Left out is what stands nowhere in the lowered text: `Math.exp` of `Math.exp(a)`, or a target that is taken apart.
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

/** The import of the run time that lowering adds. */
function isInserted({ mapped }: LoweredFile, node: ts.Node): boolean {
  const isOfSourceFile = node.parent && node.parent.parent === undefined
  if (!isOfSourceFile) return false
  const start = node.getStart()
  return node.end > start && mapped.toOriginal({ start, length: node.end - start }).length === 0
}

/** What stands inside of parentheses that lowering added. */
function withoutAdded(ts: TypeScript, original: ts.Node, lowered: ts.Node): ts.Node {
  let at = lowered
  while (ts.isParenthesizedExpression(at) && !ts.isParenthesizedExpression(original)) at = at.expression
  return at
}
