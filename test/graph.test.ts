/** Looking at a recorded computation: its order, size and depth, its text for Graphviz and its picture. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ensureNumber, logSumExp, NumberWithGrad } from '../runtime/index.ts'
import { titleOfOperation } from '../runtime/inspect/graph-picture.ts'
import { summary, toDot, toSvg } from '../runtime/inspect.ts'
import { rules } from '../runtime/rules/rules.ts'
import { seed } from './random.ts'

function notebook() {
  const a = new NumberWithGrad(3)
  const b = a.mul(4)
  const c = b.add(3)
  c.backward()
  return { a, b, c }
}

/** 2^20 paths, 40 operations. */
function ladder(): NumberWithGrad {
  let y = new NumberWithGrad(1)
  for (let i = 0; i < 20; i++) y = y.add(y).mul(0.5)
  return y
}

describe('summary', () => {
  test('counts operations, leaves, constants, partials and the longest way', () => {
    const x = new NumberWithGrad(2)
    const s = x.mul(x).add(1)
    expect(
      summary(
        s
          .exp()
          .add(s)
          .add(logSumExp([x, s, 3])),
      ),
    ).toEqual({
      operations: 6,
      leaves: 1,
      partials: 10,
      constants: 2,
      depth: 5,
      byOperation: { add: 3, mul: 1, exp: 1, logSumExp: 1 },
    })
  })

  test('a leaf has no operations', () => {
    expect(summary(new NumberWithGrad(2))).toEqual({
      operations: 0,
      leaves: 1,
      partials: 0,
      constants: 0,
      depth: 0,
      byOperation: {},
    })
  })

  test('is linear in shared and in deep computations', () => {
    expect(summary(ladder())).toMatchObject({ operations: 40, depth: 40, leaves: 1 })
    let y = new NumberWithGrad(1)
    for (let i = 0; i < 200_000; i++) y = y.add(1)
    expect(summary(y)).toMatchObject({ operations: 200_000, depth: 200_000 })
  })
})

