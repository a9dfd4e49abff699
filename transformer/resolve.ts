/**
 * Decides what each operator of a file is, from the types that the checker gave to its operands in the probe text.
 * It must not know texts: what is written for a resolution is the lowerer's affair.
 */
import type ts from 'typescript'
import { catalogue } from './diagnostics.ts'
import { located } from './faults.ts'
import { isDispatched } from './lowering.ts'
import {
  type Fault,
  isFault,
  misfitOf,
  native,
  type Operands,
  type Resolution,
  resolveOperands,
  type Verdict,
} from './meaning.ts'
import { isChain, type Probe } from './probe.ts'
import type { FileSites } from './rewrite.ts'
import { needsOldValue, needsPlace, operatorText, type Site, type TypeScript, targetOf } from './syntax.ts'
import type { Reader } from './tables.ts'

export interface Resolved {
  readonly site: Site
  readonly resolution: Resolution
  readonly fault?: Fault
  /** The operand types, as they are shown to people. */
  types(): readonly string[]
}

export function resolve(ts: TypeScript, probe: Probe, found: FileSites): readonly Resolved[] {
  const { reader } = probe
  const calls = probe.calls(found)
  const resolveAt = (site: Site, i: number): Resolved => {
    const call = calls[i]!
    if (isChain(ts, call)) return resolveInChain(site, call, calls[i - 1] === call)
    const operands = operandTypes(ts, probe.checker, site, call)
    const verdict = resolveSite(ts, reader, site, operands, found.file)
    return {
      site,
      resolution: isFault(verdict) ? native : verdict,
      ...(isFault(verdict) && { fault: verdict }),
      // shown to people only, and printing a type is slow
      types: () => operands.map(reader.show),
    }
  }
  const chains = new Map<ts.CallExpression, ts.Type | undefined>()
  const resolveInChain = (site: Site, call: ts.CallExpression, reported: boolean): Resolved => {
    if (!chains.has(call)) {
      const types = call.arguments.map(operand => probe.checker.getTypeAtLocation(operand))
      chains.set(
        call,
        types.find(type => reader.parts(type).some(({ kind }) => kind === 'operators')),
      )
    }
    const tracked = chains.get(call)
    if (!tracked) return { site, resolution: native, types: () => [] }
    const args = [String(call.arguments.length - 1), reader.show(tracked)]
    const fault: Fault = { entry: catalogue.chainTooLong, args, at: reported ? 'nowhere' : 'operator' }
    return { site, resolution: native, fault, types: () => [reader.show(tracked)] }
  }
  return found.sites.map((site, i) => located(found.file, site.node.getStart(found.file), () => resolveAt(site, i)))
}

function operandTypes(ts: TypeScript, checker: ts.TypeChecker, site: Site, call: ts.CallExpression): ts.Type[] {
  const callee = call.expression
  const key = ts.isElementAccessExpression(callee) ? (callee.argumentExpression as ts.StringLiteral).text : site.key
  if (key !== site.key || (site.form === 'math') !== ts.isPropertyAccessExpression(callee))
    throw new Error(`the operator \`${site.key}\` is paired with the helper call \`${key}\``)
  const operands = site.form === 'math' ? call.arguments.slice(1) : call.arguments
  return operands.map(operand => {
    if (!ts.isSpreadElement(operand)) return checker.getTypeAtLocation(operand)
    const array = checker.getTypeAtLocation(operand.expression)
    return checker.getIndexTypeOfType(array, ts.IndexKind.Number) ?? array
  })
}

function resolveSite(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  types: readonly ts.Type[],
  file: ts.SourceFile,
): Verdict {
  const operands = types.map(reader.parts)
  // By far the most operators end here.
  if (!operands.some(parts => parts.some(({ kind }) => kind === 'operators'))) return native
  const verdict = resolveOperands(ts, reader, site, operands, types)
  return isFault(verdict) || verdict.kind === 'native'
    ? verdict
    : (refused(ts, reader, site, verdict, operands, types, file) ?? verdict)
}

/** What cannot be written, although the types say what it means. */
function refused(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  resolution: Resolution,
  operands: Operands,
  types: readonly ts.Type[],
  file: ts.SourceFile,
): Fault | undefined {
  if (resolution.kind === 'text') return undefined
  const target = targetOf(ts, site)
  const operator = operatorText(site, file)
  if (
    target &&
    !(ts.isIdentifier(target) || ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target))
  )
    return { entry: catalogue.assertedTarget, args: [operator, reader.show(types[0]!)], at: 'operator' }
  const once = needsPlace(ts, site)
  // The run-time helper takes any operand, so that a wrong one must be reported here.
  const isHelper = once || isDispatched({ ts, file }, site, resolution)
  const absent = isHelper ? types.findIndex(reader.mayBeAbsent) : -1
  if (absent !== -1) {
    // At the operator, which stays, TypeScript says it itself; of an argument of Math it would say something else.
    const at = site.form === 'math' ? absent : 'nowhere'
    return { entry: catalogue.possiblyAbsent, args: [operator, reader.show(types[absent]!)], at }
  }
  if (isHelper && (site.form === 'assign' || site.form === 'binary')) {
    const misfit = misfitOf(reader, site.key, operands[0]!, operands[1]!, types)
    if (misfit) return misfit
  }
  const needsImport = isHelper || needsOldValue(ts, site)
  if (!needsImport || ts.isExternalModule(file)) return undefined
  return { entry: catalogue.dispatchInScript, args: [operator, reader.show(types[0]!)], at: 'operator' }
}
