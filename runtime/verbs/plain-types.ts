/**
 * The types of derivatives of functions on plain numbers: the arguments as the function takes them, gradients in their shapes.
 * It must not know how a derivative is found.
 */

/** What may stand in the place of a number, an array or a record. */
type Absent = null | undefined

/** A type with numbers in arrays, typed arrays and records, or nothing there, as it is; `never` in the place of anything else. */
type PlainOf<T> = [T] extends [number | Absent]
  ? T
  : [T] extends [Float64Array | Absent]
    ? T
    : [T] extends [readonly unknown[] | Absent]
      ? { [I in keyof T]: PlainOf<T[I]> }
      : [T] extends [((...args: never[]) => unknown) | Absent]
        ? never
        : [T] extends [object | Absent]
          ? { [K in keyof T]: PlainOf<T[K]> }
          : never

/** Whether arguments hold plain numbers only, and at least one argument is given. Compared, not computed, so that recursive records end. */
export type IsPlain<Args extends readonly unknown[]> = 0 extends 1 & Args[number]
  ? false
  : [Args] extends [readonly []]
    ? false
    : [Args] extends [PlainOf<Args>]
      ? true
      : false

/** An argument: no verb changes it. */
export type PlainInput<T> = [T] extends [number]
  ? number
  : [T] extends [Float64Array]
    ? Float64Array
    : [T] extends [readonly (infer Each)[]]
      ? number extends T['length']
        ? readonly PlainInput<Each>[]
        : { readonly [I in keyof T]: PlainInput<T[I]> }
      : T

/** A gradient in the shape of an argument, or `Leaf` in the place of each number; a Float64Array of numbers stays one. */
export type PlainLike<T, Leaf = number> = [T] extends [number]
  ? Leaf
  : [T] extends [Float64Array]
    ? [Leaf] extends [number]
      ? Float64Array
      : Leaf[]
    : [T] extends [readonly (infer Each)[]]
      ? number extends T['length']
        ? PlainLike<Each, Leaf>[]
        : { -readonly [I in keyof T]: PlainLike<T[I], Leaf> }
      : [Leaf] extends [number]
        ? T
        : { -readonly [K in keyof T]: PlainLike<T[K], Leaf> }

/** The arguments of a derivative. */
export type PlainInputs<Args extends readonly unknown[]> = { readonly [I in keyof Args]: PlainInput<Args[I]> }

/** The gradient by the only argument, or a tuple of one for each, with `Leaf` in the place of each number. */
export type PlainGradient<Args extends readonly unknown[], Leaf = number> = Args extends readonly [infer X]
  ? PlainLike<X, Leaf>
  : { -readonly [I in keyof Args]: PlainLike<Args[I], Leaf> }
