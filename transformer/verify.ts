/**
 * Whether the operators of a lowered file are what they were taken for: they are resolved again, from the types that their
 * operands have in the lowered program. It must not know how they were found out.
 */
import type ts from 'typescript'
import { type Chain, isTop, longChains } from './chains.ts'
import { type Fault, isFault, type Resolution, type Verdict } from './meaning.ts'
import { type Resolved, resolved } from './resolve.ts'
import { resolveChain } from './resolve-chain.ts'
import { resolveSite } from './resolve-site.ts'
import type { Rewritten } from './rewrite.ts'
import { operandsOf, type Site, type TypeScript, unparenthesized } from './syntax.ts'
import type { Reader } from './tables.ts'
import type { Span } from './text.ts'

/** A file and what its operators were taken for. */
export interface Lowered {
  readonly original: ts.SourceFile
  readonly resolved: readonly Resolved[]
  readonly rewritten: Rewritten
}

/**
 * Those operators that mean something else by the types of the lowered program, as they are there. If there are none in any file,
 * then these types depend on no guess. An operand of type `any` may only be one because of an error; where `anyIsKnown` it says nothing.
 */
export function differences(
  ts: TypeScript,
  checker: ts.TypeChecker,
  reader: Reader,
  file: ts.SourceFile,
  { original, resolved: taken, rewritten }: Lowered,
  anyIsKnown: boolean,
): readonly Resolved[] {
  const keyOf = (node: ts.Expression) => keyAt(rangeOf(rewritten, node, original))
  const wanted = new Set(taken.flatMap(({ site }) => operandsOf(site).map(keyOf)))
  const expressions = expressionsAt(ts, file, wanted)
  const native = new Set<ts.Node>(
    taken.filter(({ resolution }) => resolution.kind === 'native').map(each => each.site.node),
  )
  const typeOf = (operand: ts.Expression) => checker.getTypeAtLocation(expressions.get(keyOf(operand))!)
  const chains = longChains(ts, { file: original, sites: taken.map(({ site }) => site) })
  const inChain = (chain: Chain): readonly Resolved[] => {
    const operands = [chain.sites[0]!.node.left, ...chain.sites.map(({ node }) => node.right)]
    if (operands.some(operand => !expressions.has(keyOf(operand)))) return []
    const links = resolveChain(ts, reader, chain, operands.map(typeOf), original)
    const taken = (site: Site) => bySite.get(site)!
    const isRight = links.every(({ site, verdict }) => isSame(verdict, taken(site).resolution, taken(site).fault))
    if (isRight || (anyIsKnown && operands.map(typeOf).some(isAny))) return []
    return links.map(({ site, verdict, types }) => resolved(reader, site, verdict, types))
  }
  const bySite = new Map(taken.map(each => [each.site, each]))
  const isAny = (type: ts.Type) => reader.parts(type).some(({ kind }) => kind === 'any')
  const hasObject = (type: ts.Type) => reader.parts(type).some(({ kind }) => kind === 'operators')
  return taken.flatMap(({ site, resolution, fault }) => {
    const chain = chains.get(site.node)
    if (chain) return isTop(chain, site.node) ? inChain(chain) : []
    const operands = operandsOf(site)
    // a target that is taken apart, or a link of a chain: its type stands nowhere in the text
    if (operands.some(operand => !expressions.has(keyOf(operand)))) return []
    // JavaScript's own operators give no objects, and to ask for their types would take quadratic time in a chain
    const isPlain = resolution.kind === 'native' && !fault
    const others = isPlain ? operands.filter(operand => !native.has(unparenthesized(ts, operand))) : operands
    if (isPlain && !others.some(operand => hasObject(typeOf(operand)))) return []
    const types = operands.map(typeOf)
    const verdict = resolveSite(ts, reader, site, types.map(reader.parts), types, original)
    if (isSame(verdict, resolution, fault) || (anyIsKnown && types.some(isAny))) return []
    return [resolved(reader, site, verdict, types)]
  })
}

function isSame(verdict: Verdict, resolution: Resolution, fault: Fault | undefined): boolean {
  if (isFault(verdict) || fault) return isFault(verdict) && fault !== undefined
  const all: Record<string, unknown> = { ...resolution }
  return Object.entries(verdict).every(([name, value]) => all[name] === value)
}

function rangeOf({ mapped, ranges }: Rewritten, node: ts.Expression, file: ts.SourceFile): Span | undefined {
  const written = ranges.get(node)
  if (!written) return mapped.toGenerated({ start: node.getStart(file), length: node.end - node.getStart(file) })
  // a blank may stand between two words that would become one
  const blank = mapped.text[written.start] === ' ' ? 1 : 0
  return { start: written.start + blank, length: written.length - blank }
}

/** A range as a number: texts are shorter than 2 ** 26 characters. */
const keyAt = (span: Span | undefined) => (span ? span.start * 2 ** 26 + span.start + span.length : -1)

/** The outermost expression at each of the wanted ranges. */
function expressionsAt(
  ts: TypeScript,
  file: ts.SourceFile,
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, ts.Expression> {
  const found = new Map<number, ts.Expression>()
  const pending: ts.Node[] = [file]
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (ts.isExpression(node)) {
      const start = node.getStart(file)
      const key = keyAt({ start, length: node.end - start })
      if (wanted.has(key) && !found.has(key)) found.set(key, node)
    }
    if (!ts.isTypeNode(node)) ts.forEachChild(node, child => void pending.push(child))
  }
  return found
}
