/** Functions of arrays, by looping over their points: values, gradients in both orders, conventions, errors. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  dot,
  grad,
  hessian,
  jvp,
  logSumExp,
  mean,
  NumberWithGrad,
  type Numeric,
  norm,
  prod,
  softmax,
  sum,
  valueAndGrad,
} from '../runtime/index.ts'
import { type ReductionRow, reductionPoints } from '../runtime/rules/reduction-points.ts'

type Reduction = (xs: readonly Numeric[]) => Numeric

const calls: Record<keyof typeof reductionPoints, Reduction> = {
  sum,
  mean,
  prod,
  dot: xs => dot(xs.slice(0, xs.length / 2), xs.slice(xs.length / 2)),
  norm,
  logSumExp,
  softmax: xs => softmax(xs)[0]!,
}
const rows = Object.entries(reductionPoints) as [keyof typeof calls, ReductionRow][]

function gradient(f: Reduction, xs: readonly number[]): [value: number, gradient: (number | null)[]] {
  const leaves = xs.map(x => new NumberWithGrad(x))
  const y = f(leaves) as NumberWithGrad
  y.backward()
  return [y.num, leaves.map(leaf => leaf.grad)]
}

/** Row i is the central difference of `f`'s i-th input. */
function differences(f: (xs: readonly number[]) => readonly number[], xs: readonly number[], h: number): number[][] {
  return xs.map((_, i) => {
    const moved = (by: number) => f(xs.map((x, k) => (k === i ? x + by : x)))
    const above = moved(h)
    return moved(-h).map((below, k) => (above[k]! - below) / (2 * h))
  })
}

function expectClose(actual: number | null, expected: number, relative: number): void {
  if (!Number.isFinite(expected) || expected === 0) expect(actual! + 0).toBe(expected + 0)
  else expect(Math.abs(actual! - expected) / Math.abs(expected)).toBeLessThan(relative)
}

test('there are points for every function', () => {
  expect(rows.map(([name]) => name)).toEqual(Object.keys(calls))
  expect(rows.flatMap(([, { pins }]) => pins).length).toBeGreaterThan(16)
})

describe.each(rows)('%s', (name, row) => {
  const f = calls[name]

  test('its gradient equals central differences at its samples', () => {
    expect(row.samples.length).toBeGreaterThan(0)
    for (const xs of row.samples) {
      const [value, grad] = gradient(f, xs)
      expectClose(value, f(xs) as number, 1e-15)
      const numeric = differences(moved => [f(moved) as number], xs, 1e-5).flat()
      grad.forEach((partial, i) => {
        expect(Math.abs(partial! - numeric[i]!)).toBeLessThan(1e-7 * (1 + Math.abs(numeric[i]!)))
      })
    }
  })

  test('its pins hold', () => {
    for (const [xs, value, partials, source] of row.pins) {
      expect(source.length).toBeGreaterThan(3)
      expectClose(f(xs) as number, value, 1e-15)
      const [trackedValue, grad] = gradient(f, xs)
      expectClose(trackedValue, value, 1e-15)
      expect(grad.length).toBe(partials.length)
      for (const [i, partial] of partials.entries()) expectClose(grad[i]!, partial, 1e-15)
    }
  })

  test('plain and tracked inputs mix, and a plain one is a constant', () => {
    const xs = row.samples[0]!
    const [, all] = gradient(f, xs)
    xs.forEach((_, at) => {
      const leaf = new NumberWithGrad(xs[at]!)
      const y = f(xs.map((x, i) => (i === at ? leaf : x))) as NumberWithGrad
      y.backward()
      expectClose(leaf.grad, all[at]!, 1e-15)
    })
  })

  test('what is not an array of numbers throws, with the name of the function', () => {
    const wrong = name === 'dot' ? () => dot(3 as never, [1]) : () => f(3 as never)
    expect(wrong).toThrow(new TypeError(`${name}: expected an array of numbers; got a number`))
    const leaf = new NumberWithGrad(1)
    expect(() => f([leaf, 'a', leaf, leaf] as never)).toThrow('expected a number or a NumberWithGrad; got a string')
  })

  test('an empty array gives what the documentation says', () => {
    const empty = () => (name === 'softmax' ? softmax([]) : f([]))
    if (row.empty === 'RangeError') expect(empty).toThrow(new RegExp(`^${name}: .* got an empty array`))
    else expect(empty()).toEqual(JSON.parse(row.empty.replaceAll('`', '')))
  })
})

test('of an empty array the error says what its result is, and what to write', () => {
  const advice = (name: string, nothing: number) =>
    `${name}: expected at least one number; got an empty array. Its result is ${nothing}, plain or tracked by a static type that is not ` +
    `known here: write \`xs.length > 0 ? ${name}(…) : ${nothing}\``
  expect(() => sum([])).toThrow(new RangeError(advice('sum', 0)))
  expect(() => prod([])).toThrow(new RangeError(advice('prod', 1)))
  expect(() => dot([], [])).toThrow(new RangeError(advice('dot', 0)))
  expect(() => norm([])).toThrow(new RangeError(advice('norm', 0)))
  expect(() => logSumExp([])).toThrow(new RangeError(advice('logSumExp', -Infinity)))
  expect(() => mean([])).toThrow('mean: expected at least one number; got an empty array, of which there is none')
})

