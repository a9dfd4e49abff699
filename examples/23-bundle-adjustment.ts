// Bundle adjustment, Gauss-Newton's steps on ADBench's small instance: cameras, points and weights, until every observation is explained.
import { dot, jacobian, type Numeric, sum } from 'tsgrad'
import { solve } from 'tsgrad/linear'

// github.com/microsoft/ADBench, ba1_n2_m10_p10: two cameras alike, ten points alike, each seen once by one camera
const camera =
  '1.797201 0.590697 -0.635786 90.859550 29.361415 28.777534 211.628116 -0.284531 -14.762924 0.058931 0.069976'
const point = [4.173048, 5.586898, 1.403869]
const feature = [-525.672849, 161.811929]

type Vector = readonly Numeric[]
const crossed = (a: Vector, b: Vector): Numeric[] =>
  [0, 1, 2].map(i => a[(i + 1) % 3]! * b[(i + 2) % 3]! - a[(i + 2) % 3]! * b[(i + 1) % 3]!)

/** Rodrigues's formula: `by` is the axis, as long as the angle. */
function rotated(by: Vector, x: Vector): Numeric[] {
  const angle = Math.sqrt(sum(by.map(r => r ** 2)))
  const axis = by.map(r => r / angle)
  const [sine, cosine, turned] = [Math.sin(angle), Math.cos(angle), crossed(axis, x)]
  const along = dot(axis, x) * (1 - cosine)
  return x.map((each, i) => each * cosine + turned[i]! * sine + axis[i]! * along)
}

/** Rotation, centre, focal length, principal point, two distortions of a camera; then a point, and the weight of its observation. */
function errors(parameters: Vector): Numeric[] {
  const [c, p, weight] = [parameters.slice(0, 11), parameters.slice(11, 14), parameters[14]!]
  const [x, y, z] = rotated(
    c.slice(0, 3),
    p.map((each, i) => each - c[3 + i]!),
  ) as [Numeric, Numeric, Numeric]
  const image = [x / z, y / z]
  const square = sum(image.map(each => each ** 2))
  const distortion = 1 + c[9]! * square + c[10]! * square ** 2
  const off = image.map((each, i) => weight * (each * distortion * c[6]! + c[7 + i]! - feature[i]!))
  return [...off, 1 - weight ** 2]
}

// where the 15 parameters of each observation are in the list of all: two cameras, ten points, ten weights
const run = (start: number, length: number) => Array.from({ length }, (_, i) => start + i)
const observed = run(0, 10).map(k => [...run(11 * (k % 2), 11), ...run(22 + 3 * k, 3), 52 + k])

const derivatives = jacobian(errors)
const errorsAt = (all: readonly number[], places: readonly number[]) => errors(places.map(k => all[k]!)) as number[]
const cost = (all: readonly number[]) => sum(observed.flatMap(places => errorsAt(all, places).map(e => e ** 2)))
const one = camera.split(' ').map(Number)
let all = [...one, ...one, ...Array.from({ length: 30 }, (_, i) => point[i % 3]!), ...observed.map(() => 0.417022)]
for (let step = 0, damping = 1e-3; step <= 10; step++) {
  if (step % 2 === 0) console.log(`step ${step}: sum of squares ${cost(all).toExponential(6)}`)
  const A = all.map((_, i) => all.map((_, j) => (i === j ? 1e-9 : 0)))
  const slope = all.map(() => 0)
  for (const places of observed) {
    const r = errorsAt(all, places)
    for (const [k, row] of derivatives(places.map(at => all[at]!)).entries())
      for (const [i, at] of places.entries()) {
        slope[at]! += row[i]! * r[k]!
        for (const [j, other] of places.entries()) A[at]![other]! += row[i]! * row[j]! * (i === j ? 1 + damping : 1)
      }
  }
  const shift = solve(A, slope)
  const next = all.map((x, i) => x - shift[i]!)
  damping *= cost(next) < cost(all) ? 0.1 : 10
  if (cost(next) < cost(all)) all = next
}
