/** Compiled gradients of single functions: the forms of JavaScript, compared with differences, and what once gave a wrong number. */
import { expect, test, vi } from 'vitest'
import { compile, shown } from '../compile.ts'
import { compiledGradients } from './compiled.ts'
import { type FunctionRow, syntaxForms } from './form-rows.ts'
import { memoryForms } from './memory-rows.ts'

const forms = [...syntaxForms, ...memoryForms]

/** What once gave a wrong number, with the true gradient. */
const traps: readonly (readonly [...FunctionRow, value: number, gradient: unknown])[] = [
  // what did not arrive at a sum did not arrive at its terms
  [
    'function f(x: number[]) { const t = Math.sqrt(x[1]!); const u = t + x[0]!; let r = x[0]! * 3; if (x[0]! > 5) r = u * 2; return r }',
    [[1, 0]],
    3,
    [3, 0],
  ],
  // what turns add to one place of a gradient is negative, or NaN
  [
    'function f(x: number[]) { let s = 0; for (let i = 0; i < 3; i++) s -= x[0]! * i + x[1]! * x[1]!; return s }',
    [[2, 3]],
    -33,
    [-3, -18],
  ],
  [
    'function f(x: number[]) { let s = 0; for (let i = 0; i < 3; i++) s += Math.sqrt(x[0]!) * x[1]!; return s }',
    [[0, 0]],
    0,
    [NaN, 0],
  ],
  // an array that grows by an index
  [
    'function f(x: number) { const out: number[] = []; out[0] = x; out[1] = x * out[0]!; return out[1]! * out[0]! }',
    [1.5],
    3.375,
    6.75,
  ],
  // a hole, and the type says number
  ['function f(x: number) { const a: number[] = []; a[3] = x; return (a[2] ?? 7) * x + a[3]! }', [1.5], 12, 8],
  ['function f(x: number[]) { return (x[5] ?? 7) * x[0]! }', [[2]], 14, [7]],
  // behind the end of a Float64Array nothing is stored
  ['function f(x: number) { const a = new Float64Array(2); a[2] = x; return (a[2] ?? 7) * x + a[0]! }', [1.5], 10.5, 7],
  [
    'function f(x: number) { const a = new Array<number>(2).fill(0); a[2] = x; return a[2]! * a.length }',
    [1.5],
    4.5,
    3,
  ],
  // what is no index is a property
  ['function f(x: number) { const a: number[] = []; a[0.5] = x; a[-1] = x * x; return a[0.5]! * a[-1]! }', [2], 8, 12],
  // a boolean as a number
  ['function f(x: number) { const isOn = x > 0; return +isOn === 1 ? x : 2 * x }', [3], 3, 1],
  // && and || of numbers give numbers
  ['function f(x: number) { return (x && 3 * x) + (x || 2) }', [3], 12, 4],
  ['function f(x: number) { return (x && 3 * x) + (x || 2 + x) }', [0], 2, 2],
  // not reached, and reached with 0
  ['function f(x: number[]) { return x.map(Math.sqrt)[0]! }', [[1, 0]], 1, [0.5, 0]],
  [
    'function f(x: number[]) { return x.map(v => Math.sqrt(v)).reduce((a, b) => Math.max(a, b)) }',
    [[4, 0]],
    2,
    [0.25, 0],
  ],
  ['function f(x: number) { return 5 - Math.sqrt(x) ** 2 }', [0], 5, Number.NaN],
  ['function f(x: number) { return x > 0 ? Math.sqrt(x) : 0 }', [0], 0, 0],
  ['function f(x: number) { return Math.floor(Math.sqrt(x)) + x }', [0], 0, 1],
  ['function f(x: number, y: number) { return x > 0 ? y : y }', [1, 2], 2, [0, 1]],
  ['function f(x: number[]) { return x.length }', [[1, 2]], 2, [0, 0]],
  // names that the text has for itself
  [
    'function f(x: number) { let T = x * x, sp = T + 1; const R = [sp], seed = 2, turns = 3, key = 1; for (let i = 0; i < turns; i++) { const object = R[0]! * T; sp += object * seed * key } const $i = sp; return $i }',
    [2],
    125,
    220,
  ],
  // a sum that is read beside its own step, in the same choice
  [
    'function f(x: number[]) { let s = 0; for (const v of x) if (v > 0) { s += v * s; s += v } return s }',
    [[2, 3]],
    11,
    [4, 3],
  ],
  // a line that begins with a bracket
  [
    'const pair = (n: number, x: number): number[] => (n === 0 ? [x, 2 * x] : pair(n - 1, x * x))\nfunction f(x: number) { let s = x\n;[s = 0] = pair(1, s)\nreturn s }',
    [3],
    9,
    6,
  ],
  // an error's message may show what depends on the arguments
  [
    "function f(x: number) { if (x < 0) throw new RangeError('bad ' + x + ' and ' + (x + 1)); return x * x }",
    [3],
    9,
    6,
  ],
  // a test against null, which a type must not fold away
  [
    'function f(p: { w: number; next: number | null }) { return p.next === null ? p.w : p.w * p.next }',
    [{ w: 3, next: null }],
    3,
    { w: 1, next: null },
  ],
  [
    'function f(p: { w: number; next: number | null }) { return p.next === null ? p.w : p.w * p.next }',
    [{ w: 3, next: 2 }],
    6,
    { w: 2, next: 3 },
  ],
  // what a function without text changes is not what it was before
  [
    'function f(x: number) { const w = [1, 2, 3]; let s = 0; for (let i = 0; i < 3; i++) { s += w[i]! * x * x; Object.assign(w, [i + 5, i + 6, i + 7]) } return s + w.length * x }',
    [1.5],
    38.25,
    48,
  ],
  [
    'const outer = { k: 3 }\nfunction f(x: number) { let s = outer.k * x * x; Object.assign(outer, { k: 7 }); s += outer.k * x; Object.assign(outer, { k: 3 }); return s }',
    [1.5],
    17.25,
    16,
  ],
  [
    'const store = { xs: [1, 2] }\nfunction f(x: number) { let s = 0; for (const v of store.xs) s += v * x * x; Object.assign(store, { xs: [7, 8, 9] }); for (const v of store.xs) s += v * x; Object.assign(store, { xs: [1, 2] }); return s }',
    [1.5],
    42.75,
    33,
  ],
  [
    'function f(x: number) { const m = new Map<number, number>(); const n = m.size; let s = 0; for (let i = 0; i < 3; i++) { if (m.size < 2) s += m.size * x * x; else s += x; m.set(i, i) } return s * s * m.size + n * x }',
    [1.5],
    42.1875,
    90,
  ],
  // -0 is a value, and no mark
  ['function f(x: number) { return x * -0 + Math.sqrt(x) * 0 }', [0], 0, Number.NaN],
]

