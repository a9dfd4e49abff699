/**
 * One table of each kind of gradient that was wrong once, with neighbours of the first case: functions of many operands, numbers from outside,
 * leaves that moved, zeros that hide an infinity, kinks, numbers of ended calls, conventions, and data of odd shapes.
 */
import { describe, expect, test } from 'vitest'
import {
  customRule,
  detach,
  dot,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  mean,
  NumberWithGrad,
  norm,
  prod,
  sgd,
  softmax,
  sum,
  valueAndGrad,
} from '../runtime/index.ts'

type N = NumberWithGrad
type Found = readonly [what: string, call: () => unknown, expected: unknown]
type Thrown = readonly [what: string, call: () => unknown, message: string]
const w = () => new NumberWithGrad(3)
const product = customRule({ name: 'product', value: (a: number, b: number) => a * b, partials: (a, b) => [b, a] })
const square = (partials: readonly unknown[]) =>
  customRule({ name: 'square', value: (x: number) => x * x, partials: () => partials as readonly number[] })

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
    ],
    [
      'norm of three',
      () => hessian(xs => norm(xs))([0, 0, 2]),
      [
        [0.5, 0, 0],
        [0, 0.5, 0],
        [0, 0, 0],
      ],
    ],
    [
      'hypot of four large',
      () => grad((xs: N[]) => xs[0]!.hypot(...xs.slice(1)))([1e200, 1e200, 1e200, 1e200]),
      [0.5, 0.5, 0.5, 0.5],
    ],
    ['a tie of three', () => grad((xs: N[]) => xs[0]!.max(...xs.slice(1)))([1, 1, 1]), [1 / 3, 1 / 3, 1 / 3]],
    [
      'a tie of two among five',
      () => grad((xs: N[]) => xs[0]!.min(...xs.slice(1)))([2, 1, 3, 1, 5]),
      [0, 0.5, 0, 0.5, 0],
    ],
    ['a tie with itself and a constant', () => grad((x: N) => x.max(1, x, 0))(1), 2 / 3],
    ['hvp of hypot', () => hvp(([x, y, z]: N[]) => x!.hypot(y!, z!))([0, 0, 2], [1, 1, 1]), [0.5, 0.5, 0]],
    ['a comparison with a number from outside', () => grad((x: N) => (x.gt(w()) ? x.mul(2) : x))(4), 2],
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
    ],
    ['one of several roots', () => grad((xs: N[]) => xs.map(x => x.sqrt())[0]!)([1, 0]), [0.5, 0]],
    [
      'a running maximum of roots',
      () => grad((xs: N[]) => xs.map(x => x.sqrt()).reduce((a, b) => a.max(b)))([4, 0]),
      [0.25, 0],
    ],
    ['a root that is not selected', () => grad((x: N) => x.sqrt().min(-5))(0), 0],
    ['a root that is detached', () => grad((x: N) => detach(x.sqrt()).mul(x))(0), 0],
    ['a share of -Infinity', () => grad((xs: N[]) => softmax(xs)[1]!)([-Infinity, 0]), [0, 0]],
    ['a square at 0', () => hessian(([x]) => x!.pow(2))([0]), [[2]]],
    ['hypot beside 1 at 0', () => hessian(([x]) => x!.hypot(1))([0]), [[1]]],
    [
      'a power by both at 0',
      () => hessian(([x, y]) => x!.pow(y!))([0, 2]),
      [
        [2, 0],
        [0, 0],
      ],
    ],
    ['sign of -0', () => grad((x: N) => x.sign())(-0), 0],
    ['a frozen array', () => grad(([x]: readonly N[]) => x!.mul(2))(Object.freeze([3])), [2]],
    ['a proxy', () => grad(([x]: N[]) => x!.mul(2))(new Proxy([3], {})), [2]],
  ])('%s', (_, call, expected) => {
    expect(call()).toEqual(expected)
  })
})

describe('a value is NaN where none exists, or none can be found', () => {
  test.each<readonly [string, () => unknown]>([
    ['sqrt(x) ** 2', () => grad((x: N) => x.sqrt().pow(2))(0)],
    ['cbrt(x) ** 3', () => grad((x: N) => x.cbrt().pow(3))(0)],
    ['1 / (1 / x)', () => grad((x: N) => x.rdiv(1).rdiv(1))(0)],
    ['cos(3 acos(x))', () => grad((x: N) => x.acos().mul(3).cos())(1)],
    ['acos(x) ** 2', () => grad((x: N) => x.acos().pow(2))(1)],
    ['x log(x)', () => grad((x: N) => x.mul(x.log()))(0)],
    ['sin(sqrt(x)) sqrt(x)', () => grad((x: N) => x.sqrt().sin().mul(x.sqrt()))(0)],
    ['the root of a norm', () => grad((xs: N[]) => norm(xs).sqrt())([0])],
    ['0 times a root in dot', () => grad((x: N) => dot([x.sqrt(), x], [0, 1]))(0)],
    ['0 times Infinity in prod', () => grad((xs: N[]) => prod(xs))([0, Infinity])],
    ['the Hessian of norm ** 2', () => hessian(xs => norm(xs).pow(2))([0])],
    ['the Hessian of abs ** 2', () => hessian(([x]) => x!.abs().pow(2))([0])],
    ['the Hessian of max(x, 0) ** 2', () => hessian(([x]) => x!.max(0).pow(2))([0])],
    ['the Hessian of abs times sign', () => hessian(([x]) => x!.abs().mul(x!.sign()))([0])],
    ['the Hessian of atan2 at its cut', () => hessian(([x]) => x!.atan2(-1))([0])],
    ['the Hessian of % at a jump', () => hessian(([x]) => x!.mod(3))([6])],
    ['the Hessian of a square that is clamped', () => hessian(([x]) => x!.max(-1).min(1).pow(2))([1])],
    ...(['floor', 'ceil', 'round', 'trunc', 'sign', 'sigmoid', 'abs'] as const).map(
      name => [`${name} of NaN`, () => grad((x: N) => x[name]())(NaN)] as const,
    ),
    ['Infinity % 3', () => grad((x: N) => x.mod(3))(Infinity)],
    ['min with NaN', () => grad((x: N) => x.min(NaN))(1)],
  ])('%s', (_, call) => {
    const numbers = [call()].flat(2)
    expect(numbers.length).toBeGreaterThan(0)
    for (const each of numbers) expect(each).toBeNaN()
  })
})

