/** Random programs of all forms of the language: value and derivatives of both orders are those of the same text on dual numbers. */
import { expect, test } from 'vitest'
import { allSettings } from '../../transformer/derivative/planned/settings.ts'
import { countOr, seed } from '../random.ts'
import { mixedByDuals, mixedHead, mixedProgram } from './mixed-programs.ts'
import { numbersIn, type Point, pointOf, shapedAs } from './points.ts'
import { batchesOf, lesserSettings } from './program-batches.ts'
import { programsOf } from './program-texts.ts'
import type { StructuredProgram } from './structured-programs.ts'

const PROGRAMS = countOr(3)
/** Programs that are tried with analyses left out. */
const LESSER = Math.max(2, Math.ceil(PROGRAMS / 8))
/** Beyond these a value says more about rounding than about a rule. */
const [LARGEST_VALUE, LARGEST_SLOPE] = [1e6, 1e6]

type Made = ReturnType<ReturnType<typeof programsOf>>
type Verb = 'valueAndGrad' | 'jvp' | 'hvp'

const isNear = (found: number, expected: number, size = Math.abs(expected)) =>
  Math.abs(found - expected) <= 1e-9 * (1 + size)

/** What is wrong with one program at a point. */
function wrongAt(program: StructuredProgram, made: Made, verbs: readonly Verb[], point: Point): string[] | undefined {
  const direction = numbersIn(point).map((_, i) => Math.sin(i + 1.3))
  const expected = mixedByDuals(program, point, direction)
  const slopes = [...expected.d, ...expected.turn, expected.along]
  if (!(Math.abs(expected.v) < LARGEST_VALUE) || !slopes.every(each => Math.abs(each) < LARGEST_SLOPE)) return undefined
  const plain = made(program)(...point) as number
  const directions = shapedAs(point, direction) as unknown[]
  const size = Math.max(...expected.turn.map(Math.abs))
  const checks: Readonly<Record<Verb, () => boolean>> = {
    valueAndGrad() {
      const [value, gradient] = made(program, 'valueAndGrad')(...point) as [number, unknown]
      const found = numbersIn(gradient)
      const isRight = found.length === expected.d.length && found.every((each, i) => isNear(each, expected.d[i]!))
      return Object.is(value, plain) && isRight
    },
    jvp() {
      const [value, slope] = made(program, 'jvp')(...point, ...directions) as [number, number]
      return Object.is(value, plain) && isNear(slope, expected.along)
    },
    hvp() {
      const found = numbersIn(made(program, 'hvp')(...point, ...directions))
      // at a kink there is none, which dual numbers do not say
      return found.some(Number.isNaN) || found.every((each, i) => isNear(each, expected.turn[i]!, size))
    },
  }
  return [...(isNear(plain, expected.v) ? [] : ['value']), ...verbs.filter(verb => !checks[verb]())]
}

/** What is wrong with some programs; `compared` counts those that were looked at. */
function wrongIn(
  programs: readonly StructuredProgram[],
  made: Made,
  verbs: readonly Verb[],
  compared: { count: number },
) {
  return programs.flatMap(program =>
    [false, true].flatMap(isAliased => {
      const point = pointOf(isAliased)
      const before = JSON.stringify(point)
      const wrong = wrongAt(program, made, verbs, point)
      if (!wrong) return []
      compared.count++
      if (JSON.stringify(point) !== before) wrong.push('arguments')
      return wrong.length === 0 ? [] : [`${program.name} ${isAliased}: ${wrong}\n${program.numbers}`]
    }),
  )
}

test(`${PROGRAMS} programs of all forms from seed ${seed} have the derivatives of dual numbers`, () => {
  const [compared, verbs] = [{ count: 0 }, ['valueAndGrad', 'jvp', 'hvp'] as const]
  for (const programs of batchesOf(mixedProgram, PROGRAMS, 0))
    expect(wrongIn(programs, programsOf(programs, verbs, mixedHead)(allSettings), verbs, compared)).toEqual([])
  expect(compared.count).toBeGreaterThan(PROGRAMS / 2)
})

test(`${LESSER} of them from seed ${seed} have the same gradients where analyses are left out`, () => {
  const [compared, verbs] = [{ count: 0 }, ['valueAndGrad'] as const]
  for (const programs of batchesOf(mixedProgram, LESSER, 50_000)) {
    const made = programsOf(programs, verbs, mixedHead)
    for (const [left, settings] of lesserSettings)
      expect([left, ...wrongIn(programs, made(settings), verbs, compared)]).toEqual([left])
  }
  expect(compared.count).toBeGreaterThanOrEqual((LESSER * lesserSettings.length) / 2)
})
