import { operators } from 'tsgrad'

export class Money {
  declare readonly [operators]: {
    '+': 'plus'
    '-': 'minus'
    //   ^^^^^^^ TS92004 The operator table names the method 'minus' for `-`, but 'minus' does not exist in Money.
    '*': 'cents'
    //   ^^^^^^^ TS92004 The operator table names the method 'cents' for `*`, but 'cents' is not a method of Money.
    reflected: { '*': 'times' }
    //                ^^^^^^^ TS92004 The operator table names the method 'times' for `*`, but 'times' does not exist in Money.
  }
  constructor(readonly cents: number) {}
  plus(other: Money): Money {
    return new Money(this.cents + other.cents)
  }
}

// renamed, and by an interface
import { operators as ops } from 'tsgrad'

export interface Length {
  readonly [ops]: { '+': 'add'; 'unary -': 'negate' }
  //                                       ^^^^^^^^ TS92004 The operator table names the method 'negate' for `unary -`, but 'negate' does not exist in Length.
  add(other: Length): Length
}

export class Turn {
  declare readonly [operators]: {
    '+': 'add'
    '+=': 'add'
//  ^^^^ TS92008 The operator table has an entry `+=`, but `+=` is not an operator. The operators are + - * / % ** & | ^ << >> >>> < > <= >= unary - unary + ~, Math.<name>, Number.isNaN and its like.
    reflected: { 'unary -': 'add' }
    //           ^^^^^^^^^ TS92008 The operator table under `reflected` has an entry `unary -`, but `unary -` is not an operator. The operators are + - * / % ** & | ^ << >> >>> < > <= >= and Math.<name>.
  }
  add(other: Turn): Turn {
    return other
  }
}

// class expressions, the one of a mixin too
// biome-ignore lint/suspicious/noExplicitAny: TypeScript wants it of a mixin
type Made<T> = new (...parts: any[]) => T
export const Area = class<T> {
  declare readonly [operators]: { '+': 'add'; '-': 'subtract' }
  //                                               ^^^^^^^^^^ TS92004 The operator table names the method 'subtract' for `-`, but 'subtract' does not exist in Area<T>.
  constructor(readonly size: T) {}
  add(other: { readonly size: T }): T {
    return other.size
  }
}
export const sized = <Base extends Made<{ size: number }>>(base: Base) =>
  class Sized extends base {
    declare readonly [operators]: { '+': 'plus'; '*': 'times' }
    //                                                ^^^^^^^ TS92004 The operator table names the method 'times' for `*`, but 'times' does not exist in Sized.
    plus(other: { size: number }): number {
      return this.size + other.size
    }
  }
export const Still = class {
  static readonly [operators] = { '+': 'plus', '-': 'minus' } as const
  //                                                ^^^^^^^ TS92004 The operator table names the method 'minus' for `-`, but 'minus' does not exist in typeof Still.
  static plus(other: number): number {
    return other
  }
}
