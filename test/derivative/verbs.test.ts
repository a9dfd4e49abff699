/** The verbs on functions on plain numbers: the results of the same functions on tracked numbers, in the same shapes. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

/** A body for both engines, its parameters with the type N in the place of a number, a call of a verb, and its arguments. */
type Row = readonly [parameters: string, body: string, call: (f: string) => string, args: readonly unknown[]]

const rows: readonly Row[] = [
  ['x: N', 'x * x', f => `vjp(${f})`, [3, 2]],
  ['x: N, y: N', 'x * y', f => `vjp(${f})`, [3, 2, 5]],
  [
    'x: N[]',
    '[x[0]! * x[1]!, x[0]! ** 2, 7]',
    f => `vjp(${f})`,
    [
      [3, 2],
      [1, 10, 100],
    ],
  ],
  [
    'x: N[]',
    '[Math.sqrt(x[0]!), x[1]!]',
    f => `vjp(${f})`,
    [
      [0, 2],
      [0, 1],
    ],
  ],
  [
    'x: N, p: { w: N[]; b: N }',
    '({ up: [x * p.b, p.w[0]!], down: p.w[1]! * x })',
    f => `vjp(${f})`,
    [2, { w: [3, 4], b: 5 }, { up: [1, 10], down: 100 }],
  ],
  [
    'x: N[]',
    'x',
    f => `vjp(${f})`,
    [
      [3, 2],
      [1, 10],
    ],
  ],
  ['x: N[]', '[x[0]!, x[0]!, x[0]! * x[1]!]', f => `jacobian(${f})`, [[3, 2]]],
  ['x: N', 'x ** 3', f => `jacobian(${f})`, [2]],
  ['x: N[], y: N', '[[x[0]! * y], [y, x[1]! / y]]', f => `jacobian(${f})`, [[3, 2], 4]],
  ['x: N[]', 'x.map(v => v * x[0]!)', f => `jacobian(${f})`, [[3, 2]]],
  ['x: N[]', 'x.slice(0, 0)', f => `jacobian(${f})`, [[3, 2]]],
  ['x: N[]', '({ s: x[0]! * x[1]!, r: [x[0]!] })', f => `jacobian(${f})`, [[3, 2]]],
  ['x: N, y: N', 'y * y * x', f => `grad(${f}, { by: 1 })`, [3, 2]],
  ['x: N, y: N', 'x * y * y', f => `grad(${f}, { by: [1, 0] })`, [3, 2]],
  ['x: N, y: N', 'y * y * x', f => `grad(${f}, { by: [1] })`, [3, 2]],
  ['x: N[], on: boolean', 'on ? x[0]! * x[1]! : x[0]!', f => `valueAndGrad(${f}, { by: 0 })`, [[3, 2], true]],
  ['x: N', '[x * x, { twice: x * 2 }] as const', f => `valueAndGrad(${f}, { aux: true })`, [3]],
  ['x: N, y: N', '[y * x * x, [y, 5]] as const', f => `valueAndGrad(${f}, { aux: true, by: 1 })`, [3, 2]],
  ['x: N', 'x * x', f => `jvp(${f})`, [3, 2]],
  ['x: N[], y: N', '[x[0]! * y, x[1]! ** 3, 7]', f => `jvp(${f})`, [[3, 2], 4, [1, 10], 100]],
  [
    'x: N[]',
    '[x[0]! * 2, Math.sqrt(x[1]!)]',
    f => `jvp(${f})`,
    [
      [3, 0],
      [1, 0],
    ],
  ],
  [
    'p: { w: N[]; b: N }',
    '({ up: [p.b, p.w[0]!], down: p.w.map(v => v * p.b) })',
    f => `jvp(${f})`,
    [
      { w: [3, 4], b: 5 },
      { w: [1, 10], b: 100 },
    ],
  ],
  ['x: N', 'x ** 3', f => `hvp(${f})`, [2, 5]],
  ['x: N[], y: N', 'x[0]! * x[1]! * y * y', f => `hvp(${f})`, [[3, 2], 4, [1, 10], 100]],
  [
    'x: N[]',
    'x.map(v => Math.sin(v) * x[0]!).reduce((a, b) => a + b * b)',
    f => `hvp(${f})`,
    [
      [3, 2],
      [1, 10],
    ],
  ],
  ['x: N', 'x ** 3 / (1 + Math.exp(x))', f => `hessian(${f})`, [2]],
  ['x: N[]', 'x[0]! ** 2 * x[1]! + Math.tanh(x[0]! * x[1]!)', f => `hessian(${f})`, [[3, 2]]],
  ['x: N[], y: N', 'x[0]! ** 2 * y + x[1]! / y', f => `hessian(${f})`, [[3, 2], 4]],
  ['p: { w: N[]; b: N }', 'p.w[0]! * p.w[1]! * p.b * p.b', f => `hessian(${f})`, [{ w: [3, 4], b: 5 }]],
]

