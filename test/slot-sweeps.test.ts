/** Sweeps over slots give what the tracked sweeps give: jvp, jacobian, hvp and hessian of random programs. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tape } from '../runtime/engine/tape.ts'
import {
  detach,
  dot,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  logSumExp,
  mean,
  NumberWithGrad,
  type Numeric,
  norm,
  prod,
  softmax,
  sum,
} from '../runtime/index.ts'
import { hasPartialTangents } from '../runtime/sweep/curvature.ts'
import { recorded } from '../runtime/verbs/verbs.ts'
import { edgyProgram, ordinaryProgram, type RandomProgram, valuesOf } from './random-programs.ts'

const runs = Number(process.env.PROGRAMS ?? 300)
const seed = Number(process.env.SEED ?? Date.now() % 1e6)

/**
 * Equal but for rounding. Where there is no derivative, one road may find a NaN where another finds a pole, and NaN at another of
 * two symmetric places.
 */
function isSame(actual: number, expected: number): boolean {
  if (!Number.isFinite(actual)) return Number.isNaN(actual) || !Number.isFinite(expected)
  return Number.isNaN(expected) || Math.abs(actual - expected) <= 1e-8 * (1 + Math.abs(expected))
}

const product = (row: readonly number[], direction: readonly number[]) =>
  row.reduce((total, each, i) => (direction[i] === 0 ? total : total + each * direction[i]!), 0)

/** Each verb on slots with what it must equal, by names. */
function roads(program: RandomProgram): [string, readonly number[], readonly number[]][] {
  const { at, outputs } = program
  const direction = program.direction.slice(0, at.length)
  const outside = detach(new NumberWithGrad(0.7))
  const last = (xs: readonly NumberWithGrad[]) => valuesOf(program, xs, outside).at(-1)!
  const some = (xs: readonly NumberWithGrad[]) => valuesOf(program, xs, outside).slice(-outputs)
  const count = some(at.map(x => new NumberWithGrad(x))).length
  const gradients = Array.from({ length: count }, (_, i) => grad((xs: NumberWithGrad[]) => some(xs)[i]!)(at))
  // on tracked numbers all sweeps are tracked
  const matrix = hessian(last)(at.map(x => new NumberWithGrad(x))).map(row =>
    row.map(each => (each as NumberWithGrad).num),
  )
  return [
    ['jacobian', jacobian(some)(at).flat(), gradients.flat()],
    ['jvp', [jvp(last)(at, direction)[1]], [product(gradients.at(-1)!, direction)]],
    ['hessian', hessian(last)(at).flat(), matrix.flat()],
    ['hvp', hvp(last)(at, direction), matrix.map(row => product(row, direction))],
  ]
}

test.each([
  ['ordinary points', ordinaryProgram],
  ['edges of domains, kinks and poles', edgyProgram],
])('at %s', (_name, arbitrary) => {
  let finite = 0
  let curved = 0
  for (const program of fc.sample(arbitrary, { numRuns: runs, seed })) {
    // where a value is NaN its derivatives are no matter of conventions, and the roads may find it in more places or in fewer
    const inputs = program.at.map(x => new NumberWithGrad(x))
    if (valuesOf(program, inputs, detach(new NumberWithGrad(0.7))).some(({ num }) => Number.isNaN(num))) continue
    const found = roads(program)
    for (const [verb, actual, expected] of found)
      expect(
        actual.length === expected.length && actual.every((each, i) => isSame(each, expected[i]!)),
        `seed ${seed}: ${verb} gives ${actual} for ${expected}: ${JSON.stringify(program)}`,
      ).toBe(true)
    const [, second] = found[2]!
    if (second.every(Number.isFinite)) finite++
    if (second.some(each => Number.isFinite(each) && each !== 0)) curved++
  }
  expect(finite).toBeGreaterThan(runs / 4)
  expect(curved).toBeGreaterThan(runs / 8)
})

test.each<[string, (xs: readonly NumberWithGrad[]) => Numeric]>([
  ['max of three', ([x, y, z]) => x!.max(y!, z!)],
  ['min of three', ([x, y, z]) => x!.min(y!, z!)],
  ['hypot of three', ([x, y, z]) => x!.hypot(y!, z!)],
  ...Object.entries({ sum, mean, prod, norm, logSumExp }).map(
    ([name, f]) => [name, f] as [string, (xs: readonly NumberWithGrad[]) => Numeric],
  ),
  ['dot', xs => dot(xs, xs)],
  ['softmax', xs => softmax(xs)[0]!],
])('second derivatives of %s are swept over slots', (_name, f) => {
  const onSlots = recorded(f as never, [[1, 2, 3]], 'hvp', (recording, result) => {
    expect(result).toBeInstanceOf(NumberWithGrad)
    return hasPartialTangents(recording.start, tape.top)
  })
  expect(onSlots).toBe(true)
})
