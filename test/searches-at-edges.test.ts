/**
 * Searches on functions that break: NaN, infinities, no lower bound, flat places, noise, corners, starts at the edge. Whatever happens, a success is a point with
 * finite numbers that keeps the bounds, where the function has the value that is told, and which is what it is called.
 */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad, valueAndGrad } from '../runtime/index.ts'
import {
  leastSquares,
  leastSquaresSteps,
  minimize,
  minimizeSteps,
  type Progress,
  type Reason,
  root,
  rootSteps,
  type SearchResult,
} from '../runtime/optimise.ts'

type N = NumberWithGrad
type F = (xs: N[]) => N
const constant = (x: number) => new NumberWithGrad(x)
const squares = (xs: N[]) => xs.map(x => x.pow(2)).reduce((a, b) => a.add(b))
let noiseState = 1
const noise = () => {
  noiseState = (noiseState * 48271) % 2147483647
  return (noiseState / 2147483647 - 0.5) * 1e-3
}

interface Edge {
  readonly f: F
  readonly start: number[]
  readonly lower?: number[]
  readonly upper?: number[]
  /** The reasons that are right; any that is no success where the list is empty. */
  readonly reasons: readonly Reason[]
  readonly x?: number[]
}

const edges: Record<string, Edge> = {
  'NaN at the start': { f: ([x]) => x!.log(), start: [-1], reasons: ['not finite'] },
  'a start of NaN': { f: squares, start: [NaN, 1], reasons: ['not finite'] },
  'a start of Infinity': { f: squares, start: [Infinity, 1], reasons: ['not finite'] },
  'NaN everywhere': { f: ([x]) => x!.mul(NaN), start: [1], reasons: ['not finite'] },
  'Infinity at the start': { f: ([x]) => x!.rdiv(1), start: [0], reasons: ['not finite'] },
  'a finite value with a derivative of NaN': { f: ([x]) => x!.sub(1).pow(2).sqrt().pow(2), start: [1], reasons: [] },
  'an infinite slope at the start': { f: ([x]) => x!.sqrt(), start: [0], reasons: ['not finite'] },
  'a region of NaN beside the minimum': {
    f: ([x]) => x!.sub(x!.log()),
    start: [3],
    reasons: ['gradient', 'value'],
    x: [1],
  },
  'a region of NaN that holds the minimum': { f: ([x]) => x!.sub(2).sqrt().add(x!.pow(2)), start: [5], reasons: [] },
  'a wall of Infinity': { f: ([x]) => (x!.num > 1 ? x!.pow(2) : constant(Infinity)), start: [4], reasons: [] },
  'no lower bound: a line': { f: ([x]) => x!.neg(), start: [0], reasons: ['unbounded', 'iterations', 'stalled'] },
  'no lower bound: a logarithm to -Infinity': { f: ([x]) => x!.log(), start: [1], reasons: [] },
  'no lower bound: a cubic': { f: ([x]) => x!.pow(3), start: [-1], reasons: ['unbounded', 'stalled', 'iterations'] },
  'no lower bound, to a slope of 0': {
    f: ([x]) => x!.neg().exp(),
    start: [0],
    reasons: ['gradient', 'value', 'unbounded'],
  },
  'flat everywhere': { f: ([x]) => x!.mul(0).add(3), start: [7], reasons: ['gradient'], x: [7] },
  'flat by steps': { f: ([x]) => x!.floor(), start: [7.5], reasons: ['gradient'] },
  'a constant that depends on nothing': { f: () => constant(3), start: [7], reasons: ['gradient'], x: [7] },
  'noise on the value': {
    f: xs => squares(xs).add(noise()),
    start: [3, -2],
    reasons: ['gradient', 'value', 'stalled'],
  },
  'a corner': { f: ([x]) => x!.abs(), start: [3], reasons: ['stalled', 'gradient', 'value'] },
  'the start is the minimum': { f: squares, start: [0, 0], reasons: ['gradient'], x: [0, 0] },
  'the minimum is on a bound': { f: squares, start: [3, 4], lower: [1, 2], reasons: ['gradient'], x: [1, 2] },
  'the start is on the bound where the minimum is': {
    f: squares,
    start: [1, 2],
    lower: [1, 2],
    reasons: ['gradient'],
    x: [1, 2],
  },
  'the start is outside of the bounds': {
    f: squares,
    start: [-9, 9],
    lower: [1, 2],
    upper: [3, 4],
    reasons: ['gradient'],
    x: [1, 2],
  },
  'bounds leave one point': {
    f: squares,
    start: [0, 0],
    lower: [1, 2],
    upper: [1, 2],
    reasons: ['gradient'],
    x: [1, 2],
  },
  'NaN on the other side of a bound': {
    f: ([x]) => x!.sqrt().add(x!),
    start: [2],
    lower: [1e-3],
    reasons: ['gradient'],
    x: [1e-3],
  },
  'NaN on the bound itself': {
    f: ([x]) => x!.log().mul(x!),
    start: [2],
    lower: [0],
    reasons: ['gradient', 'value'],
    x: [Math.exp(-1)],
  },
  'units that differ by 1e12': {
    f: ([x, y]) => x!.mul(1e6).sub(1).pow(2).add(y!.mul(1e-6).sub(1).pow(2)),
    start: [0, 0],
    reasons: [],
  },
  'values of 1e300': { f: xs => squares(xs).mul(1e300), start: [1, 2], reasons: [] },
  'values of 1e-300': { f: xs => squares(xs).mul(1e-300), start: [1, 2], reasons: ['gradient', 'value'] },
  'a maximum': { f: xs => squares(xs).neg(), start: [0, 0], reasons: ['gradient'] },
}

