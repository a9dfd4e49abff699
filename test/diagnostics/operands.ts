import { NumberWithGrad, type Numeric, operators } from 'tsgrad'

class Vec2 {
  declare readonly [operators]: { '+': 'add'; '*': 'scale'; reflected: { '*': 'scale' } }
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
  add(other: Vec2): Vec2 {
    return new Vec2(this.x + other.x, this.y + other.y)
  }
  scale(k: number): Vec2 {
    return new Vec2(this.x * k, this.y * k)
  }
}

declare const a: NumberWithGrad
declare const v: Vec2
declare const either: Numeric
declare const maybe: NumberWithGrad | undefined
declare const unknown: unknown

// TypeScript's own words, at the operand
export const text = a * 'x'
//                      ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.
export const nothing = a * null
//                         ^^^^ TS2345 Argument of type 'null' is not assignable to parameter of type 'Numeric'.
export const missing = a * undefined
//                         ^^^^^^^^^ TS2345 Argument of type 'undefined' is not assignable to parameter of type 'Numeric'.
export const possibly = maybe * 2
//                      ^^^^^ TS18048 'maybe' is possibly 'undefined'.
export const wrong: string = a * 2
//           ^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'string'.
export const late = 2 * a + a * a - a * 'x'
//                                      ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.
export const reflected = unknown * a
//                       ^^^^^^^ TS2345 Argument of type 'unknown' is not assignable to parameter of type 'Numeric'.
export const vectors = v + 1
//                         ^ TS2345 Argument of type 'number' is not assignable to parameter of type 'Vec2'.
export const plain = 'x' * 2
//                   ^^^ TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.
export const arguments_ = Math.max(a, 'x')
//                                    ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.
export function unconstrained<T>(x: T) {
  return x * 2
  //     ^ TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.
}

// one fault, one diagnostic: what follows from a wrong operand is not reported again
export const onward: NumberWithGrad = (a * 'x') * 2 + 1
//                                         ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.

// operators that the class does not name
export const bits = a & 1
//                    ^ TS92001 `&` is not defined for NumberWithGrad and number. NumberWithGrad names + - * / % ** < > <= >= unary - unary +, reflected + - * / % ** < > <= >=.
export const negative = -v
//                      ^ TS92001 `unary -` is not defined for Vec2. Vec2 names + *, reflected *.
export const compared = v < v
//                        ^ TS92001 `<` is not defined for Vec2 and Vec2. Vec2 names + *, reflected *.
export const left = 2 + v
//                    ^ TS92001 `+` is not defined for number and Vec2. Vec2 names + *, reflected *. For an object on the right: `reflected: { '+': 'add' }`.
export const tangent = Math.tan(v)
//                     ^^^^^^^^ TS92001 `Math.tan` is not defined for Vec2. Vec2 names none of this kind.
export const decided = either * 'x'
//                              ^^^ TS92002 `*` cannot take operands of type 'Numeric' and 'string'.

// a condition that holds whatever the value is
export const differs = a - 3 ? 1 : 2
//                       ^ TS92030 The result of `-` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
export const notZero = !(a * a) || !Math.abs(v.x - 1)
//                         ^ TS92030 The result of `*` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
while (Math.abs(a)) break
//     ^^^^^^^^ TS92030 The result of `Math.abs` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
for (let x = a; (x -= 1); ) break
//                 ^^ TS92030 The result of `-=` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
export const byPart = (a > 1 && -a) || (v + v) || a
//                              ^ TS92030 The result of `-` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
//                                        ^ TS92030 The result of `+` is an object of type 'Vec2', and an object is true whatever its value is. Compare it, or test its plain value.
export const allowed = either * 2 || (a * 2 > 3 && a * 2) && (a * 2).num
//                                                   ^ TS92030 The result of `*` is an object of type 'NumberWithGrad', and an object is true whatever its value is. Compare it, or test its plain value.
export const isNaN = Number.isNaN(v)
//                   ^^^^^^^^^^^^ TS92001 `Number.isNaN` is not defined for Vec2. Vec2 names none of this kind.

// silenced as TypeScript's are
// @ts-expect-error
export const silenced = a & 1
// @ts-ignore
export const ignored = a & 1
// @ts-expect-error
export const theirs = a * 'x'

