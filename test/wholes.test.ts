/**
 * Results of many numbers as one record: every verb on solutions and products of random matrices gives what it gives on the recorded steps of
 * an elimination, whichever parts are used and whichever operands are constants.
 */
import { describe, expect, test } from 'vitest'
import {
  detach,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  noGrad,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'
import { checkGrad, explainZeroGradients, toDot } from '../runtime/inspect.ts'
import { cholesky, inverse, leastSquaresSolve, logDet, matMul, solve } from '../runtime/linear.ts'
import { seed } from './random.ts'

type N = NumberWithGrad
type Matrix = Numeric[][]

let state = (seed % 2147483646) + 1
function between(): number {
  state = (state * 48271) % 2147483647
  return state / 1073741823.5 - 1
}
const add = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.add(b) : typeof b !== 'number' ? b.radd(a) : a + b
const mul = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.mul(b) : typeof b !== 'number' ? b.rmul(a) : a * b
const div = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.div(b) : typeof b !== 'number' ? b.rdiv(a) : a / b
const root = (a: Numeric): Numeric => (typeof a === 'number' ? Math.sqrt(a) : a.sqrt())
const logOf = (a: Numeric): Numeric => (typeof a === 'number' ? Math.log(a) : a.log())
const total = (xs: readonly Numeric[]) => xs.reduce<Numeric>(add, 0)
const inRows = (xs: readonly Numeric[], columns: number): Matrix =>
  Array.from({ length: xs.length / columns }, (_, i) => xs.slice(i * columns, (i + 1) * columns))
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map(row => row[j]!))

/** The operations again, step by step. */
const steps = {
  matMul: (a: Matrix, b: Matrix): Matrix =>
    a.map(row => turned(b).map(column => total(row.map((each, k) => mul(each, column[k]!))))),
  solve(a: Matrix, b: Matrix): Matrix {
    const rows = a.map((row, i) => [...row, ...b[i]!])
    rows.forEach((pivotRow, k) => {
      rows.forEach((row, i) => {
        if (i === k) return
        const factor = div(row[k]!, pivotRow[k]!)
        for (let j = k; j < row.length; j++) row[j] = add(row[j]!, mul(mul(factor, -1), pivotRow[j]!))
      })
    })
    return rows.map((row, i) => row.slice(a.length).map(each => div(each, row[i]!)))
  },
  logDet(a: Matrix): Numeric {
    const rows = a.map(row => [...row])
    let sum: Numeric = 0
    for (const [k, pivotRow] of rows.entries()) {
      sum = add(sum, logOf(pivotRow[k]!))
      for (const row of rows.slice(k + 1)) {
        const factor = div(row[k]!, pivotRow[k]!)
        for (let j = k; j < row.length; j++) row[j] = add(row[j]!, mul(mul(factor, -1), pivotRow[j]!))
      }
    }
    return sum
  },
  cholesky(given: Matrix): Matrix {
    const a = given.map((row, i) => row.map((each, j) => mul(add(each, given[j]![i]!), 0.5)))
    const lower: Matrix = a.map(row => row.map(() => 0))
    for (let i = 0; i < a.length; i++)
      for (let j = 0; j <= i; j++) {
        const rest = add(a[i]![j]!, mul(total(lower[i]!.slice(0, j).map((each, k) => mul(each, lower[j]![k]!))), -1))
        lower[i]![j] = i === j ? root(rest) : div(rest, lower[j]![j]!)
      }
    return lower
  },
}
const unit = (size: number): Matrix =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Number(i === j)))

interface Case {
  readonly count: number
  readonly at: (index: number) => number
  readonly whole: (xs: readonly Numeric[]) => Numeric[]
  readonly recorded: (xs: readonly Numeric[]) => Numeric[]
}
const diagonal = (size: number, by: number) => (k: number) =>
  between() + (k < size * size && k % (size + 1) === 0 ? by : 0)
const cases: Record<string, Case> = {
  solve: {
    count: 12,
    at: diagonal(3, 3),
    whole: xs => solve(inRows(xs.slice(0, 9), 3), xs.slice(9)),
    recorded: xs => steps.solve(inRows(xs.slice(0, 9), 3), inRows(xs.slice(9), 1)).flat(),
  },
  'solve for columns': {
    count: 8,
    at: diagonal(2, 3),
    whole: xs => solve(inRows(xs.slice(0, 4), 2), inRows(xs.slice(4), 2)).flat(),
    recorded: xs => steps.solve(inRows(xs.slice(0, 4), 2), inRows(xs.slice(4), 2)).flat(),
  },
  inverse: {
    count: 9,
    at: diagonal(3, 3),
    whole: xs => inverse(inRows(xs, 3)).flat(),
    recorded: xs => steps.solve(inRows(xs, 3), unit(3)).flat(),
  },
  logDet: {
    count: 9,
    at: diagonal(3, 4),
    whole: xs => [logDet(inRows(xs, 3))],
    recorded: xs => [steps.logDet(inRows(xs, 3))],
  },
  cholesky: {
    count: 6,
    at: k => between() / 2 + ([0, 2, 5].includes(k) ? 3 : 0),
    whole: xs => cholesky(symmetric(xs)).flat(),
    recorded: xs => steps.cholesky(symmetric(xs)).flat(),
  },
  leastSquaresSolve: {
    count: 12,
    at: k => between() + (k === 0 || k === 3 ? 2 : 0),
    whole: xs => leastSquaresSolve(inRows(xs.slice(0, 8), 2), xs.slice(8)),
    recorded(xs) {
      const a = inRows(xs.slice(0, 8), 2)
      const normal = steps.matMul(turned(a), a)
      return steps.solve(normal, steps.matMul(turned(a), inRows(xs.slice(8), 1))).flat()
    },
  },
  matMul: {
    count: 40,
    at: () => between(),
    whole: xs => matMul(inRows(xs.slice(0, 20), 2), inRows(xs.slice(20), 10)).flat(),
    recorded: xs => steps.matMul(inRows(xs.slice(0, 20), 2), inRows(xs.slice(20), 10)).flat(),
  },
}
const symmetric = ([a, b, c, d, e, f]: readonly Numeric[]): Matrix => [
  [a!, b!, d!],
  [b!, c!, e!],
  [d!, e!, f!],
]

