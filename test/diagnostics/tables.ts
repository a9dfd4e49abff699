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
