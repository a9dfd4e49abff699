/**
 * Every place where an operator can stand. Each program is compiled, run, and compared with its twin, which a person wrote with
 * method calls: what its operands log, its values and its gradients. What it is lowered to is in golden/positions.txt.
 */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { run, shown } from './compile.ts'
import { compilers } from './compilers.ts'

/**
 * The body of a function with the tracked `a` (3) and `b` (-2), the number `k` (5), `log(name, value)`, which gives the value, and
 * `o`, an object with a logged accessor pair `r`, an array `list` and a number `n`.
 */
const programs: readonly [name: string, natural: string, twin: string][] = [
  // targets
  [
    'an element with a step as its key',
    'let i = 0; o.list[i++]! *= 2; return [i, ...o.list]',
    'let i = 0; const at = i++; o.list[at] = o.list[at]!.mul(2); return [i, ...o.list]',
  ],
  ['a property of a call', "log('f', o).r *= 2; return o.r", "const f = log('f', o); f.r = f.r.mul(2); return o.r"],
  [
    'an element whose object and key are calls',
    "log('f', o.list)[log('g', 1)]! -= log('h', a); return o.list",
    "const f = log('f', o.list), g = log('g', 1); const old = f[g]!; f[g] = old.sub(log('h', a)); return o.list",
  ],
  ['an accessor pair', 'o.r += a; o.r -= 1; return o.r', 'o.r = o.r.add(a); o.r = o.r.sub(1); return o.r'],
  [
    'a key that is an object and counts',
    "const key = { toString: () => log('key', '0') }; o.list[key as never]! *= 2; return o.list",
    "const key = { toString: () => log('key', '0') }; o.list[key as never] = o.list[key as never]!.mul(2); return o.list",
  ],
  [
    'a step on a property, as a value',
    'const old = o.r++; const now = ++o.r; const less = o.r--; return [old, now, less, --o.r]',
    'const old = o.r; o.r = old.add(1); const now = o.r.add(1); o.r = now; const less = o.r; o.r = less.sub(1); const last = o.r.sub(1); o.r = last; return [old, now, less, last]',
  ],
  [
    'an assignment as a condition’s right side',
    'let c: boolean = k > 1; c && (o.r += 2); c = !c; c && (o.r += 4); return o.r',
    'let c: boolean = k > 1; c && (o.r = o.r.add(2)); c = !c; c && (o.r = o.r.add(4)); return o.r',
  ],
  [
    'an assignment as an operand',
    'let x = a; return [(x += 1) * 2, x]',
    'let x = a; return [(x = x.add(1)).mul(2), x]',
  ],
  [
    'an assignment as an initialiser',
    'let x = a; const r = (x *= 2); return [r, x]',
    'let x = a; const r = (x = x.mul(2)); return [r, x]',
  ],
  [
    'an old value on the left of an assignment',
    'let x = a; x += (x = b, 1); return x',
    'let x = a; const old = x; x = b; x = old.add(1); return x',
  ],
  [
    'private fields',
    `class W { #w = a; #g = b; static lr = 0.1
      step() { this.#w -= W.lr * this.#g; this.#w++; return this.#w }
      grow(other: W) { log('other', other).#w *= 2; return other.#w } }
    const w = new W(); return [w.step(), w.grow(w)]`,
    `class W { #w = a; #g = b; static lr = 0.1
      step() { this.#w = this.#w.sub(this.#g.rmul(W.lr)); this.#w = this.#w.add(1); return this.#w }
      grow(other: W) { const at = log('other', other); at.#w = at.#w.mul(2); return other.#w } }
    const w = new W(); return [w.step(), w.grow(w)]`,
  ],
  [
    'super',
    `class B { get w() { return log('get', a) } set w(v) { log('set', v) } }
    class C extends B { f() { super.w *= 2; return [super.w + 1, super.w++, -super['w']] } }
    return new C().f()`,
    `class B { get w() { return log('get', a) } set w(v) { log('set', v) } }
    class C extends B { f() { super.w = super.w.mul(2)
      const first = super.w.add(1); const old = super.w; super.w = old.add(1); return [first, old, super['w'].neg()] } }
    return new C().f()`,
  ],
  [
    'a static block and static fields',
    'class C { static k = a; static l = C.k * 2; static { C.k *= 2; this.l += C.k } } return [C.k, C.l]',
    'class C { static k = a; static l = C.k.mul(2); static { C.k = C.k.mul(2); this.l = this.l.add(C.k) } } return [C.k, C.l]',
  ],
  // lazy ones
  [
    'assignments that may not happen',
    "let x: NumberWithGrad | undefined = undefined as NumberWithGrad | undefined; let y: NumberWithGrad | 0 = 0 as NumberWithGrad | 0; x ??= a * 2; x ??= log('never', a) * 3; y ||= log('f', a) * a; y &&= y - 1; return [x, y]",
    "let x: NumberWithGrad | undefined = undefined as NumberWithGrad | undefined; let y: NumberWithGrad | 0 = 0 as NumberWithGrad | 0; x ??= a.mul(2); x ??= log('never', a).mul(3); y ||= log('f', a).mul(a); y &&= y.sub(1); return [x, y]",
  ],
  [
    'conditions',
    "return k > 2 ? a * log('yes', 2) : a * log('no', 3)",
    "return k > 2 ? a.mul(log('yes', 2)) : a.mul(log('no', 3))",
  ],
  [
    'an optional chain before the operator',
    'const p: { a?: NumberWithGrad } = { a }; return [p?.a! * 2, -p?.a!, 2 - p.a!]',
    'const p: { a?: NumberWithGrad } = { a }; return [p?.a!.mul(2), p?.a!.neg(), p.a!.rsub(2)]',
  ],
  [
    'an optional chain around the operator',
    'const p = { f: (x: NumberWithGrad) => x } as { f?: (x: NumberWithGrad) => NumberWithGrad }; return [p.f?.(a * 2), o.list?.[k - 5]]',
    'const p = { f: (x: NumberWithGrad) => x } as { f?: (x: NumberWithGrad) => NumberWithGrad }; return [p.f?.(a.mul(2)), o.list?.[k - 5]]',
  ],
  // destructuring
  [
    'a swap',
    'let x = a, y = b; [x, y] = [x * 2, y + x]; return [x, y]',
    'let x = a, y = b; [x, y] = [x.mul(2), y.add(x)]; return [x, y]',
  ],
  [
    'defaults',
    "const { p = a * 2, ...rest } = {} as { p?: NumberWithGrad }; const [q = log('q', p) - 1] = [] as NumberWithGrad[]; return [p, q, Object.keys(rest).length]",
    "const { p = a.mul(2), ...rest } = {} as { p?: NumberWithGrad }; const [q = log('q', p).sub(1)] = [] as NumberWithGrad[]; return [p, q, Object.keys(rest).length]",
  ],
  [
    'assignment patterns',
    'let p: NumberWithGrad, q: NumberWithGrad; ({ p = a * 2, q } = { q: b + 1 } as { p?: NumberWithGrad; q: NumberWithGrad }); [p, q = p * 2] = [p - 1]; return [p, q]',
    'let p: NumberWithGrad, q: NumberWithGrad; ({ p = a.mul(2), q } = { q: b.add(1) } as { p?: NumberWithGrad; q: NumberWithGrad }); [p, q = p.mul(2)] = [p.sub(1)]; return [p, q]',
  ],
  // functions
  [
    'parameter defaults, the later of which see the earlier',
    'const f = (x = a * 2, y = x + 1, z = x++) => [x, y, z]; return [...f(), ...f(b)]',
    'const f = (x = a.mul(2), y = x.add(1), z = (() => { const old = x; x = x.add(1); return old })()) => [x, y, z]; return [...f(), ...f(b)]',
  ],
  [
    'parameters that are named like inserted names',
    'const f = (__tsgrad: number, __tsgrad_place: NumberWithGrad, __op: NumberWithGrad) => [__tsgrad * __op, __op - __tsgrad_place]; return f(2, a, b)',
    'const f = (__tsgrad: number, __tsgrad_place: NumberWithGrad, __op: NumberWithGrad) => [__op.rmul(__tsgrad), __op.sub(__tsgrad_place)]; return f(2, a, b)',
  ],
  [
    'arrow bodies, and what stands in them',
    'const f = (x: NumberWithGrad) => x * 2, g = () => ({ p: a + 1 }), h = () => -f(a); return [f(a), g().p, h()]',
    'const f = (x: NumberWithGrad) => x.mul(2), g = () => ({ p: a.add(1) }), h = () => f(a).neg(); return [f(a), g().p, h()]',
  ],
  [
    'this, arguments and new.target in operands',
    `function F(this: { v: NumberWithGrad }, x: NumberWithGrad) { return [this.v * arguments[0], arguments.length * x, new.target === undefined ? a + 1 : a - 1] }
    return F.call({ v: a }, b)`,
    `function F(this: { v: NumberWithGrad }, x: NumberWithGrad) { return [this.v.mul(arguments[0]), x.rmul(arguments.length), new.target === undefined ? a.add(1) : a.sub(1)] }
    return F.call({ v: a }, b)`,
  ],
  [
    'waiting',
    "let x = a; const slow = async <T>(v: T) => (x = b, v); x += await slow(log('late', a)); const y = (await slow(a)) * (await slow(b)) - x; return [x, y]",
    "let x = a; const slow = async <T>(v: T) => (x = b, v); const old = x; x = old.add(await slow(log('late', a))); const y = (await slow(a)).mul(await slow(b)).sub(x); return [x, y]",
  ],
  [
    'generators',
    'function* g(z: NumberWithGrad): Generator<NumberWithGrad, NumberWithGrad, NumberWithGrad> { z += yield z * 2; z = (yield z) - (yield -z); return z * 3 } const it = g(a); return [it.next().value, it.next(b).value, it.next(a).value, it.next(b).value]',
    'function* g(z: NumberWithGrad): Generator<NumberWithGrad, NumberWithGrad, NumberWithGrad> { const old = z; z = old.add(yield z.mul(2)); z = (yield z).sub(yield z.neg()); return z.mul(3) } const it = g(a); return [it.next().value, it.next(b).value, it.next(a).value, it.next(b).value]',
  ],
  [
    'async generators',
    'async function* g() { for (let x = a; x < 6; x++) yield x * (await b) } const all: NumberWithGrad[] = []; for await (const v of g()) all.push(v - 1); return all',
    'async function* g() { for (let x = a; x.lt(6); x = x.add(1)) yield x.mul(await b) } const all: NumberWithGrad[] = []; for await (const v of g()) all.push(v.sub(1)); return all',
  ],
  // classes and objects
  [
    'field initialisers, computed keys, accessors and methods with defaults',
    `const keys: string[] = []
    const name = (x: NumberWithGrad) => (keys.push(String(x)), String(x))
    class C { x = a * 2; [name(a + 1)]() { return -a } get y() { return this.x - 1 } set y(v) { this.x = v / 2 } m(z = this.x * this.y) { return z } }
    const c = new C(); c.y += 3; return [c.x, c.m(), ...keys.map(Number)]`,
    `const keys: string[] = []
    const name = (x: NumberWithGrad) => (keys.push(String(x)), String(x))
    class C { x = a.mul(2); [name(a.add(1))]() { return a.neg() } get y() { return this.x.sub(1) } set y(v) { this.x = v.div(2) } m(z = this.x.mul(this.y)) { return z } }
    const c = new C(); c.y = c.y.add(3); return [c.x, c.m(), ...keys.map(Number)]`,
  ],
  [
    'a class’s base, and decorators’ arguments',
    `const base = (x: NumberWithGrad) => class { v = x }
    const tag = (x: NumberWithGrad) => (_: unknown, __: unknown) => { log('tag', x) }
    @tag(a * 2) class C extends base(a + b) { @tag(-b) m() { return this.v * 2 } }
    return [new C().v, new C().m()]`,
    `const base = (x: NumberWithGrad) => class { v = x }
    const tag = (x: NumberWithGrad) => (_: unknown, __: unknown) => { log('tag', x) }
    @tag(a.mul(2)) class C extends base(a.add(b)) { @tag(b.neg()) m() { return this.v.mul(2) } }
    return [new C().v, new C().m()]`,
  ],
  [
    'object literals',
    'const p = { a: a * 2, [`k${k - 1}`]: b - 1, get g() { return -a }, m: () => a ** 2, ...{ s: a + b } }; return [p.a, p["k4" as "a"], p.g, p.m(), p.s]',
    'const p = { a: a.mul(2), [`k${k - 1}`]: b.sub(1), get g() { return a.neg() }, m: () => a.pow(2), ...{ s: a.add(b) } }; return [p.a, p["k4" as "a"], p.g, p.m(), p.s]',
  ],
  // statements
  [
    'a loop whose closures keep their own variable',
    'const fs: (() => NumberWithGrad)[] = []; let n = 0; for (let x = a; n++ < 3; x += 1) fs.push(() => x * 2); return fs.map(f => f())',
    'const fs: (() => NumberWithGrad)[] = []; let n = 0; for (let x = a; n++ < 3; x = x.add(1)) fs.push(() => x.mul(2)); return fs.map(f => f())',
  ],
  [
    'heads of loops',
    'let sum = a; for (const x of [a * 2, -b]) sum += x; for (const key in { p: a * 1 }) sum *= key.length + 1; do sum -= 4; while (sum > 0); while (sum < a) sum += a; return sum',
    'let sum = a; for (const x of [a.mul(2), b.neg()]) sum = sum.add(x); for (const key in { p: a.mul(1) }) sum = sum.mul(key.length + 1); do sum = sum.sub(4); while (sum.gt(0)); while (sum.lt(a)) sum = sum.add(a); return sum',
  ],
  [
    'switch and labels',
    'let x = a; switch (true) { case a > 4: x -= 1; break; case a < 4: x *= 2; default: x++ } out: for (;;) { for (;;) { x += 1; if (x > 9) break out } } return x',
    'let x = a; switch (true) { case a.gt(4): x = x.sub(1); break; case a.lt(4): x = x.mul(2); default: x = x.add(1) } out: for (;;) { for (;;) { x = x.add(1); if (x.gt(9)) break out } } return x',
  ],
  [
    'throw, try and finally',
    'let x = a; try { throw a * 2 } catch (e) { x += e as NumberWithGrad } finally { x -= 1 } return x',
    'let x = a; try { throw a.mul(2) } catch (e) { x = x.add(e as NumberWithGrad) } finally { x = x.sub(1) } return x',
  ],
  [
    'return and throw in front of a line break in parentheses',
    'const f = () => { return (\n  a\n  * 2\n  - b\n) }\nconst g = () => {\n  return -a // sign\n}\nreturn [f(), g()]',
    'const f = () => { return (\n  a.mul(2).sub(b)\n) }\nconst g = () => {\n  return a.neg()\n}\nreturn [f(), g()]',
  ],
  [
    'statements without semicolons',
    'let x = a\nlet y = b\nx++\n;[y].forEach(v => { x += v })\nx\n++y\nreturn [x, y]',
    'let x = a\nlet y = b\nx = x.add(1);[y].forEach(v => { x = x.add(v) });x;y = y.add(1);return [x, y]',
  ],
  [
    'commas',
    "let x = a; return (log('p', 1), x *= 2, x - 1)",
    "let x = a; return (log('p', 1), x = x.mul(2), x.sub(1))",
  ],
  // expressions around operators
  [
    'templates, tagged and plain',
    'const tag = (s: TemplateStringsArray, ...vs: NumberWithGrad[]) => vs; return [...tag`${a * 2}-${-b}`, Number(`${a + 1}`)]',
    'const tag = (s: TemplateStringsArray, ...vs: NumberWithGrad[]) => vs; return [...tag`${a.mul(2)}-${b.neg()}`, Number(`${a.add(1)}`)]',
  ],
  [
    'spread, new, in, instanceof, typeof, void and delete',
    'class P { constructor(readonly v: NumberWithGrad) {} } const d: { q?: unknown } = { q: a * 2 }; return [...[a * 2], new P(a - 1).v, Number((a * 2) instanceof NumberWithGrad), Number(typeof (a + b) === "object"), Number(void (a * 2) === undefined), Number(delete d.q), Number("num" in (a * 2))]',
    'class P { constructor(readonly v: NumberWithGrad) {} } const d: { q?: unknown } = { q: a.mul(2) }; return [...[a.mul(2)], new P(a.sub(1)).v, Number((a.mul(2)) instanceof NumberWithGrad), Number(typeof (a.add(b)) === "object"), Number(void (a.mul(2)) === undefined), Number(delete d.q), Number("num" in (a.mul(2)))]',
  ],
  [
    'assertions',
    'return [(a as NumberWithGrad) * 2, a! * 2, (a * 2) as NumberWithGrad, <NumberWithGrad>(a - 1), (a * 2) satisfies NumberWithGrad]',
    'return [(a as NumberWithGrad).mul(2), a!.mul(2), (a.mul(2)) as NumberWithGrad, <NumberWithGrad>(a.sub(1)), (a.mul(2)) satisfies NumberWithGrad]',
  ],
  [
    'signs beside signs',
    'let x = a; const y = b; return [a- -b, a+ +b, - -a, x++ +y, x+++y, x-- - --x, -(-a)]',
    'let x = a; const y = b; const r = [a.sub(b.neg()), a.add(b.pos()), a.neg().neg()]; let old = x; x = old.add(1); r.push(old.add(y)); old = x; x = old.add(1); r.push(old.add(y)); old = x; x = old.sub(1); x = x.sub(1); r.push(old.sub(x), a.neg().neg()); return r',
  ],
  [
    'powers',
    'return [2 ** a ** 2, (-a) ** 2, a ** -1, (2 ** a) ** 2, -(a ** 2)]',
    'return [a.pow(2).rpow(2), a.neg().pow(2), a.pow(-1), a.rpow(2).pow(2), a.pow(2).neg()]',
  ],
  [
    'comparisons that look like type arguments',
    'const f = (...xs: unknown[]) => xs.length; const c = b, d = k; return [f((a < b), c > (d)), Number(a<b), Number(a>=b)]',
    'const f = (...xs: unknown[]) => xs.length; const c = b, d = k; return [f((a.lt(b)), c.gt(d)), Number(a.lt(b)), Number(a.ge(b))]',
  ],
  [
    'operands that call one another',
    "const g = (n: number): NumberWithGrad => (log('g', n), n > 0 ? g(n - 1) * a - g(n - 2) : b); return g(3)",
    "const g = (n: number): NumberWithGrad => (log('g', n), n > 0 ? g(n - 1).mul(a).sub(g(n - 2)) : b); return g(3)",
  ],
  [
    'an operand on the left that is a number and has effects',
    "return log('n', 2) - log('t', a)",
    "const n = log('n', 2), t = log('t', a); return t.rsub(n)",
  ],
  [
    'an accessor on the left, after which the right operand is another one',
    'let x = a; const p = { get n() { x = b; return 2 } }; return p.n - x',
    'let x = a; const p = { get n() { x = b; return 2 } }; const n = p.n; return x.rsub(n)',
  ],
  [
    'an accessor on the right, after which the left operand is another one',
    'let n = 2; const p = { get x() { n = 7; return a } }; return [n - p.x, n]',
    'let n = 2; const p = { get x() { n = 7; return a } }; const left = n; return [p.x.rsub(left), n]',
  ],
  [
    'functions of Math',
    "return [Math.max(log('p', 1), log('q', a)), Math.hypot(a, log('r', 4)), Math.min(a, b, 7), Math.atan2(1, a)]",
    "const p = log('p', 1), q = log('q', a); return [q.rmax(p), a.hypot(log('r', 4)), a.min(b, 7), a.ratan2(1)]",
  ],
  [
    'comments between everything',
    'return /* 1 */ a /* 2 */ * /* 3 */ 2 /* 4 */ - // 5\n  /* 6 */ Math.max(/* 7 */ a /* 8 */, /* 9 */ b /* 10 */) /* 11 */',
    'return a.mul(2).sub(a.max(b))',
  ],
  [
    'enums, types and names that are operators’ like',
    'enum E { A = 1 + 1, B = A << 2 } type T<N extends number = 1> = N; const t: T = 1; return [a * E.A, E.B + t, k - E.A]',
    'enum E { A = 1 + 1, B = A << 2 } type T<N extends number = 1> = N; const t: T = 1; return [a.mul(E.A), E.B + t, k - E.A]',
  ],
  [
    'numbers in the same function',
    "let i = 0; i++; i += 2; const d = +new Date(0); const s = 's' + i; const u = -(-k) % 3 | 1; return [i, d, s.length, u, k ** 2, i > 1 ? a * 1 : a]",
    "let i = 0; i++; i += 2; const d = +new Date(0); const s = 's' + i; const u = -(-k) % 3 | 1; return [i, d, s.length, u, k ** 2, i > 1 ? a.mul(1) : a]",
  ],
]

