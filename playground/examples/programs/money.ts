// Operators for a library: decimal.js counts in tenths, as people do.
import { Decimal } from 'decimal.js'
import 'tsgrad/interop/decimal.js'

const price = new Decimal('19.99')
const rate = new Decimal('0.19')

const tax = (price * rate).toDecimalPlaces(2)
const total = (price + tax) * 3

console.log('three pieces, with tax:', total.toFixed(2))
console.log('dearer than 71?', total > 71)

// The same without decimals: binary numbers are near, not equal.
console.log(0.1 + 0.2, 'and', String(new Decimal('0.1') + new Decimal('0.2')))
