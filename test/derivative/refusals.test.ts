/** What a derived function may not hold: each row is refused at its place, and a function that is nearly the same is derived. */

import { describe, expect, test } from 'vitest'
import { catalogue } from '../../transformer/report/diagnostics.ts'
import { compile, shown } from '../compile.ts'
import { compiledGradients, refusalsOf } from './compiled.ts'

type Row = readonly [code: number, at: string, refused: string, allowed: string]

const rows: readonly Row[] = [
  [
    94001,
    'g',
    'declare function g(x: number): number\nfunction f(x: number) { return g(x) }',
    'const g = (x: number) => x\nfunction f(x: number) { return g(x) }',
  ],
  [
    94001,
    'g',
    'let g = (x: number) => x\nfunction f(x: number) { return g(x) }\ng = Math.sin',
    'const g = (x: number) => x\nfunction f(x: number) { return g(x) }',
  ],
  [94001, 'Number', 'function f(x: number) { return Number(x) }', 'function f(x: number) { return +x }'],
  [
    94001,
    'report.log(x)',
    'declare const report: { log(x: number): void }\nfunction f(x: number) { report.log(x); return x }',
    'declare const console: { log(x: number): void }\ndeclare const report: { log(x: number): void }\nfunction f(x: number) { console.log(x); report.log(2); return x }',
  ],
  [
    94001,
    'x.toFixed(2)',
    'function f(x: number) { return Number(x.toFixed(2)) }',
    'function f(x: number) { const n = 2; return Number(n.toFixed(2)) * x }',
  ],
  [94001, 'x.valueOf()', 'function f(x: number) { return x.valueOf() }', 'function f(x: number) { return x }'],
  [
    94002,
    'x[0]',
    'function f(x: number[]) { x[0] = 2; return x[0] }',
    'function f(x: number[]) { const y = x.slice(); y[0] = 2; return y[0] * x[0]! }',
  ],
  [
    94002,
    'q[0]',
    'function f(p: number[], k: number) { const q = k > 0 ? p : p.slice(); q[0] = 2; return q[0] * k }',
    'function f(p: number[], k: number) { const q = k > 0 ? p.map(v => v) : p.slice(); q[0] = 2; return q[0] * k }',
  ],
  [
    94002,
    'q[0]![0]',
    'function f(m: number[][]) { const q = m.slice(); q[0]![0] = 2; return q[0]![0]! }',
    'function f(m: number[][]) { const q = m.map(row => row.slice()); q[0]![0] = 2; return q[0]![0]! }',
  ],
  [
    94002,
    'q.w[0]',
    'function f(p: { w: number[]; b: number }) { const q = { ...p }; q.w[0] = 2; return q.w[0] * q.b }',
    'function f(p: { w: number[]; b: number }) { const q = { ...p }; q.b = 2; return q.w[0]! * q.b }',
  ],
  [
    94002,
    'p.b',
    'function f(p: { b: number }) { p.b = 2; return p.b }',
    'function f(p: { b: number }) { const q = { ...p }; q.b = 2; return q.b * p.b }',
  ],
  [
    94002,
    'x.push(1)',
    'function f(x: number[]) { x.push(1); return x[0]! }',
    'function f(x: number[]) { const y = [...x]; y.push(1); return y[0]! }',
  ],
  [
    94002,
    'x.fill(0)',
    'function f(x: number[]) { return x.fill(0)[0]! }',
    'function f(x: number[]) { return x.slice().fill(0)[0]! }',
  ],
  [
    94002,
    'a[0]',
    'const set = (a: number[]) => { a[0] = 1 }\nfunction f(x: number[]) { set(x); return x[0]! }',
    'const set = (a: number[]) => { a[0] = 1 }\nfunction f(x: number[]) { const y = x.slice(); set(y); return y[0]! }',
  ],
  [
    94002,
    'data[0]',
    'const data = [1]\nfunction f(x: number) { data[0] = x; return data[0] }',
    'const data = [1]\nfunction f(x: number) { const own = [...data]; own[0] = x; return own[0] }',
  ],
  [
    94002,
    'h[0]',
    'function f(x: number[]) { let h = x; for (let i = 0; i < 2; i++) { h[0] = 1; h = [0] } return h[0]! }',
    'function f(x: number[]) { let h = x; for (let i = 0; i < 2; i++) { const out = [0]; out[0] = h[0]!; h = out } return h[0]! }',
  ],
  [
    94003,
    'join',
    "function f(x: number[]) { return x.join('').length + x[0]! }",
    'function f(x: number[]) { return x.length + x[0]! }',
  ],
  [
    94003,
    'subarray',
    'function f(x: Float64Array) { return x.subarray(1)[0]! }',
    'function f(x: Float64Array) { return x.slice(1)[0]! }',
  ],
  [
    94002,
    'x.sort((a, b) => a - b)',
    'function f(x: number[]) { return x.sort((a, b) => a - b)[0]! }',
    'function f(x: number[]) { return x.toSorted((a, b) => a - b)[0]! }',
  ],
  [94002, 'x.pop()', 'function f(x: number[]) { return x.pop()! }', 'function f(x: number[]) { return x.at(-1)! }'],
  [
    94011,
    '{ const c = a - b; return',
    'function f(x: number[]) { return x.toSorted((a, b) => { const c = a - b; return c })[0]! }',
    'function f(x: number[]) { return x.toSorted((a, b) => { return a - b })[0]! }',
  ],
  [
    94021,
    'x.slice().sort()',
    'function f(x: number[]) { return x.slice().sort()[0]! }',
    'function f(x: Float64Array) { return x.slice().sort()[0]! }',
  ],
  [
    94004,
    "'a' + x",
    "function f(x: number) { return ('a' + x).length }",
    "function f(x: number) { const n = 2; return ('a' + n).length + x }",
  ],
  [
    94004,
    '`${x}`',
    'function f(x: number) { return `${x}` === `1` ? x : 0 }',
    'function f(x: number) { return x === 1 ? x : 0 }',
  ],
  [
    94005,
    'new Int32Array(1)',
    'function f(x: number) { const a = new Int32Array(1); a[0] = x; return a[0] }',
    'function f(x: number) { const a = new Float64Array(1); a[0] = x; return a[0] }',
  ],
  [
    94005,
    'new Float32Array(1)',
    'function f(x: number) { const a = new Float32Array(1); a[0] = x; return a[0] }',
    'function f(x: number) { const a = new Float64Array(1); a[0] = x; return a[0] }',
  ],
  [
    94005,
    'x',
    'function f(x: number) { return (x | 0) + x }',
    'function f(x: number) { let i = 5; i = i >> 1; return (i | 0) + x }',
  ],
  [94005, 'x', 'function f(x: number) { return ~~x }', 'function f(x: number) { return Math.trunc(x) }'],
  [
    94006,
    '(y: number) => y',
    'function f(x: number) { const fs = [(y: number) => y]; return fs[0]!(x) }',
    'function f(x: number) { const g = (y: number) => y; return g(x) }',
  ],
  [
    94006,
    'make(x)',
    'function make(x: number) { return () => x }\nfunction f(x: number) { const g = make(x); return g() }',
    'function f(x: number) { const g = () => x; return g() }',
  ],
  [
    94007,
    't',
    'let t = 0\nfunction f(x: number) { t += x; return x }\nexport const u = () => t',
    'let t = 0\nfunction f(x: number) { return x + t }\nexport const u = () => t++',
  ],
  [
    94008,
    'try { return x } catch { return 0 }',
    'function f(x: number) { try { return x } catch { return 0 } }',
    'function f(x: number) { if (x < 0) throw new Error(); return x }',
  ],
  [
    94009,
    'new Point(x)',
    'class Point { x: number; constructor(x: number) { if (x > 9) throw new Error(); this.x = x } }\nfunction f(x: number) { return new Point(x).x }',
    'class Point { x: number; constructor(x: number) { this.x = x } }\nfunction f(x: number) { return new Point(x).x }',
  ],
  [
    94009,
    'new A(x)',
    'class A { constructor(readonly x: number) {} get y() { return this.x } }\nfunction f(x: number) { return new A(x).y }',
    'class A { constructor(readonly x: number) {} y() { return this.x } }\nfunction f(x: number) { return new A(x).y() }',
  ],
  [
    94009,
    'new A(x)',
    'class B { k = 1 }\nclass A extends B { constructor(readonly x: number) { super() } }\nfunction f(x: number) { return new A(x).x }',
    'class B { k = 1 }\nclass A { b = new B(); constructor(readonly x: number) {} }\nfunction f(x: number) { return new A(x).x * new A(x).b.k }',
  ],
  [
    94001,
    'all[0]!.go(x)',
    'class A { go(k: number) { return k } }\nclass B extends A { override go() { return 2 } }\nconst all: A[] = [new B()]\nfunction f(x: number) { return all[0]!.go(x) }',
    'class A { go(k: number) { return k } }\nconst one = new A()\nfunction f(x: number) { return one.go(x) }',
  ],
  [
    94001,
    'one.go(x)',
    'class A { go(k: number) { return k } }\nclass B extends A { override go() { return 2 } }\nconst one: A = new B()\nfunction f(x: number) { return one.go(x) }',
    'class A { go(k: number) { return k } }\nfunction f(x: number) { const one: A = new A(); return one.go(x) }',
  ],
  [
    94009,
    'new Map([[1, x]])',
    'function f(x: number) { const m = new Map([[1, x]]); return m.get(1)! }',
    'function f(x: number) { const m = new Map([[1, 2]]); return m.get(1)! * x }',
  ],
  [
    94002,
    'x.length',
    'function f(x: number[]) { x.length = 1; return x[0]! }',
    'function f(x: number[]) { const a = x.slice(); a.length = 1; return a[0]! * x[0]! }',
  ],
  [
    94002,
    'q.b.c',
    'function f(p: { a: number; b: { c: number } }) { const q = { ...p, a: 1 }; q.b.c = 2; return q.b.c * p.a }',
    'function f(p: { a: number; b: { c: number } }) { const q = { ...p, b: { c: 1 } }; q.b.c = 2; return q.b.c * p.a }',
  ],
  [
    94011,
    'for (const k in x) s += x',
    'function f(x: number[]) { let s = 0; for (const k in x) s += x[k]!; return s }',
    'function f(x: number[]) { let s = 0; for (const v of x) s += v; return s }',
  ],
  [
    94011,
    'Math.atan2(...x)',
    'function f(x: [number, number]) { return Math.atan2(...x) }',
    'function f(x: [number, number]) { return Math.atan2(x[0], x[1]) + Math.hypot(...x) }',
  ],
  [
    94011,
    '[a[0], a[1]]',
    'function f(x: number[]) { const a = x.slice(); const b = [a[1]!, a[0]!]; [a[0], a[1]] = b; return a[0]! * x[1]! }',
    'function f(x: number[]) { const a = x.slice(); [a[0], a[1]] = [a[1]!, a[0]!]; return a[0]! * x[1]! }',
  ],
  [
    94011,
    '...x: number[]',
    'function f(...x: number[]) { return x[0]! }',
    'function f(x: number, k = 2, j?: number) { return x * k + (j ?? x) }',
  ],
  [
    94011,
    'p[k]',
    "function f(x: number) { const p = { a: x, b: 2 * x }; const k: 'a' | 'b' = x > 0 ? 'a' : 'b'; return p[k] }",
    "function f(x: number) { const p = { a: x, b: 2 * x }; const k: 'a' | 'b' = x > 0 ? 'a' : 'b'; return k === 'a' ? p.a : p.b }",
  ],
  [
    94002,
    'r[0]',
    "function f(x: number) { const r = JSON.parse('[1, 2]') as number[]; r[0] = x; return r[0] }",
    "function f(x: number) { const r = (JSON.parse('[1, 2]') as number[]).slice(); r[0] = x; return r[0] * r[1]! }",
  ],
  [94011, 'arguments', 'function f(x: number) { return arguments[0] * x }', 'function f(x: number) { return x }'],
  [
    94011,
    'g(...x)',
    'const g = (...a: number[]) => a[0]! * a[1]!\nfunction f(x: number[]) { return g(...x) }',
    'const g = (...a: number[]) => a[0]! * a[1]!\nfunction f(x: [number, number]) { return g(...x) }',
  ],
  [
    94001,
    'acts.relu(x)',
    'const acts = { relu: (x: number) => x }\nacts.relu = Math.abs\nfunction f(x: number) { return acts.relu(x) }',
    'const abs = (x: number) => Math.abs(x)\nconst acts = { relu: (x: number) => x, abs, sin: Math.sin }\nfunction f(x: number) { return acts.relu(x) + acts.abs(x) * [x].map(acts.sin)[0]! }',
  ],
  [
    94001,
    'acts.relu(x)',
    'export const acts = { relu: (x: number) => x }\nfunction f(x: number) { return acts.relu(x) }',
    'export const acts = { relu: (x: number) => x } as const\nfunction f(x: number) { return acts.relu(x) }',
  ],
  [
    94011,
    'Math.max',
    'function f(x: number) { const g = x > 0 ? Math.max : Math.min; return g(x, 1) }',
    'function f(x: number) { const g = x > 0 ? Math.sin : (y: number) => y * x; return g(x) }',
  ],
  [
    94012,
    'inner(2)',
    'function f(x: number): number { const inner = (k: number): number => (k === 0 ? x : inner(k - 1) * x); return x < 1 ? x : inner(2) + f(x / 2) }',
    'const inner = (k: number, x: number): number => (k === 0 ? x : inner(k - 1, x) * x)\nfunction f(x: number): number { return x < 1 ? x : inner(2, x) + f(x / 2) }',
  ],
  [
    94012,
    'twice(v => v * u, u)',
    'const twice = (g: (u: number) => number, x: number) => g(g(x))\nfunction f(x: number) { return twice(u => twice(v => v * u, u), x) }',
    'const twice = (g: (u: number) => number, x: number) => g(g(x))\nfunction f(x: number) { return twice(u => u * u, twice(v => v * x, x)) }',
  ],
  [
    94016,
    'new Array<number>(3)',
    'function f(x: number) { const a = new Array<number>(3); a[0] = x; return a[0] }',
    'function f(x: number) { const a = new Array<number>(3).fill(0); a[0] = x; return a[0]! }',
  ],
]

