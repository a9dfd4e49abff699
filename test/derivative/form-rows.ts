/** Functions on plain numbers, each form of JavaScript once, with arguments. It must not know what becomes of them. */

export type FunctionRow = readonly [source: string, args: readonly unknown[]]

export const syntaxForms: readonly FunctionRow[] = [
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
  // the sum is rounded twice
  ['function f(x: number) { return (x + 1 + 2) * 2 + (x - 1 - 1) }', [1e-7]],
]
