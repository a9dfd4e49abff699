/**
 * Functions on plain numbers whose derivative was compiled: how it hangs on the function, and how a verb calls it.
 * It must not know how a derivative was found.
 */
import { isReached, kindOf } from '../engine/node.ts'
import { selfChecked } from './self-check.ts'
import { isRecord } from './shapes.ts'

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
  /** A value of the same shape whose numbers are -0: nothing has arrived yet. */
  zeros(value: unknown): unknown
  /** The same with 0, for a gradient that nothing else reads. */
  gradient(value: unknown): unknown
  /** Gives such gradients the shapes of their arguments. A derivative by what is behind the end of an array would lengthen them. */
  shape(result: unknown): void
  /** Adds the cotangent of a result to its adjoints, but for zeros, which take no part. Where the result is NaN, so are they. */
  seeded(adjoints: unknown, cotangent: unknown, result: unknown): void
  /** The same value, in which what never was reached is 0. */
  settled(gradient: unknown): unknown
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

interface Carried {
  readonly protocol: number
  readonly derivatives: CompiledDerivatives
}

/** Which form of derivatives these verbs call. Another one throws: the code was compiled by another version of tsgrad. */
const PROTOCOL = 2

/** The same for every copy of the package, so that a derivative is found, or found to be of another version. */
const KEY = /* @__PURE__ */ Symbol.for('tsgrad.derivative')

const heldBy = (f: unknown) => (f as { readonly [KEY]?: Carried } | undefined)?.[KEY]

/**
 * The function itself, which carries these derivatives from now on, beside those that it has; compiled text calls it. `protocol` is their
 * form.
 *
 * @throws TypeError for a function that cannot be extended.
 * @example grad(differentiable((x: number) => x * x, { grad: (_, seed, x) => [x * x, [seed(x * x) * 2 * x]] }, 2))(3) // 6
 */
export function differentiable<F extends (...args: never[]) => unknown>(
  f: F,
  derivatives: {
    readonly [Kind in keyof CompiledDerivatives]: (
      // biome-ignore lint/suspicious/noExplicitAny: what text computes with has no types
      ...args: any[]
    ) => [value: unknown, derivative: unknown]
  },
  protocol: number,
): Differentiable<F, DerivativeKind> {
  const before = heldBy(f)
  const all = before?.protocol === protocol ? { ...before.derivatives, ...derivatives } : derivatives
  Object.defineProperty(f, KEY, { value: { protocol, derivatives: all }, configurable: true, writable: true })
  return f
}

/** The derivatives that a function carries. @throws TypeError for those of another protocol. */
export function carriedBy(f: unknown, where: string): CompiledDerivatives | undefined {
  const carried = heldBy(f)
  if (carried === undefined) return undefined
  if (carried.protocol === PROTOCOL) return selfChecked(f, carried.derivatives, where)
  throw new TypeError(
    `${where}: the derivative of this function was compiled for version ${carried.protocol} of compiled derivatives, ` +
      `and this tsgrad has version ${PROTOCOL}. Compile both with one version of tsgrad.`,
  )
}

/** Tapes that no call has now. A call inside another one takes its own; that of a call which throws is left to the collector. */
const tapes: Float64Array[] = []
const FIRST_TAPE = 1024
/** Longer ones, of more than 8 MB, are given back to the collector. */
const LARGEST_TAPE = 2 ** 20

