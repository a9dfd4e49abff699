/**
 * Reads the types that the checker leaves open for operators on type parameters: `Binary<'*', T, T>` and its like.
 * It knows the names of the runtime's result types and nothing of tables.
 */
import type { SubstitutionType, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'

export interface OpenOperator {
  /** The operator's table key; undefined for a type that only passes its operand on. */
  readonly key: string | undefined
  readonly operands: readonly Type[]
}

/** The helper's results are wrapped in `NoInfer<…>`; the type inside is meant. */
export function withoutNoInfer(ts: TypeScript, type: Type): Type {
  let at = type
  while (at.flags & ts.TypeFlags.Substitution) at = (at as SubstitutionType).baseType
  return at
}

/** The operator that an open type stands for. Its constraint would not tell: the checker guesses the branch of a condition. */
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
