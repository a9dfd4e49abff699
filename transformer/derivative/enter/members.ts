/**
 * Elements of arrays and properties of records: what an access reads, and what kind of value it gives.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { isVariable, type Variable } from '../structured.ts'
import { asAtom, asReference, DerivativeFault, type Enter, inner, refused } from './context.ts'
import { constantOf } from './fixed-constants.ts'
import { nameInMath } from './math-names.ts'
import { memberOfModule } from './module-members.ts'
import { actualType, isArrayType, isOfLibrary, isOpen, isProjectClass, kindOfType, objectTypeOf } from './types.ts'

type Members = Pick<Enter, 'access' | 'objectAndKey' | 'member' | 'elementKind' | 'kindAt' | 'copyProperties'>

export function membersOf(enter: Enter): Members {
  const { ts, checker } = enter

  const objectAndKey: Enter['objectAndKey'] = node => {
    const type = objectTypeOf(checker, node.expression)
    if (ts.isPropertyAccessExpression(node)) {
      if (ts.isPrivateIdentifier(node.name))
        throw refused(
          node,
          `the private field '${node.name.text}', for which \`private ${node.name.text.slice(1)}\` has one,`,
        )
      const object = enter.array(node.expression)
      const isRecord =
        (enter.isFromOutside(object) && isProjectClass(ts, type)) ||
        object.outer === 'this' ||
        (kindOfType(enter, type) === 'reference' && !checker.isArrayType(type) && !checker.isTupleType(type))
      if (!isRecord || node.name.text === 'length') throw refused(node, `the property '${node.name.text}'`)
      return [object, JSON.stringify(node.name.text)]
    }
    const [object, key] = enter.inOrder([node.expression, node.argumentExpression])
    const index = asAtom(key, node.argumentExpression)
    const indexType = checker.getTypeAtLocation(node.argumentExpression)
    // of the type `0 | 2`, say
    const parts = indexType.isUnion() ? indexType.types : [indexType]
    const isNamed = index.toString().startsWith('"') && isRecordOf(type, index as string)
    if (isNamed) return [asReference(object, node.expression), index]
    if (!parts.every(({ flags }) => flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.Any)))
      throw refused(node, 'a property by a text')
    return [asReference(object, node.expression), enter.settled(index)]
  }

  /** `p['a']`, which is `p.a`. */
  const isRecordOf = (type: ts.Type, key: string): boolean =>
    kindOfType(enter, type) === 'reference' &&
    !isArrayType(checker, type) &&
    !/^"\d/.test(key) &&
    type.getProperty(JSON.parse(key)) !== undefined

  /** Behind `a[0] ?? …` TypeScript takes `a[0]` for never, where the type of `a` leaves out undefined. */
  const typeOf = (node: ts.Expression): ts.Type => {
    const type = checker.getTypeAtLocation(node)
    if (!(type.flags & ts.TypeFlags.Never)) return type
    const object = ts.isElementAccessExpression(node) ? checker.getTypeAtLocation(node.expression) : undefined
    return (object && checker.getIndexTypeOfType(object, ts.IndexKind.Number)) ?? type
  }
  const member: Enter['member'] = (from, key, node) => {
    const type = typeOf(node)
    const isObject = enter.isFromOutside(from) && isProjectClass(ts, checker.getNonNullableType(type))
    const kind = kindOfType(enter, type) ?? (isObject ? 'reference' : undefined)
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, node)
    if (kind === 'function') throw new DerivativeFault(catalogue.functionAsValue, node)
    if (kind === undefined)
      throw refused(node, `a value of type '${checker.typeToString(checker.getTypeAtLocation(node))}'`)
    const isProperty = !isVariable(key) && key.startsWith('"')
    const index = isVariable(key) ? 'At' : key.replace(/\W/g, '')
    return enter.load(from, key, isProperty ? key.slice(1, -1) : `${from.wanted}${index}`, kind)
  }

  /** What an array without a type of its own is filled with: `Array(n).fill(0)`, `[...Array(n)]`, `Array.from({ length: n })`. */
  const filledKind = (written: ts.Expression): Variable['kind'] | undefined => {
    const node = inner(ts, written) as ts.Expression
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
    const value = symbol && constantOf(ts, symbol)
    if (value) return filledKind(value)
    const isSpread = ts.isArrayLiteralExpression(node) && node.elements.every(ts.isSpreadElement)
    if (isSpread) return 'scalar'
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
    if (node.expression.name.text === 'from') return node.arguments.length === 1 ? 'scalar' : undefined
    const [filling] = node.expression.name.text === 'fill' ? node.arguments : []
    const kind = filling && kindOfType(enter, checker.getTypeAtLocation(filling))
    return kind === 'scalar' || kind === 'reference' ? kind : undefined
  }

  const elementKind = (array: ts.Expression): Variable['kind'] => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(array))
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
    const kind = isArrayType(checker, type) && element && kindOfType(enter, element)
    if (kind === 'scalar' || kind === 'reference') return kind
    if (element && element.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) {
      const filled = filledKind(array)
      if (filled) return filled
    }
    // nothing here can make such objects
    if (kind === undefined && element && isProjectClass(ts, element)) return 'reference'
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, array, array.getText())
    throw refused(array, `a list of type '${checker.typeToString(type)}'`)
  }
  const kindAt = (node: ts.Node, named: ts.Node): Variable['kind'] => {
    const type = checker.getTypeAtLocation(node)
    const kind = kindOfType(enter, type)
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, named, named.getText())
    if (kind === 'scalar' || kind === 'reference') return kind
    throw refused(named, `a value of type '${checker.typeToString(type)}'`)
  }

  /** A member of an enum, or of Math or Number. */
  const fixedNumber = (node: ts.ElementAccessExpression | ts.PropertyAccessExpression): string | undefined => {
    const named = ts.isPropertyAccessExpression(node) ? checker.getSymbolAtLocation(node.name) : undefined
    const isEnum = named && named.flags & ts.SymbolFlags.EnumMember
    const fixed = checker.getConstantValue(isEnum ? (named.valueDeclaration as ts.EnumMember) : node)
    if (typeof fixed === 'string') return JSON.stringify(fixed)
    if (typeof fixed === 'number') return `${fixed < 0 ? `(${fixed})` : fixed}`
    if (!ts.isPropertyAccessExpression(node)) return undefined
    const { expression, name } = node
    const isOfNumber = ts.isIdentifier(expression) && expression.text === 'Number'
    const inMath = nameInMath(enter, node)
    if (inMath === undefined && !(isOfNumber && isOfLibrary(checker.getSymbolAtLocation(expression)))) return undefined
    const home = inMath === undefined ? 'Number' : 'Math'
    if (kindOfType(enter, checker.getTypeAtLocation(node)) === 'scalar') return `${home}.${name.text}`
    throw refused(node, `\`${node.getText()}\` as a value`)
  }

  const access: Enter['access'] = node => {
    const fixed = fixedNumber(node)
    if (fixed !== undefined) return fixed
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'length') {
      const type = objectTypeOf(checker, node.expression)
      if (isArrayType(checker, type)) return enter.constant(enter.array(node.expression), '.length')
    }
    const ofModule = memberOfModule(enter, node)
    if (ofModule !== undefined) return ofModule
    const opaque = enter.opaqueMember(node)
    if (opaque !== undefined) return opaque
    const [from, key] = objectAndKey(node)
    return member(from, key, node)
  }

  const copyProperties: Enter['copyProperties'] = (target, from, written, without, node) => {
    const type = actualType(enter, written)
    if (isOpen(ts, type)) throw refused(node, `a value of type '${checker.typeToString(type)}'`)
    const properties = type.getProperties().filter(({ name }) => !without.has(name))
    const copied = [...properties.map(({ name }) => name), ...without].map(each => JSON.stringify(each))
    enter.oblige('spread', from, node, { into: target, copied: new Set(copied) })
    for (const property of properties) {
      const kind = kindOfType(enter, checker.getTypeOfSymbol(property))
      if (kind !== 'scalar' && kind !== 'reference') throw refused(node, `the property '${property.name}'`)
      const key = JSON.stringify(property.name)
      const copy = () => enter.emit({ k: 'store', to: target, key, from: enter.load(from, key, property.name, kind) })
      if (!(property.flags & ts.SymbolFlags.Optional)) copy()
      // one that is not there leaves what an earlier property gave
      else enter.emit({ k: 'if', test: enter.constant(key, ' in ', from), whenTrue: enter.block(copy), whenFalse: [] })
    }
  }

  return { access, objectAndKey, member, elementKind, kindAt, copyProperties }
}
