/** Parts of the page that need no page: links, numbers, lines of equal height, printed values, and what is let through from programs. */
import { describe, expect, test } from 'vitest'
import { hashOf, textOf } from '../../playground/page/link.ts'
import { heights, lines, refined } from '../../playground/picture/levels.ts'
import { seen, short, ticks } from '../../playground/picture/numbers.ts'
import { createBudget } from '../../playground/run/budget.ts'
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

describe('a forged report is dropped for its size or its range', () => {
  const zeros = (length: number) => Array.from({ length }, () => 0)
  const node = (operands: readonly unknown[]) => ({ name: 'a', operation: 'mul', num: 1, grad: null, operands })
  const slider = { name: 'a', num: 1, grad: null, initial: 1, min: 0, max: 2, step: 0.1 }
  const plot = { kind: 'plot', title: 'f', x: [0, 1], curves: [], range: undefined, marks: [], points: [] }
  const field = { kind: 'contours', title: 'f', x: [0, 1], y: [0, 1], columns: 4, values: new Float32Array(16) }
  const drawn = (picture: object) => ({ run: 1, kind: 'picture', picture })
  const graph = (nodes: readonly unknown[]) => drawn({ kind: 'graph', title: 'g', nodes, operations: 1, depth: 1 })
  const values = (sliders: readonly unknown[]) => ({ run: 1, kind: 'values', sliders, variables: [] })
  const said = (lines: readonly unknown[]) => ({ run: 1, kind: 'output', lines, dropped: 0 })

  test.each([
    ['a plot', drawn(plot)],
    ['a field', drawn({ ...field, points: [] })],
    ['a graph', graph([node([]), node([{ node: 0 }, { constant: 2 }])])],
    ['a slider', values([slider])],
  ])('%s is shown', (_, message) => expect(checkedReport(message)).toBe(message))

  test.each([
    ['a billion columns', drawn({ ...field, columns: 1e9, points: [] })],
    ['fewer values than columns say', drawn({ ...field, columns: 5, points: [] })],
    ['columns that are no number of anything', drawn({ ...field, columns: 1.5, points: [] })],
    ['a range the wrong way round', drawn({ ...field, x: [1, 0], points: [] })],
    ['3,000,000 points of a series', drawn({ kind: 'series', title: 's', values: zeros(3e6) })],
    ['a long path', drawn({ kind: 'visited', title: 's', path: zeros(1e5).map(() => [0, 0]) })],
    [
      '100,000 curves',
      drawn({ ...plot, curves: zeros(1e5).map(() => ({ label: 'f', isDerivative: false, y: [0, 0] })) }),
    ],
    ['curves of other lengths', drawn({ ...plot, curves: [{ label: 'f', isDerivative: false, y: [0] }] })],
    ['4,000 nodes', graph(zeros(4000).map(() => node([])))],
    ['a circle', graph([node([{ node: 1 }]), node([{ node: 0 }])])],
    ['a node of itself', graph([node([{ node: 0 }])])],
    ['a node that is not there', graph([node([{ node: 7 }])])],
    ['an operand of no place', graph([node([]), node([{ node: 0.5 }])])],
    ['100,000 sliders', values(zeros(1e5).map(() => slider))],
    ['a slider without room', values([{ ...slider, max: 0 }])],
    ['a slider without steps', values([{ ...slider, step: 0 }])],
    ['a long name', values([{ ...slider, name: 'x'.repeat(5e7) }])],
    ['a long line', said([{ level: 'log', text: 'x'.repeat(5e7) }])],
    ['many lines', said(zeros(1e5).map(() => ({ level: 'log', text: '' })))],
    ['a level that is a class of the page', said([{ level: 'log pane', text: '' }])],
    ['a long exception', { run: 1, kind: 'thrown', thrown: { message: 'x'.repeat(5e7), line: 1, column: 1 } }],
    ['an exception on half a line', { run: 1, kind: 'thrown', thrown: { message: '', line: 0.5, column: 1 } }],
    ['an answer to no question', { run: 1, kind: 'pong' }],
  ])('%s', (_, message) => expect(checkedReport(message)).toBeUndefined())

  test('many reports are bounded as one is', () => {
    const budget = createBudget()
    const lines = zeros(600).map(() => ({ level: 'log', text: 'a' }) as const)
    const shown = zeros(3).map(
      () => budget({ run: 1, kind: 'output', lines, dropped: 0 }) as { lines: readonly object[] },
    )
    expect(shown.map(each => each.lines.length)).toEqual([600, 400, 0])
    const titles = zeros(3000).map((_, i) => `f${i}`)
    const pictures = titles.filter(title =>
      budget({ run: 1, kind: 'picture', picture: { kind: 'series', title, values: [] } }),
    )
    expect(pictures.length).toBe(40)
    expect(budget({ run: 1, kind: 'picture', picture: { kind: 'series', title: 'f0', values: [1] } })).toBeDefined()
  })
})

test('nothing that a value does when it is read ends its printing', () => {
  const hostile = {
    get a() {
      throw new Error('no')
    },
    b: 1,
  }
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no')
      },
    },
  )
  expect(formatted([hostile])).toBe('{ a: [throws when it is read], b: 1 }')
  expect(formatted([proxy, Object.create(null), [hostile]])).toBe(
    '[throws when it is read] {} [{ a: [throws when it is read], b: 1 }]',
  )
  const wide = (depth: number): unknown => (depth === 0 ? 1 : Array.from({ length: 100 }, () => wide(depth - 1)))
  expect(formatted([wide(3)]).length).toBeLessThan(100_000)
})
