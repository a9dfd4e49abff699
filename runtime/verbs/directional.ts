/**
 * Derivatives along directions and matrices of them: jvp, vjp, jacobian, hessian, hvp. Each takes a function of one argument.
 * It must not know how a graph is recorded or swept.
 */
import { operandValue } from '../engine/node.ts'
import type { NumberWithGrad, Numeric } from '../number/number-with-grad.ts'
import {
  hasPartialTangents,
  hessianOf,
  hessianTimes,
  jacobianByColumns,
  jacobianByRows,
  pushNumbers,
} from './plain-sweeps.ts'
import type { Recording } from './recording.ts'
import { numbersOf, reshape, type Shaped, type ShapedInput } from './shapes.ts'
import { pushTracked } from './tracked-push.ts'
import { oneNumber, recorded } from './verbs.ts'

/** A plain result of plain numbers; a tracked one inside of another derivative. */
export type Directional<X, ResultOf extends { plain: unknown; tracked: unknown }, More> = {
  (x: ShapedInput<X, number>, direction: ShapedInput<More, number>): ResultOf['plain']
  (x: ShapedInput<X, Numeric>, direction: ShapedInput<More, Numeric>): ResultOf['tracked']
}
type OneNumber<X> = (x: X) => Numeric

function sameLength(where: string, x: readonly unknown[], direction: readonly unknown[]): void {
  if (x.length === direction.length) return
  throw new RangeError(
    `${where}: the direction must have as many numbers as the argument; got ${direction.length} for ${x.length}`,
  )
}

/** The derivative of each output along a direction of the inputs, as the recording's results are. */
function push(recording: Recording, outputs: readonly Numeric[], direction: readonly Numeric[]): Numeric[] {
  if (recording.tracked) return pushTracked(recording, outputs, direction)
  return pushNumbers(recording, outputs, direction as readonly number[])
}

/** Whether second derivatives are found by forward over reverse on slots, which a rule without `partialTangents` prevents. */
const isOnSlots = (recording: Recording) => !recording.tracked && hasPartialTangents(recording)

/** Calls f; returns its value and the results of `derive` on the record, settled for the caller. */
function withDirection(
  f: (x: never) => unknown,
  x: unknown,
  direction: unknown,
  where: string,
  derive: (recording: Recording, value: Numeric, direction: readonly Numeric[]) => readonly Numeric[],
): Numeric[] {
  const numbers = numbersOf(direction, where)
  const use = (recording: Recording, result: unknown) => {
    const value = oneNumber(result, where)
    const seeds = recording.tracked ? numbers : numbers.map(each => operandValue(each))
    return recording.settle([value, ...derive(recording, value, seeds)])
  }
  return recorded(f as (...args: never[]) => unknown, [x], where, use, numbers)
}

/**
 * `jvp(f)(primals, tangents)`: the value of `f` at `primals` and its derivative along `tangents`, by forward mode: one sweep in
 * the order of creation over what `f` recorded, with the same rules as `grad`.
 *
 * @throws TypeError, RangeError when `f` does not return one number, or the shapes differ.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.1 (tangents).
 * @example jvp(x => x.mul(x))(3, 2) // [9, 12]
 */
export function jvp<X = NumberWithGrad>(
  f: OneNumber<X>,
): Directional<X, { plain: [value: number, tangent: number]; tracked: [value: Numeric, tangent: Numeric] }, X> {
  return ((x: unknown, tangents: unknown) =>
    withDirection(f, x, tangents, 'jvp', (recording, value, direction) => {
      sameLength('jvp', recording.inputs, direction)
      return push(recording, [value], direction)
    })) as never
}

/**
 * `vjp(f)(primals, cotangent)`: the value of `f` and its gradient times `cotangent`, in the shape of `primals`.
 *
 * @throws TypeError when `f` does not return one number.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.2 (adjoints).
 * @example vjp(x => x.mul(x))(3, 2) // [9, 12]
 */
export function vjp<X = NumberWithGrad>(
  f: OneNumber<X>,
): Directional<
  X,
  { plain: [value: number, gradient: Shaped<X, number>]; tracked: [value: Numeric, gradient: Shaped<X, Numeric>] },
  NumberWithGrad
> {
  return ((x: unknown, cotangent: unknown) => {
    const [value, ...gradient] = withDirection(f, x, cotangent, 'vjp', (recording, value, seeds) =>
      recording.pull([value], seeds),
    )
    return [value, reshape(x, gradient)]
  }) as never
}

