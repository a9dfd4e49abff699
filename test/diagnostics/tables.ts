import { operators } from 'tsgrad'

export class Money {
  declare readonly [operators]: {
    '+': 'plus'
    '-': 'minus'
    //   ^^^^^^^ TS92004 The operator table gives `-` the method 'minus', which does not exist in Money.
    '*': 'cents'
    //   ^^^^^^^ TS92004 The operator table gives `*` the method 'cents', which is not a method in Money.
    reflected: { '*': 'times' }
    //                ^^^^^^^ TS92004 The operator table gives `*` the method 'times', which does not exist in Money.
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
  //                                       ^^^^^^^^ TS92004 The operator table gives `unary -` the method 'negate', which does not exist in Length.
  add(other: Length): Length
}

export class Turn {
  declare readonly [operators]: {
    '+': 'add'
    '+=': 'add'
//  ^^^^ TS92008 The operator table has an entry `+=`, which is not an operator. Operators are + - * / % ** & | ^ << >> >>> < > <= >= unary - unary + ~ and Math.<name>.
    reflected: { 'unary -': 'add' }
    //           ^^^^^^^^^ TS92008 The operator table under `reflected` has an entry `unary -`, which is not an operator. Operators are + - * / % ** & | ^ << >> >>> < > <= >= and Math.<name>.
  }
  add(other: Turn): Turn {
    return other
  }
}