function differences(f: (...args: readonly unknown[]) => number, args: readonly unknown[]): unknown {
  const at = structuredClone(args) as unknown[]
  const each = (holder: Record<string | number, unknown>, key: string | number): unknown => {
    const x = holder[key]
    if (x === null) return null
    if (typeof x !== 'number') {
      const found = Object.keys(x as object).map(inner => [inner, each(x as Record<string, unknown>, inner)] as const)
      return Array.isArray(x) || x instanceof Float64Array ? found.map(([, d]) => d) : Object.fromEntries(found)
    }
    const value = (moved: number) => {
      holder[key] = moved
      return f(...at)
    }
    const slope = (value(x + 1e-6) - value(x - 1e-6)) / 2e-6
    holder[key] = x
    return slope
  }
  const all = at.map((_, i) => each(at as unknown as Record<number, unknown>, i))
  return all.length === 1 ? all[0] : all
}

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value ?? {}).flatMap(numbersIn)

const gradients = compiledGradients([...forms, ...traps].map(([source]) => source))

test.each(forms.map((row, i) => [...row, gradients[i]!] as const))('%s', (_, args, { f, derived }) => {
  const [value, gradient] = derived(...args)
  expect(value).toBe(f(...args))
  const [found, expected] = [numbersIn(gradient), numbersIn(differences(f, args))]
  expect(found.length).toBe(expected.length)
  for (const [i, each] of found.entries()) expect(each).toBeCloseTo(expected[i]!, 5)
})

