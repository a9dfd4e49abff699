// A damped wave is fitted to measured points:
// four numbers walk downhill on the squared error.
import { adam, type AdamState, zeroGrad } from 'tsgrad'
import { mean, NumberWithGrad, type Numeric } from 'tsgrad'
import { frame, plot, series } from 'playground'

const measured = [
  2.05, 1.31, 0.1, -0.87, -1.24, -0.96, -0.25, 0.42,
  0.79, 0.66, 0.27, -0.18, -0.41, -0.46, -0.21, 0.06,
]
const points = measured.map((y, i) => ({ x: 0.4 * i, y }))

const height = new NumberWithGrad(1)
const damping = new NumberWithGrad(0.1)
const speed = new NumberWithGrad(1.6)
const phase = new NumberWithGrad(0)
const parameters = [height, damping, speed, phase]

const wave = (x: Numeric): NumberWithGrad =>
  height * Math.exp(-damping * x) * Math.cos(speed * x + phase)

const view = { x: [0, 6.4], y: [-2, 2.4] } as const
let memory: AdamState | undefined
for (let step = 0; step <= 160; step++) {
  const errors = points.map(({ x, y }) => wave(x) - y)
  const loss = mean(errors.map(error => error ** 2))
  zeroGrad(parameters)
  loss.backward()
  plot({ wave }, { ...view, title: 'the wave', points })
  memory = adam(parameters, memory, { rate: 0.05 })
  await frame()
}
console.log('height ', height.num)
console.log('damping', damping.num)
console.log('speed  ', speed.num)
console.log('phase  ', phase.num)
