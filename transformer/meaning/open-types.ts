/**
 * Reads the unresolved result types of operators on type parameters: `Binary<'*', T, T>` and the like.
 * It knows the names of the runtime's result types; it must not know tables.
 */
import type { SubstitutionType, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { functionKey } from '../syntax/syntax.ts'

/** `same` is the type of its operand. */
export interface OpenOperator {
  readonly form: 'same' | 'binary' | 'unary' | 'step' | 'math'
  /** The operator's table key. */
  readonly key: string
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
  const { Conditional, IndexedAccess } = ts.TypeFlags
  if (!(type.flags & (Conditional | IndexedAccess)) || !type.aliasSymbol || !type.aliasTypeArguments) return undefined
  const [first, ...rest] = type.aliasTypeArguments
  const key = first?.isStringLiteral() ? first.value : ''
  switch (type.aliasSymbol.name) {
    case 'Result':
      return { form: 'same', key, operands: [first!] }
    case 'Binary':
      return { form: 'binary', key, operands: rest }
    case 'Unary':
      return { form: 'unary', key, operands: rest }
    case 'Step':
      return { form: 'step', key, operands: rest }
    case 'MathResult':
      return { form: 'math', key: functionKey(key), operands: rest }
    default:
      return undefined
  }
}
