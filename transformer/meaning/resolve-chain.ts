/**
 * Resolves the operators of a long chain, one after the other, from the types of its operands alone.
 * It must not know texts.
 */

import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { type Chain, flatFrom } from '../syntax/chains.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import { type Fault, isFault, type Operands, type OperandType, type Verdict } from './meaning.ts'
import { misfitOf } from './pairs.ts'
import { resolveSite } from './resolve-site.ts'
import type { Part, Reader } from './tables.ts'

interface Link {
  readonly site: BinarySite
  readonly verdict: Verdict
  readonly operands: Operands
  /** The types of the operands, for messages. */
  readonly types: readonly Type[]
  readonly result: readonly Part[]
}

/** The meaning of each operator, in the order of evaluation. There is one operand more than operators. */
export function resolveChain(
  ts: TypeScript,
  reader: Reader,
  chain: Chain,
  all: readonly OperandType[],
  file: ts.SourceFile,
): readonly Link[] {
  const links: Link[] = []
  let left = all[0]!.parts
  for (const [i, site] of chain.sites.entries()) {
    const right = all[i + 1]!
    const operands = [left, right.parts]
    const shown = [(left.find(({ table }) => table) ?? left[0]!).type, right.type]
    const verdict = resolveSite(ts, reader, site, operands, shown, file)
    left = reader.result(site.key, left, operands[1]!)
    links.push({ site, verdict, operands, types: shown, result: left })
  }
  const from = flatFrom(chain, site => isCall(links[chain.sites.indexOf(site)]!.verdict))
  return from === undefined ? links : flat(ts, reader, links, from, file)
}

const isCall = (verdict: Verdict) => isFault(verdict) || (verdict.kind !== 'native' && verdict.kind !== 'text')

/** In the flat form an operator's left operand has no type, so TypeScript reports no fault. One fault is enough. */
function flat(
  ts: TypeScript,
  reader: Reader,
  links: readonly Link[],
  from: number,
  file: ts.SourceFile,
): readonly Link[] {
  const first = links[from]!
  const last = links.length - 1
  const refused = (fault: Fault, index: number) =>
    links.map((link, i): Link => ({ ...link, verdict: i === index ? fault : { ...fault, at: 'nowhere' } }))
  for (const [i, link] of links.entries()) {
    const fault = i > from ? faultOf(reader, link) : isFault(link.verdict) && link.verdict
    if (fault) return refused(fault, i)
    if (i > from && !isSteady(link, first))
      return refused(chainFault(catalogue.chainTooLong, reader, link, String(links.length)), last)
  }
  return ts.isExternalModule(file)
    ? links
    : refused(chainFault(catalogue.dispatchInScript, reader, first, first.site.key), last)
}

function chainFault(entry: CatalogueEntry, reader: Reader, { operands }: Link, what: string): Fault {
  const shown = operands[0]!.map(({ type }) => reader.show(type)).join(' | ')
  return { entry, args: [what, shown], at: 'operator' }
}

function isSteady({ verdict, result }: Link, first: Link): boolean {
  const isCalled = !isFault(verdict) && (verdict.kind === 'method' || verdict.kind === 'dispatch')
  return isCalled && sameTypes(result, first.result)
}

function faultOf(reader: Reader, { site, verdict, operands, types }: Link): Fault | undefined {
  if (isFault(verdict)) return verdict
  if (verdict.kind === 'text') return undefined
  const [, right] = types
  // the operator stays in the text, and TypeScript reports the fault there
  if (reader.mayBeAbsent(right!))
    return { entry: catalogue.possiblyAbsent, args: [site.key, reader.show(right!)], at: 'nowhere' }
  return misfitOf(reader, site.key, operands[0]!, operands[1]!, types)
}

function sameTypes(left: readonly Part[], right: readonly Part[]): boolean {
  const types = new Set(right.map(({ type }) => type))
  return left.length === right.length && left.every(({ type }) => types.has(type))
}
