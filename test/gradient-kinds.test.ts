/**
 * One table of each kind of gradient that was wrong once, with neighbours of the first case and the source of each value: functions of many
 * operands, zeros that hide an infinity, kinks, conventions, and data of odd shapes. What throws is in gradient-refusals.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { detach, dot, grad, hessian, hvp, NumberWithGrad, norm, prod, softmax } from '../runtime/index.ts'

type N = NumberWithGrad
type Found = readonly [what: string, call: () => unknown, expected: unknown, source: string]
/** The true value, and why; none where there is no derivative. */
type Lost = readonly [what: string, call: () => unknown, truth: string]
const w = () => new NumberWithGrad(3)
/** (∂/∂x w x² - 5)² + w² / 1024 at x = 3, and its derivative by w = 2. */
const penalty = (slopeOf: (w: N) => N) => () => {
  const a = new NumberWithGrad(2)
  slopeOf(a).sub(5).pow(2).add(a.mul(a).div(1024)).backward()
  return a.grad
}
const along = (f: (x: N, y: N) => N) => (x: N, y: N) => f(x, y)
const byFirst = (f: (x: N, y: N) => N) => along((x, y) => grad((u: N) => f(u, y))(x))
const bySecond = (f: (x: N, y: N) => N) => along((x, y) => grad((u: N) => f(x, u))(y))
const power = along((x, y) => x.pow(y))
const third = (f: (x: N, y: N) => N) => () => f(new NumberWithGrad(2), new NumberWithGrad(0)).num

describe('a value is the true one', () => {
  test.each<Found>([
    [
      'hypot of three',
      () => hessian(([x, y, z]) => x!.hypot(y!, z!))([0, 0, 2]),
      [
        [0.5, 0, 0],
        [0, 0.5, 0],
        [0, 0, 0],
      ],
      'closed form (δᵢⱼ - xᵢxⱼ/r²)/r',
    ],
    [
      'norm of three',
      () => hessian(xs => norm(xs))([0, 0, 2]),
      [
        [0.5, 0, 0],
        [0, 0.5, 0],
        [0, 0, 0],
      ],
      'closed form (δᵢⱼ - xᵢxⱼ/r²)/r',
    ],
    [
      'hypot of four large',
      () => grad((xs: N[]) => xs[0]!.hypot(...xs.slice(1)))([1e200, 1e200, 1e200, 1e200]),
      [0.5, 0.5, 0.5, 0.5],
      'closed form xᵢ/r',
    ],
    [
      '-1 / hypot of three',
      () => hessian(([x, y, z]) => x!.hypot(y!, z!).rdiv(-1))([0, 0, 2]),
      [
        [1 / 8, 0, 0],
        [0, 1 / 8, 0],
        [0, 0, -1 / 4],
      ],
      'closed form δᵢⱼ/r³ - 3 xᵢxⱼ/r⁵',
    ],
    [
      'a penalty on a slope',
      penalty(a => grad((x: N) => a.mul(x).mul(x))(new NumberWithGrad(3))),
      84.00390625,
      'closed form 12 (6 w - 5) + w/512',
    ],
    [
      'a penalty on a slope, w detached',
      penalty(a => grad((x: N) => detach(a).mul(x).mul(x))(new NumberWithGrad(3))),
      0.00390625,
      'closed form w/512',
    ],
    ['x ** y by y, y and x at y = 0', third(byFirst(bySecond(bySecond(power)))), Math.LN2, 'closed form 2 log(x)/x'],
    ['x ** y by y, x and y at y = 0', third(bySecond(byFirst(bySecond(power)))), Math.LN2, 'closed form 2 log(x)/x'],
    ['x ** y by x, y and y at y = 0', third(bySecond(bySecond(byFirst(power)))), Math.LN2, 'closed form 2 log(x)/x'],
    [
      'a tie of three',
      () => grad((xs: N[]) => xs[0]!.max(...xs.slice(1)))([1, 1, 1]),
      [1 / 3, 1 / 3, 1 / 3],
      "a tie is shared: PyTorch's amax, JAX's max",
    ],
    [
      'a tie of two among five',
      () => grad((xs: N[]) => xs[0]!.min(...xs.slice(1)))([2, 1, 3, 1, 5]),
      [0, 0.5, 0, 0.5, 0],
      "a tie is shared: PyTorch's amin, JAX's min",
    ],
    [
      'a tie with itself and a constant',
      () => grad((x: N) => x.max(1, x, 0))(1),
      2 / 3,
      'a tie is shared: x has two of three shares',
    ],
    [
      'hvp of hypot',
      () => hvp(([x, y, z]: N[]) => x!.hypot(y!, z!))([0, 0, 2], [1, 1, 1]),
      [0.5, 0.5, 0],
      'closed form (δᵢⱼ - xᵢxⱼ/r²)/r, times the direction',
    ],
    [
      'a comparison with a number from outside',
      () => grad((x: N) => (x.gt(w()) ? x.mul(2) : x))(4),
      2,
      'exact: 2 x near 4',
    ],
    [
      'another leaf moves',
      () => {
        const [a, b] = [w(), w()]
        const y = a.mul(a)
        b.num = 5
        y.backward()
        return a.grad
      },
      6,
      'exact: 2 a',
    ],
    [
      'a leaf is assigned what it was',
      () => {
        const a = w()
        const y = a.mul(a)
        a.num = 3
        y.backward()
        return a.grad
      },
      6,
      'exact: 2 a',
    ],
    [
      'one of several roots',
      () => grad((xs: N[]) => xs.map(x => x.sqrt())[0]!)([1, 0]),
      [0.5, 0],
      'exact: 1/(2 √1), and the other is not used',
    ],
    [
      'a running maximum of roots',
      () => grad((xs: N[]) => xs.map(x => x.sqrt()).reduce((a, b) => a.max(b)))([4, 0]),
      [0.25, 0],
      'exact: 1/(2 √4), the larger one nearby too',
    ],
    ['a root that is not selected', () => grad((x: N) => x.sqrt().min(-5))(0), 0, 'exact: -5 nearby'],
    [
      'a root that is detached',
      () => grad((x: N) => detach(x.sqrt()).mul(x))(0),
      0,
      "detach(c) x has the derivative c: PyTorch's detach",
    ],
    [
      'a share of -Infinity',
      () => grad((xs: N[]) => softmax(xs)[1]!)([-Infinity, 0]),
      [0, 0],
      'limit of y₁(δ₁ⱼ - yⱼ) at x₀ → -∞',
    ],
    ['a square at 0', () => hessian(([x]) => x!.pow(2))([0]), [[2]], 'exact'],
    ['hypot beside 1 at 0', () => hessian(([x]) => x!.hypot(1))([0]), [[1]], 'closed form (x² + 1)^(-3/2)'],
    [
      'a power by both at 0',
      () => hessian(([x, y]) => x!.pow(y!))([0, 2]),
      [
        [2, 0],
        [0, 0],
      ],
      'limits of y(y - 1)x^(y - 2) and of x^y log x, mpmath',
    ],
    ['sign of -0', () => grad((x: N) => x.sign())(-0), 0, '0 at the jump too: PyTorch 1.13'],
    ['a frozen array', () => grad(([x]: readonly N[]) => x!.mul(2))(Object.freeze([3])), [2], 'exact'],
    ['a proxy', () => grad(([x]: N[]) => x!.mul(2))(new Proxy([3], {})), [2], 'exact'],
  ])('%s', (_, call, expected, source) => {
    expect(call(), source).toEqual(expected)
  })
})

