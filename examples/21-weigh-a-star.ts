// A planet's orbit is fitted to noisy positions, through the integrator: where it started, how fast, and the mass of its star, which is 1.
import { mean, type Numeric } from 'tsgrad'
import { inverse, matMul, transpose } from 'tsgrad/linear'
import { leastSquares } from 'tsgrad/optimise'

// what was seen: an ellipse with half axis 1.5 and eccentricity 0.4, by Kepler's equation M = E - e sin E, with noise of 0.002
const [halfAxis, eccentricity, noise] = [1.5, 0.4, 0.002]
function seenAt(time: number, i: number) {
  const M = time / halfAxis ** 1.5
  let E = M
  for (let k = 0; k < 50; k++) E = M + eccentricity * Math.sin(E)
  const wobble = (n: number) => noise * Math.SQRT2 * Math.sin(37 * n * n + 11 * n)
  const x = halfAxis * (Math.cos(E) - eccentricity) + wobble(2 * i)
  const y = halfAxis * Math.sqrt(1 - eccentricity ** 2) * Math.sin(E) + wobble(2 * i + 1)
  return { time, x, y }
}
const seen = Array.from({ length: 20 }, (_, i) => seenAt(0.6 * i, i))

// position and velocity
type State = readonly Numeric[]
function change([x, y, u, v]: State, mass: Numeric): State {
  const cube = (x! ** 2 + y! ** 2) ** 1.5
  return [u!, v!, (-mass * x!) / cube, (-mass * y!) / cube]
}
const moved = (state: State, by: State, time: number) => state.map((value, i) => value + time * by[i]!)

/** A step of Runge and Kutta's method. */
function advanced(state: State, mass: Numeric, h: number): State {
  const a = change(state, mass)
  const b = change(moved(state, a, h / 2), mass)
  const c = change(moved(state, b, h / 2), mass)
  const d = change(moved(state, c, h), mass)
  return state.map((value, i) => value + (h / 6) * (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!))
}

/** Where the planet would have been seen, minus where it was. */
function residuals(at: readonly Numeric[]): Numeric[] {
  let state: State = at.slice(0, 4)
  return seen.flatMap((point, i) => {
    if (i > 0) for (let step = 0; step < 12; step++) state = advanced(state, at[4]!, 0.05)
    return [state[0]! - point.x, state[1]! - point.y]
  })
}

// a first guess: the first position, the way to the second one, and a mass that is too small
const guess = [seen[0]!.x, seen[0]!.y, (seen[1]!.x - seen[0]!.x) / 0.6, (seen[1]!.y - seen[0]!.y) / 0.6, 0.8]
const fit = leastSquares(residuals, guess)
const rms = Math.sqrt(mean(fit.residuals.map(r => r ** 2)))
console.log(`converged: ${fit.converged}, root mean square ${rms.toFixed(4)}`)

const covariance = inverse(matMul(transpose(fit.jacobian), fit.jacobian))
const [x, y, u, v, mass] = fit.x as [number, number, number, number, number]
const energy = (u ** 2 + v ** 2) / 2 - mass / Math.hypot(x, y)
const momentum = x * v - y * u
console.log(`mass ${mass.toFixed(4)} ± ${(noise * Math.sqrt(covariance[4]![4]!)).toFixed(4)}`)
console.log(`half axis ${(-mass / (2 * energy)).toFixed(3)}`)
console.log(`eccentricity ${Math.sqrt(1 + (2 * energy * momentum ** 2) / mass ** 2).toFixed(3)}`)
