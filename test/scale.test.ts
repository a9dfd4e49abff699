/** Long chains and deep nesting: what the checker cannot hold is said, and plain numbers are never the worse for it. */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'
import { lowerAs } from './every-site.ts'

const program = (expression: string) => `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(1)
let k = 1
export const s = ${expression}
export const touched = a * k
k++
`
const chain = (term: string, length: number) => Array(length).fill(term).join(' + ')

// TypeScript looks up each name through all that is around it: twice the length takes four times as long
test('a chain of 2,000 plain numbers in a file with tracked ones keeps its text', () => {
  const compiled = compile({ 'main.ts': program(chain('k', 2000)) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.lowered()).toContain(chain('k', 2000))
  expect(run(compiled.lowered()).s).toBe(2000)
})

test('a chain of 150 tracked numbers is lowered', () => {
  const compiled = compile({ 'main.ts': program(chain('a', 150)) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(String(run(compiled.lowered()).s)).toBe('150')
})

test('a chain of 1,000 tracked numbers is lowered, and TypeScript can check and emit it', () => {
  const compiled = compile({ 'main.ts': program(`${chain('a', 1000)} - k * 2`) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.lowered()).toContain('= __tsgrad_chain(__tsgrad_chain.value = a.add(a).add(a)')
  expect(String(run(compiled.lowered()).s)).toBe('998')
  expect(compiled.emit().get('main.d.ts')).toContain('export declare const s: NumberWithGrad;')
})

test.each([1000, 4000])(
  'a chain of %d has an assignment for each 50 operators, which the checker goes through for each operand',
  length => {
    for (const meaning of ['method', 'dispatch'] as const) {
      const lowered = lowerAs(chain('a', length), () => meaning)
      expect(lowered.match(/__tsgrad_chain\.value = /g)).toHaveLength(length / 50)
    }
  },
)

test('parentheses on the left, 500 deep, are a chain as well', () => {
  const compiled = compile({ 'main.ts': program(`${'('.repeat(500)}a${' + k) * k'.repeat(500)} * 2`) })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(String(run(compiled.lowered()).s)).toBe('1002')
})

const more = Array.from({ length: 250 }, (_, i) => (i % 2 ? ' / 2 + ' : ' * y - ') + (i % 5 ? 'x' : 'log(k)')).join('')

const longChains: [name: string, expression: string][] = [
  ['begins with numbers', `k + 2 * k + x${more}`],
  ['begins with many numbers', `${chain('k', 300)} + x${more}`],
  ['has a number on the left of its first operator', `2 - x${more}`],
  ['begins with what may be a number', `y * x${more}`],
  ['may be a number all along', `y${more.replaceAll('x', 'y')}`],
  ['is an operand of another one', `x * (log(x)${more}) + log(x)${more}`],
  ['has parentheses and comments', `((x /* first */ + k)${more} // then\n * 2)${more}`],
  ['stands behind a line without a semicolon', `[x][0]\n  ${more.trim()}`],
  ['waits in the middle', `x${more} + (await later(log(x)))${more}`],
]
const bodies = longChains.map(([, expression]) => `{ const r = ${expression}\nreturn r }`)
const signature = '(x: NumberWithGrad, y: Numeric, k: number, log: <T>(v: T) => T, later: <T>(v: T) => Promise<T>) =>'

describe('long chains', () => {
  const text = [
    "import type { NumberWithGrad, Numeric } from 'tsgrad'",
    ...bodies.map((body, i) => `export const f${i} = async ${signature} ${body}`),
  ].join('\n')
  const compiled = compile({ 'main.ts': text })
  const lowered = compiled.lowered()

  test('compile, and stay as they are when they are lowered again', () => {
    expect(compiled.diagnostics.map(shown)).toEqual([])
    expect(lowered.match(/__tsgrad_chain\(/g)!.length).toBeGreaterThan(longChains.length)
    expect(compile({ 'main.ts': lowered }).lowered()).toBe(lowered)
  })

  test.each(longChains.map(([name], i) => [name, i] as const))(
    'one that %s is what it is in JavaScript, in its order',
    async (_, i) => {
      type F = (...args: unknown[]) => Promise<unknown>
      const native: F = new Function(`return async (x, y, k, log, later) => ${bodies[i]}`)()
      const logged = async (f: F, x: unknown) => {
        const values: number[] = []
        const log = (value: unknown) => (values.push(Number(String(value))), value)
        return { result: await f(x, 0.7, 3, log, async (value: unknown) => value), values }
      }
      const x = new NumberWithGrad(0.9)
      const tracked = await logged(run(lowered)[`f${i}`] as F, x)
      const plain = await logged(native, 0.9)
      expect(plain.values.length).toBeGreaterThan(40)
      expect(tracked.values).toEqual(plain.values)
      const result = tracked.result as NumberWithGrad | number
      expect(Number(String(result))).toBe(plain.result)
      if (typeof result === 'number') return
      result.backward()
      const at = async (value: number) => (await logged(native, value)).result as number
      expect(x.grad).toBeCloseTo(((await at(0.9 + 1e-6)) - (await at(0.9 - 1e-6))) / 2e-6, 5)
    },
  )
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

test.each([
  ['texts', `${chain("'x'", 5000)} + a`],
  ['commas', `(${Array(2000).fill('a.neg()').join(', ')}, a * 2)`],
])('an operator behind a chain of %s is lowered', (_, expression) => {
  const { diagnostics, lowered } = compile({ 'main.ts': program(expression) })
  expect(diagnostics.filter(({ code }) => code >= 90000).map(shown)).toEqual([])
  expect(String(run(lowered()).s)).toMatch(/^(x{5000}1|2)$/)
})

test.each([
  ['powers', `a${' ** a'.repeat(900)}`],
  ['parentheses on the right', `${'a + ('.repeat(700)}a${')'.repeat(700)}`],
])('%s that are nested too deeply are reported at their statement, with advice', (_, expression) => {
  const { diagnostics } = compile({ 'main.ts': program(expression) })
  expect(shown(diagnostics[0]!)).toMatch(/^4:1 "" TS99002 .* Assign parts of it to variables/)
})
