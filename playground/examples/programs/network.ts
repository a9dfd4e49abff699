// A network with two hidden layers learns
// on which of two moons a point lies.
import { adam, type AdamState, zeroGrad } from 'tsgrad'
import { dot, mean, NumberWithGrad, softplus } from 'tsgrad'
import type { Numeric } from 'tsgrad'
import { boundary, frame, input, series } from 'playground'

let seed = 7
function random(): number {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}

const points = Array.from({ length: 80 }, (_, i) => {
  const angle = Math.PI * random()
  const x = Math.cos(angle) + 0.25 * random()
  const y = Math.sin(angle) + 0.25 * random()
  return i % 2 === 0
    ? { x, y, label: 1 }
    : { x: 1 - x, y: 0.5 - y, label: -1 }
})

const times = <T>(count: number, make: () => T) =>
  Array.from({ length: count }, make)
const weight = (scale: number) =>
  new NumberWithGrad((2 * random() - 1) * scale)
const neuron = (size: number) => ({
  weights: times(size, () => weight(size ** -0.5)),
  bias: weight(0),
})
const first = times(8, () => neuron(2))
const second = times(8, () => neuron(8))
const last = neuron(8)
const parameters = [...first, ...second, last].flatMap(
  ({ weights, bias }) => [...weights, bias],
)

function predict(x: Numeric, y: Numeric): NumberWithGrad {
  let values = [x, y]
  for (const layer of [first, second])
    values = layer.map(({ weights, bias }) =>
      Math.tanh(dot(weights, values) + bias),
    )
  return dot(last.weights, values) + last.bias
}

const rate = input('rate', 0.05, { min: 0.005, max: 0.15 })
const picture = boundary(predict, {
  title: 'what the network sees',
  points,
})
const losses = series('loss')
let memory: AdamState | undefined

for (let step = 1; step <= 120; step++) {
  // the logistic loss of the side that a point is on
  const loss = mean(
    points.map(({ x, y, label }) =>
      softplus(-label * predict(x, y)),
    ),
  )
  zeroGrad(parameters)
  loss.backward()
  memory = adam(parameters, memory, { rate: rate.num })
  losses.add(loss)
  if (step % 3 === 0) picture.update()
  await frame()
}

const right = points.filter(
  ({ x, y, label }) => predict(x, y).num * label > 0,
)
console.log(`right about ${right.length} of ${points.length}`)
