/** A few generated texts, so that a change of their style is seen: `npm run golden` writes them again. */
import { expect, test } from 'vitest'
import { compiledGradients } from './compiled.ts'

const programs = [
  'function f(x: number[]) { let s = 0; for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2; return s }',
  'function f(x: number, y: number) { if (x > y) return x * Math.sin(y); return Math.max(x, 0) }',
  'const rate = 0.1\nconst penalty = (w: readonly number[]) => w.reduce((s, v) => s + v * v, 0)\nfunction f(w: number[], b: number) { return b * b + rate * penalty(w) }',
  'function f(p: { w: number[]; b: number }) { const q = { ...p }; q.b *= 2; return q.b * p.w[0]! }',
]

test('the texts', async () => {
  const texts = compiledGradients(programs).map(({ text }) => text)
  expect(texts.length).toBe(programs.length)
  await expect(texts.join('\n')).toMatchFileSnapshot('../golden/derivatives.txt')
})
