/**
 * Where a function on plain numbers meets a parameter of the type `Differentiable`. It names no verb, and must not know derivatives.
 */
import type ts from 'typescript'
import type { Checker, Signature, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from '../syntax/walk.ts'
import { inner } from './enter/context.ts'

/** An argument whose derivatives are wanted. */
export interface Mark {
  readonly argument: ts.Expression
  /** Which ones: the names in the second argument of `Differentiable`. */
  readonly kinds: readonly string[]
  /** By which arguments, by their places; undefined for all. */
  readonly by: readonly number[] | undefined
}

/** A property that only `Differentiable` has. */
const propertyOf = (type: Type, name: 'derivative' | 'chosen') =>
  intersected(type)
    .flatMap(each => each.getProperties())
    .find(({ escapedName }) => String(escapedName).startsWith(`__@${name}@`))
/** Whether a type is `Differentiable`. */
export const isMarked = (type: Type): boolean => propertyOf(type, 'derivative') !== undefined
const intersected = (type: Type): readonly Type[] => (type.isIntersection() ? type.types : [type])

/** The marks of a file, in source order. */
export function marksIn(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): readonly Mark[] {
  const found: Mark[] = []
  for (const { call, args } of callsIn(ts, checker, file)) {
    const signature = checker.getResolvedSignature(call)
    args.forEach((argument, i) => {
      const wanted = parameterAt(ts, checker, signature, i)
      if (!wanted || !isMarked(wanted) || !mayBeFunction(ts, argument)) return
      const type = checker.getTypeAtLocation(argument)
      // one that is marked already carries its derivative, or none
      if (!isMarked(type) && takesPlainNumbers(ts, checker, type))
        found.push({ argument, ...wantedBy(checker, wanted as ts.Type) })
    })
  }
  return found
}

interface MarkedCall {
  readonly call: ts.CallExpression | ts.NewExpression
  readonly args: readonly ts.Expression[]
}

/** The calls that may pass a function. Where single questions are dear, none is asked about a call whose arguments are no functions. */
function callsIn(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): readonly MarkedCall[] {
  const calls: MarkedCall[] = []
  walk(ts, file, node => {
    if (ts.isTypeNode(node)) return 'skip'
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined
    const args = node.arguments ?? []
    if (args.some(each => mayBeFunction(ts, each))) calls.push({ call: node, args })
    return undefined
  })
  const { prefetch } = checker as Partial<Checker>
  if (!prefetch) return calls
  const asked = ({ args }: MarkedCall) => args.filter(each => !ts.isSpreadElement(each) && mayBeFunction(ts, each))
  prefetch(calls.flatMap(asked))
  return calls.filter(each =>
    asked(each).some(argument => takesPlainNumbers(ts, checker, checker.getTypeAtLocation(argument))),
  )
}

/** The type of the parameter that takes an argument; of a rest parameter, that of its element. */
function parameterAt(ts: TypeScript, checker: Checker, signature: Signature | undefined, i: number): Type | undefined {
  const parameter = signature?.parameters[i] ?? signature?.parameters.at(-1)
  if (!parameter) return undefined
  const type = checker.getTypeOfSymbol(parameter)
  const last = signature!.parameters.length - 1
  if (i < last) return type
  const declaration = parameter.valueDeclaration
  if (!declaration || !ts.isParameter(declaration) || !declaration.dotDotDotToken) return i === last ? type : undefined
  const element = type.getProperty(`${i - last}`)
  return element ? checker.getTypeOfSymbol(element) : checker.getIndexTypeOfType(type, ts.IndexKind.Number)
}

/** What a parameter of the type `Differentiable` asks for. */
function wantedBy(checker: ts.TypeChecker, type: ts.Type): Pick<Mark, 'kinds' | 'by'> {
  const typeOf = (name: 'derivative' | 'chosen') =>
    checker.getNonNullableType(checker.getTypeOfSymbol(propertyOf(type, name) as ts.Symbol))
  const [by] = typeOf('chosen').getCallSignatures()[0]!.parameters
  return {
    kinds: typeOf('derivative')
      .getProperties()
      .map(each => each.name),
    by: placesOf(checker, checker.getTypeOfSymbol(by!)),
  }
}

function placesOf(checker: ts.TypeChecker, type: ts.Type): readonly number[] | undefined {
  const all = checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type]
  const places = all.flatMap(each => (each.isNumberLiteral() ? [each.value] : []))
  return places.length === all.length ? places : undefined
}

export function mayBeFunction(ts: TypeScript, node: ts.Expression): boolean {
  const found = inner(ts, node)
  return !(ts.isLiteralExpression(found) || ts.isObjectLiteralExpression(found) || ts.isArrayLiteralExpression(found))
}

/** What holds elements, but no index for them. */
const ITERABLE = /^(?:Async)?(?:Iterable|Iterator|IterableIterator|IteratorObject|Generator)$|^(?:Readonly)?Set$/

/** Whether a function takes plain numbers, and no tracked ones, in some argument. */
function takesPlainNumbers(ts: TypeScript, checker: Checker, type: Type): boolean {
  const found = numbersTaken(ts, checker, type)
  return found.size === 1 && found.has('plain')
}

/** What numbers a function takes in its arguments; of an open type nothing says so. */
export function numbersTaken(ts: TypeScript, checker: Checker, type: Type): ReadonlySet<'plain' | 'tracked' | 'open'> {
  const seen = new Set<Type>()
  const found = new Set<'plain' | 'tracked' | 'open'>()
  const visit = (each: Type): void => {
    if (seen.has(each)) return
    seen.add(each)
    const { Any, Unknown, NumberLike, TypeParameter } = ts.TypeFlags
    const bound =
      each.flags & TypeParameter ? (checker as ts.TypeChecker).getBaseConstraintOfType?.(each as ts.Type) : undefined
    if (bound && !(bound.flags & (Any | Unknown))) visit(bound)
    else if (each.flags & (Any | Unknown | TypeParameter)) found.add('open')
    else if (each.flags & NumberLike) found.add('plain')
    else if (each.isUnion() || each.isIntersection()) each.types.forEach(visit)
    else if (each.flags & ts.TypeFlags.Object) {
      if (each.getProperties().some(({ escapedName }) => String(escapedName).startsWith('__@operators@')))
        found.add('tracked')
      else if (each.symbol?.name === 'Float64Array') found.add('plain')
      else {
        const { Number: byNumber, String: byText } = ts.IndexKind
        const element = checker.getIndexTypeOfType(each, byNumber) ?? checker.getIndexTypeOfType(each, byText)
        const [listed] = ITERABLE.test(each.symbol?.name ?? '')
          ? (checker as ts.TypeChecker).getTypeArguments(each as ts.TypeReference)
          : []
        const held = element ?? (listed as Type | undefined)
        if (held) visit(held)
        else if (each.getCallSignatures().length === 0)
          for (const one of each.getProperties()) visit(checker.getTypeOfSymbol(one))
      }
    }
  }
  for (const { parameters } of type.getCallSignatures())
    for (const parameter of parameters) visit(checker.getTypeOfSymbol(parameter))
  return found
}
