// A network with two hidden layers of 16 learns which of two interleaved half moons a point lies on.
import { NumberWithGrad, type Numeric } from 'tsgrad'

let state = 1
function random(): number {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}
const points = Array.from({ length: 100 }, (_, i) => {
  const angle = Math.PI * random()
  const point = { x: Math.cos(angle) + 0.2 * random(), y: Math.sin(angle) + 0.2 * random(), label: 1 }
  return i % 2 === 0 ? point : { x: 1 - point.x, y: 0.5 - point.y, label: -1 }
})

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make)
const weight = (scale: number) => new NumberWithGrad((2 * random() - 1) * scale)
const neuron = (size: number) => ({ weights: times(size, () => weight(size ** -0.5)), bias: weight(0) })
const network = [times(16, () => neuron(2)), times(16, () => neuron(16)), [neuron(16)]]
const parameters = network.flat().flatMap(({ weights, bias }) => [...weights, bias])

function predict(x: number, y: number): NumberWithGrad {
  let values: Numeric[] = [x, y]
  for (const neurons of network)
    values = neurons.map(({ weights, bias }) => Math.tanh(weights.reduce((sum, w, i) => sum + w * values[i]!, bias)))
  return values[0] as NumberWithGrad
}

for (let epoch = 1; epoch <= 80; epoch++) {
  const losses = points.map(({ x, y, label }) => {
    const loss = (predict(x, y) - label) ** 2
    for (const parameter of parameters) parameter.clearGrad()
    loss.backward()
    for (const parameter of parameters) parameter.num -= 0.03 * parameter.grad!
    return loss.num
  })
  const mean = losses.reduce((sum, loss) => sum + loss) / points.length
  const right = losses.filter(loss => loss < 1).length
  if (epoch % 10 === 0) console.log(`epoch ${epoch}: loss ${mean.toFixed(3)}, accuracy ${right} %`)
}
