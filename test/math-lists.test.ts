/**
 * Functions of Math on random lists of numbers and objects: the value is JavaScript's, each operand counts and is evaluated once, in
 * order, before any is compared.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile, run, shown } from './compile.ts'
import { expectOneTree, sampledForms } from './formats.ts'
import { countOr, seed } from './random.ts'

const PROGRAMS = countOr(30)

interface Taking {
  /** The parameters of a method, and the operands in them. */
  readonly parameters?: string
  readonly operands?: string
  readonly names?: readonly [max: string, min: string, hypot: string]
  readonly sides?: 'both' | 'direct' | 'reflected'
  /** The types that the methods take, and those of the reflected ones. */
  readonly takes?: string
  readonly turns?: string
}
/** A class that takes operands in its own way; a call with another operand, or of a method that its table does not name, fails. */
function takingClass(name: string, taking: Taking = {}): string {
  const { parameters = 'o: Any', operands = 'o', sides = 'both', takes = 'Any', turns = takes } = taking
  const [max, min, hypot] = taking.names ?? ['max', 'min', 'hypot']
  const names = [`'Math.max': '${max}'`, `'Math.min': '${min}'`, `'Math.hypot': '${hypot}'`].join('; ')
  const reflected = names.replaceAll(": '", ": 'r")
  const table = {
    both: `${names}; reflected: { ${reflected} }`,
    direct: names,
    reflected: `reflected: { ${reflected} }`,
  }[sides]
  const [direct, turned] = [sides !== 'reflected', sides !== 'direct']
  const method = (f: string, called: string) => `
  ${called}(${parameters.replaceAll('Any', takes)}): ${name} { taken(${direct}, '${takes}', ${operands}); return new ${name}(Math.${f}(this.n, ...[${operands}].flatMap(o => o === undefined ? [] : [nOf(o)]))) }
  r${called}(o: ${turns}): ${name} { taken(${turned}, '${turns}', o); return new ${name}(Math.${f}(nOf(o), this.n)) }`
  return `class ${name} {
  declare readonly [operators]: { '+': 'plus'; ${table} }
  readonly is${name} = true
  constructor(readonly n: number) {}
  plus(k: number): number { return this.n + k }
  [Symbol.toPrimitive] = rejectNativeOperators('${name}')${[method('max', max), method('min', min), method('hypot', hypot)].join('')}
}
`
}
const preamble = `import { operators, rejectNativeOperators } from 'tsgrad'
type Any = number | One | Rest | Many | Late | Early | Other | Own | Proud | Shy
const nOf = (x: Any) => typeof x === 'number' ? x : x.n
${takingClass('One')}
${takingClass('Rest', { parameters: '...os: Any[]', operands: '...os' })}
${takingClass('Many', { parameters: 'o: Any, p?: Any, q?: Any', operands: 'o, p, q' })}
${takingClass('Late', { sides: 'reflected' })}
${takingClass('Early', { sides: 'direct' })}
${takingClass('Other', { parameters: 'o: Any, ...os: Any[]', operands: 'o, ...os', names: ['most', 'least', 'length'] })}
${takingClass('Own', { takes: 'Own | number' })}
${takingClass('Proud', { turns: 'One | Proud' })}
${takingClass('Shy', { parameters: '...os: (Any)[]', operands: '...os', takes: 'Shy | number', turns: 'number' })}
const log: string[] = []
const said = <T>(name: string, x: T): T => { log.push(name); return x }
function taken(isNamed: boolean, types: string, ...operands: (Any | undefined)[]) {
  log.push('call')
  if (!isNamed) throw new Error('a method that is not named')
  for (const each of operands) {
    const type = typeof each === 'number' ? 'number' : each?.constructor.name
    if (type !== undefined && types !== 'Any' && !types.split(' | ').includes(type)) throw new Error(type + ' is not taken')
  }
}
`
/** Classes that take everything on either side, by methods of the same names, whose lists are never refused. */
const lawful = ['One', 'Rest', 'Many']
const others = ['Late', 'Early', 'Other', 'Own', 'Proud', 'Shy']

