/**
 * Reads the unresolved result types of operators on type parameters: `Binary<'*', T, T>` and the like.
 * It knows the names of the runtime's result types; it must not know tables.
 */
import type { SubstitutionType, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'

export interface OpenOperator {
  /** The operator's table key; undefined for a type that equals its operand's. */
  readonly key: string | undefined
  readonly operands: readonly Type[]
}

/** The type inside `NoInfer<…>`, which wraps the helper's results. */
export function withoutNoInfer(ts: TypeScript, type: Type): Type {
  let at = type
  while (at.flags & ts.TypeFlags.Substitution) at = (at as SubstitutionType).baseType
  return at
}

/** The operator of an unresolved result type. Its constraint does not say: the checker guesses the branch of a conditional type. */
export function openOperator(ts: TypeScript, type: Type): OpenOperator | undefined {
  if (!(type.flags & ts.TypeFlags.Conditional) || !type.aliasSymbol || !type.aliasTypeArguments) return undefined
  const [first, ...rest] = type.aliasTypeArguments
  const key = first?.isStringLiteral() ? first.value : undefined
  switch (type.aliasSymbol.name) {
    case 'Result':
      return { key: undefined, operands: [first!] }
    case 'Binary':
    case 'BinaryRight':
    case 'Unary':
      return { key, operands: rest }
    default:
      return undefined
  }
}
