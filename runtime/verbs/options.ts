/**
 * The options of `grad` and `valueAndGrad`: a gradient by some of the arguments, and a result beside the value.
 * It must not know how a derivative is found.
 */
import { kindOf } from '../engine/node.ts'
import type { Range } from '../engine/options.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import type { IsPlain, PlainGradient, PlainInput, PlainInputs, PlainLike } from './plain-types.ts'
import { type GradientLike, type Inputs, isRecord, type Like, type Shaped, type ShapedInput } from './shapes.ts'

/** Arguments by their places, counted from 0: one, or a list. */
export type Places = number | readonly number[]

/** The types of the chosen arguments. */
type ChosenOf<Args extends readonly unknown[], By extends Places> = By extends readonly number[]
  ? { [I in keyof By]: Args[By[I] & keyof Args] }
  : [Args[By & keyof Args]]

/** The arguments of a call with plain numbers: any of an array that no verb changes, where it is chosen. */
export type PlainInputsBy<Args extends readonly unknown[], By extends Places> = {
  readonly [I in keyof Args]: I extends `${PlacesIn<By> & number}` ? PlainInput<Args[I]> : Args[I]
}
/** The gradient by the chosen arguments, in their shapes. */
export type PlainGradientBy<Args extends readonly unknown[], By extends Places> = By extends readonly number[]
  ? { -readonly [I in keyof By]: PlainLike<Args[By[I] & keyof Args]> }
  : PlainLike<Args[By & keyof Args]>

type PlacesIn<By extends Places> = By extends readonly number[] ? By[number] : By

/** The arguments of a call: the chosen ones in the shapes of the parameters, all others as `f` takes them. */
export type InputsBy<Args extends readonly unknown[], By extends Places, Leaf> = {
  readonly [I in keyof Args]: I extends `${PlacesIn<By> & number}` ? ShapedInput<Args[I], Leaf> : Args[I]
}

/** The gradient by the chosen arguments, in their shapes: of one place a gradient, of a list a tuple. */
export type LikeBy<Given extends readonly unknown[], By extends Places> = By extends readonly number[]
  ? { -readonly [I in keyof By]: Like<Given[By[I] & keyof Given]> }
  : Like<Given[By & keyof Given]>

/** The same in the shapes of the parameters. */
export type GradientBy<Args extends readonly unknown[], By extends Places, Leaf> = By extends readonly number[]
  ? { -readonly [I in keyof By]: Shaped<Args[By[I] & keyof Args], Leaf> }
  : Shaped<Args[By & keyof Args], Leaf>

/** `grad(f, { by })`. */
export type GradientByFunction<Args extends readonly unknown[], By extends Places> =
  IsPlain<ChosenOf<Args, By>> extends true
    ? (...args: PlainInputsBy<Args, By>) => PlainGradientBy<Args, By>
    : TrackedGradientBy<Args, By>

/** The same of a function on tracked numbers. */
export interface TrackedGradientBy<Args extends readonly unknown[], By extends Places> {
  <A extends InputsBy<Args, By, number>>(...args: A): LikeBy<A, By>
  (...args: InputsBy<Args, By, Numeric>): GradientBy<Args, By, Numeric>
}

/** `valueAndGrad(f, { by })`. */
export type ValueAndGradByFunction<Args extends readonly unknown[], By extends Places> =
  IsPlain<ChosenOf<Args, By>> extends true
    ? (...args: PlainInputsBy<Args, By>) => [value: number, gradient: PlainGradientBy<Args, By>]
    : TrackedValueAndGradBy<Args, By>

/** The same of a function on tracked numbers. */
export interface TrackedValueAndGradBy<Args extends readonly unknown[], By extends Places> {
  <A extends InputsBy<Args, By, number>>(...args: A): [value: number, gradient: LikeBy<A, By>]
  (...args: InputsBy<Args, By, Numeric>): [value: Numeric, gradient: GradientBy<Args, By, Numeric>]
}

