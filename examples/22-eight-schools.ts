// Eight schools (Rubin, 1981), a hierarchical posterior: its mode by L-BFGS, then Hamiltonian Monte Carlo, on compiled gradients.
import { grad } from 'tsgrad'
import { minimize } from 'tsgrad/optimise'

// what coaching gained in each school, and the standard error of that
const gains = [28, 8, -3, 7, -1, 1, 18, 12]
const errors = [15, 10, 16, 11, 9, 11, 10, 18]

// gain of school j = mu + tau * eta_j; mu ~ N(0, 5), tau ~ half-Cauchy(0, 5), eta_j ~ N(0, 1); q = [mu, log tau, eta...]
function logPosterior(q: readonly number[]): number {
  const mu = q[0]!
  const tau = Math.exp(q[1]!)
  // the last term is that of the change of variables, d tau = tau d(log tau)
  let sum = -0.5 * (mu / 5) ** 2 - Math.log(1 + (tau / 5) ** 2) + q[1]!
  for (let j = 0; j < gains.length; j++) {
    const eta = q[j + 2]!
    sum -= 0.5 * ((gains[j]! - mu - tau * eta) / errors[j]!) ** 2 + 0.5 * eta ** 2
  }
  return sum
}
const force = grad(logPosterior)

let state = 20
function random(): number {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}
const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
const energy = (q: readonly number[], p: readonly number[]) => p.reduce((sum, v) => sum + 0.5 * v * v, -logPosterior(q))

/** Leapfrog: as a ball rolls, with momentum p, in the landscape of -logPosterior. */
function rolled(q: readonly number[], p: readonly number[], steps: number, h: number) {
  let [at, momentum] = [q, p.map((v, i) => v + (h / 2) * force(q)[i]!)]
  for (let step = 1; step <= steps; step++) {
    at = at.map((x, i) => x + h * momentum[i]!)
    const f = force(at)
    momentum = momentum.map((v, i) => v + (step < steps ? h : h / 2) * f[i]!)
  }
  return { at, momentum }
}

const draws = 20_000
// without the eta, which are normal and integrate away; the mode with them is far from most of the posterior
function minusLogMarginal(at: readonly number[]): number {
  const [mu, tau] = [at[0]!, Math.exp(at[1]!)]
  let sum = 0.5 * (mu / 5) ** 2 + Math.log(1 + (tau / 5) ** 2) - at[1]!
  for (let j = 0; j < gains.length; j++) {
    const variance = errors[j]! ** 2 + tau ** 2
    sum += 0.5 * Math.log(variance) + (gains[j]! - mu) ** 2 / (2 * variance)
  }
  return sum
}
const mode = minimize(minusLogMarginal, [0, 1])
console.log(`mode: mu ${mode.x[0]!.toFixed(3)}, tau ${Math.exp(mode.x[1]!).toFixed(3)}, by ${mode.reason}`)
let q: readonly number[] = [...mode.x, ...gains.map(() => 0)]
let accepted = 0
const kept: { mu: number; tau: number }[] = []
for (let draw = -500; draw < draws; draw++) {
  const p = q.map(normal)
  const { at, momentum } = rolled(q, p, 10, 0.2 + 0.2 * random())
  if (Math.log(random()) < energy(q, p) - energy(at, momentum)) {
    q = at
    if (draw >= 0) accepted++
  }
  if (draw >= 0) kept.push({ mu: q[0]!, tau: Math.exp(q[1]!) })
}

function summary(of: (draw: (typeof kept)[number]) => number): string {
  const mean = kept.reduce((sum, draw) => sum + of(draw), 0) / draws
  const variance = kept.reduce((sum, draw) => sum + (of(draw) - mean) ** 2, 0) / (draws - 1)
  return `mean ${mean.toFixed(2)}, deviation ${Math.sqrt(variance).toFixed(2)}`
}
console.log(`accepted ${Math.round((100 * accepted) / draws)} %`)
console.log(`mu: ${summary(({ mu }) => mu)}`)
console.log(`tau: ${summary(({ tau }) => tau)}`)
