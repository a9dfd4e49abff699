/**
 * What optimisers share: the numbers of a start in its shape, why a search ended, and what options must be.
 * It must not know any method.
 */
import { aFunction, atLeast0, type Range } from '../engine/options.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import type { IsPlain, PlainGradient, PlainInputs } from '../verbs/plain-types.ts'
import { numbersOf, reshape, type Shaped, type ShapedInput } from '../verbs/shapes.ts'

/** Where a search starts: plain numbers in the shape of the function's only argument. */
export type Start<X> = IsPlain<[X]> extends true ? PlainInputs<[X]>[0] : ShapedInput<X, number>

/** Plain numbers in that shape: a point that was found. */
export type FoundPoint<X> = IsPlain<[X]> extends true ? PlainGradient<[X]> : Shaped<X, number>

/** What stops a search from outside: an AbortSignal. It is read once an iteration. */
export interface Signal {
  readonly aborted: boolean
}

/** What a search reports of each iteration. */
export interface Progress<X> {
  /** Counted from 1. */
  readonly iteration: number
  readonly value: number
  /** The largest absolute derivative, in units of the value for one of the number. */
  readonly gradient: number
  /** A copy of the point. */
  readonly x: FoundPoint<X>
}

/** What every search can be told. */
export interface SearchOptions<X> {
  /** Iterations at most. */
  readonly maxIterations?: number
  /** Called after each iteration; where it returns 'stop' the search ends. */
  readonly onIteration?: (progress: Progress<X>) => unknown
  readonly signal?: Signal
}

/**
 * Why a search ended. `gradient`, `value` and `step`: it converged by that tolerance. `stalled`: rounding errors allow no better point, or no
 * step leads to one, as where derivatives are wrong. `iterations`: their limit. `stopped`: by `onIteration`, `aborted`: by the signal.
 * `unbounded`: the value went to -Infinity. `not finite`: the value or a derivative is NaN or infinite at the start, or at every point near.
 */
export type Reason =
  | 'gradient'
  | 'value'
  | 'step'
  | 'stalled'
  | 'iterations'
  | 'stopped'
  | 'aborted'
  | 'unbounded'
  | 'not finite'

/** What every search gives back. */
export interface SearchResult<X> {
  /** The best point, in the shape of the start. */
  readonly x: FoundPoint<X>
  /** The value there. */
  readonly value: number
  /** The largest absolute derivative there, of what bounds leave free. */
  readonly gradient: number
  readonly iterations: number
  /** Calls of the function. */
  readonly evaluations: number
  /** Whether a tolerance was reached; never where the value is NaN. */
  readonly converged: boolean
  readonly reason: Reason
}

/** Points as lists of numbers, and in the shape of the start. */
export interface Shape {
  readonly numbers: number[]
  shaped(numbers: ArrayLike<number>): unknown
}

/** @throws TypeError for a start that holds anything but plain numbers; RangeError for one without numbers. */
export function pointsOf(start: unknown, where: string): Shape {
  const numbers = requirePlainNumbers(start, where, 'the start')
  if (numbers.length === 0) throw new RangeError(`${where}: the start has no numbers`)
  return { numbers, shaped: found => reshape(start, Array.from(found)) }
}

/** The numbers of a value. */
export function requirePlainNumbers(value: unknown, where: string, what: string): number[] {
  const numbers: readonly Numeric[] = numbersOf(value, where)
  for (const each of numbers)
    if (typeof each !== 'number')
      throw new TypeError(
        `${where}: ${what} must hold plain numbers; got a NumberWithGrad. A search has no derivative: pass \`x.num\`.`,
      )
  return [...(numbers as readonly number[])]
}

/** What must be true of the options that all searches have. */
export const searchRanges: { readonly [Name in keyof SearchOptions<unknown>]-?: Range } = {
  maxIterations: atLeast0,
  onIteration: aFunction,
  signal: [signal => typeof signal === 'object' && signal !== null && 'aborted' in signal, 'an AbortSignal'],
}

export const isConverged = (reason: Reason) => reason === 'gradient' || reason === 'value' || reason === 'step'

/** Where a search is. */
export interface SearchState {
  readonly iterations: number
  readonly value: number
  readonly gradient: number
  readonly x: ArrayLike<number>
}

/** Tells those who watch a search of each iteration, once, and says whether they end it. */
export function watcherOf<X>(
  { onIteration, signal, maxIterations = Infinity }: SearchOptions<X>,
  { shaped }: Shape,
): (state: SearchState) => Generator<Progress<X>, Reason | undefined> {
  let told = 0
  return function* ({ iterations: iteration, value, gradient, x }) {
    const progress = () => ({ iteration, value, gradient, x: shaped(x) as FoundPoint<X> })
    if (iteration > told) {
      told = iteration
      if (onIteration?.(progress()) === 'stop') return 'stopped'
      yield progress()
    }
    if (signal?.aborted) return 'aborted'
    return iteration >= maxIterations ? 'iterations' : undefined
  }
}

/** What a search gives in the end. */
export function runToEnd<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value as Result
  }
}

export function productOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

export function largest(xs: ArrayLike<number>): number {
  let found = 0
  for (let i = 0; i < xs.length; i++) found = Math.max(found, Math.abs(xs[i]!))
  return found
}

export function isAllFinite(xs: ArrayLike<number>): boolean {
  for (let i = 0; i < xs.length; i++) if (!Number.isFinite(xs[i]!)) return false
  return true
}
