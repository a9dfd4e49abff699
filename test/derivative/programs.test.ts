/** Random structured programs: the compiled derivative is that of dual numbers, whatever the program does with its memory. */
import { expect, test } from 'vitest'
import { gradInto } from '../../runtime/index.ts'
import { heldBy } from '../../runtime/verbs/carried.ts'
import { allSettings } from '../../transformer/derivative/planned/settings.ts'
import { compile, shown } from '../compile.ts'
import { countOr, seed } from '../random.ts'
import { type Dual, type Numberlike, operations } from './dual-numbers.ts'
import { numbersIn, type Point, pointOf, shapedAs } from './points.ts'
import { batchesOf, lesserSettings } from './program-batches.ts'
import { programsOf, programsRun, textOfPrograms } from './program-texts.ts'
import { inTurns, type StructuredProgram, structuredProgram, withList } from './structured-programs.ts'

const PROGRAMS = countOr(20)
/** Programs that are tried in other ways, and with each analysis left out, which runs a program as often as there are analyses. */
const [LESSER, FEWEST] = [10, 5].map(least => Math.max(least, Math.ceil(PROGRAMS / 8))) as [number, number]
/** Beyond these a value says more about rounding than about a rule. */
const [LARGEST_VALUE, LARGEST_SLOPE] = [1e6, 1e8]

const helpers = {
  ...operations,
  and: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? y() : x),
  or: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? x : y()),
  maxOf: (all: readonly Numberlike[]) => shared(all, Math.max),
  minOf: (all: readonly Numberlike[]) => shared(all, Math.min),
}

/** The greatest or the least of a list. All that tie have equal shares of its derivative; two by two, the last of three would have a half. */
function shared(all: readonly Numberlike[], pick: (...values: number[]) => number): Numberlike {
  const best = pick(...all.map(operations.val))
  const tied = all.filter(each => operations.val(each) === best)
  if (tied.length < 2) return tied[0] ?? best
  return tied.map(each => operations.mul(each, 1 / tied.length)).reduce((x, y) => operations.add(x, y))
}

/** The same arguments with duals in the place of numbers. */
function dualsOf(point: Point): unknown {
  const zeros = numbersIn(point).map(() => 0)
  return shapedAs(
    point,
    numbersIn(point).map((v, i) => ({ v, d: zeros.with(i, 1) })),
  )
}

const dualForm = ({ duals }: StructuredProgram, point: Point) =>
  new Function(...Object.keys(helpers), 'x', 'y', 'a', 'b', 'm', 'p', duals)(
    ...Object.values(helpers),
    ...(dualsOf(point) as unknown[]),
  )

const byDuals = (program: StructuredProgram, point: Point) => ordinary(dualForm(program, point), point)

function ordinary(found: Numberlike, point: Point): Dual | undefined {
  const count = numbersIn(point).length
  const { v, d = new Array<number>(count).fill(0) } = typeof found === 'number' ? { v: found } : found
  const isOrdinary = Math.abs(v) < LARGEST_VALUE && d.every(each => Math.abs(each) < LARGEST_SLOPE)
  return isOrdinary ? { v, d } : undefined
}

type Gradient = (...point: Point) => [value: number, gradient: unknown]

type Made = ReturnType<ReturnType<typeof programsOf>>

/** What is wrong with some programs; `compared` counts those that were looked at. */
function wrongIn(programs: readonly StructuredProgram[], made: Made, compared: { count: number }): string[] {
  return programs.flatMap(program => {
    // valueAndGrad has made the function carry its derivative
    const into = gradInto(made(program) as never) as (out: unknown, ...point: Point) => number
    return [false, true].flatMap(isAliased => {
      const point = pointOf(isAliased)
      const expected = byDuals(program, point)
      if (!expected) return []
      compared.count++
      const before = JSON.stringify(point)
      const plain = made(program)(...point) as number
      const [value, gradient] = (made(program, 'valueAndGrad') as Gradient)(...point)
      const found = numbersIn(gradient)
      const isFar = (a: number, b: number) => !(Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b)))
      const differs = expected.d!.some((each, i) => isFar(found[i]!, each)) || found.length !== expected.d!.length
      const out = shapedAs(
        gradient,
        found.map(() => 7),
      )
      const isWritten = Object.is(into(out, ...point), value) && numbersIn(out).every((each, i) => each === found[i])
      const isRight = Object.is(value, plain) && !isFar(value, expected.v) && !differs
      if (isRight && isWritten && JSON.stringify(point) === before) return []
      return [
        `${program.name} ${isAliased}: ${value}, plain ${plain}, dual ${expected.v}; ${found} for ${expected.d}, written ${numbersIn(out)}\n${program.numbers}`,
      ]
    })
  })
}

