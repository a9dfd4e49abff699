// Black and Scholes's price of an option with all its Greeks, which are its derivatives, and the volatility that a price implies.
import { grad, hessian, type Numeric, valueAndGrad } from 'tsgrad'
import { normalDistribution } from 'tsgrad/special'

interface Option<T> {
  readonly spot: T
  readonly strike: T
  readonly rate: T
  readonly volatility: T
  readonly years: T
}

/** A European call. */
function call({ spot, strike, rate, volatility, years }: Option<Numeric>): Numeric {
  const deviation = volatility * Math.sqrt(years)
  const d = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / deviation
  return spot * normalDistribution(d) - strike * Math.exp(-rate * years) * normalDistribution(d - deviation)
}
/** A European put, by the parity of puts and calls. */
const put = (option: Option<Numeric>) =>
  call(option) - option.spot + option.strike * Math.exp(-option.rate * option.years)

const numberOf = (x: Numeric) => (typeof x === 'number' ? x : x.num)

// Hull, "Options, Futures, and Other Derivatives": the example of its chapter on the model
const first = { spot: 42, strike: 40, rate: 0.1, volatility: 0.2, years: 0.5 }
console.log(`call ${numberOf(call(first)).toFixed(2)}, put ${numberOf(put(first)).toFixed(2)}`)

// and that of its chapter on Greeks
const second = { spot: 49, strike: 50, rate: 0.05, volatility: 0.2, years: 20 / 52 }
const [value, slope] = valueAndGrad(call)(second)
const curvature = hessian(call)(second)
console.log(`value ${value.toFixed(2)}, delta ${slope.spot.toFixed(3)}, gamma ${curvature.spot.spot.toFixed(3)}`)
console.log(`vega ${slope.volatility.toFixed(1)}, theta ${(-slope.years).toFixed(2)}, rho ${slope.rate.toFixed(2)}`)
const { spot, volatility } = curvature
console.log(`vanna ${spot.volatility.toFixed(3)}, volga ${volatility.volatility.toFixed(3)}`)
console.log(`charm ${(-spot.years).toFixed(3)}, veta ${(-volatility.years).toFixed(2)}`)
const speed = grad((spot: Numeric) => grad((s: Numeric) => grad((s: Numeric) => call({ ...second, spot: s }))(s))(spot))
console.log(`speed ${speed(second.spot).toFixed(4)}`)

/** The volatility at which the call has a price: Newton's method, whose slope is vega. */
function implied(price: number, option: Option<number>): number {
  const priceAt = valueAndGrad((volatility: Numeric) => call({ ...option, volatility }))
  let found = option.volatility
  for (let step = 0; step < 8; step++) {
    const [now, vega] = priceAt(found)
    found -= (now - price) / vega
  }
  return found
}
const third = { spot: 21, strike: 20, rate: 0.1, volatility: 0.2, years: 0.25 }
console.log(`1.875 implies a volatility of ${(100 * implied(1.875, third)).toFixed(1)} %`)
