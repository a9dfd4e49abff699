// Rosenbrock's valley: it is easy to fall in, and a long way to the minimum at (1, 1).
import { NumberWithGrad, momentum, zeroGrad, type MomentumState } from 'tsgrad'
import { contours, frame, input, series } from 'playground'

const f = (x: NumberWithGrad, y: NumberWithGrad) => 20 * (y - x ** 2) ** 2 + (1 - x) ** 2

const startX = input('start x', -1.4, { min: -1.8, max: 1.8 })
const startY = input('start y', 1.6, { min: -0.8, max: 2.3 })
const rate = input('rate', 0.003, { min: 0.0005, max: 0.008 })

const map = contours(f, { title: 'the way down', x: [-2, 2], y: [-1, 2.5] })
const losses = series('height')
const place = [new NumberWithGrad(startX.num), new NumberWithGrad(startY.num)]
let memory: MomentumState | undefined

for (let step = 0; step < 300; step++) {
  const [x, y] = place
  const height = f(x, y)
  map.visit(x, y)
  losses.add(height)
  zeroGrad(place)
  height.backward()
  memory = momentum(place, memory, { rate: rate.num, momentum: 0.9 })
  await frame()
}
console.log('after 300 steps:', place.map(({ num }) => num.toFixed(3)).join(', '))
