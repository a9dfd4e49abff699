import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { OPERATOR_KEYS, type Site } from '../syntax/syntax.ts'
import type { Part, Reader } from './tables.ts'

export type Resolution =
  /** JavaScript's own operator: the text stays. */
  | { kind: 'native' }
  /** `'s' + a`: JavaScript's own `+`, with that operand converted to text. */
  | { kind: 'text'; operand: 'left' | 'right' }
  /** `a * 4` is `a.mul(4)`. */
  | { kind: 'method'; method: string }
  /** `4 * a` is `a.rmul(4)`. */
  | { kind: 'reflected'; method: string }
  /** Decided at run time. */
  | { kind: 'dispatch'; method: string; reflected: string }

/** A fault that TypeScript would not report, or not well. */
export interface Fault {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]
  /** The place of the report: the operator, or the operand with this index; nowhere when TypeScript reports it already. */
  readonly at: 'operator' | number | 'nowhere'
}

export const native: Resolution = { kind: 'native' }
export type Verdict = Resolution | Fault
export const isFault = (verdict: Verdict): verdict is Fault => 'entry' in verdict

export type Operands = readonly (readonly Part[])[]

/** The meaning of a site of which some operand has operators. */
export function resolveOperands(
  ts: TypeScript,
  reader: Reader,
  site: Site,
  operands: Operands,
  types: readonly Type[],
): Verdict {
  switch (site.form) {
    case 'binary':
    case 'assign':
      return resolveBinary(reader, site.key, operands[0]!, operands[1]!, types)
    case 'unary':
      return resolveUnary(reader, site.key, site.key, operands[0]!, types)
    case 'step':
      return resolveUnary(reader, site.key, site.key[0]!, operands[0]!, types)
    case 'math':
      return resolveMath(ts, reader, site, operands, types)
  }
}

function resolveBinary(
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
  if (method && namedByAll(left, 'direct', key)) {
    const reflectedFits = turned && namedByAll(right, 'reflected', key) && !takesAll(reader, left, method, right)
    return reflectedFits && takesAll(reader, right, turned, left)
      ? { kind: 'reflected', method: turned }
      : { kind: 'method', method }
  }
  const leftIsPlain = left.every(({ kind, table }) => kind !== 'any' && !table?.direct.has(key))
  if (leftIsPlain && left.some(({ kind }) => kind === 'operators') && turned === undefined)
    return notNamed(reader, key, [left, right], types)
  if (leftIsPlain && turned && namedByAll(right, 'reflected', key)) return { kind: 'reflected', method: turned }
  return decidedAtRunTime(reader, key, left, right, types)
}

