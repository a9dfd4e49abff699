/**
 * Derivatives by differences of values, to check the exact ones against. It must not know how derivatives are found.
 */
import { kindOf, requireFunction, unexpected } from '../engine/node.ts'
import { requireOptions } from '../engine/options.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { bestOf, type Difference, differenceOf, type Estimate, isWithin } from './differences.ts'
import { type Derivable, deriveBy, type InputsBy, type LikeBy, type Places, somePlaces } from './options.ts'
import { type GradientLike, type Inputs, numbersOf, reshape } from './shapes.ts'
import { noGrad } from './verbs.ts'

/** @internal The value of a function, which takes tracked numbers, as one of the list of its numbers. */
export function valueOn(f: Derivable, args: readonly unknown[], where: string): (numbers: readonly number[]) => number {
  return numbers =>
    noGrad(() => {
      const leaves = numbers.map(each => new NumberWithGrad(each))
      const y: unknown = f(...(reshape(args, leaves) as never[]))
      if (typeof y === 'number') return y
      if (y instanceof NumberWithGrad) return y.num
      throw new TypeError(`${where}: f must return one number; got ${kindOf(y)}`)
    })
}

/** @internal The numbers of arguments. @throws TypeError for a tracked one. */
export function plainNumbers(args: readonly unknown[], where: string): number[] {
  return numbersOf(args, where).map(each => {
    if (typeof each === 'number') return each
    throw new TypeError(`${where}: expected plain numbers; got a NumberWithGrad: pass its \`num\``)
  })
}

/** Whether an estimate is good to three digits, or of what is as good as 0. */
const isGood = (each: Omit<Estimate, 'noise'>) => each.error <= 1e-9 || isWithin(each, 0, 3)

/** One number of what differences say: where both sides give one and the same, or only one side is in the domain. */
function derivativeBy({ central, left, right }: Difference): number {
  const both = bestOf(central)
  if (isGood(both)) return both.value
  const [first, second = first] = [left, right].filter(side => side.length > 0).map(bestOf)
  if (first === undefined || !isGood(first) || !isGood(second!)) return NaN
  return isGood({ value: first.value, error: Math.abs(first.value - second!.value) }) ? first.value : NaN
}

function differencesOf(f: Derivable, args: readonly unknown[], where: string): [number, unknown] {
  const at = plainNumbers(args, where)
  const value = valueOn(f, args, where)
  const gradient = at.map((x, i) => derivativeBy(differenceOf(t => value(at.with(i, x + t)), Math.abs(x))))
  return [NaN, reshape(args.length === 1 ? args[0] : args, gradient)]
}

/**
 * The derivative of `f` from its values alone, by central differences: `numericalDiff(f)` takes what `grad(f)` takes and gives its
 * shapes, also `by` some arguments; `numericalDiff(f, x)` is for a function of one plain number.
 *
 * Right to seven digits and more where `f` is smooth; near an end of the domain by the side that is there, or by smaller steps. NaN
 * where no step settles: at kinks, jumps, and poles. Some fifty calls of `f` for each number.
 *
 * @param eps one step for `(f(x + eps) - f(x - eps)) / (2 eps)` and nothing else, right to about eps² and 1e-16 |f(x)| / eps.
 * @throws TypeError when `f` does not return one number, or an argument holds anything but plain numbers.
 * Source: Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", 1982; with `eps` Saito, "Deep Learning from Scratch 3", step 4.
 * @example numericalDiff(x => x * x, 3) // 6, to about eight digits
 */
export function numericalDiff(f: (x: number) => number, x: number, eps?: number): number
export function numericalDiff<Args extends readonly NumberWithGrad[]>(
  f: (...args: Args) => Numeric,
): <A extends Inputs<Args, number>>(...args: A) => GradientLike<A>
export function numericalDiff<Args extends readonly unknown[]>(
  f: (...args: Args) => Numeric,
): <A extends Inputs<Args, number>>(...args: A) => GradientLike<A>
export function numericalDiff<Args extends readonly unknown[], const By extends Places>(
  f: (...args: Args) => Numeric,
  options: { readonly by: By },
): <A extends InputsBy<Args, By, number>>(...args: A) => LikeBy<A, By>
export function numericalDiff(f: Derivable, x: number | { readonly by?: Places } = {}, eps?: number): unknown {
  const where = 'numericalDiff'
  requireFunction(f, where)
  if (typeof x === 'number') {
    const value = f as unknown as (x: number) => number
    if (eps !== undefined && typeof eps !== 'number') throw unexpected(where, 'a number as eps', eps)
    if (eps !== undefined) return (value(x + eps) - value(x - eps)) / (2 * eps)
    return derivativeBy(differenceOf(t => value(x + t), Math.abs(x)))
  }
  const { by } = requireOptions(where, x, { by: somePlaces })
  return (...args: readonly unknown[]) =>
    by === undefined ? differencesOf(f, args, where)[1] : deriveBy(differencesOf, f, args, where, by)[1]
}
