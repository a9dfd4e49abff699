/**
 * Operators that are decided at run time, because a static type leaves it open (`number | NumberWithGrad`, `any`), and the
 * order-keeping form of the others. Called by transformed code only; it must not know any class.
 */
import type { Binary, BinaryKey, MathResult, Step, Unary, UnaryKey } from './operators.ts'

type Functions = Record<string, ((...xs: unknown[]) => number) | undefined>
type Method = (this: unknown, ...args: unknown[]) => unknown

/** An object may have a method; one that can be called, too. */
function isObject(operand: unknown): operand is object {
  return (typeof operand === 'object' && operand !== null) || typeof operand === 'function'
}

function methodOf(operand: unknown, name: string): Method | undefined {
  if (!isObject(operand)) return undefined
  const method = (operand as Record<string, unknown>)[name]
  return typeof method === 'function' ? (method as Method) : undefined
}

// JavaScript's own operators, as a table from token to meaning. The operands are primitives, so `never` casts are the whole typing.
const nativeBinary = {
  '+': (l, r) => l + r,
  '-': (l, r) => l - r,
  '*': (l, r) => l * r,
  '/': (l, r) => l / r,
  '%': (l, r) => l % r,
  '**': (l, r) => l ** r,
  '&': (l, r) => l & r,
  '|': (l, r) => l | r,
  '^': (l, r) => l ^ r,
  '<<': (l, r) => l << r,
  '>>': (l, r) => l >> r,
  '>>>': (l, r) => l >>> r,
  '<': (l, r) => l < r,
  '>': (l, r) => l > r,
  '<=': (l, r) => l <= r,
  '>=': (l, r) => l >= r,
} satisfies Record<BinaryKey, (l: number, r: number) => unknown>

const nativeUnary = {
  'unary -': x => -x,
  'unary +': x => +x,
  '~': x => ~x,
  '++': x => ++x,
  '--': x => --x,
} satisfies Record<UnaryKey, (x: number) => unknown>

/** What JavaScript's own operators are left to. With `null` or `undefined` they would give NaN and say nothing. */
function isPrimitive(operand: unknown): boolean {
  return operand !== null && operand !== undefined && !isObject(operand)
}

function describe(operand: unknown): string {
  if (operand === null) return 'null'
  return typeof operand === 'object' ? (operand.constructor?.name ?? 'object') : typeof operand
}

function undefinedOperator(key: string, ...operands: unknown[]): TypeError {
  return new TypeError(`\`${key}\` is not defined for ${operands.map(describe).join(' and ')}`)
}

/**
 * `left <key> right`, decided by the operands' run-time kinds: an object on the left answers by `method`, if it has one, else one on
 * the right by `reflected`; a string joins; two primitives take JavaScript's own operator.
 *
 * @throws TypeError when an object operand has no such method.
 * @example dispatchBinary('*', 'mul', 'rmul', 3, 4) // 12
 */
export function dispatchBinary<const Key extends BinaryKey, L, R>(
  key: Key,
  method: string,
  reflected: string,
  left: L,
  right: R,
): Binary<Key, L, R>
export function dispatchBinary(
  key: BinaryKey,
  method: string,
  reflected: string,
  left: unknown,
  right: unknown,
): unknown {
  const native = nativeBinary[key]
  return typeof left === 'number' && typeof right === 'number'
    ? native(left, right)
    : decided(key, native, method, reflected, left, right)
}

// an object without the method leaves the answer to the right one: its class does not name the operator
function decided(
  key: string,
  native: (left: never, right: never) => unknown,
  method: string,
  reflected: string,
  left: unknown,
  right: unknown,
): unknown {
  const direct = methodOf(left, method)
  if (direct) return direct.call(left, right)
  if (key === '+' && (typeof left === 'string' || typeof right === 'string')) return `${left}${right}`
  const turned = methodOf(right, reflected)
  if (turned) return turned.call(right, left)
  if (!isPrimitive(left) || !isPrimitive(right)) throw undefinedOperator(key, left, right)
  return native(left as never, right as never)
}

