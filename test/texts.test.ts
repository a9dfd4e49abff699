/**
 * Texts at their edges: commas, comments, parentheses and statements without semicolons, with each meaning that an operator can have.
 * The lowered text has the tree that was meant, and no comment is lost.
 */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { prove } from '../transformer/lower/prove.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { lowerAs, mixtures, parse } from './every-site.ts'
import { commentsOf, styles, tokensOf, written } from './formats.ts'

const texts = [
  `noop
Math.abs((x))`,
  `noop
~(v)`,
  `noop
2 * (x)`,
  `v++
/* c */ [v].length`,
  `const r = Math.abs(x -= 5)`,
  `Math.max(7, x *= 3)`,
  'Math.min(o.q -= 5, o.q += 1, 2)',
  "Math.sqrt(o['p'] **= 2)",
  'return1 = `${Math.abs(x -= 5)}`',
  `export const loss = Math.log(
  1 + Math.exp(-a),
)`,
  'Math.exp /*c*/ (a)',
  'Math /*1*/ . /*2*/ exp /*3*/ ( /*4*/ a /*5*/ , /*6*/ )',
  'Math?.exp(a).num',
  'Math.exp?.(a)?.b.c',
  "(Math)['exp'](a)",
  '(Math!.exp)!(a)',
  'function f() { return Math.exp( // c\n a) }',
  'function f() { return 2 * // c\n a }',
  'function f() { return - // c\n a }',
  'function* f() { x += yield\n(c) }',
  'x!+=5',
  'o.y!+=y!-5',
  '(x -= 5)\n{ y }',
  'y = (x -= 5)\n{ y }',
  'y = (q, x -= 5, r) // c\n{ y }',
  'y = ([x -= 5, ...y -= 2])\n{ y }',
  '(x++)\n{ y }',
  '++x\n{ y }',
  'y = ++x\n{ y }',
  'y = (++x)\n{ y }',
  'y = [++x]\n{ y }',
  'q ? r ? ++x : y => z : w',
  'y = <T>(x -= 5)\n{ y }',
  'y = async (x -= 5)\n{ y }',
  'l: (x -= 5) /*c*/\n{ y }',
  'q ? r ? (x -= 5) : y => z : w',
  'switch (q) { case (x -= 5): y\n{ z } }',
  'x += () => {}\n(c)',
  'x += async () => { a * b }\n[c].d',
  'x += y++\n(c)',
  'a * y++\n[c]',
  'a * y++\n`x`',
  'if (q) x++\n(c)',
  'if (q) y; else x += () => {}\n;[1]',
  'class A { x = v++\n[k] = 1\n}',
  'class A { x = y += () => {}\n[k] = 1\n static z = w--\n; [k] = 1 }',
  'export default Math.exp(function(){}.x)',
  'f = () => Math.exp({a}.a)',
  'f = () => Math.exp({a})',
  '"use strict"\nMath.abs((x))',
  '"use strict"\n2 * (x)',
  'import a from "b"\nMath.abs((x))',
  'import a from "b"\n+(x)',
  'function f() { "use strict"\n+(x) }',
  'while (q)\n+(x)',
  'if (q)\n+(x)\nelse\n-(y)',
  'do\n+(x)\nwhile (+(y))\n+(z)',
  'l:\n+(x)\n+(y)',
  'switch (q) { case 1: +(x)\n-(y)\n default:\n+(z) }',
  'function f() {}\n+(x)',
  'if (a) {}\n+(x)',
  'let f = function() {}\n++x.y * 2',
  'let f = () => {}\n++x * 2',
  'let f = () => {}\n+(x)',
  'Math.abs(/re/ as any)',
  'k/Math.abs(/re/)',
  'k-Math.abs(--q)',
  'k- -(-q)',
  'k - +(-q)',
  'k+ +q',
  'k+ ++q',
  'new (Math.abs(new X))',
  'Math.abs(new X) * 2',
  'Math.abs(f<number>)',
  'Math.abs(@dec class {})',
  'Math.abs(1n)',
  'Math.abs(await1 as any)',
  'Math.abs(async () => 1)',
  'Math.abs(async)\nasync\n+(x)',
  'async\nx++\n(y)',
  'type\nx++',
  'declare\nx--',
  'q ? ++x : y => z',
  'q ? +(x) : y => z',
  'f(k < n, k > Math.abs((v)).num)',
  'f(k < n, k > +(v))',
  '(x)++',
  '( /*1*/ x /*2*/ ) /*3*/ ++',
  '++ /*1*/ ( /*2*/ x /*3*/ )',
  'q = ( /*1*/ x /*2*/ ) /*3*/ ++',
  'f() /*1*/ . /*2*/ w /*3*/ += /*4*/ 2 /*5*/',
  'l /*1*/ [ /*2*/ i++ /*3*/ ] /*4*/ += /*5*/ 2',
  'o /*1*/ . /*2*/ w /*3*/ ++',
  'q = o /*1*/ . /*2*/ w /*3*/ ++',
  'o.w // 1\n // 2\n += // 3\n 2',
  '- /*1*/ a',
  '- // 1\n a',
  'Math.max( /*1*/ 1 /*2*/ , /*3*/ v /*4*/ , /*5*/ )',
  'Math.max( // 1\n 1 // 2\n , // 3\n v // 4\n , // 5\n )',
  'x += a ? b : c\n(d)',
  'throw x += () => {}\n(d)',
  'class A extends Math.abs((v)) {}',
  'for (Math.abs((x));;) {}',
  'for (const z of Math.abs((v))) {}',
  'for (x++; x--; ++x) +(y)',
  's += x++\n(y)',
  's += () => {}\n(y)',
  's += yield1 ? a : b',
  'x ** -y',
  '(-x) ** +y',
  'a?.b * c?.d',
  'Math.abs(a?.b)',
  'Math.abs(a?.b!)',
  'Math.max(2, a?.b)',
  'class A { m() { super.x += 2; return super[k]++ } }',
  'x = y\n++\nz',
  'label: for (;;) { x++\ncontinue label }',
  'export default x += () => {}\n(y)',
  'export = x += () => {}',
  'var x = y++, z = w--\n(q)',
  '`${x++}` + `${-y}`',
  'type T = A\n+(x)',
  'let t: T\n+(x)',
  'let t = u as T\n+(x)',
  'let t = u!\n+(x)',
  'let t = u satisfies T\n+(x)',
  'abstract class B { abstract m(): void; [a * b] = 1\n x = +(y)\n ;["z"] = 2 }',
  'debugger\n+(x)',
  'enum E { A }\n+(x)',
  'namespace N { x++\n(y) }',
  '() => { return\n+(x) }',
  '() => { x\n}\n+(y)',
  'function f(a = x++) {}\n(y)',
  '[x++]\n[y]',
  '({ a: x++ }\n[y])',
  '({ get a() { return +(x) } })\n+(y)',
  'yield_\n<T>x * 2',
  'noop\n<T>x * 2',
  'noop\nMath.abs(<T>x)',
  'noop\nMath.abs(`x`)',
  'noop\nMath.abs(`x${x++}` as any)',
  'noop\nMath.abs([1][0])',
  'noop\n2 * [v].pop()',
  'noop\n2 * this',
  'noop\n-(-(-x))',
  'noop\n/* c */ -(x)',
  'noop // c\n-(x)',
  'noop\n- /* c */ (x)',
  'noop\n- // c\n (x)',
  "'use strict'",
  'x = `a` + v\n(y)',
  '(a, b) + c',
  'f(...x * y, ...Math.abs(z))',
  'import.meta.x++',
  'new.target',
  'o = { ...x++ }\n[z]',
  'o = class { static { x++\n(y) } }',
  'if (q) x++; else y++\n(z)',
  'for (;;) x++\n(z)',
  'with (o) x++\n(z)',
  'try { x++\n(y) } finally { z--\n[w] }\n+(u)',
  'let x = a\n  * b\n  + c',
  'const f = async x => await x++\n(y)',
  'const f = x => x++\n(y)',
  'const f = x => { x++ }\n(y)',
]

