/** Gradients that are written into given arrays: the numbers of `grad`, in the caller's memory, or an error. */
import { describe, expect, test } from 'vitest'
import { differentiable, gradInto } from '../../runtime/index.ts'
import { compile, run, shown } from '../compile.ts'

/** A function, its arguments, what the gradient is written into, and which arguments it is by. */
type Row = readonly [f: string, args: readonly unknown[], out: unknown, by?: number | readonly number[]]

const rows: readonly Row[] = [
  ['(x: number[]) => x[0]! * x[1]!', [[3, 2]], [7, 7]],
  ['(x: number[]) => x.reduce((s, v) => s + Math.sin(v) ** 2, 0)', [[1, 2, 3]], new Array(3)],
  ['(x: Float64Array) => x[0]! * x[1]!', [Float64Array.of(3, 2)], Float64Array.of(7, 7)],
  ['(x: number[]) => x[0]! + x[2]!', [[3, 2]], [7, 7]],
  ['(x: number[]) => 5', [[3, 2]], [7, NaN]],
  ['(x: number[][]) => x[0]![0]! * x[1]![0]!', [[[3], [2]]], [[7], [7]]],
  ['(x: { w: number[]; b: number }) => x.w[0]! * x.w[1]! * x.b', [{ w: [3, 2], b: 5 }], { b: 7, w: [7, 7] }],
  ['(x: { w: Float64Array }) => x.w[0]! ** 3', [{ w: Float64Array.of(2) }], { w: Float64Array.of(7) }],
  ['(w: number[], b: number) => w[0]! * b', [[3], 2], [[7], 7]],
  ['(w: number[], b: number) => w[0]! * b', [[3], 2], [7], 0],
  ['(w: number[], on: boolean) => (on ? w[0]! ** 2 : 0)', [[3], true], [7], 0],
  ['(a: number, w: number[], c: number[]) => a * w[0]! * c[0]!', [2, [3], [5]], [[7], [7]], [2, 1]],
  ['(a: number, w: number[], v: number[]) => a * w[0]! * v[0]! ** 2', [2, [3], [5]], [7, [7], [7]]],
  ['height', [{ h: 2, next: { h: 3, next: null } }], { h: 7, next: { h: 7, next: null } }],
]

const text = [
  "import { grad, gradInto } from 'tsgrad'",
  'interface Tree { h: number; next: Tree | null }',
  'function height(t: Tree | null): number { return t === null ? 0 : t.h * t.h + height(t.next) }',
  ...rows.flatMap(([f, , , by], i) => {
    const options = by === undefined ? '' : `, { by: ${JSON.stringify(by)} }`
    return [`export const fresh${i} = grad(${f}${options})`, `export const into${i} = gradInto(${f}${options})`]
  }),
].join('\n')
const compiled = compile({ 'main.ts': text }, { declaration: false })
if (compiled.diagnostics.length > 0) throw new Error(compiled.diagnostics.map(shown).join('\n'))
const made = run(compiled.emit().get('main.js')!) as Record<string, (...args: readonly unknown[]) => unknown>

test.each(rows.map(([f, args, out], i) => [f, args, out, i] as const))('%s', (_, args, out, i) => {
  const before = JSON.stringify(args)
  const expected = made[`fresh${i}`]!(...args)
  // the arrays of the first call serve the second one
  for (let call = 0; call < 2; call++) {
    expect(typeof made[`into${i}`]!(out, ...args)).toBe('number')
    expect(out).toEqual(expected)
  }
  expect(JSON.stringify(args)).toBe(before)
})

const product = () =>
  differentiable(
    (x: number[]) => x[0]! * x[1]!,
    {
      grad: ($, seed, x) => {
        const dX = $.gradient(x)
        taken.push(dX)
        const d = seed(x[0] * x[1])
        dX[0] += d * x[1]
        dX[1] += d * x[0]
        return [x[0] * x[1], [dX]]
      },
    },
    2,
  )
const taken: unknown[] = []

test('a second call adds up in the arrays of the first one, and a call of another shape in its own', () => {
  const into = gradInto(product())
  taken.length = 0
  const out = [0, 0]
  into(out, [3, 2])
  into(out, [5, 4])
  into([0, 0, 0], [5, 4, 1])
  expect(taken[1]).toBe(taken[0])
  expect(taken[2]).not.toBe(taken[0])
  expect(taken).not.toContain(out)
  expect(out).toEqual([4, 5])
})

test('a call inside of another one has its own arrays, and one that throws leaves nothing behind', () => {
  let inner: undefined | (() => void)
  const f = (x: number[]) => x[0]!
  const into = gradInto(
    differentiable(
      f,
      {
        grad: ($, seed, x) => {
          const dX = $.gradient(x)
          dX[0] += seed(x[0])
          inner?.()
          return [x[0], [dX]]
        },
      },
      2,
    ),
  )
  const [out, other] = [[0], [0]]
  inner = () => {
    inner = undefined
    into(other, [5])
  }
  into(out, [3])
  expect([out, other]).toEqual([[1], [1]])
  inner = () => {
    throw new RangeError('no')
  }
  expect(() => into(out, [3])).toThrow('no')
  inner = undefined
  into(out, [3])
  expect(out).toEqual([1])
})

