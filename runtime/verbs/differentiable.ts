/**
 * Functions on plain numbers whose derivative was compiled: how it hangs on the function, and how a verb calls it.
 * It must not know how a derivative was found.
 */
import { kindOf } from '../engine/node.ts'
import { isRecord } from './shapes.ts'

/** The name of the property by which types say that a function may carry its derivative. */
export declare const derivative: unique symbol

/**
 * A function that carries its derivative, where tsgrad compiled it. Any function is one for TypeScript; where a function on plain
 * numbers is passed to a parameter of this type, as in `(f: Differentiable<(x: number) => number>) => grad(f)`, the transformer derives
 * it, or the build fails.
 */
export type Differentiable<F extends (...args: never[]) => unknown> = F & { readonly [derivative]?: unknown }

/** What compiled text needs of the runtime. */
export interface DerivativeSupport {
  /** A value of the same shape whose numbers are -0: nothing has arrived yet. */
  zeros(value: unknown): unknown
  /** The same value, in which what never was reached is 0. */
  settled(gradient: unknown): unknown
  /** An array for what a derivative keeps on its way; nobody else has it until `free`. What is in it means nothing. */
  tape(): Float64Array
  /** A longer one with the same numbers. */
  grown(tape: Float64Array): Float64Array
  free(tape: Float64Array): void
  /** Ends a derivative that reads a hole of an array, which the methods of arrays skip. */
  hole(): never
}

/** The compiled derivative: the value, and a gradient for each argument. */
export type Adjoint = (support: DerivativeSupport, ...args: readonly never[]) => [value: number, gradients: unknown[]]

interface Carried {
  readonly protocol: number
  readonly adjoint: Adjoint
}

/** Which form of adjoints these verbs call. Another one throws: the code was compiled by another version of tsgrad. */
const PROTOCOL = 1

/** The same for every copy of the package, so that a derivative is found, or found to be of another version. */
const KEY = /* @__PURE__ */ Symbol.for('tsgrad.derivative')

/**
 * The function itself, which carries `adjoint` from now on; compiled text calls it. `protocol` is the form of the adjoint.
 *
 * @throws TypeError for a function that cannot be extended.
 * @example grad(differentiable((x: number) => x * x, (_, x: number) => [x * x, [2 * x]], 1))(3) // 6
 */
export function differentiable<F extends (...args: never[]) => unknown>(
  f: F,
  adjoint: (support: DerivativeSupport, ...args: Parameters<F>) => [value: number, gradients: unknown[]],
  protocol: number,
): Differentiable<F> {
  Object.defineProperty(f, KEY, { value: { protocol, adjoint }, configurable: true, writable: true })
  return f
}

/** The derivative that a function carries. @throws TypeError for one of another protocol. */
export function carriedBy(f: unknown, where: string): Adjoint | undefined {
  const carried = (f as { readonly [KEY]?: Carried } | undefined)?.[KEY]
  if (carried === undefined) return undefined
  if (carried.protocol === PROTOCOL) return carried.adjoint
  throw new TypeError(
    `${where}: the derivative of this function was compiled for version ${carried.protocol} of compiled derivatives, ` +
      `and this tsgrad has version ${PROTOCOL}. Compile both with one version of tsgrad.`,
  )
}

/** The value, and a gradient for each argument. @throws TypeError when an argument or the value is no plain number. */
export function derivedAt(adjoint: Adjoint, args: readonly unknown[], where: string): [number, unknown[]] {
  const [value, gradients] = adjoint(supportOf(where), ...(args as never[]))
  if (typeof value !== 'number') throw new TypeError(`${where}: f must return one number; got ${kindOf(value)}`)
  return [value, gradients]
}

/** Tapes that no call has now. A call inside another one takes its own; that of a call which throws is left to the collector. */
const tapes: Float64Array[] = []
const FIRST_TAPE = 1024
/** Longer ones, of more than 8 MB, are given back to the collector. */
const LARGEST_TAPE = 2 ** 20

function supportOf(where: string): DerivativeSupport {
  const zeros = (value: unknown): unknown => {
    if (typeof value === 'number') return -0
    // what is not there has no gradient
    if (value === null || value === undefined) return value
    if (value instanceof Float64Array) return new Float64Array(value.length).fill(-0)
    // not `map`, which leaves holes out, nor Array.from, which takes ten times as long
    if (Array.isArray(value)) {
      const made: unknown[] = []
      for (const each of value) made.push(typeof each === 'number' ? -0 : zeros(each))
      return made
    }
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, zeros(each)]))
    throw new TypeError(
      `${where}: a compiled derivative takes plain numbers, in arrays or plain records; got ${kindOf(value)}`,
    )
  }
  return {
    zeros,
    settled,
    tape: () => tapes.pop() ?? new Float64Array(FIRST_TAPE),
    grown: tape => {
      const longer = new Float64Array(2 * tape.length)
      longer.set(tape)
      return longer
    },
    free(tape) {
      if (tape.length <= LARGEST_TAPE) tapes.push(tape)
    },
    hole() {
      throw new RangeError(`${where}: an array has a hole where its elements are visited. Fill it: \`fill(0)\`.`)
    },
  }
}

/** -0 + 0 is 0, and every other number stays. */
function settled(gradient: unknown): unknown {
  if (typeof gradient === 'number') return gradient + 0
  if (gradient === null || gradient === undefined) return gradient
  if (gradient instanceof Float64Array) return gradient.map(each => each + 0)
  if (Array.isArray(gradient)) {
    for (let i = 0; i < gradient.length; i++)
      gradient[i] = typeof gradient[i] === 'number' ? gradient[i] + 0 : settled(gradient[i])
    return gradient
  }
  return Object.fromEntries(Object.entries(gradient as object).map(([key, each]) => [key, settled(each)]))
}
