/**
 * The type of an operand at its place in a program, and what it was before control flow ruled all of it out.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { Checker, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import type { OperandType } from '../meaning/meaning.ts'
import type { Reader } from '../meaning/tables.ts'

/** An operand of this type, with the members of the type. */
export const operandTypeOf = (reader: Reader, type: Type): OperandType => ({ type, parts: reader.parts(type) })

/** The type of an operand. Of one that is ruled out, the type is the declared one, and each member is of kind `never`. */
export function operandTypeAt(ts: TypeScript, checker: Checker, reader: Reader, node: ts.Expression): OperandType {
  const type = checker.getTypeAtLocation(node)
  const declared = type.flags & ts.TypeFlags.Never ? declaredType(ts, checker, node) : undefined
  if (!declared) return operandTypeOf(reader, type)
  return { type: declared, parts: reader.parts(declared).map(part => ({ ...part, kind: 'never' })) }
}

/** The type of the variable or property that an expression reads. */
function declaredType(ts: TypeScript, checker: Checker, node: ts.Expression): Type | undefined {
  let at = node
  while (ts.isParenthesizedExpression(at) || ts.isNonNullExpression(at) || ts.isSatisfiesExpression(at))
    at = at.expression
  const name = ts.isPropertyAccessExpression(at)
    ? at.name
    : ts.isElementAccessExpression(at)
      ? at.argumentExpression
      : at
  const isFixed = at === name || at.kind === ts.SyntaxKind.PropertyAccessExpression
  if (!(isFixed && ts.isMemberName(name)) && !ts.isStringLiteralLike(name)) return undefined
  const symbol = checker.getSymbolAtLocation(name)
  return symbol && checker.getTypeOfSymbol(symbol)
}
