/**
 * The meaning of an operator with two operands: for each pair of their types the left one's method, the right one's reflected
 * method or JavaScript's own operator; one call where all pairs agree, else a decision at run time.
 * It must not know how operators are written.
 */
import type { Type } from '../compiler/checker.ts'
import {
  type Fault,
  methodNamed,
  methods,
  misfit,
  namedByAll,
  notNamed,
  type Resolution,
  sameMethod,
  severalMethods,
  takesAll,
  type Verdict,
} from './meaning.ts'
import type { Part, Reader } from './tables.ts'

export function resolveBinary(
  reader: Reader,
  key: string,
  left: readonly Part[],
  right: readonly Part[],
  types: readonly Type[],
): Verdict {
  const direct = methods(left, 'direct', key)
  const reflected = methods(right, 'reflected', key)
  const text = key === '+' ? resolveText(reader, left, right, direct) : undefined
  if (text) return text
  const anyLeft = left.some(({ kind }) => kind === 'any') && methods(right, 'direct', key).size > 0
  if (direct.size + reflected.size === 0 && !anyLeft) return notNamed(reader, key, [left, right], types)
  const ambiguous = severalMethods(key, direct, types[0]!, reader) ?? severalMethods(key, reflected, types[1]!, reader)
  if (ambiguous) return ambiguous

  const [method] = direct
  const [turned] = reflected
  if (turned && namedByAll(right, 'reflected', key) && left.every(each => leavesToRight(reader, key, each, right)))
    return { kind: 'reflected', method: turned }
  if (method && namedByAll(left, 'direct', key)) return { kind: 'method', method }
  const leftIsPlain = method === undefined && left.every(({ kind }) => kind !== 'any')
  if (leftIsPlain && left.some(({ kind }) => kind === 'operators') && turned === undefined)
    return notNamed(reader, key, [left, right], types)
  return decidedAtRunTime(reader, key, left, right, types)
}

/** Whether the left operand does not know the operator, or takes none of the right ones while these take it. A string joins. */
function leavesToRight(reader: Reader, key: string, left: Part, right: readonly Part[]): boolean {
  if (left.kind === 'any' || (key === '+' && left.kind === 'string')) return false
  const method = methodNamed(left, 'direct', key)
  if (method === undefined) return true
  return right.every(
    each =>
      !reader.accepts(left.type, method, each.type) &&
      reader.accepts(each.type, methodNamed(each, 'reflected', key)!, left.type),
  )
}

// `+` with a string concatenates, unless a method of the class on the left takes strings.
function resolveText(
  reader: Reader,
  left: readonly Part[],
  right: readonly Part[],
  direct: ReadonlySet<string>,
): Resolution | undefined {
  const all = (parts: readonly Part[], kind: Part['kind']) => parts.every(part => part.kind === kind)
  if (all(left, 'string'))
    return right.some(({ kind }) => kind === 'operators') ? { kind: 'text', operand: 'right' } : undefined
  if (!all(right, 'string') || left.some(({ kind }) => kind === 'any')) return undefined
  const objects = left.filter(({ kind }) => kind === 'operators')
  const takesText = [...direct].some(method => objects.some(object => takesAll(reader, [object], method, right)))
  return objects.length === 0 || takesText ? undefined : { kind: 'text', operand: 'left' }
}

function decidedAtRunTime(
  reader: Reader,
  key: string,
  left: readonly Part[],
  right: readonly Part[],
  types: readonly Type[],
): Verdict {
  // An operand of type any is assumed to name the operator as the other one does.
  const [method = ''] = [...methods(left, 'direct', key), ...methods(right, 'direct', key)]
  const [reflected = ''] = [...methods(right, 'reflected', key), ...methods(left, 'reflected', key)]
  return runTimeFault(reader, key, left, right, types, { method, reflected }) ?? { kind: 'dispatch', method, reflected }
}

/** The fault of operands for which the helper at run time, given these methods, would not do what their types say. */
export function runTimeFault(
  reader: Reader,
  key: string,
  left: readonly Part[],
  right: readonly Part[],
  types: readonly Type[],
  { method, reflected }: { readonly method: string; readonly reflected: string },
): Fault | undefined {
  return (
    misfitOf(reader, key, left, right, types) ??
    sameMethod(reader, key, left, 'direct', method, 0) ??
    sameMethod(reader, key, right, 'reflected', reflected, 1)
  )
}

/** The fault of a combination of operand types that neither a class nor JavaScript defines. */
export function misfitOf(
  reader: Reader,
  key: string,
  left: readonly Part[],
  right: readonly Part[],
  types: readonly Type[],
): Fault | undefined {
  for (const l of left)
    for (const r of right)
      if (!pairFits(reader, key, l, r))
        return misfit(reader, key, types, l.kind === 'other' || (r.table && !l.table) ? 0 : 1)
  return undefined
}

function pairFits(reader: Reader, key: string, left: Part, right: Part): boolean {
  if (left.kind === 'any' || right.kind === 'any') return true
  const direct = methodNamed(left, 'direct', key)
  if (direct && reader.accepts(left.type, direct, right.type)) return true
  // the helper at run time hands a string to the left one's method, if it has one
  if (key === '+' && (left.kind === 'string' || (right.kind === 'string' && !direct))) return true
  const reflected = methodNamed(right, 'reflected', key)
  if (reflected && !direct) return reader.accepts(right.type, reflected, left.type)
  return left.kind === right.kind && (left.kind === 'number' || left.kind === 'bigint')
}
