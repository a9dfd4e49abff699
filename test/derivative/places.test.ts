/** Each line of a derivative's text leads to the statement of the user that it comes from, in whatever file that is. */
import { type EncodedSourceMap, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { explain } from '../../transformer/index.ts'
import { textMap } from '../../transformer/text/positions.ts'
import { programOf, shown } from '../compile.ts'

/** Each statement has a number of its own, by which its lines of the derivative are known. */
const files = {
  'layer.ts': `/** A layer. */
export function layer(x: number, w: number[]): number {
  let y = 1.01 * x
  for (const each of w) {
    y *= 1.02
    y += Math.tanh(each * y)
  }
  if (y > 1.03) throw new RangeError('1.04 is too much')
  return y * 1.05
}
export const halved = (x: number): number => x > 1.06 ? halved(x * 0.51) : x * 1.07
`,
  'main.ts': `import { grad, hvp, jvp } from 'tsgrad'
import { halved, layer } from './layer.ts'

const loss = (x: number, w: number[]) => {
  const first = layer(x, w)
  const p = { a: first * 1.08, b: 0 }
  p.b = p.a * 1.09
  switch (w.length) {
    case 3: return p.b * 1.11
    default:
  }
  const list = w.map(each => each * 1.12)
  list.push(x * 1.13)
  let i = 0
  while (i < list.length) {
    list[i] = list[i]! * 1.14
    i++
  }
  return list.reduce((a, b) => a + b * 1.15, p.b)
}
const deep = (x: number) => halved(x) * 1.16
export const slope = grad(loss), moved = jvp(loss), curved = hvp(loss)
export const deepSlope = grad(deep), deepMoved = jvp(deep), deepCurved = hvp(deep)
`,
} as const

test('a line with a number of the user leads to a line with that number', () => {
  const { program, host } = programOf(files)
  const { mapped, original, diagnostics } = explain(ts, program, host).at(-1)!
  expect(diagnostics.map(shown)).toEqual([])
  const folder = original.fileName.slice(0, -'main.ts'.length)
  const map = new TraceMap(textMap(mapped, original.fileName) as unknown as EncodedSourceMap)
  const wrong: string[] = []
  const found = new Map<string, number>()
  let derivative = 0
  for (const [i, text] of mapped.text.split('\n').entries()) {
    if (text.includes('differentiable(')) derivative++
    // the line on which a derivative begins is the user's own
    const numbers = derivative > 0 && !text.includes('differentiable(') ? (text.match(/\b[01]\.\d\d\b/g) ?? []) : []
    if (numbers.length === 0) continue
    const { source, line } = originalPositionFor(map, { line: i + 1, column: text.search(/\S/) })
    const there = source && files[source.slice(folder.length) as keyof typeof files]?.split('\n')[line! - 1]
    for (const each of numbers) found.set(each, (found.get(each) ?? 0) + 1)
    if (!numbers.some(each => there?.includes(each))) wrong.push(`${text.trim()} -> ${source}:${line} ${there}`)
  }
  expect(wrong).toEqual([])
  // both ways of each of three derivatives
  const all = new Set(
    Object.values(files)
      .join('')
      .match(/\b[01]\.\d\d\b/g),
  )
  expect([...found.keys()].sort()).toEqual([...all].sort())
  expect(Math.min(...found.values())).toBeGreaterThan(1)
})