describe('toDot', () => {
  test('draws the notebook with names, values and gradients', async () => {
    const { a, b, c } = notebook()
    const dot = toDot(c, { a, b, c })
    expect(dot).toContain('[label="a\\nnum 3\\ngrad 4"')
    await expect(dot).toMatchFileSnapshot('golden/notebook.dot')
  })

  test('takes a Map of names, draws a shared number once, and quotes', () => {
    const x = new NumberWithGrad(2)
    const dot = toDot(x.mul(x), new Map([[x, 'the "x" \\ y']]))
    expect(dot).toContain('label="the \\"x\\" \\\\ y\\nnum 2"')
    expect(dot.match(/n0 -> n1_op/g)!.length).toBe(2)
    expect(dot.match(/num 2"/g)!.length).toBe(1)
  })

  test('has all of a large computation', () => {
    let y = new NumberWithGrad(1)
    for (let i = 0; i < 1000; i++) y = y.neg()
    expect(toDot(y).match(/label="-"/g)!.length).toBe(1000)
  })
})

test.each([
  ['mul', [undefined, undefined], '*'],
  ['mul', [undefined, 4], '* 4'],
  ['sub', [4, undefined], '4 -'],
  ['pow', [2, undefined], '2 **'],
  ['neg', [undefined], '-'],
  ['exp', [undefined], 'exp'],
  ['max', [undefined, 0], 'max(·, 0)'],
  ['atan2', [1 / 3, undefined], 'atan2(0.333333, ·)'],
  ['hypot', [undefined, NaN, 1, undefined], 'hypot(·, NaN, 1, ·)'],
  ['dot', [undefined, 1, undefined, 2, 3], 'dot, 3 of 5 constant'],
  ['sum', [undefined, undefined, undefined, undefined, undefined], 'sum'],
] as const)('the constants of %s are in its box: %j -> %s', (name, operands, expected) => {
  expect(titleOfOperation(name, operands)).toBe(expected)
})

test('an operation is shown as the operator that it means', () => {
  const signs = Object.entries(rules).flatMap(([name, { keys }]) => {
    const key = (keys[0] ?? 'none').replace('unary ', '')
    return /^\W/.test(key) ? [[name, key]] : []
  })
  expect(signs.length).toBeGreaterThan(6)
  for (const [name, key] of signs) expect(titleOfOperation(name!, [undefined, undefined])).toBe(key)
})

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

function boxesOf(svg: string): Box[] {
  const pattern = /<g><rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g
  return [...svg.matchAll(pattern)].map(match => {
    const [x, y, width, height] = match.slice(1).map(Number) as [number, number, number, number]
    return { left: x, top: y, right: x + width, bottom: y + height }
  })
}

const overlap = (p: Box, q: Box) => p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom

function goldsteinPrice(x: NumberWithGrad, y: NumberWithGrad): NumberWithGrad {
  const p = x.mul(-14).add(19).add(x.pow(2).mul(3)).sub(y.mul(14)).add(x.mul(6).mul(y)).add(y.pow(2).mul(3))
  const q = x.mul(-32).add(18).add(x.pow(2).mul(12)).add(y.mul(48)).sub(x.mul(36).mul(y)).add(y.pow(2).mul(27))
  return x
    .add(y)
    .add(1)
    .pow(2)
    .mul(p)
    .add(1)
    .mul(x.mul(2).sub(y.mul(3)).pow(2).mul(q).add(30))
}

const step = fc.tuple(fc.nat(39), fc.nat(39), fc.nat(3), fc.nat(2))

/** Operations on a few leaves and on each other, some by constants. */
function randomGraph(steps: readonly (readonly [number, number, number, number])[]): NumberWithGrad {
  const numbers = Array.from({ length: 8 }, (_, i) => new NumberWithGrad(i + 0.123456))
  let y = numbers[0]!
  for (const [first, second, kind, isNext] of steps) {
    const a = numbers.at(-1 - (first % numbers.length))!
    const b = numbers.at(-1 - (second % numbers.length))!
    const made = [() => a.add(b), () => y.mul(b), () => a.mul(1e9), () => ensureNumber(logSumExp([a, 1, b, y]))][
      kind
    ]!()
    numbers.push(made)
    y = isNext === 0 ? y.sub(made) : made
  }
  return y
}

function randomGraphs(count: number, length: number): NumberWithGrad[] {
  const steps = fc.array(step, { minLength: 4, maxLength: length, size: 'max' })
  return fc.sample(steps, { numRuns: count, seed }).map(randomGraph)
}

const points = Array.from({ length: 7 }, (_, i) => new NumberWithGrad(i))
const [u, v] = points as [NumberWithGrad, NumberWithGrad]
const pictures: Record<string, NumberWithGrad> = {
  'the notebook': notebook().c,
  'Goldstein and Price, 36 operations': goldsteinPrice(u, v),
  '73 operations': goldsteinPrice(u, v).sub(goldsteinPrice(v, u)),
  'a chain of 100': points.concat(Array(93).fill(u)).reduce((sum, x) => sum.mul(0.5).add(x), v),
  ladder: ladder(),
  ...Object.fromEntries(randomGraphs(30, 60).map((root, i) => [`random graph ${i} (SEED=${seed})`, root])),
}

describe('toSvg', () => {
  test('draws the notebook with names, values and gradients', async () => {
    const { a, b, c } = notebook()
    const svg = toSvg(c, { a, b, c })
    for (const text of ['a', 'b', 'c', 'num 12', 'grad 4', '* 4', '+ 3']) expect(svg).toContain(`>${text}</text>`)
    await expect(svg).toMatchFileSnapshot('../docs/guide/notebook.svg')
  })

  describe.each(Object.entries(pictures))('%s', (_, root) => {
    const svg = toSvg(root)
    const boxes = boxesOf(svg)
    const { operations, leaves, partials } = summary(root)
    const [width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number) as [number, number]

    test('has a box for each number, none over another, all inside', () => {
      expect(boxes.length).toBe(operations + leaves)
      const overlapping = boxes.flatMap((p, i) => boxes.slice(i + 1).filter(q => overlap(p, q)))
      expect(overlapping).toEqual([])
      for (const box of boxes) {
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0)
        expect(Math.max(box.right - width, box.bottom - height)).toBeLessThanOrEqual(0)
      }
    })

    test('has an arrow for each use, which points to the right at a place of its own, beside a box', () => {
      const arrows = [...svg.matchAll(/([\d.-]+)H([\d.-]+)" marker/g)].map(match => match.slice(1).map(Number))
      expect(arrows.length).toBe(partials)
      expect(new Set(arrows.map(String)).size).toBe(partials)
      for (const [y, x] of arrows) {
        const target = boxes.filter(box => Math.abs(box.left - 4 - x!) < 0.2 && box.top < y! && y! < box.bottom)
        expect(target.length).toBe(1)
      }
    })

    test('is not much wider than a page, or not much higher than wide', () => {
      expect(width).toBeLessThan(Math.max(1500, 2.5 * height))
      expect(height).toBeLessThan(Math.max(1500, 1.6 * width))
    })
  })

  test('x * x has two arrows', () => {
    const x = new NumberWithGrad(3)
    expect(toSvg(x.mul(x)).match(/marker-end/g)!.length).toBe(2)
  })

  test('a single number is a picture too, and names are escaped', () => {
    const x = new NumberWithGrad(NaN)
    const svg = toSvg(x, { 'a < "b" & c': x })
    expect(svg).toContain('>a &#60; &#34;b&#34; &#38; c</text>')
    expect(svg).toContain('>num NaN</text>')
  })

  test.each([
    ['500 sums', () => Array.from({ length: 500 }, (_, i) => new NumberWithGrad(i)).reduce((a, b) => a.add(b))],
    ['the sum of 5,000', () => logSumExp(Array.from({ length: 5000 }, (_, i) => new NumberWithGrad(i)))],
    [
      '100,000 operations',
      () => Array.from({ length: 1e5 }).reduce<NumberWithGrad>(y => y.neg(), new NumberWithGrad(1)),
    ],
    [
      '1,000 sums of products',
      () => points.concat(Array(1000).fill(u)).reduce((sum, x, i) => sum.add(x.mul(points[i % 7]!))),
    ],
  ])('%s are cut in the middle, and it says how many are not there', (_, make) => {
    const root = make()
    const svg = toSvg(root)
    const { operations, leaves } = summary(root)
    const shown = boxesOf(svg).length - 1
    expect(svg).toContain(`>${operations + leaves - shown} numbers left out</text>`)
    const counts = [...svg.matchAll(/>(\d+) (?:leaf|leaves|add|sub|mul|neg|logSumExp)<\/text>/g)].map(match =>
      Number(match[1]),
    )
    expect(counts.reduce((a, b) => a + b)).toBe(operations + leaves - shown)
    expect(shown).toBe(100)
    expect(svg.length).toBeLessThan(100_000)
  })
})
