/**
 * `grad` and `valueAndGrad`, and the two ways to exclude numbers from a derivative: `detach` and `noGrad`.
 * It must not know how a graph is recorded or swept.
 */
import { kindOf, operandValue, requireFunction } from '../engine/node.ts'
import { requireOptions, trueOrFalse } from '../engine/options.ts'
import { quietly, rejectCaptured, requireAlive, tape } from '../engine/tape.ts'
import { detached, NumberWithGrad, type Numeric, requireTracked } from '../number/number-with-grad.ts'
import { carriedBy, type Differentiable } from './carried.ts'
import {
  type AuxByFunction,
  type AuxFunction,
  deriveBy,
  type GradientByFunction,
  type Places,
  somePlaces,
  splitting,
  type ValueAndGradByFunction,
} from './options.ts'
import { type CallOn, plainDerivative, plainGradient, type Settle } from './plain-gradient.ts'
import type { IsPlain, PlainGradient, PlainInputs } from './plain-types.ts'
import { Recording } from './recording.ts'
import {
  type GradientLike,
  type GradientOf,
  type Inputs,
  isFlat,
  type Like,
  likeArguments,
  numbersOf,
  numbersOfAll,
  reshape,
  type Shaped,
  type ShapedInput,
} from './shapes.ts'
import { isUnrecorded, requireCompiled } from './unrecorded.ts'

/** A gradient as a function: plain for plain numbers, tracked inside another derivative. */
export type GradientFunction<Args extends readonly unknown[]> =
  IsPlain<Args> extends true
    ? (...args: PlainInputs<Args>) => PlainGradient<Args>
    : Args extends readonly [infer X]
      ? UnaryGradient<X>
      : number extends Args['length']
        ? VariadicGradient
        : ManyGradient<Args>

/** The gradient of a function of one argument. */
export interface UnaryGradient<X> {
  <A extends ShapedInput<X, number>>(x: A): Like<A>
  (x: ShapedInput<X, NumberWithGrad>): Shaped<X, NumberWithGrad>
  (x: ShapedInput<X, Numeric>): Shaped<X, Numeric>
}

/** The gradient of a function of any number of scalars: of one a number, of more an array. */
export interface VariadicGradient extends UnaryGradient<Numeric> {
  (x: number, y: number, ...more: number[]): number[]
  (x: Numeric, y: Numeric, ...more: Numeric[]): Numeric[]
}

/** The gradient of a function of several arguments: a tuple of one for each. */
export interface ManyGradient<Args extends readonly unknown[]> {
  <A extends Inputs<Args, number>>(...args: A): GradientLike<A>
  (...args: Inputs<Args, NumberWithGrad>): GradientOf<Args, NumberWithGrad>
  (...args: Inputs<Args, Numeric>): GradientOf<Args, Numeric>
}

/** A value and gradient as a function, as GradientFunction. */
export type ValueAndGradFunction<Args extends readonly unknown[]> =
  IsPlain<Args> extends true
    ? (...args: PlainInputs<Args>) => [value: number, gradient: PlainGradient<Args>]
    : TrackedValueAndGrad<Args>

/** The same of a function on tracked numbers. */
export interface TrackedValueAndGrad<Args extends readonly unknown[]> {
  <A extends Inputs<Args, number>>(...args: A): [value: number, gradient: GradientLike<A>]
  (...args: Inputs<Args, NumberWithGrad>): [value: NumberWithGrad, gradient: GradientOf<Args, NumberWithGrad>]
  (...args: Inputs<Args, Numeric>): [value: Numeric, gradient: GradientOf<Args, Numeric>]
}

const NO_NUMBERS: readonly Numeric[] = []

/** @internal Calls `f` on new tracked numbers in the shapes of `args`, and returns the result of `use` on the record. */
export function recorded<T>(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  where: string,
  use: (recording: Recording, result: unknown) => T,
  others: readonly Numeric[] = NO_NUMBERS,
): T {
  const numbers = numbersOfAll(args, where)
  const recording = new Recording(numbers, where, others)
  let done = false
  try {
    const { inputs } = recording
    const [x] = args
    const { top } = tape
    const result =
      args.length === 1
        ? f((x === numbers ? inputs.slice() : reshape(x, inputs)) as never)
        : f(...(reshape(args, inputs) as never[]))
    if (!recording.tracked && isUnrecorded(result, top)) requireCompiled(f, args, result, where)
    const used = use(recording, result)
    done = true
    return used
  } finally {
    recording.end(!done)
  }
}

