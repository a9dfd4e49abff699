/** Operators on random unions of classes: each value meets the method that its class names in the table, or the program is refused. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from '../transformer/report/diagnostics.ts'
import { compile, run, shown } from './compile.ts'
import { expectOneTree, sampledForms } from './formats.ts'
import { countOr, seed } from './random.ts'

const PROGRAMS = countOr(15)

interface Drawn {
  /** The method that the table names, or nothing. */
  readonly direct: 'm' | 'n' | undefined
  readonly reflected: 'r' | 's' | undefined
  /** Methods that are there without being named. */
  readonly others: readonly string[]
  /** Which operands the methods take: indices of classes, and 3 for numbers. */
  readonly takes: readonly number[]
  /** Whether its objects are functions. */
  readonly called: boolean
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  direct: fc.constantFrom<Drawn['direct']>('m', 'm', 'n', undefined, undefined),
  reflected: fc.constantFrom<Drawn['reflected']>('r', 'r', 's', undefined),
  others: fc.constantFrom(['m'], ['m'], ['r'], []),
  called: fc.constantFrom(false, false, true),
  takes: fc.oneof({ weight: 3, arbitrary: fc.constant([0, 1, 2, 3]) }, fc.subarray([0, 1, 2, 3], { minLength: 1 })),
})
const union = (most: number) => fc.subarray([0, 1, 2, 3], { minLength: 1, maxLength: most })
/** One class names the method, one has it without naming it, and one stands on the right. */
const alike = fc.tuple(drawn, drawn, drawn).map(([naming, bystander, late]): [Drawn, Drawn, Drawn] => [
  { ...naming, direct: 'm' },
  { ...bystander, direct: undefined, others: ['m'] },
  { ...late, reflected: 'r' },
])
const form = fc.constantFrom('l * r', 'Math.max(l, r)', 'id(l) * id(r)', 'Math.max(id(l), id(r))')
const likeness = fc.record({ classes: alike, left: fc.constant([0, 1]), right: fc.constant([2]), form })
const mixture = fc.record({
  classes: fc.tuple(drawn, drawn, drawn),
  left: union(3),
  right: union(2),
  form,
})
const program = fc.oneof({ weight: 3, arbitrary: mixture }, likeness)
type Program = typeof program extends fc.Arbitrary<infer P> ? P : never

const nameOf = (i: number) => (i === 3 ? 'number' : `C${i}`)
/** Of members, as a class says it or as one that can be called. */
const typeOf = (members: readonly number[], { classes }: Pick<Program, 'classes'>) =>
  members.map(i => (classes[i]?.called ? `Called<C${i}>` : nameOf(i))).join(' | ')
const instance = (i: number, { classes }: Program) =>
  i === 3 ? '3' : classes[i]!.called ? `called(new C${i}())` : `new C${i}()`

function classText(program: Pick<Program, 'classes'>, i: number, key: string): string {
  const { direct, reflected, others, takes } = program.classes[i]!
  const table = [direct && `'${key}': '${direct}'`, reflected && `reflected: { '${key}': '${reflected}' }`]
  const named = [direct, reflected].filter(each => each !== undefined)
  return `class C${i} {
  ${named.length > 0 ? `declare readonly [operators]: { ${table.filter(Boolean).join('; ')} }` : ''}
  readonly tag${i} = 0
  ${named.map(method => `${method}(o: ${typeOf(takes, program)}): string { return 'C${i}.${method}(' + who(o) + ')' }`).join('\n')}
  ${others
    .filter(method => !named.includes(method as 'm'))
    .map(method => `${method}(o: unknown): string { return 'wrong' }`)
    .join('\n')}
}
`
}

function textOf(program: Program, i: number): string {
  const { classes, left, right, form } = program
  const key = form.startsWith('Math') ? 'Math.max' : '*'
  return `export const p${i} = (() => {
${classes.map((_, at) => classText(program, at, key)).join('')}
const id = <T>(x: T) => x
const f = (l: ${typeOf(left, program)}, r: ${typeOf(right, program)}) => ${form} // program ${i}
return [${left.map(l => `[${right.map(r => `() => f(${instance(l, program)}, ${instance(r, program)})`).join(', ')}]`).join(', ')}]
})()
`
}

/** What the table says of two values; undefined when it says nothing. */
function oracle({ classes, form }: Program, l: number, r: number): unknown {
  const [left, right] = [classes[l], classes[r]]
  if (left?.direct && left.takes.includes(r)) return `C${l}.${left.direct}(${nameOf(r)})`
  if (right?.reflected && right.takes.includes(l)) return `C${r}.${right.reflected}(${nameOf(l)})`
  return l === 3 && r === 3 ? (form.startsWith('Math') ? 3 : 9) : undefined
}

const preamble = `const who = (o: unknown) => (typeof o === 'number' ? 'number' : (o as object).constructor.name)
type Called<C> = C & (() => number)
const called = <C extends object>(o: C): Called<C> => Object.assign(Object.setPrototypeOf(() => 0, Object.getPrototypeOf(o)), o)
`
const moduleOf = (programs: readonly Program[]) =>
  `import { operators } from 'tsgrad'\n${preamble}${programs.map(textOf).join('')}`

test(`${PROGRAMS} random unions (SEED=${seed}) call what the table names, or are refused`, async () => {
  const programs = fc.sample(program, { numRuns: PROGRAMS, seed })
  const text = moduleOf(programs)
  const forms = await sampledForms(programs, moduleOf, seed)
  const compiled = compile({ 'main.ts': text, ...forms }, { noUnusedLocals: false })
  expectOneTree(compiled, Object.keys(forms))
  const { lowered } = compiled
  const diagnostics = compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith('/main.ts'))
  const lines = text.split('\n')
  const reported = new Map<number, string>()
  // entries that are never used are drawn, too
  for (const each of diagnostics.filter(({ code }) => code !== catalogue.deadEntry.code)) {
    const line = text.slice(0, each.start).split('\n').length - 1
    reported.set(Number(/\/\/ program (\d+)$/.exec(lines[line]!)?.[1] ?? -1), shown(each))
  }
  expect(reported.get(-1)).toBe(undefined)
  const module = run(lowered()) as Record<string, (() => unknown)[][]>
  let called = 0
  let ambiguous = 0
  for (const [i, each] of programs.entries()) {
    const expected = each.left.map(l => each.right.map(r => oracle(each, l, r)))
    const hasMeaning = expected.flat().every(value => value !== undefined)
    const report = reported.get(i)
    if (report) {
      // two classes with different methods, or of one look, or a left one that names the operator and leaves this to the right one
      const isPlain = each.left.length === 1 && each.right.length === 1
      if (hasMeaning) expect(isPlain ? report : 'a union', `${text.split(`// program ${i}`)[0]}`).toBe('a union')
      if (hasMeaning) ambiguous++
      continue
    }
    expect(hasMeaning, textOf(each, i)).toBe(true)
    expect(
      module[`p${i}`]!.map(row => row.map(f => f())),
      textOf(each, i),
    ).toEqual(expected)
    called++
  }
  expect(called).toBeGreaterThan(PROGRAMS / 10)
  expect(ambiguous).toBeGreaterThan(0)
})
