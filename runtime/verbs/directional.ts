/**
 * Derivatives along directions and matrices of them: jvp, vjp, jacobian, hessian, hvp, for arguments and results of any shape.
 * It must not know how a graph is recorded or swept.
 */
import { operandValue } from '../engine/node.ts'
import { tape } from '../engine/tape.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { hasPartialTangents } from '../sweep/curvature.ts'
import { carriedBy, type Differentiable } from './carried.ts'
import { halves, requireLength } from './compiled.ts'
import type { Derivable } from './options.ts'
import { hessianOf, hessianTimes, jacobianByColumns, jacobianByRows, pushNumbers } from './plain-sweeps.ts'
import type { IsPlain, PlainGradient, PlainInput, PlainInputs, PlainLike } from './plain-types.ts'
import type { Recording } from './recording.ts'
import {
  type GradientLike,
  type GradientOf,
  type Inputs,
  type Like,
  likeArguments,
  numbersOf,
  numbersOfAll,
  reshape,
} from './shapes.ts'
import { pushTracked } from './tracked-push.ts'
import { oneNumber, recorded } from './verbs.ts'

type Arguments = readonly unknown[]

/** `jvp(f)`: arguments of `f`, then a direction for each; plain results of plain numbers, tracked ones inside another derivative. */
export type JvpFunction<Args extends Arguments, Result> =
  IsPlain<Args> extends true
    ? (
        ...args: [...primals: PlainInputs<Args>, ...tangents: PlainInputs<Args>]
      ) => [value: PlainLike<Result>, tangent: PlainLike<Result>]
    : TrackedJvp<Args, Result>

/** The same of a function on tracked numbers. */
export interface TrackedJvp<Args extends Arguments, Result> {
  <A extends Inputs<Args, number>>(
    ...args: [...primals: A, ...tangents: Inputs<Args, number>]
  ): [value: Like<Result, number>, tangent: Like<Result, number>]
  (
    ...args: [...primals: Inputs<Args, Numeric>, ...tangents: Inputs<Args, Numeric>]
  ): [value: Like<Result, Numeric>, tangent: Like<Result, Numeric>]
}

/** `vjp(f)`: arguments of `f`, then a cotangent in the shape of its result. */
export type VjpFunction<Args extends Arguments, Result> =
  IsPlain<Args> extends true
    ? (
        ...args: [...primals: PlainInputs<Args>, cotangent: PlainInput<Result>]
      ) => [value: PlainLike<Result>, gradient: PlainGradient<Args>]
    : TrackedVjp<Args, Result>

/** The same of a function on tracked numbers. */
export interface TrackedVjp<Args extends Arguments, Result> {
  <A extends Inputs<Args, number>>(
    ...args: [...primals: A, cotangent: Like<Result, number>]
  ): [value: Like<Result, number>, gradient: GradientLike<A>]
  (
    ...args: [...primals: Inputs<Args, Numeric>, cotangent: Like<Result, Numeric>]
  ): [value: Like<Result, Numeric>, gradient: GradientOf<Args, Numeric>]
}

/** `hvp(f)`: arguments of `f`, then a direction for each. */
export type HvpFunction<Args extends Arguments> =
  IsPlain<Args> extends true
    ? (...args: [...x: PlainInputs<Args>, ...direction: PlainInputs<Args>]) => PlainGradient<Args>
    : TrackedHvp<Args>

/** The same of a function on tracked numbers. */
export interface TrackedHvp<Args extends Arguments> {
  <A extends Inputs<Args, number>>(...args: [...x: A, ...direction: Inputs<Args, number>]): GradientLike<A>
  (...args: [...x: Inputs<Args, Numeric>, ...direction: Inputs<Args, Numeric>]): GradientOf<Args, Numeric>
}

/** `jacobian(f)`: the shape of the result of `f`, with a gradient in the place of each number. */
export type JacobianFunction<Args extends Arguments, Result> =
  IsPlain<Args> extends true
    ? (...args: PlainInputs<Args>) => PlainLike<Result, PlainGradient<Args>>
    : TrackedJacobian<Args, Result>

/** The same of a function on tracked numbers. */
export interface TrackedJacobian<Args extends Arguments, Result> {
  <A extends Inputs<Args, number>>(...args: A): Like<Result, GradientLike<A>>
  (...args: Inputs<Args, Numeric>): Like<Result, GradientOf<Args, Numeric>>
}

/** `hessian(f)`: the shape of a gradient, with a gradient in the place of each number. */
export type HessianFunction<Args extends Arguments> =
  IsPlain<Args> extends true
    ? (...args: PlainInputs<Args>) => PlainGradient<Args, PlainGradient<Args>>
    : TrackedHessian<Args>

/** The same of a function on tracked numbers. */
export interface TrackedHessian<Args extends Arguments> {
  <A extends Inputs<Args, number>>(...args: A): GradientLike<A, GradientLike<A>>
  (...args: Inputs<Args, Numeric>): GradientOf<Args, GradientOf<Args, Numeric>>
}

