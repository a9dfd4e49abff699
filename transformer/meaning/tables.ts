/**
 * Reads the `[operators]` table of a type: the method that each operator names.
 * Only this file knows how the type checker represents a table; it must not know operators' positions or texts.
 */
import type ts from 'typescript'
import type { CheckedSymbol, Checker, Signature, Type, UniqueSymbolType } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { type OpenOperator, openOperator, withoutNoInfer } from './open-types.ts'

export interface Table {
  /** Method name by operator key, for an object on the left (or the only operand). */
  readonly direct: ReadonlyMap<string, string>
  /** The same for an object on the right. */
  readonly reflected: ReadonlyMap<string, string>
}

/** One member of an operand's union type. */
export interface Part {
  readonly type: Type
  readonly kind: 'any' | 'never' | 'string' | 'number' | 'bigint' | 'operators' | 'other'
  readonly table?: Table
}

export interface Reader {
  /** The members of an operand's type, without `null` and `undefined` beside others, since TypeScript reports these. */
  parts(type: Type): readonly Part[]
  /** Whether a type has `null` or `undefined` beside other members. */
  mayBeAbsent(type: Type): boolean
  /** The possible result types of an operator; without a right operand, of a sign. */
  result(key: string, left: readonly Part[], right?: readonly Part[]): readonly Part[]
  /** The possible result types of a function of Math. */
  mathResult(key: string, operands: readonly (readonly Part[])[]): readonly Part[]
  /** Whether a method of the object type takes an argument of another type. */
  accepts(object: Type, method: string, argument: Type): boolean
  /** Whether a method of the object type takes this many arguments. */
  takes(object: Type, method: string, count: number): boolean
  /** Whether objects of the type have a member of this name. */
  hasMember(type: Type, name: string): boolean
  /** The members of an array's elements; none of what is no array. */
  elements(type: Type): readonly Part[]
  show(type: Type): string
}

