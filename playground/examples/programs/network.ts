// A network with two hidden layers learns on which of two moons a point lies.
import { adam, dot, mean, NumberWithGrad, softplus, zeroGrad, type AdamState, type Numeric } from 'tsgrad'
import { boundary, frame, input, series } from 'playground'

let seed = 7
function random(): number {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}

const points = Array.from({ length: 80 }, (_, i) => {
  const angle = Math.PI * random()
  const [x, y] = [Math.cos(angle) + 0.25 * random(), Math.sin(angle) + 0.25 * random()]
  return i % 2 === 0 ? { x, y, label: 1 } : { x: 1 - x, y: 0.5 - y, label: -1 }
})

const weight = (scale: number) => new NumberWithGrad((2 * random() - 1) * scale)
const layer = (inputs: number, outputs: number) =>
  Array.from({ length: outputs }, () => ({
    weights: Array.from({ length: inputs }, () => weight(inputs ** -0.5)),
    bias: weight(0),
  }))
const network = [layer(2, 8), layer(8, 8), layer(8, 1)]
const parameters = network.flat().flatMap(({ weights, bias }) => [...weights, bias])

function predict(x: Numeric, y: Numeric): Numeric {
  const [first, second, [last]] = network
  let values = [x, y]
  for (const neurons of [first, second])
    values = neurons.map(({ weights, bias }) => Math.tanh(dot(weights, values) + bias))
  return dot(last.weights, values) + last.bias
}

const rate = input('rate', 0.05, { min: 0.005, max: 0.15 })
const picture = boundary(predict, { title: 'what the network sees', points })
const losses = series('loss')
let memory: AdamState | undefined
for (let step = 1; step <= 120; step++) {
  // the logistic loss: log(1 + exp(-z)) of the side that a point is on
  const loss = mean(points.map(({ x, y, label }) => softplus(-label * predict(x, y))))
  zeroGrad(parameters)
  loss.backward()
  memory = adam(parameters, memory, { rate: rate.num })
  losses.add(loss)
  if (step % 3 === 0) picture.update()
  await frame()
}
const right = points.filter(({ x, y, label }) => predict(x, y) * label > 0).length
console.log(`right about ${right} of ${points.length} points`)
