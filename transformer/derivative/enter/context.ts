/**
 * What the files that enter a function's tree share: where statements go, what names stand for, and how a form is refused.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../../report/diagnostics.ts'
import type { Atom, Statement, Statements, Template, Unit, Variable } from '../structured.ts'

/** What an expression stands for. */
export type EnteredValue = Atom | KnownFunction | undefined

/** A function whose body is known where it is called. */
export interface KnownFunction {
  readonly node: FunctionNode
  readonly self?: Variable // what `this` is in a method or a constructor
  /** The verb whose derivative of the function is meant. */
  readonly taken?: NestedVerb
  /** The row of the rules that a function of Math is; `node` is its name then. */
  readonly rule?: string
  /** What is called where a test fails: the other one of two functions. */
  readonly otherwise?: { readonly test: Atom; readonly f: KnownFunction }
  /** The call in which it was made, whose variables it sees. */
  readonly around?: Activation | undefined
}
/** Verbs that a differentiated function may call. */
export type NestedVerb = 'grad' | 'valueAndGrad' | 'jvp'
export type FunctionNode = (
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
) & {
  readonly body: ts.ConciseBody
}

/** Why a function has no derivative: the message, and the node that it is about. */
export class DerivativeFault extends Error {
  readonly entry: CatalogueEntry
  readonly node: ts.Node
  readonly args: readonly string[]
  /** The calls around the node; those that were being entered if it is not given. */
  path: readonly Activation[] | undefined

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
  /** An array or record that must not be an argument's, or a value that must not depend on one. */
  readonly about: Variable
  readonly kind: 'written' | 'rounded' | 'text' | 'unknown' | 'object' | 'foreign' | 'invisible' | 'spread'
  readonly path: readonly Activation[] // the calls around it
  readonly spread?: { readonly into: Variable; readonly copied: ReadonlySet<string> } // a record's copy, and its keys
}

/** How a statement may end: by setting one of these variables, and whether it always does. */
export interface Escape {
  readonly by: ReadonlySet<Variable>
  readonly always: boolean
}

/** A loop, a `switch` or a labelled block, by the flags that end it and, of a loop, its turn. */
export interface JumpTarget {
  readonly labels: readonly string[]
  readonly stopped: Variable
  readonly skipped?: Variable
  /** A labelled block, which `break` leaves only by its name. */
  readonly isNamedOnly?: boolean
}

/** A function that is being entered. */
export interface Activation {
  readonly node: FunctionNode
  readonly self?: Variable | undefined
  /** The call whose variables it sees beside its own. */
  readonly around: Activation | undefined
  /** What its own names stand for. */
  readonly bound: Map<ts.Symbol, EnteredValue>
  /** Where it is called. */
  readonly at: ts.Node
  /** Whether it has returned; set before its end only. */
  readonly returned: Variable
  /** What stands for the function's type parameters. */
  readonly types: ReadonlyMap<ts.Symbol, ts.Type>
  result: Variable | undefined
  /** What `break` and `continue` may leave around the current statement, the innermost last. */
  readonly targets: JumpTarget[]
}

/** An array with what it holds, and whether its indices, its elements or pairs of both are meant. */
export interface Iterated {
  readonly array: Variable
  readonly kind: Variable['kind']
  readonly of: 'values' | 'keys' | 'entries'
}

/** What a function that is passed gives for values. */
export type Callback = (args: readonly EnteredValue[]) => EnteredValue

export interface Enter {
  readonly ts: TypeScript
  readonly checker: ts.TypeChecker
  /** What a name outside of the function can be written as at the site; undefined where it means something else there. */
  captured(symbol: ts.Symbol): string | undefined
  /** The function, or the part of a class, whose `this` is that of the place where the derivative is taken. */
  readonly siteOfThis: ts.Node | undefined
  /** What names of the function and of the functions that it calls stand for. */
  readonly bound: Pick<Map<ts.Symbol, EnteredValue>, 'has' | 'get' | 'set'>
  /** Notes what must be true of a variable. */
  oblige(kind: Obligation['kind'], about: Variable, node: ts.Node, spread?: Obligation['spread']): void
  readonly obligations: Obligation[]
  readonly units: Unit[]
  /** How often it will be derived. */
  order: number
  /** Whether an array or a record surely comes from outside: a captured one, or a part of one. */
  isFromOutside(variable: Variable): boolean
  /** What a part of an optional chain was found to be, while the rest of the chain is entered. */
  readonly found: Map<ts.Expression, EnteredValue>
  readonly activations: Activation[]
  /** Variables by their declared names: those that some statement assigns after their declaration. */
  isAssigned(symbol: ts.Symbol): boolean

