import { NumberWithGrad, type Numeric } from 'tsgrad'

declare const a: NumberWithGrad
declare const xs: readonly NumberWithGrad[]
declare const fail: (message: string) => never

// only callbacks assign
let best: NumberWithGrad | null = null
let last: Numeric | undefined
last = undefined
xs.forEach(x => { best = x; last = x })
if (best !== null) {
  void (best * 2)
  //    ^^^^ TS92010 An operand of `*` is of type 'never', which no value has. All of 'NumberWithGrad | null' is ruled out here: remove this code. If it does run, only a callback assigns `best`, which TypeScript does not see: start by `null as NumberWithGrad | null`.
  best += 2
//^^^^ TS92010 An operand of `+=` is of type 'never', which no value has. All of 'NumberWithGrad | null' is ruled out here: remove this code. If it does run, only a callback assigns `best`, which TypeScript does not see: start by `null as NumberWithGrad | null`.
}
if (best !== null) {
  best++
//^^^^ TS92010 An operand of `++` is of type 'never', which no value has. All of 'NumberWithGrad | null' is ruled out here: remove this code. If it does run, only a callback assigns `best`, which TypeScript does not see: start by `null as NumberWithGrad | null`.
}
if (last !== undefined) void Math.max(1, (last), 2)
//                                       ^^^^^^ TS92010 An operand of `Math.max` is of type 'never', which no value has. All of 'Numeric | undefined' is ruled out here: remove this code. If it does run, only a callback assigns `(last)`, which TypeScript does not see: start by `undefined as Numeric | undefined`.

// behind the last if of a union
export function twice(x: Numeric, o: { 'b c': Numeric; readonly d: Numeric }) {
  if (typeof x === 'number') return x * 2
  if (x instanceof NumberWithGrad) return x * 2
  if (typeof o['b c'] !== 'number' && !(o['b c'] instanceof NumberWithGrad)) return 1 - o['b c']
  //                                                                                    ^^^^^^^^ TS92010 An operand of `-` is of type 'never', which no value has. All of 'Numeric' is ruled out here: remove this code, or correct the type of `o['b c']`.
  if (typeof o.d !== 'number' && !(o.d instanceof NumberWithGrad)) return -o.d
  //                                                                       ^^^ TS92010 An operand of `-` is of type 'never', which no value has. All of 'Numeric' is ruled out here: remove this code, or correct the type of `o.d`.
  return x * 2
  //     ^ TS92010 An operand of `*` is of type 'never', which no value has. All of 'Numeric' is ruled out here: remove this code, or correct the type of `x`.
}

// beside an object
export const empty = [].map(x => x * a)
//                               ^ TS92010 An operand of `*` is of type 'never', which no value has. Give it the type of its values, an empty array for example `[] as Numeric[]`, or remove code that never runs.
export const start = [].reduce((s, x) => s + x, a)
//                                           ^ TS92010 An operand of `+` is of type 'never', which no value has. Give it the type of its values, an empty array for example `[] as Numeric[]`, or remove code that never runs.

// TypeScript is silent of these, and no class is concerned
export const plain = [].map(x => x * 2 + Math.abs(x))
export const failed = (n: number) => n || fail('none') * 2
export function number(x: number | string) {
  if (typeof x === 'number') return x * 2
  if (typeof x === 'string') return x
  return x * 2
}
export function exhaustive(x: Numeric): string {
  switch (typeof x) {
    case 'number':
      return 'number'
    case 'object':
      return `${x * 2}`
    default: {
      const none: never = x
      throw new TypeError('odd: ' + x + none)
    }
  }
}
export const forced = best! * 2 + (best ?? a) * 2
export function later(x: Numeric) {
  return 2
  return x * a
}
