/** What each operator is lowered to, with its value: the rows of lower.test.ts and formats.test.ts, and a program for each. */

export const preamble = `import { NumberWithGrad, type Numeric } from 'tsgrad'
const a = new NumberWithGrad(3), b = new NumberWithGrad(-2), k = 5
const either: Numeric = Math.random() < 2 ? a : 1
const any = 2 as any, anyTracked = a as any
const f = () => a, n = () => 7
`

/** An expression, what it is lowered to, its value and its derivative by `a` (3; `b` is -2, `either` is `a`, `k` is 5). */
export const expressions: readonly [
  source: string,
  lowered: string,
  value: number | string | boolean,
  gradient?: number,
][] = [
  ['a * 4 + 3', 'a.mul(4).add(3)', 15, 4],
  ['a + b', 'a.add(b)', 1, 1],
  ['a - b', 'a.sub(b)', 5, 1],
  ['a / 2', 'a.div(2)', 1.5, 0.5],
  ['a % 2', 'a.mod(2)', 1, 1],
  ['a ** 2', 'a.pow(2)', 9, 6],
  ['(a * 4 + 3) * (a + 2)', '(a.mul(4).add(3)).mul((a.add(2)))', 75, 35],
  // a number on the left
  ['4 * a', 'a.rmul(4)', 12, 4],
  ['4 - a', 'a.rsub(4)', 1, -1],
  ['4 + a', 'a.radd(4)', 7, 1],
  ['6 / a', 'a.rdiv(6)', 2, -2 / 3],
  ['5 % a', 'a.rmod(5)', 2, -1],
  ['2 ** a', 'a.rpow(2)', 8, 8 * Math.LN2],
  ['k - a', 'a.rsub(k)', 2, -1],
  ['-1 * a', 'a.rmul(-1)', -3, -1],
  ['(1 + 1) * a', 'a.rmul((1 + 1))', 6, 2],
  ['2 * (a + b)', '(a.add(b)).rmul(2)', 2, 2],
  ['1 + 2 * a', 'a.rmul(2).radd(1)', 7, 2],
  // precedence, associativity, parentheses
  ['a - b - 1', 'a.sub(b).sub(1)', 4, 1],
  ['a - (b - 1)', 'a.sub((b.sub(1)))', 6, 1],
  ['2 ** a ** 2', 'a.pow(2).rpow(2)', 512, 512 * Math.LN2 * 6],
  ['(-a) ** 2', '(a.neg()).pow(2)', 9, 6],
  ['-a * b', 'a.neg().mul(b)', 6, 2],
  ['a * b + a / b', 'a.mul(b).add(a.div(b))', -7.5, -2.5],
  ['k * 2 + a', "__tsgrad_dispatchBinary('+', '', 'radd', k * 2, a)", 13, 1],
  // a type that is a number and more, and one of which a part is a string
  [
    "(2 as number & { unit: 'm' }) * a",
    "__tsgrad_dispatchBinary('*', '', 'rmul', (2 as number & { unit: 'm' }), a)",
    6,
    2,
  ],
  [
    '((x: string | NumberWithGrad) => x + a)(b)',
    "((x: string | NumberWithGrad) => __tsgrad_dispatchBinary('+', 'add', 'radd', x, a))(b)",
    1,
    1,
  ],
  // signs
  ['-a', 'a.neg()', -3, -1],
  ['+a', 'a.pos()', 3, 1],
  ['- -a', 'a.neg().neg()', 3, 1],
  ['a - -b', 'a.sub(b.neg())', 1, 1],
  ['a- -b', 'a.sub(b.neg())', 1, 1],
  ['-(a + 1)', '(a.add(1)).neg()', -4, -1],
  // comparisons
  ['a < 4', 'a.lt(4)', true],
  ['a > b', 'a.gt(b)', true],
  ['a <= 3', 'a.le(3)', true],
  ['a >= 4', 'a.ge(4)', false],
  ['4 > a', 'a.lt(4)', true],
  // Math
  ['Math.tanh(a)', 'a.tanh()', Math.tanh(3), 1 - Math.tanh(3) ** 2],
  ['Math.exp(a * 2)', 'a.mul(2).exp()', Math.exp(6), 2 * Math.exp(6)],
  ['Math.sqrt(Math.abs(b) + a)', 'b.abs().add(a).sqrt()', Math.sqrt(5), 0.5 / Math.sqrt(5)],
  ['Math.max(a, 1)', 'a.max(1)', 3, 1],
  ['Math.max(a, b, 7)', 'a.max(b, 7)', 7, 0],
  ['Math.max(1, a)', 'a.rmax(1)', 3, 1],
  ['Math.atan2(1, a)', 'a.ratan2(1)', Math.atan2(1, 3), -0.1],
  ['Math.pow(a, 2)', 'a.pow(2)', 9, 6],
  [
    'Math.hypot(1, 2, a)',
    "__tsgrad_dispatchMath('hypot', 'hypot', 'rhypot', 1, 2, a)",
    Math.sqrt(14),
    3 / Math.sqrt(14),
  ],
  ['Math.min(1, a, b)', "__tsgrad_dispatchMath('min', 'min', 'rmin', 1, a, b)", -2, 0],
  ['Math.min(a)', 'a.min()', 3, 1],
  // tests of Number
  ['Number.isNaN(a - b)', 'a.sub(b).isNaN()', false],
  ['Number.isFinite(a / 0)', 'a.div(0).isFinite()', false],
  ['Number.isInteger(a)', 'a.isInteger()', true],
  ['Number.isSafeInteger(2 ** (a * 20))', '(a.mul(20)).rpow(2).isSafeInteger()', false],
  ['Number.isNaN(either)', "__tsgrad_dispatchMath('isNaN', 'isNaN', '', either)", false],
  ['Number.isNaN(k)', 'Number.isNaN(k)', false],
  ['Number.isNaN(any)', 'Number.isNaN(any)', false],
  ['Number.parseFloat(`${a}`)', 'Number.parseFloat(`${a}`)', 3],
  // decided at run time
  ['either * 2', "__tsgrad_dispatchBinary('*', 'mul', 'rmul', either, 2)", 6, 2],
  ['2 - either', "__tsgrad_dispatchBinary('-', 'sub', 'rsub', 2, either)", -1, -1],
  ['a * either', 'a.mul(either)', 9, 6],
  ['-either', "__tsgrad_dispatchUnary('unary -', 'neg', either)", -3, -1],
  ['Math.tanh(either)', "__tsgrad_dispatchMath('tanh', 'tanh', '', either)", Math.tanh(3), 1 - Math.tanh(3) ** 2],
  ['a * any', 'a.mul(any)', 6, 2],
  ['any * a', "__tsgrad_dispatchBinary('*', 'mul', 'rmul', any, a)", 6, 2],
  ['anyTracked - a', "__tsgrad_dispatchBinary('-', 'sub', 'rsub', anyTracked, a)", 0, 0],
  // the order of evaluation
  ['n() * f()', "__tsgrad_dispatchBinary('*', '', 'rmul', n(), f())", 21, 7],
  ['2 * f()', 'f().rmul(2)', 6, 2],
  // text
  ["'a is ' + a", "'a is ' + String(a)", 'a is 3'],
  ["a + ' is a'", "String(a) + ' is a'", '3 is a'],
  ["'is ' + either", "'is ' + String(either)", 'is 3'],
  ['`${a * 2}`', '`${a.mul(2)}`', '6'],
  // numbers stay
  ['1 + 2 * k', '1 + 2 * k', 11],
  ["'s' + k", "'s' + k", 's5'],
  ['Number(2n ** 64n)', 'Number(2n ** 64n)', 2 ** 64],
  ['Math.max(k, 1)', 'Math.max(k, 1)', 5],
  ['any * 2', 'any * 2', 4],
  ['-k + +k', '-k + +k', 0],
  // operands that need parentheses before a dot
  ['[a][0]! * 2', '[a][0]!.mul(2)', 6, 2],
  ['({ a }?.a) * 2', '({ a }?.a).mul(2)', 6, 2],
  ['({ a } as { a?: NumberWithGrad })?.a! * 2', '(({ a } as { a?: NumberWithGrad })?.a!).mul(2)', 6, 2],
  ['(a as NumberWithGrad) * 2', '(a as NumberWithGrad).mul(2)', 6, 2],
  ['<NumberWithGrad>a * 2', '(<NumberWithGrad>a).mul(2)', 6, 2],
  ['new NumberWithGrad(2) * a', 'new NumberWithGrad(2).mul(a)', 6, 2],
  // comments and line breaks stay
  ['a /* one */ * /* two */ 4', 'a /* one */ .mul( /* two */ 4)', 12, 4],
  ['a\n  * 4', 'a\n  .mul(4)', 12, 4],
  ['4 // four\n  * a', 'a.rmul(4 // four\n  )', 12, 4],
  ['2 * // twice\n  a', 'a // twice\n.rmul(2)', 6, 2],
  ['- /* less */ a', '/* less */ a.neg()', -3, -1],
  // what formatters write around the arguments of a call, and other spellings of the call
  [
    'Math.log(\n  1 + Math.exp(-a),\n)',
    // a break that is not written inside follows the statement
    'a.neg().exp().radd(1).log(\n)\n',
    Math.log1p(Math.exp(-3)),
    -1 / (1 + Math.exp(3)),
  ],
  ['Math.max(\n  a,\n  1,\n)', 'a.max(\n  1\n)\n', 3, 1],
  ['Math.max(1, a,)', 'a.rmax(1)', 3, 1],
  ['Math.tanh(either,)', "__tsgrad_dispatchMath('tanh', 'tanh', '', either)", Math.tanh(3), 1 - Math.tanh(3) ** 2],
  [
    'Math /* 1 */ . exp /* 2 */ ( /* 3 */ a /* 4 */)',
    '/* 1 */ /* 2 */ /* 3 */ a.exp( /* 4 */)',
    Math.exp(3),
    Math.exp(3),
  ],
  ['(() => { return Math.abs( // c\n b) })()', '(() => { return b // c\n.abs() })()', 2, 0],
  // TypeScript takes parentheses away from around these, and a comment of several lines would end the statement
  [
    '(() => { return Math.abs(/* c\n*/ (b as Numeric)) })()',
    "(() => { return __tsgrad_dispatchMath('abs', 'abs', '', /* c\n*/ (b as Numeric)) })()",
    2,
    0,
  ],
  [
    '(() => { return Math.abs(/* c\n*/ (b as NumberWithGrad)) })()',
    '(() => { return (b as NumberWithGrad) /* c\n*/ .abs() })()',
    2,
    0,
  ],
  [
    '(() => { return - /* c\n*/ <NumberWithGrad>b })()',
    '(() => { return (<NumberWithGrad>b) /* c\n*/ .neg() })()',
    2,
    0,
  ],
  [
    '[...(function* () { yield 2 * /* c\n*/ (a satisfies NumberWithGrad) })()][0]!',
    '[...(function* () { yield (a satisfies NumberWithGrad) /* c\n*/ .rmul(2) })()][0]!',
    6,
    2,
  ],
  ["Math['exp'](a)", 'a.exp()', Math.exp(3), Math.exp(3)],
  ['(Math)!.exp(a)', 'a.exp()', Math.exp(3), Math.exp(3)],
  ['(Math.exp)(a)', 'a.exp()', Math.exp(3), Math.exp(3)],
  ['Math?.exp(a).num', 'a.exp().num', Math.exp(3)],
  ['Math.exp?.(a)?.num', 'a.exp()?.num', Math.exp(3)],
]

