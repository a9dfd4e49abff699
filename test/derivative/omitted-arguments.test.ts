/** Arguments that a call leaves out: each verb gives the derivatives of the function of those that are there, and none by the others. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { numbersIn } from './points.ts'

/** A function, and the arguments of a call that leaves some out. */
const rows: readonly (readonly [f: string, args: readonly unknown[]])[] = [
  ['(x: number, y = 2) => x ** 2 * y ** 3', [3]],
  ['(x: number, y = 2 * x) => x ** 2 * y ** 3', [3]],
  ['(x: number[], y = 2) => x[0]! ** 2 * x[1]! * y ** 3', [[3, 2]]],
  ['(x: number, y?: number) => x ** 2 * (y ?? 3)', [3]],
  ['(x: number, y: number | undefined) => (y === undefined ? x ** 3 : y)', [3, undefined]],
  ['(x: number, y: number, z = x * y, k?: number) => x ** 2 * y * z * (k === undefined ? Math.sin(y) : k)', [3, 2]],
  ['(x: number, w: number[] = [1, 2]) => x ** 2 * w[0]! * w[1]!', [3]],
  ['(x: number, w: number[] = [x, 2]) => x ** 2 * w[0]! * w[1]!', [3]],
  ['(x: number, { k = 2 }: { k?: number } = {}) => x ** 2 * k', [3]],
  ['(x: number[], { rate }: { rate: number } = { rate: 3 }) => x[0]! ** 2 * rate', [[3]]],
  ['(x: { a: number; b?: number }, y = 3) => x.a ** 3 * (x.b ?? y)', [{ a: 2 }]],
]

/** What a verb is called with: directions are halves of the arguments. */
const half = (value: unknown): unknown => {
  if (typeof value === 'number') return 0.5 * value
  if (Array.isArray(value)) return value.map(half)
  return value && Object.fromEntries(Object.entries(value).map(([key, each]) => [key, half(each)]))
}
const verbs: Readonly<Record<string, (args: readonly unknown[]) => readonly unknown[]>> = {
  grad: args => args,
  valueAndGrad: args => args,
  vjp: args => [...args, 0.7],
  jacobian: args => args,
  jvp: args => [...args, ...args.map(half)],
  hvp: args => [...args, ...args.map(half)],
  hessian: args => args,
}
const options = [
  ['grad', 'by', '{ by: 0 }'],
  ['valueAndGrad', 'list', '{ by: [0] }'],
] as const

const names = Object.keys(verbs)
const text = [
  `import { ${names.join(', ')}, gradInto } from 'tsgrad'`,
  ...rows.flatMap(([f, args], i) => {
    const given = args.filter(each => each !== undefined)
    const taken = given.map((_, k) => `a${k}: Parameters<typeof f${i}>[${k}]`)
    const all = args.map((each, k) => (each === undefined ? 'undefined' : `a${k}!`))
    return [
      `const f${i} = ${f}`,
      ...names.flatMap(verb => [
        `export const ${verb}${i} = ${verb}(f${i})`,
        `export const ${verb}${i}_given = ${verb}((${taken.join(', ')}) => f${i}(${all.join(', ')}))`,
      ]),
      ...options.map(([verb, name, by]) => `export const ${name}${i} = ${verb}(f${i}, ${by})`),
      `export const into${i} = gradInto(f${i})`,
    ]
  }),
].join('\n')
const compiled = compile({ 'main.ts': text }, { declaration: false })
if (compiled.diagnostics.length > 0) throw new Error(compiled.diagnostics.map(shown).join('\n'))
const made = run(compiled.emit().get('main.js')!) as Record<string, (...args: readonly unknown[]) => unknown>

const present = (args: readonly unknown[]) => args.filter(each => each !== undefined)
const cases = rows.flatMap(([f, args], i) => names.map(verb => [f, verb, args, i] as const))

test.each(cases)('%s by %s', (_, verb, args, i) => {
  const [given, short] = [verbs[verb]!(args), verbs[verb]!(present(args))]
  const expected = made[`${verb}${i}_given`]!(...short)
  const found = made[`${verb}${i}`]!(...given)
  expect(JSON.stringify(expected)).not.toContain('null')
  expect(numbersOf(found)).toEqual(numbersOf(expected).map(each => expect.closeTo(each, 10)))
  if (/^(?:grad|hessian|hvp|jacobian)$/.test(verb)) expect(found).toHaveLength(args.length)
})
test.each(rows.map(([f, args], i) => [f, args, i] as const))('%s by one argument, and into an array', (_, args, i) => {
  const [first] = [made[`grad${i}_given`]!(...present(args))].map(all =>
    present(args).length === 1 ? all : (all as unknown[])[0],
  )
  expect(made[`by${i}`]!(...args)).toEqual(first)
  expect((made[`list${i}`]!(...args) as unknown[])[1]).toEqual([first])
  const gradient = made[`grad${i}`]!(...args) as unknown[]
  const out = structuredClone(gradient)
  made[`into${i}`]!(out, ...args)
  expect(out).toEqual(gradient)
})

function numbersOf(value: unknown): number[] {
  return numbersIn(JSON.parse(JSON.stringify(value, (_, each) => (each === undefined ? [] : each))))
}