test('the sum of two tracked numbers is `add`, with its signed zero', () => {
  const [a, b] = [new NumberWithGrad(3), new NumberWithGrad(4)]
  const y = sum([a, b])
  expect([y.num, y.creation_op, y.depends_on]).toEqual([7, 'add', [a, b]])
  expect([sum([-0, -0]), sum([new NumberWithGrad(-0), new NumberWithGrad(-0)]).num]).toEqual([-0, -0])
  expect(sum([-0, -0, -0].map(x => new NumberWithGrad(x))).num).toBe(-0)
})

const mixes: ((x: Numeric, y: Numeric) => readonly Numeric[])[] = [
  (x, y) => [x, 2, y, 0.5],
  (x, y) => [0.5, x, x, y],
  (x, y) => [2, 3, y, x],
]
test.each(rows.flatMap(([name]) => mixes.map((mix, i) => [name, i, mix] as const)))(
  '%s of plain and tracked numbers, mix %d, has the same derivatives inside of a derivative as outside',
  (name, _i, mix) => {
    const f = ([x, y]: readonly NumberWithGrad[]) => calls[name](mix(x!, y!)) as NumberWithGrad
    const tracked = [0.7, 1.3].map(x => new NumberWithGrad(x))
    const y = f(tracked)
    y.backward()
    expect(valueAndGrad(f)([0.7, 1.3])).toEqual([y.num, tracked.map(x => x.grad)])
    const second = hessian(f)(tracked).map(row => row.map(each => (each as NumberWithGrad).num))
    for (const [i, row] of hessian(f)([0.7, 1.3]).entries())
      for (const [k, found] of row.entries()) expect(found).toBeCloseTo(second[i]![k]!, 13)
    grad((xs: NumberWithGrad[]) => {
      const inside = f(xs)
      expect(inside.depends_on.map(String)).toEqual(y.depends_on.map(String))
      return inside
    })([0.7, 1.3])
  },
)

const oneNode = rows.filter(([name]) => name !== 'softmax')
describe.each(oneNode)('%s', (name, row) => {
  test('is one node with its name and its inputs', () => {
    const leaves = row.samples[0]!.map(x => new NumberWithGrad(x))
    const y = calls[name](leaves) as NumberWithGrad
    expect([y.creation_op, y.depends_on]).toEqual([name, leaves])
  })
})

describe.each(rows)('%s', (name, row) => {
  const f = calls[name]

  test('its second derivatives equal central differences of its gradient', () => {
    for (const xs of row.samples) {
      const numeric = differences(moved => gradient(f, moved)[1] as number[], xs, 1e-5)
      const exact = hessian(f)([...xs])
      expect(exact.length).toBe(xs.length)
      exact.flat().forEach((partial, i) => {
        const expected = numeric.flat()[i]!
        expect(Math.abs(partial - expected)).toBeLessThan(1e-7 * (1 + Math.abs(expected)))
      })
    }
  })

  test('forward mode gives the same directional derivative as its gradient', () => {
    for (const xs of row.samples) {
      const direction = xs.map((_, i) => 1 - 0.3 * i)
      const [value, tangent] = jvp((leaves: NumberWithGrad[]) => f(leaves))([...xs], direction)
      expect(value).toBe(gradient(f, xs)[0])
      const expected = gradient(f, xs)[1].reduce<number>((total, partial, i) => total + partial! * direction[i]!, 0)
      expect(Math.abs(tangent - expected)).toBeLessThan(1e-14 * (1 + Math.abs(expected)))
    }
  })
})

test('a million inputs are no depth and no argument list', () => {
  const leaves = Array.from({ length: 1_000_000 }, () => new NumberWithGrad(1))
  for (const f of [sum, mean, norm, logSumExp]) f(leaves).backward()
  expectClose(leaves[7]!.grad, 1 + 1e-6 + 1e-3 + 1e-6, 1e-12)
})

test('the array belongs to the caller: changing it later changes no gradient', () => {
  const [a, b] = [new NumberWithGrad(2), new NumberWithGrad(3)]
  const xs = [a, b]
  const y = prod(xs)
  xs[1] = new NumberWithGrad(100)
  y.backward()
  expect(a.grad).toBe(3)
})

test('softmax sums to 1, each of its results has its own gradient, and vectors of two lengths do not multiply', () => {
  const xs = [1, 2, 3].map(x => new NumberWithGrad(x))
  const ys = softmax(xs)
  expectClose(sum(ys).num, 1, 1e-15)
  ys[1]!.backward()
  const p = ys.map(y => y.num)
  const wanted = [-p[0]! * p[1]!, p[1]! * (1 - p[1]!), -p[1]! * p[2]!]
  xs.forEach((x, i) => {
    expectClose(x.grad, wanted[i]!, 1e-14)
  })
  expect(() => dot([1, 2], [1])).toThrow(new RangeError('dot: the vectors must have the same length; got 2 and 1'))
})

test('types', () => {
  const a = new NumberWithGrad(1)
  expectTypeOf(sum([1, 2])).toEqualTypeOf<number>()
  expectTypeOf(sum([a, a])).toEqualTypeOf<NumberWithGrad>()
  expectTypeOf(sum([a, 2])).toEqualTypeOf<Numeric>()
  expectTypeOf(dot([a], [2])).toEqualTypeOf<NumberWithGrad>()
  expectTypeOf(dot([1], [2])).toEqualTypeOf<number>()
  expectTypeOf(softmax([a])).toEqualTypeOf<NumberWithGrad[]>()
})
