/** The one walk over ESLint's syntax trees. It must not know what is looked for. */
import type { TSESTree } from '@typescript-eslint/utils'

/** The names of the properties that hold a node's children, by the node's type. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>

/** A node and all below it, each before its children. */
export function nodesIn(keys: VisitorKeys, top: TSESTree.Node): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [top]
  for (const node of found) for (const key of keys[node.type] ?? []) found.push(...childrenAt(node, key))
  return found
}

function childrenAt(node: TSESTree.Node, key: string): readonly TSESTree.Node[] {
  const child = (node as unknown as Record<string, TSESTree.Node | readonly (TSESTree.Node | null)[] | null>)[key]
  return [child].flat().filter(each => each != null)
}
