/** jvp, vjp, jacobian, hessian, hvp: against closed forms, each other, every row of the table, and nested in derivatives. */
import { describe, expect, test } from 'vitest'
import {
  customRule,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  numericalDiff,
  vjp,
} from '../runtime/index.ts'
import { pins } from '../runtime/rules/pins.ts'
import type { BinaryRule, UnaryRule } from '../runtime/rules/rule.ts'
import { rules } from '../runtime/rules/rules.ts'

const rows = Object.entries(rules) as unknown as [string, UnaryRule | BinaryRule][]
type Method = (...operands: readonly Numeric[]) => NumberWithGrad
const call = (name: string, [first, ...others]: readonly NumberWithGrad[]): NumberWithGrad =>
  (first as unknown as Record<string, Method>)[name]!(...others)
const arrow = (f: unknown, ...xs: readonly number[]): number => (f as (...xs: readonly number[]) => number)(...xs)

const rosenbrock = (xs: NumberWithGrad[]) => {
  let sum: Numeric = 0
  for (let i = 0; i + 1 < xs.length; i++) {
    const d = xs[i + 1]!.sub(xs[i]!.mul(xs[i]!))
    sum = d.mul(d).mul(100).add(xs[i]!.rsub(1).pow(2)).add(sum)
  }
  return sum
}

/** Equal to a few last places; NaN, infinities and zero exactly, -0 as 0. */
function expectClose(actual: number, expected: number, relative = 1e-14): void {
  if (!Number.isFinite(expected) || expected === 0) expect(actual + 0).toBe(expected + 0)
  else expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(relative)
}

describe.each(rows)('%s', (name, rule) => {
  const units = rule.partials.map((_, i) => rule.partials.map((_, k) => (i === k ? 1 : 0)))

  test('forward mode gives its partials, at samples and pins', () => {
    const points = [...rule.samples, ...(pins[name as keyof typeof rules] ?? []).map(([operands]) => operands)]
    expect(points.length).toBeGreaterThan(0)
    for (const operands of points) {
      const y = arrow(rule.value, ...operands)
      units.forEach((direction, i) => {
        const [value, tangent] = jvp((xs: NumberWithGrad[]) => call(name, xs))([...operands], direction)
        expect(value).toBe(y)
        expectClose(tangent, Number.isNaN(y) ? y : arrow(rule.partials[i], ...operands, y))
      })
    }
  })

  test('its partials on tracked numbers are its partials, at samples and pins', () => {
    const points = [...rule.samples, ...(pins[name as keyof typeof rules] ?? []).map(([operands]) => operands)]
    for (const operands of points) {
      const y = arrow(rule.value, ...operands)
      const gradient = noted(grad((xs: NumberWithGrad[]) => call(name, xs)))(operands)
      rule.partials.forEach((partial, i) => {
        expectClose(gradient[i]!, Number.isNaN(y) ? y : arrow(partial, ...operands, y))
      })
    }
  })

  test('its second derivatives equal differences of its partials', () => {
    for (const operands of rule.samples) {
      const matrix = hessian(xs => call(name, xs))([...operands])
      rule.partials.forEach((partial, i) => {
        operands.forEach((operand, k) => {
          const moved = (x: number) => {
            const at = operands.map((each, l) => (l === k ? x : each))
            return arrow(partial, ...at, arrow(rule.value, ...at))
          }
          const difference = numericalDiff(moved, operand, 1e-5)
          expect(Math.abs(matrix[i]![k]! - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)))
        })
      })
    }
  })
})

/** The gradient as an outer derivative sees it: computed by the partials on tracked numbers. */
function noted(gradient: (xs: NumberWithGrad[]) => NumberWithGrad[]): (xs: readonly number[]) => number[] {
  return xs => {
    let seen: number[] = []
    grad((ys: NumberWithGrad[]) => {
      seen = gradient(ys).map(y => y.num)
      return ys[0]!
    })([...xs])
    return seen
  }
}

describe('one function, every verb', () => {
  const at = [1.2, -0.7, 0.3]
  const gradient = grad(rosenbrock)(at)
  const matrix = hessian(rosenbrock)(at)

  test('the Hessian is the closed form, and symmetric', () => {
    const [x, y, z] = at as [number, number, number]
    const expected = [
      [1200 * x * x - 400 * y + 2, -400 * x, 0],
      [-400 * x, 200 + 1200 * y * y - 400 * z + 2, -400 * y],
      [0, -400 * y, 200],
    ]
    matrix.forEach((row, i) => {
      row.forEach((entry, k) => {
        expectClose(entry, expected[i]![k]!, 1e-12)
      })
    })
  })

  test('jvp is the gradient times the direction, vjp the gradient times the cotangent', () => {
    const direction = [0.3, -2, 5]
    const [value, tangent] = jvp(rosenbrock)(at, direction)
    expectClose(
      tangent,
      gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0),
    )
    const [same, scaled] = vjp(rosenbrock)(at, -3)
    expect(same).toBe(value)
    expect(scaled).toEqual(gradient.map(g => expect.closeTo(-3 * g, 9)))
  })

  test('hvp is the Hessian times the direction', () => {
    const direction = [0.3, -2, 5]
    const product: number[] = hvp(rosenbrock)(at, direction)
    product.forEach((entry, i) => {
      expectClose(
        entry,
        matrix[i]!.reduce((sum, h, k) => sum + h * direction[k]!, 0),
        1e-12,
      )
    })
  })

  test('the Jacobian of the gradient is the Hessian', () => {
    jacobian(xs => grad(rosenbrock)(xs))(at).forEach((row, i) => {
      row.forEach((entry, k) => {
        expectClose(entry, matrix[i]![k]!, 1e-12)
      })
    })
  })
})