/** @internal The one number that a function returned. @throws TypeError for anything else. */
export function oneNumber(result: unknown, where: string): Numeric {
  if (typeof result === 'number') return result
  if (result instanceof NumberWithGrad) {
    requireAlive(result, where)
    rejectCaptured(result, 'f returned')
    return result
  }
  const advice = Array.isArray(result) ? ` of length ${result.length}. Sum it, or use jacobian.` : '.'
  throw new TypeError(
    `${where}: f must return one number; got ${Array.isArray(result) ? 'an array' : kindOf(result)}${advice}`,
  )
}

const plainResult: Settle = (f, args, result, top, where) => {
  if (isUnrecorded(result, top)) requireCompiled(f, args, result, where)
  return operandValue(oneNumber(result, where))
}

const callAlone: CallOn = (f, _args, inputs) => f(inputs as never)
const callSpread: CallOn = (f, _args, inputs) => f(...(inputs as never[]))
const callShaped: CallOn = (f, args, inputs) => f(...(reshape(args, inputs) as never[]))

/** Fast path of `derive` for plain numbers; `undefined` when an argument is tracked. */
function derivePlain(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  where: string,
): [number, unknown] | undefined {
  const [x] = args
  if (args.length === 1) {
    if (typeof x === 'number') return plainDerivative(f, args, where, plainResult)
    if (isFlat(x)) return plainGradient(x, f, args, where, callAlone, plainResult)
  } else if (isFlat(args)) return plainGradient(args, f, args, where, callSpread, plainResult)
  const numbers = numbersOf(args, where)
  if (!isFlat(numbers)) return undefined
  const [value, gradient] = plainGradient(numbers, f, args, where, callShaped, plainResult)
  return [value, likeArguments(args, gradient)]
}

function derive(f: (...args: never[]) => unknown, args: readonly unknown[], where: string): [Numeric, unknown] {
  const plain = tape.plain ? derivePlain(f, args, where) : undefined
  if (plain !== undefined) return plain
  return recorded(f, args, where, (recording, result): [Numeric, unknown] => {
    const value = oneNumber(result, where)
    const gradient = recording.settle(recording.pull([value], [1]))
    return [recording.settle([value])[0]!, likeArguments(args, gradient)]
  })
}

/**
 * The gradient of `f`: a function of the same arguments that returns, in the shape of the only argument, the derivative by each
 * number in it; with several arguments a tuple of gradients, one for each.
 *
 * `f` takes tracked numbers, in arrays, tuples and plain records if you like, and returns one number; it is called once.
 * Callers pass and get plain numbers. Inside another differentiated function derivatives nest: the result can be derived
 * again, also by numbers from the closure of `f`; where only the closure is tracked, `ensureNumber(…)` of the result has the
 * right static type. Numbers made inside `f` must not be used after the call.
 * Time: a few times that of `f`; memory: about 50 bytes for each operation, reused by the next call.
 *
 * With `{ by: 0 }`, or `{ by: [0, 2] }` for a tuple, the gradient is by these arguments, counted from 0; the others reach `f` as they
 * are, and may be anything.
 *
 * @throws TypeError when `f` does not return one number, or an argument holds anything but numbers.
 * @throws ReferenceError when a number of a call that has ended is used, wherever it was kept.
 * @throws TypeError when the arguments are plain and `f` meets a tracked number from outside, whose derivative would be lost:
 * `detach` it, call inside of `noGrad`, or pass a tracked argument.
 * Source: JAX's `grad`; Griewank & Walther, "Evaluating Derivatives", 2008, chapter 3.
 * @example grad(x => x.mul(x))(3) // 6
 */
