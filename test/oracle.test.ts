/**
 * Every row of the table against an oracle that knows nothing of our formulas (test/oracle.json, by scripts/oracle.py): values,
 * first and second derivatives, in each of the ways in which they can be had. And PyTorch's answers at singular points.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { grad, hessian, hvp, jvp, NumberWithGrad, type Numeric, valueAndGrad } from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'

interface Point {
  readonly at: readonly number[]
  readonly value: number
  readonly first: readonly number[]
  readonly second: readonly (readonly number[])[]
}

type Scalar = (xs: readonly NumberWithGrad[]) => NumberWithGrad
type Method = (this: NumberWithGrad, ...others: readonly Numeric[]) => NumberWithGrad

const oracle: { readonly rows: Record<string, readonly Point[]> } = JSON.parse(
  readFileSync(new URL('oracle.json', import.meta.url), 'utf8'),
)

/** The row's method on an array of its operands. */
const called =
  (name: string): Scalar =>
  ([first, ...others]) =>
    (first as unknown as Record<string, Method>)[name]!.apply(first!, others)

const unit = (length: number, i: number) => Array.from({ length }, (_, k) => (k === i ? 1 : 0))

/** Ways to the first derivatives. */
const firstOrder: Record<string, (f: Scalar, at: readonly number[]) => readonly (number | null)[]> = {
  'backward()'(f, at) {
    const leaves = at.map(x => new NumberWithGrad(x))
    f(leaves).backward()
    return leaves.map(leaf => leaf.grad)
  },
  valueAndGrad: (f, at) => valueAndGrad(f)(at)[1],
  jvp: (f, at) => at.map((_, i) => jvp(f)(at, unit(at.length, i))[1]),
}

/** Ways to the second derivatives, row by row. */
const secondOrder: Record<string, (f: Scalar, at: readonly number[]) => readonly (readonly (number | null)[])[]> = {
  hessian: (f, at) => hessian(f)(at),
  'hvp of units': (f, at) => at.map((_, i) => hvp(f)(at, unit(at.length, i))),
  'grad of grad': (f, at) => at.map((_, i) => grad((xs: readonly NumberWithGrad[]) => grad(f)(xs)[i]!)(at)),
  'jvp of grad': (f, at) =>
    at.map((_, i) =>
      at.map((_, k) => jvp((xs: readonly NumberWithGrad[]) => grad(f)(xs)[i]!)(at, unit(at.length, k))[1]),
    ),
  'grad of jvp': (f, at) =>
    at.map((_, i) => grad((xs: readonly NumberWithGrad[]) => jvp(f)(xs, unit(at.length, i))[1] as NumberWithGrad)(at)),
  createGraph(f, at) {
    const leaves = at.map(x => new NumberWithGrad(x))
    f(leaves).backward({ createGraph: true })
    const gradients = leaves.map(leaf => leaf.trackedGrad!)
    return gradients.map(gradient => {
      for (const leaf of leaves) leaf.clearGrad()
      gradient.backward()
      return leaves.map(leaf => leaf.grad ?? 0)
    })
  },
}

/** How far off, in units of the last place of what is expected. */
function ulps(actual: number | null, expected: number): number {
  if (actual === null || Number.isNaN(actual)) return Number.POSITIVE_INFINITY
  if (actual === expected) return 0
  return Math.abs(actual - expected) / Math.max(Math.abs(expected) * 2 ** -52, Number.MIN_VALUE)
}

test('the oracle has points for every row of the table, and for no other', () => {
  expect(Object.keys(oracle.rows), 'run python3 scripts/oracle.py').toEqual(Object.keys(rules))
  for (const points of Object.values(oracle.rows)) expect(points.length).toBeGreaterThan(3)
})

describe.each(Object.entries(oracle.rows))('%s', (name, points) => {
  const f = called(name)

  test('has the value of the oracle', () => {
    for (const { at, value } of points)
      expect(ulps(f(at.map(x => new NumberWithGrad(x))).num, value), `at ${at}`).toBeLessThan(8)
  })

  test.each(Object.entries(firstOrder))('has its first derivatives by %s', (_way, derivatives) => {
    for (const { at, first } of points)
      derivatives(f, at).forEach((found, i) => {
        expect(ulps(found, first[i]!), `${found} for ${first[i]} at ${at}`).toBeLessThan(16)
      })
  })

  test.each(Object.entries(secondOrder))('has its second derivatives by %s', (_way, derivatives) => {
    for (const { at, second } of points)
      derivatives(f, at).forEach((row, i) => {
        row.forEach((found, k) => {
          expect(ulps(found, second[i]![k]!), `${found} for ${second[i]![k]} at ${at}`).toBeLessThan(64)
        })
      })
  })
})
