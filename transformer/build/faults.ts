/**
 * Turns faults into diagnostics: their place, the TypeScript errors that they replace, and the text of an internal failure.
 * It must not know how a fault was found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import type { TableFault } from '../meaning/table-check.ts'
import { catalogue, diagnostic } from '../report/diagnostics.ts'
import { operandsOf, operatorSpan, operatorText } from '../syntax/syntax.ts'

/** TypeScript's errors at operators on objects; tsgrad's errors replace them, since they name the declared operators. */
const REPLACED = new Set([2322, 2345, 2356, 2362, 2363, 2365, 2769])

export function faultDiagnostic(ts: TypeScript, file: ts.SourceFile, { site, fault }: ResolvedOperator): ts.Diagnostic {
  const { entry, args, at } = fault!
  const operand = typeof at === 'number' ? operandsOf(site)[at] : undefined
  const span = operand ? { start: operand.getStart(file), end: operand.end } : operatorSpan(site, file)
  return diagnostic(ts, entry, file, span, ...args)
}

export function tableDiagnostic(
  ts: TypeScript,
  file: ts.SourceFile,
  { entry, args, start, length }: TableFault,
): ts.Diagnostic {
  return diagnostic(ts, entry, file, { start, end: start + length }, ...args)
}

/** The diagnostic for an operator whose meaning stayed unclear, unless its expression has an error already. */
export function notUnderstood(
  ts: TypeScript,
  file: ts.SourceFile,
  { site, types }: ResolvedOperator,
  reported: readonly ts.Diagnostic[],
): ts.Diagnostic | undefined {
  const { node } = site
  const isInside = (at: number) => at >= node.getStart(file) && at <= node.end
  if (reported.some(each => each.file?.fileName === file.fileName && isInside(each.start!))) return undefined
  const shown = types()
    .map(type => `'${type}'`)
    .join(' and ')
  return diagnostic(ts, catalogue.notUnderstood, file, operatorSpan(site, file), operatorText(site, file), shown)
}

/** Whether a diagnostic of TypeScript is about one of these faults: about an operand of the operator, or the whole operation. */
export function coveredBy(
  file: ts.SourceFile,
  faults: readonly ResolvedOperator[],
  { code, start, length }: ts.Diagnostic,
): boolean {
  if (!REPLACED.has(code) || start === undefined) return false
  return faults.some(({ site }) =>
    [site.node, ...operandsOf(site)].some(node => node.getStart(file) === start && node.end === start + length!),
  )
}