/** A loss that bends, of some parts only where `every` is not 1. */
const lossOf = (f: Case['whole'], every: number) => (xs: readonly Numeric[]) =>
  total(f(xs).flatMap((each, i) => (i % every === 0 ? add(mul(each, Math.sin(i + 1)), mul(each, mul(each, 0.3))) : [])))

function expectSame(found: unknown, expected: unknown): void {
  const [a, b] = [[found].flat(3) as number[], [expected].flat(3) as number[]]
  expect(a.length).toBe(b.length)
  const scale = Math.max(1, ...b.map(Math.abs))
  a.forEach((each, i) => {
    expect(Math.abs(each - b[i]!) / scale, `number ${i}: ${each} for ${b[i]} (SEED=${seed})`).toBeLessThan(1e-10)
  })
}

const verbs: Record<string, (f: (xs: N[]) => N, g: (xs: N[]) => N[], at: number[], along: number[]) => unknown> = {
  grad: (f, _g, at) => grad(f)(at),
  backward(f, _g, at) {
    const leaves = at.map(x => new NumberWithGrad(x))
    f(leaves).backward()
    return leaves.map(leaf => leaf.grad ?? 0)
  },
  'backward in a derivative': (f, _g, at) =>
    valueAndGrad((xs: N[]) => {
      const y = f(xs)
      y.backward()
      return y
    })(at)[1],
  jvp: (f, _g, at, along) => jvp(f)(at, along),
  vjp: (_f, g, at) =>
    vjp(g)(
      at,
      noGrad(() => g(at as never)).map((_, i) => Math.cos(i)),
    )[1],
  jacobian: (_f, g, at) => jacobian(g)(at),
  'jacobian by columns': (_f, g, at) =>
    jacobian(([x, y]: N[]) => g(at.map((each, i) => (i === 0 ? x! : i === 1 ? y! : new NumberWithGrad(each)))))(
      at.slice(0, 2),
    ),
  hvp: (f, _g, at, along) => hvp(f)(at, along),
  hessian: (f, _g, at) => hessian(f)(at),
  'grad of grad': (f, _g, at, along) =>
    grad((xs: N[]) => total(grad(f)(xs).map((each, i) => mul(each, along[i]!))) as N)(at),
  'grad of jvp': (f, _g, at, along) => grad((xs: N[]) => jvp(f)(xs, along)[1] as N)(at),
  createGraph(f, _g, at, along) {
    const leaves = at.map(x => new NumberWithGrad(x))
    f(leaves).backward({ createGraph: true })
    const slope = total(leaves.map((leaf, i) => mul(leaf.trackedGrad ?? 0, along[i]!)))
    for (const leaf of leaves) leaf.clearGrad()
    ;(slope as N).backward()
    return leaves.map(leaf => leaf.grad ?? 0)
  },
  'on tracked numbers outside of derivatives'(f, _g, at) {
    const leaves = at.map(x => new NumberWithGrad(x))
    const slopes = grad(f)(leaves)
    ;(total(slopes) as N).backward()
    return [...slopes.map(each => each.num), ...leaves.map(leaf => leaf.grad ?? 0)]
  },
}

describe.each(Object.entries(cases))('%s', (_name, { count, at, whole, recorded }) => {
  const point = Array.from({ length: count }, (_, k) => at(k))
  const along = point.map((_, k) => Math.cos(3 * k))
  describe.each([
    ['all parts', 1, () => false],
    ['every third part', 3, () => false],
    ['every third part, some operands constant', 3, (k: number) => k % 4 === 1],
    ['all parts, the last operands constant', 1, (k: number) => k >= count - 3],
  ] as const)('%s', (_what, every, isConstant) => {
    const mixed = (f: Case['whole']) => (xs: readonly Numeric[]) => f(xs.map((x, k) => (isConstant(k) ? point[k]! : x)))
    const [one, other] = [mixed(whole), mixed(recorded)]
    test.each(Object.entries(verbs))('%s as of the recorded steps', (_verb, use) => {
      const of = (f: Case['whole']) =>
        use(
          lossOf(f, every) as (xs: N[]) => N,
          xs => f(xs).flatMap((each, i) => (i % every === 0 ? add(each, mul(xs[0]!, 0)) : [])) as N[],
          point,
          along,
        )
      expectSame(of(one), of(other))
    })
  })
})

