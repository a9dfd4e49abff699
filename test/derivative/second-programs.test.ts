/** Random structured programs: compiled tangents and products with the Hessian are those of dual numbers of second order. */
import { expect, test } from 'vitest'
import { countOr, randomOf, seed } from '../random.ts'
import { numbersIn, type Point, pointOf, shapedAs } from './points.ts'
import { programsRun } from './program-texts.ts'
import { type SecondDual, type SecondLike, secondOperations } from './second-duals.ts'
import { type StructuredProgram, structuredProgram } from './structured-programs.ts'

const PROGRAMS = countOr(10)
/** Programs in one file. */
const BATCH = 40
/** Beyond these a value says more about rounding than about a rule. */
const [LARGEST_VALUE, LARGEST_SLOPE] = [1e5, 1e6]

const { val, max, min } = secondOperations as Readonly<Record<string, (...xs: SecondLike[]) => SecondLike>>
const helpers = {
  ...secondOperations,
  and: (x: SecondLike, y: () => SecondLike) => (val!(x) ? y() : x),
  or: (x: SecondLike, y: () => SecondLike) => (val!(x) ? x : y()),
  maxOf: (all: readonly SecondLike[]) => all.reduce((x, y) => max!(x, y)),
  minOf: (all: readonly SecondLike[]) => all.reduce((x, y) => min!(x, y)),
}

function byDuals({ duals }: StructuredProgram, point: Point, direction: readonly number[]): SecondDual | undefined {
  const zeros = direction.map(() => 0)
  const given = numbersIn(point).map((v, i) => ({ v, along: direction[i]!, d: zeros.with(i, 1), turn: zeros }))
  const f = new Function(...Object.keys(helpers), 'x', 'y', 'a', 'b', 'm', 'p', duals)
  const found: SecondLike = f(...Object.values(helpers), ...(shapedAs(point, given) as unknown[]))
  const dual = typeof found === 'number' ? { v: found, along: 0, d: zeros, turn: zeros } : found
  const isOrdinary = [dual.along, ...dual.d, ...dual.turn].every(each => Math.abs(each) < LARGEST_SLOPE)
  return isOrdinary && Math.abs(dual.v) < LARGEST_VALUE ? dual : undefined
}

const isNear = (found: number, expected: number, size: number) => Math.abs(found - expected) <= 1e-9 * (1 + size)

function wrongIn(programs: readonly StructuredProgram[], compared: { count: number }): string[] {
  const random = randomOf(seed)
  const made = programsRun(programs, ['jvp', 'hvp'])
  return programs.flatMap(program =>
    [false, true].flatMap(isAliased => {
      const point = pointOf(isAliased)
      const direction = numbersIn(point).map(() => (random() < 0.2 ? 0 : random() * 2 - 1))
      const expected = byDuals(program, point, direction)
      if (!expected) return []
      const directions = shapedAs(point, direction) as unknown[]
      const [value, slope] = made(program, 'jvp')(...point, ...directions) as [number, number]
      const product = numbersIn(made(program, 'hvp')(...point, ...directions))
      // at a kink there is none, which dual numbers do not say
      if (product.some(Number.isNaN)) return []
      compared.count++
      const size = Math.max(...expected.turn.map(Math.abs))
      const isRight =
        isNear(value, expected.v, Math.abs(expected.v)) &&
        isNear(slope, expected.along, Math.abs(expected.along)) &&
        product.length === direction.length &&
        product.every((each, i) => isNear(each, expected.turn[i]!, size))
      if (isRight) return []
      return [
        `${program.name} ${isAliased}: ${value}, ${slope} for ${expected.v}, ${expected.along}; ${product} for ${expected.turn}\n${program.numbers}`,
      ]
    }),
  )
}

test(`${PROGRAMS} structured programs from seed ${seed} have the second derivatives of dual numbers`, () => {
  const compared = { count: 0 }
  for (let i = 0; i < PROGRAMS; i += BATCH) {
    const programs = Array.from({ length: Math.min(BATCH, PROGRAMS - i) }, (_, j) =>
      structuredProgram(seed * 100_000 + 50_000 + i + j),
    )
    expect(wrongIn(programs, compared)).toEqual([])
  }
  expect(compared.count).toBeGreaterThan(PROGRAMS)
})
