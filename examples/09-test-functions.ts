// Rosenbrock's valley and the function of Goldstein and Price: values and gradients, and Newton's way along the valley.
import { grad, hessian, type NumberWithGrad, valueAndGrad } from 'tsgrad'

const rosenbrock = (x: NumberWithGrad, y: NumberWithGrad) => 100 * (y - x ** 2) ** 2 + (x - 1) ** 2
const goldsteinPrice = (x: NumberWithGrad, y: NumberWithGrad) =>
  (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x ** 2 - 14 * y + 6 * x * y + 3 * y ** 2)) *
  (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x ** 2 + 48 * y - 36 * x * y + 27 * y ** 2))

console.log('Rosenbrock at (0, 2):', JSON.stringify(valueAndGrad(rosenbrock)(0, 2)))
console.log('Goldstein-Price at (1, 1):', JSON.stringify(valueAndGrad(goldsteinPrice)(1, 1)))
console.log('Goldstein-Price at its minimum (0, -1):', JSON.stringify(valueAndGrad(goldsteinPrice)(0, -1)))

// Gradient descent takes thousands of steps along the valley; second derivatives know its bends.
const slope = grad(rosenbrock)
const curvature = hessian(([x, y]) => rosenbrock(x!, y!))
let [x, y] = [0, 2]
for (let step = 1; step <= 5; step++) {
  const [dx, dy] = slope(x, y)
  const [[a, b], [, d]] = curvature([x, y]) as [[number, number], [number, number]]
  const determinant = a * d - b * b
  x -= (d * dx - b * dy) / determinant
  y -= (a * dy - b * dx) / determinant
  console.log(`step ${step}: (${x.toFixed(6)}, ${y.toFixed(6)})`)
}
