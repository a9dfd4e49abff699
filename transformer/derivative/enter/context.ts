/**
 * What the files that enter a function's tree share: where statements go, what names stand for, and how a form is refused.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { CatalogueEntry } from '../../report/diagnostics.ts'
import type { Atom, Statement, Statements, Variable } from '../structured.ts'

/** What an expression stands for. */
export type EnteredValue = Atom | KnownFunction | undefined

/** A function whose body is known where it is called. */
export interface KnownFunction {
  readonly node: FunctionNode
}
export type FunctionNode = (ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction) & {
  readonly body: ts.ConciseBody
}

/** Why a function has no derivative: the message, and the node that it is about. */
export class DerivativeFault extends Error {
  readonly entry: CatalogueEntry
  readonly node: ts.Node
  readonly args: readonly string[]

  constructor(entry: CatalogueEntry, node: ts.Node, ...args: readonly string[]) {
    super(entry.text)
    this.entry = entry
    this.node = node
    this.args = args
  }
}

/** A statement that is right only if what it names is not what the arguments gave. */
export interface Obligation {
  readonly node: ts.Node
  /** An array or record that must not be an argument's, or a number that must not depend on one. */
  readonly about: Variable
  readonly kind: 'written' | 'rounded'
}

/** How a statement may end: by setting one of these variables, and whether it always does. */
export interface Escape {
  readonly by: ReadonlySet<Variable>
  readonly always: boolean
}

/** A function that is being entered. */
export interface Activation {
  readonly node: FunctionNode
  /** Where it is called. */
  readonly at: ts.Node
  /** Whether it has returned; set before its end only. */
  readonly returned: Variable
  result: Variable | undefined
  /** The flags of the loops around the current statement, the innermost last. */
  readonly loops: { readonly stopped: Variable; readonly skipped: Variable }[]
}

export interface Enter {
  readonly ts: TypeScript
  readonly checker: ts.TypeChecker
  /** What a name outside of the function can be written as at the site; undefined where it means something else there. */
  captured(symbol: ts.Symbol): string | undefined
  /** What names of the function and of the functions that it calls stand for. */
  readonly bound: Map<ts.Symbol, EnteredValue>
  readonly obligations: Obligation[]
  readonly activations: Activation[]
  /** Variables by their declared names: those that some statement assigns after their declaration. */
  isAssigned(symbol: ts.Symbol): boolean

  emit(statement: Statement): void
  /** The statements that `work` emits. */
  block(work: () => void): Statements
  scalar(wanted: string): Variable
  changing(wanted: string, kind: Variable['kind']): Variable
  reference(wanted: string): Variable

  // ---- by the other files

  value(node: ts.Expression): EnteredValue
  atom(node: ts.Expression): Atom
  array(node: ts.Expression): Variable
  statements(nodes: readonly ts.Statement[]): Escape
  bind(name: ts.BindingName, value: EnteredValue, node: ts.Node): void
  call(node: ts.CallExpression | ts.NewExpression): EnteredValue
  inline(f: KnownFunction, args: readonly EnteredValue[], at: ts.Node): EnteredValue
  /** Expressions from left to right; a variable that a later one may assign is copied. */
  inOrder(nodes: readonly ts.Expression[]): EnteredValue[]
  atoms(nodes: readonly ts.Expression[]): Atom[]
  copied(from: Atom): Variable
  /** What an array holds. */
  elementKind(array: ts.Expression): Variable['kind']
  kindAt(node: ts.Node, named: ts.Node): Variable['kind']
  /** The array of a `for (… of …)`, what it holds, and whether its pairs are meant. */
  iterated(node: ts.Expression): [array: Variable, kind: Variable['kind'], isEntries: boolean]
  /** Runs `work` for each element, as `for (… of …)` does. */
  each(
    array: Variable,
    kind: Variable['kind'],
    isDense: boolean,
    work: (element: Variable, index: Variable) => Escape | undefined,
  ): Escape
  /** The name under `Math` that an expression is. */
  mathOf(node: ts.Expression): string | undefined
}

export const isFunction = (value: EnteredValue): value is KnownFunction => typeof value === 'object' && 'node' in value
export const isReference = (value: EnteredValue): value is Variable =>
  typeof value === 'object' && 'kind' in value && value.kind === 'reference'

/** What a type is to a derivative; undefined for what is not understood. */
export type KindOfType = 'scalar' | 'reference' | 'function' | 'tracked' | undefined

export function kindOfType({ ts, checker }: Pick<Enter, 'ts' | 'checker'>, type: ts.Type): KindOfType {
  const { TypeFlags } = ts
  if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) return undefined
  const parts = (type.isUnion() ? type.types : [type]).filter(
    each => !(each.flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)),
  )
  if (parts.length === 0) return 'scalar'
  if (parts.every(each => each.flags & (TypeFlags.NumberLike | TypeFlags.BooleanLike))) return 'scalar'
  if (parts.some(each => isTrackedType(each))) return 'tracked'
  if (!parts.every(each => each.flags & TypeFlags.Object)) return undefined
  if (parts.every(each => each.getCallSignatures().length > 0)) return 'function'
  return parts.every(each => isArrayType(checker, each) || isRecordType(ts, checker, each)) ? 'reference' : undefined
}

/** Whether a type holds numbers only, in arrays and records of any depth: what a gradient can have the shape of. */
export function isOfNumbers({ ts, checker }: Pick<Enter, 'ts' | 'checker'>, root: ts.Type): boolean {
  const seen = new Set<ts.Type>()
  const visit = (type: ts.Type): boolean => {
    if (seen.has(type) || type.flags & ts.TypeFlags.NumberLike || isFloat64Array(type)) return true
    seen.add(type)
    if (type.isUnion()) return type.types.every(visit)
    if (!(type.flags & ts.TypeFlags.Object)) return false
    if (checker.isTupleType(type)) return checker.getTypeArguments(type as ts.TypeReference).every(visit)
    if (checker.isArrayType(type)) return visit(checker.getIndexTypeOfType(type, ts.IndexKind.Number)!)
    return isRecordType(ts, checker, type) && type.getProperties().every(each => visit(checker.getTypeOfSymbol(each)))
  }
  return visit(root)
}

/** An array, a tuple or a Float64Array. */
export function isArrayType(checker: ts.TypeChecker, type: ts.Type): boolean {
  return checker.isArrayType(type) || checker.isTupleType(type) || isFloat64Array(type)
}

export const isFloat64Array = (type: ts.Type) => type.symbol?.name === 'Float64Array' && isOfLibrary(type.symbol)

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

/** An expression inside of parentheses, assertions and `!`. */
export function inner(ts: TypeScript, node: ts.Expression): ts.Expression {
  let at = node
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isTypeAssertionExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at)
  )
    at = at.expression
  return at
}
