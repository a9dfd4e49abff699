/**
 * Resolves each operator of a file by the types of its operands in the probe text.
 * It must not know texts: `lower` writes the text of a resolution.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { OperandType } from '../meaning/meaning.ts'
import { resolveChain } from '../meaning/resolve-chain.ts'
import { resolveSite } from '../meaning/resolve-site.ts'
import { type ResolvedOperator, resolvedOperator } from '../meaning/resolved-operator.ts'
import { located } from '../report/errors.ts'
import { type Chain, isTop, longChains } from '../syntax/chains.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import type { Site } from '../syntax/syntax.ts'
import { operandTypeAt, operandTypeOf } from './operand-types.ts'
import type { ProbeProgram } from './probe.ts'

export function resolve(ts: TypeScript, probe: ProbeProgram, found: FileSites): readonly ResolvedOperator[] {
  const { reader } = probe
  const calls = probe.calls(found)
  const callOf = new Map(found.sites.map((site, i) => [site.node as ts.Node, calls[i]!]))
  const chains = longChains(ts, found)
  probe.checker.prefetch?.(calls.flatMap(call => call.arguments.map(operand => argumentOf(ts, operand))))
  const inChains = new Map<ts.Node, ResolvedOperator>()
  const resolveAt = (site: Site): ResolvedOperator => {
    const chain = chains.get(site.node)
    if (!chain) {
      const operands = operandsIn(ts, probe, site, callOf.get(site.node)!)
      const types = operands.map(({ type }) => type)
      const verdict = resolveSite(
        ts,
        reader,
        site,
        operands.map(({ parts }) => parts),
        types,
        found.file,
      )
      return resolvedOperator(reader, site, verdict, types)
    }
    if (isTop(chain, site.node)) {
      const operands = chainOperands(ts, probe, chain, callOf)
      for (const { site, verdict, types } of resolveChain(ts, reader, chain, operands, found.file))
        inChains.set(site.node, resolvedOperator(reader, site, verdict, types))
    }
    return inChains.get(site.node)!
  }
  return found.sites.map(site => located(found.file, site.node.getStart(found.file), () => resolveAt(site)))
}

/** A chain's operands, one more than it has operators. */
function chainOperands(
  ts: TypeScript,
  { checker, reader }: ProbeProgram,
  { sites }: Chain,
  callOf: ReadonlyMap<ts.Node, ts.CallExpression>,
): readonly OperandType[] {
  const first = operandsIn(ts, { checker, reader }, sites[0]!, callOf.get(sites[0]!.node)!)
  const [, ...rest] = callOf.get(sites.at(-1)!.node)!.arguments
  if (rest.length !== sites.length - 1)
    throw new Error(`a chain of ${sites.length} operators is paired with one of ${rest.length + 1}`)
  return [...first, ...rest.map(operand => operandTypeAt(ts, checker, reader, operand))]
}

function operandsIn(
  ts: TypeScript,
  { checker, reader }: Pick<ProbeProgram, 'checker' | 'reader'>,
  site: Site,
  call: ts.CallExpression,
): OperandType[] {
  const callee = call.expression
  const key = ts.isElementAccessExpression(callee) ? (callee.argumentExpression as ts.StringLiteral).text : site.key
  if (key !== site.key || (site.form === 'math') !== ts.isPropertyAccessExpression(callee))
    throw new Error(`the operator \`${site.key}\` is paired with the helper call \`${key}\``)
  const operands = site.form === 'math' ? call.arguments.slice(1) : call.arguments
  return operands.map(operand => {
    if (!ts.isSpreadElement(operand)) return operandTypeAt(ts, checker, reader, operand)
    const array = checker.getTypeAtLocation(operand.expression)
    return operandTypeOf(reader, checker.getIndexTypeOfType(array, ts.IndexKind.Number) ?? array)
  })
}

/** The expression whose type is an argument's: for `...xs` the array. */
function argumentOf(ts: TypeScript, operand: ts.Expression): ts.Expression {
  return ts.isSpreadElement(operand) ? operand.expression : operand
}