export function grad<Args extends readonly NumberWithGrad[]>(f: (...args: Args) => Numeric): GradientFunction<Args>
export function grad<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => Numeric>,
): GradientFunction<Args>
export function grad<Args extends readonly unknown[], const By extends Places>(
  f: Differentiable<(...args: Args) => Numeric, 'grad', By>,
  options: { readonly by: By },
): GradientByFunction<Args, By>
export function grad(f: (...args: never[]) => Numeric, options: { readonly by?: Places } = {}): unknown {
  const { by } = requireOptions('grad', options, { by: somePlaces })
  return (...args: readonly unknown[]) => deriveSome(f, args, 'grad', by)[1]
}

function deriveSome(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  where: string,
  by: Places | undefined,
): [Numeric, unknown] {
  const carried = carriedBy(f, where)
  if (carried) return carried.verbs.grad(carried.derivatives, args, where, by, false) as [number, unknown]
  return by === undefined ? derive(f, args, where) : deriveBy(derive, f, args, where, by)
}

/**
 * The value of `f` and its gradient, as `[value, gradient]`, for the price of `grad`; also `by` some arguments.
 *
 * With `{ aux: true }` `f` returns `[value, aux]`, and the result is `[value, gradient, aux]`: whatever else a caller wants to see, with
 * plain numbers in the place of tracked ones, which end with the call.
 *
 * @throws what `grad` throws.
 * Source: JAX's `value_and_grad`.
 * @example valueAndGrad(x => x.mul(x))(3) // [9, 6]
 */
export function valueAndGrad<Args extends readonly NumberWithGrad[]>(
  f: (...args: Args) => Numeric,
): ValueAndGradFunction<Args>
export function valueAndGrad<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => Numeric>,
): ValueAndGradFunction<Args>
export function valueAndGrad<Args extends readonly unknown[], const By extends Places>(
  f: Differentiable<(...args: Args) => Numeric, 'grad', By>,
  options: { readonly by: By; readonly aux?: false },
): ValueAndGradByFunction<Args, By>
export function valueAndGrad<Args extends readonly unknown[], Aux>(
  f: Differentiable<(...args: Args) => readonly [value: Numeric, aux: Aux]>,
  options: { readonly aux: true; readonly by?: undefined },
): AuxFunction<Args, Aux>
export function valueAndGrad<Args extends readonly unknown[], Aux, const By extends Places>(
  f: Differentiable<(...args: Args) => readonly [value: Numeric, aux: Aux], 'grad', By>,
  options: { readonly aux: true; readonly by: By },
): AuxByFunction<Args, By, Aux>
export function valueAndGrad(
  f: (...args: never[]) => unknown,
  options: { readonly by?: Places; readonly aux?: boolean } = {},
): unknown {
  const where = 'valueAndGrad'
  const { by, aux = false } = requireOptions(where, options, { by: somePlaces, aux: trueOrFalse })
  if (!aux) return (...args: readonly unknown[]) => deriveSome(f, args, where, by)
  return (...args: readonly unknown[]) => {
    const carried = carriedBy(f, where)
    if (carried) {
      const found = carried.verbs.grad(carried.derivatives, args, where, by, true)
      const [pair, gradient] = found as [readonly unknown[], unknown]
      return [pair[0], gradient, pair[1]]
    }
    const inside = tape.life !== null && !tape.quiet
    const pair = splitting(f, where)
    const [value, gradient] = deriveSome(pair.first, args, where, by)
    // inside of another derivative, and for tracked arguments, numbers go on
    return [value, gradient, inside || typeof value !== 'number' ? pair.aux() : pair.plainAux()]
  }
}

/**
 * A constant of the same value: no derivative passes through it. It may leave a differentiated function.
 *
 * @throws TypeError for anything but a number or a NumberWithGrad.
 * Source: PyTorch's `detach`.
 * @example grad(x => x.mul(detach(x)))(3) // 3
 */
export function detach<T extends Numeric>(x: T): T
export function detach(x: Numeric): Numeric {
  return typeof x === 'number' ? x : detached(requireTracked(x, 'detach').num)
}

/**
 * Calls `f` without recording its operations: their results are constants. A derivative taken inside works; numbers from outside of
 * its function are constants to it.
 *
 * @param f a synchronous function; its operations after an `await` are recorded.
 * Source: PyTorch's `no_grad`.
 * @example noGrad(() => new NumberWithGrad(3).mul(2)).depends_on // []
 */
export function noGrad<T>(f: () => T): T {
  requireFunction(f, 'noGrad')
  return quietly(f)
}
