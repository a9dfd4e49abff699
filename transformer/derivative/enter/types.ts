/**
 * What a type is to a derivative: numbers, arrays, records, functions, or something that is not understood.
 * It must not know statements.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { TypedName } from '../structured.ts'
import type { Enter } from './context.ts'
import { visibleCalls } from './scopes.ts'

/** What a type is to a derivative; undefined for what is not understood. */
export type KindOfType = 'scalar' | 'reference' | 'function' | 'tracked' | undefined

export function kindOfType(enter: AskedTypes, type: ts.Type): KindOfType {
  const { ts, checker } = enter
  const { TypeFlags } = ts
  if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) return undefined
  const parts = unionParts(type)
    .flatMap(each => unionParts(actualType(enter, each)))
    .filter(each => !(each.flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)))
  if (parts.length === 0) return 'scalar'
  if (parts.every(each => each.flags & (TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.StringLike)))
    return 'scalar'
  if (parts.some(each => isTrackedType(each))) return 'tracked'
  if (!parts.every(each => each.flags & TypeFlags.Object)) return undefined
  if (parts.every(each => each.getCallSignatures().length > 0)) return 'function'
  return parts.every(
    each => isArrayType(checker, each) || isRecordType(ts, checker, each) || recordClass(ts, checker, each),
  )
    ? 'reference'
    : undefined
}

type AskedTypes = Pick<Enter, 'ts' | 'checker'> & Partial<Pick<Enter, 'activations'>>
const unionParts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])

/** Whether a type is a type parameter, of which nothing is known. */
export const isOpen = (ts: TypeScript, type: ts.Type) => (type.flags & ts.TypeFlags.TypeParameter) !== 0

/** What stands for a type parameter in the calls around; of one of no call, what it extends, if that is a number or an array. */
export function actualType({ ts, checker, activations = [] }: AskedTypes, type: ts.Type): ts.Type {
  let actual = type
  // what a call gives for its type parameters is in terms of the call below it
  for (let i = activations.length - 1; i >= 0 && isOpen(ts, actual); i--) {
    const call = [...visibleCalls(activations[i])].find(({ types }) => types.has(actual.symbol))
    if (!call) continue
    actual = call.types.get(actual.symbol)!
    i = activations.indexOf(call)
  }
  const bound = isOpen(ts, actual) ? checker.getBaseConstraintOfType(actual) : undefined
  return bound && (bound.flags & ts.TypeFlags.NumberLike || isArrayType(checker, bound)) ? bound : actual
}

/** The type of an object before a dot: of `this`, and of a type parameter, what it extends. */
export function objectTypeOf(checker: ts.TypeChecker, node: ts.Expression): ts.Type {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node))
  return type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type
}

/** The class of an object, if it is a record in disguise; undefined for any other type. */
export function recordClass(
  ts: TypeScript,
  checker: ts.TypeChecker,
  type: ts.Type,
): ts.ClassLikeDeclaration | undefined {
  const declaration = type.symbol?.valueDeclaration
  if (!declaration || !ts.isClassLike(declaration) || hasParent(ts, declaration)) return undefined
  if (declaration.getSourceFile().isDeclarationFile || checker.getIndexInfosOfType(type).length > 0) return undefined
  if (declaration.modifiers?.some(each => ts.isDecorator(each) || each.kind === ts.SyntaxKind.AbstractKeyword))
    return undefined
  return declaration.members.every(each => isPlainMember(ts, each)) ? declaration : undefined
}

/** Any other class of the project: its objects can be read, and their methods called, where they come from outside. */
export function isProjectClass(ts: TypeScript, type: ts.Type): boolean {
  const declaration = type.symbol?.valueDeclaration
  // the class itself has its symbol too
  if (type.getConstructSignatures().length > 0) return false
  return declaration !== undefined && ts.isClassLike(declaration) && !declaration.getSourceFile().isDeclarationFile
}

/** `implements` says nothing of what runs. */
const hasParent = (ts: TypeScript, { heritageClauses = [] as never }: ts.ClassLikeDeclaration) =>
  heritageClauses.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)

