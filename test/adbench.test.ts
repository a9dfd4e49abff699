/**
 * The three models of ADBench's unit tests in natural math: a Gaussian mixture, bundle adjustment, an LSTM. Values and all derivatives are
 * those that the project publishes.
 *
 * Inputs and expected numbers are in adbench/, from microsoft/ADBench (MIT). Source: Srajer, Kukelova & Fitzgibbon, "A benchmark of
 * selected algorithmic differentiation tools on some problems in computer vision and machine learning", 2018.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, run, shown } from './compile.ts'

/** With `number` the derivatives are compiled, with `NumberWithGrad` they are taped. */
const textOn = (numbers: string) => `
import { jacobian, type NumberWithGrad, valueAndGrad, vjp } from 'tsgrad'

type N = ${numbers}
export type Tracked = NumberWithGrad
type Numbers = readonly number[]

const sum = (xs: readonly N[]): N => xs.reduce((a, b) => a + b)
const logSumExp = (xs: readonly N[]): N => {
  const top = xs.reduce((a, b) => Math.max(a, b))
  return Math.log(sum(xs.map(x => Math.exp(x - top)))) + top
}

export interface Mixture {
  readonly alphas: N[]
  readonly means: N[][]
  readonly icf: N[][]
}

// d diagonal entries by their logarithms, then the lower triangle by columns
export function gmm({ alphas, means, icf }: Mixture, points: readonly Numbers[], gamma: number, m: number): N {
  const d = points[0]!.length
  const diagonals = icf.map(row => row.slice(0, d).map(q => Math.exp(q)))
  const logDeterminants = icf.map(row => sum(row.slice(0, d)))
  const exponent = (x: Numbers, k: number) => {
    const centred = means[k]!.map((mean, i) => x[i]! - mean)
    const rotated = centred.map((c, i) => diagonals[k]![i]! * c)
    let at = d
    for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) rotated[j]! += icf[k]![at++]! * centred[i]!
    return alphas[k]! + logDeterminants[k]! - 0.5 * sum(rotated.map(q => q ** 2))
  }
  const fit = sum(points.map(x => logSumExp(alphas.map((_, k) => exponent(x, k)))))
  return fit - 0.5 * points.length * d * Math.log(2 * Math.PI) - points.length * logSumExp(alphas)
    + prior(diagonals, logDeterminants, icf.map(row => row.slice(d)), gamma, m)
}

// log of Wishart's density; logGamma(1.5) and logGamma(1) are all that two dimensions and m = 0 need
function prior(diagonals: N[][], logDeterminants: N[], others: N[][], gamma: number, m: number): N {
  const d = diagonals[0]!.length
  const n = d + m + 1
  if (d !== 2 || m !== 0) throw new RangeError('two dimensions, m = 0')
  const logGammas = 0.25 * d * (d - 1) * Math.log(Math.PI) + Math.log(Math.sqrt(Math.PI) / 2)
  const constant = n * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGammas
  const terms = diagonals.map((row, k) => {
    const squares = sum([...row, ...others[k]!].map(q => q * q))
    return 0.5 * gamma ** 2 * squares - m * logDeterminants[k]!
  })
  return sum(terms) - diagonals.length * constant
}

const cross = (a: readonly N[], b: readonly N[]) => [0, 1, 2].map(i => {
  const [j, k] = [(i + 1) % 3, (i + 2) % 3]
  return a[j]! * b[k]! - a[k]! * b[j]!
})

function rotated(by: readonly N[], x: readonly N[]): N[] {
  const angle = Math.sqrt(sum(by.map(r => r ** 2)))
  const axis = by.map(r => r / angle)
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const along = sum(axis.map((w, i) => w * x[i]!)) * (1 - cosine)
  const turned = cross(axis, x)
  return x.map((each, i) => each * cosine + turned[i]! * sine + axis[i]! * along)
}

/** Rotation, centre, focal length, principal point, two distortions; the weighted error of both coordinates. */
export function reprojection(camera: N[], point: N[], weight: N, feature: Numbers): N[] {
  const [x, y, z] = rotated(camera.slice(0, 3), point.map((each, i) => each - camera[3 + i]!)) as [N, N, N]
  const image = [x / z, y / z]
  const square = sum(image.map(each => each ** 2))
  const distortion = 1 + camera[9]! * square + camera[10]! * square ** 2
  return image.map((each, i) => weight * (each * distortion * camera[6]! + camera[7 + i]! - feature[i]!))
}
export const weightError = (weight: N): N => 1 - weight ** 2

const sigmoid = (x: N): N => 1 / (1 + Math.exp(-x))

export interface Network {
  readonly main: N[][]
  readonly extra: N[][]
}

export function lstm({ main, extra }: Network, start: readonly Numbers[], sequence: readonly Numbers[]): N {
  type State = readonly (N | number)[]
  const state: State[] = start.slice()
  let total: N | undefined
  for (let t = 0; t + 1 < sequence.length; t++) {
    let x: State = sequence[t]!.map((each, i) => each * extra[0]![i]!)
    for (let layer = 0; layer < state.length; layer += 2) {
      const [weight, bias, hidden, cell] = [main[layer]!, main[layer + 1]!, state[layer]!, state[layer + 1]!]
      const size = hidden.length
      const gate = (of: State, k: number) => of.map((each, i) => each * weight[k * size + i]! + bias[k * size + i]!)
      const forget = gate(x, 0).map(sigmoid)
      const into = gate(hidden, 1).map(sigmoid)
      const out = gate(x, 2).map(sigmoid)
      const change = gate(hidden, 3).map(each => Math.tanh(each))
      const next = cell.map((each, i) => each * forget[i]! + into[i]! * change[i]!)
      state[layer] = next.map((each, i) => Math.tanh(each) * out[i]!)
      state[layer + 1] = next
      x = state[layer]!
    }
    const predicted = x.map((each, i) => each * extra[1]![i]! + extra[2]![i]!)
    const shift = Math.log(2 + sum(predicted.map(each => Math.exp(each))))
    const gain = sum(predicted.map((each, i) => sequence[t + 1]![i]! * (each - shift)))
    total = total === undefined ? gain : total + gain
  }
  return -total! / ((sequence.length - 1) * sequence[0]!.length)
}

export const gmmSlope = valueAndGrad(gmm, { by: 0 })
export const lstmSlope = valueAndGrad(lstm, { by: 0 })
export const errorAt = (feature: Numbers) => vjp((c: N[], p: N[], w: N) => reprojection(c, p, w, feature))
export const errorJacobian = (feature: Numbers) => jacobian((c: N[], p: N[], w: N) => reprojection(c, p, w, feature))
export const weightSlope = valueAndGrad(weightError)
`