test(`${PROGRAMS} structured programs from seed ${seed} have the gradients of dual numbers`, () => {
  const compared = { count: 0 }
  for (const programs of batchesOf(structuredProgram, PROGRAMS, 0))
    expect(wrongIn(programs, programsOf(programs, ['valueAndGrad'])(allSettings), compared)).toEqual([])
  expect(compared.count).toBeGreaterThan(PROGRAMS)
})

test(`${LESSER} of them from seed ${seed} have the gradients of dual numbers in the turns of a loop, most of which run backwards at once`, () => {
  const compared = { count: 0 }
  for (const programs of batchesOf(structuredProgram, LESSER, 90_000).map(all => all.map(inTurns))) {
    const made = programsOf(programs, ['valueAndGrad'])(allSettings)
    expect(wrongIn(programs, made, compared)).toEqual([])
    const texts = programs.map(each => String(heldBy(made(each))!.derivatives.grad))
    expect(texts.filter(each => each.includes('seed(0)')).length).toBeGreaterThan(programs.length / 2)
  }
  expect(compared.count).toBeGreaterThan(LESSER)
})

test(`${FEWEST} of them from seed ${seed} have the same gradients where analyses are left out`, () => {
  const compared = { count: 0 }
  for (const programs of batchesOf(structuredProgram, FEWEST, 50_000)) {
    const made = programsOf(programs, ['valueAndGrad'])
    for (const [left, settings] of lesserSettings)
      expect([left, ...wrongIn(programs, made(settings), compared)]).toEqual([left])
  }
  expect(compared.count).toBeGreaterThan((FEWEST * lesserSettings.length) / 2)
})

test(`${LESSER} of them from seed ${seed} have the products with Jacobians of dual numbers where they return lists`, () => {
  const compared = { count: 0 }
  const cotangent = [0.7, -1.3]
  const weigh = (all: Numberlike[]) => {
    const [first, second] = all.map((each, i) => operations.mul!(each, cotangent[i]!))
    return operations.add!(first!, second!)
  }
  for (const programs of batchesOf(structuredProgram, LESSER, 70_000).map(all => all.map(withList))) {
    const made = programsRun(programs, ['vjp'])
    const wrong = programs.flatMap(program => {
      const point = pointOf(false)
      const list = dualForm(program, point) as Numberlike[]
      const expected = list.every(each => ordinary(each, point)) && ordinary(weigh(list), point)
      if (!expected) return []
      compared.count++
      const [values, gradient] = made(program, 'vjp')(...point, cotangent) as [number[], unknown]
      const found = numbersIn(gradient)
      const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b))
      const isRight = values.every((each, i) => isNear(each, operations.val!(list[i]!) as number))
      if (isRight && expected.d!.every((each, i) => isNear(found[i]!, each))) return []
      return [`${program.name}: ${values}; ${found} for ${expected.d}\n${program.numbers}`]
    })
    expect(wrong).toEqual([])
  }
  expect(compared.count).toBeGreaterThan(LESSER / 2)
})

test('the texts of some of them pass the checks of a build', () => {
  const programs = Array.from({ length: 8 }, (_, i) => structuredProgram(seed * 100_000 + i))
  const { diagnostics, lowered } = compile(
    { 'main.ts': textOfPrograms(programs, ['valueAndGrad']) },
    { noUncheckedIndexedAccess: true },
  )
  expect(lowered().match(/__tsgrad_differentiable\(/g)?.length).toBe(8)
  // what the programs themselves say about elements that may be missing
  expect(diagnostics.map(shown).filter(each => !/undefined/.test(each))).toEqual([])
})
