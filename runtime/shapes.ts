/**
 * Numbers in nested arrays and plain records: reading them, and giving others the same shape; and the types of both.
 * It must not know what the numbers are for.
 */
import { kindOf } from './node.ts'
import { NumberWithGrad, type Numeric } from './number-with-grad.ts'

/** The shape of T with `Leaf` in the place of each number. A parameter that only takes plain numbers has no derivative. */
export type Shaped<T, Leaf> = [T] extends [number]
  ? never
  : [T] extends [Numeric]
    ? Leaf
    : T extends readonly unknown[]
      ? { -readonly [I in keyof T]: Shaped<T[I], Leaf> }
      : { -readonly [K in keyof T]: Shaped<T[K], Leaf> }

/** The same as what a caller may pass: nothing in it is changed. */
export type ShapedInput<T, Leaf> = [T] extends [number]
  ? never
  : [T] extends [Numeric]
    ? Leaf
    : T extends readonly unknown[]
      ? { readonly [I in keyof T]: ShapedInput<T[I], Leaf> }
      : { readonly [K in keyof T]: ShapedInput<T[K], Leaf> }

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A value of the same shape, with `f` of each number in its place, in order. */
export function mapShape<T>(value: unknown, f: (x: Numeric) => T, where: string): unknown {
  if (typeof value === 'number' || value instanceof NumberWithGrad) return f(value)
  if (Array.isArray(value)) return value.map(each => mapShape(each, f, where))
  if (!isRecord(value)) throw unshaped(value, where)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapShape(each, f, where)]))
}

/** Its numbers, in order. */
export function numbersOf(value: unknown, where: string): Numeric[] {
  if (typeof value === 'number') return [value]
  const numbers: Numeric[] = []
  mapShape(value, x => numbers.push(x), where)
  return numbers
}

/** A value of the same shape with these numbers in it, in order. */
export function reshape(value: unknown, numbers: readonly unknown[], where: string): unknown {
  let next = 0
  return mapShape(value, () => numbers[next++], where)
}

function unshaped(value: unknown, where: string): TypeError {
  return new TypeError(
    `${where}: expected numbers, in arrays or plain records; got ${kindOf(value)}. ` +
      'Pass what is not differentiated by a closure.',
  )
}
