/** Random structured programs: the compiled derivative is that of dual numbers, whatever the program does with its memory. */
import { expect, test } from 'vitest'
import { compile, shown } from '../compile.ts'
import { countOr, seed } from '../random.ts'
import { type Dual, type Numberlike, operations } from './dual-numbers.ts'
import { numbersIn, type Point, pointOf, programsRun, shapedAs, textOfPrograms } from './program-texts.ts'
import { type StructuredProgram, structuredProgram } from './structured-programs.ts'

const PROGRAMS = countOr(100)
/** Programs in one file. */
const BATCH = 50
/** Beyond these a value says more about rounding than about a rule. */
const [LARGEST_VALUE, LARGEST_SLOPE] = [1e6, 1e8]

const helpers = {
  ...operations,
  and: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? y() : x),
  or: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? x : y()),
  maxOf: (all: readonly Numberlike[]) => all.reduce((x, y) => operations.max(x, y)),
  minOf: (all: readonly Numberlike[]) => all.reduce((x, y) => operations.min(x, y)),
}

/** The same arguments with duals in the place of numbers. */
function dualsOf(point: Point): unknown {
  const zeros = numbersIn(point).map(() => 0)
  return shapedAs(
    point,
    numbersIn(point).map((v, i) => ({ v, d: zeros.with(i, 1) })),
  )
}

function byDuals({ duals }: StructuredProgram, point: Point): Dual | undefined {
  const f = new Function(...Object.keys(helpers), 'x', 'y', 'a', 'b', 'm', 'p', duals)
  const found: Numberlike = f(...Object.values(helpers), ...(dualsOf(point) as unknown[]))
  const count = numbersIn(point).length
  const { v, d = new Array<number>(count).fill(0) } = typeof found === 'number' ? { v: found } : found
  const isOrdinary = Math.abs(v) < LARGEST_VALUE && d.every(each => Math.abs(each) < LARGEST_SLOPE)
  return isOrdinary ? { v, d } : undefined
}

type Gradient = (...point: Point) => [value: number, gradient: unknown]

/** What is wrong with some programs; `compared` counts those that were looked at. */
function wrongIn(programs: readonly StructuredProgram[], compared: { count: number }): string[] {
  const made = programsRun(programs, ['valueAndGrad'])
  return programs.flatMap(program =>
    [false, true].flatMap(isAliased => {
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
      if (Object.is(value, plain) && !isFar(value, expected.v) && !differs && JSON.stringify(point) === before)
        return []
      return [
        `${program.name} ${isAliased}: ${value}, plain ${plain}, dual ${expected.v}; ${found} for ${expected.d}\n${program.numbers}`,
      ]
    }),
  )
}

test(`${PROGRAMS} structured programs from seed ${seed} have the gradients of dual numbers`, () => {
  const compared = { count: 0 }
  for (let i = 0; i < PROGRAMS; i += BATCH) {
    const programs = Array.from({ length: Math.min(BATCH, PROGRAMS - i) }, (_, j) =>
      structuredProgram(seed * 100_000 + i + j),
    )
    expect(wrongIn(programs, compared)).toEqual([])
  }
  expect(compared.count).toBeGreaterThan(PROGRAMS)
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