/** What derivatives are called with in one call of a verb. `gradients` are those of an earlier call, which nobody else reads: they are used again. */
export function supportOf(where: string, gradients: unknown[] = []): DerivativeSupport {
  let hasRun = false
  const inputs: unknown[] = []
  return {
    zeros: value => zerosLike(value, -0, where),
    gradient(value) {
      const place = inputs.push(value) - 1
      gradients[place] = zerosLike(value, 0, where, gradients[place])
      return gradients[place]
    },
    shape(result) {
      for (let i = 0; i < inputs.length; i++) {
        const [input, gradient] = [inputs[i], gradients[i]] as ArrayLike<unknown>[]
        if (Number.isNaN(result) || input?.length !== gradient?.length) shape(gradient, input)
      }
    },
    seeded,
    settled,
    along,
    term,
    selected,
    jump: atJump,
    tape: () => tapes.pop() ?? new Float64Array(FIRST_TAPE),
    grown: tape => {
      const longer = new Float64Array(2 * tape.length)
      longer.set(tape)
      return longer
    },
    free(tape) {
      if (tape.length <= LARGEST_TAPE) tapes.push(tape)
    },
    once() {
      if (hasRun)
        throw new TypeError(
          `${where}: f would run once for each number, with its effects: a random number, the time, what it prints. Take them out of f, ` +
            'or call vjp or hvp.',
        )
      hasRun = true
    },
    hole() {
      throw new RangeError(`${where}: an array has a hole where its elements are visited. Fill it: \`fill(0)\`.`)
    },
  }
}

/** A value of the same shape with `zero` in the place of each number: in `before`, where that has the shape. */
function zerosLike(value: unknown, zero: number, where: string, before?: unknown): unknown {
  if (typeof value === 'number') return zero
  // what is not there has no gradient
  if (value === null || value === undefined) return value
  if (value instanceof Float64Array)
    return (
      before instanceof Float64Array && before.length === value.length ? before : new Float64Array(value.length)
    ).fill(zero)
  if (Array.isArray(value)) {
    const isAgain = Array.isArray(before) && before.length === value.length
    // a copy has the memory of its fractions at once; not `map`, which leaves holes out
    const made: unknown[] = isAgain ? before : value.slice()
    for (let i = 0; i < made.length; i++)
      made[i] = typeof value[i] === 'number' ? zero : zerosLike(value[i], zero, where, isAgain ? before[i] : undefined)
    return made
  }
  if (isRecord(value)) {
    const keys = Object.keys(value)
    const isAgain =
      isRecord(before) && Object.keys(before).length === keys.length && keys.every(key => Object.hasOwn(before, key))
    const made = isAgain ? before : Object.fromEntries(keys.map(key => [key, zero as unknown]))
    for (const key of keys) made[key] = zerosLike(value[key], zero, where, made[key])
    return made
  }
  throw new TypeError(
    `${where}: a compiled derivative takes plain numbers, in arrays or plain records; got ${kindOf(value)}`,
  )
}

/** Takes away what an argument does not have: a derivative by what was read behind the end of an array. */
function shape(gradient: unknown, argument: unknown): void {
  if (typeof gradient !== 'object' || gradient === null || gradient instanceof Float64Array) return
  const own = gradient as Record<string, unknown>
  for (const key of Object.keys(own)) {
    const like = (argument as Record<string, unknown>)[key]
    if (like === undefined) delete own[key]
    else shape(own[key], like)
  }
  if (Array.isArray(argument)) (gradient as unknown[]).length = argument.length
}

const along = (partial: number, tangent: number) => (isReached(tangent) ? partial * tangent + 0 : -0)
const term = (second: number, tangent: number) => (isReached(second) ? along(second, tangent) : -0)
const selected = (partial: number, tangent: number) => (partial === 0 ? -0 : along(partial, tangent))
const atJump = (second: number, tangent: number) => (Number.isNaN(second) && isReached(tangent) ? 0 : -0)

function seeded(adjoints: unknown, cotangent: unknown, result: unknown): void {
  if (adjoints === undefined) return
  const into = adjoints as Record<string, number>
  for (const [key, each] of Object.entries(cotangent as object)) {
    const own = (result as Record<string, unknown>)[key]
    if (typeof each !== 'number') seeded(into[key], each, own)
    else if (each !== 0 && into[key] !== undefined) into[key] += Number.isNaN(own) ? NaN : each
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