test('jvp, vjp and hvp in other shapes', () => {
  expect(jvp(x => x.mul(x))(3, 2)).toEqual([9, 12])
  expect(vjp(x => x.mul(x))(3, 2)).toEqual([9, 12])
  expect(hvp(x => x.mul(x).mul(x))(3, 2)).toBe(36)
  const f = ({ a, b }: { a: NumberWithGrad; b: NumberWithGrad[] }) => a.mul(b[0]!)
  expect(jvp(f)({ a: 2, b: [3] }, { a: 1, b: [10] })).toEqual([6, 23])
  expect(vjp(f)({ a: 2, b: [3] }, 1)).toEqual([6, { a: 3, b: [2] }])
  expect(hvp(f)({ a: 2, b: [3] }, { a: 1, b: [10] })).toEqual({ a: 10, b: [1] })
})

test('a Jacobian with more rows than columns, with more columns than rows, and constants', () => {
  expect(jacobian(([x, y]) => [x!.mul(y!), x!.add(y!), y!, 7])([2, 3])).toEqual([
    [3, 2],
    [1, 1],
    [0, 1],
    [0, 0],
  ])
  expect(jacobian(([x, y]) => [x!.mul(y!)])([2, 3])).toEqual([[3, 2]])
  expect(jacobian(() => [])([2, 3])).toEqual([])
})

describe('nested in a derivative', () => {
  // f = x² y³, at (2, 3)
  const f = ([x, y]: NumberWithGrad[]) => x!.mul(x!).mul(y!.pow(3))
  const inner = (g: (xs: NumberWithGrad[]) => Numeric) => grad(g)([2, 3])

  test.each([
    ['jvp', inner(xs => jvp(f)(xs, [1, 0])[1]), [2 * 27, 2 * 2 * 27]],
    ['jvp along itself', inner(xs => jvp(f)(xs, xs)[1]), [5 * 2 * 2 * 27, 5 * 4 * 27]],
    ['vjp', inner(xs => vjp(f)(xs, 1)[1][1] as Numeric), [3 * 2 * 2 * 9, 3 * 4 * 2 * 3]],
    ['hvp', inner(xs => hvp(f)(xs, [1, 0])[0] as Numeric), [0, 2 * 27]],
    ['jacobian', inner(xs => jacobian(ys => [f(ys)])(xs)[0]![0]!), [2 * 27, 2 * 2 * 27]],
    ['hessian', inner(xs => hessian(f)(xs)[0]![0]!), [0, 2 * 27]],
  ])('%s', (_name, gradient, expected) => {
    expect(gradient).toEqual(expected.map(each => expect.closeTo(each, 9)))
  })

  test('a direction that is tracked by the outer derivative', () => {
    expect(grad(t => jvp(x => x.mul(x))(3, t)[1] as NumberWithGrad)(5)).toBe(6)
    expect(grad(t => vjp(x => x.mul(x))(3, t)[1] as NumberWithGrad)(5)).toBe(6)
    expect(jvp(x => jvp(y => x.mul(y))(1, 1)[1])(4, 1)).toEqual([4, 1])
  })

  test('a direction that is tracked outside of any derivative', () => {
    const t = new NumberWithGrad(5)
    const [, tangent] = jvp(x => x.mul(x))(3, t) as [NumberWithGrad, NumberWithGrad]
    tangent.backward()
    expect([tangent.num, t.grad]).toEqual([30, 6])
  })
})

describe("a user's own rule", () => {
  const area = customRule({ name: 'area', value: (w: number, h: number) => w * h, partials: (w, h) => [h, w] })
  const twice = customRule({
    name: 'twice',
    value: (w: number, h: number) => w * h,
    partials: (w, h) => [h, w],
    trackedPartials: (w, h) => [h, w],
  })

  test('in forward mode', () => {
    expect(jvp(([w, h]: NumberWithGrad[]) => area(w!, h!))([2, 3], [1, 10])).toEqual([6, 23])
  })

  test('is derived twice by its partials on tracked numbers, and says when it has none', () => {
    expect(hessian(([w, h]) => twice(w!, h!))([2, 3])).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect(() => hessian(([w, h]) => area(w!, h!))([2, 3])).toThrow(
      'area: the rule has no trackedPartials, which higher derivatives need',
    )
  })
})

test('errors', () => {
  expect(() => jvp((xs: NumberWithGrad[]) => xs[0]!)([1, 2], [1])).toThrow(
    new RangeError('jvp: the direction must have as many numbers as the argument; got 1 for 2'),
  )
})