test('a function may read what its gradient is written into', () => {
  const { emit, diagnostics } = compile({
    'main.ts': `import { gradInto } from 'tsgrad'
export const last = [10, 20]
export const into = gradInto((x: number[]) => x[0]! * last[0]! + x[1]! ** 2 * last[1]!)
`,
  })
  expect(diagnostics.map(shown)).toEqual([])
  const { into, last } = run(emit().get('main.js')!) as { into(...args: unknown[]): number; last: number[] }
  expect(into(last, [3, 2])).toBe(110)
  expect(last).toEqual([10, 80])
})

describe('throws where', () => {
  const f = (shape: string) => {
    const i = rows.findIndex(([text]) => text.startsWith(`(x: ${shape}) =>`))
    return made[`into${i}`]!
  }
  const x = [3, 2]
  const row = [7]
  const buffer = new Float64Array(3)
  const cases: readonly (readonly [what: string, call: () => unknown, message: RegExp])[] = [
    ['out is too short', () => f('number[]')([7], x), /out is an array of length 1, for an array of length 2/],
    [
      'out is of another kind',
      () => f('number[]')(new Float64Array(2), x),
      /out is an object of class Float64Array of length 2, for an/,
    ],
    ['out is nothing', () => f('number[]')(undefined, x), /out is undefined, for an array of length 2/],
    ['a number is an array', () => f('number[]')([7, [7]], x), /out\[1\] is an array of length 1, for a number/],
    ['a row is too long', () => f('number[][]')([[7], [7, 7]], [[3], [2]]), /out\[1\] is an array of length 2, for/],
    [
      'a key is missing',
      () => f('{ w: number[]; b: number }')({ w: [7, 7] }, { w: x, b: 5 }),
      /out is an object of class Object of w, for an object of class Object of w, b/,
    ],
    ['out is the argument', () => f('number[]')(x, x), /out is an argument itself/],
    [
      'a part of it is an argument',
      () => made[`into${rows.findIndex(([text]) => text.startsWith('(w: number[], b: number)'))}`]!([row, 7], row, 2),
      /out\[0\] is an argument itself/,
    ],
    ['two rows are one array', () => f('number[][]')([row, row], [[3], [2]]), /two parts of out share memory/],
    ['the gradient is one number', () => gradInto(square())([7] as never, 3), /for a number/],
    ['the function was not compiled', () => gradInto((xs: number[]) => xs[0]!), /carries no compiled gradient/],
  ]
  const square = () => differentiable((v: number) => v * v, { grad: (_, seed, v) => [v * v, [seed(v) * 2 * v]] }, 2)
  test.each(cases)('%s', (_, call, message) => {
    expect(call).toThrow(message)
    expect(x).toEqual([3, 2])
  })
  test('two parts are views of one memory', () => {
    const into = gradInto(
      differentiable(
        (v: Float64Array, w: Float64Array) => v[0]! * w[0]!,
        {
          grad: ($, seed, v, w) => {
            const [dV, dW] = [$.gradient(v), $.gradient(w)]
            const d = seed(v[0] * w[0])
            dV[0] += d * w[0]
            dW[0] += d * v[0]
            return [v[0] * w[0], [dV, dW]]
          },
        },
        2,
      ),
    )
    const [v, w] = [Float64Array.of(3, 0), Float64Array.of(2, 0)]
    expect(() => into([buffer.subarray(0, 2), buffer.subarray(1)], v, w)).toThrow(/share memory/)
    const apart = new Float64Array(4)
    into([apart.subarray(0, 2), apart.subarray(2)], v, w)
    expect([...apart]).toEqual([2, 0, 3, 0])
  })
})

test('types ask for the shape of the gradient, and for a function on plain numbers', () => {
  const lines = [
    'gradInto((x: number[]) => x[0]!)([1], [2])',
    'gradInto((x: number[]) => x[0]!)(new Float64Array(1), [2])',
    'gradInto((x: Float64Array) => x[0]!)(new Float64Array(1), new Float64Array(1))',
    'gradInto((x: { a: number }) => x.a)({ b: 1 }, { a: 1 })',
    'gradInto((x: number[], on: boolean) => on ? x[0]! : 0, { by: 0 })([1], [2], true)',
    'gradInto((x: number) => x * x)(0, 2)',
    'gradInto((x: NumberWithGrad[]) => x[0]!)',
  ]
  const { diagnostics } = compile({
    'main.ts': `import { gradInto, type NumberWithGrad } from 'tsgrad'\n${lines.map(line => `${line};`).join('\n')}\nexport type { NumberWithGrad }\n`,
  })
  const refused = new Set(diagnostics.map(({ file, start }) => file!.text.slice(0, start).split('\n').length - 2))
  expect([...refused].map(i => lines[i])).toEqual([lines[1], lines[3], lines[5], lines[6]])
})
