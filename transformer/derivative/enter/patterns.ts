/**
 * Patterns that take arrays and records apart, with defaults and rests, into new names or existing variables.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { Atom, Variable } from '../structured.ts'
import { copyInto, countIn, made } from './arrays.ts'
import { asReference, asStored, type Enter, inner, refused } from './context.ts'
import { isPropertyText } from './texts.ts'
import { kindOfType } from './types.ts'

export function patternsOf(enter: Enter): Pick<Enter, 'bindParts' | 'assignParts'> {
  const { ts, checker } = enter

  const keyOf = (name: ts.Node): string => {
    if (isPropertyText(ts, name)) return JSON.stringify(name.text)
    throw refused(name, 'a property whose name is neither an identifier nor a text')
  }
  const loaded = (from: Variable, key: string, at: ts.Node, initializer: ts.Expression | undefined): Atom => {
    const isNamed = ts.isBindingElement(at) && ts.isIdentifier(at.name)
    const property = key.startsWith('"') ? key.slice(1, -1) : `${from.wanted}${key}`
    const wanted = isNamed ? at.name.text : property
    const found = enter.load(from, key, wanted, enter.kindAt(at, at))
    return initializer ? enter.orDefault(found, initializer) : found
  }
  const restOfArray = (from: Variable, start: number, kind: Variable['kind'], at: ts.Node): Variable => {
    const rest = made(enter, 'array')
    copyInto(enter, rest, from, kind, `${start}`, countIn(enter, from), at)
    return rest
  }
  /** The properties that a pattern names. */
  const namesIn = (pattern: ts.BindingPattern | ts.ObjectLiteralExpression): string[] =>
    ts.isObjectLiteralExpression(pattern)
      ? pattern.properties.flatMap(each => (each.name ? keyOf(each.name) : []))
      : pattern.elements.flatMap(each =>
          ts.isOmittedExpression(each) || each.dotDotDotToken ? [] : keyOf(each.propertyName ?? each.name),
        )
  const restOfRecord = (from: Variable, type: ts.Type, taken: readonly string[], at: ts.Node): Variable => {
    const rest = enter.reference('rest')
    enter.emit({ k: 'make', target: rest, of: 'record' })
    enter.copyProperties(rest, from, type, new Set(taken.map(each => JSON.parse(each) as string)), at)
    return rest
  }
  const elementsOf = (at: ts.Node): Variable['kind'] => {
    const element = checker.getIndexTypeOfType(checker.getTypeAtLocation(at), ts.IndexKind.Number)
    return element && kindOfType(enter, element) === 'reference' ? 'reference' : 'scalar'
  }

  // ---- into new names

  const bindParts: Enter['bindParts'] = (pattern, value, node) => {
    const from = asReference(value, node)
    pattern.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      const isOfArray = ts.isArrayBindingPattern(pattern)
      if (!part.dotDotDotToken) {
        const key = isOfArray ? `${i}` : keyOf(part.propertyName ?? part.name)
        enter.bind(part.name, loaded(from, key, part, part.initializer), part)
        return
      }
      const rest = isOfArray
        ? restOfArray(from, i, elementsOf(part), part)
        : restOfRecord(from, checker.getTypeAtLocation(part), namesIn(pattern), part)
      enter.bind(part.name, rest, part)
    })
  }

  // ---- into what is there

  const assignParts: Enter['assignParts'] = (written, value) => {
    const target = inner(ts, written) as ts.Expression
    if (ts.isArrayLiteralExpression(target)) return assignElements(target, asReference(value, target))
    if (ts.isObjectLiteralExpression(target)) return assignProperties(target, asReference(value, target))
    enter.placeOf(target).write(asStored(value, target))
  }
  const assignPart = (written: ts.Expression, from: Variable, key: string) => {
    const isDefault = ts.isBinaryExpression(written) && written.operatorToken.kind === ts.SyntaxKind.EqualsToken
    const target = isDefault ? written.left : written
    assignParts(target, loaded(from, key, target, isDefault ? written.right : undefined))
  }
  const assignElements = (target: ts.ArrayLiteralExpression, from: Variable) => {
    requireUnread(target)
    target.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      if (ts.isSpreadElement(part))
        assignParts(part.expression, restOfArray(from, i, elementsOf(part.expression), part))
      else assignPart(part, from, `${i}`)
    })
  }
  const assignProperties = (target: ts.ObjectLiteralExpression, from: Variable) => {
    for (const part of target.properties) {
      if (ts.isShorthandPropertyAssignment(part)) {
        const found = loaded(from, keyOf(part.name), part.name, part.objectAssignmentInitializer)
        enter.placeOf(part.name).write(found)
      } else if (ts.isPropertyAssignment(part)) assignPart(part.initializer, from, keyOf(part.name))
      else if (ts.isSpreadAssignment(part))
        assignParts(
          part.expression,
          restOfRecord(from, checker.getTypeAtLocation(part.expression), namesIn(target), part),
        )
      else throw refused(part, 'this pattern')
    }
  }
  /** Elements are read one after the other, so a target must not be an element of what is read. */
  const requireUnread = (target: ts.ArrayLiteralExpression) => {
    for (const each of target.elements)
      if (ts.isElementAccessExpression(inner(ts, each) as ts.Expression))
        throw refused(target, 'destructuring into elements, but for `[a[i], a[j]] = [a[j], a[i]]`,')
  }

  return { bindParts, assignParts }
}
