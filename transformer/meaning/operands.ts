/**
 * Resolves an operator, of whichever form, from the types of its operands. It must not know how operators are written.
 */
import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Site } from '../syntax/syntax.ts'
import { resolveMath } from './math.ts'
import { methods, misfit, namedByAll, notNamed, type Operands, severalMethods, type Verdict } from './meaning.ts'
import { resolveBinary } from './pairs.ts'
import type { Part, Reader } from './tables.ts'

/** The meaning of a site of which some operand has operators. */
export function resolveOperands(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  switch (site.form) {
    case 'binary':
    case 'assign':
      return resolveBinary(reader, site.key, operands[0]!, operands[1]!, types)
    case 'unary':
      return resolveUnary(reader, site.key, site.key, operands[0]!, types)
    case 'step':
      return resolveUnary(reader, site.key, site.key[0]!, operands[0]!, types)
    case 'math':
      return resolveMath(ts, reader, site, operands, types, file)
  }
}

/** `key` is the run-time helper's; `table` is the table's (`++` uses `+`). */
function resolveUnary(
  reader: Reader,
  key: string,
  table: string,
  operand: readonly Part[],
  types: readonly Type[],
): Verdict {
  const found = methods(operand, 'direct', table)
  const [method] = found
  const isUnnamed = (part: Part) => part.kind === 'operators' && !part.table!.direct.has(table)
  if (!method || operand.some(isUnnamed)) return notNamed(reader, key, [operand], types)
  const ambiguous = severalMethods(key, found, types[0]!, reader)
  if (ambiguous) return ambiguous
  if (namedByAll(operand, 'direct', table)) return { kind: 'method', method }
  // of the others JavaScript would make NaN
  const isWrong = ({ kind }: Part) => kind === 'other' || kind === 'string'
  return operand.some(isWrong) ? misfit(reader, key, types, 0) : { kind: 'dispatch', method, reflected: '' }
}