interface Operand {
  readonly text: string
  readonly n: number
  readonly classes: readonly string[]
}
const operandOf = (...classes: readonly string[]): fc.Arbitrary<Operand> =>
  fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(...classes), fc.constantFrom(...classes))
    .chain(([n, name, other]) => {
      const object = `new ${name}(${n})`
      return fc.constantFrom<Operand>(
        { text: `${n}`, n, classes: [] },
        { text: `said('n', ${n})`, n, classes: [] },
        { text: object, n, classes: [name] },
        { text: `said('${name}', ${object})`, n, classes: [name] },
        { text: `(${object} as ${name} | number)`, n, classes: [name] },
        { text: `said('plain', ${n} as ${name} | number)`, n, classes: [name] },
        { text: `said('two', ${object} as ${name} | ${other})`, n, classes: [name, other] },
      )
    })
/** The classes of one list are few, so that they meet. */
const list = fc
  .tuple(fc.constantFrom(...lawful), fc.constantFrom(...lawful, ...others), fc.constantFrom(...lawful, ...others))
  .chain(classes =>
    fc.tuple(
      fc.constantFrom('max', 'min', 'hypot'),
      fc.array(operandOf(...classes), { minLength: 1, maxLength: 5, size: 'max' }),
    ),
  )

type Program = typeof list extends fc.Arbitrary<infer P> ? P : never
const textOf = ([name, operands]: Program) => `Math.${name}(${operands.map(({ text }) => text).join(', ')})`
// the result's own \`+\` is chosen by its static type
const moduleOf = (programs: readonly Program[]) =>
  `${preamble}export { log }\n${programs.map((each, i) => `export const f${i} = () => (${textOf(each)}) + 0\n`).join('')}`

test(`${PROGRAMS} random lists (SEED=${seed}) have the value of their numbers, and lose no operand`, async () => {
  const programs = fc.sample(list, { numRuns: PROGRAMS, seed })
  const texts = programs.map(textOf)
  const forms = await sampledForms(programs, moduleOf, seed)
  const compiled = compile({ 'main.ts': moduleOf(programs), ...forms })
  expectOneTree(compiled, Object.keys(forms))
  const { lowered } = compiled
  const diagnostics = compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith('/main.ts'))
  const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length
  const refused = new Set(diagnostics.map(({ file, start }) => file!.text.split('\n')[lineOf(file!.text, start!) - 1]))
  const errors = diagnostics.map(shown).join('\n')
  const module = run(lowered()) as Record<string, () => unknown> & { log: string[] }
  let tried = 0
  for (const [i, [name, operands]] of programs.entries()) {
    const text = texts[i]!
    const isRefused = refused.has(`export const f${i} = () => (${text}) + 0`)
    const isLawful = operands.every(each => each.classes.every(one => lawful.includes(one)))
    const hasPlain = name === 'hypot' && operands.length === 1
    if (isLawful && !hasPlain) expect(isRefused, `${text}\n${errors}`).toBe(false)
    if (isRefused) continue
    module.log.length = 0
    const value = module[`f${i}`]!()
    const expected = (Math[name as 'max'] as (...xs: number[]) => number)(...operands.map(({ n }) => n))
    expect(Math.abs(Number(value) - expected), `${text}: ${String(value)}, not ${expected}`).toBeLessThan(1e-12 * 100)
    const order = operands.flatMap(each => /said\('(\w+)'/.exec(each.text)?.[1] ?? [])
    expect(module.log.slice(0, order.length), text).toEqual(order)
    expect(module.log.slice(order.length), text).toSatisfy((rest: readonly string[]) =>
      rest.every(each => each === 'call'),
    )
    tried++
  }
  expect(tried).toBeGreaterThan(PROGRAMS / 3)
})