  emit(statement: Statement): void
  /** What `work` emits comes from a node, if from none inside of it. */
  from<R>(node: ts.Node, work: () => R): R
  /** What `work` emits runs once, before all else. */
  atStart(work: () => void): void
  /** The statements that `work` emits. */
  block(work: () => void): Statements
  scalar(wanted: string): Variable
  changing(wanted: string, kind: Variable['kind']): Variable
  reference(wanted: string): Variable
  /** A new variable of a kind that one statement alone assigns. */
  fixed(wanted: string, kind: Variable['kind']): Variable
  set(target: Variable, from: Atom): void
  /** The result of a row of the rules. */
  operation(rule: string, operands: readonly Atom[], wanted?: string): Variable
  /** A value through which no derivative passes. */
  constant(...text: readonly Atom[]): Variable
  copied(from: Atom): Variable
  /** The same value in a variable that no later statement assigns. */
  settled<A extends Atom>(from: A): A
  load(from: Variable, key: Atom, wanted: string, kind: Variable['kind']): Variable

  // ---- by the other files

  value(node: ts.Expression): EnteredValue
  access(node: ts.ElementAccessExpression | ts.PropertyAccessExpression): EnteredValue
  /** An object and a key, evaluated once. */
  objectAndKey(node: ts.ElementAccessExpression | ts.PropertyAccessExpression): [object: Variable, key: Atom]
  member(from: Variable, key: Atom, node: ts.Expression): Variable
  assignment(node: ts.BinaryExpression): EnteredValue
  stepped(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): EnteredValue // `++` and `--`
  /** A chain with `?.`; undefined for other expressions. */
  optionalChain(node: ts.Expression): { readonly value: EnteredValue } | undefined
  /** Assigns the parts of a value to existing variables and places. */
  assignParts(target: ts.Expression, value: EnteredValue): void
  shortcut(sign: string, first: EnteredValue, second: () => EnteredValue, node: ts.Expression): EnteredValue
  /** One of two values, by a test. */
  chosen(test: Atom, then: () => EnteredValue, otherwise: () => EnteredValue, node: ts.Expression): Atom
  /** The values of a list that is written out, some of them spread. */
  listOf(nodes: readonly ts.Expression[]): Variable
  /** Pushes a value, or the elements of an array. */
  flatInto(target: Variable, value: EnteredValue, node: ts.Expression): void
  /** `+` joins texts; booleans count as numbers in JavaScript, but nobody means that here. */
  requireNumbers(node: ts.Node, operands: readonly ts.Expression[]): void
  /** Copies the properties of a record that its type names, without some. */
  copyProperties(target: Variable, from: Variable, type: ts.Type, without: ReadonlySet<string>, node: ts.Node): void
  atom(node: ts.Expression): Atom
  truthOf(value: Atom): Atom
  test(node: ts.Expression): Atom // what a condition says
  array(node: ts.Expression): Variable
  statements(nodes: readonly ts.Statement[]): Escape
  statement(node: ts.Statement): Escape
  loopStatement(node: ts.IterationStatement, labels: readonly string[]): Escape
  switchStatement(node: ts.SwitchStatement, labels: readonly string[]): Escape
  declare(list: ts.VariableDeclarationList): void
  bind(name: ts.BindingName, value: EnteredValue, node: ts.Node): void
  bindParts(pattern: ts.BindingPattern, value: EnteredValue, node: ts.Node): void
  /** A target of an assignment, whose object and key are evaluated once. */
  placeOf(target: ts.Expression): { read(): Atom; write(value: Atom): void }
  call(node: ts.CallExpression | ts.NewExpression): EnteredValue
  /** A function of this package on numbers or arrays of them. */
  packageCall(node: ts.CallExpression): { readonly value: EnteredValue } | undefined
  /** `grad(f)`: the derivative of a known function; undefined for other calls. */
  verbCall(node: ts.Expression): KnownFunction | undefined
  /** A call of such a derivative. */
  derivativeCall(f: KnownFunction, args: readonly EnteredValue[], at: ts.Node): EnteredValue
  /** A function that brings its derivative along; undefined for others. */
  ownDerivativeCall(node: ts.CallExpression): Atom | undefined
  /** A function of `tsgrad/linear`; undefined for others. */
  linearCall(name: string, values: readonly EnteredValue[], node: ts.CallExpression): Variable | undefined
  /** A call of a function without text, or of a class: it runs once, as it stands. */
  runOnce(node: ts.CallExpression | ts.NewExpression): EnteredValue
  /** The members of a value that is neither a number nor an array or record. */
  opaqueMember(node: ts.ElementAccessExpression | ts.PropertyAccessExpression): Atom | undefined
  /** The text of such a value, which no number that depends on the arguments may be in. */
  objectText(node: ts.Expression, at: ts.Node): Template
  /** A text that may show numbers which depend on the arguments: a message. */
  message(node: ts.Expression): Template
  textOf(node: ts.Expression): Atom | undefined // no number that depends on the arguments may be in it
  /** `new C(…)` of a class that only assigns its fields; undefined for others. */
  instance(node: ts.NewExpression): Variable | undefined
  /** A method of such a class. */
  methodCall(node: ts.CallExpression): { readonly value: EnteredValue } | undefined
  self(node: ts.Expression): Variable // what `this` is
  /** A function of Math, or a test of numbers. */
  mathCall(node: ts.CallExpression): Atom | undefined
  /** A function of Math by its name, as an array's method calls it; undefined for others. */
  mathCallback(node: ts.Expression): Callback | undefined
  /** `new Array(n).fill(0)`, `Array.from(…)`, `new Float64Array(n)`; undefined for any other call. */
  madeArray(node: ts.CallExpression | ts.NewExpression): EnteredValue
  /** A method of an array; undefined where the object is none. */
  arrayMethod(node: ts.CallExpression): { readonly value: EnteredValue } | undefined
  /** A function that an array's method calls. */
  callback(node: ts.Expression | undefined, at: ts.Node): Callback
  /** Runs `work` for each whole number below a length. */
  times(length: Atom, work: (index: Variable) => void, from?: Atom): void
  /** An element that a method visits; a hole ends the run. */
  element(array: Variable, kind: Variable['kind'], index: Atom): Variable
  /** A call of a function whose body is known. */
  inline(f: KnownFunction, args: readonly EnteredValue[], at: ts.Node): EnteredValue
  /** The body of a function for arguments, here; those of a rest parameter may be one array. */
  entered(f: KnownFunction, args: readonly EnteredValue[], at: ts.Node, isRestMade?: boolean): EnteredValue
  /** Whether a function may call itself. */
  isRecursive(node: FunctionNode): boolean
  calledUnit(f: KnownFunction, args: readonly EnteredValue[], at: ts.Node): EnteredValue
  restOf(args: readonly EnteredValue[], at: ts.Node): Variable // the array of a rest parameter
  /** A value, or what stands for it where it is undefined. */
  orDefault(given: Atom, initializer: ts.Expression): Atom
  /** Expressions from left to right; a variable that a later one may assign is copied. */
  inOrder(nodes: readonly ts.Expression[]): EnteredValue[]
  /** The arguments of a call, with the elements of tuples that are spread. */
  passed(nodes: readonly ts.Expression[], at: ts.Node): EnteredValue[]
  atoms(nodes: readonly ts.Expression[]): Atom[]
  /** What an array holds. */
  elementKind(array: ts.Expression): Variable['kind']
  kindAt(node: ts.Node, named: ts.Node): Variable['kind']
  /** What `for (… of …)` goes through. */
  iterated(node: ts.Expression): Iterated
  /** An element, an index, or a new pair of both. */
  visited(iterated: Iterated, found: Variable, index: Variable): Variable
  /** Runs `work` for each element, as `for (… of …)` does. */
  each(
    array: Variable,
    kind: Variable['kind'],
    work: (element: Variable, index: Variable) => Escape | undefined,
    labels?: readonly string[],
  ): Escape
}