test.each(traps.map((row, i) => [...row, gradients[forms.length + i]!] as const))('%s', (...row) => {
  const [, args, value, gradient, { derived }] = row
  const [found, slopes] = derived(...args)
  expect(found).toBeCloseTo(value, 12)
  const [actual, expected] = [numbersIn(slopes), numbersIn(gradient)]
  expect(actual.length).toBe(expected.length)
  for (const [i, each] of actual.entries())
    if (Number.isNaN(expected[i])) expect(each).toBeNaN()
    else expect(each).toBeCloseTo(expected[i]!, 12)
  expect(Array.isArray(slopes)).toBe(Array.isArray(gradient))
})

test('what has an effect runs once, in order, whether its value is read or not', () => {
  const source =
    'declare const console: { log(...shown: unknown[]): void }\nfunction f(x: number) { Math.random(); let s = 0; for (let i = 0; i < 2; i++) { s += x * Math.random(); console.log(`turn ${i} of`, s) } return s }'
  const { derived } = compiledGradients([source])[0]!
  const shownThen: unknown[] = []
  const [random, log] = [vi.spyOn(Math, 'random'), vi.spyOn(console, 'log')]
  random.mockReturnValueOnce(9).mockReturnValueOnce(2).mockReturnValueOnce(3)
  log.mockImplementation((...all) => void shownThen.push(all))
  try {
    expect(derived(1.5)).toEqual([7.5, 5])
    expect(random).toHaveBeenCalledTimes(3)
  } finally {
    random.mockRestore()
    log.mockRestore()
  }
  expect(shownThen).toEqual([
    ['turn 0 of', 3],
    ['turn 1 of', 7.5],
  ])
})

test('what is drawn first is the first number', () => {
  const source =
    'function f(x: number) { const a = Math.random(); const b = Math.random(); return x > 9 ? x : b + 10 * a + x * x }'
  const { derived } = compiledGradients([source])[0]!
  const random = vi.spyOn(Math, 'random').mockReturnValueOnce(2).mockReturnValueOnce(3)
  try {
    expect(derived(1)).toEqual([24, 2])
    expect(random).toHaveBeenCalledTimes(2)
  } finally {
    random.mockRestore()
  }
})

test('an error inside leaves nothing behind', () => {
  const source =
    'function f(xs: number[]) { let s = 0; for (const x of xs) { if (x < 0) throw new RangeError(`bad ${x}`); s += x * x } return s }'
  const { derived } = compiledGradients([source])[0]!
  expect(derived([1, 2])).toEqual([5, [2, 4]])
  expect(() => derived([1, -2])).toThrow('bad -2')
  expect(derived([1, 2])).toEqual([5, [2, 4]])
})

test('what throws in JavaScript throws', () => {
  const { f, derived } = compiledGradients([
    'function f(x: number) { return new Array<number>(x).fill(x).reduce((a, b) => a + b, 0) }',
  ])[0]!
  expect(derived(2)).toEqual([4, 2])
  for (const length of [2.5, -1, Number.NaN])
    for (const each of [f, derived]) expect(() => each(length)).toThrow('Invalid array length')
})

test('a text that holds derivatives already stays as it is', () => {
  const { text } = compiledGradients(['function f(x: number[]) { return x.map(v => v * v)[0]! }'])[0]!
  const again = compile({ 'main.ts': text })
  expect(again.diagnostics.map(shown)).toEqual([])
  expect(again.lowered()).toBe(text)
})
