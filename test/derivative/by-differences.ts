/** Compares the derivatives of a function by all verbs with differences of its values and its gradients. It must not know the function. */
import { expect } from 'vitest'

export type CompiledVerb = (...args: readonly unknown[]) => unknown

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value ?? {}).flatMap(numbersIn)
/** The same shape with numbers from a list. */
const filled = (value: unknown, numbers: number[]): unknown => {
  if (typeof value === 'number') return numbers.shift()
  if (value === null) return null
  if (value instanceof Float64Array) return value.map(() => numbers.shift()!)
  if (Array.isArray(value)) return value.map(each => filled(each, numbers))
  const own = Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, filled(each, numbers)]))
  return Object.setPrototypeOf(own, Object.getPrototypeOf(value))
}
const moved = (args: readonly unknown[], i: number, by: number) =>
  filled(
    args,
    numbersIn(args).map((x, k) => (k === i ? x + by : x)),
  ) as unknown[]

/** Differences of the fourth order. */
const slopes = (f: (args: readonly unknown[]) => number[], args: readonly unknown[]) =>
  numbersIn(args).map((x, i) => {
    const h = 1e-3 * Math.max(Math.abs(x), 0.1)
    const [a, b, c, d] = [-2, -1, 1, 2].map(k => f(moved(args, i, k * h)))
    return a!.map((_, k) => (a![k]! - 8 * b![k]! + 8 * c![k]! - d![k]!) / (12 * h))
  })
const expectAlike = (found: readonly number[], expected: readonly number[], name: string) => {
  expect(found.length).toBe(expected.length)
  const scale = Math.max(...expected.map(Math.abs), 1e-3)
  for (const [i, each] of found.entries())
    expect(Math.abs(each - expected[i]!) / scale, `${name} ${i}: ${found} for ${expected}`).toBeLessThan(1e-6)
}

/** At arguments where neither the function nor its gradient jumps. */
export function expectDerivatives(
  args: readonly unknown[],
  [f, valueAndGrad, jvp, hvp]: readonly CompiledVerb[],
): void {
  const value = f!(...args) as number
  const [found, gradient] = valueAndGrad!(...args) as [number, unknown]
  expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value))
  const expected = slopes(each => [f!(...each) as number], args).flat()
  expectAlike(numbersIn(gradient), expected, 'grad')
  const along = numbersIn(args).map((_, i) => Math.sin(i + 1))
  const directions = filled(args, [...along]) as unknown[]
  const [, tangent] = jvp!(...args, ...directions) as [number, number]
  expectAlike([tangent], [numbersIn(gradient).reduce((s, g, i) => s + g * along[i]!, 0)], 'jvp')
  const rows = slopes(each => numbersIn((valueAndGrad!(...each) as [number, unknown])[1]), args)
  const product = rows[0]!.map((_, i) => rows.reduce((s, row, k) => s + row[i]! * along[k]!, 0))
  expectAlike(numbersIn(hvp!(...args, ...directions)), product, 'hvp')
}