/** `valueAndGrad(f, { aux: true })`. */
export type AuxFunction<Args extends readonly unknown[], Aux> =
  IsPlain<Args> extends true
    ? (...args: PlainInputs<Args>) => [value: number, gradient: PlainGradient<Args>, aux: Aux]
    : <A extends Inputs<Args, number>>(...args: A) => [value: number, gradient: GradientLike<A>, aux: PlainValue<Aux>]

/** `valueAndGrad(f, { by, aux: true })`. */
export type AuxByFunction<Args extends readonly unknown[], By extends Places, Aux> =
  IsPlain<ChosenOf<Args, By>> extends true
    ? (...args: PlainInputsBy<Args, By>) => [value: number, gradient: PlainGradientBy<Args, By>, aux: Aux]
    : <A extends InputsBy<Args, By, number>>(
        ...args: A
      ) => [value: number, gradient: LikeBy<A, By>, aux: PlainValue<Aux>]

/** A value with plain numbers in the place of tracked ones, in arrays and plain records. */
export type PlainValue<T> = [T] extends [Numeric]
  ? number
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { [K in keyof T]: PlainValue<T[K]> }
      : T

/** A user's function, whatever it takes. */
export type Derivable = (...args: never[]) => unknown
type Derive = (f: Derivable, args: readonly unknown[], where: string) => [Numeric, unknown]

/** A place by itself, or several; which arguments there are is known at the call. */
export const somePlaces: Range = [
  by => Number.isInteger(by) || (Array.isArray(by) && by.length > 0),
  'the place of an argument, counted from 0, or an array of some',
]

/** The places as a list. @throws RangeError where one names no argument, or one twice. */
export function requirePlaces(by: Places, args: readonly unknown[], where: string): readonly number[] {
  const places = typeof by === 'number' ? [by] : by
  for (const place of places)
    if (
      !Number.isInteger(place) ||
      place < 0 ||
      place >= args.length ||
      places.indexOf(place) !== places.lastIndexOf(place)
    )
      throw new RangeError(
        `${where}: \`by\` must name arguments once each, from 0 to ${args.length - 1}; got ${places.map(String).join(',')}`,
      )
  return places
}

/** What `derive` finds by the chosen arguments; the others reach `f` as they are. */
export function deriveBy(
  derive: Derive,
  f: Derivable,
  args: readonly unknown[],
  where: string,
  by: Places,
): [Numeric, unknown] {
  const places = requirePlaces(by, args, where)
  const chosen = (...xs: readonly unknown[]) => {
    const all = args.slice()
    places.forEach((place, i) => {
      all[place] = xs[i]
    })
    return f(...(all as never[]))
  }
  const [value, gradient] = derive(
    chosen,
    places.map(place => args[place]),
    where,
  )
  return [value, typeof by !== 'number' && by.length === 1 ? [gradient] : gradient]
}

/** A function that returns the first of the two things that `f` returns, and the other one of the last call: as it is, and plain. */
export function splitting(f: Derivable, where: string): { first: Derivable; aux(): unknown; plainAux(): unknown } {
  let aux: unknown
  let plainAux: unknown
  const first = (...args: never[]) => {
    const pair = f(...args)
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TypeError(
        `${where}: with \`aux\` f must return [value, aux]; got ${Array.isArray(pair) ? `an array of length ${pair.length}` : kindOf(pair)}`,
      )
    aux = pair[1]
    plainAux = plainValue(aux)
    return pair[0]
  }
  return { first, aux: () => aux, plainAux: () => plainAux }
}

/** A copy with plain numbers; what is there twice, or inside itself, is so in the copy. */
function plainValue(value: unknown, copies = new Map<object, unknown>()): unknown {
  if (value instanceof NumberWithGrad) return value.num
  if (!Array.isArray(value) && !isRecord(value)) return value
  if (copies.has(value)) return copies.get(value)
  const copy = Array.isArray(value) ? [] : {}
  copies.set(value, copy)
  if (Array.isArray(value)) (copy as unknown[]).length = value.length
  // not by assignment, which `__proto__` takes for something else
  for (const [key, each] of Object.entries(value))
    Object.defineProperty(copy, key, {
      value: plainValue(each, copies),
      writable: true,
      enumerable: true,
      configurable: true,
    })
  return copy
}
