// Gradient descent fits a line to five points: slope and intercept walk downhill on the mean squared error.
import { NumberWithGrad } from 'tsgrad'

const points = [
  { x: 0, y: 1.1 },
  { x: 1, y: 2.9 },
  { x: 2, y: 5.2 },
  { x: 3, y: 6.8 },
  { x: 4, y: 9.1 },
]
const slope = new NumberWithGrad(0)
const intercept = new NumberWithGrad(0)

for (let step = 0; step <= 400; step++) {
  const squares = points.map(({ x, y }) => (slope * x + intercept - y) ** 2)
  const loss = squares.reduce((sum, square) => sum + square) / points.length
  if (step % 100 === 0) {
    const line = `y = ${slope.num.toFixed(3)} x + ${intercept.num.toFixed(3)}`
    console.log(`step ${step}: ${line}, loss ${loss.num.toFixed(4)}`)
  }
  loss.backward()
  for (const parameter of [slope, intercept]) {
    parameter.num -= 0.05 * parameter.grad!
    parameter.clearGrad()
  }
}