type Body = (world: World) => unknown
interface World {
  readonly a: NumberWithGrad
  readonly b: NumberWithGrad
  readonly k: number
  readonly o: { r: NumberWithGrad; readonly list: NumberWithGrad[]; n: number }
  log<T>(name: string, value: T): T
}

function newWorld(): World & { readonly logged: string[] } {
  const [a, b] = [new NumberWithGrad(3), new NumberWithGrad(-2)]
  const logged: string[] = []
  let r = a
  const log = <T>(name: string, value: T): T => (logged.push(name), value)
  const o = {
    get r() {
      return log('get r', r)
    },
    set r(value) {
      r = log('set r', value)
    },
    list: [a, b],
    n: 1,
  }
  return { a, b, k: 5, o, log, logged }
}

/** What can be seen of a run: what was logged, the values, and the gradients of their sum. */
async function outcome(body: Body): Promise<{ logged: string[]; values: unknown[]; gradients: unknown[] }> {
  const world = newWorld()
  const result = await body(world)
  const values = Array.isArray(result) ? result : [result]
  for (const value of values) if (value instanceof NumberWithGrad) value.backward()
  const numbers = values.map(value => (value instanceof NumberWithGrad ? value.num : value))
  return { logged: world.logged, values: numbers, gradients: [world.a.grad, world.b.grad] }
}

