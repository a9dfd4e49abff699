/** What the verbs do with functions that carry a derivative, and with functions on plain numbers that carry none. */
import { describe, expect, test } from 'vitest'
import {
  differentiable,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  numericalDiff,
  valueAndGrad,
  vjp,
} from '../../runtime/index.ts'

const square = () => differentiable((x: number) => x * x, { grad: (_, seed, x) => [x * x, [seed(x * x) * 2 * x]] }, 2)

describe('a function that carries a derivative', () => {
  test('is called with plain numbers', () => {
    expect(grad(square())(3)).toBe(6)
    expect(valueAndGrad(square())(3)).toEqual([9, 6])
    expect(square()(3)).toBe(9)
  })
  test('by some of its arguments', () => {
    const f = differentiable(
      (x: number, y: number) => x * y,
      { grad: (_, seed, x, y) => [x * y, [seed(x * y) * y, seed(x * y) * x]] },
      2,
    )
    expect(grad(f)(2, 3)).toEqual([3, 2])
    expect((grad(f as never, { by: 1 }) as (...xs: number[]) => unknown)(2, 3)).toBe(2)
  })
  test('hands its tape on to the next call, however long it is, and to no call inside', () => {
    const taken: Float64Array[] = []
    const keeping = (inside: () => void) =>
      differentiable(
        (x: number) => x,
        {
          grad: ($, seed, x) => {
            let tape = $.tape()
            taken.push(tape)
            while (tape.length < 2 ** 21) tape = $.grown(tape)
            inside()
            $.free(tape)
            return [x, [seed(x)]]
          },
        },
        2,
      )
    const inner = keeping(() => {})
    grad(inner)(1)
    grad(keeping(() => grad(inner)(1)))(1)
    expect(taken.map(({ length }) => length >= 2 ** 21)).toEqual([false, true, false])
  })
  test('of another version throws', () => {
    const f = differentiable((x: number) => x, { grad: (_, seed, x) => [x, [seed(x)]] }, 1)
    expect(() => grad(f)(1)).toThrow(/compiled for version 1 of compiled derivatives, and this tsgrad has version 2/)
  })
  test('takes no tracked numbers', () => {
    expect(() => grad(square() as never)(new NumberWithGrad(1) as never)).toThrow(/asked a NumberWithGrad/)
    const first = differentiable(
      (x: number[]) => x[0]!,
      { grad: ($, seed, x) => [x[0]!, [(($.gradient(x) as number[])[0] = seed(x[0]!))]] },
      2,
    )
    expect(() => grad(first as never)([new NumberWithGrad(1)] as never)).toThrow(
      /takes plain numbers, .* got a NumberWithGrad/,
    )
  })
  test('that is not of the kind which a verb needs throws', () => {
    const f = differentiable((x: number) => x, {}, 2)
    for (const verb of [grad, vjp, jacobian, jvp, hvp, hessian] as readonly ((f: never) => unknown)[])
      expect(() => (verb(f as never) as (...xs: number[]) => unknown)(3, 1)).toThrow(
        /carries .*, and not (grad|jvp|hvp)/,
      )
  })
  test('with effects runs once, or the verb throws', () => {
    const f = differentiable(
      (x: number[]) => x,
      {
        grad: ($, seed, x) => {
          $.once()
          return [x, [seed(x)]]
        },
      },
      2,
    )
    expect(vjp(f)([3, 2], [1, 10])).toEqual([
      [3, 2],
      [1, 10],
    ])
    expect(() => jacobian(f)([3, 2])).toThrow(/f would run once for each number, with its effects/)
  })
  test('leaves nothing behind when it throws', () => {
    const f = differentiable(
      (x: number) => x,
      {
        grad: () => {
          throw new RangeError('no')
        },
      },
      2,
    )
    expect(() => grad(f)(1)).toThrow('no')
    expect(grad((x: NumberWithGrad) => x.mul(x))(3)).toBe(6)
  })
})

describe('a function on plain numbers that was not compiled', () => {
  const plain: readonly (readonly [text: string, f: (x: number) => number, at: readonly number[]])[] = [
    ['Number.isFinite(x) ? x : 0', x => (Number.isFinite(x) ? x : 0), [3, 0, -1]],
    ['x === 3 ? 1 : 0', x => (x === 3 ? 1 : 0), [3]],
    ['x && 3', x => x && 3, [0]],
    ['parseFloat(x)', x => Number.parseFloat(x as unknown as string), [3]],
    ['x * x', x => x * x, [3, 0]],
    ['Math.max(x, 0)', x => Math.max(x, 0), [3]],
  ]
  test.each(plain)('%s throws', (_, f, at) => {
    for (const x of at) {
      expect(() => grad(f)(x)).toThrow(/did not compile it|JavaScript asked/)
      expect(() => valueAndGrad(f)(x)).toThrow(/did not compile it|JavaScript asked/)
    }
  })
  test('also with an array, and by another verb', () => {
    expect(() => grad((xs: number[]) => (Number.isFinite(xs[0]) ? xs[0]! : 0))([3])).toThrow(/did not compile it/)
    expect(() => (vjp((x: number) => (Number.isFinite(x) ? x : 0)) as (...xs: number[]) => unknown)(3, 1)).toThrow(
      /did not compile it/,
    )
  })
  test('functions on tracked numbers that record nothing are what they were', () => {
    expect(grad((x: NumberWithGrad) => x)(3)).toBe(1)
    expect(grad((_x: NumberWithGrad) => 5)(3)).toBe(0)
    expect(grad((x: NumberWithGrad) => (x.gt(5) ? x : 0))(3)).toBe(0)
    expect(grad((xs: readonly NumberWithGrad[]) => xs[1]!)([3, 4])).toEqual([0, 1])
  })
  test('differences need no derivative', () => {
    expect(numericalDiff(x => (Number.isFinite(x) ? x : 0), 3)).toBeCloseTo(1)
  })
})
