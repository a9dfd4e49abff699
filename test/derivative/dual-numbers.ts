/** Dual numbers with one part for each input: the oracle of compiled derivatives. It must not know tsgrad. */

/** A value with its derivatives; a plain number has none. */
export interface Dual {
  readonly v: number
  readonly d: readonly number[] | undefined
}
export type Numberlike = number | Dual

const dual = (x: Numberlike): Dual => (typeof x === 'object' ? x : { v: x, d: undefined })

/** The chain rule; a derivative of 0 is one that did not arrive, which is right as long as all partials are finite. */
function combined(v: number, parts: readonly (readonly [Dual, number])[]): Numberlike {
  const active = parts.filter(([{ d }]) => d !== undefined)
  if (active.length === 0) return v
  const count = active[0]![0].d!.length
  const d = Array.from({ length: count }, (_, i) => active.reduce((sum, [x, p]) => sum + x.d![i]! * p, 0))
  return { v, d }
}

const one = (f: (x: number) => number, slope: (x: number) => number) => (x: Numberlike) => {
  const a = dual(x)
  return combined(f(a.v), [[a, slope(a.v)]])
}
const two =
  (f: (a: number, b: number) => number, slopes: (a: number, b: number) => [number, number]) =>
  (x: Numberlike, y: Numberlike) => {
    const [a, b] = [dual(x), dual(y)]
    const [p, q] = slopes(a.v, b.v)
    return combined(f(a.v, b.v), [
      [a, p],
      [b, q],
    ])
  }

/** The operations, by the names in random programs. */
export const operations = {
  val: (x: Numberlike) => dual(x).v,
  add: two(
    (a, b) => a + b,
    () => [1, 1],
  ),
  sub: two(
    (a, b) => a - b,
    () => [1, -1],
  ),
  mul: two(
    (a, b) => a * b,
    (a, b) => [b, a],
  ),
  div: two(
    (a, b) => a / b,
    (a, b) => [1 / b, -a / (b * b)],
  ),
  mod: two(
    (a, b) => a % b,
    (a, b) => [1, -Math.trunc(a / b)],
  ),
  neg: one(
    x => -x,
    () => -1,
  ),
  sq: one(
    x => x ** 2,
    x => 2 * x,
  ),
  cube: one(
    x => x ** 3,
    x => 3 * x * x,
  ),
  sin: one(Math.sin, Math.cos),
  tanh: one(Math.tanh, x => 1 / Math.cosh(x) ** 2),
  exp: one(Math.exp, Math.exp),
  abs: one(Math.abs, Math.sign),
  floor: one(Math.floor, () => 0),
  max: two(Math.max, (a, b) => (a === b ? [0.5, 0.5] : a > b ? [1, 0] : [0, 1])),
  min: two(Math.min, (a, b) => (a === b ? [0.5, 0.5] : a < b ? [1, 0] : [0, 1])),
}