describe('a value is NaN where none exists, or none can be found', () => {
  test.each<Lost>([
    ['sqrt(x) ** 2', () => grad((x: N) => x.sqrt().pow(2))(0), '1: it is x'],
    ['cbrt(x) ** 3', () => grad((x: N) => x.cbrt().pow(3))(0), '1: it is x'],
    ['1 / (1 / x)', () => grad((x: N) => x.rdiv(1).rdiv(1))(0), '1: it is x'],
    ['cos(3 acos(x))', () => grad((x: N) => x.acos().mul(3).cos())(1), "9: it is Chebyshev's 4 x³ - 3 x"],
    ['acos(x) ** 2', () => grad((x: N) => x.acos().pow(2))(1), '-2: the limit of -2 acos(x)/√(1 - x²)'],
    ['x log(x)', () => grad((x: N) => x.mul(x.log()))(0), "none: JavaScript's 0 * -Infinity is NaN"],
    ['sin(sqrt(x)) sqrt(x)', () => grad((x: N) => x.sqrt().sin().mul(x.sqrt()))(0), '1: it is x - x²/6 + …'],
    ['the root of a norm', () => grad((xs: N[]) => norm(xs).sqrt())([0]), 'none: √|x|'],
    ['0 times a root in dot', () => grad((x: N) => dot([x.sqrt(), x], [0, 1]))(0), '1: it is x'],
    ['0 times Infinity in prod', () => grad((xs: N[]) => prod(xs))([0, Infinity]), 'none: the value is NaN'],
    ['the Hessian of norm ** 2', () => hessian(xs => norm(xs).pow(2))([0]), '2: it is x²'],
    ['the Hessian of abs ** 2', () => hessian(([x]) => x!.abs().pow(2))([0]), '2: it is x²'],
    ['the Hessian of max(x, 0) ** 2', () => hessian(([x]) => x!.max(0).pow(2))([0]), 'none: 0 and 2 on its sides'],
    ['the Hessian of abs times sign', () => hessian(([x]) => x!.abs().mul(x!.sign()))([0]), '0: it is x'],
    ['the Hessian of atan2 at its cut', () => hessian(([x]) => x!.atan2(-1))([0]), 'none: a jump from -π to π'],
    ['the Hessian of % at a jump', () => hessian(([x]) => x!.mod(3))([6]), 'none: a jump from 3 to 0'],
    [
      'the Hessian of a square that is clamped',
      () => hessian(([x]) => x!.max(-1).min(1).pow(2))([1]),
      'none: 2 and 0 on its sides',
    ],
    ...(['floor', 'ceil', 'round', 'trunc', 'sign', 'sigmoid', 'abs'] as const).map(
      name => [`${name} of NaN`, () => grad((x: N) => x[name]())(NaN), 'none: the value is NaN'] as const,
    ),
    ['Infinity % 3', () => grad((x: N) => x.mod(3))(Infinity), 'none: the value is NaN'],
    ['min with NaN', () => grad((x: N) => x.min(NaN))(1), 'none: the value is NaN'],
  ])('%s', (_, call, truth) => {
    const numbers = [call()].flat(2)
    expect(numbers.length).toBeGreaterThan(0)
    for (const each of numbers) expect(each, `true: ${truth}`).toBeNaN()
  })
})
