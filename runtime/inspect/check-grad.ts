/**
 * A check of a function's derivatives, in both modes, against differences of its values.
 * It must not know how derivatives are found.
 */

import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { jvp } from '../verbs/directional.ts'
import { numbersOf, reshape, type ShapedInput } from '../verbs/shapes.ts'
import { grad, noGrad } from '../verbs/verbs.ts'

/** What `checkGrad` may be told. */
export interface CheckOptions {
  /** The step of the differences, relative to 1 + |x|. */
  readonly eps?: number
  /** How far apart the derivatives may be, relative to 1 plus the greater one. */
  readonly tolerance?: number
  /** How many random directions are tried besides each number by itself. */
  readonly directions?: number
  /** Another seed gives other directions. */
  readonly seed?: number
}

interface Row {
  readonly at: string
  readonly reverse: number
  readonly forward: number
  readonly numeric: number
}

type OnShape = (x: never) => Numeric

const innerProduct = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/** Numbers in [-1, 1), the same for the same seed. Source: Park & Miller, "Random number generators", 1988. */
function* random(seed: number): Generator<number, never> {
  for (let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1; ; ) {
    state = (state * 48271) % 2147483647
    yield state / 1073741823.5 - 1
  }
}

function directionsOf(length: number, { directions = 3, seed = 1 }: CheckOptions): [name: string, numbers: number[]][] {
  const numbers = random(seed)
  const units = Array.from({ length }, (_, i): [string, number[]] => [
    `number ${i}`,
    Array.from({ length }, (_, k) => (i === k ? 1 : 0)),
  ])
  const others = Array.from({ length: directions }, (_, i): [string, number[]] => [
    `direction ${i}`,
    Array.from({ length }, () => numbers.next().value),
  ])
  return [...units, ...others]
}

function agree(a: number, b: number, tolerance: number): boolean {
  return a === b || Math.abs(a - b) <= tolerance * (1 + Math.max(Math.abs(a), Math.abs(b)))
}

function table(rows: readonly Row[], agrees: (row: Row) => boolean): string {
  const lines = rows.map(row => [
    agrees(row) ? ' ' : '>',
    row.at,
    ...[row.reverse, row.forward, row.numeric].map(x => x.toPrecision(9)),
  ])
  const all = [['', '', 'reverse', 'forward', 'numeric'], ...lines]
  return all
    .map(([mark, at, ...cells]) => `${mark!.padEnd(2)}${at!.padEnd(14)}${cells.map(c => c.padStart(18)).join('')}`)
    .join('\n')
}

/**
 * Compares the derivatives of `f` at `x`, by reverse and by forward mode, with central differences: by each number of `x` and
 * along random directions. Does nothing when they agree.
 *
 * Says nothing about kinks, jumps and ends of the domain, where differences mean nothing: choose `x` away from them.
 *
 * @param f as for `grad`, of one argument; it is called a few times for each number of `x`, so prefer a small `x`.
 * @throws Error when they do not agree, or one of them is NaN, with a table of all of them.
 * Source: HIPS autograd's `check_grads`; the step of 6e-6 is the cube root of 2⁻⁵², the best for central differences.
 * @example checkGrad((x: NumberWithGrad) => x.sin().mul(x), 0.7) // undefined
 */
export function checkGrad<X = NumberWithGrad>(
  f: (x: X) => Numeric,
  x: ShapedInput<X, number>,
  options: CheckOptions = {},
): void {
  const { eps = 6e-6, tolerance = 1e-6 } = options
  const at = numbersOf(x, 'checkGrad') as number[]
  const shaped = (numbers: readonly unknown[]) => reshape(x, numbers) as never
  const value = (numbers: readonly number[]) =>
    noGrad(() => {
      const y = (f as OnShape)(shaped(numbers.map(each => new NumberWithGrad(each))))
      return typeof y === 'number' ? y : y.num
    })
  const steps = at.map(each => eps * (1 + Math.abs(each)))
  const gradient = numbersOf((grad(f as OnShape) as (x: never) => unknown)(shaped(at)), 'checkGrad') as number[]
  const rows = directionsOf(at.length, options).map(([name, direction]): Row => {
    const scaled = direction.map((d, i) => (d * steps[i]!) / eps)
    const moved = (sign: number) => value(at.map((each, i) => each + sign * eps * scaled[i]!))
    const [, forward] = (jvp(f as OnShape) as (x: never, d: never) => [number, number])(shaped(at), shaped(scaled))
    const scale = name.startsWith('number') ? Math.max(...scaled) : 1
    return {
      at: name,
      reverse: innerProduct(gradient, scaled) / scale,
      forward: forward / scale,
      numeric: (moved(1) - moved(-1)) / (2 * eps) / scale,
    }
  })
  const agrees = ({ reverse, forward, numeric }: Row) =>
    agree(reverse, numeric, tolerance) && agree(forward, numeric, tolerance)
  if (rows.every(agrees)) return
  throw new Error(`checkGrad: the derivatives of f do not agree with central differences.\n${table(rows, agrees)}`)
}
