/** Long chains and deep nesting: what the checker cannot hold is said, and plain numbers are never the worse for it. */
import { expect, test } from 'vitest'
import { compile, run, shown } from './compile.ts'

const program = (expression: string) => `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(1)
let k = 1
export const s = ${expression}
export const touched = a * k
k++
`
const chain = (term: string, length: number) => Array(length).fill(term).join(' + ')

test('a chain of 1,000 plain numbers in a file with tracked ones keeps its text', () => {
  const compiled = compile({ 'main.ts': program(chain('k', 1000)) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.lowered()).toContain(chain('k', 1000))
  expect(run(compiled.lowered()).s).toBe(1000)
})

test('a chain of 150 tracked numbers is lowered', () => {
  const compiled = compile({ 'main.ts': program(chain('a', 150)) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(String(run(compiled.lowered()).s)).toBe('150')
})

test('a tracked number in a chain that is too long is one error, with advice', () => {
  const { diagnostics } = compile({ 'main.ts': program(`${chain('a', 1000)} + k`) })
  expect(diagnostics.map(({ code }) => code)).toEqual([92005])
})

test('2,000 operators in one function are lowered', () => {
  const statements = Array.from({ length: 1000 }, (_, i) => `x = x * ${i % 3} + a`).join('\n')
  const compiled = compile({
    'main.ts': `${program('a')}export function f(x: NumberWithGrad) {\n${statements}\nreturn x }\n`,
  })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.lowered().match(/\.add\(a\)/g)).toHaveLength(1000)
})

test('parentheses 150 deep are lowered', () => {
  const compiled = compile({ 'main.ts': program(`${'('.repeat(150)}a${' * k)'.repeat(150)}`) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(String(run(compiled.lowered()).s)).toBe('1')
})