const head = `import { NumberWithGrad } from 'tsgrad'
interface World { a: NumberWithGrad; b: NumberWithGrad; k: number
  o: { r: NumberWithGrad; readonly list: NumberWithGrad[]; n: number }
  log<T>(name: string, value: T): T }
`
const isAsync = (body: string) => body.includes('await ')
const module = (bodies: readonly string[]) =>
  head +
  bodies
    .map(body => `export ${isAsync(body) ? 'async ' : ''}function f({ a, b, k, o, log }: World) { ${body} }`)
    .map((text, i) => text.replace('function f(', `function f${i}(`))
    .join('\n\n')

describe.each(compilers)('with %s a program with', (_, compile) => {
  const natural = compile({ 'main.ts': module(programs.map(([, text]) => text)) })
  const twins = compile({ 'main.ts': module(programs.map(([, , text]) => text)) })
  const lowered = natural.lowered()
  const [naturalBodies, twinBodies] = [run(lowered), run(twins.lowered())] as Record<string, Body>[]

  test('no error', () => {
    expect(natural.diagnostics.map(shown)).toEqual([])
    expect(twins.diagnostics.map(shown)).toEqual([])
    expect(twins.lowered(), 'the twins have no operators of classes').toBe(module(programs.map(([, , text]) => text)))
  })

  test.each(programs.map(([name], i) => [name, i] as const))('%s', async (_, i) => {
    const got = await outcome(naturalBodies![`f${i}`]!)
    expect(got.values.filter(value => typeof value === 'number' && !Number.isNaN(value)).length).toBe(got.values.length)
    expect(got).toEqual(await outcome(twinBodies![`f${i}`]!))
  })

  test('a text that is written down', async () => {
    const bodies = lowered.split(/\n\n(?=export )/).map(text => text.replace(/^[\s\S]*?World\) \{ | \}$/g, ''))
    expect(bodies.length).toBe(programs.length)
    const page = programs.map(([name, text], i) => `# ${name}\n${text}\n\n${bodies[i]}\n`).join('\n')
    await expect(page).toMatchFileSnapshot('golden/positions.txt')
  })
})

test.each(compilers)('with %s what TypeScript reads as type arguments stays what it is', (_, compile) => {
  const text = `${head}export const f = ({ a, b, k: c, o: d }: World) => [a < b, c > (d)]\n`
  expect(compile({ 'main.ts': text }).lowered()).toBe(text)
})