type Numbers = readonly number[]
interface Mixture {
  readonly alphas: number[]
  readonly means: number[][]
  readonly icf: number[][]
}
interface Network {
  readonly main: number[][]
  readonly extra: number[][]
}
interface Models {
  gmmSlope(mixture: Mixture, points: readonly Numbers[], gamma: number, m: number): [number, Mixture]
  lstmSlope(network: Network, start: readonly Numbers[], sequence: readonly Numbers[]): [number, Network]
  errorAt(feature: Numbers): (...args: [...camera: unknown[], cotangent: Numbers]) => [number[], unknown]
  errorJacobian(feature: Numbers): (c: Numbers, p: Numbers, w: number) => [c: number[], p: number[], w: number][]
  weightSlope(weight: number): [number, number]
}

const file = (name: string) => readFileSync(new URL(`adbench/${name}`, import.meta.url), 'utf8')
const rowsOf = (name: string) =>
  file(name)
    .split('\n')
    .map(line => line.trim().split(/\s+/).filter(Boolean).map(Number))
    .filter(row => row.length > 0)
const expected = JSON.parse(file('expected.json'))

const engines = ['number', 'NumberWithGrad'].map(numbers => {
  const { diagnostics, emit, lowered } = compile({ 'main.ts': textOn(numbers) })
  expect(diagnostics.map(shown)).toEqual([])
  expect(lowered().includes('differentiable(')).toBe(numbers === 'number')
  return [numbers, run(emit().get('main.js')!) as unknown as Models] as const
})

function expectClose(found: Numbers, numbers: Numbers) {
  expect(found.length).toBe(numbers.length)
  found.forEach((y, i) => {
    expect(Math.abs(y - numbers[i]!), `number ${i}: ${y} for ${numbers[i]}`).toBeLessThanOrEqual(
      1e-10 * Math.max(1, Math.abs(numbers[i]!)),
    )
  })
}

test.each(engines)('on %s: the gradient of a Gaussian mixture', (_, { gmmSlope }) => {
  const [[, k], ...rows] = rowsOf('gmm.txt') as [[number, number, number], ...number[][]]
  const mixture = {
    alphas: rows.slice(0, k).flat(),
    means: rows.slice(k, 2 * k),
    icf: rows.slice(2 * k, 3 * k),
  }
  const [points, [gamma, m]] = [rows.slice(3 * k, -1), rows.at(-1) as [number, number]]
  const [value, { alphas, means, icf }] = gmmSlope(mixture, points, gamma, m)
  expectClose([value], [expected.gmm.objective])
  expectClose([...alphas, ...means.flat(), ...icf.flat()], expected.gmm.gradient)
})

test.each(engines)('on %s: bundle adjustment, all 310 numbers of the sparse Jacobian', (_, models) => {
  type Sizes = [cameras: number, points: number, observations: number]
  const rows = rowsOf('ba.txt') as [Sizes, camera: number[], point: number[], [weight: number], feature: number[]]
  const [[, , observations], camera, point, [weight], feature] = rows // all observations are alike
  const block = models
    .errorJacobian(feature)(camera, point, weight)
    .flatMap(([c, p, w]) => [...c, ...p, w])
  const [value, derivative] = models.weightSlope(weight)
  expectClose(models.errorAt(feature)(camera, point, weight, [1, 1])[0], expected.ba.reprojectionError)
  expect(value).toBeCloseTo(expected.ba.weightError, 11) // published with twelve digits
  const all = [...Array.from({ length: observations }, () => block).flat(), ...Array(observations).fill(derivative)]
  expect(all.length).toBe(310)
  expectClose(all, expected.ba.jacobianValues)
})

test.each(engines)('on %s: the gradient of an LSTM of two layers over 1,024 characters', (_, { lstmSlope }) => {
  const [[layers], ...rows] = rowsOf('lstm.txt') as [[number, number, number], ...number[][]]
  const [main, extra] = [rows.slice(0, 2 * layers), rows.slice(2 * layers, 2 * layers + 3)]
  const [start, sequence] = [rows.slice(2 * layers + 3, 4 * layers + 3), rows.slice(4 * layers + 3)]
  const [value, gradient] = lstmSlope({ main, extra }, start, sequence)
  expect(sequence.length).toBe(1024)
  expect(value).toBeCloseTo(expected.lstm.objective, 8) // published with eight digits
  expectClose([...gradient.main.flat(), ...gradient.extra.flat()], expected.lstm.gradient)
})
