/**
 * Any class: what its `[operators]` table, its methods' signatures and its place in the hierarchy say is what its operators mean.
 * Each expression is compiled, run, and compared with the calls that a person would write.
 */
import { describe, expect, test } from 'vitest'
import { run, shown } from './compile.ts'
import { compilers } from './compilers.ts'

const classes = `import { operators, rejectNativeOperators } from 'tsgrad'

/** Overloads, all on one method name. */
class Vec {
  declare readonly [operators]: {
    '+': 'add'; '-': 'sub'; '*': 'times'; 'unary -': 'neg'; 'unary +': 'copy'; '<': 'shorter'; '>=': 'notShorter'; 'Math.abs': 'length'
    'Math.max': 'larger'; reflected: { '*': 'times'; 'Math.max': 'larger' }
  }
  constructor(readonly x: number, readonly y: number) {}
  add(o: Vec): Vec { return new Vec(this.x + o.x, this.y + o.y) }
  sub(o: Vec): Vec { return new Vec(this.x - o.x, this.y - o.y) }
  times(k: number): Vec
  times(o: Vec): number
  times(o: number | Vec): Vec | number { return typeof o === 'number' ? new Vec(this.x * o, this.y * o) : this.x * o.x + this.y * o.y }
  neg(): Vec { return new Vec(-this.x, -this.y) }
  copy(): Vec { return new Vec(this.x, this.y) }
  length(): number { return Math.hypot(this.x, this.y) }
  shorter(o: Vec): boolean { return this.length() < o.length() }
  notShorter(o: Vec): boolean { return !this.shorter(o) }
  larger(...os: (Vec | number)[]): number { return Math.max(this.length(), ...os.map(o => typeof o === 'number' ? o : o.length())) }
  toString(): string { return \`Vec(\${this.x}, \${this.y})\` }
  [Symbol.toPrimitive] = rejectNativeOperators('Vec')
}
/** Adds a key, and redirects an operator by overriding its method. */
class Vec3 extends Vec {
  declare readonly [operators]: Vec[typeof operators] & { '%': 'cross' }
  constructor(x: number, y: number, readonly z: number) { super(x, y) }
  override add(o: Vec | Vec3): Vec3 { return new Vec3(this.x + o.x, this.y + o.y, this.z + ('z' in o ? o.z : 0)) }
  cross(o: Vec3): Vec3 { return new Vec3(this.y * o.z - this.z * o.y, this.z * o.x - this.x * o.z, this.x * o.y - this.y * o.x) }
  override toString(): string { return \`Vec3(\${this.x}, \${this.y}, \${this.z})\` }
}
/** A matrix takes vectors on its right, which know nothing of it. */
class Mat {
  declare readonly [operators]: { '*': 'mul'; '+': 'plus'; reflected: { '*': 'rmul' } }
  constructor(readonly k: number) {}
  mul(o: Vec): Vec
  mul(o: Mat | number): Mat
  mul(o: Vec | Mat | number): Vec | Mat { return o instanceof Vec ? o.times(this.k) : new Mat(this.k * (typeof o === 'number' ? o : o.k)) }
  rmul(o: Vec | number): string { return \`\${o} times \${this}\` }
  plus<T extends { k: number }>(o: T): [Mat, T] { return [new Mat(this.k + o.k), o] }
  toString(): string { return \`Mat(\${this.k})\` }
}
/** Adds itself to a matrix, which takes it too. */
class Late {
  declare readonly [operators]: { reflected: { '+': 'after' } }
  constructor(readonly k: number) {}
  after(o: Mat): string { return \`after \${o.k}\` }
  toString(): string { return \`Late(\${this.k})\` }
}
/** More overloads than most. */
class Many {
  declare readonly [operators]: { reflected: { '-': 'after' } }
  after(o: 'one'): { one: string }
  after(o: 'two'): { two: string }
  after(o: 'three' | 3): { three: string }
  after(o: 'four'): { four: string }
  after(o: 'five'): { five: string }
  after(o: 'six'): { six: string }
  after(o: 'seven'): { seven: string }
  after(o: 'eight'): { eight: string }
  after(o: string | number): object { return { [o]: \`after \${o}\` } }
}
const many = new Many(), said = <const T>(x: T): T => x
/** Every bit. */
class Bits {
  declare readonly [operators]: { '&': 'and'; '|': 'or'; '^': 'xor'; '~': 'not'; '<<': 'left'; '>>': 'right'; '>>>': 'far'; reflected: { '<<': 'shifts' } }
  constructor(readonly bits: bigint) {}
  and(o: Bits): Bits { return new Bits(this.bits & o.bits) }
  or(o: Bits): Bits { return new Bits(this.bits | o.bits) }
  xor(o: Bits): Bits { return new Bits(this.bits ^ o.bits) }
  not(): Bits { return new Bits(~this.bits) }
  left(n: number): Bits { return new Bits(this.bits << BigInt(n)) }
  right(n: number): Bits { return new Bits(this.bits >> BigInt(n)) }
  far(n: number): Bits { return new Bits(BigInt.asUintN(8, this.bits) >> BigInt(n)) }
  shifts(n: number): number { return n << Number(this.bits) }
  toString(): string { return \`Bits(\${this.bits})\` }
}
/** Gives itself, whatever it is. */
class Log {
  declare readonly [operators]: { '<<': 'say'; '+': 'with'; '-': 'without' }
  readonly words: string[] = []
  say(word: string | number): this { this.words.push(String(word)); return this }
  with = (word: string): this => this.say(word)
  without(...words: string[]): this { for (const w of words) this.say(\`no \${w}\`); return this }
  toString(): string { return this.words.join(' ') }
}
class LoudLog extends Log { override say(word: string | number): this { return super.say(String(word).toUpperCase()) } shout() { return this.toString() + '!' } }
/** Only a type: the class behind it is not known. */
interface Length { readonly [operators]: { '+': 'plus'; '<': 'less' }; plus(o: Length): Length; less(o: Length): boolean; readonly m: number }
const metres = (m: number): Length => ({ m, plus: o => metres(m + o.m), less: o => m < o.m, toString: () => \`\${m} m\` }) as Length
/** Names with blanks, and of a private method. */
class Odd {
  declare readonly [operators]: { '+': 'put in'; '-': 'take' }
  constructor(readonly n: number) {}
  'put in'(o: number): Odd { return new Odd(this.n + o) }
  private take(o: number): Odd { return new Odd(this.n - o) }
  less(): Odd { return this - 1 - 1 }
  less2(): Odd { return this.take(1).take(1) }
  toString(): string { return \`Odd(\${this.n})\` }
}
/** Names that a string literal has to escape. */
class Escaped {
  declare readonly [operators]: { '+': 'a\\nb'; '-': "it's \\"\\\\\\u2028"; '*': '\\u0000' }
  'a\\nb'(o: number): string { return \`line break \${o}\` }
  "it's \\"\\\\\\u2028"(o: number): string { return \`quotes \${o}\` }
  '\\u0000'(o: number): string { return \`control \${o}\` }
}
const escaped = new Escaped(), escapedOr = (Math.random() < 2 ? escaped : 1) as Escaped | number
/** Generic in what it holds. */
class Box<T> {
  declare readonly [operators]: { '+': 'and'; '|': 'map' }
  constructor(readonly items: readonly T[]) {}
  and<U>(o: Box<U>): Box<T | U> { return new Box<T | U>([...this.items, ...o.items]) }
  map<U>(f: (item: T) => U): Box<U> { return new Box(this.items.map(f)) }
  toString(): string { return \`Box(\${this.items})\` }
}
/** Objects that can be called: an interface, a class with a static table, a function with properties. */
interface Scale { (x: number): number; readonly [operators]: { '*': 'by'; '+': 'plus'; 'unary -': 'neg'; 'Math.max': 'larger'; reflected: { '*': 'by'; '+': 'plus'; 'Math.max': 'larger' } }; readonly k: number; by(o: Scale | number): Scale; plus(o: Scale | number): Scale; neg(): Scale; larger(o: Scale | number): Scale }
const factor = (o: Scale | number) => typeof o === 'number' ? o : o.k
const scale = (k: number): Scale => Object.assign((x: number) => k * x, { k, by: (o: Scale | number) => scale(k * factor(o)), plus: (o: Scale | number) => scale(k + factor(o)), neg: () => scale(-k), larger: (o: Scale | number) => scale(Math.max(k, factor(o))), toString: () => \`times \${k}\` }) as unknown as Scale
class Unit {
  declare static readonly [operators]: { '+': 'plus'; reflected: { '*': 'times' } }
  static plus(n: number): string { return \`unit + \${n}\` }
  static times(n: number): string { return \`\${n} units\` }
}
const counter = Object.assign((n: number) => n, { [operators]: { '-': 'less' } as const, less: (n: number) => \`less \${n}\` })
const two = scale(2), three = () => 3
const scaleOr = (Math.random() < 2 ? two : 3) as Scale | number
const unitOr = (Math.random() < 2 ? Unit : 3) as typeof Unit | number
const counterOr = (Math.random() < 2 ? counter : 3) as typeof counter | number
const anyScale = two as any
const v = new Vec(1, 2), w = new Vec(3, 4), u = new Vec3(1, 0, 0), t = new Vec3(0, 1, 0), m = new Mat(2), b = new Bits(5n), c = new Bits(3n)
const either = (Math.random() < 2 ? v : 3) as Vec | number
const branded = Object.assign(new Vec(5, 6), { unit: 'm' as const })
function total<T extends Length>(all: readonly T[], zero: Length): Length { let sum = zero; for (const each of all) sum += each; return sum }
function total2<T extends Length>(all: readonly T[], zero: Length): Length { let sum = zero; for (const each of all) sum = sum.plus(each); return sum }
const twice = <T extends Vec>(x: T) => x + x, twice2 = <T extends Vec>(x: T) => x.add(x)
`

