// A line through points of which one is wild: the posterior's maximum ignores it, which least squares cannot.
// Each point is measured well (noise 0.1) or is wild (noise 10); logSumExp adds both cases in the log-density.
import { grad, logSumExp, NumberWithGrad, softmax, sum } from 'tsgrad'

const points = [
  { x: 1, y: 2.1 },
  { x: 2, y: 3.9 },
  { x: 3, y: 6.05 },
  { x: 4, y: 20 },
  { x: 5, y: 9.95 },
]

const logNormal = (error: NumberWithGrad, deviation: number) =>
  -0.5 * (error / deviation) ** 2 - Math.log(deviation * Math.sqrt(2 * Math.PI))
const cases = (error: NumberWithGrad) => [Math.log(0.9) + logNormal(error, 0.1), Math.log(0.1) + logNormal(error, 10)]
const logPosterior = (slope: NumberWithGrad) =>
  logNormal(slope, 10) + sum(points.map(({ x, y }) => logSumExp(cases(slope * x - y))))

const score = grad(logPosterior)
const curvature = grad((slope: NumberWithGrad) => score(slope))
let slope = 2.05
for (let step = 1; step <= 4; step++) {
  slope -= score(slope) / curvature(slope)
  console.log(`step ${step}: slope ${slope.toFixed(6)}, deviation ${Math.sqrt(-1 / curvature(slope)).toFixed(4)}`)
}
const leastSquares = sum(points.map(({ x, y }) => x * y)) / sum(points.map(({ x }) => x * x))
console.log(`least squares: slope ${leastSquares.toFixed(6)}`)
for (const { x, y } of points) {
  const [, wild] = softmax(cases(new NumberWithGrad(slope * x - y)))
  console.log(`(${x}, ${y}) is wild with probability ${wild!.num.toFixed(3)}`)
}
