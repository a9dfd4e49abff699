/**
 * Random programs with functions of many operands, kinks and edge points, against an oracle of its own: dual numbers over dual
 * numbers, in which a part is absent where nothing depends on the input. First and second derivatives of every verb equal it, or are
 * NaN where it has none.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grad, hessian, hvp, jvp, NumberWithGrad, type Numeric, vjp } from '../runtime/index.ts'

const PROGRAMS = Number(process.env.PROGRAMS ?? 300)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const { NaN: nan } = Number

/** Derivatives by one direction twice: `v`, first `d`, second `e`. An absent part says that nothing depends on the direction. */
interface Dual {
  readonly v: number
  readonly d?: number
  readonly e?: number
}

const plus = (a: number | undefined, b: number | undefined) => (a === undefined ? b : b === undefined ? a : a + b)
const times = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a * b)

/** f of one number, by its first two derivatives there. */
function chain(x: Dual, v: number, first: number, second?: number): Dual {
  if (x.d === undefined) return { v, e: times(first, x.e)! }
  if (Number.isNaN(v)) return { v, d: nan, e: nan }
  return { v, d: first * x.d, e: plus(times(second, x.d * x.d), times(first, x.e))! }
}
const sum = (a: Dual, b: Dual): Dual => spoil({ v: a.v + b.v, d: plus(a.d, b.d)!, e: plus(a.e, b.e)! })
const scaled = (a: Dual, k: number): Dual => spoil({ v: k * a.v, d: times(a.d, k)!, e: times(a.e, k)! })
const product = (a: Dual, b: Dual): Dual =>
  spoil({
    v: a.v * b.v,
    d: plus(times(a.d, b.v), times(b.d, a.v))!,
    e: plus(plus(times(a.e, b.v), times(b.e, a.v)), times(2, times(a.d, b.d)))!,
  })
const spoil = (x: Dual): Dual => (Number.isNaN(x.v) && x.d !== undefined ? { v: nan, d: nan, e: nan } : x)

function selected(xs: readonly Dual[], v: number): Dual {
  if (Number.isNaN(v)) return spoil({ v, ...(xs.some(x => x.d !== undefined) && { d: nan }) })
  const tied = xs.filter(x => x.v === v)
  if (tied.length === 1) return tied[0]!
  const d = tied.map(x => x.d).reduce(plus)
  const e = tied.map(x => x.e).reduce(plus)
  return d === undefined ? { v, ...(e !== undefined && { e }) } : { v, d: d / tied.length, e: nan }
}

function length(xs: readonly Dual[]): Dual {
  const v = Math.hypot(...xs.map(x => x.v))
  const jumps = xs.some(x => x.d === undefined && x.e !== undefined)
  if (xs.every(x => x.d === undefined)) return { v, ...(jumps && { e: nan }) }
  if (v === 0) return { v, d: 0 * xs.map(x => x.d).reduce(plus)!, e: nan }
  const half = xs
    .filter(x => x.d !== undefined)
    .map(x => product({ v: x.v / v, d: times(x.d, 1 / v)!, e: times(x.e, 1 / v)! }, { v: x.v, d: x.d!, e: x.e! }))
    .reduce(sum)
  // y y' = Σ x x', y y'' = Σ (x'² + x x'') - y'²; `half` is Σ x² / v
  const d = half.d! / 2
  return spoil({ v, d, e: jumps ? nan : half.e! / 2 - (d * d) / v })
}

type Op = readonly [
  name: string,
  arity: number,
  tracked: (xs: readonly Numeric[]) => Numeric,
  dual: (xs: readonly Dual[]) => Dual,
]
const method =
  (name: string) =>
  ([x, ...others]: readonly Numeric[]) => {
    const self = typeof x === 'number' ? new NumberWithGrad(x) : x!
    return (self as unknown as Record<string, (...xs: readonly Numeric[]) => NumberWithGrad>)[name]!(...others)
  }
const unary = (
  name: string,
  f: (x: number) => number,
  d: (x: number) => number,
  e: (x: number) => number | undefined,
): Op => [name, 1, method(name), ([x]) => chain(x!, f(x!.v), d(x!.v), e(x!.v))]
const step = (name: 'floor' | 'sign' | 'round', atJump: (x: number) => boolean): Op => [
  name,
  1,
  method(name),
  ([x]) => {
    const v = Math[name](x!.v)
    // a step of a jump is one; else a step does not move
    if (x!.d === undefined) return { v, ...(x!.e !== undefined && { e: nan }) }
    if (Number.isNaN(v)) return { v, d: nan, e: nan }
    return atJump(x!.v) ? { v, e: nan } : { v }
  },
]