const text = [
  "import { grad, hessian, hvp, jacobian, jvp, type NumberWithGrad, type Numeric, valueAndGrad, vjp } from 'tsgrad'",
  ...rows.flatMap(([parameters, body, call], i) => [
    `export const plain${i} = ${call(`(${parameters.replace(/\bN\b/g, 'number')}) => ${body}`)}`,
    `export const taped${i} = ${call(`(${parameters.replace(/\bN\b/g, 'NumberWithGrad')}) => ${body}`)}`,
  ]),
].join('\n')
const compiled = compile({ 'main.ts': text }, { declaration: false })
const made = run(compiled.emit().get('main.js')!) as Record<string, (...args: readonly unknown[]) => unknown>

/** To fourteen digits: the orders of additions differ. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? Number(each.toPrecision(14)) : each))

test('the program compiles, with a derivative for each function on plain numbers', () => {
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.lowered().match(/__tsgrad_differentiable\(/g)?.length).toBe(rows.length)
})

test.each(rows.map(([parameters, body, call, args], i) => [call(`(${parameters}) => ${body}`), args, i] as const))(
  '%s',
  (_, args, i) => {
    const before = JSON.stringify(args)
    expect(rounded(made[`plain${i}`]!(...args))).toEqual(rounded(made[`taped${i}`]!(...args)))
    expect(JSON.stringify(args)).toBe(before)
  },
)

test('a Float64Array gives one', () => {
  const { diagnostics, emit, lowered } = compile({
    'main.ts': `import { grad, jacobian, vjp } from 'tsgrad'
export const g: (x: Float64Array) => Float64Array = grad((x: Float64Array) => x[0]! * x[1]!)
export const v: (x: Float64Array, c: Float64Array) => [Float64Array, Float64Array] = vjp((x: Float64Array) => x.map(a => a * a))
export const j: (x: Float64Array) => Float64Array[] = jacobian((x: Float64Array) => [x[0]! * x[1]!, x[0]!])
`,
  })
  expect(diagnostics.map(shown)).toEqual([])
  expect(lowered()).toContain('differentiable')
  const { g, v, j } = run(emit().get('main.js')!) as Record<string, (...args: unknown[]) => unknown>
  const x = new Float64Array([3, 2])
  expect(g!(x)).toEqual(new Float64Array([2, 3]))
  expect(v!(x, new Float64Array([1, 10]))).toEqual([new Float64Array([9, 4]), new Float64Array([6, 40])])
  expect(j!(x)).toEqual([new Float64Array([2, 3]), new Float64Array([1, 0])])
})

test('two derivatives of one function do not take the place of each other', () => {
  const { emit, lowered } = compile({
    'main.ts': `import { grad } from 'tsgrad'
const f = (x: number, y: number) => x * y * y
export const both = grad(f)
export const one = grad(f, { by: 1 })
export const first = grad(f, { by: [0] })
`,
  })
  expect(lowered()).toMatch(/\{ grad: [\s\S]*\{ 'grad by 1': [\s\S]*\{ 'grad by 0': /)
  const { both, one, first } = run(emit().get('main.js')!) as Record<string, (...args: unknown[]) => unknown>
  expect([both!(3, 2), one!(3, 2), first!(3, 2)]).toEqual([[4, 12], 12, [4]])
})

const thrown = [
  [
    '(vjp(f) as (...all: unknown[]) => unknown)([3, 2])',
    'expected the arguments of f, then a cotangent; got 1 arguments',
  ],
  ['vjp(f)([3, 2], [1])', 'the cotangent must have as many numbers as the result; got 1 for 2'],
  ["vjp(f)([3, 2], ['a', 1] as never)", 'expected numbers, in arrays or plain records; got a string'],
  ['grad(h, { by: 2 as 0 })(1, 2)', '`by` must name arguments once each, from 0 to 1; got 2'],
] as const
test('what throws', () => {
  const { emit, diagnostics } = compile({
    'main.ts': `import { grad, vjp } from 'tsgrad'
const f = (x: number[]) => [x[0]! * x[1]!, x[0]!]
const h = (x: number, y: number) => x * y
${thrown.map(([call], i) => `export const run${i} = () => ${call}`).join('\n')}
`,
  })
  expect(diagnostics.map(shown)).toEqual([])
  const calls = run(emit().get('main.js')!) as Record<string, () => unknown>
  for (const [i, [, message]] of thrown.entries()) expect(calls[`run${i}`]).toThrow(message)
})

test('a cotangent of 0 gives a gradient of 0, as on the tape, also at an infinite partial and a value that is NaN', () => {
  const text = `import { type NumberWithGrad, vjp } from 'tsgrad'
export const compiled = [vjp((x: number) => Math.sqrt(x)), vjp((x: number) => 5 - Math.sqrt(x) ** 2), vjp((x: number) => [Math.sqrt(x), x]), vjp((p: { a: number[]; b: Float64Array }) => Math.log(p.a[0]! * p.b[0]!))]
export const taped = [vjp((x: NumberWithGrad) => Math.sqrt(x)), vjp((x: NumberWithGrad) => 5 - Math.sqrt(x) ** 2), vjp((x: NumberWithGrad) => [Math.sqrt(x), x])]
`
  const { diagnostics, lowered } = compile({ 'main.ts': text })
  expect(diagnostics.map(shown)).toEqual([])
  const { compiled, taped } = run(lowered()) as Record<string, ((...args: readonly unknown[]) => [unknown, unknown])[]>
  for (const x of [0, -1, 4])
    taped!.forEach((f, i) => {
      const cotangent = i === 2 ? [0, 0] : 0
      expect(f(x, cotangent)[1]).toBe(0)
      expect(compiled![i]!(x, cotangent)[1]).toBe(0)
    })
  expect(compiled![3]!({ a: [0], b: Float64Array.of(2) }, 0)[1]).toEqual({ a: [0], b: Float64Array.of(0) })
  expect(compiled![2]!(4, [0, 3])).toEqual([[2, 4], 3])
})

test('arguments may have null and optional parts, in types and when they run', () => {
  const source = `import { grad, gradInto, hessian, hvp, jvp, valueAndGrad } from 'tsgrad'
interface Tree { v: number; next: Tree | null; w?: number[] }
const total = (t: Tree | null): number => t === null ? 1 : t.v ** 2 * total(t.next) * (t.w?.[0] ?? 1)
const f = (t: Tree): number => total(t)
const tree: Tree = { v: 2, next: { v: 3, next: null } }
const into: Tree = { v: 0, next: { v: 0, next: null } }
export const slope: Tree = grad(f)(tree)
export const second = hessian(f)(tree)
export const along = [jvp(f)(tree, tree)[1], hvp(f)(tree, slope), valueAndGrad(f)(tree)[0]] as const
export const written = [gradInto(f)(into, tree), into] as const
export const absent = grad((p: { a: number | null; b: number }) => (p.a ?? 2) * p.b)({ a: null, b: 3 })
`
  const { diagnostics, emit } = compile({ 'main.ts': source }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  const made = run(emit().get('main.js')!)
  const gradient = { v: 36, next: { v: 24, next: null } }
  expect(made.slope).toEqual(gradient)
  expect(made.second).toEqual({
    v: { v: 18, next: { v: 24, next: null } },
    next: { v: { v: 24, next: { v: 8, next: null } }, next: null },
  })
  expect(made.along).toEqual([144, { v: 18 * 36 + 24 * 24, next: { v: 24 * 36 + 8 * 24, next: null } }, 36])
  expect(made.written).toEqual([36, gradient])
  expect(made.absent).toEqual({ a: null, b: 2 })
})
