/**
 * What stands for the type parameters of a generic function in one call: its declared parameters beside those that the compiler found
 * for the call. It must not know statements.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { FunctionNode } from './context.ts'
import { isOpen } from './types.ts'

/** Deeper types hold no parameter that somebody asks for. */
const DEEPEST = 6

export function typesOfCall(
  ts: TypeScript,
  checker: ts.TypeChecker,
  node: FunctionNode,
  at: ts.Node,
): ReadonlyMap<ts.Symbol, ts.Type> {
  const found = new Map<ts.Symbol, ts.Type>()
  if (!node.typeParameters || !ts.isCallExpression(at)) return found
  const signature = checker.getResolvedSignature(at)
  if (signature?.declaration !== node) return found
  const match = (declared: ts.Type, actual: ts.Type, depth: number): void => {
    if (depth > DEEPEST || declared === actual) return
    if (isOpen(ts, declared)) {
      if (!found.has(declared.symbol)) found.set(declared.symbol, actual)
    } else if (declared.isUnion()) {
      const open = declared.types.filter(each => isOpen(ts, each))
      if (open.length === 1) match(open[0]!, checker.getNonNullableType(actual), depth + 1)
    } else if (isList(checker, declared) && isList(checker, actual)) {
      const [theirs, own] = [declared, actual].map(each => checker.getTypeArguments(each as ts.TypeReference))
      theirs!.forEach((each, i) => {
        if (own![i]) match(each, own![i], depth + 1)
      })
    } else {
      const [theirs, own] = [declared, actual].map(each => each.getCallSignatures()[0]?.getReturnType())
      if (theirs && own) match(theirs, own, depth + 1)
      for (const each of declared.getProperties()) {
        const property = theirs ? undefined : actual.getProperty(each.name)
        if (property) match(checker.getTypeOfSymbol(each), checker.getTypeOfSymbol(property), depth + 1)
      }
    }
  }
  node.parameters.forEach((parameter, i) => {
    const actual = signature.parameters[i]
    if (actual) match(checker.getTypeAtLocation(parameter), checker.getTypeOfSymbol(actual), 0)
  })
  return found
}

const isList = (checker: ts.TypeChecker, type: ts.Type) => checker.isArrayType(type) || checker.isTupleType(type)