/**
 * A prefix operator or a step (`++x` uses the method of `+` with 1), decided by the operand's run-time kind.
 *
 * @throws TypeError when an object operand has no such method.
 * @example dispatchUnary('unary -', 'neg', 3) // -3
 */
export function dispatchUnary<const Key extends UnaryKey, T>(
  key: Key,
  method: string,
  operand: T,
): Key extends '++' ? Step<'+', T> : Key extends '--' ? Step<'-', T> : Unary<Key, T>
export function dispatchUnary(key: UnaryKey, method: string, operand: unknown): unknown {
  const direct = methodOf(operand, method)
  if (direct) return key === '++' || key === '--' ? direct.call(operand, 1) : direct.call(operand)
  if (!isPrimitive(operand)) throw undefinedOperator(key, operand)
  return nativeUnary[key](operand as never)
}

/**
 * `Math.<name>(...args)`, or `Number.isNaN(x)` and its like, where some argument may be an object: the plain arguments before the
 * first object are folded by `Math` itself, that object takes them by `reflected` and the rest by `method`. Where its method has a rest parameter it takes them all.
 *
 * @throws TypeError when an object argument has no such method.
 * @example dispatchMath('max', 'max', 'rmax', 3, 4) // 4
 */
export function dispatchMath<const Name extends string, A extends unknown[]>(
  name: Name,
  method: string,
  reflected: string,
  ...args: A
): MathResult<Name, A>
export function dispatchMath(name: string, method: string, reflected: string, ...args: unknown[]): unknown {
  const native = ((Math as unknown as Functions)[name] ?? (Number as unknown as Functions)[name])!
  const at = args.findIndex(isObject)
  if (at === -1) return native(...args)
  if (args.length === 2) return decided(`Math.${name}`, native, method, reflected, args[0], args[1])
  const before = args.slice(0, at)
  const after = args.slice(at + 1)
  const object = args[at]
  const direct = methodOf(object, method)
  // a method with a rest parameter only takes them all: Math's functions of any number of operands give the same in any order
  if (args.length > 2 && direct?.length === 0) return direct.apply(object, before.concat(after))
  const turned = methodOf(object, reflected)
  if (((at === 0 || after.length > 0) && !direct) || (at > 0 && !turned))
    throw undefinedOperator(`Math.${name}`, ...args)
  if (at === 0) return direct!.apply(object, after)
  const joined = turned!.call(object, before.length === 1 ? before[0] : native(...before))
  return after.length === 0 ? joined : methodOf(joined, method)!.apply(joined, after)
}

/**
 * `Math.<name>(...args)` two by two from the left, for methods that take one operand.
 *
 * @throws TypeError when an object argument has no such method.
 * @example foldMath('max', 'max', 'rmax', 3, 4, 2) // 4
 */
export function foldMath<const Name extends string, A extends unknown[]>(
  name: Name,
  method: string,
  reflected: string,
  ...args: A
): MathResult<Name, A>
export function foldMath(name: string, method: string, reflected: string, ...args: unknown[]): unknown {
  return args.reduce((left, right) => dispatchMath(name, method, reflected, left, right))
}

/**
 * The first argument, after both were evaluated: the value of `x++` is the old `x`, written `evaluatedFirst(x, x = x.add(1))`.
 *
 * @example evaluatedFirst(1, 2) // 1
 */
export function evaluatedFirst<T>(value: T, _then: unknown): T {
  return value
}

/**
 * The last of its arguments, under the type of the first: a chain of hundreds of operators, written
 * `chain(chain.value = a.add(b).mul(c), chain.value = chain.value.mul(d), …)`, since the compiler's stack does not hold as many calls inside
 * one another. `value` belongs to the step at hand only: each step reads it before it evaluates anything else.
 *
 * @example chain(chain.value = 1 + 2, chain.value = chain.value * 3) // 9
 */
// biome-ignore lint/suspicious/noExplicitAny: a step's method is known to the transformer, and its value's type is that of the first step
export const chain: { <T>(first: T, ...then: unknown[]): T; value: any } = /* @__PURE__ */ Object.assign(
  <T>(first: T, ...then: unknown[]): T => {
    chain.value = undefined
    return then.length > 0 ? (then.at(-1) as T) : first
  },
  { value: undefined },
)
