/** grad and valueAndGrad: shapes, types, nesting, constants, numbers that escape, errors. */
import { describe, expect, test } from 'vitest'
import {
  detach,
  ensureNumber,
  grad,
  hvp,
  NumberWithGrad,
  type Numeric,
  noGrad,
  sin,
  valueAndGrad,
} from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'

const cube = (x: NumberWithGrad) => x.mul(x).mul(x)
const squares = (xs: readonly NumberWithGrad[]) => xs.map(x => x.mul(x)).reduce((a, b) => a.add(b))

describe('shapes: arguments and results are plain numbers', () => {
  test('of one scalar', () => {
    const gradient: number = grad(cube)(2)
    const [value, slope]: [number, number] = valueAndGrad(cube)(2)
    expect([gradient, value, slope]).toEqual([12, 8, 12])
  })

  test('of several scalars: a tuple', () => {
    const gradient: [number, number] = grad((x, y) => x.mul(y).add(y))(2, 3)
    expect(gradient).toEqual([3, 3])
  })

  test('of an array', () => {
    const gradient: number[] = grad(squares)([1, 2, 3])
    expect(gradient).toEqual([2, 4, 6])
    expect(valueAndGrad(squares)([1, 2, 3])).toEqual([14, [2, 4, 6]])
    expect(valueAndGrad(squares)(Object.freeze([3]))).toEqual([9, [6]])
  })

  test('of nested records and tuples', () => {
    type Model = { weights: NumberWithGrad[][]; bias: NumberWithGrad; pair: [NumberWithGrad, NumberWithGrad] }
    const f = ({ weights, bias, pair }: Model, x: NumberWithGrad) =>
      weights[0]![1]!.mul(x).add(bias.mul(pair[1])).add(pair[0])
    const model = { weights: [[1, 2], [3]], bias: 5, pair: [7, 11] as [number, number] }
    const [value, [gradient, slope]] = valueAndGrad(f)(model, 13)
    expect(value).toBe(2 * 13 + 5 * 11 + 7)
    expect(gradient).toEqual({ weights: [[0, 13], [0]], bias: 11, pair: [1, 5] })
    expect(slope).toBe(2)
  })

  test('of a function that does not depend on its argument', () => {
    expect(valueAndGrad((_x: NumberWithGrad) => 3)(2)).toEqual([3, 0])
    expect(valueAndGrad((_x: NumberWithGrad) => new NumberWithGrad(4))(2)).toEqual([4, 0])
    expect(valueAndGrad((x: NumberWithGrad) => x)(2)).toEqual([2, 1])
  })

  test('an argument that the function changes in place', () => {
    const f = (xs: NumberWithGrad[]) => {
      xs[0] = xs[0]!.mul(xs[1]!)
      return xs[0].mul(xs[0])
    }
    expect(grad(f)([2, 3])).toEqual([36, 24])
  })
})

