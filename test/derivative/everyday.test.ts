/**
 * Functions as people write them, of money, geometry, statistics, learning and physics, and of each part of the language: each verb's
 * derivatives are those of differences.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

type Verb = (...args: readonly unknown[]) => unknown

const folder = new URL('everyday/', import.meta.url)
const files = readdirSync(folder).map(name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const points = text.slice(text.indexOf('export const points'))
  const names = [...points.matchAll(/^ {2}(\w+): \[/gm)].map(([, each]) => each!)
  const verbs = names.map(
    each => `export const of_${each} = [${each}, valueAndGrad(${each}), jvp(${each}), hvp(${each})] as const\n`,
  )
  return { name, names, text: `import { hvp, jvp, valueAndGrad } from 'tsgrad'\n${text}${verbs.join('')}` }
})
const compiled = compile(Object.fromEntries(files.map(({ name, text }) => [name, text])))

test('all of them compile', () => {
  expect(compiled.diagnostics.map(each => `${each.file?.fileName.split('/').at(-1)} ${shown(each)}`)).toEqual([])
})

const emitted = compiled.emit()
const rows = files.flatMap(({ name, names }) => {
  const made = run(emitted.get(name.replace('.ts', '.js'))!) as Record<string, unknown>
  const points = made.points as Record<string, readonly unknown[]>
  return names.map(each => [each, points[each]!, made[`of_${each}`] as readonly Verb[]] as const)
})

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbersIn)
/** The same shape with numbers from a list. */
const filled = (value: unknown, numbers: number[]): unknown => {
  if (typeof value === 'number') return numbers.shift()
  if (value instanceof Float64Array) return value.map(() => numbers.shift()!)
  if (Array.isArray(value)) return value.map(each => filled(each, numbers))
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, filled(each, numbers)]))
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

test.each(rows)('%s', (_, args, [f, valueAndGrad, jvp, hvp]) => {
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
})
