/** Searches for minima, fits and roots: what they find, why they end, and what they refuse. */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad, norm } from '../runtime/index.ts'
import { leastSquares, minimize, type Progress, root } from '../runtime/optimise.ts'

type N = NumberWithGrad
const rosenbrock = ([x, y]: N[]) => y!.sub(x!.pow(2)).pow(2).mul(100).add(x!.sub(1).pow(2))
const close = (found: readonly number[], expected: readonly number[], digits = 6) => {
  expect(found.length).toBe(expected.length)
  found.forEach((each, i) => {
    expect(each).toBeCloseTo(expected[i]!, digits)
  })
}

describe('minimize', () => {
  test('takes a number, an array, a Float64Array or a record, and gives the same back', () => {
    expect(minimize((x: N) => x.sub(3).pow(2), 0).x).toBeCloseTo(3, 8)
    close(minimize(rosenbrock, [-1.2, 1]).x, [1, 1])
    const typed = minimize(rosenbrock, Float64Array.of(-1.2, 1))
    expect(typed.x).toBeInstanceOf(Float64Array)
    const { x } = minimize(({ a, b }: { a: N; b: N[] }) => a.sub(1).pow(2).add(b[0]!.sub(a).pow(2)), { a: 5, b: [7] })
    close([x.a, ...x.b], [1, 1])
  })

  test('says why it ended, and what it took', () => {
    const found = minimize(rosenbrock, [-1.2, 1])
    expect(found).toMatchObject({ converged: true, reason: 'gradient' })
    expect(found.gradient).toBeLessThan(1e-8)
    expect(found.evaluations).toBeGreaterThanOrEqual(found.iterations)
    expect(minimize(rosenbrock, [-1.2, 1], { maxIterations: 3 })).toMatchObject({
      iterations: 3,
      converged: false,
      reason: 'iterations',
    })
  })

  test.each<[string, (x: N) => N, number, string]>([
    ['NaN at the start', x => x.log(), -1, 'not finite'],
    ['an infinite derivative at the start', x => x.sqrt(), 0, 'not finite'],
    ['a value without a lower bound', x => x.neg(), 0, 'unbounded'],
  ])('%s is no success', (_what, f, start, reason) => {
    const found = minimize(f, start)
    expect(found).toMatchObject({ converged: false })
    expect([reason, 'iterations', 'stalled']).toContain(found.reason)
  })

  test('a wall of NaN is not crossed', () => {
    // x - log x, which is NaN below 0 and least at 1
    const { x, converged } = minimize((v: N) => v.sub(v.log()).mul(50), 40)
    expect(converged).toBe(true)
    expect(x).toBeCloseTo(1, 7)
  })

  test('bounds hold, and a minimum on a bound has the gradient that is left', () => {
    const found = minimize(rosenbrock, [-1.2, 1], { lower: [-2, -2], upper: [0.5, 2] })
    close(found.x, [0.5, 0.25])
    expect(found).toMatchObject({ converged: true, reason: 'gradient' })
    expect(found.derivatives[0]).toBeLessThan(-0.9)
    const corner = minimize(([x, y]: N[]) => x!.add(y!), [0.3, 0.4], { lower: [0, 0], upper: [1, 1] })
    expect(corner.x).toEqual([0, 0])
    // many bounds at once: the distance to a point outside of the box
    const target = Array.from({ length: 40 }, (_, i) => i / 10 - 2)
    const box = minimize(
      (xs: N[]) => norm(xs.map((x, i) => x.sub(target[i]!))).pow(2),
      target.map(() => 0),
      {
        lower: target.map(() => -1),
        upper: target.map(() => 1),
      },
    )
    close(
      box.x,
      target.map(each => Math.min(Math.max(each, -1), 1)),
    )
  })

  test('within random bounds it ends where no free derivative is left', () => {
    let state = 77
    const random = () => {
      state = (state * 48271) % 2147483647
      return state / 1073741823.5 - 1
    }
    for (let trial = 0; trial < 80; trial++) {
      const n = 2 + (trial % 6)
      const rows = Array.from({ length: n }, () => Array.from({ length: n }, () => random() * 10 ** (2 * random())))
      const centre = rows.map(() => 3 * random())
      const squares = (xs: N[]) =>
        rows
          .map(row => xs.map((x, j) => x.sub(centre[j]!).mul(row[j]!)).reduce((a, b) => a.add(b)))
          .map(r => r.pow(2))
          .reduce((a, b) => a.add(b))
      const valley = (xs: N[]) =>
        xs
          .slice(1)
          .map((x, i) => rosenbrock([xs[i]!, x]))
          .reduce((a, b) => a.add(b))
      const lower = centre.map(() => -1 + random() / 2)
      const upper = lower.map(each => each + 2 * Math.abs(random()))
      const found = minimize(trial % 3 === 0 ? valley : squares, lower, { lower, upper })
      expect(found.converged, `trial ${trial}`).toBe(true)
      found.x.forEach((x, i) => {
        expect(x >= lower[i]! && x <= upper[i]!, `trial ${trial}`).toBe(true)
        const slope = found.derivatives[i]!
        const isHeld = (x === lower[i] && slope >= 0) || (x === upper[i] && slope <= 0)
        if (!isHeld) expect(Math.abs(slope), `trial ${trial}`).toBeLessThan(1e-5 * Math.max(1, found.value))
      })
    }
  })

  test('reports each iteration, and stops by the callback and by a signal', () => {
    const seen: Progress<N[]>[] = []
    minimize(rosenbrock, [-1.2, 1], { onIteration: each => seen.push(each) })
    expect(seen.map(({ iteration }) => iteration)).toEqual(seen.map((_, i) => i + 1))
    expect(seen.every(({ value }, i) => i === 0 || value <= seen[i - 1]!.value)).toBe(true)
    expect(
      minimize(rosenbrock, [-1.2, 1], { onIteration: ({ iteration }) => (iteration < 5 ? undefined : 'stop') }),
    ).toMatchObject({
      reason: 'stopped',
      iterations: 5,
    })
    const controller = new AbortController()
    const aborted = minimize(rosenbrock, [-1.2, 1], {
      signal: controller.signal,
      onIteration: ({ iteration }) => iteration === 4 && controller.abort(),
    })
    expect(aborted).toMatchObject({ reason: 'aborted', converged: false })
  })

  test('the start is left as it is', () => {
    const start = [-1.2, 1]
    minimize(rosenbrock, start)
    expect(start).toEqual([-1.2, 1])
  })

  test('what it refuses', () => {
    expect(() => minimize(rosenbrock, [])).toThrow('minimize: the start has no numbers')
    expect(() => minimize(rosenbrock, [new NumberWithGrad(1)] as never)).toThrow(
      'minimize: the start must hold plain numbers',
    )
    expect(() => minimize(rosenbrock, [1, 2], { lower: [0] })).toThrow(
      'lower must have as many numbers as the start; got 1 for 2',
    )
    expect(() => minimize(rosenbrock, [1, 2], { lower: [0, 3], upper: [1, 2] })).toThrow(
      'number 1 cannot be at least 3 and at most 2',
    )
    expect(() => minimize(rosenbrock, [1, 2], { gradientTolerance: NaN })).toThrow('gradientTolerance is NaN')
  })
})

