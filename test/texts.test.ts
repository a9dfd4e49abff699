/**
 * Texts at their edges: commas, comments, parentheses and statements without semicolons, with each meaning that an operator can have.
 * The lowered text has the tree that was meant, and no comment is lost.
 */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { prove } from '../transformer/lower/prove.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { lowerAs, mixtures, parse } from './every-site.ts'
import { commentsOf } from './formats.ts'
import { texts } from './text-rows.ts'

describe.each(mixtures)('%s', (_, meaning) => {
  test.each(texts)('%j', text => {
    let i = 0
    const meaningOf = meaning()
    const lowered = lowerAs(text, () => meaningOf(i++))
    expect(commentsOf(lowered)).toEqual(commentsOf(text))
  })
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