/** Statements on `let x = a` (tracked), their lowered form, and the values of `x` and `log` afterwards. */
export const statements: readonly [source: string, lowered: string, x: number, log?: readonly number[]][] = [
  ['x += 2', 'x = x.add(2)', 5],
  ['x -= b', 'x = x.sub(b)', 5],
  ['x *= x', 'x = x.mul(x)', 9],
  ['x **= 2', 'x = x.pow(2)', 9],
  ['x+=1', 'x = x.add(1)', 4],
  ['(x) *= 2', '(x) = x.mul(2)', 6],
  ['const r = (x *= 2); log(r)', 'const r = (x = x.mul(2)); log(r)', 6, [6]],
  ['log((x += 1) * 2)', 'log((x = x.add(1)).mul(2))', 4, [8]],
  ['let y = a; y = x += 1; log(y)', 'let y = a; y = x = x.add(1); log(y)', 4, [4]],
  ['x += (x = b, 1)', 'x = x.add((x = b, 1))', 4],
  ['x += x > 2 ? 1 : 2', 'x = x.add(x.gt(2) ? 1 : 2)', 4],
  ['x++', 'x = x.add(1)', 4],
  ['--x', 'x = x.sub(1)', 2],
  ['const old = x++; log(old)', 'const old = __tsgrad_evaluatedFirst(x, x = x.add(1)); log(old)', 4, [3]],
  ['const now = ++x; log(now)', 'const now = (x = x.add(1)); log(now)', 4, [4]],
  ['log(x-- - --x)', 'log(__tsgrad_evaluatedFirst(x, x = x.sub(1)).sub((x = x.sub(1))))', 1, [2]],
  ['for (let i = 0; i < 2; i++, x++) {}', 'for (let i = 0; i < 2; i++, x = x.add(1)) {}', 5],
  ['for (let t = a; t < 5; t++) x += t', 'for (let t = a; t.lt(5); t = t.add(1)) x = x.add(t)', 10],
  ['false || (x *= 2)', 'false || (x = x.mul(2))', 6],
  ['true && (x *= 2)', 'true && (x = x.mul(2))', 6],
  [
    'let m: Numeric = 1; m += x; m *= 2; x = m',
    "let m: Numeric = 1; m = __tsgrad_dispatchBinary('+', '', 'radd', m, x); m = m.mul(2); x = m",
    8,
  ],
  [
    'let q: Numeric = k as Numeric; q++; log(q)',
    "let q: Numeric = k as Numeric; q = __tsgrad_dispatchUnary('++', 'add', q); log(q)",
    3,
    [6],
  ],
  ["let s = 'x='; s += x; s += 1; log(s.length)", "let s = 'x='; s += String(x); s += 1; log(s.length)", 3, [4]],
  [
    "let q = a as NumberWithGrad | string; q += k > 1 ? ' px' : ''; log(q.length)",
    "let q = a as NumberWithGrad | string; q = String(q) + (k > 1 ? ' px' : ''); log(q.length)",
    3,
    [4],
  ],
  ['let i = 0; i++; ++i; i += 2; log(i)', 'let i = 0; i++; ++i; i += 2; log(i)', 3, [4]],
  // comments between an operator and its target
  [
    'log((getO() /* 1 */ .w /* 2 */) /* 3 */ --)',
    "log(__tsgrad_place(/* 2 */ /* 3 */ getO(), /* 1 */ undefined, (o, _k) => o.w).stepAfter('--', 'sub', (o, _k, v) => { o.w = v }))",
    3,
    [3],
  ],
  [
    'log(x /* 1 */ ++, -- /* 2 */ x)',
    'log(__tsgrad_evaluatedFirst(x, x = /* 1 */ x.add(1)), (x = /* 2 */ x.sub(1)))',
    3,
    [3, 3],
  ],
  // an assignment that becomes a receiver or an argument
  ['x = Math.abs(x -= 5)', 'x = (x = x.sub(5)).abs()', 2],
  ['log(Math.max(x *= 3, 7))', 'log((x = x.mul(3)).max(7))', 9, [9]],
  ['log(Math.max(7, x *= 3))', 'log((x = x.mul(3)).rmax(7))', 9, [9]],
  ['Math.min(o.w -= 5, o.w += 1, 2); x = o.w', '(o.w = o.w.sub(5)).min(o.w = o.w.add(1), 2); x = o.w', -1],
  ["x = Math.sqrt(o['w'] **= 2)", "x = (o['w'] = o['w'].pow(2)).sqrt()", 3],
  ['log(`${Math.abs(x -= 5)}`.length)', 'log(`${(x = x.sub(5)).abs()}`.length)', -2, [1]],
  // a getter on the left runs before the right operand is read
  [
    'const g = { get n() { x = b; return 2 } }; x = g.n * x',
    "const g = { get n() { x = b; return 2 } }; x = __tsgrad_dispatchBinary('*', '', 'rmul', g.n, x)",
    -4,
  ],
  // statements without semicolons
  ['log\nMath.abs((x))', 'log\n;(x).abs()', 3],
  ['log\n2 * (x)', 'log\n;(x).rmul(2)', 3],
  ['x++\n/* c */ [a].length', 'x = x.add(1)\n/* c */ ;[a].length', 4],
  [
    'if (k) log(x)\nelse x++\n;[b].forEach(v => log(v))',
    'if (k) log(x)\nelse x = x.add(1)\n;[b].forEach(v => log(v))',
    3,
    [3, -2],
  ],
  [
    'let y = a; const z = x * y++\n[b].forEach(v => log(v)); log(z)',
    'let y = a; const z = x.mul(__tsgrad_evaluatedFirst(y, y = y.add(1)))\n;[b].forEach(v => log(v)); log(z)',
    ...([3, [-2, 9]] as const),
  ],
  ['x += k ? a : (() => b)()\nif (k) Math.abs((x))', 'x = x.add(k ? a : (() => b)())\nif (k) (x).abs()', 6],
  // properties and elements: object and key are evaluated once, in order
  ['o.w *= 2; x = o.w', 'o.w = o.w.mul(2); x = o.w', 6],
  ['o.w++; x = o.w', 'o.w = o.w.add(1); x = o.w', 4],
  ['log(++o.w)', 'log((o.w = o.w.add(1)))', 3, [4]],
  ['log((o.w -= 1) * 2)', 'log((o.w = o.w.sub(1)).mul(2))', 3, [4]],
  ['list[0] += b; x = list[0]!', 'list[0] = list[0].add(b); x = list[0]!', 1],
  ['list[0]! -= b; x = list[0]!', 'list[0]! = list[0]!.sub(b); x = list[0]!', 5],
  ["o['w'] /= 3; x = o.w", "o['w'] = o['w'].div(3); x = o.w", 1],
  [
    'log(o.w++, o.w)',
    "log(__tsgrad_place(o, undefined, (o, _k) => o.w).stepAfter('++', 'add', (o, _k, v) => { o.w = v }), o.w)",
    3,
    [3, 4],
  ],
  // a method that changes its own object by name: its result must not wait for the types of the object's methods
  [
    'const o1 = { w: a, next() { return o1.w++ } }; log(o1.next(), o1.w)',
    "const o1 = { w: a, next() { return __tsgrad_place(o1, undefined, (o, _k) => o.w).stepAfter('++', 'add', (o, _k, v) => { o.w = v }) } }; log(o1.next(), o1.w)",
    3,
    [3, 4],
  ],
  [
    'class C { static w = a; static all = { w: a }; static next() { return C.w-- } static more() { return (C.all.w -= 2) } }; log(C.next(), C.w, C.more())',
    "class C { static w = a; static all = { w: a }; static next() { return __tsgrad_place(C, undefined, (o, _k) => o.w).stepAfter('--', 'sub', (o, _k, v) => { o.w = v }) } static more() { return (__tsgrad_place(C.all, undefined, (o, _k) => o.w).assign('-', 'sub', '', 2, (o, _k, v) => { o.w = v })) } }; log(C.next(), C.w, C.more())",
    3,
    [3, 2, 1],
  ],
  [
    'getO().w *= 2; log(count, o.w)',
    "__tsgrad_place(getO(), undefined, (o, _k) => o.w).assign('*', 'mul', '', 2, (o, _k, v) => { o.w = v }); log(count, o.w)",
    3,
    [1, 6],
  ],
  [
    'let i = 0; list[i++]! *= 2; log(i, ...list)',
    "let i = 0; __tsgrad_place(list, i++, (o, k) => o[k]!).assign('*', 'mul', '', 2, (o, k, v) => { o[k]! = v }); log(i, ...list)",
    3,
    [1, 6, -2],
  ],
  [
    'let i = 0; list[i++, 1]! *= 2; log(i, ...list)',
    "let i = 0; __tsgrad_place(list, (i++, 1), (o, k) => o[k]!).assign('*', 'mul', '', 2, (o, k, v) => { o[k]! = v }); log(i, ...list)",
    3,
    [1, 3, -4],
  ],
  [
    'o.inner.w -= x; log(o.inner.w)',
    "__tsgrad_place(o.inner, undefined, (o, _k) => o.w).assign('-', 'sub', '', x, (o, _k, v) => { o.w = v }); log(o.inner.w)",
    3,
    [-3],
  ],
  // the value of a target under another type has that type
  [
    'log(o.maybe!++, o.maybe!)',
    "log(__tsgrad_place(o, undefined, (o, _k) => o.maybe!).stepAfter('++', 'add', (o, _k, v) => { o.maybe! = v }), o.maybe!)",
    3,
    [3, 4],
  ],
  [
    'log(getO().maybe!--, --getO().maybe!, getO().maybe! += 3)',
    "log(__tsgrad_place(getO(), undefined, (o, _k) => o.maybe!).stepAfter('--', 'sub', (o, _k, v) => { o.maybe! = v }), __tsgrad_place(getO(), undefined, (o, _k) => o.maybe!).step('--', 'sub', (o, _k, v) => { o.maybe! = v }), __tsgrad_place(getO(), undefined, (o, _k) => o.maybe!).assign('+', 'add', '', 3, (o, _k, v) => { o.maybe! = v }))",
    3,
    [3, 1, 4],
  ],
  [
    'let z = a as NumberWithGrad | undefined; z = f() as typeof z; log(z!--, z!)',
    'let z = a as NumberWithGrad | undefined; z = f() as typeof z; log(__tsgrad_evaluatedFirst(z!, z! = z!.sub(1)), z!)',
    3,
    [3, 2],
  ],
  [
    'const u = { v: a as unknown }; (u.v as NumberWithGrad)++; log((u.v as NumberWithGrad) *= 2)',
    'const u = { v: a as unknown }; (u.v as NumberWithGrad) = (u.v as NumberWithGrad).add(1); log((u.v as NumberWithGrad) = (u.v as NumberWithGrad).mul(2))',
    3,
    [8],
  ],
  [
    'log((o.w satisfies Numeric as NumberWithGrad)--, (<NumberWithGrad>o.w)!)',
    "log(__tsgrad_place(o, undefined, (o, _k) => (o.w satisfies Numeric as NumberWithGrad)).stepAfter('--', 'sub', (o, _k, v) => { (o.w satisfies Numeric as NumberWithGrad) = v }), (<NumberWithGrad>o.w)!)",
    3,
    [3, 2],
  ],
  [
    'let u: unknown = a; log((u as NumberWithGrad)++, --(u as NumberWithGrad))',
    'let u: unknown = a; log(__tsgrad_evaluatedFirst((u as NumberWithGrad), (u as NumberWithGrad) = (u as NumberWithGrad).add(1)), ((u as NumberWithGrad) = (u as NumberWithGrad).sub(1)))',
    3,
    [3, 3],
  ],
  // an asserted type may name what stands in the arrow
  [
    "const k1 = { v: a as unknown }, v = a; log((k1['v'] as typeof v)++)",
    "const k1 = { v: a as unknown }, v = a; log(__tsgrad_place(k1, 'v', (o1, k) => (o1[k] as typeof v)).stepAfter('++', 'add', (o1, k, v1) => { (o1[k] as typeof v) = v1 }))",
    3,
    [3],
  ],
  ['o.n *= 2; o.n++; getO().n += 1; log(o.n)', 'o.n *= 2; o.n++; getO().n += 1; log(o.n)', 3, [4]],
  ['o.text += x; log(o.text.length)', 'o.text += String(x); log(o.text.length)', 3, [1]],
  ['log(typeof-x)', 'log(typeof x.neg())', 3, []],
  ['log((() => { return-x })())', 'log((() => { return x.neg() })())', 3, [-3]],
  ['log(x)\n;-x', 'log(x)\n;x.neg()', 3, [3]],
  ['let i = 0\ni++\n[a].forEach(v => log(-v))', 'let i = 0\ni++\n[a].forEach(v => log(v.neg()))', 3, [-3]],
  ['const y = ++x\n{log(y) }', 'const y = ((x = x.add(1)))\n{log(y) }', 4, [4]],
  ['log(0)\nconst y = (x *= 2)\n{log(y) }', 'log(0)\nconst y = ((x = x.mul(2)))\n{log(y) }', 6, [0, 6]],
  ['x++\n[a].forEach(v => log(v * 2))', 'x = x.add(1)\n;[a].forEach(v => log(v.mul(2)))', 4, [6]],
  ['x++\n`${k}`.split(/1/).forEach(() => log(x))', 'x = x.add(1)\n;`${k}`.split(/1/).forEach(() => log(x))', 4, [4]],
  ['x-- // less\n\n(() => log(x))()', 'x = x.sub(1) // less\n\n;(() => log(x))()', 2, [2]],
  ['x++\n// more\n[a].forEach(v => log(v))', 'x = x.add(1)\n// more\n;[a].forEach(v => log(v))', 4, [3]],
  ['x++ /* one */\n/* two */ (() => log(x))()', 'x = x.add(1) /* one */\n/* two */ ;(() => log(x))()', 4, [4]],
  ['void x++', 'void __tsgrad_evaluatedFirst(x, x = x.add(1))', 4],
  ["log((either + ' px').length)", "log((String(either) + ' px').length)", 3, [4]],
  ['const g = () => x\ng\n++x', 'const g = () => x\ng\nx = x.add(1)', 4],
  [
    'const Math = { tanh: (v: NumberWithGrad) => v.mul(10) }; x = Math.tanh(x)',
    'const Math = { tanh: (v: NumberWithGrad) => v.mul(10) }; x = Math.tanh(x)',
    30,
  ],
  [
    "const String = (v: unknown) => 'no'; log(('' + x).length)",
    "const String = (v: unknown) => 'no'; log(('' + `${x}`).length)",
    3,
    [1],
  ],
  [
    'const __tsgrad = 1; x = either * __tsgrad as NumberWithGrad',
    "const __tsgrad = 1; x = __tsgrad1_dispatchBinary('*', 'mul', 'rmul', either, __tsgrad) as NumberWithGrad",
    3,
  ],
]

/** The program of an expression. */
export const ofExpression = (source: string): string => `${preamble}export const result = ${source}\nexport { a }\n`

/** The program of statements. */
export const ofStatement = (source: string): string => `${preamble}const logged: number[] = []
const log = (...vs: (Numeric | string)[]) => {
  for (const v of vs) if (typeof v !== 'string') logged.push(Number(v instanceof NumberWithGrad ? v.num : v))
}
const list = [a, b] as NumberWithGrad[]
const o = { w: a, maybe: a as NumberWithGrad | undefined, n: 1, text: '', inner: { w: new NumberWithGrad(0) } }
let count = 0
const getO = () => { count++; return o }
let x = a
void [b, list, getO, count, either, any, anyTracked, f, n]
{ ${source}
}
const result = x
export { result as x, logged }
`
