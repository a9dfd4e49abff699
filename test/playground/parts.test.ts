/** Parts of the page that need no page: links, numbers, lines of equal height, printed values, and what is let through from programs. */
import { describe, expect, test } from 'vitest'
import { hashOf, textOf } from '../../playground/page/link.ts'
import { heights, lines, refined } from '../../playground/picture/levels.ts'
import { seen, short, ticks } from '../../playground/picture/numbers.ts'
import { formatted } from '../../playground/run/format.ts'
import { graphOf } from '../../playground/run/graph.ts'
import { checkedReport } from '../../playground/run/receive.ts'
import { readVariables, results } from '../../playground/run/variables.ts'
import { NumberWithGrad } from '../../runtime/index.ts'

describe('a link', () => {
  const texts = ['', 'const a = 3', '// π ≈ 3, ∂f/∂x, 𝕏\n'.repeat(300), "`${a}` + '%23#&?'"]
  test.each(texts)('carries %j', text => {
    const hash = hashOf(text)
    expect(hash).toMatch(/^#code=[\w-]*$/)
    expect(textOf(hash)).toBe(text)
  })
  test('that is damaged, or swells, carries nothing', () => {
    const large = hashOf('x'.repeat(2_000_000))
    for (const hash of ['', '#', '#code=', '#code=%%', '#code=AAAA', '#example=slope', large])
      expect(textOf(hash) ?? '', hash.slice(0, 20)).toBe('')
  })
})

test('numbers are short, with a true minus', () => {
  const shown = [3, -0.1 - 0.2, 1e-9, 123456789, Infinity, -Infinity, NaN, 0].map(x => short(x))
  expect(shown).toEqual(['3', '−0.3', '1e−9', '1.2346e+8', '∞', '−∞', 'NaN', '0'])
})

test('ticks are round and inside', () => {
  expect(ticks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1])
  expect(ticks(0, 7, 4).map(x => short(x))).toEqual(['0', '2', '4', '6'])
})

test('a pole does not flatten the rest of a curve', () => {
  const values = Array.from({ length: 200 }, (_, i) => 1 / (i - 100.01))
  const [low, high] = seen(values)
  expect(low).toBeGreaterThan(-5)
  expect(high).toBeLessThan(5)
  expect(seen([Number.NaN])).toEqual([-1, 1])
})

test('a line of equal height of x² + y² is a circle', () => {
  const columns = 41
  const at = (i: number) => (i - 20) / 10
  const values = Float32Array.from({ length: columns ** 2 }, (_, i) => {
    return at(i % columns) ** 2 + at(Math.floor(i / columns)) ** 2
  })
  const found = lines({ columns, values }, 1)
  expect(found.length).toBe(1)
  const [circle = []] = found
  expect(circle.length).toBeGreaterThan(40)
  expect(circle.at(-1)).toEqual(circle[0])
  for (const [x, y] of circle) expect(Math.hypot(at(x), at(y))).toBeCloseTo(1, 2)
  expect(heights({ columns, values }, 10).length).toBe(10)
})

test('lines around a valley that lies between the points of the grid are whole', () => {
  const columns = 24
  // a parabola around the line y = x / 3 + 8.4
  const height = (x: number, y: number) => (y - x / 3 - 8.4) ** 2
  const values = Float32Array.from({ length: columns ** 2 }, (_, i) => height(i % columns, Math.floor(i / columns)))
  const coarse = { columns, values }
  expect(lines(coarse, 0.1).length).toBeGreaterThan(4)
  const fine = refined(coarse, 3)
  expect(fine.columns).toBe(70)
  fine.values.forEach((value, i) => {
    expect(value).toBeCloseTo(height((i % 70) / 3, Math.floor(i / 70) / 3), 3)
  })
  expect(lines(fine, 0.1).length).toBe(2)
})

test('no line is drawn through what is no number', () => {
  const values = Float32Array.from({ length: 100 }, (_, i) => (i % 10 < 4 ? Number.NaN : i % 10))
  const found = lines({ columns: 10, values }, 6.5).flat()
  expect(found.length).toBe(10)
  expect(found.flat().every(Number.isFinite)).toBe(true)
})

test('values are printed as a console prints them', () => {
  const a = new NumberWithGrad(3)
  a.mul(4).backward()
  const itself: Record<string, unknown> = { a }
  itself.itself = itself
  class Point {
    x = 1
  }
  const printed = [
    ...[['text', 1, -0, 2n], [[1, 'b', null]], [a], [itself], [new Map([['k', 1]]), new Set()]],
    ...[[new Point(), class Named {}], [new Error('no')], [new Float64Array(2)]],
  ].map(values => formatted(values))
  expect(printed).toEqual([
    'text 1 -0 2n',
    "[1, 'b', null]",
    'NumberWithGrad(3, grad 4)',
    '{ a: NumberWithGrad(3, grad 4), itself: [itself] }',
    "Map { 'k' => 1 } Set {}",
    'Point { x: 1 } [function Named]',
    'Error: no',
    '[0, 0]',
  ])
  expect(formatted([Array(1000).fill(0)])).toContain('… 900 more')
})

test('the computations of variables are drawn that no other one contains', () => {
  const a = new NumberWithGrad(3)
  const b = a.mul(4)
  const c = b.add(3)
  const d = a.neg()
  const read = readVariables({
    a: () => a,
    b: () => b,
    c: () => c,
    d: () => d,
    plain: () => 3,
    early: () => {
      throw new ReferenceError('early')
    },
  })
  expect([...read.values()]).toEqual(['a', 'b', 'c', 'd'])
  expect(results(read)).toEqual([c, d])
  c.backward()
  const { title, nodes, operations } = graphOf(c, read)
  expect([title, operations]).toEqual(['c', 2])
  expect(nodes.map(({ name, operation, num, grad }) => [name, operation, num, grad])).toEqual([
    ['a', '', 3, 4],
    ['b', 'mul', 12, 1],
    ['c', 'add', 15, 1],
  ])
  expect(nodes[1]!.operands).toEqual([{ node: 0 }, { constant: 4 }])
  let long = a
  for (let i = 0; i < 100; i++) long = long.add(1)
  expect(graphOf(long, {})).toMatchObject({ nodes: [], operations: 100, depth: 100 })
})

test('what does not have the form of a report is dropped', () => {
  const good = { run: 1, kind: 'output', lines: [{ level: 'log', text: 'a' }], dropped: 0 }
  expect(checkedReport(good)).toBe(good)
  const bad = [
    null,
    'ready',
    {},
    { ...good, run: '1' },
    { ...good, lines: [{ level: 'log', text: {} }] },
    { ...good, kind: 'html' },
    { run: 1, kind: 'picture', picture: { kind: 'plot', title: 'x' } },
    { run: 1, kind: 'values', sliders: [{ name: 'a', num: 1, grad: null, min: 0, max: Infinity }], variables: [] },
  ]
  expect(bad.map(checkedReport)).toEqual(bad.map(() => undefined))
})