const big = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => between() + (i === j ? n : 0)))
const leavesOf = (a: readonly (readonly number[])[]) => a.map(row => row.map(x => new NumberWithGrad(x)))

test('a result is one record: all its numbers depend on it, and it on all operands', () => {
  const a = leavesOf(big(4))
  const x = solve(a, [1, 2, 3, 4])
  const [whole, ...others] = new Set(x.flatMap(each => [...each.depends_on])) as unknown as Iterable<N>
  expect(others).toEqual([])
  expect(whole!.creation_op).toBe('whole solve')
  expect([...whole!.depends_on].slice(0, 16)).toEqual(a.flat())
  expect(x[0]!.creation_op).toBe('solve')
  expect(toDot(x[0]!)).toContain('whole solve')
})

test('two sweeps of one record, of different parts, add up and keep nothing of each other', () => {
  const a = leavesOf([
    [2, 0],
    [0, 4],
  ])
  const [x, y] = solve(a, [2, 4])
  x!.backward()
  expect(a.flat().map(each => each.grad)).toEqual([-0.5, -0.5, 0, 0])
  y!.backward()
  expect(a.flat().map(each => each.grad)).toEqual([-0.5, -0.5, -0.25, -0.25])
})

test('a leaf that was assigned after its use is refused, in every sweep', () => {
  const a = new NumberWithGrad(2)
  const [x] = solve([[a]], [2]) as [N]
  a.num = 4
  expect(() => x.backward()).toThrow('was assigned after an operation had used it')
  expect(() => x.backward({ createGraph: true })).toThrow('was assigned after an operation had used it')
  expect(a.grad).toBeNull()
})

test('what a part does not depend on is not reached: 0 times its infinite slope is not added', () => {
  const f = (xs: N[]) => {
    const a = Array.from({ length: 10 }, (_, i) => [xs[i]!.sqrt(), xs[i]!])
    return matMul(a, [Array.from({ length: 10 }, () => 1), Array.from({ length: 10 }, () => 2)])[3]![0]!
  }
  const at = [0, 1, 2, 4, 0, 0, 0, 0, 0, 0]
  expect(grad(f)(at)).toEqual([0, 0, 0, 2.25, 0, 0, 0, 0, 0, 0])
  expect(grad((xs: N[]) => grad(f)(xs)[3]!)(at)).toEqual([0, 0, 0, -0.03125, 0, 0, 0, 0, 0, 0])
  expect(hessian(f)(at)[3]).toEqual([0, 0, 0, -0.03125, 0, 0, 0, 0, 0, 0])
  expect(jvp(f)(at, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])[1]).toBe(0)
})

test('a NaN among the operands makes the derivatives of what depends on it NaN, of every order', () => {
  const f = (xs: N[]) =>
    solve(
      [
        [xs[0]!, 1],
        [1, xs[1]!],
      ],
      [1, 1],
    )[0]!
  expect(grad(f)([NaN, 2])).toEqual([NaN, NaN])
  expect(hessian(f)([NaN, 2]).flat().every(Number.isNaN)).toBe(true)
  expect(grad((xs: N[]) => grad(f)(xs)[1]!)([NaN, 2])).toEqual([NaN, NaN])
  const g = (xs: N[]) =>
    logDet([
      [xs[0]!, 0],
      [0, xs[1]!],
    ])
  expect(grad(g)([-1, 2])).toEqual([NaN, NaN])
  expect(hvp(g)([-1, 2], [1, 0])).toEqual([NaN, NaN])
})

test('constants, noGrad and numbers from outside are what they are elsewhere', () => {
  const w = new NumberWithGrad(2)
  expect(noGrad(() => solve([[w]], [4])[0]!.depends_on)).toEqual([])
  expect(() => grad((x: N) => solve([[w]], [x])[0]!)(4)).toThrow('a NumberWithGrad from outside of the function')
  expect(grad((x: N) => solve([[detach(w)]], [x])[0]!)(4)).toBe(0.5)
  // inside a derivative on tracked numbers the closure counts
  grad((x: N) => solve([[w]], [x])[0]!)(new NumberWithGrad(4)).backward()
  expect(w.grad).toBe(-0.25)
})

test('inspect sees through a whole', () => {
  expect(
    checkGrad(
      (xs: N[]) =>
        logDet([
          [xs[0]!, xs[1]!],
          [xs[1]!, xs[2]!],
        ]),
      [2, 0.5, 3],
    ),
  ).toEqual({ order: 2, notes: [] })
  const [a, b] = [new NumberWithGrad(2), new NumberWithGrad(3)]
  const [x] = solve(
    [
      [a, 0],
      [0, 4],
    ],
    [0, b],
  ) as [N, N]
  x.backward()
  expect(explainZeroGradients(x, { a, b }).join('\n')).toContain('whole solve')
})
