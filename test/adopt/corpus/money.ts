/** Sums of money in cents, in the style of a library for decimals. */
import { operators } from 'tsgrad'

export class Money {
  declare readonly [operators]: {
    '+': 'plus'
    '-': 'minus'
    '*': 'times'
    '/': 'div'
    '%': 'mod'
    '<': 'lt'
    '<=': 'lte'
    '>': 'gt'
    '>=': 'gte'
    'unary -': 'neg'
    'Math.abs': 'abs'
    'Math.round': 'round'
    'Math.max': 'max'
    reflected: { '*': 'times'; '-': 'subtractFrom' }
  }
  readonly #cents: number

  constructor(cents: number) {
    this.#cents = cents
  }

  static of(value: Money | number): Money {
    return value instanceof Money ? value : new Money(value * 100)
  }

  plus(other: Money | number): Money {
    return new Money(this.#cents + Money.of(other).#cents)
  }

  minus(other: Money | number): Money {
    return this.plus(Money.of(other).neg())
  }

  subtractFrom(other: number): Money {
    return Money.of(other).minus(this)
  }

  times(factor: number): Money {
    return new Money(this.#cents * factor)
  }

  div(divisor: number): Money {
    return this.times(1 / divisor)
  }

  mod(unit: Money): Money {
    return new Money(this.#cents % unit.#cents)
  }

  neg(): Money {
    return this.times(-1)
  }

  abs(): Money {
    return this.lt(0) ? this.neg() : this
  }

  round(): Money {
    return new Money(Math.round(this.#cents))
  }

  max(...others: Money[]): Money {
    return others.reduce((u, v) => (u.gte(v) ? u : v), this as Money)
  }

  lt(other: Money | number): boolean {
    return this.#cents < Money.of(other).#cents
  }

  lte(other: Money | number): boolean {
    return !this.gt(other)
  }

  gt(other: Money | number): boolean {
    return Money.of(other).lt(this)
  }

  gte(other: Money | number): boolean {
    return !this.lt(other)
  }

  toString(): string {
    return (this.#cents / 100).toFixed(2)
  }
}

interface Line {
  readonly price: Money
  readonly count: number
  readonly discount?: number
}

const taxRate = 0.19

export const netOf = ({ price, count, discount = 0 }: Line): Money => price.times(count).times(1 - discount).round()

export function invoice(lines: readonly Line[], shipping: Money): string {
  const net = lines.map(netOf).reduce((sum, each) => sum.plus(each), Money.of(0))
  const tax = net.plus(shipping).times(taxRate).round()
  const gross = net.plus(shipping).plus(tax)
  const free = gross.subtractFrom(500)
  return `${net} + ${tax} = ${gross.round()}, ${free.gt(0) ? `${free.abs()} left` : 'over the limit'}`
}

export function instalments(total: Money, count: number): readonly Money[] {
  const each = total.div(count).round()
  const last = total.minus(each.times(count - 1))
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : each))
}

/** Interest on interest, paid back at the end of each year. */
export function balanceAfter(years: number, loan: Money, rate: number, payment: Money): Money {
  let balance = loan
  for (let year = 0; year < years && balance.gt(0); year++) {
    balance = balance.plus(balance.times(rate)).minus(payment)
  }
  return balance.max(Money.of(0), balance.neg())
}

export const isAffordable = (price: Money, purse: Money) => !price.gt(purse) && price.minus(purse).lte(0)

export const inCoins = (sum: Money, coin: Money) => [sum.minus(sum.mod(coin)), sum.mod(coin)] as const

export class Account {
  #balance = Money.of(0)
  limit = Money.of(1000).neg()

  deposit(sum: Money): this {
    this.#balance = this.#balance.plus(sum)
    return this
  }

  withdraw(sum: Money): this {
    if (this.#balance.minus(sum).lt(this.limit)) throw new Error(`${this.#balance.minus(this.limit)} are left`)
    return this.deposit(sum.neg())
  }
}