describe.each(Object.entries(edges))('%s', (_what, { f, start, lower, upper, reasons, x }) => {
  const check = (found: ReturnType<typeof minimize<N[]>>) => {
    if (reasons.length > 0) expect(reasons).toContain(found.reason)
    expect(found.converged).toBe(['gradient', 'value', 'step'].includes(found.reason))
    for (const [i, each] of found.x.entries()) {
      if (lower) expect(each).toBeGreaterThanOrEqual(lower[i]!)
      if (upper) expect(each).toBeLessThanOrEqual(upper[i]!)
    }
    if (!found.converged) return
    expect([...found.x, found.value, found.gradient].every(Number.isFinite)).toBe(true)
    for (const [i, each] of (x ?? []).entries()) expect(found.x[i]).toBeCloseTo(each, 6)
    if (found.reason === 'gradient') expect(found.gradient).toBeLessThanOrEqual(1e-8)
    if (!_what.includes('noise')) expect(valueAndGrad(f)(found.x)[0]).toBe(found.value)
  }
  test('minimize', () => {
    check(minimize(f, start, { ...(lower && { lower }), ...(upper && { upper }) }))
  })
  test('leastSquares and root tell no success at what is not finite', () => {
    const fit = leastSquares((xs: N[]) => [f(xs)], start)
    if (fit.converged) expect([...fit.x, fit.value, fit.gradient, ...fit.residuals].every(Number.isFinite)).toBe(true)
    const found = root((xs: N[]) => xs.map((_, i) => (i === 0 ? f(xs) : xs[i]!)), start)
    if (found.converged) {
      expect(found.x.every(Number.isFinite)).toBe(true)
      expect(Math.abs(found.value)).toBeLessThanOrEqual(1e-10)
    } else expect(['value', 'gradient', 'step']).not.toContain(found.reason)
  })
})

/** The same number with a derivative times `factor`. */
const planted = (factor: number) => (x: N) => x.mul(factor).add((1 - factor) * x.num)
const smooth: Record<string, F> = {
  squares,
  'squares and 1': xs => squares(xs).add(1),
  'squares and 1e6': xs => squares(xs).add(1e6),
  "Rosenbrock's": ([x, y]) => y!.sub(x!.mul(x!)).pow(2).mul(100).add(x!.rsub(1).pow(2)),
  'sums of cosh': xs => xs.map(x => x.cosh()).reduce((a, b) => a.add(b)),
  quartics: xs => xs.map(x => x.pow(4)).reduce((a, b) => a.add(b)),
  exponentials: xs => xs.map(x => x.exp().add(x.mul(-2).exp())).reduce((a, b) => a.add(b)),
}
const starts = [
  [3, 4],
  [-1.2, 1],
  [1e-3, 50],
]
describe.each(Object.entries(smooth))('%s with a derivative that is wrong', (_name, f) => {
  test.each([-1, -0.1, 0.5, 2])('by the factor %s: no success where it is no minimum', factor => {
    const wrong = planted(factor)
    for (const start of starts)
      for (const places of [[0], [1], [0, 1]]) {
        const found = minimize((xs: N[]) => f(xs.map((x, i) => (places.includes(i) ? wrong(x) : x))), start)
        const least = minimize(f, start)
        const isMinimum = found.value <= least.value + 1e-6 * Math.max(1, Math.abs(least.value))
        expect([start, places, isMinimum || !found.converged]).toEqual([start, places, true])
        if (!isMinimum) expect(['stalled', 'iterations', 'unbounded', 'not finite']).toContain(found.reason)
      }
  })
})

