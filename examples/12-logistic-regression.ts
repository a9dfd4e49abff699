// Logistic regression: twenty students, the hours they studied, and who passed. The maximum is known: -4.0777 + 1.5046 hours.
import { grad, hessian, logSigmoid, type NumberWithGrad, sigmoid, sum } from 'tsgrad'

const hours = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5]
const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]

// log p of each outcome: logSigmoid keeps its digits where log(sigmoid(z)) would become -Infinity
function logLikelihood([intercept, slope]: readonly NumberWithGrad[]): NumberWithGrad {
  return sum(
    hours.map((x, i) => {
      const z = intercept! + slope! * x
      return logSigmoid(passed[i] ? z : -z)
    }),
  )
}

const gradient = grad(logLikelihood)
const curvature = hessian(logLikelihood)
let [intercept, slope] = [0, 0]
for (let step = 1; step <= 6; step++) {
  const [u, v] = gradient([intercept, slope]) as [number, number]
  const [[a, b], [, d]] = curvature([intercept, slope]) as [[number, number], [number, number]]
  intercept -= (d * u - b * v) / (a * d - b * b)
  slope -= (a * v - b * u) / (a * d - b * b)
  console.log(`step ${step}: ${intercept.toFixed(4)} + ${slope.toFixed(4)} hours`)
}
for (const x of [1, 2, 3, 4, 5])
  console.log(`${x} hours: passes with probability ${sigmoid(intercept + slope * x).toFixed(2)}`)
