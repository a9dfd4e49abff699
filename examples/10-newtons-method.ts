// Newton's method finds a minimum of x⁴ - 2x² in seven steps: the second derivative is the gradient of the gradient.
import { grad, type NumberWithGrad } from 'tsgrad'

const f = (x: NumberWithGrad) => x ** 4 - 2 * x ** 2
const slope = grad(f)
const curvature = grad((x: NumberWithGrad) => slope(x))

let x = 2
for (let step = 1; step <= 7; step++) {
  x -= slope(x) / curvature(x)
  console.log(`step ${step}: x = ${x}`)
}
