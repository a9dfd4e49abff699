/** Random structured programs: the compiled derivative is that of dual numbers, whatever the program does with its memory. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { derivativesText } from '../../transformer/build/derivatives.ts'
import { type Derived, deriveFile } from '../../transformer/derivative/derive.ts'
import { compile, programOf, run, shown } from '../compile.ts'
import { countOr, seed } from '../random.ts'
import { type Dual, type Numberlike, operations } from './dual-numbers.ts'
import { type StructuredProgram, structuredProgram } from './structured-programs.ts'

const PROGRAMS = countOr(100)
/** Programs in one file. */
const BATCH = 50
/** Beyond these a value says more about rounding than about a rule. */
const [LARGEST_VALUE, LARGEST_SLOPE] = [1e6, 1e8]

const row = [0.3, -0.8, 0.5, 0.9]
/** The arguments; the two arrays may be one, and so may the rows. */
const pointOf = (isAliased: boolean) => {
  const a = [...row]
  const first = [0.2, -0.6]
  const m = isAliased ? [first, first] : [first, [0.7, 0.4]]
  return [0.7, -0.4, a, isAliased ? a : [1.1, -0.2], m, { u: 0.6, w: [0.5, -0.3, 0.8] }] as const
}
type Point = ReturnType<typeof pointOf>

/** The numbers of the arguments in order, as the gradient has them. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return Object.values(value as object).flatMap(numbersIn)
}
/** The same arguments with duals in the place of numbers. */
function dualsOf(point: Point): unknown {
  const count = numbersIn(point).length
  let next = 0
  const filled = (value: unknown): unknown => {
    if (typeof value === 'number') {
      const place = next++
      return { v: value, d: Array.from({ length: count }, (_, i) => (i === place ? 1 : 0)) }
    }
    if (Array.isArray(value)) return value.map(filled)
    return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, filled(each)]))
  }
  return filled(point)
}

const helpers = {
  ...operations,
  and: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? y() : x),
  or: (x: Numberlike, y: () => Numberlike) => (operations.val(x) ? x : y()),
  maxOf: (all: readonly Numberlike[]) => all.reduce((x, y) => operations.max(x, y)),
  minOf: (all: readonly Numberlike[]) => all.reduce((x, y) => operations.min(x, y)),
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

/** A text with derivatives in it, without the checks of a build: those are tried on the same programs below. */
function withDerived(text: string, derived: readonly Derived[]): string {
  const written = derived.toReversed().reduce((before, { argument, texts }) => {
    const [start, { end }] = [argument.getStart(), argument]
    return `${before.slice(0, start)}differentiable(${before.slice(start, end)}, ${derivativesText(texts)}, 2)${before.slice(end)}`
  }, text)
  return `import { differentiable } from 'tsgrad'\n${written}`
}

const textOf = (programs: readonly StructuredProgram[]) =>
  [
    "import { valueAndGrad } from 'tsgrad'",
    'interface Parameters { u: number; w: number[] }',
    ...programs.map(({ name, numbers }) => `${numbers}\nexport const ${name}Derived = valueAndGrad(${name})`),
  ].join('\n')

/** What is wrong with some programs; `compared` counts those that were looked at. */
function wrongIn(programs: readonly StructuredProgram[], compared: { count: number }): string[] {
  const text = textOf(programs)
  const { program } = programOf({ 'main.ts': text })
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/main.ts'))!
  const { derived, refused } = deriveFile(ts, program.getTypeChecker(), file)
  if (refused.length > 0) return refused.map(({ entry, args, node }) => `${entry.text} ${args}: ${node.getText()}`)
  const made = run(withDerived(text, derived))
  return programs.flatMap(program =>
    [false, true].flatMap(isAliased => {
      const point = pointOf(isAliased)
      const expected = byDuals(program, point)
      if (!expected) return []
      compared.count++
      const before = JSON.stringify(point)
      const plain = (made[program.name] as (...point: Point) => number)(...point)
      const [value, gradient] = (made[`${program.name}Derived`] as Gradient)(...point)
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
  const { diagnostics, lowered } = compile({ 'main.ts': textOf(programs) }, { noUncheckedIndexedAccess: true })
  expect(lowered().match(/__tsgrad_differentiable\(/g)?.length).toBe(8)
  // what the programs themselves say about elements that may be missing
  expect(diagnostics.map(shown).filter(each => !/undefined/.test(each))).toEqual([])
})
