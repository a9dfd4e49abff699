/** Looking at a recorded computation: its order, size and depth, its text for Graphviz and its picture. */
import { describe, expect, test } from 'vitest'
import { logSumExp, NumberWithGrad } from '../runtime/index.ts'
import { summary, toDot, toSvg } from '../runtime/inspect.ts'

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

describe('toSvg', () => {
  test('draws the notebook with names, values and gradients', async () => {
    const { a, b, c } = notebook()
    const svg = toSvg(c, { a, b, c })
    for (const text of ['a', 'b', 'c', 'num 12', 'grad 4', 'mul', 'add']) expect(svg).toContain(`>${text}</text>`)
    await expect(svg).toMatchFileSnapshot('../docs/guide/notebook.svg')
  })

  test('boxes do not overlap, lie inside the picture, and every arrow points to the right', () => {
    const leaves = [new NumberWithGrad(1), new NumberWithGrad(1)] as const
    for (const root of [goldsteinPrice(...leaves), ladder(), notebook().c]) {
      const svg = toSvg(root)
      const boxes = boxesOf(svg)
      const { operations, leaves, constants } = summary(root)
      expect(boxes.length).toBe(2 * operations + leaves + constants)
      const overlapping = boxes.flatMap((p, i) => boxes.slice(i + 1).filter(q => overlap(p, q)))
      expect(overlapping).toEqual([])
      const [width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number)
      for (const box of boxes) {
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0)
        expect(Math.max(box.right - width!, box.bottom - height!)).toBeLessThanOrEqual(0)
      }
      const arrows = [...svg.matchAll(/ ([\d.-]+) [\d.-]+H([\d.-]+)" marker/g)]
      expect(arrows.length).toBeGreaterThan(boxes.length - 2)
      for (const [, from, to] of arrows) expect(Number(to)).toBeGreaterThan(Number(from))
    }
  })

  test('a single number is a picture too, and names are escaped', () => {
    const x = new NumberWithGrad(NaN)
    const svg = toSvg(x, { 'a < "b" & c': x })
    expect(svg).toContain('>a &#60; &#34;b&#34; &#38; c</text>')
    expect(svg).toContain('>num NaN</text>')
  })

  test('refuses what nobody can see', () => {
    let y = new NumberWithGrad(1)
    for (let i = 0; i < 1000; i++) y = y.neg()
    expect(() => toSvg(y)).toThrow(
      new RangeError('toSvg: the graph has 2001 numbers and operations, too many for a picture; use toDot or summary'),
    )
    expect(toSvg(y.depends_on[0]!)).toContain('</svg>')
  })
})