const moved = (use: (a: N) => N, value: number) => () => {
  const a = w()
  const y = use(a)
  a.num = value
  y.backward()
}
const kept = (keep: (take: (x: N) => N) => unknown) => () => {
  let number: N | undefined
  try {
    keep(x => {
      number ??= x
      return x
    })
  } catch {}
  return number!.mul(2)
}
const met = (call: (a: N) => unknown) => () => call(w())
const outside = /^\w+: (?:`\w+` met|f returned) a NumberWithGrad from outside of the function, of value 3/.source

describe('what cannot be said throws', () => {
  test.each<Thrown>([
    ['outside: a product', met(a => grad((x: N) => a.mul(x))(3)), outside],
    ['outside: a sum', met(a => grad((xs: N[]) => sum(xs.map(x => x.mul(a))))([1, 2])), outside],
    ['outside: dot', met(a => grad((xs: N[]) => dot(xs, [a]))([3])), outside],
    ['outside: a rule', met(a => valueAndGrad((x: N) => product(x, a))(3)), outside],
    ['outside: jvp', met(a => jvp((x: N) => x.mul(a))(3, 1)), outside],
    ['outside: hessian', met(a => hessian(([x]) => x!.mul(x!).mul(a))([3])), outside],
    ['outside: returned', met(a => grad((_: N) => a)(3)), outside],
    ['moved', moved(a => a.mul(a), 10), 'the `num` of a leaf, 10 now'],
    ['moved: to NaN', moved(a => a.mul(a), NaN), 'the `num` of a leaf, NaN now'],
    ['moved: softmax', moved(a => softmax([a, new NumberWithGrad(1)])[0]!, 4), 'the `num` of a leaf, 4 now'],
    [
      'moved: and back',
      () => {
        const a = w()
        const y = a.mul(a)
        a.num = 4
        a.num = 3
        y.backward()
      },
      'the `num` of a leaf, 3 now',
    ],
    [
      'moved: by a step',
      () => {
        const a = w()
        const [y, z] = [a.mul(a), a.mul(2)]
        y.backward()
        sgd([a], { rate: 0.1 })
        z.backward()
      },
      'the `num` of a leaf, 2.4 now',
    ],
    ['kept: of grad', kept(take => grad(take)(3)), 'belongs to a call of grad'],
    ['kept: of jvp', kept(take => jvp(take)(3, 1)), 'belongs to a call of grad'],
    ['kept: of hessian', kept(take => hessian(([x]) => take(x!).mul(x!))([3])), 'belongs to a call of grad'],
    [
      'kept: of a call that threw',
      kept(take =>
        grad((x: N) => {
          take(x)
          throw new Error('own')
        })(3),
      ),
      'belongs to a call of grad',
    ],
    [
      'a rule with too many partials',
      () => grad((x: N) => square([1, 2])(x))(3),
      'square: the rule must return one partial per operand; got 2 for 1',
    ],
    [
      'a rule whose partial is undefined',
      () => grad((x: N) => square([undefined])(x))(3),
      'square: each partial must be a number; the rule gave undefined',
    ],
    ['a mean of nothing', () => mean([]), 'mean: expected at least one number'],
    [
      'a parameter twice',
      () => {
        const a = w()
        sgd([a, a], { rate: 0.1 })
      },
      'sgd: parameter 1 is parameter 0 again',
    ],
    ['a hole', () => grad((xs: N[]) => xs[1]!)(Array(2).fill(2, 1)), 'got undefined'],
    [
      'whole numbers of 64 bits',
      () => grad((x: unknown) => x as N)(new BigInt64Array(2) as never),
      'got an object of class BigInt64Array',
    ],
    ['a Number', () => grad((x: N) => x)(Object(3)), 'got an object of class Number'],
    [
      'a result that contains itself',
      () =>
        jacobian((x: N) => {
          const row: unknown[] = [x]
          row.push(row)
          return row
        })(1),
      'jacobian: the result of f: expected numbers',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(new RegExp(message.includes('(?:') ? message : message.replaceAll(/[()[\]$.*+?]/g, '\\$&')))
  })
})
