/**
 * The questions that are asked of a type checker: TypeScript 5.9 and 6 answer them as they are, TypeScript 7 through an adapter.
 * It must not know operators.
 */
import type ts from 'typescript'

export interface Type {
  readonly flags: ts.TypeFlags
  readonly symbol: CheckedSymbol
  readonly aliasSymbol?: CheckedSymbol | undefined
  readonly aliasTypeArguments?: readonly Type[] | undefined
  isUnion(): this is CompositeType
  isIntersection(): this is CompositeType
  isStringLiteral(): this is StringLiteralType
  getProperty(name: string): CheckedSymbol | undefined
  getProperties(): readonly CheckedSymbol[]
  getCallSignatures(): readonly Signature[]
}

/** A union or an intersection. */
export interface CompositeType extends Type {
  readonly types: readonly Type[]
}

export interface StringLiteralType extends Type {
  readonly value: string
}

/** `NoInfer<…>`, of flag `Substitution`. */
export interface SubstitutionType extends Type {
  readonly baseType: Type
}

/** Of flag `UniqueESSymbol`. */
export interface UniqueSymbolType extends Type {
  /** The name of the properties under this symbol. */
  readonly escapedName: string | ts.__String
}

export interface CheckedSymbol {
  readonly name: string
  readonly escapedName: string | ts.__String
  readonly valueDeclaration?: ts.Declaration | undefined
  readonly exports?: { get(name: ts.__String): CheckedSymbol | undefined } | undefined
}

export interface Signature {
  readonly parameters: readonly CheckedSymbol[]
}

export interface Checker {
  /** Asks about many nodes at once, where a single question is dear: the answers are kept for `getTypeAtLocation`. */
  prefetch?(nodes: readonly ts.Node[]): void
  /** What a name means at a node, where the names in scope cannot be listed. */
  symbolInScope?(name: string, at: ts.Node, meaning: ts.SymbolFlags): CheckedSymbol | undefined
  getTypeAtLocation(node: ts.Node): Type
  getSymbolAtLocation(node: ts.Node): CheckedSymbol | undefined
  getTypeOfSymbol(symbol: CheckedSymbol): Type
  getDeclaredTypeOfSymbol(symbol: CheckedSymbol): Type
  getPropertiesOfType(type: Type): readonly CheckedSymbol[]
  getPropertyOfType(type: Type, name: string): CheckedSymbol | undefined
  getIndexTypeOfType(type: Type, kind: ts.IndexKind): Type | undefined
  getBaseConstraintOfType(type: Type): Type | undefined
  getBaseTypeOfLiteralType(type: Type): Type
  getReturnTypeOfSignature(signature: Signature): Type
  isTypeAssignableTo(source: Type, target: Type): boolean
  typeToString(type: Type, enclosing?: ts.Node, flags?: ts.TypeFormatFlags): string
  getAnyType(): Type
  getBooleanType(): Type
  getNumberType(): Type
  getStringType(): Type
}

/** What is asked of a checker about functions on plain numbers, besides the questions above. */
export type DerivativeQuestions = Pick<
  ts.TypeChecker,
  | 'getAliasedSymbol'
  | 'getConstantValue'
  | 'getContextualType'
  | 'getExportSymbolOfSymbol'
  | 'getIndexInfosOfType'
  | 'getNonNullableType'
  | 'getResolvedSignature'
  | 'getShorthandAssignmentValueSymbol'
  | 'getSignatureFromDeclaration'
  | 'getTypeArguments'
  | 'getTypeOfSymbolAtLocation'
  | 'isArrayType'
  | 'isTupleType'
>
