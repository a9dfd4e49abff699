/** A few generated texts, so that a change of their style is seen: `npm run golden` writes them again. */
import { expect, test } from 'vitest'
import { compiledGradients } from './compiled.ts'

const programs = [
  'function f(x: number[]) { let s = 0; for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2; return s }',
  'function f(x: number, y: number) { if (x > y) return x * Math.sin(y); return Math.max(x, 0) }',
  'const rate = 0.1\nconst penalty = (w: readonly number[]) => w.reduce((s, v) => s + v * v, 0)\nfunction f(w: number[], b: number) { return b * b + rate * penalty(w) }',
  'function f(p: { w: number[]; b: number }) { const q = { ...p }; q.b *= 2; return q.b * p.w[0]! }',
  'const swish = (v: number) => v / (1 + Math.exp(-v))\nfunction f(x: number, y: number) { return swish(x * y) * swish(y) }',
  'function f(x: number[], limit: number) { let s = 1; for (const v of x) { if (v > limit) break; if (v < 0) return s * limit; s *= Math.cos(v) } return s }',
  'function f(x: number[]) { const sums: number[] = []; let s = 0; for (const v of x) { s += v; sums.push(s * s) } return Math.max(...sums) }',
  'function f(x: number, tolerance: number) { let root = x; while (Math.abs(root * root - x) > tolerance) root = (root + x / root) / 2; return root }',
  'function f(rows: number[][], x: number[]) { return rows.map(row => row.reduce((s, v, j) => s + v * x[j]!, 0)).reduce((s, v) => s + Math.tanh(v), 0) }',
  'interface Tree { w: number; left?: Tree; right?: Tree }\nconst total = (t: Tree | undefined): number => (t ? Math.tanh(t.w) + total(t.left) * total(t.right) : 1)\nfunction f(t: Tree) { return total(t) }',
]

test('the texts', async () => {
  const texts = compiledGradients(programs).map(({ text }) => text)
  expect(texts.length).toBe(programs.length)
  await expect(texts.join('\n')).toMatchFileSnapshot('../golden/derivatives.txt')
})
