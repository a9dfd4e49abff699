/** Arguments and results of any shape in every verb: records, tuples, several arguments, many results, typed arrays; their types. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  detach,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'

type Model = { a: NumberWithGrad; b: NumberWithGrad[] }
// f = a b₀² + b₁, at a = 2, b = [3, 5]
const f = ({ a, b }: Model) => a.mul(b[0]!).mul(b[0]!).add(b[1]!)
const at = { a: 2, b: [3, 5] }
const along = { a: 1, b: [10, 0] }

describe('records', () => {
  test('jacobian and hessian', () => {
    const rows: { a: number; b: number[] } = jacobian(f)(at)
    expect(rows).toEqual({ a: 9, b: [12, 1] })
    const second = hessian(f)(at)
    expectTypeOf(second.a.b).toEqualTypeOf<number[]>()
    expectTypeOf(second.b).toEqualTypeOf<{ a: number; b: number[] }[]>()
    expect(second).toEqual({
      a: { a: 0, b: [6, 0] },
      b: [
        { a: 6, b: [4, 0] },
        { a: 0, b: [0, 0] },
      ],
    })
  })

  test('jvp, vjp and hvp', () => {
    expect(jvp(f)(at, along)).toEqual([23, 9 + 120])
    expect(vjp(f)(at, 2)).toEqual([23, { a: 18, b: [24, 2] }])
    expect(hvp(f)(at, along)).toEqual({ a: 60, b: [6 + 40, 0] })
  })
})

describe('several arguments', () => {
  const g = (x: NumberWithGrad, ys: NumberWithGrad[]) => x.mul(ys[0]!).mul(ys[1]!)

  test('are given one by one, and each direction after them', () => {
    const [value, tangent] = jvp(g)(2, [3, 5], 1, [0, 10])
    expectTypeOf(tangent).toEqualTypeOf<number>()
    expect([value, tangent]).toEqual([30, 15 + 60])
    const [, gradient] = vjp(g)(2, [3, 5], 1)
    expectTypeOf(gradient).toEqualTypeOf<[number, number[]]>()
    expect(gradient).toEqual([15, [10, 6]])
    expect(hvp(g)(2, [3, 5], 1, [0, 0])).toEqual([0, [5, 3]])
    expect(jacobian(g)(2, [3, 5])).toEqual([15, [10, 6]])
    expect(hessian(g)(2, [3, 5])).toEqual([
      [0, [5, 3]],
      [
        [5, [0, 2]],
        [3, [2, 0]],
      ],
    ])
  })

  test('of which some have no direction', () => {
    expect(() => (jvp(g) as (...xs: unknown[]) => unknown)(2, [3, 5], 1)).toThrow(
      'jvp: expected the arguments of f, then a direction for each; got 3 arguments',
    )
  })

  test('and a cotangent is asked for', () => {
    expect(() => (vjp(g) as (...xs: unknown[]) => unknown)(2)).toThrow(
      'vjp: expected the arguments of f, then a cotangent; got 1 arguments',
    )
  })
})

describe('many results', () => {
  const h = (x: NumberWithGrad, y: NumberWithGrad) => ({
    sum: x.add(y),
    products: [x.mul(y), x.mul(x)] as const,
    one: 1,
  })

  test('have the derivatives in their own shape', () => {
    const [value, tangent] = jvp(h)(2, 3, 1, 10)
    expectTypeOf(tangent.products).toEqualTypeOf<[number, number]>()
    expect([value, tangent]).toEqual([
      { sum: 5, products: [6, 4], one: 1 },
      { sum: 11, products: [23, 4], one: 0 },
    ])
    const [, gradient] = vjp(h)(2, 3, { sum: 1, products: [10, 100], one: 5 })
    expect(gradient).toEqual([1 + 30 + 400, 1 + 20])
    const rows = jacobian(h)(2, 3)
    expectTypeOf(rows.sum).toEqualTypeOf<[number, number]>()
    expect(rows).toEqual({
      sum: [1, 1],
      products: [
        [3, 2],
        [4, 0],
      ],
      one: [0, 0],
    })
  })

  test('and a cotangent that does not fit them is told', () => {
    expect(() => vjp((x: NumberWithGrad) => [x, x])(2, [1] as never)).toThrow(
      new RangeError('vjp: the cotangent must have as many numbers as the result; got 1 for 2'),
    )
    expect(() => jacobian((() => 'x') as never)([1] as never)).toThrow(
      'jacobian: the result of f: expected numbers, in arrays or plain records; got a string',
    )
  })

  test('in another derivative', () => {
    const slope = grad((x: NumberWithGrad) => {
      const [, tangent] = jvp(h)(x, 3, 1, 0)
      return tangent.products[1] as NumberWithGrad
    })
    expect(slope(2)).toBe(2)
    const norms = grad((x: NumberWithGrad) => jacobian(h)(x, 3).products[1]![0] as NumberWithGrad)
    expect(norms(2)).toBe(2)
  })
})

describe('Float64Array', () => {
  const squares = (xs: readonly NumberWithGrad[]) => xs.reduce<Numeric>((sum, x) => x.mul(x).add(sum), 0)
  const xs = Float64Array.of(1, 2)

  test('is an argument of every verb, and gradients are typed arrays', () => {
    const gradient: Float64Array = grad(squares)(xs)
    expect(gradient).toEqual(Float64Array.of(2, 4))
    expect(valueAndGrad(squares)(xs)).toEqual([5, Float64Array.of(2, 4)])
    expect(jvp(squares)(xs, Float64Array.of(1, 0))).toEqual([5, 2])
    expect(vjp(squares)(xs, 3)).toEqual([5, Float64Array.of(6, 12)])
    expect(hvp(squares)(xs, [1, 0])).toEqual(Float64Array.of(2, 0))
    const rows: Float64Array[] = jacobian((ys: NumberWithGrad[]) => ys.map(y => y.mul(3)))(xs)
    expect(rows).toEqual([Float64Array.of(3, 0), Float64Array.of(0, 3)])
    expect(hessian(squares)(xs)).toEqual([Float64Array.of(2, 0), Float64Array.of(0, 2)])
  })

  test('the type follows the call, also inside of records and beside other arguments', () => {
    const model = { w: Float64Array.of(1, 2), b: [3] }
    const loss = ({ w, b }: { w: NumberWithGrad[]; b: NumberWithGrad[] }, s: NumberWithGrad) =>
      w[0]!.mul(w[1]!).add(b[0]!).mul(s)
    const [gradient, slope] = grad(loss)(model, 2)
    expectTypeOf(gradient.w).toEqualTypeOf<Float64Array>()
    expectTypeOf(gradient.b).toEqualTypeOf<number[]>()
    expect([gradient, slope]).toEqual([{ w: Float64Array.of(4, 2), b: [2] }, 5])
    const plain: number[] = grad(squares)([1, 2])
    expect(plain).toEqual([2, 4])
  })

  test('the function gets an array of tracked numbers, and inside another derivative gradients are such arrays', () => {
    grad((ys: NumberWithGrad[]) => {
      expect(Array.isArray(ys) && ys.every(y => y instanceof NumberWithGrad)).toBe(true)
      return ys[0]!
    })(xs)
    const penalty = grad((w: NumberWithGrad) => {
      const inner = grad((ys: NumberWithGrad[]) => ys[0]!.mul(ys[0]!).mul(w))(xs) as unknown as NumberWithGrad[]
      return inner[0]!
    })
    expect(penalty(3)).toBe(2)
  })
})

describe('gradients by chosen arguments', () => {
  const rows = [
    { x: 1, label: 'a' },
    { x: 2, label: 'b' },
  ]
  const loss = (w: NumberWithGrad, data: readonly { x: number; label: string }[], b: NumberWithGrad) =>
    data.reduce<Numeric>((sum, { x }) => w.mul(x).add(b).add(sum), 0)

  test('by one: its gradient', () => {
    const slope = grad(loss, { by: 0 })
    expectTypeOf(slope(1, rows, detach(new NumberWithGrad(1)))).toEqualTypeOf<number>()
    expect(valueAndGrad((w: NumberWithGrad, s: number) => w.mul(s), { by: 0 })(2, 3)).toEqual([6, 3])
  })

  test('by several: a tuple, in their order', () => {
    const gradient = grad(loss, { by: [2, 0] })(1, rows, 5)
    expectTypeOf(gradient).toEqualTypeOf<[number, number]>()
    expect(gradient).toEqual([2, 3])
    expect(grad(loss, { by: [0] })(1, rows, detach(new NumberWithGrad(5)))).toEqual([3])
  })

  test('places that are none, and twice the same', () => {
    expect(() => grad(loss, { by: 0.5 as 0 })).toThrow('grad: by is 0.5; it must be the place of an argument')
    for (const by of [3, -1, [0, 0], [0.5]])
      expect(() => (grad(loss, { by: by as never }) as (...xs: unknown[]) => unknown)(1, rows, 5)).toThrow(
        `grad: \`by\` must name arguments once each, from 0 to 2; got ${by}`,
      )
  })
})

describe('a result beside the value', () => {
  const f = (x: NumberWithGrad) => [x.mul(x), { twice: x.mul(2), text: 'x', list: [x, 1] }] as const

  test('has plain numbers', () => {
    const [value, gradient, aux] = valueAndGrad(f, { aux: true })(3)
    expectTypeOf(aux.twice).toEqualTypeOf<number>()
    expect([value, gradient, aux]).toEqual([9, 6, { twice: 6, text: 'x', list: [3, 1] }])
  })

  test('that contains itself, or one thing twice', () => {
    interface Knot {
      readonly at: NumberWithGrad
      self?: Knot
      list?: readonly unknown[]
    }
    const [, , aux] = valueAndGrad(
      (x: NumberWithGrad) => {
        const knot: Knot = { at: x.mul(2) }
        knot.self = knot
        knot.list = [knot, knot.at, JSON.parse('{ "__proto__": 1 }')]
        return [x, knot as { at: NumberWithGrad; self: unknown; list: readonly unknown[] }] as const
      },
      { aux: true },
    )(3)
    expect(aux.at).toBe(6)
    expect(aux.self).toBe(aux)
    expect(aux.list[0]).toBe(aux)
    expect(JSON.stringify(aux.list.slice(1))).toBe('[6,{"__proto__":1}]')
  })

  test('with chosen arguments', () => {
    const g = (x: NumberWithGrad, scale: number) => [x.mul(scale), scale] as const
    expect(valueAndGrad(g, { aux: true, by: 0 })(3, 5)).toEqual([15, 5, 5])
  })

  test('inside another derivative is what it was, and can be derived', () => {
    const slope = grad((x: NumberWithGrad) => {
      const [, , aux] = (
        valueAndGrad(f, { aux: true }) as unknown as (x: NumberWithGrad) => [0, 0, { twice: NumberWithGrad }]
      )(x)
      return aux.twice
    })
    expect(slope(3)).toBe(2)
  })

  test('where f returns one thing only', () => {
    expect(() => valueAndGrad(((x: NumberWithGrad) => x) as never, { aux: true })(3 as never)).toThrow(
      'valueAndGrad: with `aux` f must return [value, aux]; got a NumberWithGrad',
    )
  })
})

describe('a function that changes what it was called with', () => {
  const verbs = { grad, valueAndGrad, hessian, jacobian }
  const changes: readonly [what: string, change: (given: { p: number[]; q?: number }) => void][] = [
    ['more numbers', given => void given.p.push(7)],
    ['fewer numbers', given => void given.p.pop()],
    ['a record without one', given => void delete given.q],
  ]
  describe.each(Object.entries(verbs))('%s', (_, verb) => {
    test.each(changes)('to %s', (_, change) => {
      const given = { p: [2, 5], q: 3 }
      const product = ({ p, q }: { p: NumberWithGrad[]; q: NumberWithGrad }) => {
        change(given)
        return p[0]!.mul(q)
      }
      const derivative = (verb as (f: unknown) => (x: unknown) => unknown)(product)
      expect(() => derivative(given)).toThrow('the function changed it. Pass a copy.')
    })
  })

  test('grad of an array still has one derivative for each number it was called with', () => {
    const given = [2, 5]
    const product = ([x, y]: NumberWithGrad[]) => {
      given.push(7)
      return x!.mul(y!)
    }
    expect(grad(product)(given)).toEqual([5, 2])
  })

  test('a function that records nothing changes its own array, not the one of the caller', () => {
    const given = [2, 5]
    const first = (xs: NumberWithGrad[]) => {
      xs.push(xs[0]!)
      return xs[2]!
    }
    expect([grad(first)(given), given]).toEqual([
      [1, 0],
      [2, 5],
    ])
  })
})
