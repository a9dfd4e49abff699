/**
 * What an operator can mean, the faults of those that mean nothing, and which methods the classes of its operands name.
 * It must not know how a meaning is chosen.
 */
import type { Type } from '../compiler/checker.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { isFunctionKey, OPERATOR_KEYS } from '../syntax/syntax.ts'
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
  /** `Math.max(a, b, c)`, two by two from the left: by calls, `a.max(b).max(c)`, or at run time. */
  | { kind: 'fold'; method: string; reflected: string; calls: boolean }

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

/** An operand's type, for messages, and the members that it can have. */
export interface OperandType {
  readonly type: Type
  readonly parts: readonly Part[]
}

export type Operands = readonly (readonly Part[])[]
export type Side = 'direct' | 'reflected'

// ---- what the classes name

const NO_METHODS: ReadonlySet<string> = new Set()

/** The method that a class names for an operator. */
export const methodNamed = (part: Part, side: Side, key: string): string | undefined => part.table?.[side].get(key)

/** All methods that the members of a type name for an operator. */
export function methods(parts: readonly Part[], side: Side, key: string): ReadonlySet<string> {
  if (parts.every(part => methodNamed(part, side, key) === undefined)) return NO_METHODS
  return new Set(parts.flatMap(part => methodNamed(part, side, key) ?? []))
}

export function namedByAll(parts: readonly Part[], side: Side, key: string): boolean {
  return parts.length > 0 && parts.every(part => methodNamed(part, side, key) !== undefined)
}

/** Whether a method of all these objects takes each of the operands. */
export function takesAll(reader: Reader, objects: readonly Part[], method: string, operands: readonly Part[]): boolean {
  return objects.every(object => operands.every(({ type }) => reader.accepts(object.type, method, type)))
}

// ---- faults

/** The fault of operand types that do not fit together. */
export function misfit(reader: Reader, key: string, types: readonly Type[], at: number): Fault {
  const shown = types.map(type => `'${reader.show(type)}'`).join(' and ')
  return { entry: catalogue.operandsDoNotFit, args: [key, shown], at }
}

export function severalMethods(key: string, names: ReadonlySet<string>, type: Type, reader: Reader): Fault | undefined {
  if (names.size < 2) return undefined
  return { entry: catalogue.differentMethods, args: [key, [...names].join(', '), reader.show(type)], at: 'operator' }
}

export function notNamed(reader: Reader, key: string, operands: Operands, types: readonly Type[]): Fault {
  // Of some forty functions only those of the same object are of interest.
  const [home] = isFunctionKey(key) ? key.split('.') : []
  const isAlike = (name: string) => name.startsWith(`${home}.`)
  const names = (table: ReadonlyMap<string, string>) => {
    const listed = home ? [...table.keys()].filter(isAlike).sort() : OPERATOR_KEYS.filter(name => table.has(name))
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
  const [left = [], right = []] = operands
  const [method] = left.some(({ table }) => table) ? [] : methods(right, 'direct', key)
  if (method !== undefined) listed.add(`For an object on the right: \`reflected: { '${key}': '${method}' }\`.`)
  return { entry: catalogue.operatorNotNamed, args: [key, shown, [...listed].join(' ')], at: 'operator' }
}

/**
 * The fault of a union in which one class names a method and another has one of the same name without naming it: at run time the two
 * look alike.
 */
export function sameMethod(
  reader: Reader,
  key: string,
  parts: readonly Part[],
  side: Side,
  method: string,
  at: number,
): Fault | undefined {
  const isObject = ({ kind }: Part) => kind === 'operators' || kind === 'other'
  const other = parts.find(
    part => isObject(part) && methodNamed(part, side, key) === undefined && reader.hasMember(part.type, method),
  )
  if (!other) return undefined
  const naming = parts.find(part => methodNamed(part, side, key) === method)
  const who = naming ? reader.show(naming.type) : 'another operand'
  return { entry: catalogue.sameMethod, args: [key, method, who, reader.show(other.type)], at }
}
