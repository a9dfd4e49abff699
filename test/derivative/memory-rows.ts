/** Functions that write memory again, loop as the arguments say, choose functions or have classes, with arguments. It must not know what becomes of them. */
import type { FunctionRow } from './form-rows.ts'

export const memoryForms: readonly FunctionRow[] = [
  // classes that are records in disguise, and their methods
  [
    'class Point { readonly x: number; readonly y: number; n = 2; constructor(x: number, y: number) { this.x = x; this.y = y * 2 } norm() { return Math.hypot(this.x, this.y) } plus(o: Point) { return new Point(this.x + o.x, [this.y].map(v => v + o.y + this.n)[0]!) } }\nfunction f(x: number, y: number) { const p = new Point(x, y).plus(new Point(y, x)); return p.norm() * p.x + p.n * x }',
    [1.3, 0.7],
  ],
  [
    'class P { constructor(readonly x: number, public k = 3) {} twice() { return this.k * this.x } }\nfunction f(x: number) { const p = new P(x); p.k += x; return p.twice() + new P(x, x).twice() }',
    [1.3],
  ],
  [
    'class Model { constructor(readonly rate: number, readonly rows: number[]) {} loss(p: number[]) { let s = 0; for (const [i, v] of this.rows.entries()) s += (v - p[i]!) ** 2; return s + this.rate * this.penalty(p) } penalty(p: number[]) { return p.reduce((s, v) => s + v * v, 0) } }\nconst model = new Model(0.1, [1, 2])\nfunction f(p: number[]) { return model.loss(p) }',
    [[0.5, 0.7]],
  ],
  // loops from and to what is computed, some of it of the arguments
  [
    'function f(a: number[][], b: number[]) { const n = 3; const m = a.map(r => r.slice()); const y = b.slice(); for (let k = 0; k < n; k++) for (let i = k + 1; i < n; i++) { const l = m[i]![k]! / m[k]![k]!; for (let j = k; j < n; j++) m[i]![j] = m[i]![j]! - l * m[k]![j]!; y[i] = y[i]! - l * y[k]! } for (let i = n - 1; i >= 0; i--) { for (let j = i + 1; j < n; j++) y[i] = y[i]! - m[i]![j]! * y[j]!; y[i] = y[i]! / m[i]![i]! } return y[0]! * y[1]! + y[2]! ** 2 }',
    [
      [
        [4, 1, 2],
        [1, 5, 1],
        [2, 0.5, 6],
      ],
      [1, 2, 3],
    ],
  ],
  [
    'function f(x: number, n: number) { let s = 1; for (let i = 0; i <= n * n; i++) s = s * x * 0.9 + 0.1 * i; for (let i = 0; i < n; i++) for (let j = i; j <= n - i; j++) s += x * j; return s }',
    [1.2, 1.6],
  ],
  [
    'function f(x: number) { const a = [x]; let s = 0; for (let i = 0; i < 3 * x; i++) { a.push(x * s); s += a.pop()! * x + x } while (s * x > 9) s *= a.length * 0.5; return s }',
    [1.1],
  ],
  // memory that is written again, under one name and under several
  [
    'function f(a: number[][], b: number[]) { const n = 3; const m = a.map(r => r.slice()); const y = b.slice(); for (let k = 0; k < n; k++) { let p = k; for (let i = k + 1; i < n; i++) if (Math.abs(m[i]![k]!) > Math.abs(m[p]![k]!)) p = i; if (p !== k) { [m[k], m[p]] = [m[p]!, m[k]!]; [y[k], y[p]] = [y[p]!, y[k]!] } for (let i = k + 1; i < n; i++) { const l = m[i]![k]! / m[k]![k]!; for (let j = k; j < n; j++) m[i]![j]! -= l * m[k]![j]!; y[i]! -= l * y[k]! } } for (let i = n - 1; i >= 0; i--) { let s = y[i]!; for (let j = i + 1; j < n; j++) s -= m[i]![j]! * y[j]!; y[i] = s / m[i]![i]! } return y[0]! * y[1]! + y[2]! ** 2 }',
    [
      [
        [0.1, 1, 2],
        [1, 5, 1],
        [2, 0.5, 6],
      ],
      [1, 2, 3],
    ],
  ],
  [
    'function f(a: number[][]) { const n = a.length; const l = a.map(r => r.slice()); for (let j = 0; j < n; j++) { let d = l[j]![j]!; for (let k = 0; k < j; k++) d -= l[j]![k]! ** 2; const dj = Math.sqrt(d); l[j]![j] = dj; for (let i = j + 1; i < n; i++) { let s = l[i]![j]!; for (let k = 0; k < j; k++) s -= l[i]![k]! * l[j]![k]!; l[i]![j] = s / dj } } let det = 1; for (let i = 0; i < n; i++) det *= l[i]![i]!; return det + l[2]![0]! }',
    [
      [
        [4, 1, 2],
        [1, 5, 1],
        [2, 0.5, 6],
      ],
    ],
  ],
  [
    'function f(x: number) { let a = x, b = 2; for (let i = 0; i < 5; i++) { const t = a; a = b * 0.7; b = t + a * b * 0.1 } return a * b }',
    [1.2],
  ],
  [
    'function f(x: number, y: number) { let a = x, b = y, s = 0; while (a > 0.1 && (b < 10 || s < 1)) { if (a > b) { a -= b * 0.3; s += a * b } else { b *= 1.4; a *= 0.8; s += a } } return s + a * b }',
    [3, 0.7],
  ],
  [
    'function set(r: { xs: number[] }, i: number, v: number) { r.xs[i] = v }\nfunction f(x: number) { const xs = [x, 1, x * x]; const r = { xs }; let s = 0; for (let i = 0; i < 3; i++) { const u = xs[i]!; set(r, (i + 1) % 3, u * x); s += u * xs[i]! } return s }',
    [0.8],
  ],
  [
    'interface B { m: number; v: number[] }\nfunction f(m: number[], v: number[]) { const bs: B[] = m.map((each, i) => ({ m: each, v: [v[i]!, v[i]! * each] })); for (let t = 0; t < 2; t++) for (let i = 0; i < bs.length; i++) for (let j = i + 1; j < bs.length; j++) { const d = bs[i]!.v[0]! - bs[j]!.v[0]!; const w = d / (1 + d * d); bs[i]!.v[0]! -= w * bs[j]!.m; bs[j]!.v[0]! += w * bs[i]!.m; bs[i]!.m = bs[i]!.m * 0.9 + d * 0.01 } let e = 0; for (const b of bs) e += b.m * b.v[0]! ** 2 + b.v[1]!; return e }',
    [
      [1, 2, 3],
      [0.5, -0.2, 1.5],
    ],
  ],
  [
    'function f(x: number) { const r = { a: x, b: 2 * x }; for (let i = 0; i < 3; i++) { [r.a, r.b] = [r.b * x, r.a + r.b]; } return r.a * r.b }',
    [0.8],
  ],
  [
    'function f(x: number) { const g: number[][] = []; for (let i = 0; i < 3; i++) { g.push([]); for (let j = 0; j <= i; j++) g[i]!.push(j === 0 || j === i ? x : g[i - 1]![j - 1]! * g[i - 1]![j]! + x) } return g[2]![1]! * g[1]![0]! + g[2]![2]! }',
    [0.8],
  ],
  [
    'function f(a: number[], b: number[]) { let prev = b.map((_, j) => j * 0.7); for (let i = 0; i < a.length; i++) { const cur = [prev[0]! + 0.3]; for (let j = 1; j < b.length; j++) { const d = (a[i]! - b[j]!) ** 2; cur.push(d + Math.min(prev[j]!, cur[j - 1]!, prev[j - 1]!)) } prev = cur } return prev[prev.length - 1]! }',
    [
      [1, 2.2, 0.3],
      [0.9, 1.7, 2.9, 0.1],
    ],
  ],
  [
    'function f(x: number[]) { let a = x.slice(); let s = 0; for (let i = 0; i < 3; i++) { const u = a[0]! * a[1]!; s += u; const b = a.slice(); b[0] = u; a = b; a[1] = a[1]! * u + s } return s }',
    [[1.2, 0.7]],
  ],
  [
    'function f(x: number[]) { let i = 0; let s = 0; while (i < x.length) { const v = x[i]!; i++; s += v * (i < x.length ? x[i]! : 1) * v; i++ } return s }',
    [[1.2, 0.7, 0.4, 2, 3]],
  ],
  [
    'function f(x: number[]) { const idx = [0, 1, 2]; const y = x.slice(); for (let i = 0; i < 3; i++) { y[idx[i]!] = y[idx[i]!]! * y[idx[(i + 1) % 3]!]!; const t = idx[0]!; idx[0] = idx[i]!; idx[i] = t } return y[0]! + 2 * y[1]! * y[2]! }',
    [[1.2, 0.7, 0.4]],
  ],
  [
    'function f(x: number[], y: number[]) { const p = x.slice(), q = y.slice(); let s = 0; for (let i = 0; i < 4; i++) { const small = p[0]! < q[0]! ? p : q; small[0] = small[0]! * 1.5 + small[1]!; s += p[0]! * q[0]! } return s }',
    [
      [1, 0.5],
      [1.2, 0.3],
    ],
  ],
  [
    'function f(x: number[], y: number[]) { let p = x.slice(), q = y.slice(); let s = 0; for (let i = 0; i < 4; i++) { if (p[0]! > q[0]!) [p, q] = [q, p]; p[0] = p[0]! + q[1]! * 0.5; q[1] = s; s += p[0]! * q[0]! * p[1]! } return s }',
    [
      [1, 0.5],
      [1.2, 0.3],
    ],
  ],
  [
    'function f(x: number[]) { const a = x.slice(); for (let i = 0; i < a.length; i++) for (let j = 0; j + 1 < a.length - i; j++) if (a[j]! > a[j + 1]!) { const t = a[j]!; a[j] = a[j + 1]!; a[j + 1] = t } let s = 0; for (let i = 0; i < a.length; i++) s += a[i]! * (i + 1) ** 2; return s * a[0]! }',
    [[1.2, 0.3, 0.9, 2]],
  ],
  [
    'function f(x: number[]) { const a = x.slice(); let k = 0; for (let i = 1; i < a.length; i++) { const v = a[i]!; let j = i - 1; while (j >= 0 && a[j]! > v) { a[j + 1] = a[j]!; j--; k++ } a[j + 1] = v } return a[0]! * a[1]! * 3 + a[2]! ** 2 + k * a[3]! }',
    [[1.2, 0.3, 0.9, 2]],
  ],
  [
    'function f(x: number[]) { const n = { to: 3 }; let s = x[0]!; for (let i = 0; i < n.to; i++) { s = s * x[1]! + x[0]!; if (i === 1) n.to = 5 } n.to = 0; return s }',
    [[1, 0.55]],
  ],
  // literals that a call passes, of which TypeScript would say that nobody compares them
  [
    "const g = (how: 'sum' | 'mean' | 'most', x: number[], n = 2): number => { if (n === 3) return 0; switch (how) { case 'sum': return x[0]! + x[1]! ** n; case 'mean': return (x[0]! + x[1]!) / n; default: return n !== 2 ? 0 : how === 'most' ? Math.max(x[0]!, x[1]!) ** 2 : 1 } }\nfunction f(x: number[]) { return g('sum', x, 3 - 1) * g('mean', x, 2) * g('most', x) + g('sum', x, 3) }",
    [[1.2, 0.7]],
  ],
  // functions that are chosen, members of constant objects, and of type parameters
  [
    'const acts = { twice: (v: number) => 2 * v, cube(v: number) { return v ** 3 }, tanh: Math.tanh } as const\nconst through = (g: (v: number) => number, v: number) => g(v) * g(2 * v)\nfunction f(x: number[]) { const g = x[0]! > 1 ? acts.cube : acts.twice; let s = 0; for (const v of x) s += through(v > 1 ? Math.sin : g, v) + through(acts.tanh, v); return s + x.map(acts.cube).reduce((a, b) => a + b) }',
    [[1.2, 0.7, -0.4]],
  ],
  [
    'const last = <T>(a: readonly T[]): T => a[a.length - 1]!\nconst pairs = <A, B>(a: readonly A[], b: readonly B[]): [A, B][] => a.map((each, i): [A, B] => [each, b[i]!])\nconst apply = <T, R>(v: T, g: (v: T) => R): R => g(v)\nfunction f(x: number[], m: { w: number }[]) { let s = apply(x, v => last(v)) * last(m).w; for (const [a, { w }] of pairs(x, m)) s += a * w ** 2; return s + last(last([x, x.map(v => v * v)])) }',
    [
      [1.2, 0.7],
      [{ w: 0.3 }, { w: 2 }],
    ],
  ],
  // tuples that are spread into a call
  [
    'const area = (w: number, h: number, d = 2) => w * h ** d\nconst sum = (...all: number[]) => all.reduce((a, b) => a + b * b, 0)\nfunction f(x: [number, number]) { let k = x[0]; return area(...x) + area(...[x[1], (k += 1)] as [number, number]) * k + sum(1, ...x, k) }',
    [[1.2, 0.7]],
  ],
  // a sum that is read beside its own step
  [
    'function f(x: number) { let s = 0; for (let i = 0; i < 3; i++) { if (s < 9) { s += x; s *= s } } return s }',
    [1.2],
  ],
]