describe.each(mixtures)('%s', (_, meaning) => {
  test.each(texts)('%j', text => {
    let i = 0
    const meaningOf = meaning()
    const lowered = lowerAs(text, () => meaningOf(i++))
    expect(commentsOf(lowered)).toEqual(commentsOf(text))
  })
})

test('as Prettier writes them in three styles, they are lowered to the same trees', async () => {
  let compared = 0
  for (const text of texts) {
    // Prettier refuses a few, and writes `new X` as `new X()`
    const source = text.replaceAll('"', "'")
    const formatted = await Promise.all(styles.map(style => written(source, style).catch(() => '')))
    const isSame = (each: string) => each !== '' && tokensOf(each).join('\n') === tokensOf(source).join('\n')
    for (const each of formatted.filter(isSame))
      for (const [, meaning] of mixtures.slice(0, 4)) {
        const lowered = [source, each].map(form => tokensOf(lowerAs(form, () => meaning()(0))))
        expect(lowered[1], each).toEqual(lowered[0])
        compared++
      }
  }
  expect(compared).toBeGreaterThan(1000)
})

/** A text, and one that it must not be lowered to: a method `named` for each operator. */
const faults: readonly (readonly [source: string, wrong: string])[] = [
  ['const r = Math.abs(x -= 5)', 'const r = x = x.named(5).named()'],
  ['noop\n~(v)', 'noop\n(v).named()'],
  ['v++\n[v].length', 'v = v.named(1)\n[v].length'],
  ['x += () => {}\n(c)', 'x = x.named(() => {})\n(c)'],
  ['const f = () => { return Math.abs(v) }', 'const f = () => { return\nv.named() }'],
  ['Math.abs(o?.a)', 'o?.a.named()'],
  ['const f = () => Math.abs({ a })', 'const f = () => { a }.named()'],
  ['a - (b - c)', 'a.named(b).named(c)'],
  ['a * b', 'b.named(a)'],
  ['a * b', 'a * b'],
  ['for (x++;;) {}', 'for (;x = x.named(1);) {}'],
]

describe('a tree that was not meant is found', () => {
  test.each(faults)('%j is not %j', (source, wrong) => {
    const file = parse(source)
    const operators = findSites(ts, file).sites.map(site => ({
      site,
      resolution: { kind: 'method', method: 'named' } as const,
      types: () => [],
    }))
    const proof = () => prove(ts, file, operators, 'esm', ts.createSourceFile('main.ts', wrong, ts.ScriptTarget.ESNext))
    expect(proof).toThrow('the lowered text has another tree than was meant')
  })
})
