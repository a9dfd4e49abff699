// Rosenbrock's valley: it is easy to fall in,
// and a long way to the minimum at (1, 1).
import { momentum, type MomentumState } from 'tsgrad'
import { NumberWithGrad, zeroGrad } from 'tsgrad'
import { contours, frame, input, series } from 'playground'

const f = (x: NumberWithGrad, y: NumberWithGrad) =>
  20 * (y - x ** 2) ** 2 + (1 - x) ** 2

const startX = input('start x', -1.4, { min: -1.8, max: 1.8 })
const startY = input('start y', 1.6, { min: -0.8, max: 2.3 })
const rate = input('rate', 0.003, { min: 0.001, max: 0.006 })

const map = contours(f, {
  title: 'the way down',
  x: [-2, 2],
  y: [-1, 2.5],
})
const heights = series('height')
const x = new NumberWithGrad(startX.num)
const y = new NumberWithGrad(startY.num)
let memory: MomentumState | undefined

for (let step = 0; step < 250; step++) {
  const height = f(x, y)
  map.visit(x, y)
  heights.add(height)
  zeroGrad([x, y])
  height.backward()
  memory = momentum([x, y], memory, { rate: rate.num })
  await frame()
}
console.log(`after 250 steps: (${x}, ${y})`)
