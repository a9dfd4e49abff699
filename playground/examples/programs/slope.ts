// A function, its derivative, and its tangent at x.
import type { NumberWithGrad } from 'tsgrad'
import { input, plot } from 'playground'

const f = (x: NumberWithGrad) =>
  Math.sin(x) * x + Math.exp(-(x ** 2))

const x = input('x', 3.2, { min: -6, max: 6 })
const y = f(x)
y.backward()

plot(f, { x: [-6, 6], at: x })
console.log('f(x)  =', y.num)
console.log('f′(x) =', x.grad)
