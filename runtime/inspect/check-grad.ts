/**
 * A check of a function's derivatives of two orders, in both modes, against differences of its values and of its gradient.
 * It must not know how derivatives are found.
 */
import { requireFunction } from '../engine/node.ts'
import { atLeast0, finite, numberWhere, type Range, requireOptions } from '../engine/options.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import type { DerivativeKind, Differentiable } from '../verbs/carried.ts'
import { plainNumbers } from '../verbs/check.ts'
import { type Derivable, deriveBy, type InputsBy, type Places, somePlaces } from '../verbs/options.ts'
import type { IsPlain, PlainInputs } from '../verbs/plain-types.ts'
import { type Inputs, isRecord, reshape, type ShapedInput } from '../verbs/shapes.ts'
import { besideDifferences, type CheckedRow } from './beside-differences.ts'
import { type Checked, checkedOf } from './checked.ts'
import { namesByNode } from './graph.ts'

/** What `checkGrad` may be told. */
export interface CheckOptions {
  /** 1 for first derivatives only; 2, the default, for second ones too. */
  readonly order?: 1 | 2
  /** How far apart the derivatives may be, relative to the larger one; 1e-5 unless told. */
  readonly tolerance?: number
  /** How many random directions are tried besides each number by itself; 3 unless told. */
  readonly directions?: number
  /** Another seed gives other directions. */
  readonly seed?: number
}

/** What `checkGrad` has done. */
export interface CheckResult {
  /** The order up to which derivatives were compared. */
  readonly order: 1 | 2
  /** What could not be compared as usual, and why: an edge nearby, a rule without second derivatives, a NaN. */
  readonly notes: readonly string[]
}

const ranges: { readonly [Name in keyof CheckOptions | 'by']-?: Range } = {
  order: [order => order === 1 || order === 2, '1 or 2'],
  tolerance: atLeast0,
  directions: numberWhere(x => x >= 0 && Number.isInteger(x), 'a whole number, at least 0'),
  seed: finite,
  by: somePlaces,
}

/** Numbers in [-1, 1), the same for the same seed. Source: Park & Miller, "Random number generators", 1988. */
function* random(seed: number): Generator<number, never> {
  for (let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1; ; ) {
    state = (state * 48271) % 2147483647
    yield state / 1073741823.5 - 1
  }
}

/** A direction with its name, the size of the numbers that it moves, and the number itself where it is only one. */
interface Direction {
  readonly name: string
  readonly numbers: readonly number[]
  readonly scale: number
  readonly from: number
}

/** Each number by itself, and random directions in which each moves in proportion to its size. */
function directionsOf(at: readonly number[], paths: readonly string[], { directions = 3, seed = 1 }: CheckOptions) {
  const numbers = random(seed)
  const units = at.map(
    (x, i): Direction => ({ name: paths[i]!, numbers: at.map((_, k) => +(i === k)), scale: Math.abs(x), from: x }),
  )
  const others = Array.from({ length: at.length > 1 ? directions : 0 }, (_, i): Direction => {
    return {
      name: `direction ${i}`,
      numbers: at.map(x => numbers.next().value * (Math.abs(x) || 1)),
      scale: 1,
      from: 0,
    }
  })
  return [...units, ...others]
}

const innerProduct = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, i) => (b[i] === 0 ? sum : sum + x * b[i]!), 0)

