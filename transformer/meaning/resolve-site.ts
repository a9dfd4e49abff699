/**
 * Resolves one operator from the types of its operands, and refuses what cannot be written.
 * It must not know which program the types are from.
 */
import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { catalogue } from '../report/diagnostics.ts'
import { needsOldValue, needsPlace, operatorText, type Site, targetOf } from '../syntax/syntax.ts'
import { isTested } from '../syntax/tested.ts'
import { foldFault } from './math.ts'
import {
  type Fault,
  isFault,
  misfit,
  native,
  type Operands,
  type Resolution,
  takesAll,
  type Verdict,
} from './meaning.ts'
import { resolveOperands } from './operands.ts'
import { isDispatched } from './order.ts'
import { misfitOf } from './pairs.ts'
import { neverFault } from './ruled-out.ts'
import type { Part, Reader } from './tables.ts'

/** @param types the operands' types, for messages. @param operands the members of these types. */
export function resolveSite(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  const ruledOut = neverFault(reader, site, operands, types, file)
  if (ruledOut) return ruledOut
  const ofArray = signOfArray(reader, site, operands, file)
  if (ofArray) return ofArray
  // fast path: most operators are native
  if (!operands.some(parts => parts.some(({ kind }) => kind === 'operators'))) return native
  const verdict = resolveOperands(ts, reader, site, operands, types, file)
  if (isFault(verdict) || verdict.kind === 'native') return verdict
  const fault =
    unwritable(ts, reader, site, verdict, operands, types, file) ?? alwaysTrue(ts, reader, site, operands, file)
  return fault ?? verdict
}

/** The fault of a sign before an array of objects, which TypeScript takes for a number. */
function signOfArray(reader: Reader, site: Site, [parts]: Operands, file: ts.SourceFile): Fault | undefined {
  if (site.form !== 'unary') return undefined
  const isOfObjects = ({ kind, type }: Part) => kind === 'other' && reader.elements(type).some(({ table }) => table)
  if (!parts!.some(isOfObjects)) return undefined
  const operator = operatorText(site, file)
  const call = `${site.node.operand.getText(file)}.map(x => ${operator}x)`
  return { entry: catalogue.eachElement, args: [operator, call], at: 0 }
}

/** The fault of a condition whose value is an object, whatever number it stands for. */
function alwaysTrue(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  operands: Operands,
  file: ts.SourceFile,
): Fault | undefined {
  if (!isTested(ts, site.node)) return undefined
  const results = resultOf(reader, site, operands)
  if (!results.every(({ kind }) => kind === 'operators')) return undefined
  const shown = [...new Set(results.map(({ type }) => reader.show(type)))].join(' | ')
  return { entry: catalogue.alwaysTrue, args: [operatorText(site, file), shown], at: 'operator' }
}

function resultOf(reader: Reader, { form, key }: Site, operands: Operands): readonly Part[] {
  const [left, right] = operands
  if (form === 'math') return reader.mathResult(key, operands)
  return form === 'step' ? left! : reader.result(key, left!, right)
}

/** The fault of operands that a helper at run time would take, although the method does not. */
function helperFault(
  reader: Reader,
  site: Site,
  resolution: Resolution,
  operands: Operands,
  types: readonly Type[],
): Fault | undefined {
  if (resolution.kind === 'fold') return foldFault(reader, site.key, operands, types, resolution)
  const [left, right] = operands
  if (!right || operands.length > 2) return undefined
  const isAccepted = resolution.kind === 'reflected' && takesAll(reader, right, resolution.method, left!)
  return isAccepted ? undefined : misfitOf(reader, site.key, left!, right, types)
}

/** The fault of an operator whose meaning is clear, but which cannot be written. */
function unwritable(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  resolution: Resolution,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Fault | undefined {
  if (resolution.kind === 'text')
    return resolution.operand === 'left' && needsPlace(ts, site) ? misfit(reader, site.key, types, 1) : undefined
  const target = targetOf(ts, site)
  const operator = operatorText(site, file)
  if (
    target &&
    !(ts.isIdentifier(target) || ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target))
  )
    // TypeScript reports it
    return { ...misfit(reader, site.key, types, 0), at: 'nowhere' }
  const once = needsPlace(ts, site)
  // The helper at run time accepts any operand, so a wrong one must be reported here.
  const isHelper = once || isDispatched(ts, site, resolution)
  const absent = isHelper ? types.findIndex(reader.mayBeAbsent) : -1
  if (absent !== -1) {
    // The operator stays in the text, and TypeScript reports it there, but not beside `any`; for an argument of Math its message would mislead.
    const isSilent = site.key === '+' && operands.some(parts => parts.some(({ kind }) => kind === 'any'))
    const at = site.form === 'math' || isSilent ? absent : 'nowhere'
    return { entry: catalogue.possiblyAbsent, args: [operator, reader.show(types[absent]!)], at }
  }
  const fault = isHelper ? helperFault(reader, site, resolution, operands, types) : undefined
  if (fault) return fault
  const needsImport = isHelper || needsOldValue(ts, site)
  if (!needsImport || ts.isExternalModule(file)) return undefined
  return { entry: catalogue.dispatchInScript, args: [operator, reader.show(types[0]!)], at: 'operator' }
}
