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
    return this + -Money.of(other)
  }

  subtractFrom(other: number): Money {
    return Money.of(other) - this
  }

  times(factor: number): Money {
    return new Money(this.#cents * factor)
  }

  div(divisor: number): Money {
    return this * (1 / divisor)
  }

  mod(unit: Money): Money {
    return new Money(this.#cents % unit.#cents)
  }

  neg(): Money {
    return this * -1
  }

  abs(): Money {
    return this < 0 ? -this : this
  }

  round(): Money {
    return new Money(Math.round(this.#cents))
  }

  max(...others: Money[]): Money {
    return others.reduce((u, v) => (u >= v ? u : v), this as Money)
  }

  lt(other: Money | number): boolean {
    return this.#cents < Money.of(other).#cents
  }

  lte(other: Money | number): boolean {
    return !(this > other)
  }

  gt(other: Money | number): boolean {
    return Money.of(other) < this
  }

  gte(other: Money | number): boolean {
    return !(this < other)
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

export const netOf = ({ price, count, discount = 0 }: Line): Money => Math.round(price * count * (1 - discount))

export function invoice(lines: readonly Line[], shipping: Money): string {
  const net = lines.map(netOf).reduce((sum, each) => sum + each, Money.of(0))
  const tax = Math.round((net + shipping) * taxRate)
  const gross = net + shipping + tax
  const free = 500 - gross
  return `${net} + ${tax} = ${Math.round(gross)}, ${free > 0 ? `${Math.abs(free)} left` : 'over the limit'}`
}

export function instalments(total: Money, count: number): readonly Money[] {
  const each = Math.round(total / count)
  const last = total - each * (count - 1)
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : each))
}

/** Interest on interest, paid back at the end of each year. */
export function balanceAfter(years: number, loan: Money, rate: number, payment: Money): Money {
  let balance = loan
  for (let year = 0; year < years && balance > 0; year++) {
    balance = balance + balance * rate - payment
  }
  return Math.max(balance, Money.of(0), -balance)
}

export const isAffordable = (price: Money, purse: Money) => !(price > purse) && price - purse <= 0

export const inCoins = (sum: Money, coin: Money) => [sum - sum % coin, sum % coin] as const

export class Account {
  #balance = Money.of(0)
  limit = -Money.of(1000)

  deposit(sum: Money): this {
    this.#balance = this.#balance + sum
    return this
  }

  withdraw(sum: Money): this {
    if (this.#balance - sum < this.limit) throw new Error(`${this.#balance - this.limit} are left`)
    return this.deposit(-sum)
  }
}
