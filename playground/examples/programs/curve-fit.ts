// A damped wave is fitted to measured points: four numbers walk downhill on the squared error.
import { adam, mean, NumberWithGrad, zeroGrad, type AdamState } from 'tsgrad'
import { frame, plot, series } from 'playground'

const points = [
  [0, 2.05], [0.4, 1.31], [0.8, 0.1], [1.2, -0.87], [1.6, -1.24], [2, -0.96],
  [2.4, -0.25], [2.8, 0.42], [3.2, 0.79], [3.6, 0.66], [4, 0.27], [4.4, -0.18],
  [4.8, -0.41], [5.2, -0.46], [5.6, -0.21], [6, 0.06],
].map(([x, y]) => ({ x, y }))

const height = new NumberWithGrad(1)
const damping = new NumberWithGrad(0.1)
const speed = new NumberWithGrad(1.6)
const phase = new NumberWithGrad(0)
const wave = (x: NumberWithGrad | number) =>
  height * Math.exp(-damping * x) * Math.cos(speed * x + phase)

const losses = series('mean squared error')
let memory: AdamState | undefined
for (let step = 0; step <= 200; step++) {
  const loss = mean(points.map(({ x, y }) => (wave(x) - y) ** 2))
  zeroGrad([height, damping, speed, phase])
  loss.backward()
  losses.add(loss)
  if (step % 4 === 0) plot(wave, { title: 'the wave', x: [0, 6.4], y: [-2, 2.4], derivative: false, points })
  memory = adam([height, damping, speed, phase], memory, { rate: 0.04 })
  await frame()
}
console.log(`${height.num.toFixed(2)} exp(-${damping.num.toFixed(2)} x) cos(${speed.num.toFixed(2)} x + ${phase.num.toFixed(2)})`)
