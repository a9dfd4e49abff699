/**
 * The fault of an operand that no value can have, at an operator that a class would define: TypeScript takes `never` for a number.
 * It must not know why TypeScript ruled it out.
 */
import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import { catalogue } from '../report/diagnostics.ts'
import { operandsOf, operatorText, type Site } from '../syntax/syntax.ts'
import type { Fault, Operands } from './meaning.ts'
import type { Reader } from './tables.ts'

/** Where no class is concerned TypeScript is silent, and so is tsgrad. */
export function neverFault(
  reader: Reader,
  site: Site,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Fault | undefined {
  const at = operands.findIndex(([first]) => first?.kind === 'never')
  if (at === -1 || !operands.some(parts => parts.some(({ table }) => table))) return undefined
  // it is joined to the text, whatever it is
  if (site.key === '+' && operands.some(parts => parts.every(({ kind }) => kind === 'string'))) return undefined
  const operand = operandsOf(site)[at]!.getText(file)
  const declared = reader.show(types[at]!)
  const advice =
    declared === 'never'
      ? 'Give it the type of its values, an empty array for example `[] as Numeric[]`, or remove code that never runs.'
      : `All of '${declared}' is ruled out here: remove this code${ifItRuns(reader, types[at]!, operand)}.`
  return { entry: catalogue.neverOperand, args: [operatorText(site, file), advice], at }
}

/** Assignments in callbacks are not followed by control flow, so a variable that starts as null stays null. */
function ifItRuns(reader: Reader, type: Type, operand: string): string {
  if (!reader.mayBeAbsent(type)) return `, or correct the type of \`${operand}\``
  const declared = reader.show(type)
  const start = /\bnull\b/.test(declared) ? 'null' : 'undefined'
  return `. If it does run, only a callback assigns \`${operand}\`, which TypeScript does not see: start by \`${start} as ${declared}\``
}
