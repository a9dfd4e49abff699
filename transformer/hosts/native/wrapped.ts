/**
 * Types, symbols and signatures of TypeScript 7 with the members of TypeScript 6 that the phases read. Each is one object, however often
 * it is asked for. It must not know who reads them.
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
  readonly flags: number
  readonly declarations: readonly ts.Node[] | undefined
}
interface WrappedSignature extends Signature {
  readonly native: NativeSignature
  readonly declaration: ts.Node | undefined
  getReturnType(): Type
}

export const nativeOf = <T>(wrapped: unknown) => (wrapped as { readonly native: T }).native

export interface Wrapping {
  type(native: NativeType): Type
  symbol(native: NativeSymbol): CheckedSymbol
  signature(native: NativeSignature): Signature
}

const [CALL, CONSTRUCT] = [0, 1]

/** @param checker is asked when a member is read. */
export function wrapping({ sync }: NativePackage, native: NativeChecker, checker: () => Checker): Wrapping {
  const { TypeFlags, ObjectFlags } = sync
  const types = new Map<number, Type>()
  const symbols = new Map<number, CheckedSymbol>()
  const signatures = new Map<number, Signature>()
  const ofType = new Map<number, ReadonlyMap<number, readonly Signature[]>>()

  const symbolOf = (symbol: NativeSymbol): CheckedSymbol => askedOnce(symbols, symbol.id, () => wrapSymbol(symbol))
  const symbolIf = (symbol: NativeSymbol | undefined) => symbol && symbolOf(symbol)
  const typeOf = (type: NativeType): Type => askedOnce(types, type.id, () => wrapType(type))
  const signatureOf = (signature: NativeSignature): Signature =>
    askedOnce(signatures, signature.id, () => wrapSignature(signature))
  const signaturesOf = (type: NativeType, kind: number) => {
    const known = askedOnce(ofType, type.id, () => new Map()) as Map<number, readonly Signature[]>
    return askedOnce(known, kind, () => native.getSignaturesOfType(type, kind).map(signatureOf))
  }

  const wrapSymbol = (symbol: NativeSymbol): WrappedSymbol => ({
    native: symbol,
    name: symbol.name,
    escapedName: symbol.escapedName,
    flags: symbol.flags,
    get declarations() {
      const all = symbol.declarations.flatMap(each => each.resolve() ?? [])
      return all.length > 0 ? all : undefined
    },
    get valueDeclaration() {
      return symbol.valueDeclaration?.resolve() as ts.Declaration | undefined
    },
    get exports() {
      const exports = symbol.getExports()
      return {
        get: (name: ts.__String) => symbolIf(exports.get(name as string)),
        values: () => [...exports.values()].map(symbolOf).values(),
      }
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
      isNumberLiteral: () => has(TypeFlags.NumberLiteral),
      isTypeParameter: () => has(TypeFlags.TypeParameter),
      isClass: () => ((type.objectFlags ?? 0) & ObjectFlags.Class!) !== 0,
      getProperty: (name: string) => checker().getPropertyOfType(typeOf(type), name),
      getProperties: () => checker().getPropertiesOfType(typeOf(type)),
      getCallSignatures: () => signaturesOf(type, CALL),
      getConstructSignatures: () => signaturesOf(type, CONSTRUCT),
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
      elementFlags: type.elementFlags,
      get target() {
        return typeOf(type.getTarget())
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
    get declaration() {
      return signature.declaration?.resolve()
    },
    get parameters() {
      return signature.getParameters().map(symbolOf)
    },
    getReturnType: () => checker().getReturnTypeOfSignature(signatureOf(signature)),
  })

  return { type: typeOf, symbol: symbolOf, signature: signatureOf }
}

export function askedOnce<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  if (!known.has(key)) known.set(key, make())
  return known.get(key)!
}