describe('derivatives nest', () => {
  test('derivatives of higher order', () => {
    expect(grad(x => grad(cube)(x))(2)).toBe(12)
    expect(grad(grad(grad(cube)))(2)).toBe(6)
    expect(grad(grad(grad(grad(cube))))(2)).toBe(0)
    let f: (x: Numeric) => Numeric = sin
    const values = [0, 1, 2, 3, 4, 5].map(() => {
      const value = f(0.5)
      f = grad(f)
      return value
    })
    const [s, c] = [Math.sin(0.5), Math.cos(0.5)]
    values.forEach((value, i) => {
      expect(value).toBeCloseTo([s, c, -s, -c, s, c][i]!, 14)
    })
  })

  test('an inner derivative is not confused with an outer one', () => {
    expect(grad(x => x.mul(grad(y => x.add(y))(1)))(1)).toBe(1)
    expect(grad(x => x.mul(grad(y => x.mul(y))(1)))(3)).toBe(6)
    expect(grad(x => grad(y => x.mul(y))(x))(3)).toBe(1)
    expect(grad(x => grad(y => grad(z => x.mul(y).mul(z))(y))(x))(3)).toBe(2 * 0 + 1 * 1 * 1 + 0)
  })

  test('an inner derivative that knows nothing of the outer one is a plain number', () => {
    const kinds: string[] = []
    const f = (x: NumberWithGrad) => {
      const inner = grad(cube)(2)
      kinds.push(typeof inner)
      kinds.push(typeof grad(y => x.mul(y))(1))
      return x.mul(inner)
    }
    expect(grad(f)(1)).toBe(12)
    expect(kinds).toEqual(['number', 'object'])
  })

  test('value and gradient of an inner function flow into the outer one', () => {
    const f = (x: NumberWithGrad) => {
      const [value, slope] = valueAndGrad(cube)(x)
      return value.mul(slope) // 3 x^5
    }
    expect(grad(f)(2)).toBe(15 * 2 ** 4)
  })

  test('a million-node loop of inner derivatives stays linear: each walks its own nodes only', () => {
    const newton = (a: NumberWithGrad) => {
      let x: NumberWithGrad = ensureNumber(1)
      for (let i = 0; i < 2000; i++) {
        const [value, slope] = valueAndGrad((y: NumberWithGrad) => y.mul(y).sub(a))(x.mul(1))
        x = x.sub(value.div(slope))
      }
      return x
    }
    const started = performance.now()
    expect(grad(newton)(2)).toBeCloseTo(0.5 / Math.SQRT2, 12)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('on tracked numbers outside of any derivative the results are tracked', () => {
    const x = new NumberWithGrad(2)
    const slope: NumberWithGrad = grad(cube)(x)
    expect(slope.num).toBe(12)
    slope.backward()
    expect(x.grad).toBe(12)
    const w = new NumberWithGrad(5)
    const mixed = grad((y: NumberWithGrad) => y.mul(grad(z => w.mul(z).mul(z))(1)))(x)
    mixed.backward()
    expect([mixed.num, w.grad]).toEqual([10, 2])
  })
})

describe('what is left out', () => {
  test('detach is a constant that may leave', () => {
    let kept: NumberWithGrad | undefined
    const f = (x: NumberWithGrad) => {
      kept = detach(x.mul(2))
      return x.mul(kept)
    }
    expect(grad(f)(3)).toBe(6)
    expect(kept!.num).toBe(6)
    expect(detach(3)).toBe(3)
  })

  test('noGrad records nothing, outside and inside of a derivative, and ends with its function', () => {
    const w = new NumberWithGrad(3)
    const y = noGrad(() => w.mul(2).add(1))
    expect([y.num, y.creation_op, y.depends_on]).toEqual([7, '', []])
    expect(w.mul(2).depends_on.length).toBe(2)
    const f = (x: NumberWithGrad) => noGrad(() => x.mul(x)).mul(x)
    expect(grad(f)(3)).toBe(9)
    expect(() =>
      noGrad(() => {
        throw new Error('mine')
      }),
    ).toThrow('mine')
    expect(w.mul(2).depends_on.length).toBe(2)
  })

  test('a derivative inside of noGrad works, and is a constant to the derivative around', () => {
    expect(noGrad(() => grad(cube)(2))).toBe(12)
    const f = (x: NumberWithGrad) => x.mul(noGrad(() => grad(cube)(x)))
    expect(grad(f)(2)).toBe(12)
  })

  test('in noGrad a tracked number from outside is a constant, and keeps its own gradient', () => {
    const w = new NumberWithGrad(5)
    w.mul(7).backward()
    const f = grad((x: NumberWithGrad) => x.mul(w).mul(w))
    for (let i = 0; i < 5; i++) expect(noGrad(() => f(3))).toBe(25)
    expect(w.grad).toBe(7)
  })

  test('in noGrad, backward() inside reaches numbers from outside, and does not disturb the gradient asked for', () => {
    const w = new NumberWithGrad(5)
    const f = grad((x: NumberWithGrad) => {
      const y = x.mul(w)
      y.backward()
      y.backward()
      return y.mul(y)
    })
    for (let i = 1; i <= 5; i++) {
      expect(noGrad(() => f(3))).toBe(2 * 3 * 25)
      expect(w.grad).toBe(6 * i)
    }
  })
})

describe('numbers that escape', () => {
  const keeping = (calls: number) => {
    const kept: NumberWithGrad[] = []
    const f = grad((x: NumberWithGrad) => {
      kept.push(x.mul(2))
      return x.mul(x)
    })
    for (let i = 0; i < calls; i++) f(1)
    return kept
  }
  const message = /belongs to a call of grad .* that has ended/

  test('are reported outside, whatever is done with them', () => {
    const [kept] = keeping(1)
    const uses = [
      () => kept!.num,
      () => kept!.grad,
      () => kept!.depends_on,
      () => kept!.creation_op,
      () => kept!.mul(2),
      () => new NumberWithGrad(1).add(kept!),
      () => kept!.backward(),
      () => grad(cube)(kept!),
    ]
    for (const use of uses) expect(use).toThrow(message)
  })

  test('are reported in the next call when the first one kept them', () => {
    let cache: NumberWithGrad | undefined
    const f = grad((x: NumberWithGrad) => {
      const y = x.mul(3)
      cache ??= x.mul(2)
      return y.mul(cache)
    })
    expect(f(1)).toBe(12)
    expect(() => f(1)).toThrow(message)
  })

  test('are reported although their memory was given away before, in calls 2, 4, 8, … at the latest', () => {
    let cache: NumberWithGrad | undefined
    const f = grad((x: NumberWithGrad) => {
      let y = x
      for (let i = 0; i < 5; i++) y = y.mul(1)
      cache ??= x.mul(2)
      return y.mul(cache)
    })
    const g = grad((x: NumberWithGrad) => {
      let y = x
      for (let i = 0; i < 20; i++) y = y.mul(1)
      return cache === undefined ? y : y.mul(cache)
    })
    for (let i = 0; i < 3; i++) g(1)
    expect(f(1)).toBe(4)
    expect(() => g(1)).toThrow(message) // its fourth call, deep enough to have reused the node
  })

  test('are reported inside of the derivative around a noGrad as well, which goes on', () => {
    let kept: NumberWithGrad | undefined
    const inner = grad((y: NumberWithGrad) => {
      kept = y.mul(2)
      return y.mul(y)
    })
    const f = (x: NumberWithGrad) => {
      expect(noGrad(() => inner(3))).toBe(6)
      for (const use of [() => kept!.num, () => kept!.mul(x), () => x.mul(kept!), () => noGrad(() => kept!.neg())])
        expect(use).toThrow(message)
      return x.mul(x)
    }
    for (let i = 0; i < 5; i++) expect(grad(f)(2)).toBe(4)
  })

  test('from an inner derivative into the outer one are what they were', () => {
    const f = (x: NumberWithGrad) => {
      let kept: NumberWithGrad = x
      grad(y => {
        kept = y
        return y.mul(y)
      })(x)
      return kept.mul(x)
    }
    expect(grad(f)(3)).toBe(6)
  })

  test('after an error in the function all is as before', () => {
    const f = grad((x: NumberWithGrad) => {
      if (x.num < 0) throw new RangeError('negative')
      return x.mul(x)
    })
    expect(() => f(-1)).toThrow('negative')
    expect(f(2)).toBe(4)
    const w = new NumberWithGrad(2)
    w.mul(w).backward()
    expect(w.grad).toBe(4)
  })
})

test('what is wrong is said with what came and what to do', () => {
  expect(() => grad((() => [1, 2, 3]) as never)(1 as never)).toThrow(
    new TypeError('grad: f must return one number; got an array of length 3. Sum it, or use jacobian.'),
  )
  expect(() => grad(squares)(['1' as never])).toThrow(
    new TypeError(
      'grad: expected numbers, in arrays or plain records; got a string. Pass other values through a closure.',
    ),
  )
  for (const [value, name] of [
    [new Date(), 'Date'],
    [new Map([['x', 1]]), 'Map'],
    [new Float32Array(2), 'Float32Array'],
  ])
    expect(() => grad(squares)(value as never)).toThrow(`got an object of class ${name}`)
  expect(() => grad((async () => 1) as never)(1 as never)).toThrow('got an object of class Promise')
})

test('a call after a longer one, a longer after a shorter one, and many', () => {
  const power = grad((x: NumberWithGrad) => {
    let y = x
    for (let i = 1; i < length; i++) y = y.mul(x)
    return y
  })
  let length = 1
  for (length of [1, 5, 2, 100, 3, 3, 3, 50, 7, 2000, 1]) expect(power(1)).toBe(length)
})

test('natural math: nested derivatives are typed by the transformer as they run', () => {
  const { diagnostics, emit } = compile({
    'main.ts': `
      import { grad, type NumberWithGrad } from 'tsgrad'
      const cube = (x: NumberWithGrad) => x * x * x
      export const results = [
        grad(x => x * grad(y => x + y)(1))(1),
        grad(x => 2 * grad(cube)(x) + grad(cube)(2) * x)(2),
        grad(grad(cube))(2) + 1,
        grad((x, y) => x * y ** 2)(2, 3)[1] * 2,
        grad(({ a, b }: { a: NumberWithGrad[]; b: NumberWithGrad }) => a[0]! * b)({ a: [2], b: 3 }).a[0]! - 1,
      ]
    `,
  })
  expect(diagnostics.map(shown)).toEqual([])
  expect(run(emit().get('main.js')!).results).toEqual([1, 24 + 12, 13, 24, 2])
})

test('objects of classes that have fields only are records, and keep their class', () => {
  class Point<N> {
    readonly x: N
    readonly y: N
    constructor(x: N, y: N) {
      this.x = x
      this.y = y
    }
  }
  const product = (p: Point<NumberWithGrad>, k: NumberWithGrad) => {
    expect(p).toBeInstanceOf(Point)
    return p.x.mul(p.y).mul(p.y).mul(k)
  }
  const [point, slope] = grad(product)(new Point(3, 2), 5)
  expect([point, slope]).toEqual([new Point(20, 60), 12])
  expect(point).toBeInstanceOf(Point)
  expect(hvp(product)(new Point(3, 2), 5, new Point(1, 0), 0)).toEqual([new Point(0, 20), 4])
  class Line extends Point<number> {}
  class Length {
    readonly x = 3
    double() {
      return 2 * this.x
    }
  }
  for (const each of [new Line(1, 2), new Length()])
    expect(() => grad(product as never)(each as never)).toThrow('an object of class L')
})
