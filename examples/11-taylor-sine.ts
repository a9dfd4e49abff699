// Sine by its Taylor series, an ordinary loop, has the derivatives of Math.sin to any order: cos, -sin, -cos, sin, cos.
import { grad, type NumberWithGrad, type Numeric } from 'tsgrad'

function sine(x: NumberWithGrad): Numeric {
  let sum: Numeric = 0
  let term: Numeric = x
  for (let n = 1; n <= 25; n += 2) {
    sum += term
    term *= -(x ** 2) / ((n + 1) * (n + 2))
  }
  return sum
}

const x = Math.PI / 4
const expected = [Math.cos(x), -Math.sin(x), -Math.cos(x), Math.sin(x), Math.cos(x)]
let derivative: (x: NumberWithGrad) => Numeric = sine
for (const [order, exact] of expected.entries()) {
  const derived = grad(derivative)
  const error = Math.abs(derived(x) - exact)
  console.log(`derivative ${order + 1}: ${derived(x).toFixed(12)}, exact ${exact.toFixed(12)}, ${error < 1e-14}`)
  derivative = derived
}