const times = [0, 1, 2, 3, 4, 5]
const line = ([a, b]: N[]) =>
  times.map(t =>
    a!
      .mul(t)
      .add(b!)
      .sub(3 * t + 1 + (t === 4 ? 50 : 0)),
  )

describe('leastSquares', () => {
  test('fits, with residuals and the Jacobian at the end', () => {
    const fit = leastSquares(
      ({ rate, size }: { rate: N; size: N }) =>
        times.map(t => size.mul(rate.mul(-t).exp()).sub(5 * Math.exp(-0.7 * t))),
      {
        rate: 0.1,
        size: 1,
      },
    )
    expect(fit.converged).toBe(true)
    close([fit.x.rate, fit.x.size], [0.7, 5], 9)
    expect(fit.residuals.length).toBe(6)
    expect(fit.jacobian.map(row => row.length)).toEqual([2, 2, 2, 2, 2, 2])
  })

  test.each([
    ['softL1', 1],
    ['huber', 1],
    ['cauchy', 1],
    ['arctan', 1],
  ] as const)('the loss %s forgives an outlier that squares follow', (loss, within) => {
    const [slope, offset] = leastSquares(line, [0, 0], { loss, scale: 1 }).x as [number, number]
    const [squareSlope] = leastSquares(line, [0, 0]).x as [number, number]
    expect(Math.abs(slope - 3)).toBeLessThan(within)
    expect(Math.abs(offset - 1)).toBeLessThan(within)
    expect(Math.abs(squareSlope - 3)).toBeGreaterThan(3)
  })

  test('a number on which nothing depends stays, and the rest is fitted', () => {
    const fit = leastSquares(([a, _b]: N[]) => [a!.sub(3), a!.mul(2).sub(6)], [0, 7])
    expect(fit.converged).toBe(true)
    close(fit.x, [3, 7])
  })

  test('what no step can lower is no success, unless it is a minimum', () => {
    // a wall of NaN before the minimum of the squares
    const wall = leastSquares(([a]: N[]) => [a!.add(1), a!.sqrt().mul(0)], [4])
    expect(wall).toMatchObject({ converged: false, reason: 'stalled' })
    expect(wall.x[0]).toBeGreaterThanOrEqual(0)
    // a minimum whose residuals are not 0
    expect(leastSquares(([a]: N[]) => [a!.sub(1), a!.add(1)], [4])).toMatchObject({ converged: true })
  })

  test('NaN is no success, and what it refuses', () => {
    expect(leastSquares(([a]: N[]) => [a!.log()], [-1])).toMatchObject({ converged: false, reason: 'not finite' })
    expect(() => leastSquares(line, [0, 0], { loss: 'l2' as never })).toThrow(
      'leastSquares: loss is "l2"; it must be one of squares, softL1, huber, cauchy, arctan',
    )
    expect(() => leastSquares(line, [0, 0], { scale: 0 })).toThrow('scale is 0; it must be above 0')
    expect(() => leastSquares(() => [], [0])).toThrow('leastSquares: f returned no numbers')
  })
})