const found = refusalsOf(rows.map(([, , refused]) => refused))

test.each(rows.map((row, i) => [row[0], row[1], row[2], found[i]!] as const))(
  'TS%d at %j in %s',
  (code, at, source, diagnostics) => {
    expect(diagnostics.length, diagnostics.join('\n')).toBe(1)
    const [, place, actual, text] = /^[\d:]+ (".*?(?<!\\)") TS(\d+) (.*)$/.exec(diagnostics[0]!)!
    expect(Number(actual)).toBe(code)
    expect(JSON.parse(place!).slice(0, at.length)).toBe(at)
    expect(text).toMatch(/cannot derive 'f': /)
    expect(source).toContain('function f')
  },
)

test('what is nearly the same is derived', () => {
  const derived = compiledGradients(rows.map(([, , , allowed]) => allowed))
  expect(derived.length).toBe(rows.length)
  for (const { text } of derived) expect(text).toContain('__tsgrad_differentiable(f, ')
})

test('each message of derivatives but those of places has a row', () => {
  const codes = Object.values(catalogue)
    .map(({ code }) => code)
    .filter(code => Math.floor(code / 1000) === 94)
  const elsewhere = [94013, 94014, 94015, 94017, 94018, 94019, 94020]
  expect(new Set([...rows.map(([code]) => code), ...elsewhere])).toEqual(new Set(codes))
})