export function tableReader(ts: TypeScript, checker: Checker, operatorsKey: string): Reader {
  const tables = new Map<Type, Table | undefined>()
  const cached = new Map<Type, readonly Part[]>()
  const accepted = new Map<Type, Map<Type, Map<string, boolean>>>()
  const results = new Map<Type, Map<Type, Map<string, readonly Type[]>>>()

  const tableOf = (type: Type): Table | undefined => {
    if (!tables.has(type)) {
      // not getPropertyOfType: it cannot be asked for the property of a unique symbol
      const symbol = checker.getPropertiesOfType(type).find(({ escapedName }) => escapedName === operatorsKey)
      const table = symbol && checker.getTypeOfSymbol(symbol)
      const reflected = table?.getProperty('reflected')
      tables.set(
        type,
        table && {
          direct: entries(table),
          reflected: reflected ? entries(checker.getTypeOfSymbol(reflected)) : new Map(),
        },
      )
    }
    return tables.get(type)
  }

  const entries = (table: Type): Map<string, string> => {
    const found = new Map<string, string>()
    for (const property of table.getProperties()) {
      const type = checker.getTypeOfSymbol(property)
      if (type.isStringLiteral()) found.set(property.name, type.value)
    }
    return found
  }

  const part = (type: Type): Part => {
    const { flags } = type
    if (flags & ts.TypeFlags.Any) return { type, kind: 'any' }
    if (flags & ts.TypeFlags.Never) return { type, kind: 'never' }
    if (flags & ts.TypeFlags.StringLike) return { type, kind: 'string' }
    if (flags & ts.TypeFlags.NumberLike) return { type, kind: 'number' }
    if (flags & ts.TypeFlags.BigIntLike) return { type, kind: 'bigint' }
    const table = tableOf(type)
    if (table) return { type, kind: 'operators', table }
    const branded = type.isIntersection() && type.types.map(part).find(({ kind }) => kind !== 'other')
    return branded ? { ...branded, type } : { type, kind: 'other' }
  }

  const members = (type: Type): readonly Type[] => {
    const plain = withoutNoInfer(ts, type)
    if (plain.isUnion()) return plain.types.flatMap(members)
    const open = openOperator(ts, plain)
    if (open) return resultsOf(open)
    const constraint = withoutNoInfer(ts, checker.getBaseConstraintOfType(plain) ?? plain)
    return constraint.isUnion() ? constraint.types.map(member => withoutNoInfer(ts, member)) : [constraint]
  }

  const isAbsent = ({ flags }: Type) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0

  const partsOf = (type: Type): readonly Part[] => {
    const known = cached.get(type)
    if (known) return known
    const all = members(type)
    const present = all.filter(each => !isAbsent(each))
    const parts = (present.length > 0 ? present : all).map(part)
    cached.set(type, parts)
    return parts
  }

  /** The types that an operator on type parameters can have, from those that its operands can have. */
  const resultsOf = ({ form, key, operands }: OpenOperator): readonly Type[] => {
    const [left = [], right = []] = operands.map(partsOf)
    switch (form) {
      case 'same':
        return left.map(({ type }) => type)
      case 'binary':
        return binaryResults(key, left, right)
      case 'unary':
        return unaryResults(key, left)
      case 'step':
        return binaryResults(key, left, [part(checker.getNumberType())])
      case 'math':
        return mathResults(key, elementsOf(operands[0]!).map(partsOf))
    }
  }

  /** The types of a tuple's elements. */
  const elementsOf = (tuple: Type): readonly Type[] => {
    const elements: Type[] = []
    for (let at = tuple.getProperty('0'); at; at = tuple.getProperty(`${elements.length}`))
      elements.push(checker.getTypeOfSymbol(at))
    return elements
  }

  const unaryResults = (key: string, operands: readonly Part[]): readonly Type[] => [
    ...new Set(operands.flatMap(each => unaryResult(key, each)).flatMap(members)),
  ]

  const mathResults = (key: string, operands: readonly (readonly Part[])[]): readonly Type[] => {
    if (operands.length > 1 && operands.some(parts => parts.some(({ table }) => table)))
      return foldedResults(key, operands)
    const objects = operands.flat().filter(({ table }) => table?.direct.has(key))
    const mayBeNumber = operands.every(parts => parts.some(({ kind }) => kind !== 'operators'))
    const plain = key.startsWith('Number.') ? checker.getBooleanType() : checker.getNumberType()
    const number = mayBeNumber ? [plain] : []
    return [...unaryResults(key, objects), ...number]
  }

  const binaryResults = (key: string, left: readonly Part[], right: readonly Part[]): readonly Type[] => {
    const results = left.flatMap(l => right.flatMap(r => knownResult(key, l, r)))
    return left.length * right.length === 1 ? results : [...new Set(results)]
  }

  const knownResult = (key: string, left: Part, right: Part): readonly Type[] => {
    const byRight = results.get(left.type) ?? new Map<Type, Map<string, readonly Type[]>>()
    results.set(left.type, byRight)
    const byKey = byRight.get(right.type) ?? new Map<string, readonly Type[]>()
    byRight.set(right.type, byKey)
    const known = byKey.get(key)
    if (known) return known
    const answer = members(binaryResult(key, left, right))
    byKey.set(key, answer)
    return answer
  }

  const binaryResult = (key: string, left: Part, right: Part): Type => {
    if (left.kind === 'any') return left.type
    const direct = left.table?.direct.get(key)
    if (direct && accepts(left.type, direct, right.type)) return returned(left.type, direct, right.type)
    if (key === '+' && (left.kind === 'string' || right.kind === 'string')) return checker.getStringType()
    const reflected = right.table?.reflected.get(key)
    if (reflected) return returned(right.type, reflected, left.type)
    if (direct) return returned(left.type, direct, right.type)
    if (/[<>]=?$/.test(key) && !/<<|>>/.test(key)) return checker.getBooleanType()
    return left.kind === 'bigint' ? left.type : right.kind === 'any' ? right.type : checker.getNumberType()
  }

  /** The results of a function of Math: two by two, but for a method that takes all operands. */
  const foldedResults = (key: string, [first, ...rest]: readonly (readonly Part[])[]): readonly Type[] => {
    const whole: Type[] = []
    let left = first!
    for (const [i, right] of rest.entries()) {
      const count = rest.length - i
      const isWhole = ({ type, table }: Part) => {
        const method = table?.direct.get(key)
        return count > 1 && method !== undefined && takes(type, method, count)
      }
      whole.push(...binaryResults(key, left.filter(isWhole), right))
      left = binaryResults(
        key,
        left.filter(each => !isWhole(each)),
        right,
      ).map(part)
    }
    return [...new Set([...whole, ...left.map(({ type }) => type)])]
  }

  const unaryResult = (key: string, operand: Part): Type => {
    const method = operand.table?.direct.get(key)
    if (method) return returned(operand.type, method, undefined)
    return operand.kind === 'bigint' ? operand.type : checker.getNumberType()
  }

  const signaturesOf = (object: Type, method: string): readonly Signature[] => {
    const symbol = checker.getPropertyOfType(object, method)
    return symbol ? checker.getTypeOfSymbol(symbol).getCallSignatures() : []
  }

  const takes = (object: Type, method: string, count: number): boolean =>
    signaturesOf(object, method).some(({ parameters }) => {
      const isOptional = (parameter: CheckedSymbol) => isRest(ts, parameter) || mayBeLeftOut(ts, parameter)
      const most = parameters.some(parameter => isRest(ts, parameter)) ? Number.POSITIVE_INFINITY : parameters.length
      return count <= most && parameters.filter(parameter => !isOptional(parameter)).length <= count
    })

  const takesType = (signature: Signature, argument: Type): boolean => {
    const parameter = signature.parameters[0]
    if (!parameter) return false
    const type = checker.getTypeOfSymbol(parameter)
    const expected = isRest(ts, parameter) ? (checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) : type
    // A type parameter is taken for its constraint; the compiler checks the lowered call exactly.
    return checker.isTypeAssignableTo(argument, checker.getBaseConstraintOfType(expected) ?? expected)
  }

  /** The result type of a method: of the overload that takes the argument, else of the last one, as in TypeScript after an error. */
  const returned = (object: Type, method: string, argument: Type | undefined): Type => {
    const signatures = signaturesOf(object, method)
    const chosen = argument && signatures.find(signature => takesType(signature, argument))
    const signature = chosen ?? signatures.at(-1)
    return signature ? checker.getReturnTypeOfSignature(signature) : checker.getAnyType()
  }

  const accepts = (object: Type, method: string, argument: Type): boolean => {
    const byArgument = accepted.get(object) ?? new Map<Type, Map<string, boolean>>()
    accepted.set(object, byArgument)
    const byMethod = byArgument.get(argument) ?? new Map<string, boolean>()
    byArgument.set(argument, byMethod)
    const known = byMethod.get(method)
    if (known !== undefined) return known
    const answer = signaturesOf(object, method).some(signature => takesType(signature, argument))
    byMethod.set(method, answer)
    return answer
  }

  return {
    parts: partsOf,
    result: (key, left, right) => (right ? binaryResults(key, left, right) : unaryResults(key, left)).map(part),
    mathResult: (key, operands) => mathResults(key, operands).map(part),
    mayBeAbsent: type => members(type).some(isAbsent),
    accepts,
    takes,
    elements(type) {
      const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
      return element ? partsOf(element) : []
    },
    hasMember: (type, name) => checker.getPropertyOfType(type, name) !== undefined,
    show(type) {
      const plain = checker.getBaseTypeOfLiteralType(withoutNoInfer(ts, type))
      return checker
        .typeToString(plain, undefined, ts.TypeFormatFlags.NoTruncation)
        .replace(/NoInfer<([\w$.]+)>/g, '$1')
    },
  }
}

/** The checker's name for properties under tsgrad's `operators` symbol. */
export function operatorsKey(ts: TypeScript, checker: Checker, home: ts.SourceFile): string {
  const symbol = checker.getSymbolAtLocation(home)?.exports?.get('operators' as ts.__String)
  const type = symbol && checker.getTypeOfSymbol(symbol)
  if (!type || !(type.flags & ts.TypeFlags.UniqueESSymbol)) throw new Error('the operators symbol has no unique type')
  return (type as UniqueSymbolType).escapedName as string
}

function mayBeLeftOut(ts: TypeScript, parameter: CheckedSymbol): boolean {
  const declaration = parameter.valueDeclaration
  if (declaration === undefined || !ts.isParameter(declaration)) return false
  return declaration.questionToken !== undefined || declaration.initializer !== undefined
}

function isRest(ts: TypeScript, parameter: CheckedSymbol): boolean {
  const declaration = parameter.valueDeclaration
  return declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined
}
