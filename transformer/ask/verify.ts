/**
 * Verifies the operators of a lowered file: resolves them again by the types of their operands in the lowered program.
 * It must not know whether they were guessed or probed.
 */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import type { OperandType } from '../meaning/meaning.ts'
import { resolveChain } from '../meaning/resolve-chain.ts'
import { resolveSite } from '../meaning/resolve-site.ts'
import { type ResolvedOperator, resolvedOperator } from '../meaning/resolved-operator.ts'
import type { Part, Reader } from '../meaning/tables.ts'
import { isTop, longChains, operandsOfChain } from '../syntax/chains.ts'
import { expressionsAt, rangeOf } from '../syntax/places.ts'
import type { Rewritten } from '../syntax/rewrite.ts'
import { operandsOf, type Site, unparenthesized } from '../syntax/syntax.ts'
import type { Span } from '../text/text.ts'
import { operandTypeAt } from './operand-types.ts'

/** A file with the resolutions to verify. */
export interface FileToVerify {
  readonly original: ts.SourceFile
  readonly operators: readonly ResolvedOperator[]
  readonly rewritten: Rewritten
}

/**
 * The operators whose resolution in the lowered program differs, with that resolution. If no file has any, then the types of the
 * lowered program depend on no guess. An operand without a type there, or of type `any`, which an error may cause, does not refute
 * a probed operator, but refutes a guessed one.
 */
export function differingOperators(
  ts: TypeScript,
  checker: Checker,
  reader: Reader,
  file: ts.SourceFile,
  { original, operators: taken, rewritten }: FileToVerify,
  isGuessed: boolean,
): readonly ResolvedOperator[] {
  const expressionOf = expressionsIn(ts, file, original, taken, rewritten)
  const operandOf = (operand: ts.Expression) => {
    const expression = expressionOf(operand)
    return expression && operandTypeAt(ts, checker, reader, expression)
  }
  const bySite = new Map<Site, ResolvedOperator>(taken.map(each => [each.site, each]))
  const chains = longChains(ts, { file: original, sites: taken.map(({ site }) => site) })
  const native = new Set<ts.Node>(
    taken.filter(({ resolution }) => resolution.kind === 'native').map(each => each.site.node),
  )
  // native operators never result in objects, and asking for their types takes quadratic time in a chain
  const othersOf = (site: Site) => operandsOf(site).filter(operand => !native.has(unparenthesized(ts, operand)))
  const isNative = ({ resolution, fault }: ResolvedOperator) => resolution.kind === 'native' && !fault
  const asked = taken.flatMap(each => (isNative(each) ? othersOf : operandsOf)(each.site))
  checker.prefetch?.(asked.flatMap(operand => expressionOf(operand) ?? []))
  const has = (operand: OperandType | undefined, ...sought: readonly Part['kind'][]) =>
    operand?.parts.some(({ kind }) => sought.includes(kind))

  /** These operators, unless `again` resolves all of them as before. */
  const compared = (
    sites: readonly Site[],
    nodes: readonly ts.Expression[],
    again: (operands: readonly OperandType[]) => readonly ResolvedOperator[],
  ): readonly ResolvedOperator[] => {
    const operands = nodes.flatMap(node => operandOf(node) ?? [])
    // the lowered text evaluates the parts of this target separately, so no node has the target's type
    if (operands.length < nodes.length) return isGuessed ? sites.map(site => bySite.get(site)!) : []
    const found = again(operands)
    if (found.every(each => isSame(each, bySite.get(each.site)!))) return []
    return isGuessed || !operands.some(operand => has(operand, 'any')) ? found : []
  }

  return taken.flatMap(each => {
    const { site } = each
    const chain = chains.get(site.node)
    if (chain) {
      if (!isTop(chain, site.node)) return []
      return compared(chain.sites, operandsOfChain(chain), operands =>
        resolveChain(ts, reader, chain, operands, original).map(link =>
          resolvedOperator(reader, link.site, link.verdict, link.types),
        ),
      )
    }
    const operands = operandsOf(site)
    if (isNative(each) && !othersOf(site).some(operand => has(operandOf(operand), 'operators', 'never'))) return []
    return compared([site], operands, found => {
      const types = found.map(({ type }) => type)
      const parts = found.map(each => each.parts)
      return [resolvedOperator(reader, site, resolveSite(ts, reader, site, parts, types, original), types)]
    })
  })
}

/** The node of the lowered file at the place of an operand of the original. */
function expressionsIn(
  ts: TypeScript,
  file: ts.SourceFile,
  original: ts.SourceFile,
  taken: readonly ResolvedOperator[],
  rewritten: Rewritten,
): (operand: ts.Expression) => ts.Expression | undefined {
  const ranges = new Map<ts.Node, Span | undefined>()
  for (const { site } of taken)
    for (const operand of operandsOf(site)) ranges.set(operand, rangeOf(rewritten, operand, original))
  const expressionAt = expressionsAt(ts, file, ranges.values())
  return operand => expressionAt(ranges.get(operand))
}

function isSame(found: ResolvedOperator, taken: ResolvedOperator): boolean {
  if (found.fault || taken.fault) return found.fault !== undefined && taken.fault !== undefined
  const all: Record<string, unknown> = { ...taken.resolution }
  return Object.entries(found.resolution).every(([name, value]) => all[name] === value)
}
