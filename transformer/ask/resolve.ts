/**
 * Resolves each operator of a file by the types of its operands in the probe text.
 * It must not know texts: `lower` writes the text of a resolution.
 */
import type ts from 'typescript'
import type { Checker, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { resolveChain } from '../meaning/resolve-chain.ts'
import { resolveSite } from '../meaning/resolve-site.ts'
import { type ResolvedOperator, resolvedOperator } from '../meaning/resolved-operator.ts'
import { located } from '../report/errors.ts'
import { type Chain, isTop, longChains } from '../syntax/chains.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import type { Site } from '../syntax/syntax.ts'
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
      const operands = operandTypes(ts, probe.checker, site, callOf.get(site.node)!)
      const verdict = resolveSite(ts, reader, site, operands.map(reader.parts), operands, found.file)
      return resolvedOperator(reader, site, verdict, operands)
    }
    if (isTop(chain, site.node)) {
      const operands = chainOperands(ts, probe.checker, chain, callOf)
      for (const { site, verdict, types } of resolveChain(ts, reader, chain, operands, found.file))
        inChains.set(site.node, resolvedOperator(reader, site, verdict, types))
    }
    return inChains.get(site.node)!
  }
  return found.sites.map(site => located(found.file, site.node.getStart(found.file), () => resolveAt(site)))
}

/** The types of a chain's operands, one more than it has operators. */
function chainOperands(
  ts: TypeScript,
  checker: Checker,
  { sites }: Chain,
  callOf: ReadonlyMap<ts.Node, ts.CallExpression>,
): readonly Type[] {
  const first = operandTypes(ts, checker, sites[0]!, callOf.get(sites[0]!.node)!)
  const [, ...rest] = callOf.get(sites.at(-1)!.node)!.arguments
  if (rest.length !== sites.length - 1)
    throw new Error(`a chain of ${sites.length} operators is paired with one of ${rest.length + 1}`)
  return [...first, ...rest.map(operand => checker.getTypeAtLocation(operand))]
}

function operandTypes(ts: TypeScript, checker: Checker, site: Site, call: ts.CallExpression): Type[] {
  const callee = call.expression
  const key = ts.isElementAccessExpression(callee) ? (callee.argumentExpression as ts.StringLiteral).text : site.key
  if (key !== site.key || (site.form === 'math') !== ts.isPropertyAccessExpression(callee))
    throw new Error(`the operator \`${site.key}\` is paired with the helper call \`${key}\``)
  const operands = site.form === 'math' ? call.arguments.slice(1) : call.arguments
  return operands.map(operand => {
    const type = checker.getTypeAtLocation(argumentOf(ts, operand))
    return ts.isSpreadElement(operand) ? (checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) : type
  })
}

/** The expression whose type is an argument's: for `...xs` the array. */
function argumentOf(ts: TypeScript, operand: ts.Expression): ts.Expression {
  return ts.isSpreadElement(operand) ? operand.expression : operand
}
