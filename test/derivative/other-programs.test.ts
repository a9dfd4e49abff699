/** Programs of the kinds that users write, each of which holds something that no other test does: both orders are those of differences. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

type Row = readonly [name: string, f: string, at: readonly unknown[]]
const rows: readonly Row[] = [
  [
    'closure1',
    '(x: number) => { let s = 1; const add = (k: number) => { s += k * s }; add(x); add(x * x); [1, 2].forEach(v => add(v * x)); return s }',
    [0.4],
  ],
  [
    'fnval',
    '(x: number, y: number) => { const ap = (g: (a: number, b: number) => number) => g(x, y) + g(y, x); return ap((a, b) => a * b * b) * ap((a, b) => Math.sin(a) - b) }',
    [0.4, 0.9],
  ],
  [
    'holes',
    '(x: number) => { const a: number[] = []; a[3] = x * x; a[1] = x; let s = 0; for (let i = 0; i < a.length; i++) s += (a[i] ?? i) ** 2; return s }',
    [0.4],
  ],
  [
    'recInPlace',
    '(x: number) => { const r = { a: x, b: { k: 2 * x } }; const t = r.b; t.k *= x; r.a = t.k + r.a; const u = r; u.b.k += r.a ** 2; return r.b.k * u.a }',
    [0.7],
  ],
  ['recursion', '(x: number) => fib(7, x)', [0.3]],
  ['mutual', '(x: number) => even(9, x)', [0.3]],
  ['recursionReads', '(x: number) => table[1]! * weighed(3, x)', [0.6]],
  [
    'early',
    '(x: number[]) => { for (const v of x) { if (v > 0.5) return v * v * x[0]!; for (const u of x) if (u < -1) return u ** 3 } return x[0]! }',
    [[0.3, 0.8, -2]],
  ],
  [
    'early2',
    '(x: number[]) => { for (const v of x) { if (v > 5) return v * v * x[0]!; for (const u of x) if (u < -1) return u ** 3 * v } return x[0]! }',
    [[0.3, 0.8, -2]],
  ],
  [
    'labels',
    '(x: number[]) => { let s = 0; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j > i) continue outer; if (i * j > 3) break outer; s += x[i]! * x[j]! * (i + 1) } s *= x[i]! } return s }',
    [[0.3, 0.8, -2]],
  ],
  [
    'destruct',
    '({ a, b: [c, d = 2, ...r], e = 3 }: { a: number; b: number[]; e?: number }) => a * c! + d * e + r.length + (r[0] ?? 1)',
    [{ a: 0.3, b: [0.4, 0.7, 0.2] }],
  ],
  [
    'destruct2',
    '(x: number[]) => { let [a, b = 7] = x; [a, b] = [b, a * b]; const { length } = x; ({ v: a } = { v: a + b }); return a * b + length }',
    [[0.3, 0.7]],
  ],
  [
    'sw',
    '(x: number) => { let s = 0; for (let i = 0; i < 5; i++) switch (i % 3) { case 0: s += x; case 1: s *= x; break; default: s -= x * x } return s }',
    [0.6],
  ],
  [
    'f64',
    '(x: Float64Array) => { const a = new Float64Array(3); a.set(x, 1); a[0] = a[1]! * a[2]!; return a.reduce((s, v) => s * 2 + v * v, 0) }',
    [Float64Array.of(0.3, 0.5)],
  ],
  [
    'while1',
    '(x: number) => { let t = x, n = 0; while (t < 10 && n++ < 20) { t = t * t + 1; if (n === 2) t += x } return t }',
    [0.6],
  ],
  ['dow', '(x: number) => { let t = x; do { t *= 1.5 + x } while (t < 20); return t }', [0.6]],
  [
    'push',
    '(x: number) => { const st = [x]; for (let i = 0; i < 4; i++) { const t = st.pop()!; st.push(t * x, t + i); if (i === 2) st.shift() } return st.reduce((a, b) => a * b, 1) }',
    [0.6],
  ],
  [
    'sortd',
    '(x: number[]) => { const y = x.map(v => v * v).sort((a, b) => b - a); return y[0]! * 3 + y[1]! * x[0]! + y.indexOf(y[2]!) }',
    [[0.3, -0.8, 0.5]],
  ],
  [
    'matrix',
    '(x: number[]) => { const m = Array.from({ length: 3 }, (_, i) => x.map((v, j) => v * (i + j))); const [r0, r1] = [m[0]!, m[1]!]; m[0] = r1; m[1] = r0; m[0]![0] = 5 * x[0]!; return m.flat().reduce((s, v, i) => s + v * v * i, 0) + r1[0]! }',
    [[0.3, -0.8]],
  ],
  [
    'ternRef',
    '(x: number[], k: number) => { const a = x.map(v => v + 1), b = x.map(v => v * k); const t = k > 0 ? a : b; t[0] = t[0]! ** 2; (k > 1 ? b : a)[1]! *= 3 as never; return a[0]! * b[1]! + a[1]! * b[0]! }',
    [[0.3, -0.8], 0.5],
  ],
  [
    'shadow',
    '(x: number) => { const f = (x: number) => { const y = x * 2; { const x = y * y; return x } }; const y = f(x); return f(y) * y + x }',
    [0.3],
  ],
  [
    'compound',
    '(x: number) => { const a = [1, x]; let i = 0; a[i++] += a[i]! * 3; a[i] **= 2; a[i - 1] /= x + 2; a[0] ??= 4; return a[0]! * a[1]! + i }',
    [0.3],
  ],
  [
    'nan',
    '(x: number) => { const a = [x, x * x, 3]; const b = a.filter(v => v > 0.2); return b.length > 1 ? b.at(-1)! * b[0]! : x }',
    [0.3],
  ],
  [
    'splice',
    '(x: number) => { const a = [x, 2 * x, 3 * x, 4 * x]; const r = a.splice(1, 2, x ** 3); return r[0]! * r[1]! * a[1]! + a.length * a[2]! }',
    [0.3],
  ],
  [
    'twice',
    '(x: number[], y: number[]) => { let s = 0; for (let i = 0; i < x.length; i++) { for (let j = y.length - 1; j > i; j--) s += x[i]! * Math.tanh(y[j]! * s + 1) } return s }',
    [
      [0.3, 0.2],
      [0.7, 0.9],
    ],
  ],
  [
    'maxs',
    '(x: number[]) => Math.max(...x) * Math.min(...x.map(v => v * v), 0.9) + Math.max(x[0]!, x[1]!, 0.1)',
    [[0.3, 0.8]],
  ],
  [
    'obj',
    '(x: number) => { const ps = [1, 2, 3].map(i => ({ i, v: x * i, d: [x, i] })); for (const p of ps) { p.v += p.d[0]! ** p.i; p.d.push(p.v) } return ps.reduce((s, { v, d: [a, , c = 0] }) => s + v * a! * c, 0) }',
    [0.6],
  ],
  [
    'swapR',
    '(x: number) => { let a = [x, 1], b = [2, x]; for (let i = 0; i < 5; i++) { for (let j = 0; j < 2; j++) b[j] = a[j]! * x + (a[1 - j] ?? 0); [a, b] = [b, a] } return a[0]! + b[1]! }',
    [0.6],
  ],
  [
    'lin',
    '(x: number) => { type N = { v: number; next: N | null }; let head: N | null = null; for (let i = 0; i < 4; i++) head = { v: x * i, next: head }; let s = 0; for (let n: N | null = head; n !== null; n = n.next) s = s * x + n.v; return s }',
    [0.6],
  ],
  [
    'cond',
    '(x: number) => { const t = x > 0 && x * 3; const u = x < 0 || x ** 2; return (t || 2) as number * (u === true ? 1 : u as number) }',
    [0.6],
  ],
  ['comma', '(x: number) => { let a = x; const b = (a *= 2, a + 1); const c = a++ + ++a; return a * b * c }', [0.6]],
  [
    'throwIn',
    '(x: number) => { const check = (v: number) => { if (v < 0) throw new RangeError(`neg ${v}`); return Math.sqrt(v) }; return check(x) * check(x + 1) }',
    [0.6],
  ],
  [
    'cw',
    '(x: number[]) => { const a = x.slice(); a.fill(x[0]! * 2, 1); a.reverse(); return a.concat(x, [x[1]! ** 2]).map((v, i, all) => v * all[all.length - 1 - i]!).reduce((s, v) => s + v) }',
    [[0.3, 0.7, 0.1]],
  ],
  [
    'struct1',
    '(p: { w: number[]; b: { c: number } }) => { const q = { ...p, b: { c: p.b.c * 2 } }; q.b.c += q.w[0]!; return q.b.c ** 2 * p.w[1]! }',
    [{ w: [0.3, 0.8], b: { c: 0.5 } }],
  ],
  [
    'len',
    '(x: number) => { const a = [x, 2 * x, 3 * x]; a.length = 2; a.push(x * x); a.length--; a[2] = a[1]! * x; return a.reduce((s, v, i) => s + v * v * (i + 1), 0) + a.length }',
    [0.4],
  ],
  [
    'len0',
    '(x: number) => { const a = [x, 2 * x]; let t = a[1]!; a.length = 0; a.push(t * x); t += a[0]!; return t * a.length }',
    [0.4],
  ],
  ['hyp', '(x: number[]) => Math.hypot(...x) * Math.hypot(...x, 2)', [[0.3, -0.4, 0.5]]],
  ['tup', '([a, ...r]: [number, ...number[]]) => a * r.reduce((s, v) => s + v * a, 0)', [[0.3, 0.5, 0.2]]],
  [
    'nested',
    '(x: number[][]) => { const m = x.map(r => [...r]); for (let k = 0; k < 2; k++) { const p = m[k]!; for (let i = k + 1; i < 2; i++) { const f = m[i]![k]! / p[k]!; for (let j = k; j < 2; j++) m[i]![j]! -= f * p[j]! } } return Math.log(m[0]![0]! * m[1]![1]!) }',
    [
      [
        [2, 0.5],
        [0.3, 1.5],
      ],
    ],
  ],
  [
    'eq',
    '(x: number[]) => { const a = [x, x]; let n = 0; for (const r of a) if (r === x) n += r[0]! ** 2; return n * (a[0] === a[1] ? 2 : 3) }',
    [[0.3]],
  ],
  [
    'ctr',
    '(x: number) => { let i = 0, s = 0; const next = () => i++; const a = [x, x * x, x ** 3]; s += a[next()]! * a[next()]!; a[next()]! *= s; return a[2]! + i }',
    [0.7],
  ],
  [
    'clos2',
    '(x: number) => { const mk = [1, 2, 3].map(k => ({ k, v: x * k })); let t = 0; mk.forEach(({ k, v }, i, all) => { t += v * (all[i + 1]?.v ?? 1) * k }); return t }',
    [0.7],
  ],
  [
    'lab2',
    '(x: number) => { let s = x; blk: { if (s > 0.5) break blk; s *= 3; if (s > 1) break blk; s += x }; a: while (true) { b: do { s *= 1.3; if (s > 4) break a; if (s > 2) continue a } while (s < 1); s += x } return s }',
    [0.3],
  ],
  [
    'dflt',
    '(x: number) => { const f = ({ a = x, b = a * 2 }: { a?: number; b?: number } = {}) => a * b; return f() + f({ a: 3 }) * x + f({ b: x }) }',
    [0.3],
  ],
  [
    'twoRec',
    '(x: number) => { const walk = (n: number, acc: number[]): number[] => n === 0 ? acc : walk(n - 1, [...acc, x ** n]); return walk(3, [x]).reduce((a, b) => a + b * b, 0) }',
    [0.6],
  ],
  [
    'tree',
    '(t: { v: number; kids: { v: number; kids: [] }[] }) => t.kids.reduce((s, k) => s * k.v + k.kids.length, t.v) * t.v',
    [
      {
        v: 0.3,
        kids: [
          { v: 0.7, kids: [] },
          { v: 0.2, kids: [] },
        ],
      },
    ],
  ],
  [
    'assignRef',
    '(x: number[]) => { let best = x.map(v => v); for (const s of [0.5, 2, 1]) { const c = x.map(v => v * s); if (c[0]! > best[0]!) best = c; else best[1]! += c[1]! } return best[0]! * best[1]! }',
    [[0.3, 0.6]],
  ],
  [
    'xor',
    '(x: number) => { let h = 7; for (let i = 0; i < 5; i++) h = (h * 31 + i) | 0; return x * (h & 3) + (h >>> 28) * x * x }',
    [0.3],
  ],
  [
    'inf',
    '(x: number) => { let m = Infinity; for (const v of [x, 2 * x, -x]) m = Math.min(m, v * v + v); return m * x }',
    [0.3],
  ],
  ['self', 'function self(x: number): number { return x > 2 ? x * x : self(x * 1.5) * x }', [0.3]],
  [
    'accum',
    '(x: number[]) => { const n = x.length, d = Array.from({ length: n }, () => new Array<number>(n).fill(0)); for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) d[i]![j] = i === 0 ? x[j]! : (d[i - 1]![j] ?? 0) * x[i]! + (j > 0 ? d[i]![j - 1]! : 1); return d[n - 1]!.reduce((a, b) => a + b, 0) }',
    [[0.3, 0.6, 0.9]],
  ],
] // prettier-ignore

const shared = `const fib = (n: number, x: number): number => n < 2 ? x * n + x : fib(n - 1, x) * x + fib(n - 2, x * 1.1)
function even(n: number, x: number): number { return n === 0 ? x : odd(n - 1, x * x + 0.5) }
function odd(n: number, x: number): number { return n === 0 ? 2 * x : even(n - 1, x - 0.1) }
const table = [0.4, 0.3]
const weighed = (n: number, x: number): number => n === 0 ? table[0]! : x * weighed(n - 1, x) + table[1]!
export const used = [fib, even, weighed]
`

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbersIn)
const withNumbers = (value: unknown, numbers: number[]): unknown => {
  if (typeof value === 'number') return numbers.shift()
  if (value instanceof Float64Array) return value.map(() => numbers.shift()!)
  if (Array.isArray(value)) return value.map(each => withNumbers(each, numbers))
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, withNumbers(each, numbers)]))
}
const slope = (f: (x: number[]) => number, x: readonly number[], i: number, h = 1e-4) => {
  const to = (step: number) => f(x.map((each, j) => (i === j ? each + step : each)))
  return (8 * (to(h) - to(-h)) - (to(2 * h) - to(-2 * h))) / (12 * h)
}
const close = (found: readonly number[], expected: readonly number[], most: number) => {
  expect(found.length).toBe(expected.length)
  for (const [i, each] of found.entries())
    expect(Math.abs(each - expected[i]!)).toBeLessThan(most * (1 + Math.abs(expected[i]!)))
}

test('gradients and Hessians are those of differences', () => {
  const files = Object.fromEntries(
    rows.map(([name, f]) => [
      `${name}.ts`,
      `import { hessian, valueAndGrad } from 'tsgrad'\n${shared}const f = ${f}\nexport const made = [f, valueAndGrad(f), hessian(f)]\n`,
    ]),
  )
  const { diagnostics, emit } = compile(files, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  const emitted = emit()
  for (const [name, , at] of rows) {
    type F = (...args: readonly unknown[]) => unknown
    const [f, derived, curvature] = run(emitted.get(`${name}.js`)!).made as [F, F, F]
    const x = numbersIn(at)
    const args = (numbers: readonly number[]) => withNumbers(at, [...numbers]) as unknown[]
    const gradient = (numbers: readonly number[]) => numbersIn((derived(...args(numbers)) as unknown[])[1])
    expect((derived(...at) as unknown[])[0], name).toBe(f(...at))
    close(
      gradient(x),
      x.map((_, i) => slope(y => f(...args(y)) as number, x, i)),
      1e-7,
    )
    const seconds = x.flatMap((_, i) => x.map((_, j) => slope(y => gradient(y)[i]!, x, j)))
    close(numbersIn(curvature(...at)), seconds, 1e-6)
  }
}, 300_000)
