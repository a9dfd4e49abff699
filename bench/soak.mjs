// 100,000 training steps of a small model: the heap must stay flat. `node --expose-gc bench/soak.mjs [steps]` after a build.
// Half of the steps take valueAndGrad, half backward() on nodes that the collector takes; each is watched by itself.

import { NumberWithGrad, valueAndGrad } from '../dist/runtime/index.js'

const steps = Number(process.argv[2] ?? 100_000)
const points = Array.from({ length: 8 }, (_, i) => [i / 4 - 1, Math.sin(i)])

/** A network 1-4-1 with tanh; 13 parameters. */
function loss(p) {
  let sum = null
  for (const [x, y] of points) {
    let output = p[12]
    for (let j = 0; j < 4; j++)
      output = output.add(
        p[j]
          .mul(x)
          .add(p[4 + j])
          .tanh()
          .mul(p[8 + j]),
      )
    const error = output.sub(y)
    sum = sum === null ? error.mul(error) : sum.add(error.mul(error))
  }
  return sum
}

const start = () => Array.from({ length: 13 }, (_, i) => Math.sin(i + 1))
const valueAndGradient = valueAndGrad(loss)

const ways = {
  valueAndGrad: parameters => {
    const [value, gradient] = valueAndGradient(parameters)
    for (let i = 0; i < parameters.length; i++) parameters[i] -= 0.01 * gradient[i]
    return value
  },
  backward: parameters => {
    const leaves = parameters.map(x => new NumberWithGrad(x))
    const y = loss(leaves)
    y.backward()
    for (let i = 0; i < parameters.length; i++) parameters[i] -= 0.01 * leaves[i].grad
    return y.num
  },
}

function heap() {
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

if (!globalThis.gc) throw new Error('start it with node --expose-gc')
for (const [name, step] of Object.entries(ways)) {
  const parameters = start()
  const sizes = []
  let value = 0
  const began = performance.now()
  for (let i = 0; i < steps; i++) {
    value = step(parameters)
    if (i % (steps / 10) === steps / 10 - 1) sizes.push(heap())
  }
  const grown = sizes.at(-1) - sizes[1]
  console.log(
    `${name}: ${steps} steps in ${((performance.now() - began) / 1000).toFixed(1)} s, loss ${value.toFixed(4)}, heap in MB: ` +
      `${sizes.map(size => (size / 1e6).toFixed(2)).join(' ')}; from the second tenth on it grew by ${grown} bytes`,
  )
  if (grown > 100_000) process.exitCode = 1
}
