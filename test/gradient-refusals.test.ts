/**
 * Gradients that cannot be said, and were plausible numbers once: each throws, for the reason that its row gives. Numbers from outside of a
 * derivative, leaves that moved, numbers of ended calls, rules of the user, and data of odd shapes.
 */
import { describe, expect, test } from 'vitest'
import {
  customRule,
  dot,
  ensureNumber,
  grad,
  hessian,
  jacobian,
  jvp,
  mean,
  NumberWithGrad,
  sgd,
  softmax,
  sum,
  valueAndGrad,
} from '../runtime/index.ts'

type N = NumberWithGrad
type Thrown = readonly [what: string, call: () => unknown, message: string, source: string]
const w = () => new NumberWithGrad(3)
const product = customRule({ name: 'product', value: (a: number, b: number) => a * b, partials: (a, b) => [b, a] })
const square = (partials: readonly unknown[]) =>
  customRule({ name: 'square', value: (x: number) => x * x, partials: () => partials as readonly number[] })
const flat = customRule({
  name: 'flat',
  value: (x: number) => x * x,
  partials: x => [2 * x],
  trackedPartials: x => [2 * Number(ensureNumber(x).num)],
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

const PLAIN =
  'the derivative by the number from outside has no place in a plain result: docs/guide/gradients-of-gradients.md'
const VERSIONS = 'it would be of neither value: version counters of PyTorch; decision 0028'
const ENDED = 'its slot belongs to another number now; decision 0027'

describe('what cannot be said throws', () => {
  test.each<Thrown>([
    ['outside: a penalty', met(a => grad((x: N) => a.mul(x).mul(x))(3)), outside, PLAIN],
    ['outside: a product', met(a => grad((x: N) => a.mul(x))(3)), outside, PLAIN],
    ['outside: a sum', met(a => grad((xs: N[]) => sum(xs.map(x => x.mul(a))))([1, 2])), outside, PLAIN],
    ['outside: dot', met(a => grad((xs: N[]) => dot(xs, [a]))([3])), outside, PLAIN],
    ['outside: a rule', met(a => valueAndGrad((x: N) => product(x, a))(3)), outside, PLAIN],
    ['outside: jvp', met(a => jvp((x: N) => x.mul(a))(3, 1)), outside, PLAIN],
    ['outside: hessian', met(a => hessian(([x]) => x!.mul(x!).mul(a))([3])), outside, PLAIN],
    ['outside: returned', met(a => grad((_: N) => a)(3)), outside, PLAIN],
    ['moved', moved(a => a.mul(a), 10), 'the `num` of a leaf, 10 now', VERSIONS],
    ['moved: to NaN', moved(a => a.mul(a), NaN), 'the `num` of a leaf, NaN now', VERSIONS],
    ['moved: softmax', moved(a => softmax([a, new NumberWithGrad(1)])[0]!, 4), 'the `num` of a leaf, 4 now', VERSIONS],
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
      VERSIONS,
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
      VERSIONS,
    ],
    ['kept: of grad', kept(take => grad(take)(3)), 'belongs to a call of grad', ENDED],
    ['kept: of jvp', kept(take => jvp(take)(3, 1)), 'belongs to a call of grad', ENDED],
    ['kept: of hessian', kept(take => hessian(([x]) => take(x!).mul(x!))([3])), 'belongs to a call of grad', ENDED],
    [
      'kept: of a call that threw',
      kept(take =>
        grad((x: N) => {
          take(x)
          throw new Error('own')
        })(3),
      ),
      'belongs to a call of grad',
      ENDED,
    ],
    [
      'a rule with too many partials',
      () => grad((x: N) => square([1, 2])(x))(3),
      'square: the rule must return one partial per operand; got 2 for 1',
      'one partial an operand: the chain rule',
    ],
    [
      'a rule whose partial is undefined',
      () => grad((x: N) => square([undefined])(x))(3),
      'square: each partial must be a number; the rule gave undefined',
      'undefined is no derivative',
    ],
    [
      'a rule whose trackedPartials are plain',
      () => hessian(([x]) => flat(x!))([3]),
      'flat: each of the trackedPartials must be a tracked number',
      'a plain partial would have the derivative 0; the true one is 2',
    ],
    [
      'a sum of nothing',
      () => sum([]),
      'sum: expected at least one number',
      'no number tells plain from tracked; decision 0029',
    ],
    ['a mean of nothing', () => mean([]), 'mean: expected at least one number', '0 / 0; NumPy warns and gives NaN'],
    [
      'a parameter twice',
      () => {
        const a = w()
        sgd([a, a], { rate: 0.1 })
      },
      'sgd: parameter 1 is parameter 0 again',
      'it would move twice; PyTorch warns',
    ],
    [
      'a hole',
      () => grad((xs: N[]) => xs[1]!)(Array(2).fill(2, 1)),
      'got undefined',
      'JavaScript: a hole is undefined',
    ],
    [
      'whole numbers of 64 bits',
      () => grad((x: unknown) => x as N)(new BigInt64Array(2) as never),
      'got an object of class BigInt64Array',
      'a bigint has no derivative',
    ],
    [
      'a Number',
      () => grad((x: N) => x)(Object(3)),
      'got an object of class Number',
      'no number: `===` compares objects',
    ],
    [
      'a result that contains itself',
      () =>
        jacobian((x: N) => {
          const row: unknown[] = [x]
          row.push(row)
          return row
        })(1),
      'jacobian: the result of f: expected numbers',
      'its Jacobian would have no end',
    ],
  ])('%s', (_, call, message, source) => {
    expect(call, source).toThrow(
      new RegExp(message.includes('(?:') ? message : message.replaceAll(/[()[\]$.*+?]/g, '\\$&')),
    )
  })
})
