/**
 * Chains of binary operators, `a + b - c * …` down their left operands, that are too long to be nested calls.
 * Purely syntactic; it must not know types or what is written for a chain.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { BinarySite, FileSites } from './rewrite.ts'

/**
 * From this many operators on a chain is written flat. The compiler recurses over nested calls and overflows its stack from 400
 * on, also for calls written by hand.
 */
export const LONG_CHAIN = 200

/**
 * So many operators of a flat chain are nested in one assignment: the compiler looks at each assignment again for each operand
 * behind it, so with one operator in each its time grows with the square of the length.
 */
export const NESTED = 50

export interface Chain {
  /** Its operators in the order of evaluation: the innermost first. */
  readonly sites: readonly BinarySite[]
}

/** The long chains of a file, by the node of each of their operators. */
export function longChains(ts: TypeScript, { file, sites }: FileSites): ReadonlyMap<ts.Node, Chain> {
  if (sites.length <= LONG_CHAIN) return new Map()
  const chains = new Map<ts.Node, BinarySite[]>()
  // outer before inner
  for (const site of sites) {
    if (site.form !== 'binary') continue
    const whole = withParentheses(ts, file, site.node)
    const { parent } = whole
    const chain = (ts.isBinaryExpression(parent) && parent.left === whole && chains.get(parent)) || []
    chain.push(site)
    chains.set(site.node, chain)
  }
  const long = new Map<BinarySite[], Chain>()
  for (const chain of new Set(chains.values()))
    if (chain.length > LONG_CHAIN) long.set(chain, { sites: [...chain].reverse() })
  return new Map([...chains].flatMap(([node, chain]) => (long.has(chain) ? [[node, long.get(chain)!] as const] : [])))
}

/**
 * The index of the operator from which a chain is written flat, `chain(chain.value = a.add(b), chain.value = chain.value.mul(c), …)`:
 * the first one that is a call, if the calls after it are too many to be nested.
 */
export function flatFrom({ sites }: Chain, isCall: (site: BinarySite) => boolean): number | undefined {
  const first = sites.findIndex(isCall)
  return first !== -1 && sites.length - first > LONG_CHAIN ? first : undefined
}

/** Its operands in their order, one more than it has operators. */
export function operandsOfChain({ sites }: Chain): readonly ts.Expression[] {
  return [sites[0]!.node.left, ...sites.map(({ node }) => node.right)]
}

/** Whether an operator is the last one of its chain to be evaluated. */
export function isTop({ sites }: Chain, node: ts.Node): boolean {
  return sites.at(-1)!.node === node
}

/** The expression inside parentheses that a chain does not need: those around its left operand, without comments. */
export function withoutParentheses(ts: TypeScript, file: ts.SourceFile, node: ts.Expression): ts.Expression {
  let at = node
  while (isBare(ts, file, at)) at = at.expression
  return at
}

function withParentheses(ts: TypeScript, file: ts.SourceFile, node: ts.Expression): ts.Node {
  let at: ts.Node = node
  while (isBare(ts, file, at.parent)) at = at.parent
  return at
}

function isBare(ts: TypeScript, file: ts.SourceFile, node: ts.Node): node is ts.ParenthesizedExpression {
  if (!ts.isParenthesizedExpression(node)) return false
  const { expression } = node
  // a comment inside must not be lost
  return !/\S/.test(
    file.text.slice(node.getStart(file) + 1, expression.getStart(file)) + file.text.slice(expression.end, node.end - 1),
  )
}
