/** Compiled gradients of single functions: the forms of JavaScript, what once gave a wrong number, and points at the ends of domains. */
import { describe, expect, test, vi } from 'vitest'
import { rules } from '../../runtime/rules/rules.ts'
import { compile, run, shown } from '../compile.ts'
import { compiledGradients } from './compiled.ts'

type Row = readonly [source: string, args: readonly unknown[]]

/** Each form once; the gradient is compared with differences. */
const forms: readonly Row[] = [
  ['function f(x: number) { return x ** 3 + 2 ** x + x ** 0 + x ** 1 + x ** -2 }', [1.5]],
  ['const k = 0\nfunction f(x: number) { return Math.max(x, k) * Math.atan2(1, x) + (x % 2) }', [1.5]],
  [
    'function f(x: number) { for (let i = 0; i < 10; i++) { if (x * i > 4) return x * i; if (i === 3) continue; x += 0.1 * x } return 0 }',
    [1.5],
  ],
  [
    'function f(x: number[]) { let s = 0; for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2; return s }',
    [[1.2, 1, 0.5]],
  ],
  [
    'interface P { w: number[]; b: number }\nfunction f(p: P, x: number) { const q = { ...p, b: p.b * 2 }; q.b += p.w[0]! * x; const { w, b } = q; return b * w[1]! }',
    [{ w: [2, 3], b: 4 }, 1.5],
  ],
  [
    'function f(x: number) { let a = [x, 1]; let b = [2, x]; for (let i = 0; i < 3; i++) { a[0] = a[0]! * b[1]!; [a, b] = [b, a] } return a[0]! + b[0]! }',
    [1.5],
  ],
  ['export const k = [2]\nexport let m = 3\nfunction f(x: number) { return x * x * k[0]! * m }', [1.5]],
  ['function f(x: number) { return Number.isFinite(x) ? x : 0 }', [3]],
  [
    'function f(x: number[]) { let s = 1; for (let i = 0; i < x.length; ) { const k = i; i = 7; s *= x[k]! * i; i = k + 1 } return s }',
    [[1.2, 1, 0.5]],
  ],
  ['function f(x: number) { const t = [x * x, { a: x * 3 }] as const; return t[0] * t[1].a }', [1.5]],
  ['function f(x: number[]) { return x.map((_, i) => x[i < 2 ? 0 : 2]!).reduce((s, v) => s + v * v, 0) }', [[1, 2, 3]]],
  [
    'function f(m: number[][]) { let s = 0; for (const r of m) for (const [i, v] of r.entries()) s += v * i * v; return s }',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  [
    'function f(x: number) { let n = 3; do { x = Math.sin(x); n-- } while (n > 0); while (n-- > -3) x *= 2; return x }',
    [0.4],
  ],
  [
    'function f(x: number) { let t = 0; const add = (v: number) => { t += v * x }; [1, 2, 3].forEach(add); return t * t }',
    [0.4],
  ],
  [
    'function f(x: Float64Array) { const y = new Float64Array(3); for (let i = 0; i < 3; i++) y[i] = x[i]! ** 2; y[0] = y[0]! * y[1]!; return y[0] + y[2]! }',
    [new Float64Array([1, 2, 3])],
  ],
  [
    'function f(x: number[], w: number[]) { let h = x; for (let l = 0; l < 2; l++) { const out: number[] = []; for (let j = 0; j < 2; j++) { let s = 0; for (let i = 0; i < h.length; i++) s += h[i]! * w[l * 4 + j * 2 + i]!; out.push(Math.tanh(s)) } h = out } return h[0]! + h[1]! }',
    [
      [1, 2],
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    ],
  ],
  [
    'const h = (x: number, k = 2, ...r: number[]) => x * k + r.length\nfunction f(x: number) { return h(x) + h(x, 3) + h(x, x, x, x) }',
    [1.5],
  ],
  ['function f(x: number) { if (x < 0) throw new RangeError(`bad ${x}`); return x * x }', [1.5]],
  [
    'enum K { two = 2 }\nconst data = [1, 2, 3]\nfunction f(x: number) { let s = 0; for (const d of data) s += d * x ** K.two; return s }',
    [1.5],
  ],
  [
    'function apply(g: (u: number) => number, u: number) { return g(g(u)) }\nfunction f(x: number) { const k = x * x; return apply(u => u * k, 2) }',
    [1.5],
  ],
  [
    'function f(x: number) { const rows = [[x, 1], [2, x]]; const first = rows[0]!; rows[0] = rows[1]!; rows[1] = first; rows[0]![0] = x * x; return rows[0]![0]! * rows[1]![1]! + rows[1]![0]! }',
    [1.5],
  ],
  [
    'function f(x: number) { return Math.max(x, 1, x * 2) + Math.min(x, 9) + Math.hypot(x, 1, 2) + Math.hypot(x) }',
    [1.5],
  ],
  ['function f(xs: [number, number]) { const [a, b] = xs; return a * b }', [[2, 3]]],
  ['function f(x: number) { let s = 0; let i = 0; while (true) { s += x * i; if (i++ > 3) break } return s }', [1.5]],
  [
    'function f(x: number) { const a = Array.from({ length: 3 }, (_, i) => x * i); const b = a.filter(v => v > 2).map((v, i) => v + i).concat([x]); return b.reduce((s, v) => s * v) }',
    [1.5],
  ],
  // calls of itself, by number, of each other, with captured variables, and with a function
  ['function f(x: number): number { return x < 1 ? x * x : f(x / 2) * 3 }', [5.3]],
  [
    'function even(n: number, x: number): number { if (n === 0) return x; return odd(n - 1, x * 1.1) + x }\nfunction odd(n: number, x: number): number { if (n === 0) return -x; const r = even(n - 1, Math.sin(x)); return r * r }\nfunction f(x: number) { return even(5, x) + odd(2, x * x) }',
    [0.7],
  ],
  [
    'function f(x: number, xs: number[]) { let total = 0; const go = (i: number): void => { if (i >= xs.length) return; total += xs[i]! * x; go(i + 1); total *= x }; go(0); return total * total }',
    [0.7, [1, 2, 3]],
  ],
  [
    'function build(n: number, x: number): number[] { if (n === 0) return [x]; const rest = build(n - 1, x * 1.5); rest.push(rest[0]! * x); return rest }\nfunction f(x: number) { return build(3, x).reduce((a, b) => a * b) }',
    [0.7],
  ],
  [
    'function sum(xs: number[], from = 0): number { return from === xs.length ? 0 : Math.sin(xs[from]!) + sum(xs, from + 1) }\nfunction f(xs: number[]) { return sum(xs) * sum(xs, 1) }',
    [[1, 2, 3]],
  ],
  [
    'function walk(n: number, g: (u: number) => number, x: number): number { return n === 0 ? x : g(walk(n - 1, g, x)) }\nfunction f(x: number) { return walk(3, u => u * x, x) + walk(2, u => u * u + x, x) }',
    [0.7],
  ],
  [
    'function go(n: number, x: number): number { const g = (k: number): number => k * n * x; return n === 0 ? x : g(2) + go(n - 1, x * 1.1) * g(1) }\nfunction f(x: number) { return go(2, x) }',
    [2],
  ],
  // trees and lists, with null in the arguments and in what is made
  [
    'interface Tree { v: number; l: Tree | null; r: Tree | null }\nfunction f(t: Tree): number { let s = t.v ** 2; if (t.l !== null) s += f(t.l) * t.v; if (t.r) s *= f(t.r); return s }',
    [
      {
        v: 1.2,
        l: { v: 0.3, l: null, r: { v: 2, l: null, r: null } },
        r: { v: -1, l: null, r: null },
      },
    ],
  ],
  [
    'interface Node { value: number; next: Node | null }\nfunction f(xs: number[]) { let head: Node | null = null; for (const x of xs) head = { value: x, next: head }; let s = 0; for (let at: Node | null = head; at !== null; at = at.next) s = s * 0.5 + at.value ** 2; return s }',
    [[1, 2, 3]],
  ],
  [
    'interface Node { value: number; next: Node | null }\nconst last = (n: Node): Node => (n.next === null ? n : last(n.next))\nfunction f(xs: number[]) { let head: Node = { value: xs[0]!, next: null }; for (const x of xs) head = { value: x * head.value, next: head }; last(head).value += xs[1]!; let s = 0; for (let at: Node | null = head; at !== null; at = at.next) s = s * 0.5 + at.value ** 2; return s }',
    [[1, 2, 3]],
  ],
  [
    'function pick(a: number[], b: number[] | null) { return b && a.length > 1 ? b : a }\nfunction f(xs: number[], ys: number[]) { const q = pick(xs, ys); const p = pick(xs, null); return q[0]! * p[1]! + (!q ? 1 : 2) * xs[0]! }',
    [
      [-2.5, -3.5, 3],
      [3, 2],
    ],
  ],
  ['function f(p: { w: number; bias?: number }) { return p.w ** 2 + (p.bias ?? 1) * p.w }', [{ w: 3 }]],
  // switch: a default in the middle, clauses that fall through, strict equality; labels
  [
    'function f(x: number, k: number) { let s = 0; for (let i = 0; i < 5; i++) { switch (i + k) { case 0: s += x; break; case 1: s += x * x; default: s *= 1.1; case 4: s += Math.sin(x); break; case 3: continue; case 5: { s -= x; break } } s *= 0.9 } return s }',
    [1.3, 0],
  ],
  [
    'function f(x: number): number { switch (true) { case x < 0: return -x; case x < 1: return x * x; default: return x ** 3 } }',
    [1.3],
  ],
  [
    'function f(x: number) { let s = 0; outer: for (let i = 0; i < 4; i++) { for (let j = 0; j < 4; j++) { if (j === 2) continue outer; if (i === 3) break outer; s += x * i + j * x * x } s *= 2 } block: { if (s > 1) break block; s = 9 } return s * x }',
    [1.3],
  ],
  // spread lists, defaults, rests, and chains
  [
    'function f(x: number[], y: number) { const none: number[] = []; if (Math.max(...none) > 0) return y; return Math.max(...x) * Math.min(y, ...x, 2 * y) + Math.max(...x.map(v => -v), y) + Math.max(...x) * y }',
    [[1.3, 4, 2], 0.5],
  ],
  [
    'function f(x: number[], y: number) { const { a, b = y * 2, ...rest } = { a: x[0]!, b: x[1], c: y }; const [p, q = 3, r = y, ...more] = x; let u = 0, v = 0; [u = 1, v = 2] = x; ({ u, w: v } = { u: u * v, w: v + 1 }); return a * b! + rest.c * p! + q * r + (more[0] ?? y) + u * v }',
    [[1.3, 4], 0.5],
  ],
  [
    'function f(x: number[][]) { let s = 0; for (const pair of x[0]!.entries()) s += pair[0]! * pair[1]!; for (const k of x.keys()) s *= k + x[k]![0]!; let v = 0; for (v of x[1]!.values()) s += v * v; for (const [i, [a, b = 1]] of x.entries()) s += i * a! * b; return s + [...x[0]!.entries()].length + v }',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  [
    'interface N { v: number; next?: N | undefined; xs?: number[] | undefined }\nfunction f(n: N) { return (n.next?.v ?? 2) * n.v + (n.next?.next?.v ?? n.v) + (n.xs?.[0] ?? 1) + (n.next?.xs?.map(u => u * n.v)[0] ?? n.v) }',
    [{ v: 2, next: { v: 3, xs: [4, 5] } }],
  ],
  ['function f(x: number, k = 2, j?: number) { return x * k + (j ?? x) * k }', [1.5, 3, 4]],
  [
    'function g(x: number, k?: number, r: number[] = [x, 2]) { return k === undefined ? x * r[0]! : x * k * r[1]! }\nfunction f(x: number) { return g(x) + g(x, 2) * g(x, x, [1, x]) + g(x, undefined, undefined) }',
    [1.5],
  ],
  // orders, whose elements follow the indices
  [
    'function f(xs: number[], y: number) { const a = xs.toSorted((p, q) => p - q); const b = xs.slice(); b.sort((p, q) => q * y - p * y); return a[0]! * 3 + a[1]! * a[2]! + b[0]! ** 2 + b[3]! }',
    [[3, 1, 4, -2], 0.5],
  ],
  [
    'function f(ps: { x: number; y: number }[], keys: number[]) { const s = ps.slice().sort((a, b) => Math.abs(a.x) - Math.abs(b.x) || a.y - b.y); const o = Array.from(keys.keys()).toSorted((i, j) => keys[i]! - keys[j]!); const t = ps.toSorted(({ x }, { x: u }) => (x < u ? 1 : -1)); return s[0]!.x * 2 + s[1]!.y * s[2]!.x + o[0]! * s[o[1]!]!.x + t[0]!.x ** 2 }',
    [
      [
        { x: 3, y: 1 },
        { x: -2, y: 5 },
        { x: 2.5, y: 1 },
      ],
      [3, 1, 2],
    ],
  ],
  // searches
  [
    'function f(xs: number[], y: number) { const v = xs.find(x => x > y) ?? 0; const i = xs.findIndex(x => x > 3.5); const l = xs.findLast(x => x < y) ?? 7; const w = xs.some(x => x > 3) ? y : 1; const e = xs.every((x, k) => x > k - 9) ? y * y : 1; return v * l + xs[i]! * w + e + (xs.includes(9) ? xs[0]! : y) + xs.indexOf(4) + xs.findLastIndex(x => x > 0) * xs.at(-1)! + (xs.at(1) ?? 3) }',
    [[3, 1, 4.2, -2], 0.5],
  ],
  // other arrays of the same elements
  [
    'function f(xs: number[], y: number) { const m = [xs, [y, y * y]]; const a = m.flat(); const b = xs.flatMap(x => [x, x * y]); const c = xs.flatMap(x => x * 2); const r = a.toReversed(); b.reverse(); return r[0]! * b[0]! + c[1]! * a[4]! + r.with(1, y).reduceRight((s, v) => s * 0.5 + v) + xs.reduceRight((s, v, i) => s + v * i, y) }',
    [[3, 1, 4, -2], 0.5],
  ],
  // arrays that get longer and shorter
  [
    'function f(xs: number[], y: number) { const a = xs.slice(); const p = a.pop()!; a.push(p * y, y); const s = a.shift()!; a.unshift(s * 2, y); a.push(...a); const r = a.splice(1, 2, y * 3, p, s); a.splice(-2); a.fill(y, 0, 1); let t = 0; for (const [i, v] of a.entries()) t += v * (i + 1); return t + r[0]! * r[1]! + a.length }',
    [[3, 1, 4, -2], 0.5],
  ],
  [
    'function f(x: number[], y: number) { const stack = [y]; let s = 0; for (const v of x) { stack.push(v); if (v > 2) { const top = stack.pop()!; s += top * stack[stack.length - 1]! } else stack.push(v * y) } while (stack.length > 0) s = s * 0.9 + stack.pop()! ** 2; return s }',
    [[3, 1, 4, -2], 0.5],
  ],
  [
    'function f(x: number[]) { const q = [x[0]!]; let s = 0; for (let k = 0; k < 6 && q.length > 0; k++) { const v = q.shift()!; s += v * v; q.push(v * x[1]!, v + k) } return s }',
    [[1.1, 0.7]],
  ],
  [
    'function f(x: number[]) { const g = [[x[0]!, 1], [x[1]!, 2]]; const last = g.pop()!; last[0] = last[0]! * x[0]!; g.push(last, last); return g[1]![0]! * g[2]![0]! + Array.of(x[0]!, 2)[0]! + (Array.isArray(g) ? x[1]! : 0) }',
    [[1.1, 0.7]],
  ],
  [
    'function f(x: Float64Array, y: number) { const a = new Float64Array(6); a.set(x, 1); a.set([y, y], 4); const b = Float64Array.from(x, v => v * y); const c = Float64Array.of(y, 2); const d = x.slice().sort(); const e = x.filter(v => v > 1).toReversed(); return a[1]! * a[4]! + b[2]! + c[0]! * d[0]! + e[0]! * d[2]! }',
    [new Float64Array([3, 1.2, 4]), 0.5],
  ],
  // functions of the package
  [
    "import { dot, logSumExp, mean, norm, prod, softmax, sum } from 'tsgrad'\nfunction f(xs: number[], y: number) { return sum(xs) * mean(xs) + prod(xs) + dot(xs, [y, y * y, 1]) * norm(xs) + logSumExp(xs) * softmax(xs)[1]! }",
    [[0.5, -1.2, 2], 0.7],
  ],
  [
    "import { exp, hypot, max, pow, sigmoid, softplus } from 'tsgrad'\nfunction f(x: number, y: number) { return sigmoid(y) * softplus(x) + exp(y) * max(y, x, 0) + pow(y, 3) * hypot(x, y, 1) }",
    [0.5, 0.7],
  ],
  // texts, maps and calls of what has no text: as they stand, without derivatives
  [
    "type Kind = 'sine' | 'square'\nconst apply = (kind: Kind, x: number): number => { switch (kind) { case 'sine': return Math.sin(x); case 'square': return x * x } }\nfunction f(x: number) { const kinds: Kind[] = ['sine', 'square']; let s = 0; for (const k of kinds) s += apply(k, x); const label = `a${kinds.length}`; return label === 'a2' && typeof x === 'number' ? s * x + label.length : 0 }",
    [1.3],
  ],
  [
    "const table = new Map([['a', 2], ['b', 3]])\nfunction f(x: number) { const own = new Map<string, number>(); own.set('k', 4); own.set('q' + table.size, 5); const n = table.get('a') ?? 0; return x * n + own.get('k')! * x * x + (own.has('q2') ? x : 0) + own.size + JSON.stringify([1, 2]).length + parseInt('12') * x + Number('3') + 'abc'.toUpperCase().length }",
    [1.3],
  ],
  [
    "const config = { rate: 2, name: 'q' }\nconst look = JSON.parse('[3, 4]') as number[]\nfunction f(x: number) { const r: number[] = JSON.parse('[1, 2, 3]'); return x * config.rate * r[1]! + look[0]! * x * (config.name === 'q' ? x : 1) + Object.keys({ a: 1 }).length }",
    [1.3],
  ],
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

/** What once gave a wrong number, with the true gradient. */
const traps: readonly (readonly [...Row, value: number, gradient: unknown])[] = [
  // what did not arrive at a sum did not arrive at its terms
  [
    'function f(x: number[]) { const t = Math.sqrt(x[1]!); const u = t + x[0]!; let r = x[0]! * 3; if (x[0]! > 5) r = u * 2; return r }',
    [[1, 0]],
    3,
    [3, 0],
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

describe('the rules', () => {
  const points = [-2, -1, -0.5, -0, 0, 0.5, 1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]
  const written = (key: string, operands: readonly string[]) => {
    if (key.startsWith('Math.')) return `${key}(${operands.join(', ')})`
    return key.startsWith('unary ') ? `-${operands[0]}` : `(${operands.join(` ${key} `)})`
  }
  const rows = Object.values(rules).flatMap(({ keys, arity }) =>
    (keys as readonly string[]).map(key => [key, arity] as const),
  )
  const outer: readonly ((r: string) => string)[] = [
    r => r,
    r => `${r} * ${r}`,
    r => `Math.sqrt(${r})`,
    r => `Math.max(${r}, 0)`,
  ]
  const bodies = rows.flatMap(([key, arity]) => {
    const inner =
      arity === 1
        ? [written(key, ['x'])]
        : [written(key, ['x', 'y']), written(key, ['x', 'x']), written(key, ['2', 'y'])]
    return inner.flatMap(r => outer.map(shape => shape(r)))
  })

  test('the compiled gradient is that of the tape, at ordinary points and at the ends of domains', () => {
    expect(bodies.length).toBeGreaterThan(150)
    const text = [
      "import { type NumberWithGrad, type Numeric, valueAndGrad } from 'tsgrad'",
      ...bodies.map((body, i) => `export const plain${i} = valueAndGrad((x: number, y: number) => ${body})`),
      ...bodies.map(
        (body, i) =>
          `export const taped${i} = valueAndGrad((x: NumberWithGrad, y: NumberWithGrad): Numeric => ${body})`,
      ),
    ].join('\n')
    const compiled = compile({ 'main.ts': text }, { declaration: false })
    expect(compiled.diagnostics.map(shown)).toEqual([])
    const made = run(compiled.emit().get('main.js')!) as Record<string, (x: number, y: number) => unknown>
    const of = (engine: string, i: number, x: number, y: number) => String(made[`${engine}${i}`]!(x, y))
    // an expectation for each of 30,000 pairs takes longer than the pairs
    const differing: string[] = []
    let compared = 0
    for (const [i, body] of bodies.entries())
      for (const x of points)
        for (const y of points) {
          const [plain, taped] = [of('plain', i, x, y), of('taped', i, x, y)]
          if (plain !== taped) differing.push(`${body} at ${x}, ${y}: ${plain}, and ${taped} on the tape`)
          compared++
        }
    expect(differing).toEqual([])
    expect(compared).toBeGreaterThan(15_000)
  })
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

describe('the edges of the functions of the package', () => {
  const names = ['sum', 'mean', 'prod', 'norm', 'logSumExp'] as const
  const texts = names.flatMap(name => [
    `export const plain_${name} = valueAndGrad((xs: number[]) => ${name}(xs))`,
    `export const taped_${name} = valueAndGrad((xs: readonly NumberWithGrad[]): Numeric => ${name}(xs))`,
  ])
  const text = `import { type NumberWithGrad, type Numeric, valueAndGrad, ${names.join(', ')} } from 'tsgrad'\n${texts.join('\n')}`
  const made = run(compile({ 'main.ts': text }, { declaration: false }).emit().get('main.js')!) as Record<
    string,
    (xs: readonly number[]) => [number, number[]]
  >
  const points = [
    [3],
    [0, 0],
    [1, 0, 2],
    [5, 5, -1],
    [-0, 1],
    [Number.POSITIVE_INFINITY, 1],
    [-Infinity, -Infinity],
    [1e200, 1e200],
    [Number.NaN, 1],
  ]
  test.each(names.flatMap(name => points.map(xs => [name, xs] as const)))('%s of %j', (name, xs) => {
    const [value, gradient] = made[`plain_${name}`]!(xs)
    const [expected, slopes] = made[`taped_${name}`]!(xs)
    expect(value).toBe(expected)
    for (const [i, each] of gradient.entries())
      if (Number.isNaN(slopes[i])) expect(each).toBeNaN()
      else expect(each).toBeCloseTo(slopes[i]!, 14)
  })
})

test('a text that holds derivatives already stays as it is', () => {
  const { text } = compiledGradients(['function f(x: number[]) { return x.map(v => v * v)[0]! }'])[0]!
  const again = compile({ 'main.ts': text })
  expect(again.diagnostics.map(shown)).toEqual([])
  expect(again.lowered()).toBe(text)
})
