/**
 * The type checker of TypeScript 7 with the interface that the phases use.
 * It caches each answer, since each costs a message to another process. It must not know operators.
 */
import type ts from 'typescript'
import type { CheckedSymbol, Checker, Signature, Type } from '../../compiler/checker.ts'
import type { NativeChecker, NativePackage, NativeSignature, NativeSymbol, NativeType } from './package.ts'

interface WrappedType extends Type {
  readonly native: NativeType
  /** Only types of some flags have these. */
  readonly types: readonly Type[]
  readonly value: unknown
  readonly baseType: Type
  readonly escapedName: string
}
interface WrappedSymbol extends CheckedSymbol {
  readonly native: NativeSymbol
}
interface WrappedSignature extends Signature {
  readonly native: NativeSignature
}

const nativeOf = <T>(wrapped: unknown) => (wrapped as { readonly native: T }).native

/** The number of nodes in one request; more only make the message longer. */
const BATCH = 20_000

const [CALL, CONSTRUCT] = [0, 1]

export function checkerOver({ sync }: NativePackage, native: NativeChecker): Checker {
  const { TypeFlags } = sync
  const types = new Map<number, Type>()
  const symbols = new Map<number, CheckedSymbol>()
  const atNode = new Map<ts.Node, Type>()
  const symbolAtNode = new Map<ts.Node, CheckedSymbol | undefined>()
  const typeOfSymbol = new Map<CheckedSymbol, Type>()
  const constraints = new Map<Type, Type | undefined>()

  const symbolOf = (symbol: NativeSymbol): CheckedSymbol => remembered(symbols, symbol.id, () => wrapSymbol(symbol))
  const symbolIf = (symbol: NativeSymbol | undefined) => symbol && symbolOf(symbol)
  const typeOf = (type: NativeType): Type => remembered(types, type.id, () => wrapType(type))
  const typeIf = (type: NativeType | undefined) => typeOf(type ?? native.getAnyType())

  const wrapSymbol = (symbol: NativeSymbol): WrappedSymbol => ({
    native: symbol,
    name: symbol.name,
    escapedName: symbol.escapedName,
    get valueDeclaration() {
      return symbol.valueDeclaration?.resolve() as ts.Declaration | undefined
    },
    get exports() {
      const exports = symbol.getExports()
      return { get: (name: ts.__String) => symbolIf(exports.get(name as string)) }
    },
  })

  const wrapType = (type: NativeType): WrappedType => {
    const has = (flag: number | undefined) => (type.flags & flag!) !== 0
    return {
      native: type,
      flags: type.flags,
      value: type.value,
      isUnion: () => has(TypeFlags.Union),
      isIntersection: () => has(TypeFlags.Intersection),
      isStringLiteral: () => has(TypeFlags.StringLiteral),
      getProperty: (name: string) => checker.getPropertyOfType(typeOf(type), name),
      getProperties: () => checker.getPropertiesOfType(typeOf(type)),
      getCallSignatures: () => native.getSignaturesOfType(type, CALL).map(wrapSignature),
      getConstructSignatures: () => native.getSignaturesOfType(type, CONSTRUCT).map(wrapSignature),
      get symbol() {
        return symbolIf(type.getSymbol())!
      },
      get aliasSymbol() {
        return symbolIf(type.getAliasSymbol())
      },
      get aliasTypeArguments() {
        return type.getAliasTypeArguments().map(typeOf)
      },
      get types() {
        return (type.getTypes() ?? []).map(typeOf)
      },
      get baseType() {
        return typeOf(type.getBaseType())
      },
      get escapedName() {
        // the compiler's own way to name a property under a unique symbol
        const { name, id } = type.getSymbol()!
        return `__@${name}@${id}`
      },
    } as unknown as WrappedType
  }

  const wrapSignature = (signature: NativeSignature): WrappedSignature => ({
    native: signature,
    get parameters() {
      return signature.getParameters().map(symbolOf)
    },
  })

  const checker: Checker = {
    prefetch(nodes) {
      const asked = [...new Set(nodes)].filter(node => !atNode.has(node))
      for (let i = 0; i < asked.length; i += BATCH) {
        const batch = asked.slice(i, i + BATCH)
        for (const [j, type] of native.getTypeAtLocation(batch).entries()) atNode.set(batch[j]!, typeIf(type))
      }
    },
    getTypeAtLocation(node) {
      if (!atNode.has(node)) checker.prefetch!([node])
      return atNode.get(node)!
    },
    getSymbolAtLocation: node => remembered(symbolAtNode, node, () => symbolIf(native.getSymbolAtLocation([node])[0])),
    getTypeOfSymbol: symbol => remembered(typeOfSymbol, symbol, () => typeIf(native.getTypeOfSymbol(nativeOf(symbol)))),
    getDeclaredTypeOfSymbol: symbol => typeOf(native.getDeclaredTypeOfSymbol(nativeOf(symbol))),
    getPropertiesOfType: type => native.getPropertiesOfType(nativeOf(type)).map(symbolOf),
    getPropertyOfType: (type, name) => symbolIf(native.getPropertyOfType(nativeOf(type), name)),
    getIndexTypeOfType(type, kind) {
      const key = kind === 0 ? TypeFlags.String : TypeFlags.Number
      const found = native.getIndexInfosOfType(nativeOf(type)).find(({ keyType }) => (keyType.flags & key!) !== 0)
      return found && typeOf(found.valueType)
    },
    getBaseConstraintOfType: type =>
      remembered(constraints, type, () => {
        const constraint = native.getBaseConstraintOfType(nativeOf(type))
        return constraint && typeOf(constraint)
      }),
    getBaseTypeOfLiteralType: type => typeIf(native.getBaseTypeOfLiteralType(nativeOf(type))),
    getReturnTypeOfSignature: signature => typeIf(native.getReturnTypeOfSignature(nativeOf(signature))),
    isTypeAssignableTo: (source, target) => native.isTypeAssignableTo(nativeOf(source), nativeOf(target)),
    typeToString: (type, enclosing, flags) => native.typeToString(nativeOf(type), enclosing, flags),
    getAnyType: () => typeOf(native.getAnyType()),
    getBooleanType: () => typeOf(native.getBooleanType()),
    getNumberType: () => typeOf(native.getNumberType()),
    getStringType: () => typeOf(native.getStringType()),
  }
  return checker
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  if (!known.has(key)) known.set(key, make())
  return known.get(key)!
}