/** The numbers of a caller as the results of a recording need them. */
function seedsOf(recording: Recording, numbers: readonly Numeric[]): readonly Numeric[] {
  return recording.tracked || recording.outermost ? numbers : numbers.map(operandValue)
}

/** The derivative of each output along a direction of the inputs, as the recording's results are. */
function push(recording: Recording, outputs: readonly Numeric[], direction: readonly Numeric[]): Numeric[] {
  if (recording.tracked) return pushTracked(recording, outputs, direction)
  return pushNumbers(recording, outputs, direction as readonly number[])
}

/** Whether second derivatives are found by forward over reverse on slots, which a rule without `partialTangents` prevents. */
const isOnSlots = ({ tracked, start }: Recording) => !tracked && hasPartialTangents(start, tape.top)

/**
 * `jvp(f)(…primals, …tangents)`: the value of `f` at `primals` and its derivative along `tangents`, both in the shape of its result,
 * by forward mode: one sweep in the order of creation over what `f` recorded, with the same rules as `grad`.
 *
 * Time: about that of a gradient, for any number of results. An argument with the tangent 0 is a constant.
 *
 * @throws TypeError, RangeError when `f` returns anything but numbers, or the shapes differ.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.1 (tangents).
 * @example jvp(x => x.mul(x))(3, 2) // [9, 12]
 */
export function jvp<Args extends readonly NumberWithGrad[], Result>(
  f: (...args: Args) => Result,
): JvpFunction<Args, Result>
export function jvp<Args extends readonly unknown[], Result>(
  f: Differentiable<(...args: Args) => Result, 'jvp'>,
): JvpFunction<Args, Result>
export function jvp(f: Derivable): unknown {
  return (...all: Arguments) => {
    const carried = carriedBy(f, 'jvp')
    if (carried) return carried.verbs.jvp(carried.derivatives, all)
    const [args, tangents] = halves(all, 'jvp')
    const direction = numbersOfAll(tangents, 'jvp')
    const use = (recording: Recording, result: unknown) => {
      requireLength('jvp', 'direction', recording.inputs.length, direction.length, 'argument')
      const outputs = outputsOf(result, 'jvp')
      const tangents = push(recording, outputs, seedsOf(recording, direction))
      return [reshape(result, recording.settle(outputs)), reshape(result, recording.settle(tangents))]
    }
    return recorded(f, args, 'jvp', use, direction)
  }
}

/** The numbers that a function returned. */
function outputsOf(result: unknown, where: string): Numeric[] {
  if (typeof result === 'number' || result instanceof NumberWithGrad) return [oneNumber(result, where)]
  const outputs = numbersOf(result, `${where}: the result of f`)
  for (const output of outputs) oneNumber(output, where)
  return outputs
}

/**
 * `vjp(f)(…primals, cotangent)`: the value of `f` and the gradient of the sum of its results times `cotangent`, which has their
 * shape; the gradient has the shape of `primals`.
 *
 * @throws TypeError, RangeError when `f` returns anything but numbers, or the shapes differ.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.2 (adjoints).
 * @example vjp(x => x.mul(x))(3, 2) // [9, 12]
 */
export function vjp<Args extends readonly NumberWithGrad[], Result>(
  f: (...args: Args) => Result,
): VjpFunction<Args, Result>
export function vjp<Args extends readonly unknown[], Result>(
  f: Differentiable<(...args: Args) => Result>,
): VjpFunction<Args, Result>
export function vjp(f: Derivable): unknown {
  return (...all: Arguments) => {
    if (all.length < 2)
      throw new TypeError(`vjp: expected the arguments of f, then a cotangent; got ${all.length} arguments`)
    const carried = carriedBy(f, 'vjp')
    if (carried) return carried.verbs.vjp(carried.derivatives, all)
    const args = all.slice(0, -1)
    const cotangent = numbersOf(all.at(-1), 'vjp')
    const use = (recording: Recording, result: unknown) => {
      const outputs = outputsOf(result, 'vjp')
      requireLength('vjp', 'cotangent', outputs.length, cotangent.length, 'result')
      const gradient = recording.pull(outputs, seedsOf(recording, cotangent))
      return [reshape(result, recording.settle(outputs)), likeArguments(args, recording.settle(gradient))]
    }
    return recorded(f, args, 'vjp', use, cotangent)
  }
}

/**
 * `hvp(f)(…x, …direction)`: the Hessian of `f` at `x` times `direction`, without the Hessian, in the shape of `x`.
 *
 * Time: three to four gradients, for any number of variables. Inside another derivative by reverse mode twice, which takes ten times
 * as long.
 *
 * @throws TypeError, RangeError when `f` does not return one number, or the shapes differ.
 * Source: Pearlmutter, "Fast Exact Multiplication by the Hessian", 1994; forward over reverse, Griewank & Walther 2008, section 5.1.
 * @example hvp(([x, y]: NumberWithGrad[]) => x.mul(x).mul(y))([3, 2], [1, 0]) // [4, 6]
 */
