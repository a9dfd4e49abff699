/** Which texts have what is TypeScript's alone: after another tool has taken types away, nothing of it is left. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { holdsTypeScript } from '../transformer/syntax/typescript-alone.ts'

test.each([
  ['const a = 1', false],
  ['const a: number = 1', true],
  ['const a = b as number', true],
  ['const a = b satisfies number', true],
  ['const f = (x) => x', false],
  ['const f = <T>(x) => x', true],
  ['f(1)', false],
  ['f<number>(1)', true],
  ['interface A {}', true],
  ['type A = 1', true],
  ["import { a } from 'b'", false],
  ["import type { a } from 'b'", true],
  ["import { type a } from 'b'", true],
  ["export type { a } from 'b'", true],
  ['class A extends B {}', false],
  ['class A extends b(C) {}', false],
  ['class A extends B<number> {}', true],
  ['class A { b = 1 }', false],
  ['class A { b: 1 }', true],
  ['class A { static b; static async *c() {} accessor d; get e() {} #f }', false],
  ['class A implements B {}', true],
  ['class A { private b }', true],
  ['class A { constructor(readonly b) {} }', true],
  ['abstract class A {}', true],
  ['class A extends B { override c() {} }', true],
  ['declare const a', true],
  ['const a = b!', true],
  ['const a = b ? c : d?.[e] ?? f', false],
  ['const f = (a?) => a', true],
  ['class A { b? }', true],
  ['enum A { b }', true],
  ['namespace A {}', true],
  ["import a = require('b')", true],
  ['export = a', true],
  ['export default a', false],
  ['@a class B { @c d() {} }', false],
] as const)('`%s`: %s', (text, says) => {
  expect(holdsTypeScript(ts, 'a.ts', text)).toBe(says)
})

test('JSX is no type', () => {
  expect(holdsTypeScript(ts, 'a.tsx', 'const a = <b>{c}</b>')).toBe(false)
})
