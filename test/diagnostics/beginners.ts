import { NumberWithGrad, type Numeric, operators, sum } from 'tsgrad'
declare const xs: NumberWithGrad[]
declare const a: NumberWithGrad
class V { declare readonly [operators]: { '+': 'add' }; constructor(readonly n: number) {} add(o: V): V { return o } }
declare const vs: V[]
declare const v: V
export const block = xs.map(x => x * 2).reduce((s, x) => { s += x; return s }, 0)
//                                                         ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — The start `0` makes 's' a number, but `+=` gives NumberWithGrad. Write `xs.map(x => x * 2).reduce<Numeric>(…, 0)`, or leave the start out.
export const vectors = vs.reduce((s, x) => s + x, 0)
//                                           ^ TS92001 `+` is not defined for number and V. V names +. For an object on the right: `reflected: { '+': 'add' }`.
export function loop() { let s = 0; for (const x of xs) s += x; let p = 1; for (const x of xs) { p = p * x }; xs.forEach(x => { s -= x }); return [s, p] }
//                                                      ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 's' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `let s: Numeric = 0`.
//                                                                                               ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'p' is a number by its start `1`, but `*` gives NumberWithGrad. Write `let p: Numeric = 1`.
//                                                                                                                              ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 's' is a number by its start `0`, but `-=` gives NumberWithGrad. Write `let s: Numeric = 0`.
export class Model { total = 0; add(x: NumberWithGrad) { this.total += x; this.total = this.total + x } }
//                                                       ^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'this.total' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `total: Numeric = 0`.
//                                                                        ^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'this.total' is a number by its start `0`, but `+` gives NumberWithGrad. Write `total: Numeric = 0`.
export const o = { sum: 0, deep: { n: 0 } }; o.sum += a; o.deep.n *= a
//                                           ^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'o.sum' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `sum: 0 as Numeric`.
//                                                       ^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'o.deep.n' is a number by its start `0`, but `*=` gives NumberWithGrad. Write `n: 0 as Numeric`.
const sq = (x: Numeric) => x * x
export const late = (sq(a) * 4).backward()
//                              ^^^^^^^^ TS2339 Property 'backward' does not exist on type 'Numeric'. — 'sq(a) * 4' is of type Numeric, which may be a number. 'sq' takes a Numeric, so it may give a number: declare it as `<T extends Numeric>(x: T)`, or of a class.
export const late2 = sq(a).num
//                         ^^^ TS2339 Property 'num' does not exist on type 'Numeric'. — 'sq(a)' is of type Numeric, which may be a number. 'sq' takes a Numeric, so it may give a number: declare it as `<T extends Numeric>(x: T)`, or of a class.
const r = sq(a); export const late3 = r.grad
//                                      ^^^^ TS2339 Property 'grad' does not exist on type 'Numeric'. — 'r' is of type Numeric, which may be a number. 'sq' takes a Numeric, so it may give a number: declare it as `<T extends Numeric>(x: T)`, or of a class.
export const plain = 2 + v
//                     ^ TS92001 `+` is not defined for number and V. V names +. For an object on the right: `reflected: { '+': 'add' }`.
export const arr = Math.exp(xs)
//                          ^^ TS2345 Argument of type 'NumberWithGrad[]' is not assignable to parameter of type 'number'. — `Math.exp` takes no arrays. Take its elements: `xs.map(x => Math.exp(x))`.
export const arr2 = xs * 2
//                  ^^ TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type. — `*` takes no arrays. Take its elements: `xs.map(x => x * 2)`.
export const arr3 = -xs
//                   ^^ TS92043 `-` takes no arrays. Take its elements: `xs.map(x => -x)`.
const fact = (n: number) => (n < 1 ? a : fact(n - 1) * a)
//    ^^^^ TS7023 'fact' implicitly has return type 'any' because it does not have a return type annotation and is referenced directly or indirectly in one of its return expressions. — The result of `*` depends on what 'fact' returns, so TypeScript cannot infer it. Give 'fact' a return type.
export function power(n: number) { return n < 1 ? a : power(n - 1) * a }
//              ^^^^^ TS7023 'power' implicitly has return type 'any' because it does not have a return type annotation and is referenced directly or indirectly in one of its return expressions. — The result of `*` depends on what 'power' returns, so TypeScript cannot infer it. Give 'power' a return type.
export const id = <T extends Numeric>(x: T): T => x * 2
//                                                ^^^^^ TS2322 Type 'Binary<"*", T, number>' is not assignable to type 'T'. — An operator on T gives a type of its own, not T. Leave the annotation out, or write the type that all of them have, such as `Numeric`.
export function gen<T extends Numeric>(x: T): T { return x * 2 + 1 }
//                                                ^^^^^^ TS2322 Type 'Binary<"+", Binary<"*", T, number>, number>' is not assignable to type 'T'. — An operator on T gives a type of its own, not T. Leave the annotation out, or write the type that all of them have, such as `Numeric`.
export function loss(x: Numeric): number { return x * x }
//                                         ^^^^^^ TS2322 Type 'Numeric' is not assignable to type 'number'. — `*` gives Numeric, which is more than a number. Write that type instead of `number`, or take the value out of it.
export const y: number = a * 2
//           ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `*` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
const totals = [0, 0]; totals[0] += a; totals[1] = totals[1]! + a
//                     ^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'totals[0]' is a number by its start `[0, 0]`, but `+=` gives NumberWithGrad. Write `const totals: Numeric[] = [0, 0]`.
//                                     ^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'totals[1]' is a number by its start `[0, 0]`, but `+` gives NumberWithGrad. Write `const totals: Numeric[] = [0, 0]`.
const counts: Record<string, number> = {}; counts['a'] = a * 2
//                                         ^^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `*` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
const map = new Map<string, number>(); map.set('a', a * 2)
//                                                  ^^^^^ TS2345 Argument of type 'NumberWithGrad' is not assignable to parameter of type 'number'.
class Counter { static all = 0; own = 0; rate: number = 0 }; const counter = new Counter()
class Late extends Counter { add(x: NumberWithGrad) { this.own += x; Counter.all += x; Late['all'] -= x } }
//                                                    ^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'this.own' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `own: Numeric = 0`.
//                                                                   ^^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'Counter.all' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `all: Numeric = 0`.
//                                                                                     ^^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'Late['all']' is a number by its start `0`, but `-=` gives NumberWithGrad. Write `all: Numeric = 0`.
const t = { 'u': 0 }; counter.own += a; counter.rate = counter.rate * a; t['u'] += a; t.u *= a
//                    ^^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'counter.own' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `own: Numeric = 0`.
//                                      ^^^^^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `*` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
//                                                                       ^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 't['u']' is a number by its start `0`, but `+=` gives NumberWithGrad. Write `'u': 0 as Numeric`.
//                                                                                    ^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 't.u' is a number by its start `0`, but `*=` gives NumberWithGrad. Write `'u': 0 as Numeric`.
let m: number = 0; m += a; m = a * 2; export function move(by: number) { by -= a }; const rates: number[] = []; rates[0] = a * 2
//                 ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `+=` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
//                         ^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `*` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
//                                                                       ^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `-=` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
//                                                                                                              ^^^^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — `*` gives NumberWithGrad, which is more than a number. Write that type instead of `number`, or take the value out of it.
// the start of a variable is of a type parameter
export const run = <T extends Numeric>(x: T) => { let s = x * 1; for (let i = 0; i < 3; i++) s = s * x; return s }
//                                                                                           ^ TS2322 Type 'Binary<"*", Binary<"*", T, number>, T>' is not assignable to type 'Binary<"*", T, number>'. — 's' has the type of its start `x * 1`, and each operator on a type parameter gives a type of its own. Write `let s: Numeric = x * 1`.
export function steps<T extends number | NumberWithGrad>(x: T, k: number) { let s = x; s = s * k; return s }
//                                                                                     ^ TS2322 Type 'Binary<"*", T, number>' is not assignable to type 'T'. — 's' has the type of its start `x`, and each operator on a type parameter gives a type of its own. Write `let s: number | NumberWithGrad = x`.
export const own = <T extends Numeric>(x: T) => { const o = { t: x * 1 }; o.t *= x; let u: T = x; u = u * 2; return [o, u] }
//                                                                        ^^^ TS2322 Type 'Binary<"*", Binary<"*", T, number>, T>' is not assignable to type 'Binary<"*", T, number>'. — 'o.t' has the type of its start `x * 1`, and each operator on a type parameter gives a type of its own. Write `t: x * 1 as Numeric`.
//                                                                                                ^ TS2322 Type 'Binary<"*", T, number>' is not assignable to type 'T'. — An operator on T gives a type of its own, not T. Leave the annotation out, or write the type that all of them have, such as `Numeric`.
// the result of an arrow function
export const halved = (x: Numeric): number => x / 2
//                                            ^^^^^ TS2322 Type 'Numeric' is not assignable to type 'number'. — `/` gives Numeric, which is more than a number. Write that type instead of `number`, or take the value out of it.
