import { NumberWithGrad, type Numeric } from 'tsgrad'

declare const box: { a: NumberWithGrad }
let a = new NumberWithGrad(3)
let half = 0.5
half /= 2
const b = 1 - a * 4 + half * 2
a += Math.tanh(b)
const old = a++
const text = 'loss ' + b
const square = (x: Numeric) => x * x
box.a *= 2
const mask = a & 1
export { mask, old, square, text }