describe.each<[string, (options: object) => { reason: Reason; iterations: number; converged: boolean }]>([
  [
    'minimize',
    options => minimize(([x, y]: N[]) => y!.sub(x!.pow(2)).pow(2).mul(100).add(x!.sub(1).pow(2)), [-1.2, 1], options),
  ],
  [
    'leastSquares',
    options => leastSquares(([x, y]: N[]) => [y!.sub(x!.pow(2)).mul(10), x!.sub(1)], [-1.2, 1], options),
  ],
  ['root', options => root(([x]: N[]) => [x!.sub(1).mul(x!.pow(2).add(1))], [40], options)],
])('%s', (_name, search) => {
  test('stops by its callback, and by a signal, also one that is aborted before', () => {
    expect(search({ onIteration: () => 'stop' })).toMatchObject({ reason: 'stopped', iterations: 1, converged: false })
    const controller = new AbortController()
    expect(
      search({
        signal: controller.signal,
        onIteration: ({ iteration }: { iteration: number }) => iteration === 2 && controller.abort(),
      }),
    ).toMatchObject({ reason: 'aborted', iterations: 2, converged: false })
    expect(search({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted', iterations: 0 })
  })
  test('passes on what a callback throws, and leaves nothing behind', () => {
    const thrown = new Error('enough')
    const throwing = () => {
      throw thrown
    }
    expect(() => search({ onIteration: throwing })).toThrow(thrown)
    expect(search({}).converged).toBe(true)
    // operations are recorded as before: outside of any derivative
    const w = new NumberWithGrad(3)
    w.mul(w).backward()
    expect(w.grad).toBe(6)
  })
})

test('a start without numbers is refused', () => {
  expect(() => minimize(squares, [])).toThrow('minimize: the start has no numbers')
  expect(() => leastSquares((xs: N[]) => xs, [])).toThrow('leastSquares: the start has no numbers')
  expect(() => root((xs: N[]) => xs, [])).toThrow('root: the start has no numbers')
})

describe.each<[string, () => Generator<Progress<N[]>, SearchResult<N[]>>, () => SearchResult<N[]>]>([
  ['minimize', () => minimizeSteps(squares, [3, 4]), () => minimize(squares, [3, 4])],
  ['leastSquares', () => leastSquaresSteps((xs: N[]) => xs, [3, 4]), () => leastSquares((xs: N[]) => xs, [3, 4])],
  [
    'root',
    () => rootSteps((xs: N[]) => [xs[0]!.pow(3).sub(2)], [40]),
    () => root((xs: N[]) => [xs[0]!.pow(3).sub(2)], [40]),
  ],
])('%s step by step', (_name, begin, whole) => {
  test('gives each iteration, and returns the result', () => {
    const steps = begin()
    const seen: Progress<N[]>[] = []
    let step = steps.next()
    for (; !step.done; step = steps.next()) seen.push(step.value)
    expect(step.value).toEqual(whole())
    expect(seen.map(({ iteration }) => iteration)).toEqual(seen.map((_, i) => i + 1))
    expect(seen.length).toBe(step.value.iterations)
    expect(seen.at(-1)!.x).toEqual(step.value.x)
  })
  test('can be left, and derivatives be taken between two steps', () => {
    for (const { x } of begin()) {
      expect(valueAndGrad(squares)(x)[1]).toEqual(x.map(each => 2 * each))
      break
    }
    expect(new NumberWithGrad(3).mul(2).depends_on.length).toBe(2)
  })
})

test('a signal with a time limit ends a search whose caller waits between steps', async () => {
  const endless = ([x]: N[]) => x!.neg().exp()
  const options = { signal: AbortSignal.timeout(20), gradientTolerance: 0, valueTolerance: 0, maxIterations: 1e9 }
  const steps = minimizeSteps(endless, [0], { ...options, upper: [1e9] })
  let step = steps.next()
  for (; !step.done; step = steps.next()) await new Promise(resolve => setTimeout(resolve, 5))
  expect(['aborted', 'stalled', 'gradient']).toContain(step.value.reason)
})
