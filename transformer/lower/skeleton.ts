/**
 * Trees as tokens, which can be compared: kinds, names and brackets, without parentheses, comments and blanks. Made on a stack of its
 * own, since a chain of 5,000 terms is 5,000 nodes deep. It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/** A token of a tree as it is compared, or a node that is still to be taken apart. */
export type TreePart = string | ts.Node

/** A token with the last node that was taken apart before it. */
export interface TreeToken {
  readonly token: string
  readonly node: ts.Node
}

/**
 * The tokens of a tree in their order. `replaced` gives the parts that stand for a node: `undefined` for its own.
 */
export function* skeletonOf(
  ts: TypeScript,
  file: ts.SourceFile,
  replaced: (node: ts.Node) => readonly TreePart[] | undefined,
): Generator<TreeToken> {
  const pending: TreePart[] = [file]
  let node: ts.Node = file
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (typeof part === 'string') {
      yield { token: part, node }
      continue
    }
    node = part
    const parts = replaced(part) ?? ownParts(ts, file, part)
    for (let i = parts.length - 1; i >= 0; i--) pending.push(parts[i]!)
  }
}

/** The parts of a node as it is. Parentheses are none: what they hold together is told by the tree. */
export function ownParts(ts: TypeScript, file: ts.SourceFile, node: ts.Node): readonly TreePart[] {
  if (ts.isParenthesizedExpression(node)) return [node.expression]
  if (node.kind <= ts.SyntaxKind.LastToken) return [leaf(ts, node.kind, textOf(ts, file, node))]
  return opened(ts, node.kind, detailsOf(ts, node), childParts(ts, node))
}

export const leaf = (ts: TypeScript, kind: ts.SyntaxKind, text: string): string => `${ts.SyntaxKind[kind]} ${text}`

export function opened(
  ts: TypeScript,
  kind: ts.SyntaxKind,
  details: string,
  parts: readonly TreePart[],
): readonly TreePart[] {
  return [`${ts.SyntaxKind[kind]}${details} {`, ...parts, '}']
}

/** The children of a node, with brackets around lists. */
export function childParts(ts: TypeScript, node: ts.Node): readonly TreePart[] {
  const parts: TreePart[] = []
  ts.forEachChild(
    node,
    child => void parts.push(child),
    list => void parts.push('[', ...list, ']'),
  )
  return parts
}

function textOf(ts: TypeScript, file: ts.SourceFile, node: ts.Node): string {
  // blanks are text there
  const start = ts.isJsxText(node) ? node.pos : node.getStart(file)
  return file.text.slice(start, node.end)
}

/** What a node says beside its children. */
function detailsOf(ts: TypeScript, node: ts.Node): string {
  if (ts.isOptionalChain(node)) return ' optional'
  if (ts.isVariableDeclarationList(node)) return ` ${node.flags & ts.NodeFlags.BlockScoped}`
  if (ts.isForStatement(node))
    return [node.initializer, node.condition, node.incrementor].map(each => (each ? ' +' : ' -')).join('')
  if (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression)) return ' directive'
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return ` ${node.operator}`
  return ''
}
