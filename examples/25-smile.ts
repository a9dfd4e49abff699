// A smile of volatilities is fitted to prices of options, and asked where it would give something for nothing, by its derivatives.
// The smile is Axel Vogt's, in Gatheral & Jacquier, "Arbitrage-free SVI volatility surfaces", 2014: its density is negative near 0.8.
import { grad, type NumberWithGrad, type Numeric } from 'tsgrad'
import { leastSquares } from 'tsgrad/optimise'
import { normalDistribution } from 'tsgrad/special'

interface Smile<T> {
  readonly a: T
  readonly b: T
  readonly rho: T
  readonly m: T
  readonly s: T
}
const vogt = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, s: 0.4153 }

/** Variance until the option ends in a year, by k, the logarithm of strike over forward price. */
const variance = ({ a, b, rho, m, s }: Smile<Numeric>, k: Numeric) => a + b * (rho * (k - m) + Math.hypot(k - m, s))

/** Black's price of an option that is out of the money: a put below the forward price of 1, a call above. */
function price(smile: Smile<Numeric>, k: number): Numeric {
  const deviation = Math.sqrt(variance(smile, k))
  const d = -k / deviation + deviation / 2
  const [far, near] = [normalDistribution(d), normalDistribution(d - deviation)]
  return k < 0 ? Math.exp(k) * (1 - near) - (1 - far) : far - Math.exp(k) * near
}

const numberOf = (x: Numeric) => (typeof x === 'number' ? x : x.num)

// quotes, as a market would print them
const strikes = Array.from({ length: 25 }, (_, i) => -1.2 + 0.1 * i)
const quotes = strikes.map(k => Number(numberOf(price(vogt, k)).toFixed(7)))

const residuals = (smile: Smile<NumberWithGrad>) => strikes.map((k, i) => 1e4 * (price(smile, k) - quotes[i]!))
const start = { a: 0.01, b: 0.1, rho: 0, m: 0, s: 0.3 }
const { x, iterations, converged } = leastSquares(residuals, start)
const shown = Object.entries(x).map(([name, value]) => `${name} ${value.toFixed(3)}`)
console.log(`${shown.join(', ')}, converged: ${converged}, in at most 50 steps: ${iterations <= 50}`)

/** The sign of the density of prices in a year: where it is negative, a butterfly of three options costs less than nothing. */
function sign(k: number): number {
  const slope = grad((k: Numeric) => variance(x, k))
  const [w, first, second] = [numberOf(variance(x, k)), slope(k), grad((k: NumberWithGrad) => slope(k))(k)]
  return (1 - (k * first) / (2 * w)) ** 2 - (first ** 2 / 4) * (1 / w + 1 / 4) + second / 2
}
const grid = Array.from({ length: 301 }, (_, i) => -1.5 + 0.01 * i)
const negative = grid.filter(k => sign(k) < 0)
const lowest = grid.reduce((low, k) => (sign(k) < sign(low) ? k : low))
console.log(`negative from ${Math.min(...negative).toFixed(2)} to ${Math.max(...negative).toFixed(2)}`)
console.log(`lowest at ${lowest.toFixed(2)}: ${sign(lowest).toFixed(4)}`)
