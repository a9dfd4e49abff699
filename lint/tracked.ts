/**
 * Types of expressions in natural math: whether a value is a tracked number, and the members of its type.
 * It must not know any rule.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import ts from 'typescript'
import type { Part } from '../transformer/meaning/tables.ts'
import type { LintServices } from './parser.ts'

/** The type of an expression, of a type parameter its constraint. */
export function typeOf(services: LintServices, node: TSESTree.Node): ts.Type {
  const type = services.getTypeAtLocation(node)
  return services.program.getTypeChecker().getBaseConstraintOfType(type) ?? type
}

/** The members of an expression's type, seen as operands. */
export function partsOf(services: LintServices, node: TSESTree.Node): readonly Part[] {
  return services.tsgrad.reader?.parts(typeOf(services, node)) ?? []
}

export function isAny(services: LintServices, node: TSESTree.Node): boolean {
  return (typeOf(services, node).flags & ts.TypeFlags.Any) !== 0
}

/** `always` for a tracked number, `maybe` for a union with one, such as `Numeric`; `never` for any other value. */
export type Tracked = 'always' | 'maybe' | 'never'

export function tracked(services: LintServices, node: TSESTree.Node): Tracked {
  return trackedType(services, typeOf(services, node))
}

export function trackedType(services: LintServices, type: ts.Type): Tracked {
  const { reader } = services.tsgrad
  if (!reader) return 'never'
  const members = type.isUnion() ? type.types : [type]
  const count = members.filter(member => isTrackedClass(services, member)).length
  return count === 0 ? 'never' : count === members.length ? 'always' : 'maybe'
}

/**
 * Whether an expression surely has a value that is a number or tracked: no `undefined`, `null`, text or boolean. What stands in
 * brackets may be missing unless the compiler says so.
 */
export function isPresent(services: LintServices, node: TSESTree.Node): boolean {
  const { strictNullChecks, strict, noUncheckedIndexedAccess } = services.program.getCompilerOptions()
  const isResult = /^(?:Binary|Unary|Update|Assignment)Expression$/.test(node.type)
  if (!(strictNullChecks ?? strict) && !isResult) return false
  if (node.type === 'MemberExpression' && node.computed && !noUncheckedIndexedAccess) return false
  return areNumbers(services, typeOf(services, node))
}

/** Whether an array holds tracked numbers, and nothing but numbers. */
export function elementsTested(services: LintServices, array: TSESTree.Node): boolean {
  const type = services.program.getTypeChecker().getIndexTypeOfType(typeOf(services, array), ts.IndexKind.Number)
  return type !== undefined && areNumbers(services, type) && trackedType(services, type) !== 'never'
}

/** `Number.isNaN` for JavaScript's own function of this name, under whatever name, and its like; undefined for any other value. */
export function testOfNumbers(services: LintServices, node: TSESTree.Node): string | undefined {
  const declaration = typeOf(services, node).getCallSignatures()[0]?.declaration
  if (!declaration || !ts.isMethodSignature(declaration) || !ts.isInterfaceDeclaration(declaration.parent))
    return undefined
  const name = `${declaration.parent.name.text.replace(/Constructor$/, '')}.${declaration.name.getText()}`
  return /^Number\.is(?:Finite|Integer|NaN|SafeInteger)$/.test(name) ? name : undefined
}

function areNumbers(services: LintServices, type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type]
  return members.every(each => isTrackedClass(services, each) || (each.flags & ts.TypeFlags.NumberLike) !== 0)
}

/** `NumberWithGrad` itself, under whatever name, or a class made from it. */
function isTrackedClass(services: LintServices, type: ts.Type): boolean {
  const { home, reader } = services.tsgrad
  const { symbol } = type
  if (!home || !reader || !symbol || !(symbol.flags & ts.SymbolFlags.Class)) return false
  const isOurs = symbol.declarations?.some(each => each.getSourceFile().fileName.startsWith(`${home}/`)) === true
  if (isOurs && symbol.name === 'NumberWithGrad') return true
  return (type.getBaseTypes() ?? []).some(base => isTrackedClass(services, base))
}
