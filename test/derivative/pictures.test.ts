/** The pictures of docs/compiled-gradients.md show what is compiled. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compiledGradients } from './compiled.ts'

const sources = {
  'way-back': `function f(w: number[], x: number): number {
  let y = x
  for (let i = 0; i < w.length; i++) {
    y = Math.sin(w[i]! * y)
  }
  return y
}`,
  kept: `function f(w: number[], x: number): number {
  let y = x
  let sum = 0
  for (let i = 0; i < w.length; i++) {
    sum += w[i]! ** 2
  }
  for (let i = 0; i < w.length; i++) {
    y = Math.tanh(w[i]! * y)
  }
  while (y > 0.1) {
    y *= Math.sin(y)
  }
  return y + sum
}`,
}
const names = Object.keys(sources) as (keyof typeof sources)[]
const compiled = compiledGradients(Object.values(sources))
const plain = (text: string) => text.replaceAll(': any', '').replaceAll(']!', ']')

/** The lines of code in a picture. */
const codeIn = (name: string) =>
  [
    ...readFileSync(new URL(`../../docs/pictures/${name}.svg`, import.meta.url), 'utf8').matchAll(
      /class="code" xml:space="preserve">([^<]*)</g,
    ),
  ].map(([, line]) => line!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))

test.each(names.map((name, i) => [name, i] as const))('in %s each line stands in the compiled text', (name, i) => {
  const lines = plain(compiled[i]!.text)
    .split('\n')
    .map(line => line.trim())
  const shown = codeIn(name)
  expect(shown.length).toBeGreaterThan(8)
  for (const line of shown) expect(lines).toContain(line.trim())
})

test('the loops keep as many numbers as the picture says', () => {
  const text = plain(compiled[1]!.text)
  expect([...text.matchAll(/sp \+= (\d)/g)].map(([, count]) => count)).toEqual(['1', '2'])
  expect(text).toContain('T[sp] = t\n')
  expect(text).toContain('turns++')
})
