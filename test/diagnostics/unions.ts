import { NumberWithGrad, type Numeric, operators } from 'tsgrad'

// a method of the right name is not a named one: at run time the two look alike
class Arrow {
  declare readonly [operators]: { '*': 'scale'; 'unary -': 'neg'; 'Math.max': 'max'; reflected: { 'Math.max': 'max' } }
  scale(k: number | Arrow | Turn | Late): string {
    return `scaled by ${k}`
  }
  neg(): Arrow {
    return this
  }
  max(k: number | Arrow): Arrow {
    return typeof k === 'number' ? this : k
  }
}
class Turn {
  scale(k: unknown): string {
    return `no operator on ${k}`
  }
}
class Late {
  declare readonly [operators]: { reflected: { '*': 'after' } }
  after(left: Arrow | Turn): string {
    return `after ${left}`
  }
}
class Other {
  declare readonly [operators]: { 'Math.max': 'most'; reflected: { 'Math.max': 'rmost' } }
  readonly k = 1
  most(o: Other | number): Other {
    return typeof o === 'number' ? this : o
  }
  rmost(_: Arrow | Other | number): Other {
    return this
  }
}
declare const either: Arrow | Turn
declare const late: Late
declare const v: Arrow
declare const other: Other
declare const a: NumberWithGrad
declare const numeric: Numeric
export const product = either * late
//                     ^^^^^^ TS92020 `*` calls 'scale' at run time, which Arrow names for it; Turn has a method of that name without naming it. Narrow the operand to one class, for example by `instanceof`.
export const narrowed = either instanceof Arrow ? either * late : either * late
export const sign = -either
//                   ^^^^^^ TS92002 `unary -` cannot take operands of type 'Arrow | Turn'.
export const turned = -(v as Arrow | Late)
//                    ^ TS92001 `unary -` is not defined for Arrow | Late. Arrow names * unary -. Late names none of this kind, reflected *.

// two classes with methods of different names
export const larger = Math.max(v, other)
export const largest = Math.max(1, v, other)
//                     ^^^^^^^^ TS92021 `Math.max` of these operands calls different methods. Nest the calls: `Math.max(Math.max(1, v), other)`.
export const nested = Math.max(Math.max(1, v), other)
export const turns = Math.max(a, v)
//                               ^ TS2345 Argument of type 'Arrow' is not assignable to parameter of type 'Numeric'.
export const mixed = Math.max(1, a, v)
//                                  ^ TS92002 `Math.max` cannot take operands of type 'NumberWithGrad' and 'Arrow'.

// all parts of the left leave the operator to the right one
class Complex {
  declare readonly [operators]: { '*': 'mul'; reflected: { '*': 'mul' } }
  constructor(readonly re: Numeric) {}
  mul(o: Complex | Numeric): Complex {
    return new Complex(o instanceof Complex ? this.re * o.re : this.re * o)
  }
}
declare const z: Complex
export const scaled = [numeric * z, a * z, 2 * z, z * numeric]
export const unsure = numeric * (z as Complex | number)
//                              ^^^^^^^^^^^^^^^^^^^^^^^ TS92002 `*` cannot take operands of type 'Numeric' and 'number | Complex'.