// `+` with a string concatenates, unless a method of the class on the left takes strings.
function resolveText(
  reader: Reader,
  left: readonly Part[],
  right: readonly Part[],
  direct: ReadonlySet<string>,
): Resolution | undefined {
  const all = (parts: readonly Part[], kind: Part['kind']) => parts.every(part => part.kind === kind)
  if (all(left, 'string')) return all(right, 'operators') ? { kind: 'text', operand: 'right' } : undefined
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
  return misfitOf(reader, key, left, right, types) ?? { kind: 'dispatch', method, reflected }
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

/** The fault of operand types that do not fit together. */
export function misfit(reader: Reader, key: string, types: readonly Type[], at: number): Fault {
  const shown = types.map(type => `'${reader.show(type)}'`).join(' and ')
  return { entry: catalogue.operandsDoNotFit, args: [key, shown], at }
}

function pairFits(reader: Reader, key: string, left: Part, right: Part): boolean {
  if (left.kind === 'any' || right.kind === 'any') return true
  const direct = left.table?.direct.get(key)
  if (direct && reader.accepts(left.type, direct, right.type)) return true
  if (key === '+' && (left.kind === 'string' || right.kind === 'string')) return true
  const reflected = right.table?.reflected.get(key)
  if (reflected && !left.table) return reader.accepts(right.type, reflected, left.type)
  return left.kind === right.kind && (left.kind === 'number' || left.kind === 'bigint')
}

/** `key` is the run-time helper's; `named` is the table's (`++` uses `+`). */
function resolveUnary(
  reader: Reader,
  key: string,
  named: string,
  operand: readonly Part[],
  types: readonly Type[],
): Verdict {
  const found = methods(operand, 'direct', named)
  const [method] = found
  if (!method) return notNamed(reader, key, [operand], types)
  const ambiguous = severalMethods(key, found, types[0]!, reader)
  if (ambiguous) return ambiguous
  if (namedByAll(operand, 'direct', named)) return { kind: 'method', method }
  return { kind: 'dispatch', method, reflected: '' }
}

function resolveMath(
  ts: TypeScript,
  reader: Reader,
  { key, node }: Extract<Site, { form: 'math' }>,
  operands: Operands,
  types: readonly Type[],
): Verdict {
  const parts = operands.flat()
  const direct = methods(parts, 'direct', key)
  const reflected = methods(parts, 'reflected', key)
  const [method] = direct
  const [turned] = reflected
  const withTable = types[operands.findIndex(each => each.some(({ kind }) => kind === 'operators'))]!
  const unnamed = parts.some(({ kind, table }) => kind === 'operators' && !table?.direct.has(key))
  if (!method || unnamed) return notNamed(reader, key, operands, types)
  if (node.arguments.some(ts.isSpreadElement))
    return { entry: catalogue.spreadArgument, args: [key, reader.show(withTable)], at: 'operator' }
  const ambiguous = severalMethods(key, direct, withTable, reader) ?? severalMethods(key, reflected, withTable, reader)
  if (ambiguous) return ambiguous
  if (namedByAll(operands[0]!, 'direct', key)) return { kind: 'method', method }
  const wrong = operands.findIndex(each => each.some(({ kind }) => !['number', 'any', 'operators'].includes(kind)))
  if (wrong !== -1) return misfit(reader, key, types, wrong)
  if (operands.length > 1 && !turned) return notNamed(reader, key, operands, types)
  const plainFirst = operands.length === 2 && operands[0]!.every(({ kind }) => kind === 'number')
  if (plainFirst && turned && namedByAll(operands[1]!, 'reflected', key)) return { kind: 'reflected', method: turned }
  return { kind: 'dispatch', method, reflected: turned ?? '' }
}

const NO_METHODS: ReadonlySet<string> = new Set()

function methods(parts: readonly Part[], side: 'direct' | 'reflected', key: string): ReadonlySet<string> {
  if (parts.every(({ table }) => !table?.[side].has(key))) return NO_METHODS
  return new Set(parts.flatMap(({ table }) => table?.[side].get(key) ?? []))
}

function namedByAll(parts: readonly Part[], side: 'direct' | 'reflected', key: string): boolean {
  return parts.length > 0 && parts.every(({ table }) => table?.[side].has(key))
}

/** Whether a method of all these objects takes each of the operands. */
export function takesAll(reader: Reader, objects: readonly Part[], method: string, operands: readonly Part[]): boolean {
  return objects.every(object => operands.every(({ type }) => reader.accepts(object.type, method, type)))
}

function severalMethods(key: string, names: ReadonlySet<string>, type: Type, reader: Reader): Fault | undefined {
  if (names.size < 2) return undefined
  return { entry: catalogue.differentMethods, args: [key, [...names].join(', '), reader.show(type)], at: 'operator' }
}

function notNamed(reader: Reader, key: string, operands: Operands, types: readonly Type[]): Fault {
  // Of some forty functions of Math only their like are of interest.
  const isMath = (name: string) => name.startsWith('Math.')
  const names = (table: ReadonlyMap<string, string>) => {
    const listed = isMath(key) ? [...table.keys()].filter(isMath).sort() : OPERATOR_KEYS.filter(name => table.has(name))
    return listed.join(' ')
  }
  const listed = new Set<string>()
  for (const { type, table } of operands.flat()) {
    if (!table) continue
    const reflected = names(table.reflected)
    listed.add(
      `${reader.show(type)} names ${names(table.direct) || 'none of this kind'}${reflected && `, reflected ${reflected}`}.`,
    )
  }
  const shown = types.map(reader.show).join(' and ')
  return { entry: catalogue.operatorNotNamed, args: [key, shown, [...listed].join(' ')], at: 'operator' }
}