// what a run-time helper would take is reported as well
declare const o: { v?: number; s: string }
declare const perhaps: Numeric | undefined
declare const g: () => NumberWithGrad
export const strings = o.s * g()
//                     ^^^ TS92002 `*` cannot take operands of type 'string' and 'NumberWithGrad'.
export const optional = o.v * g()
//                      ^^^ TS18048 'o.v' is possibly 'undefined'.
export const unsure = perhaps * 2
//                    ^^^^^^^ TS18048 'perhaps' is possibly 'undefined'.
export const sign = -perhaps
//                   ^^^^^^^ TS18048 'perhaps' is possibly 'undefined'.
export const added = perhaps + 1
//                   ^^^^^^^ TS18048 'perhaps' is possibly 'undefined'.
export const under = 1 < perhaps
//                       ^^^^^^^ TS18048 'perhaps' is possibly 'undefined'.
export const largest = Math.max(perhaps, 2)
//                              ^^^^^^^ TS92006 An argument of `Math.max` is possibly 'null' or 'undefined': its type is 'Numeric | undefined'.
declare const h: () => { w?: NumberWithGrad }
{
  h().w *= 2
//^^^^^ TS2532 Object is possibly 'undefined'.
}

// a type that goes round a loop
export function loop(rounds: number): Numeric {
  let sum: Numeric = 0
  for (let i = 0; i < rounds; i++) {
    const next = sum * 2
    //    ^^^^ TS7022 'next' implicitly has type 'any' because it does not have a type annotation and is referenced directly or indirectly in its own initializer. — The result of `*` feeds back into its own operand, so TypeScript cannot infer its type. Give 'next' a type annotation.
    sum = next + a
  }
  return sum
}

export const beside = Math.max('x', a)
//                             ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.

// what a class names of Math is listed in the order of the alphabet
declare class Wave {
  declare readonly [operators]: { 'Math.sqrt': 'same'; 'Math.abs': 'same'; '+': 'same' }
  same(...others: readonly Wave[]): Wave
}
declare const wave: Wave
export const highest = Math.max(wave, wave)
//                     ^^^^^^^^ TS92001 `Math.max` is not defined for Wave and Wave. Wave names Math.abs Math.sqrt.
export const product = wave * wave
//                          ^ TS92001 `*` is not defined for Wave and Wave. Wave names +.

// TypeScript takes any object behind a sign for a number
declare const list: readonly NumberWithGrad[]
export const negated = -list
//                      ^^^^ TS92043 `-` takes no arrays. Take its elements: `list.map(x => -x)`.
export const converted = +[v, v]
//                        ^^^^^^ TS92043 `+` takes no arrays. Take its elements: `[v, v].map(x => +x)`.
export const numbers = -[1]

// the length of one number is no call of a method that takes another one
declare class Long { declare readonly [operators]: { 'Math.hypot': 'hypot' }; hypot(other: Long | number): Long }
declare class Abs extends Long { declare readonly [operators]: { 'Math.hypot': 'hypot'; 'Math.abs': 'abs' }; abs(): Long }
export const lengths = (long: Long, abs: Abs) => [Math.hypot(long, long), Math.hypot(long), Math.hypot(abs)]
//                                                                        ^^^^^^^^^^ TS92027 `Math.hypot` of one operand calls 'hypot' of Long without the operand that it takes. Write `Math.hypot(long, 0)`.
//                                                                                          ^^^^^^^^^^ TS92027 `Math.hypot` of one operand calls 'hypot' of Abs without the operand that it takes. Write `Math.abs(abs)`.

// nothing beside `any` is reported by TypeScript
declare const anything: any
export const beside_ = anything + maybe
//                                ^^^^^ TS92006 An argument of `+` is possibly 'null' or 'undefined': its type is 'NumberWithGrad | undefined'.
export const beyond = anything * maybe
//                               ^^^^^ TS18048 'maybe' is possibly 'undefined'.

// a string on the right of what may be an object: the method takes none
export const label = (x: Numeric, y: number | string) => x + y
//                                                           ^ TS92002 `+` cannot take operands of type 'Numeric' and 'string | number'.