/** Lists of which an object would take, at run time, an operand that only a method of the other side takes; and how to nest them. */
const nested = [
  ['Math.max(shy, one, proud)', 'Math.max(Math.max(shy, one), proud)'],
  ['Math.min(own, one, 2, rest)', 'Math.min(Math.min(Math.min(own, one), 2), rest)'],
  ['Math.hypot(shy, one, either)', 'Math.hypot(Math.hypot(shy, one), either)'],
] as const

test('a list whose objects would take others at run time is refused, and nested as advised it is lowered', () => {
  const text = (lists: readonly string[]) => `${preamble}const one = new One(1), rest = new Rest(2), own = new Own(3)
const proud = new Proud(4), shy = new Shy(5), either = (Math.random() < 2 ? one : rest) as One | Rest
void [log, said, one, rest, own, proud, shy, either]
${lists.map((list, i) => `export const r${i} = ${list}\n`).join('')}`
  const refused = compile({ 'main.ts': text(nested.map(([list]) => list)) }).diagnostics.map(shown)
  expect(refused).toEqual(nested.map(([, advice]) => expect.stringContaining(advice)))
  expect(refused).toEqual(nested.map(() => expect.stringContaining('TS92021')))
  const { diagnostics, lowered } = compile({ 'main.ts': text(nested.map(([, advice]) => advice)) })
  expect(diagnostics.map(shown)).toEqual([])
  run(lowered())
})

/** A list, what it is lowered to, and its value. */
const rows: readonly [source: string, lowered: string, value: number][] = [
  ['Math.max(1, 2, one, 3, 30)', "__tsgrad_foldMath('max', 'max', 'rmax', 1, 2, one, 3, 30)", 30],
  ['Math.max(one, many, 9)', 'one.max(many).max(9)', 9],
  ['Math.max(one, 7, f())', "__tsgrad_foldMath('max', 'max', '', one, 7, f())", 7],
  ['Math.max(rest, 1, one, 30)', 'rest.max(1, one, 30)', 30],
  ['Math.max(rest, ...ones, ...[8])', 'rest.max(...ones, ...[8])', 8],
  ['Math.max(many, 1, 2, 30)', 'many.max(1, 2, 30)', 30],
  ['Math.max(many, 1, 2, 30, 4)', 'many.max(1).max(2).max(30).max(4)', 30],
  ['Math.max(0, rest, 1, 30)', "__tsgrad_dispatchMath('max', 'max', 'rmax', 0, rest, 1, 30)", 30],
  ['Math.max(either, 1, 30)', "__tsgrad_foldMath('max', 'max', 'rmax', either, 1, 30)", 30],
  ['Math.max(one)', "__tsgrad_foldMath('max', 'max', '', one)", 1],
  ['Math.min(one, other)', 'one.min(other)', 1],
  ['Math.min(other, one)', 'other.least(one)', 1],
  ['Math.min(other, one, 3, 0)', 'other.least(one, 3, 0)', 0],
  ['Math.min(3, late)', 'late.rmin(3)', 3],
  ['Math.min(early, late)', 'early.min(late)', 5],
]

describe('a list of', () => {
  const text = `${preamble}const one = new One(1), rest = new Rest(2), many = new Many(3), other = new Other(4), late = new Late(5), early = new Early(6)
const ones = [one], f = () => one, either = (Math.random() < 2 ? one : 1) as One | number
void [rest, many, other, late, early, ones, f, either]
${rows.map(([source], i) => `export const r${i} = ${source}\n`).join('')}`
  const { diagnostics, lowered } = compile({ 'main.ts': text })
  const results = run(lowered()) as Record<string, { n: number }>

  test('operands has no error', () => expect(diagnostics.map(shown)).toEqual([]))
  test.each(rows.map((row, i) => [...row, i] as const))('%s -> %s', (_, expected, value, i) => {
    expect(lowered().split('\n')).toContain(`export const r${i} = ${expected}`)
    expect(results[`r${i}`]!.n).toBe(value)
  })
})