export const isFunction = (value: EnteredValue): value is KnownFunction => typeof value === 'object' && 'node' in value
export const isReference = (value: EnteredValue): value is Variable =>
  typeof value === 'object' && 'kind' in value && value.kind === 'reference'

/** A form that has no derivative. */
export const refused = (node: ts.Node, what: string) => new DerivativeFault(catalogue.notDerived, node, what)

export const asAtom = (value: EnteredValue, node: ts.Node): Atom => {
  if (value === undefined || isFunction(value) || isReference(value))
    throw refused(node, 'this value where a number is needed')
  return value
}
export const asReference = (value: EnteredValue, node: ts.Node): Variable => {
  if (value === undefined || !isReference(value)) throw refused(node, 'this value where an array or a record is needed')
  return value
}
/** What can be assigned, and stored in an array. */
export const asStored = (value: EnteredValue, node: ts.Node): Atom => {
  if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
  return value
}
/** TypeScript takes a test of a literal for a mistake. */
export const asVariable = (enter: Enter, value: Atom): Variable =>
  typeof value === 'string' ? enter.copied(value) : value
/** `null` and `undefined`, which may stand for an array or a record too. */
export const isAbsent = (value: EnteredValue): boolean => value === 'null' || value === 'undefined'
export const kindIn = (value: Atom): Variable['kind'] => (isReference(value) ? 'reference' : 'scalar')

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
