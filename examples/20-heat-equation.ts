// A physics-informed network solves the heat equation u_t = u_xx / 10; nobody tells it a value of the solution, which is known.
import { type AdamState, adam, dot, grad, mean, NumberWithGrad, type Numeric, zeroGrad } from 'tsgrad'

const diffusivity = 0.1
const solution = (x: number, t: number) => Math.exp(-diffusivity * Math.PI ** 2 * t) * Math.sin(Math.PI * x)

let state = 11
function random(): number {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}
const weights = (count: number) => Array.from({ length: count }, () => new NumberWithGrad(2 * random() - 1))
const hidden = Array.from({ length: 8 }, () => ({ weights: weights(2), bias: new NumberWithGrad(0) }))
const last = weights(8)
const parameters = [...hidden.flatMap(({ weights, bias }) => [...weights, bias]), ...last]

// right at the start, sin(π x), and at both ends, 0, whatever the network says
function u(x: Numeric, t: Numeric): NumberWithGrad {
  const values = hidden.map(({ weights: [a, b], bias }) => Math.tanh(a! * x + b! * t + bias))
  return Math.sin(Math.PI * x) + t * x * (1 - x) * dot(last, values)
}

/** What the equation leaves over: a tracked point, so that the derivatives keep the parameters. */
function residual(x: NumberWithGrad, t: NumberWithGrad): NumberWithGrad {
  const velocity = grad((t: NumberWithGrad) => u(x, t))
  const slope = grad((x: NumberWithGrad) => u(x, t))
  const curvature = grad((x: NumberWithGrad) => slope(x))
  return velocity(t) - diffusivity * curvature(x)
}

const points = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(t => ({ x, t })))
const loss = () => mean(points.map(({ x, t }) => residual(new NumberWithGrad(x), new NumberWithGrad(t)) ** 2))

let memory: AdamState | undefined
for (let step = 0; step <= 200; step++) {
  const left = loss()
  zeroGrad(parameters)
  left.backward()
  memory = adam(parameters, memory, { rate: step < 150 ? 0.1 : 0.02 })
  if (step % 50 === 0) console.log(`step ${step}: mean square left over ${left.num.toExponential(1)}`)
}

// at points that it was not asked about
const errors = [0.2, 0.4, 0.6, 0.8].flatMap(x => [0.2, 0.5, 0.8, 1].map(t => Math.abs(u(x, t).num - solution(x, t))))
console.log(`largest error ${Math.max(...errors).toFixed(4)}`)
