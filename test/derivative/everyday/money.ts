/** Money: prices, rates, portfolios. */

export interface Option {
  spot: number
  strike: number
  years: number
  rate: number
  volatility: number
}
interface CashFlow {
  readonly amount: number
  readonly year: number
}
export type Bond = { face: number; coupon: number }
const years = 3

const cumulative = (x: number): number => {
  // Abramowitz & Stegun 26.2.17
  const sign = x < 0 ? -1 : 1
  const k = 1 / (1 + 0.2316419 * Math.abs(x))
  const weights = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  let poly = 0
  for (const w of [...weights].reverse()) poly = (poly + w) * k
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly
  return sign > 0 ? 1 - tail : tail
}

export function blackScholes({ spot, strike, years, rate, volatility }: Option): number {
  const sd = volatility * Math.sqrt(years)
  const d1 = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / sd
  const [n1, n2] = [d1, d1 - sd].map(cumulative) as [number, number]
  return spot * n1 - strike * Math.exp(-rate * years) * n2
}

export function presentValue(rate: number, flows: readonly CashFlow[]): number {
  return flows.map(({ amount, year }) => amount / (1 + rate) ** year).reduce((sum, each) => sum + each, 0)
}

export function bondPrice(yieldRate: number, bond: Bond): number {
  let price = 0
  let n = 1
  do {
    price += (bond.face * bond.coupon) / (1 + yieldRate) ** n
  } while (n++ < years)
  return price + bond.face / (1 + yieldRate) ** years
}

const brackets = [
  { from: 0, rate: 0.1 },
  { from: 10_000, rate: 0.25 },
  { from: 40_000, rate: 0.42 },
] as const

export function incomeTax(income: number): number {
  let tax = 0
  for (let i = 0; i < brackets.length; i++) {
    const { from, rate } = brackets[i]!
    const to = brackets[i + 1]?.from ?? Number.POSITIVE_INFINITY
    if (income <= from) break
    tax += (Math.min(income, to) - from) * rate
  }
  return tax / 1000
}

export function mortgage(principal: number, yearly: number, months: number): number {
  const monthly = yearly / 12
  const payment = (principal * monthly) / (1 - (1 + monthly) ** -months)
  let balance = principal
  let interest = 0
  for (let m = 0; m < 6; m++) {
    const due = balance * monthly
    interest += due
    balance -= payment - due
  }
  return interest + 0.01 * balance
}

export function sharpe(weights: number[], means: number[], covariance: number[][]): number {
  const total = weights.reduce((a, b) => a + b)
  const w = weights.map(each => each / total)
  const mean = w.reduce((sum, each, i) => sum + each * means[i]!, 0)
  let variance = 0
  w.forEach((a, i) => {
    w.forEach((b, j) => {
      variance += a * b * covariance[i]![j]!
    })
  })
  return mean / Math.sqrt(variance)
}

export function binomialTree(spot: number, up: number, rate: number): number {
  const steps = 4
  const down = 1 / up
  const p = (Math.exp(rate / steps) - down) / (up - down)
  let values = Array.from({ length: steps + 1 }, (_, i) => Math.max(spot * up ** i * down ** (steps - i) - 100, 0))
  while (values.length > 1) {
    const next: number[] = []
    for (let i = 0; i + 1 < values.length; i++)
      next.push(Math.exp(-rate / steps) * (p * values[i + 1]! + (1 - p) * values[i]!))
    values = next
  }
  return values[0]!
}

export function drawdown(prices: number[]): number {
  let peak = -Infinity
  let worst = 0
  for (const p of prices) {
    peak = Math.max(peak, p)
    worst = Math.max(worst, (peak - p) / peak)
  }
  return worst
}

export function irr(flows: number[]): number {
  let r = 0.1
  for (let i = 0; i < 12; i++) {
    let [value, slope] = [0, 0]
    for (const [t, c] of flows.entries()) {
      value += c / (1 + r) ** t
      slope -= (t * c) / (1 + r) ** (t + 1)
    }
    const step = value / slope
    r -= step
    if (Math.abs(step) < 1e-14) break
  }
  return r
}

export function annuity(
  rate: number,
  { payment = 100, years = 10 }: { payment?: number; years?: number } = {},
): number {
  return rate === 0 ? payment * years : (payment * (1 - (1 + rate) ** -years)) / rate
}

const fee = (kind: 'flat' | 'share', amount: number) => {
  switch (kind) {
    case 'flat':
      return 3
    case 'share': {
      const share = amount * 0.02
      return share > 10 ? 10 : share
    }
  }
}
export function netOfFees(amount: number): number {
  return amount - fee('flat', amount) - fee('share', amount)
}

export function ewma(returns: number[], lambda: number): number {
  return Math.sqrt(returns.slice(1).reduce((v, r) => lambda * v + (1 - lambda) * r * r, returns[0]! ** 2))
}

export function kelly(odds: number[], p: number[]): number {
  let growth = 0
  for (let i = 0; i < odds.length; ++i) {
    const [b, q] = [odds[i]!, 1 - p[i]!]
    const f = (b * p[i]! - q) / b
    if (!(f > 0)) continue
    growth += p[i]! * Math.log1p(f * b) + q * Math.log1p(-f)
  }
  return growth
}

export const points: Record<string, unknown[]> = {
  blackScholes: [{ spot: 100, strike: 95, years: 0.5, rate: 0.03, volatility: 0.25 }],
  presentValue: [
    0.05,
    [
      { amount: 10, year: 1 },
      { amount: 110, year: 2 },
    ],
  ],
  bondPrice: [0.04, { face: 100, coupon: 0.05 }],
  incomeTax: [52_000],
  mortgage: [1000, 0.06, 120],
  sharpe: [
    [0.3, 0.5, 0.4],
    [0.05, 0.07, 0.04],
    [
      [0.04, 0.01, 0],
      [0.01, 0.09, 0.02],
      [0, 0.02, 0.05],
    ],
  ],
  binomialTree: [101, 1.1, 0.05],
  drawdown: [[100, 120, 90, 110, 80, 130]],
  irr: [[-100, 30, 50, 60]],
  annuity: [0.05, { payment: 120, years: 5 }],
  netOfFees: [200],
  ewma: [[0.01, -0.02, 0.015, 0.03], 0.94],
  kelly: [
    [1.5, 0.4, 3],
    [0.6, 0.3, 0.4],
  ],
}