describe('at the call', () => {
  const said = (text: string, more: Readonly<Record<string, string>> = {}) =>
    compile({ 'main.ts': text, ...more }).diagnostics.map(shown)
  const imports = "import { grad, NumberWithGrad, type Differentiable } from 'tsgrad'\n"

  test.each([
    [
      'a function that is a parameter',
      `${imports}export const at = (f: (x: number) => number) => grad(f)(1)`,
      /"f" TS94020/,
    ],
    [
      'the same, of the type Differentiable',
      `${imports}export const at = (f: Differentiable<(x: number) => number>) => grad(f)(1)`,
      undefined,
    ],
    [
      'a captured tracked number',
      `${imports}declare const k: NumberWithGrad\nexport const g = grad((x: number) => x + k.num * (k as unknown as number))`,
      /"k" TS94014 .*'k' is a tracked number/,
    ],
    [
      'an argument that is no number',
      `${imports}export const g = grad((x: number, name: string) => x + name.length)`,
      /"name: string" TS94015/,
    ],
    [
      'a name that means something else there',
      `${imports}const k = [1]\nfunction f(x: number) { return x * k[0]! }\nexport const g = (k: number) => grad(f)(k)`,
      /"k" TS94013 .*reads 'k'/,
    ],
    [
      'a name of JavaScript that means something else there',
      `${imports}function f(x: number) { return Math.sin(x) }\nexport const g = (Math: number) => grad(f)(Math)`,
      /"f" TS94013 .*reads 'Math'/,
    ],
    [
      'the object of a method',
      `${imports}class A { x = 1; slope() { return grad((k: number) => this.x * k) } }\nexport const a = new A()`,
      undefined,
    ],
    [
      'the object of another function',
      `${imports}function f(this: { x: number }, k: number) { return this.x * k }\nexport const a = grad(f as (k: number) => number)`,
      /"`?this/,
    ],
    [
      'an argument that is a boolean',
      `${imports}export const g = grad((x: number, isOn: boolean) => (isOn ? x : 0))`,
      /"isOn: boolean" TS94015/,
    ],
    [
      'numbers by any name',
      `${imports}export const g = grad((p: Record<string, number>) => p.a! * p.b!)`,
      /"p: Record<string, number>" TS94015/,
    ],
    [
      'a map of numbers',
      `${imports}export const g = grad((p: Map<string, number>) => p.get('a')!)`,
      /"p: Map<string, number>" TS94015/,
    ],
    [
      'a name from outside that the text declares itself',
      `${imports}const seed = 7\nexport const g = grad((x: number) => x * seed)`,
      /TS94013 .*reads 'seed'/,
    ],
    [
      'the same, which the text does not declare',
      `${imports}const sp = 7\nconst T = 300\nexport const g = grad((x: number) => (x * sp) / T)`,
      undefined,
    ],
    [
      'what has no index',
      `${imports}export const g = grad((x: Iterable<number>) => { let s = 0; for (const v of x) s += v; return s })`,
      /"x: Iterable<number>" TS94015/,
    ],
    [
      'a set',
      `${imports}export const g = grad((x: ReadonlySet<number>) => { let s = 0; for (const v of x) s += v; return s })`,
      /"x: ReadonlySet<number>" TS94015/,
    ],
    [
      'a type parameter of plain numbers',
      `${imports}export const g = grad(<T extends readonly number[]>(x: T) => x[0]! ** 2)`,
      /"x: T" TS94015/,
    ],
    [
      'the same as an array',
      `${imports}export const g = grad((x: readonly number[]) => { let s = 0; for (const v of x) s += v; return s })`,
      undefined,
    ],
    [
      'several signatures',
      `${imports}function f(x: number, y: number): number\nfunction f(x: number): number\nfunction f(x: number, y = 2) { return x * y }\nexport const g = grad(f)`,
      /"f" TS94011 .*a function with several signatures/,
    ],
    [
      'a var',
      `${imports}export const g = grad((x: number) => { for (let i = 0; i < 2; i++) { var v: number; v = x } return x })`,
      /"var v: number" TS94011 .*a `var`/,
    ],
    [
      'the same name for the same thing',
      `${imports}const k = [1]\nfunction f(x: number) { return x * k[0]! }\nexport const g = (r: number) => grad(f)(r)`,
      undefined,
    ],
    [
      'a library of the user',
      `${imports}declare function minimize(f: Differentiable<(x: number[]) => number>): void\nminimize(x => x[0]! * x.join().length)`,
      /"join" TS94003/,
    ],
    [
      'the same, derived',
      `${imports}declare function minimize(f: Differentiable<(x: number[]) => number>): void\nminimize(x => x[0]! * x[0]!)`,
      undefined,
    ],
    [
      "tracked numbers are the tape's",
      `${imports}export const g = grad(x => x * x)\nexport const h = grad((x: NumberWithGrad, y: NumberWithGrad) => x * y)`,
      undefined,
    ],
    [
      "a type parameter is the tape's",
      `${imports}export const g = grad(<T extends NumberWithGrad | number>(x: T) => x)`,
      undefined,
    ],
  ])('%s', (_, text, expected) => {
    const diagnostics = said(text)
    if (expected === undefined) expect(diagnostics).toEqual([])
    else {
      expect(diagnostics.length, diagnostics.join('\n')).toBe(1)
      expect(diagnostics[0]).toMatch(expected)
    }
  })

  test('the path to a function of another file is told, at the call', () => {
    const [diagnostic, ...others] = said(
      `import { grad } from 'tsgrad'\nimport { cost } from './cost.ts'\nexport const g = grad(cost)`,
      {
        'cost.ts': "import { layer } from './layer.ts'\nexport const cost = (x: number) => 2 * layer(x)",
        'layer.ts': 'declare function act(x: number): number\nexport const layer = (x: number) => act(x)',
      },
    )
    expect(others).toEqual([])
    expect(diagnostic).toMatch(
      /^3:23 "cost" TS94001 tsgrad cannot derive 'cost': it does not know the body of 'act'\. It is at layer\.ts:2:37\. It is reached by/,
    )
  })

  test('a script cannot import what a derivative needs', () => {
    const lib = "import { grad as own } from 'tsgrad'\ndeclare global { var slope: typeof own }\nexport {}"
    expect(said('const g = slope((x: number) => x * x)', { 'lib.ts': lib })).toEqual([
      expect.stringMatching(/TS94019 The derivative of this function calls an imported function/),
    ])
  })
})
