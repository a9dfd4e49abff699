/**
 * The type checker of TypeScript 7 with the interface that the phases use.
 * It caches each answer, since each costs a message to another process. It must not know operators.
 */
import type ts from 'typescript'
import type { CheckedSymbol, Checker, DerivativeQuestions, Type } from '../../compiler/checker.ts'
import type { NativeChecker, NativePackage, NativeSignature, NativeSymbol, NativeType } from './package.ts'
import { askedOnce, nativeOf, type Wrapping, wrapping } from './wrapped.ts'

/** The number of nodes in one request; more only make the message longer. */
const BATCH = 20_000

export function checkerOver(native: NativePackage, asked: NativeChecker): Checker {
  const wraps = wrapping(native, asked, () => checker)
  const checker: Checker & DerivativeQuestions = {
    ...questionsOfOperators(native, asked, wraps),
    ...questionsOfDerivatives(asked, wraps),
  }
  return checker
}

function questionsOfOperators({ sync }: NativePackage, native: NativeChecker, wraps: Wrapping): Checker {
  const { TypeFlags } = sync
  const atNode = new Map<ts.Node, Type>()
  const symbolAtNode = new Map<ts.Node, CheckedSymbol | undefined>()
  const typeOfSymbol = new Map<CheckedSymbol, Type>()
  const constraints = new Map<Type, Type | undefined>()
  const properties = new Map<Type, readonly CheckedSymbol[]>()
  const named = new Map<Type, Map<string, CheckedSymbol | undefined>>()
  const results = new Map<unknown, Type>()
  const typeOf = wraps.type
  const typeIf = (type: NativeType | undefined) => typeOf(type ?? native.getAnyType())
  const symbolIf = (symbol: NativeSymbol | undefined) => symbol && wraps.symbol(symbol)

  const prefetch = (nodes: readonly ts.Node[]) => {
    const asked = [...new Set(nodes)].filter(node => !atNode.has(node))
    for (let i = 0; i < asked.length; i += BATCH) {
      const batch = asked.slice(i, i + BATCH)
      for (const [j, type] of native.getTypeAtLocation(batch).entries()) atNode.set(batch[j]!, typeIf(type))
    }
  }
  return {
    prefetch,
    getTypeAtLocation(node) {
      if (!atNode.has(node)) prefetch([node])
      return atNode.get(node)!
    },
    getSymbolAtLocation: node => askedOnce(symbolAtNode, node, () => symbolIf(native.getSymbolAtLocation([node])[0])),
    getTypeOfSymbol: symbol => askedOnce(typeOfSymbol, symbol, () => typeIf(native.getTypeOfSymbol(nativeOf(symbol)))),
    getDeclaredTypeOfSymbol: symbol => typeOf(native.getDeclaredTypeOfSymbol(nativeOf(symbol))),
    getPropertiesOfType: type =>
      askedOnce(properties, type, () => native.getPropertiesOfType(nativeOf(type)).map(wraps.symbol)),
    getPropertyOfType: (type, name) =>
      askedOnce(
        askedOnce(named, type, () => new Map()),
        name,
        () => symbolIf(native.getPropertyOfType(nativeOf(type), name)),
      ),
    getIndexTypeOfType(type, kind) {
      const key = kind === 0 ? TypeFlags.String : TypeFlags.Number
      const found = native.getIndexInfosOfType(nativeOf(type)).find(({ keyType }) => (keyType.flags & key!) !== 0)
      return found && typeOf(found.valueType)
    },
    getBaseConstraintOfType: type =>
      askedOnce(constraints, type, () => {
        const constraint = native.getBaseConstraintOfType(nativeOf(type))
        return constraint && typeOf(constraint)
      }),
    getBaseTypeOfLiteralType: type => typeIf(native.getBaseTypeOfLiteralType(nativeOf(type))),
    getReturnTypeOfSignature: signature =>
      askedOnce(results, signature, () => typeIf(native.getReturnTypeOfSignature(nativeOf(signature)))),
    isTypeAssignableTo: (source, target) => native.isTypeAssignableTo(nativeOf(source), nativeOf(target)),
    typeToString: (type, enclosing, flags) => native.typeToString(nativeOf(type), enclosing, flags),
    getAnyType: () => typeOf(native.getAnyType()),
    getBooleanType: () => typeOf(native.getBooleanType()),
    getNumberType: () => typeOf(native.getNumberType()),
    getStringType: () => typeOf(native.getStringType()),
  }
}

/** What functions on plain numbers are asked about besides. */
function questionsOfDerivatives(native: NativeChecker, { type, symbol, signature }: Wrapping): DerivativeQuestions {
  const typeIf = (found: NativeType | undefined) => found && type(found)
  const symbolIf = (found: NativeSymbol | undefined) => found && symbol(found)
  const signatureIf = (found: NativeSignature | undefined) => found && signature(found)
  const answers = {
    getResolvedSignature: (node: ts.Node) => signatureIf(native.getResolvedSignature(node)),
    getSignatureFromDeclaration: (node: ts.Node) => signatureIf(native.getSignatureFromDeclaration(node)),
    getContextualType: (node: ts.Node) => typeIf(native.getContextualType(node)),
    getNonNullableType: (of: Type) => typeIf(native.getNonNullableType(nativeOf(of))) ?? of,
    getTypeArguments: (of: Type) => native.getTypeArguments(nativeOf(of)).map(type),
    getIndexInfosOfType: (of: Type) => native.getIndexInfosOfType(nativeOf(of)),
    getTypeOfSymbolAtLocation: (of: CheckedSymbol, at: ts.Node) =>
      type(native.getTypeOfSymbolAtLocation(nativeOf(of), at)),
    getAliasedSymbol: (of: CheckedSymbol) => symbol(native.getAliasedSymbol(nativeOf(of))),
    getExportSymbolOfSymbol: (of: CheckedSymbol) => symbol(nativeOf<NativeSymbol>(of).getExportSymbol()),
    getShorthandAssignmentValueSymbol: (node: ts.Node) => symbolIf(native.getShorthandAssignmentValueSymbol(node)),
    getConstantValue: (node: ts.Node) => native.getConstantValue(node),
    isArrayType: (of: Type) => native.isArrayType(nativeOf(of)),
    isTupleType: (of: Type) => native.isTupleType(nativeOf(of)),
    symbolInScope: (name: string, at: ts.Node, meaning: number) => symbolIf(native.resolveName(name, meaning, at)),
  }
  return answers as unknown as DerivativeQuestions
}
