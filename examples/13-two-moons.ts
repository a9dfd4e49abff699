// A 2-16-16-1 network learns two interleaved moons with Adam; it is asked about points that it has not seen.
import { type AdamState, adam, dot, mean, NumberWithGrad, type Numeric, softplus, zeroGrad } from 'tsgrad'

let state = 7
function random(): number {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}

function moons(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const angle = Math.PI * random()
    const [x, y] = [Math.cos(angle) + 0.2 * random(), Math.sin(angle) + 0.2 * random()]
    return i % 2 === 0 ? { point: [x, y], side: 1 } : { point: [1 - x, 0.5 - y], side: -1 }
  })
}

const weight = (scale: number) => new NumberWithGrad((2 * random() - 1) * scale)
const layer = (inputs: number, outputs: number) =>
  Array.from({ length: outputs }, () => ({
    weights: Array.from({ length: inputs }, () => weight(inputs ** -0.5)),
    bias: weight(0),
  }))
const [first, second, last] = [layer(2, 16), layer(16, 16), layer(16, 1)]
const parameters = [first, second, last].flat().flatMap(({ weights, bias }) => [...weights, bias])

function predict(point: readonly number[]): NumberWithGrad {
  let values: readonly Numeric[] = point
  for (const neurons of [first, second])
    values = neurons.map(({ weights, bias }) => Math.tanh(dot(weights, values) + bias))
  return dot(last[0]!.weights, values) + last[0]!.bias
}

const [training, test] = [moons(100), moons(400)]
let memory: AdamState | undefined
for (let step = 1; step <= 100; step++) {
  // the logistic loss: log(1 + exp(-z)) of the side it is on
  const loss = mean(training.map(({ point, side }) => softplus(-side * predict(point))))
  zeroGrad(parameters)
  loss.backward()
  memory = adam(parameters, memory, { rate: 0.03 })
  if (step % 25 === 0) console.log(`step ${step}: loss ${loss.num.toFixed(3)}`)
}
const right = test.filter(({ point, side }) => predict(point).num * side > 0).length
console.log(`right about ${((100 * right) / test.length).toFixed(1)} % of 400 new points`)