const expressions: readonly [natural: string, twin: string][] = [
  ['v + w - v', 'v.add(w).sub(v)'],
  ['2 * v * 3', 'v.times(2).times(3)'],
  ['v * w + 1', 'v.times(w) + 1'],
  ['-v + +w', 'v.neg().add(w.copy())'],
  ['[v < w, v >= w, v < w === true]', '[v.shorter(w), v.notShorter(w), v.shorter(w) === true]'],
  [
    '[Math.abs(v), Math.max(v, w), Math.max(9, v), Math.max(v, 1, w)]',
    '[v.length(), v.larger(w), v.larger(9), v.larger(1, w)]',
  ],
  // a subclass
  [
    '[u + t, u + v, v + u, u % t, (u % t) * 2, -u]',
    '[u.add(t), u.add(v), v.add(u), u.cross(t), u.cross(t).times(2), u.neg()]',
  ],
  ['(u + v).z', 'u.add(v).z'],
  ['((x: Vec) => x + v)(u)', '((x: Vec) => x.add(v))(u)'],
  // the left one that accepts, else the reflected one
  ['[m * v, m * m, m * 3, 3 * m]', '[m.mul(v), m.mul(m), m.mul(3), m.rmul(3)]'],
  ['v * m', 'm.rmul(v)'],
  ['new Vec(7, 8) * m', 'm.rmul(new Vec(7, 8))'],
  ['(m + { k: 3, n: 1 })[1].n', 'm.plus({ k: 3, n: 1 })[1].n'],
  // the first of many overloads, where the operator is decided at run time
  [
    "[(said('one') - many).one, (said('two') - many).two, (said('eight') - many).eight]",
    "[many.after('one').one, many.after('two').two, many.after('eight').eight]",
  ],
  // a type parameter accepts what its constraint does
  ['m + new Late(4)', 'm.plus(new Late(4))'],
  // bits
  [
    '[b & c, b | c, b ^ c, ~b, b << 2, b >> 1, ~b >>> 1, 1 << b]',
    '[b.and(c), b.or(c), b.xor(c), b.not(), b.left(2), b.right(1), b.not().far(1), b.shifts(1)]',
  ],
  [
    '(() => { let x = b; x <<= 2; x |= c; x ^= b; x &= ~c; x >>>= 1; x >>= 1; return x })()',
    '(() => { let x = b; x = x.left(2); x = x.or(c); x = x.xor(b); x = x.and(c.not()); x = x.far(1); x = x.right(1); return x })()',
  ],
  // this types, properties that are functions, rest parameters
  ["(new LoudLog() << 'a' << 2).shout()", "new LoudLog().say('a').say(2).shout()"],
  ["(new LoudLog() + 'b' - 'c').shout()", "new LoudLog().with('b').without('c').shout()"],
  // interfaces, intersections, type parameters
  ['[metres(1) + metres(2), metres(1) < metres(2)]', '[metres(1).plus(metres(2)), metres(1).less(metres(2))]'],
  ['[branded + v, branded * 2, 2 * branded]', '[branded.add(v), branded.times(2), branded.times(2)]'],
  ['total([metres(1), metres(2)], metres(3))', 'total2([metres(1), metres(2)], metres(3))'],
  ['[twice(v), twice(u), twice(branded)]', '[twice2(v), twice2(u), twice2(branded)]'],
  // unions
  [
    '[either * 2, 2 * either]',
    '[typeof either === "number" ? either * 2 : either.times(2), typeof either === "number" ? 2 * either : either.times(2)]',
  ],
  ['typeof either === "number" ? either * 2 : either + v', 'typeof either === "number" ? either * 2 : either.add(v)'],
  // objects that can be called, by their type and at run time
  ['[two * 3, three() * two, -two, two(5)]', '[two.by(3), two.by(three()), two.neg(), two(5)]'],
  [
    '[scaleOr * 3, three() + scaleOr, -scaleOr, Math.max(scaleOr, 1), Math.max(9, scaleOr), anyScale * two]',
    '[two.by(3), two.plus(3), two.neg(), two.larger(1), two.larger(9), two.by(two)]',
  ],
  ['[Unit + 1, three() * Unit, unitOr + 2]', '[Unit.plus(1), Unit.times(three()), Unit.plus(2)]'],
  ['[counter - 1, counterOr - 2]', '[counter.less(1), counter.less(2)]'],
  // odd names, generics, contextual types
  ['[new Odd(1) + 2, new Odd(5).less()]', "[new Odd(1)['put in'](2), new Odd(5).less2()]"],
  [
    '[escaped + 1, escaped - 2, escaped * 3, escapedOr + 4]',
    '[escaped["a\\nb"](1), escaped["it\'s \\"\\\\\\u2028"](2), escaped["\\0"](3), escaped["a\\nb"](4)]',
  ],
  [
    "(new Box([1]) + new Box(['a']) | (x => typeof x)) + new Box([true])",
    "new Box([1]).and(new Box(['a'])).map(x => typeof x).and(new Box([true]))",
  ],
]

describe.each(compilers)('with %s operators on classes', (_, compile) => {
  const module = (column: 0 | 1) =>
    `${classes}export const results = [\n${expressions.map(row => `  String(${row[column]}),\n`).join('')}]\n`
  const natural = compile({ 'main.ts': module(0) })
  const lowered = natural.lowered()
  const { results } = run(lowered) as { results: string[] }
  const { results: twins } = run(compile({ 'main.ts': module(1) }).lowered()) as { results: string[] }

  test('compile', () => {
    expect(natural.diagnostics.map(shown)).toEqual([])
    expect(compile({ 'main.ts': module(1) }).diagnostics.map(shown)).toEqual([])
    expect(results.length).toBe(expressions.length)
  })

  test.each(expressions.map(([natural, twin], i) => [natural, twin, i] as const))('%s is %s', (_, __, i) => {
    expect(results[i]).toBe(twins[i])
    expect(results[i]).not.toMatch(/NaN|undefined|\[object/)
  })

  test('lowering a lowered text changes nothing', () => {
    expect(compile({ 'main.ts': lowered }).lowered()).toBe(lowered)
  })
})