function isPlainMember(ts: TypeScript, member: ts.ClassElement): boolean {
  const isNamed = member.name === undefined || ts.isIdentifier(member.name)
  const isStatic =
    ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(each => each.kind === ts.SyntaxKind.StaticKeyword)
  if (isStatic || ts.isClassStaticBlockDeclaration(member)) return true
  if (!isNamed) return false
  if (ts.isConstructorDeclaration(member))
    return !member.body || member.body.statements.every(each => assignsField(ts, each))
  return ts.isPropertyDeclaration(member) || ts.isMethodDeclaration(member) || ts.isSemicolonClassElement(member)
}
/** `this.x = …`. */
function assignsField(ts: TypeScript, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false
  const { left, operatorToken } = statement.expression
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return false
  return left.expression.kind === ts.SyntaxKind.ThisKeyword
}

/** Whether a class has fields only: its objects are records. */
const isFieldsClass = (ts: TypeScript, declaration: ts.ClassLikeDeclaration | undefined) =>
  declaration?.members.every(each => !ts.isMethodDeclaration(each)) === true

/** Whether a type holds numbers only, in arrays and records of any depth: what a gradient can have the shape of. */
export function isOfNumbers({ ts, checker }: Pick<Enter, 'ts' | 'checker'>, root: ts.Type): boolean {
  const seen = new Set<ts.Type>()
  const visit = (type: ts.Type): boolean => {
    const { NumberLike, Null, Undefined } = ts.TypeFlags
    if (seen.has(type) || type.flags & (NumberLike | Null | Undefined) || isFloat64Array(type)) return true
    seen.add(type)
    if (type.isUnion()) return type.types.every(visit)
    if (!(type.flags & ts.TypeFlags.Object)) return false
    if (checker.isTupleType(type)) return checker.getTypeArguments(type as ts.TypeReference).every(visit)
    if (checker.isArrayType(type)) return visit(checker.getIndexTypeOfType(type, ts.IndexKind.Number)!)
    const isRecord = isRecordType(ts, checker, type) || isFieldsClass(ts, recordClass(ts, checker, type))
    return isRecord && type.getProperties().every(each => visit(checker.getTypeOfSymbol(each)))
  }
  return visit(root)
}

/** An array, a tuple or a typed array. */
export function isArrayType(checker: ts.TypeChecker, type: ts.Type): boolean {
  return checker.isArrayType(type) || checker.isTupleType(type) || typedName(type) !== undefined
}

const TYPED = /^(?:Float(?:32|64)|(?:Int|Uint)(?:8|16|32)|Uint8Clamped)Array$/

/** The class of a typed array of numbers; undefined for any other type. */
export function typedName({ symbol }: Pick<ts.Type, 'symbol'>): TypedName | undefined {
  return symbol && TYPED.test(symbol.name) && isOfLibrary(symbol) ? (symbol.name as TypedName) : undefined
}

/** Whether a typed array holds whole numbers only, through which no derivative passes. */
export const isWholeNumbers = (name: TypedName | undefined) => name !== undefined && !name.startsWith('Float')

/** Whether an array may be such a one. */
export const mayBeWholeNumbers = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.some(mayBeWholeNumbers) : isWholeNumbers(typedName(type))

export const isFloat64Array = (type: ts.Type) => typedName(type) === 'Float64Array'

/** Whether JavaScript's own library declares a name: nobody else's `Math` is meant. */
export function isOfLibrary(symbol: ts.Symbol | undefined): boolean {
  const files = symbol?.declarations?.map(each => each.getSourceFile()) ?? []
  return files.some(file => file.hasNoDefaultLib || /\/lib\.[\w.]+\.d\.ts$/.test(file.fileName))
}

/** A class that names operators: only tracked numbers do so here. */
export const isTrackedType = (type: ts.Type) =>
  type.getProperties().some(({ escapedName }) => String(escapedName).startsWith('__@operators@'))

/** Properties only, of an object literal, an interface or a type: no class, no method. */
export function isRecordType(ts: TypeScript, checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isClass() || type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false
  if (checker.getIndexInfosOfType(type).length > 0) return false
  return type.getProperties().every(each => {
    if (!(each.flags & ts.SymbolFlags.Property)) return false
    return checker.getTypeOfSymbol(each).getCallSignatures().length === 0
  })
}
