/**
 * `gradInto`: a compiled gradient that is written into arrays of the caller. It must not know how a derivative was found.
 * The derivative adds up in arrays of its own, so whatever the function reads, also `out`, is what it was until the end.
 */
import { kindOf } from '../engine/node.ts'
import { requireOptions } from '../engine/options.ts'
import { carriedBy, type Differentiable } from './carried.ts'
import { compiledGrad } from './compiled.ts'
import { type Places, type PlainGradientBy, type PlainInputsBy, somePlaces } from './options.ts'
import type { PlainGradient, PlainInputs } from './plain-types.ts'
import { supportOf } from './support.ts'

/** What a gradient can be written into; a number cannot. */
type Writable<Gradient> = [Gradient] extends [number] ? never : Gradient

/** `gradInto(f)`. */
export type GradientInto<Args extends readonly unknown[]> = (
  out: Writable<PlainGradient<Args>>,
  ...args: PlainInputs<Args>
) => number

/** `gradInto(f, { by })`. */
export type GradientIntoBy<Args extends readonly unknown[], By extends Places> = (
  out: Writable<PlainGradientBy<Args, By>>,
  ...args: PlainInputsBy<Args, By>
) => number

const where = 'gradInto'

/**
 * A gradient that is written into `out`, so that a loop makes none anew in each turn: `gradInto(f)(out, x)` returns the value of `f`, and
 * overwrites the numbers of `out` with what `grad(f)(x)` gives.
 *
 * `out` has the shape of that gradient: of the only argument, of a tuple with several, or of the arguments that `by` names. `f` takes plain
 * numbers, and is compiled. It may read `out`, which is written when `f` is done. Where a call throws, `out` may be written in part.
 *
 * Cost: that of `grad`, without its arrays: 1.2 kB of short-lived objects a call, for any size. Functions that call themselves make arrays.
 *
 * @throws TypeError where `f` was not compiled, `out` has another shape, is an argument itself, or shares memory between its parts.
 * Source: `gradient!` of ForwardDiff.jl.
 * @example
 * gradInto((x: number[]) => x[0]! * x[1]!)([0, 0], [3, 2]) // 6, and the first array is [2, 3]
 */
export function gradInto<Args extends readonly unknown[]>(
  f: Differentiable<(...args: Args) => number>,
): GradientInto<Args>
export function gradInto<Args extends readonly unknown[], const By extends Places>(
  f: Differentiable<(...args: Args) => number, 'grad', By>,
  options: { readonly by: By },
): GradientIntoBy<Args, By>
export function gradInto(f: (...args: never[]) => number, options: { readonly by?: Places } = {}): unknown {
  const { by } = requireOptions(where, options, { by: somePlaces })
  const carried = carriedBy(f, where)
  if (carried === undefined)
    throw new TypeError(
      `${where}: this function carries no compiled gradient. It must take plain numbers; for tracked ones there is valueAndGrad.`,
    )
  let kept: unknown[] | undefined
  return (out: unknown, ...args: readonly unknown[]) => {
    // a call inside of this one makes arrays of its own
    const gradients = kept ?? []
    kept = undefined
    const [value, gradient] = compiledGrad(carried.derivatives, args, where, by, false, supportOf(where, gradients))
    if (write(gradient, out, args, 'out') > 1 && !isWritten(gradient, out))
      throw new TypeError(`${where}: two parts of out share memory. Make an array for each.`)
    kept = gradients
    return value
  }
}

/** Overwrites what is in `out`, and says how many arrays and records that were. */
function write(gradient: unknown, out: unknown, args: readonly unknown[], path: string): number {
  if (!isAlike(gradient, out))
    throw new TypeError(
      `${where}: out must have the shape of the gradient; ${path} is ${described(out)}, for ${described(gradient)}`,
    )
  if (!isObject(gradient)) return 0
  if (args.includes(out)) throw new TypeError(`${where}: ${path} is an argument itself. Make another array.`)
  if (gradient instanceof Float64Array) {
    ;(out as Float64Array).set(gradient)
    return 1
  }
  let count = 1
  if (Array.isArray(gradient)) {
    const into = out as unknown[]
    for (let i = 0; i < gradient.length; i++) {
      if (typeof gradient[i] === 'number' && !isObject(into[i])) into[i] = gradient[i]
      else count += write(gradient[i], into[i], args, `${path}[${i}]`)
    }
    return count
  }
  const into = out as Record<string, unknown>
  for (const [key, each] of Object.entries(gradient)) {
    if (typeof each === 'number' && !isObject(into[key])) into[key] = each
    else count += write(each, into[key], args, `${path}.${key}`)
  }
  return count
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Whether two are of one kind, and have as many parts of the same names. */
function isAlike(gradient: unknown, out: unknown): boolean {
  if (!isObject(gradient) || !isObject(out)) return typeof gradient !== 'number' && out === gradient
  if (gradient instanceof Float64Array) return out instanceof Float64Array && out.length === gradient.length
  if (Array.isArray(gradient)) return Array.isArray(out) && out.length === gradient.length
  const keys = Object.keys(gradient)
  return !Array.isArray(out) && Object.keys(out).length === keys.length && keys.every(key => Object.hasOwn(out, key))
}

function described(value: unknown): string {
  if (!isObject(value)) return kindOf(value)
  return `${kindOf(value)} of ${'length' in value ? `length ${value.length}` : Object.keys(value).join(', ')}`
}

/** Whether numbers are where they were written. */
function isWritten(gradient: unknown, out: unknown): boolean {
  if (!isObject(gradient)) return Object.is(gradient, out)
  if (!Array.isArray(gradient) && !(gradient instanceof Float64Array))
    return Object.entries(gradient).every(([key, each]) => isWritten(each, (out as Record<string, unknown>)[key]))
  for (let i = 0; i < gradient.length; i++) {
    const each: unknown = gradient[i]
    const found = (out as unknown[])[i]
    if (typeof each === 'number' ? !Object.is(each, found) : !isWritten(each, found)) return false
  }
  return true
}