const ops: readonly Op[] = [
  ['add', 2, method('add'), ([a, b]) => sum(a!, b!)],
  // no exact cancellation: an adjoint that is 0 for all inputs makes the truth 0, which dual numbers do not see
  ['a - 1.37 b', 2, ([a, b]) => method('sub')([a!, method('mul')([b!, 1.37])]), ([a, b]) => sum(a!, scaled(b!, -1.37))],
  ['mul', 2, method('mul'), ([a, b]) => product(a!, b!)],
  ['max', 3, method('max'), xs => selected(xs, Math.max(...xs.map(x => x.v)))],
  ['min', 3, method('min'), xs => selected(xs, Math.min(...xs.map(x => x.v)))],
  ['max', 2, method('max'), xs => selected(xs, Math.max(...xs.map(x => x.v)))],
  ['hypot', 3, method('hypot'), length],
  ['hypot', 2, method('hypot'), length],
  ['-1.61 x', 1, ([x]) => method('neg')([method('mul')([x!, 1.61])]), ([x]) => scaled(x!, -1.61)],
  unary('exp', Math.exp, Math.exp, Math.exp),
  unary('sin', Math.sin, Math.cos, x => -Math.sin(x)),
  unary(
    'atan',
    Math.atan,
    x => 1 / (1 + x * x),
    x => (-2 * x) / (1 + x * x) ** 2,
  ),
  unary(
    'sqrt',
    Math.sqrt,
    x => 0.5 / Math.sqrt(x),
    x => -0.25 / Math.sqrt(x) / x,
  ),
  unary(
    'log',
    Math.log,
    x => 1 / x,
    x => -1 / x / x,
  ),
  unary('abs', Math.abs, Math.sign, x => (x === 0 ? nan : undefined)),
  step('floor', Number.isInteger),
  step('sign', x => x === 0),
  step('round', x => Number.isInteger(x + 0.5)),
]

const program = fc.tuple(
  fc.array(fc.tuple(fc.nat(ops.length - 1), fc.array(fc.nat(), { minLength: 3, maxLength: 3 })), {
    minLength: 1,
    maxLength: 7,
  }),
  fc.array(fc.constantFrom(0, 0, 1, -1, 2, 0.5, -2.5, 3, 0.7, -0.3, Infinity, nan), { minLength: 2, maxLength: 2 }),
)
type Steps = readonly (readonly [op: number, operands: readonly number[]])[]

function run<X>(steps: Steps, xs: readonly X[], apply: (op: Op, operands: readonly X[]) => X): X {
  const values = [...xs]
  for (const [at, places] of steps) {
    const op = ops[at]!
    values.push(
      apply(
        op,
        places.slice(0, op[1]).map(place => values[values.length - 1 - (place % values.length)]!),
      ),
    )
  }
  return values.at(-1)!
}

const close = (a: number, b: number) => a === b || Math.abs(a - b) <= 1e-8 * (1 + Math.abs(a) + Math.abs(b))

test(`${PROGRAMS} random programs (SEED=${seed}): derivatives of two orders are those of dual numbers, or NaN`, () => {
  const counts = { compared: 0, lost: 0, none: 0 }
  for (const [steps, at] of fc.sample(program, { numRuns: PROGRAMS, seed })) {
    const f = (xs: readonly NumberWithGrad[]) => run<Numeric>(steps, xs, (op, operands) => op[2](operands))
    const noted = grad(f) as unknown as (xs: readonly NumberWithGrad[]) => Numeric[]
    const h = hessian(f)([...at])
    const [gx, gy] = grad(f)(at) as [number, number]
    const leaves = at.map(x => new NumberWithGrad(x))
    ;(f(leaves) as NumberWithGrad).backward({ createGraph: true })
    const directions = [
      [1, 0],
      [0, 1],
      [1, -2],
    ] as const
    for (const [p, q] of directions) {
      const truth = run<Dual>(
        steps,
        at.map((v, i) => ([p, q][i] === 0 ? { v } : { v, d: [p, q][i]! })),
        (op, operands) => op[3](operands),
      )
      const along = (a: number, b: number) => (p === 0 ? 0 : p * a) + (q === 0 ? 0 : q * b)
      const product = hvp(f)([...at], [p, q])
      const found: Record<string, readonly [number, number | undefined]> = {
        grad: [along(gx, gy), truth.d],
        vjp: [along(...(vjp(f)([...at], 1)[1] as [number, number])), truth.d],
        jvp: [jvp(f)([...at], [p, q])[1], truth.d],
        'backward({ createGraph })': [along(leaves[0]!.grad!, leaves[1]!.grad!), truth.d],
        hessian: [along(along(h[0]![0]!, h[0]![1]!), along(h[1]![0]!, h[1]![1]!)), truth.e],
        hvp: [along(product[0]!, product[1]!), truth.e],
        'jvp of grad': [
          along(
            ...([0, 1].map(i => jvp((xs: readonly NumberWithGrad[]) => noted(xs)[i]!)([...at], [p, q])[1]) as [
              number,
              number,
            ]),
          ),
          truth.e,
        ],
      }
      for (const [verb, [derivative, expected = 0]] of Object.entries(found)) {
        if (Number.isFinite(expected)) counts.compared++
        else counts.none++
        const isLost = Number.isNaN(derivative) && Number.isFinite(expected)
        if (isLost) counts.lost++
        // NaN stands for what the chain rule cannot find; NaN and Infinity are both loud where there is no finite derivative
        if (isLost || (!Number.isFinite(expected) && !Number.isFinite(derivative))) continue
        const text = JSON.stringify(steps.map(([op, x]) => [ops[op]![0], ...x]))
        expect(
          close(derivative, expected),
          `${verb} at ${at} along ${p}, ${q}: ${derivative} for ${expected}: ${text}`,
        ).toBe(true)
      }
    }
  }
  // a NaN where there is a finite derivative: a zero met an infinite derivative, or a kink that cancels, as in abs(x) * abs(x); 0.6 %
  expect(counts.lost).toBeLessThan(0.03 * counts.compared)
  expect(counts.compared).toBeGreaterThan(10 * PROGRAMS)
})