/**
 * `hvp(f)(x, direction)`: the Hessian of `f` at `x` times `direction`, without the Hessian, in the shape of `x`.
 *
 * Time: three to four gradients, for any number of variables. Inside another derivative, and through a `customRule`, by reverse mode
 * twice, which takes ten times as long.
 *
 * @throws TypeError, RangeError when `f` does not return one number, or the shapes differ.
 * Source: Pearlmutter, "Fast Exact Multiplication by the Hessian", 1994; forward over reverse, Griewank & Walther 2008, section 5.1.
 * @example hvp(([x, y]: NumberWithGrad[]) => x.mul(x).mul(y))([3, 2], [1, 0]) // [4, 6]
 */
export function hvp<X = NumberWithGrad>(
  f: OneNumber<X>,
): Directional<X, { plain: Shaped<X, number>; tracked: Shaped<X, Numeric> }, X> {
  return ((x: unknown, direction: unknown) => {
    const [, ...products] = withDirection(f, x, direction, 'hvp', (recording, value, seeds) => {
      sameLength('hvp', recording.inputs, seeds)
      if (isOnSlots(recording)) return hessianTimes(recording, value, seeds as readonly number[])
      return recording.pull(recording.pullTracked([value], [1]), seeds)
    })
    return reshape(x, products)
  }) as never
}

function matrix(
  f: (x: never) => unknown,
  xs: readonly Numeric[],
  where: string,
  rowsOf: (recording: Recording, result: unknown) => readonly (readonly Numeric[])[],
): Numeric[][] {
  return recorded(f as (...args: never[]) => unknown, [xs], where, (recording, result) => {
    const rows = rowsOf(recording, result)
    const settled = recording.settle(rows.flat())
    return rows.map((row, i) => settled.slice(i * row.length, (i + 1) * row.length))
  })
}

/** A function of an array that returns row arrays. */
export interface MatrixFunction {
  (xs: readonly number[]): number[][]
  (xs: readonly Numeric[]): Numeric[][]
}

function rowsByPull(recording: Recording, outputs: readonly Numeric[]): Numeric[][] {
  if (!recording.tracked) return jacobianByRows(recording, outputs)
  return outputs.map(output => recording.pull([output], [1]))
}

const unit = (length: number, at: number) => Array.from({ length }, (_, i) => (i === at ? 1 : 0))

/**
 * `jacobian(f)(xs)`: row i holds the derivatives of output i of `f` by each of `xs`. `f` is called once and swept backward for
 * each output, or forward for each input, whichever are fewer.
 *
 * @throws TypeError when `f` does not return an array of numbers.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 3.
 * @example jacobian(([x, y]) => [x.mul(y), x.add(y)])([2, 3]) // [[3, 2], [1, 1]]
 */
export function jacobian(f: (xs: NumberWithGrad[]) => readonly Numeric[]): MatrixFunction {
  const rowsOf = (recording: Recording, result: unknown) => {
    if (!Array.isArray(result))
      throw new TypeError('jacobian: f must return an array of numbers; use grad for one number')
    const outputs = result.map(each => oneNumber(each, 'jacobian'))
    const { length } = recording.inputs
    if (outputs.length <= length) return rowsByPull(recording, outputs)
    const columns = recording.tracked
      ? recording.inputs.map((_, i) => pushTracked(recording, outputs, unit(length, i)))
      : jacobianByColumns(recording, outputs)
    return outputs.map((_, i) => columns.map(column => column[i]!))
  }
  return ((xs: readonly Numeric[]) => matrix(f, xs, 'jacobian', rowsOf)) as MatrixFunction
}

/**
 * `hessian(f)(xs)`: the second derivatives of `f`, in row arrays. `f` is called once, and its record swept forward and backward for
 * each of `xs`: less than one gradient for each.
 *
 * @throws TypeError when `f` does not return one number.
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 5.
 * @example hessian(([x, y]) => x.mul(x).mul(y))([3, 2]) // [[4, 6], [6, 0]]
 */
export function hessian(f: (xs: NumberWithGrad[]) => Numeric): MatrixFunction {
  const rowsOf = (recording: Recording, result: unknown) => {
    const value = oneNumber(result, 'hessian')
    if (isOnSlots(recording)) return hessianOf(recording, value)
    const gradient = recording.pullTracked([value], [1])
    return gradient.map(partial => recording.pull([partial], [1]))
  }
  return ((xs: readonly Numeric[]) => matrix(f, xs, 'hessian', rowsOf)) as MatrixFunction
}
