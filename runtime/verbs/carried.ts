/**
 * Functions on plain numbers whose derivative was compiled: their types, and how a verb finds the derivative on the function.
 * It must not know how a derivative was found or is called: what calls it hangs on the function too, so that a program without such
 * functions has none of it in its bundle.
 */
import { requireFunction } from '../engine/node.ts'
import type { Places } from './options.ts'

/** The names of the properties by which types say that a function may carry its derivatives, and by which arguments. */
export declare const derivative: unique symbol
export declare const chosen: unique symbol

/**
 * The derivatives that can be compiled: `grad` serves the verbs grad, valueAndGrad, vjp and jacobian, `jvp` the verb of this name, and `hvp`
 * the verbs hvp and hessian.
 */
export type DerivativeKind = 'grad' | 'jvp' | 'hvp'

/**
 * A function that carries its derivatives, where tsgrad compiled them. Any function is one for TypeScript; where a function on plain
 * numbers is passed to a parameter of this type, as in `(f: Differentiable<(x: number) => number>) => grad(f)`, the transformer derives
 * it, or the build fails. `Kinds` says which derivatives are wanted, `By` by which arguments, counted from 0: all, unless it is a number or
 * a tuple of numbers.
 */
export type Differentiable<
  F extends (...args: never[]) => unknown,
  Kinds extends DerivativeKind = 'grad',
  By = unknown,
> = F & {
  readonly [derivative]?: { readonly [Kind in Kinds]: unknown }
  // a parameter: what is by all arguments may be passed where it is wanted by some
  readonly [chosen]?: (by: By) => void
}

/** What compiled text needs of the runtime. */
export interface DerivativeSupport {
  /** A value of the same shape whose numbers are 0. */
  gradient(value: unknown): unknown
  /** Gives such gradients the shapes of their arguments. A derivative by what is behind the end of an array would lengthen them. */
  shape(result: unknown): void
  /** Adds the cotangent of a result to its adjoints, but for zeros, which take no part. Where the result is NaN, so are they. */
  seeded(adjoints: unknown, cotangent: unknown, result: unknown): void
  /** An array for what a derivative keeps on its way; nobody else has it until `free`. What is in it means nothing. */
  tape(): Float64Array
  /** A longer one with the same numbers. */
  grown(tape: Float64Array): Float64Array
  free(tape: Float64Array): void
  /** `partial * tangent`, or -0, nothing, where the tangent is -0. */
  along(partial: number, tangent: number): number
  /** The same for a second partial, which is -0 where it is nothing. */
  term(second: number, tangent: number): number
  /** The same where 0 is the partial of what was not selected. */
  selected(factor: number, tangent: number): number
  /** The tangent of a step: nothing, or 0 at a jump, where its derivative `second` is NaN. */
  jump(second: number, tangent: number): number
  /** Ends a verb that runs a function with effects, such as a random number, more than once. */
  once(): void
  /** The value of a function that carries its derivative, and its gradient by each argument. */
  derived(f: unknown, args: readonly unknown[]): readonly unknown[]
  /** Ends a derivative that reads a hole of an array, which the methods of arrays skip. */
  hole(): never
}

/** What a value is weighed by, in its shape; of a number -0 where it takes no part. */
export type Seed = (value: unknown) => unknown

/** A compiled gradient: the value, and a gradient for each of the arguments that it is by. */
export type Adjoint = (
  support: DerivativeSupport,
  seed: Seed,
  ...args: readonly never[]
) => [value: unknown, gradients: unknown[]]

/** A compiled derivative along directions, one for each argument: the value, and its derivative. */
export type Tangent = (support: DerivativeSupport, ...args: readonly never[]) => [value: unknown, tangent: unknown]

/**
 * The derivatives of a function by their kinds; `grad by 0` and `grad by 0,2` are by these arguments. `hvp` takes the arguments and a
 * direction for each, and is the gradient of the derivative along these.
 */
export interface CompiledDerivatives {
  readonly grad?: Adjoint
  readonly jvp?: Tangent
  readonly hvp?: Adjoint
  readonly [gradientBy: `grad by ${string}`]: Adjoint
}

/** The verbs by compiled derivatives. */
export interface CompiledVerbs {
  grad(
    derivatives: CompiledDerivatives,
    args: readonly unknown[],
    where: string,
    by: Places | undefined,
    isAux: boolean,
  ): [value: unknown, gradient: unknown]
  vjp(derivatives: CompiledDerivatives, all: readonly unknown[]): unknown
  jacobian(derivatives: CompiledDerivatives, args: readonly unknown[]): unknown
  jvp(derivatives: CompiledDerivatives, all: readonly unknown[]): unknown
  hvp(derivatives: CompiledDerivatives, all: readonly unknown[]): unknown
  hessian(derivatives: CompiledDerivatives, args: readonly unknown[]): unknown
}

/** What hangs on a function. */
export interface Carried {
  readonly protocol: number
  readonly derivatives: CompiledDerivatives
  readonly verbs: CompiledVerbs
}

/** Which form of derivatives these verbs call. Another one throws: the code was compiled by another version of tsgrad. */
const PROTOCOL = 2

/** The same for every copy of the package, so that a derivative is found, or found to be of another version. */
export const KEY = /* @__PURE__ */ Symbol.for('tsgrad.derivative')

export const heldBy = (f: unknown) => (f as { readonly [KEY]?: Carried } | undefined)?.[KEY]

type Check = <Derivatives extends object>(f: unknown, derivatives: Derivatives, where: string) => Derivatives

let check: Check | undefined

/** TSGRAD_CHECK=1 in Node's environment. A browser has no process, and the runtime names none. */
export const isCheckAsked = /* @__PURE__ */ (() => {
  const node = Reflect.get(globalThis, 'process') as { readonly env?: { readonly TSGRAD_CHECK?: string } } | undefined
  return node?.env?.TSGRAD_CHECK === '1'
})()

/** Lets each compiled derivative pass through a check, or through none; returns the one before. */
export function checkCarried(by: Check | undefined): Check | undefined {
  const before = check
  check = by
  return before
}

/** What a function carries. @throws TypeError for what is no function, and for derivatives of another protocol. */
export function carriedBy(f: unknown, where: string): Carried | undefined {
  requireFunction(f, where)
  const carried = heldBy(f)
  return carried === undefined ? undefined : requireProtocol(f, carried, where)
}

function requireProtocol(f: unknown, carried: Carried, where: string): Carried {
  if (isCheckAsked && !check)
    throw new Error(
      `${where}: TSGRAD_CHECK=1 needs the check in tsgrad/inspect: node --import tsgrad/inspect, or import it.`,
    )
  if (carried.protocol === PROTOCOL)
    return check ? { ...carried, derivatives: check(f, carried.derivatives, where) } : carried
  throw new TypeError(
    `${where}: the derivative of this function was compiled for version ${carried.protocol} of compiled derivatives, ` +
      `and this tsgrad has version ${PROTOCOL}. Compile both with one version of tsgrad.`,
  )
}