export function hvp<Args extends readonly NumberWithGrad[]>(f: (...args: Args) => Numeric): HvpFunction<Args>
export function hvp<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => Numeric, 'hvp'>,
): HvpFunction<Args>
export function hvp(f: Derivable): unknown {
  return (...all: Arguments) => {
    const carried = carriedBy(f, 'hvp')
    if (carried) return carried.verbs.hvp(carried.derivatives, all)
    const [args, directions] = halves(all, 'hvp')
    const direction = numbersOfAll(directions, 'hvp')
    const use = (recording: Recording, result: unknown) => {
      requireLength('hvp', 'direction', recording.inputs.length, direction.length, 'argument')
      const value = oneNumber(result, 'hvp')
      const seeds = seedsOf(recording, direction)
      const product = isOnSlots(recording)
        ? hessianTimes(recording, value, seeds as readonly number[])
        : recording.settle(recording.pull(recording.pullTracked([value], [1]), seeds))
      return likeArguments(args, product)
    }
    return recorded(f, args, 'hvp', use, direction)
  }
}

const unit = (length: number, at: number) => Array.from({ length }, (_, i) => (i === at ? 1 : 0))

/** The derivatives of each output by the inputs, by as few sweeps as there are outputs or inputs. */
function rowsOf(recording: Recording, outputs: readonly Numeric[]): Numeric[][] {
  const { inputs, tracked } = recording
  if (outputs.length <= inputs.length)
    return tracked ? outputs.map(output => recording.pull([output], [1])) : jacobianByRows(recording, outputs)
  const columns: Numeric[][] = tracked
    ? inputs.map((_, i) => pushTracked(recording, outputs, unit(inputs.length, i)))
    : jacobianByColumns(recording, outputs)
  return outputs.map((_, i) => columns.map(column => column[i]!))
}

/** Rows for the caller, each in the shape of the arguments. */
function shapedRows(recording: Recording, rows: readonly (readonly Numeric[])[], args: Arguments): unknown[] {
  if (!recording.tracked) return rows.map(row => likeArguments(args, row))
  const settled = recording.settle(rows.flat())
  return rows.map((row, i) => likeArguments(args, settled.slice(i * row.length, (i + 1) * row.length)))
}

/**
 * `jacobian(f)(…x)`: the shape of the result of `f`, with the derivatives of each number in it by `x`, in the shape of `x`; for
 * arrays row i belongs to result i. `f` is called once and swept backward for each result, or forward for each input, whichever are
 * fewer: four sweeps at a time.
 *
 * @throws TypeError when `f` returns anything but numbers, in arrays or plain records.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 3.
 * @example jacobian(([x, y]) => [x.mul(y), x.add(y)])([2, 3]) // [[3, 2], [1, 1]]
 */
export function jacobian<Result>(f: (xs: NumberWithGrad[]) => Result): JacobianFunction<[NumberWithGrad[]], Result>
export function jacobian<Args extends readonly unknown[], Result>(
  f: Differentiable<(...args: Args) => Result>,
): JacobianFunction<Args, Result>
export function jacobian(f: Derivable): unknown {
  return (...args: Arguments) => {
    const carried = carriedBy(f, 'jacobian')
    if (carried) return carried.verbs.jacobian(carried.derivatives, args)
    return recorded(f, args, 'jacobian', (recording, result) => {
      const outputs = outputsOf(result, 'jacobian')
      return reshape(result, shapedRows(recording, rowsOf(recording, outputs), args))
    })
  }
}

/**
 * `hessian(f)(…x)`: the second derivatives of `f`: the shape of its gradient, with a gradient in the place of each number; row arrays
 * for an array. `f` is called once, and its record swept forward and backward for each of `x`: less than one gradient for each.
 *
 * @throws TypeError when `f` does not return one number.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 5.
 * @example hessian(([x, y]) => x.mul(x).mul(y))([3, 2]) // [[4, 6], [6, 0]]
 */
export function hessian(f: (xs: NumberWithGrad[]) => Numeric): HessianFunction<[NumberWithGrad[]]>
export function hessian<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => Numeric, 'hvp'>,
): HessianFunction<Args>
export function hessian(f: Derivable): unknown {
  return (...args: Arguments) => {
    const carried = carriedBy(f, 'hessian')
    if (carried) return carried.verbs.hessian(carried.derivatives, args)
    return recorded(f, args, 'hessian', (recording, result) => {
      const value = oneNumber(result, 'hessian')
      const rows = isOnSlots(recording)
        ? hessianOf(recording, value)
        : recording.pullTracked([value], [1]).map(partial => recording.pull([partial], [1]))
      return likeArguments(args, shapedRows(recording, rows, args))
    })
  }
}