/** The names of a function's parameters, as its text has them; `args[0]` where one has no name. */
function parameterNames(f: Derivable, count: number): string[] {
  const text = Function.prototype.toString.call(f)
  const found = /^(?:async\s+)?(?:function\b[^(]*)?(?:\(([^()]*)\)|([\w$]+)\s*=>)/.exec(text)
  const names = (found?.[1] ?? found?.[2] ?? '').split(',').map(each => each.replace(/=.*/, '').trim())
  const areNames = names.every(each => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(each))
  return Array.from({ length: count }, (_, i) => (areNames && names[i]) || `args[${i}]`)
}

/** The place of each number among the arguments: `w[3]`, `p.bias`. */
function pathsOf(args: readonly unknown[], names: readonly string[], count: number): string[] {
  const leaves = Array.from({ length: count }, () => new NumberWithGrad(0))
  const shaped = reshape(args, leaves) as unknown[]
  const paths = namesByNode(Object.fromEntries(names.map((name, i) => [name, shaped[i]])))
  return leaves.map(leaf => paths.get(leaf)!)
}

/** A function at a list of numbers. */
interface CheckedAt extends Checked {
  readonly at: readonly number[]
}

function firstOrder(checked: CheckedAt, directions: readonly Direction[], tolerance: number): CheckedRow[] {
  const { value, at } = checked
  const gradient = checked.gradient(at)
  const rounding = 2 ** -51 * checked.influence(at)
  return directions.map(({ name, numbers, scale, from }) => {
    const forward = checked.forward(at, numbers)
    const along = (t: number) => value(at.map((x, i) => x + t * numbers[i]!))
    // a step of one number is exact; of many each is rounded
    const rounded = at
      .map((x, i) => Math.abs(x * gradient[i]!))
      .filter((each, i) => numbers[i] !== 0 && each < Infinity)
    const own = from === 0 ? Math.max(rounding, 2 ** -51 * rounded.reduce((sum, each) => sum + each, 0)) : rounding
    return besideDifferences(name, [innerProduct(gradient, numbers), forward], along, {
      scale,
      from,
      tolerance,
      rounding: own,
      slack: 2 * own,
      mayBeNaN: false,
    })
  })
}

/** The gradient's derivative along each direction, times random numbers, so that one number stands for all. */
function secondOrder(
  { at, gradient, products }: CheckedAt,
  directions: readonly Direction[],
  { tolerance, seed, slack }: { readonly tolerance: number; readonly seed: number; readonly slack: number },
): CheckedRow[] {
  const numbers = random(seed + 1)
  return directions.map(({ name, numbers: direction, scale, from }) => {
    const weights = at.map(() => numbers.next().value)
    const along = (t: number) => innerProduct(gradient(at.map((x, i) => x + t * direction[i]!)), weights)
    const found = products(at, direction).map(each => innerProduct(each, weights))
    return besideDifferences(`${name}, gradient`, found, along, {
      scale,
      from,
      tolerance,
      rounding: slack / 64,
      slack,
      mayBeNaN: true,
    })
  })
}

const FIRST_ORDER = {
  what: 'the derivatives of f do not agree with central differences',
  columns: ['reverse', 'forward', 'numeric'],
}
const SECOND_ORDER = 'the second derivatives of f do not agree with central differences of its gradient'

function table(rows: readonly CheckedRow[], columns: readonly string[]): string {
  const width = Math.max(12, ...rows.map(row => row.at.length)) + 2
  const lines = rows.map(({ at, verdict, found, numeric }) => [
    verdict === 'wrong' ? '>' : ' ',
    at,
    ...[...found, numeric].map(x => x.toPrecision(9)),
  ])
  return [['', '', ...columns], ...lines]
    .map(([mark, at, ...cells]) => `${mark!.padEnd(2)}${at!.padEnd(width)}${cells.map(c => c.padStart(18)).join('')}`)
    .join('\n')
}

/** The notes of comparisons. @throws Error with a table where one fails. */
function notesOf(rows: readonly CheckedRow[], { what, columns }: typeof FIRST_ORDER): string[] {
  if (rows.some(row => row.verdict === 'wrong'))
    throw new Error(`checkGrad: ${what}.
${table(rows, columns)}`)
  return rows.flatMap(({ note }) => note ?? [])
}

function check(f: Derivable, args: readonly unknown[], names: readonly string[], options: CheckOptions): CheckResult {
  const { order = 2, tolerance = 1e-5, seed = 1 } = options
  const at = plainNumbers(args, 'checkGrad')
  const checked = { at, ...checkedOf(f, args, 'checkGrad') }
  const y = checked.value(at)
  if (!Number.isFinite(y)) throw new Error(`checkGrad: the value of f is ${y}, which has no derivative to compare`)
  const directions = directionsOf(at, pathsOf(args, names, at.length), options)
  const first = notesOf(firstOrder(checked, directions, tolerance), FIRST_ORDER)
  if (order === 1) return { order: 1, notes: first }
  const { incomplete, size } = checked.recorded(at)
  if (incomplete.length > 0) {
    const missing = `${incomplete.join(', ')}: no trackedPartials, so second derivatives were not checked`
    return { order: 1, notes: [...first, missing] }
  }
  const second = secondOrder(checked, directions, { tolerance, seed, slack: 2 ** -36 * size })
  const told = notesOf(second, { what: SECOND_ORDER, columns: [...checked.roads, 'numeric'] })
  return { order: 2, notes: [...first, ...told] }
}

/** The arguments of a check. */
export type CheckInputs<Args extends readonly unknown[]> =
  IsPlain<Args> extends true ? PlainInputs<Args> : Inputs<Args, number>

/**
 * Compares the derivatives of `f`, by reverse and by forward mode, with central differences of its values, and its second derivatives
 * with differences of its gradient: by each number and along random directions. `checkGrad(f)` takes what `grad(f)` takes;
 * `checkGrad(f, x)` is for one argument.
 *
 * Steps are powers of 2 in proportion to each number, and the one with the least estimated error decides: an alarm is a difference of
 * more than `tolerance` and ten times that estimate. At a kink any derivative between those of both sides is right; at an end of
 * the domain the side that is there decides; the notes of the result name such places, those where no step tells anything, and second
 * derivatives that are NaN.
 *
 * Of a function on plain numbers, which is compiled, second derivatives have one road, and `by` is refused: leave the other arguments to a closure.
 *
 * @param f as for `grad`; it is called some fifty times for each number, more for a large or a tiny one, and its gradient as often.
 * @returns what was compared: order 1 where a `customRule` without `trackedPartials` has no second derivative.
 * @throws Error when derivatives do not agree, or one is NaN, with a table of all by their places: `w[3]`, `p.bias`.
 * Source: HIPS autograd's `check_grads`, of order 2; the steps of Ridders 1982, as for `numericalDiff`.
 * @example checkGrad((x: NumberWithGrad) => x.sin().mul(x), 0.7).order // 2
 */
export function checkGrad<Args extends readonly NumberWithGrad[]>(
  f: (...args: Args) => Numeric,
): <A extends Inputs<Args, number>>(...args: A) => CheckResult
export function checkGrad<Args extends readonly unknown[], const By extends Places>(
  f: (...args: Args) => Numeric,
  options: CheckOptions & { readonly by: By },
): <A extends InputsBy<Args, By, number>>(...args: A) => CheckResult
export function checkGrad<X = NumberWithGrad>(
  f: Differentiable<(x: X) => Numeric, DerivativeKind>,
  x: IsPlain<[X]> extends true ? PlainInputs<[X]>[0] : ShapedInput<X, number>,
  options?: CheckOptions,
): CheckResult
export function checkGrad<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => Numeric, DerivativeKind>,
  options?: CheckOptions,
): <A extends CheckInputs<Args>>(...args: A) => CheckResult
export function checkGrad(f: Derivable, second: unknown = {}, third: CheckOptions = {}): unknown {
  requireFunction(f, 'checkGrad')
  const isOptions = isRecord(second) && Object.keys(second).every(key => Object.hasOwn(ranges, key))
  const { by: _, ...ofOne } = ranges
  if (!isOptions) return check(f, [second], parameterNames(f, 1), requireOptions('checkGrad', third, ofOne))
  requireOptions('checkGrad', second as CheckOptions & { readonly by?: Places }, ranges)
  const { by, ...options } = second as CheckOptions & { readonly by?: Places }
  return (...args: readonly unknown[]) => {
    const names = parameterNames(f, args.length)
    if (by === undefined) return check(f, args, names, options)
    const chosen = typeof by === 'number' ? [by] : by
    let result: CheckResult | undefined
    deriveBy(
      (g, some) => {
        result = check(
          g,
          some,
          chosen.map(place => names[place]!),
          options,
        )
        return [0, 0]
      },
      f,
      args,
      'checkGrad',
      by,
    )
    return result
  }
}
