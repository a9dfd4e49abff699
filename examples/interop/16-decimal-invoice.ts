// The Decimal of decimal.js takes part: exact prices, taxes and shares, in the notation of plain numbers.
import { Decimal } from 'decimal.js'
import 'tsgrad/interop/decimal.js'

const lines = [
  { what: 'tea', price: new Decimal('4.35'), count: 100 },
  { what: 'cups', price: new Decimal('0.1'), count: 3 },
]

const net = lines.map(({ price, count }) => price * count).reduce((u, v) => u + v)
const rate = new Decimal('0.19')
const gross = net * (1 + rate)
console.log(`net ${net}, with tax ${gross}`)
console.log(`in plain numbers ${4.35 * 100 + 0.1 * 3}`)

// what a discount leaves, and when money has doubled
const discount = new Decimal('0.03')
console.log(`after discount ${gross * (1 - discount)}`)
let years = 0
for (let money = net; money < net * 2; money *= 1 + discount) years++
console.log(`doubled after ${years} years at 3 %`)

// fifty digits of the golden ratio
Decimal.set({ precision: 50 })
const phi = (1 + Math.sqrt(new Decimal(5))) / 2
console.log(`phi ${phi}`)
