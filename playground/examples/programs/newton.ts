// Newton's method: a step is the slope divided by the
// curvature, which is the gradient of the gradient.
import { grad, type NumberWithGrad } from 'tsgrad'
import { input, plot } from 'playground'

const f = (x: NumberWithGrad) => x ** 4 - 2 * x ** 2
const slope = grad(f)
const curvature = grad((x: NumberWithGrad) => slope(x))

const start = input('start', 1.9, { min: 0.65, max: 2 })
let x = start.num
const visited = [x]
for (let step = 1; step <= 6; step++) {
  x -= slope(x) / curvature(x)
  visited.push(x)
  console.log(`step ${step}: x = ${x}`)
}

// each step follows the slope's tangent down to zero
plot({ slope }, {
  title: 'the slope, and its tangents',
  x: [-1.2, 2.1],
  y: [-4, 24],
  at: visited.slice(0, 3),
  derivative: false,
})
plot(f, { title: 'the function', x: [-2, 2], y: [-2, 6], at: x })