describe('root', () => {
  test('takes a number, an array or a record', () => {
    expect(root((x: N) => x.cos().sub(x), 1).x).toBeCloseTo(0.7390851332151607, 15)
    const circle = root(({ x, y }: { x: N; y: N }) => [x.pow(2).add(y.pow(2)).sub(4), x.sub(y)], { x: 1, y: 0.5 })
    close([circle.x.x, circle.x.y], [Math.SQRT2, Math.SQRT2], 14)
    expect(circle.converged).toBe(true)
  })

  test('is damped: from far away Newton alone would leave for infinity', () => {
    const { x, converged } = root((v: N) => v.atan(), 20)
    expect(converged).toBe(true)
    expect(x).toBeCloseTo(0, 12)
  })

  test('a singular Jacobian on the way is no obstacle', () => {
    expect(root((x: N) => x.pow(2).sub(2), 0.0000001).converged).toBe(true)
    expect(root(([x, y]: N[]) => [x!.add(y!).sub(2), x!.mul(y!).sub(1)], [2, 2]).converged).toBe(true)
  })

  test('no root is no success', () => {
    const found = root((x: N) => x.pow(2).add(1), 3)
    expect(found).toMatchObject({ converged: false, reason: 'stalled' })
    expect(found.value).toBeCloseTo(1, 6)
    expect(root((x: N) => x.log(), -1)).toMatchObject({ converged: false, reason: 'not finite' })
  })

  test('as many values as numbers', () => {
    expect(() => root((xs: N[]) => [xs[0]!], [1, 2])).toThrow(
      'root: f must return as many numbers as it takes; got 1 for 2',
    )
  })
})
