/**
 * What a loop goes through that is no array of values: texts, maps and sets, as a list of what they hold, and `Array(n)`, whose elements
 * are all undefined there. It must not know derivatives.
 */
import type ts from 'typescript'
import { walk } from '../../syntax/walk.ts'
import type { Variable } from '../structured.ts'
import { arrayOfLength, made, throwIf } from './arrays.ts'
import { type Enter, inner, refused } from './context.ts'
import { knownFunction } from './names.ts'
import { symbolAt } from './package-names.ts'
import { isOfLibrary, kindOfType } from './types.ts'

/** A list of the same elements; undefined for arrays and all else. */
export function listedElements(
  enter: Enter,
  node: ts.Expression,
): { readonly array: Variable; readonly kind: Variable['kind'] } | undefined {
  if (arrayOfLength(enter, node)) return { array: ofLength(enter, node), kind: 'scalar' }
  const { object, iterator } = iteratedBy(enter, node)
  const held = typesHeldBy(enter, object)
  if (!held) return undefined
  const [key, value = key] = held
  const name = iterator ?? (held.length === 2 ? 'entries' : 'values')
  const type = name === 'entries' ? undefined : name === 'keys' ? key! : value!
  const kind = type === undefined ? 'reference' : kindOfType(enter, type)
  if (kind !== 'scalar' && kind !== 'reference') return undefined
  const array = enter.reference('list')
  const text = ['[...', ...enter.objectText(object, node), iterator ? `.${iterator}()]` : ']']
  enter.emit({ k: 'effect', target: array, text, mayWrite: false, isPure: true })
  return { array, kind }
}

/** `map` of `map` and of `map.keys()`. */
function iteratedBy(
  { ts }: Enter,
  node: ts.Expression,
): { readonly object: ts.Expression; readonly iterator?: string } {
  const callee = ts.isCallExpression(node) ? node.expression : undefined
  if (!callee || !ts.isPropertyAccessExpression(callee)) return { object: node }
  const { text } = callee.name
  return /^(?:keys|values|entries)$/.test(text) ? { object: callee.expression, iterator: text } : { object: node }
}

/** The types that a text, a map or a set holds. */
function typesHeldBy(enter: Enter, object: ts.Expression): readonly ts.Type[] | undefined {
  const { ts, checker } = enter
  const type = checker.getNonNullableType(checker.getTypeAtLocation(object))
  if (type.flags & ts.TypeFlags.StringLike) return [type]
  return isCollection(type) ? checker.getTypeArguments(type as ts.TypeReference) : undefined
}

const isCollection = ({ symbol }: ts.Type) =>
  /^(?:Readonly)?(?:Map|Set)$/.test(symbol?.name ?? '') && isOfLibrary(symbol)

function ofLength(enter: Enter, node: ts.CallExpression | ts.NewExpression): Variable {
  const length = enter.settled(enter.atom(node.arguments![0]!))
  const test = enter.constant(length, ' >>> 0 !== ', length)
  if (typeof length !== 'string') throwIf(enter, test, "new RangeError('Invalid array length')")
  const target = made(enter, 'array')
  enter.times(length, () => enter.emit({ k: 'push', to: target, from: 'undefined' }))
  return target
}

/** @throws DerivativeFault for a loop whose turns may change the map or the set that it goes through. */
export function requireUnchanged(enter: Enter, { expression, statement }: ts.ForOfStatement): void {
  const { ts, checker } = enter
  const { object } = iteratedBy(enter, inner(ts, expression) as ts.Expression)
  if (!isCollection(checker.getNonNullableType(checker.getTypeAtLocation(object)))) return
  const bodies = new Set<ts.Node>([statement])
  for (const body of bodies)
    walk(ts, body, each => {
      if (isChange(enter, each))
        throw refused(
          expression,
          'a loop over a map or a set that its turns change, instead of an array with an index,',
        )
      const symbol = ts.isIdentifier(each) ? symbolAt(ts, checker, each) : undefined
      const called = symbol && (knownFunction(ts, symbol) ?? symbol.valueDeclaration)
      if (called && ts.isFunctionLike(called)) bodies.add(called)
      return undefined
    })
}

function isChange({ ts, checker }: Enter, node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name, expression } = node.expression
  return /^(?:add|set|delete|clear)$/.test(name.text) && isCollection(checker.getTypeAtLocation(expression))
}
