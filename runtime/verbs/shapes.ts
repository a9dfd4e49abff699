/**
 * Numbers in nested arrays and plain records: their list, and other numbers in the same shape; and the types of both.
 * It must not know what the numbers are for. Arrays of users are read by `for … of` or `at`: where `array[i]` meets plain and tracked
 * numbers, V8 boxes the plain ones for good (docs/decisions/0025).
 */
import { kindOf } from '../engine/node.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'

/** The shape of T with `Leaf` in the place of each number. A parameter that only takes plain numbers has no derivative. */
export type Shaped<T, Leaf> = [T] extends [number]
  ? never
  : [T] extends [Numeric]
    ? Leaf
    : T extends readonly unknown[]
      ? { -readonly [I in keyof T]: Shaped<T[I], Leaf> }
      : { -readonly [K in keyof T]: Shaped<T[K], Leaf> }

/**
 * The same for a parameter: readonly, since no verb changes its arguments. An array of plain numbers may be a Float64Array, of
 * which the function receives an array of tracked numbers.
 */
export type ShapedInput<T, Leaf> = [T] extends [number]
  ? never
  : [T] extends [Numeric]
    ? Leaf
    : T extends readonly unknown[]
      ? { readonly [I in keyof T]: ShapedInput<T[I], Leaf> } | TypedInput<T, Leaf>
      : { readonly [K in keyof T]: ShapedInput<T[K], Leaf> }

type TypedInput<T extends readonly unknown[], Leaf> = number extends T['length'] & Leaf
  ? [T[number]] extends [Numeric]
    ? Float64Array
    : never
  : never

/** The arguments of a call, in the shapes of the function's parameters. */
export type Inputs<Args extends readonly unknown[], Leaf> = { readonly [I in keyof Args]: ShapedInput<Args[I], Leaf> }

/** The shape of a value with `Leaf` in the place of each number; a Float64Array of plain numbers stays one. */
export type Like<T, Leaf = number> = T extends Float64Array
  ? [Leaf] extends [number]
    ? Float64Array
    : Leaf[]
  : [T] extends [Numeric]
    ? Leaf
    : T extends readonly unknown[]
      ? { -readonly [I in keyof T]: Like<T[I], Leaf> }
      : { -readonly [K in keyof T]: Like<T[K], Leaf> }

/** The gradient for plain arguments, in their shapes: of the only argument, or a tuple of one for each. */
export type GradientLike<Given extends readonly unknown[], Leaf = number> = Given extends readonly [unknown]
  ? Like<Given[0], Leaf>
  : { -readonly [I in keyof Given]: Like<Given[I], Leaf> }

/** The gradient by the only argument, or a tuple of one for each, in the shapes of the function's parameters. */
export type GradientOf<Args extends readonly unknown[], Leaf> = Args extends readonly [unknown]
  ? Shaped<Args[0], Leaf>
  : { -readonly [I in keyof Args]: Shaped<Args[I], Leaf> }

/** Whether a value is a plain record, or an object of a class that has fields only. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || isOfFields(prototype)
}

/** Whether a class has no parent, methods or accessors: its objects are no more than their fields. Numbers of another copy are none. */
function isOfFields(prototype: object): boolean {
  const isAlone = Object.getPrototypeOf(prototype) === Object.prototype && Reflect.ownKeys(prototype).length === 1
  return isAlone && prototype.constructor?.name !== 'NumberWithGrad'
}

/** The record as an object of the same class as another one. */
export function ofSameClass<T extends object>(record: T, like: object): T {
  const prototype = Object.getPrototypeOf(like)
  return prototype === null || prototype === Object.prototype ? record : Object.setPrototypeOf(record, prototype)
}

/** The numbers of a nested value, in order; `null` and `undefined` in it hold none where they may stand there. */
export function numbersOf(value: unknown, where: string, mayBeAbsent = false): Numeric[] {
  const numbers: Numeric[] = []
  try {
    collect(value, numbers, where, mayBeAbsent)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // no set of objects on the way: only data without an end is so deep
    throw new TypeError(`${where}: expected numbers, in arrays or plain records; got an object that contains itself`)
  }
  return numbers
}

/** The numbers of the arguments of a function, in order: of an only array of plain numbers the array itself, which is the caller's. */
export function numbersOfAll(args: readonly unknown[], where: string): readonly Numeric[] {
  const [x] = args
  return args.length === 1 && isFlat(x) ? x : numbersOf(args, where)
}

function collect(value: unknown, numbers: Numeric[], where: string, mayBeAbsent: boolean): void {
  if (typeof value === 'number' || value instanceof NumberWithGrad) numbers.push(value)
  else if (value instanceof Float64Array) for (let i = 0; i < value.length; i++) numbers.push(value[i]!)
  else if (Array.isArray(value)) for (const each of value) collect(each, numbers, where, mayBeAbsent)
  else if (isRecord(value)) for (const each of Object.values(value)) collect(each, numbers, where, mayBeAbsent)
  else if (!mayBeAbsent || value != null) throw unshaped(value, where)
}

/**
 * A value of the same shape with these numbers in it, in order.
 *
 * @throws TypeError for a value that holds another count of numbers, since the user's function has changed it.
 */
export function reshape(value: unknown, numbers: readonly unknown[]): unknown {
  // fast paths: one number, an array of plain numbers
  if (typeof value === 'number' || value instanceof NumberWithGrad) return numbers[0]
  if (isFlat(value) && value.length === numbers.length) return numbers.slice()
  const supply = { numbers, next: 0 }
  const filled = fill(value, supply)
  if (supply.next === numbers.length) return filled
  throw new TypeError(
    `an argument had ${numbers.length} numbers, and has ${supply.next} after the call: the function changed it. Pass a copy.`,
  )
}

/** Numbers in the shape of the only argument, or in a list of the shapes of all. */
export function likeArguments(args: readonly unknown[], numbers: readonly unknown[]): unknown {
  return reshape(args.length === 1 ? args[0] : args, numbers)
}

/** Whether a value is an array of plain numbers only. */
export function isFlat(value: unknown): value is readonly number[] {
  if (!Array.isArray(value)) return false
  for (let i = 0; i < value.length; i++) if (typeof value.at(i) !== 'number') return false
  return true
}

interface Supply {
  readonly numbers: readonly unknown[]
  next: number
}

function fill(value: unknown, from: Supply): unknown {
  if (typeof value === 'number' || value instanceof NumberWithGrad) return from.numbers[from.next++]
  if (value instanceof Float64Array) {
    const own = from.numbers.slice(from.next, from.next + value.length)
    from.next += value.length
    return isFlat(own) ? Float64Array.from(own) : own
  }
  if (value == null) return value
  if (!Array.isArray(value)) {
    const record = Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, fill(each, from)]))
    return ofSameClass(record, value as object)
  }
  const placed: unknown[] = []
  for (const each of value) placed.push(fill(each, from))
  return placed
}

function unshaped(value: unknown, where: string): TypeError {
  return new TypeError(
    `${where}: expected numbers, in arrays or plain records; got ${kindOf(value)}. ` +
      'Pass other values through a closure.',
  )
}
