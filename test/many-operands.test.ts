/**
 * max, min and hypot of more than two operands are one node, with exact derivatives of every order and ties shared by all; and the
 * stable forms that the ESLint preset writes have the derivatives of the text that they replace.
 */
import { describe, expect, test } from 'vitest'
import { variadic } from '../runtime/generated/core/variadic.ts'
import {
  dispatchMath,
  grad,
  hessian,
  hypot,
  logSigmoid,
  logSumExp,
  max,
  min,
  NumberWithGrad,
  type Numeric,
  norm,
  sigmoid,
  softplus,
} from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'

type Of = (xs: readonly NumberWithGrad[]) => Numeric

const { NaN: nan } = Number
const ways: Record<string, (name: 'max' | 'min' | 'hypot', xs: readonly Numeric[]) => NumberWithGrad> = {
  function: (name, xs) => ({ max, min, hypot })[name](...xs) as NumberWithGrad,
  'what lowered text calls': (name, xs) => dispatchMath(name, name, `r${name}`, ...xs) as NumberWithGrad,
  method: (name, [first, ...others]) =>
    typeof first === 'number' ? ways.function!(name, [first, ...others]) : first![name](...others),
}

describe.each(Object.entries(ways))('%s', (_way, call) => {
  test('one node with all operands', () => {
    const [a, b] = [new NumberWithGrad(2), new NumberWithGrad(3)]
    const y = call('hypot', [a, 6, b])
    expect([y.num, y.creation_op]).toEqual([7, 'hypot'])
    expect(y.depends_on.map(operand => operand.num)).toEqual([2, 6, 3])
    expect(y.depends_on[0]).toBe(a)
  })

  test.each<[string, Of, readonly number[], readonly number[], readonly (readonly number[])[]]>([
    [
      'hypot(x, y, z)',
      xs => call('hypot', xs),
      [0, 0, 2],
      [0, 0, 1],
      [
        [0.5, 0, 0],
        [0, 0.5, 0],
        [0, 0, 0],
      ],
    ],
    [
      '-1 / hypot(x, y, z)',
      xs => call('hypot', xs).rdiv(-1),
      [0, 0, 2],
      [0, 0, 0.25],
      [
        [0.125, 0, 0],
        [0, 0.125, 0],
        [0, 0, -0.25],
      ],
    ],
    [
      'hypot(0, x, y)',
      xs => call('hypot', [0, ...xs]),
      [0, 2],
      [0, 1],
      [
        [0.5, 0],
        [0, 0],
      ],
    ],
    [
      'hypot(0, 0, x, y)',
      xs => call('hypot', [0, 0, ...xs]),
      [0, 2],
      [0, 1],
      [
        [0.5, 0],
        [0, 0],
      ],
    ],
    [
      'hypot(x, 0, y)',
      ([x, y]) => call('hypot', [x!, 0, y!]),
      [0, 2],
      [0, 1],
      [
        [0.5, 0],
        [0, 0],
      ],
    ],
    [
      'hypot(x, y, 0) at 0',
      ([x, y]) => call('hypot', [x!, y!, 0]),
      [0, 0],
      [0, 0],
      [
        [nan, nan],
        [nan, nan],
      ],
    ],
    ['max(x, y, z) of equals', xs => call('max', xs), [1, 1, 1], [1 / 3, 1 / 3, 1 / 3], Array(3).fill([nan, nan, nan])],
    ['min(1, x, 1) of equals', ([x]) => call('min', [1, x!, 1]), [1], [1 / 3], [[nan]]],
    ['max(1, 1, x)', ([x]) => call('max', [1, 1, x!]), [1], [1 / 3], [[nan]]],
    [
      'max(x, y, z) of two equals',
      xs => call('max', xs),
      [2, 1, 2],
      [0.5, 0, 0.5],
      [
        [nan, 0, nan],
        [0, 0, 0],
        [nan, 0, nan],
      ],
    ],
    [
      'max(x², y, z)',
      ([x, y, z]) => call('max', [x!.mul(x!), y!, z!]),
      [2, 1, 3],
      [4, 0, 0],
      [
        [2, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'max(x, sqrt(y), 1 / z)',
      ([x, y, z]) => call('max', [x!, y!.sqrt(), z!.rdiv(-1)]),
      [2, 0, 0],
      [1, 0, 0],
      Array(3).fill([0, 0, 0]),
    ],
    [
      'max(x, y, NaN)',
      xs => call('max', [...xs, nan]),
      [1, 2],
      [nan, nan],
      [
        [nan, nan],
        [nan, nan],
      ],
    ],
  ])('%s: both engines, first and second order', (_text, f, at, gradient, second) => {
    expect(grad(f)(at).map(x => x + 0)).toEqual(gradient)
    const leaves = at.map(x => new NumberWithGrad(x))
    ;(f(leaves) as NumberWithGrad).backward({ createGraph: true })
    expect(leaves.map(leaf => leaf.grad)).toEqual(gradient)
    expect(leaves.map(leaf => leaf.trackedGrad!.num + 0)).toEqual(gradient)
    expect(hessian(f)([...at]).map(row => row.map(x => x + 0))).toEqual(second)
  })
})

test('of two operands they are the rows of the table', () => {
  let compared = 0
  for (const name of ['max', 'min', 'hypot'] as const)
    for (const a of [0, 1, -2, 3, 1e200, Infinity])
      for (const b of [0, 1, -2, 3, 1e-200]) {
        const y = rules[name].value(a, b)
        const partials = Array.from(variadic[name].partials([a, b], y), partial => partial ?? 0)
        expect(partials).toEqual(rules[name].partials.map(partial => partial(a, b, y)))
        compared++
      }
  expect(compared).toBe(90)
})

test('a number kept from a call that has ended, or none at all, throws with the name', () => {
  const x = new NumberWithGrad(1)
  expect(() => max(1, x, '2' as never)).toThrow(
    new TypeError('max: expected a number or a NumberWithGrad; got a string'),
  )
  expect(() => x.hypot(1, '2' as never)).toThrow('hypot: expected a number or a NumberWithGrad; got a string')
})

/** The text that the preset replaces, and what it writes. */
const forms: readonly (readonly [text: string, naive: Of, stable: Of, operands: number])[] = [
  ['log(1 + exp(x))', ([x]) => x!.exp().radd(1).log(), ([x]) => softplus(x!), 1],
  ['log1p(exp(x))', ([x]) => x!.exp().log1p(), ([x]) => softplus(x!), 1],
  ['log(sigmoid(x))', ([x]) => sigmoid(x!).log(), ([x]) => logSigmoid(x!), 1],
  ['log(1 - sigmoid(x))', ([x]) => sigmoid(x!).rsub(1).log(), ([x]) => logSigmoid(x!.neg()), 1],
  ['log1p(-sigmoid(x))', ([x]) => sigmoid(x!).neg().log1p(), ([x]) => logSigmoid(x!.neg()), 1],
  ['log(exp(x) + exp(y))', ([x, y]) => x!.exp().add(y!.exp()).log(), ([x, y]) => logSumExp([x!, y!]), 2],
  ['log(exp(x) + exp(y) + exp(z))', ([x, y, z]) => x!.exp().add(y!.exp()).add(z!.exp()).log(), xs => logSumExp(xs), 3],
  ['log(1 + x)', ([x]) => x!.radd(1).log(), ([x]) => x!.log1p(), 1],
  ['log(1 - x)', ([x]) => x!.rsub(1).log(), ([x]) => x!.neg().log1p(), 1],
  ['1 / (1 + exp(-x))', ([x]) => x!.neg().exp().radd(1).rdiv(1), ([x]) => sigmoid(x!), 1],
  ['1 / (1 + exp(x))', ([x]) => x!.exp().radd(1).rdiv(1), ([x]) => sigmoid(x!.neg()), 1],
  ['exp(x) / (1 + exp(x))', ([x]) => x!.exp().div(x!.exp().radd(1)), ([x]) => sigmoid(x!), 1],
  ['exp(x) - 1', ([x]) => x!.exp().sub(1), ([x]) => x!.expm1(), 1],
  ['sqrt(x * x + y * y)', ([x, y]) => x!.mul(x!).add(y!.mul(y!)).sqrt(), ([x, y]) => x!.hypot(y!), 2],
  ['sqrt(x ** 2 + y ** 2)', ([x, y]) => x!.pow(2).add(y!.pow(2)).sqrt(), ([x, y]) => x!.hypot(y!), 2],
  ['sqrt(1 + x * x)', ([x]) => x!.mul(x!).radd(1).sqrt(), ([x]) => hypot(1, x!), 1],
  [
    'sqrt(x * x + y * y + z * z)',
    ([x, y, z]) => x!.mul(x!).add(y!.mul(y!)).add(z!.mul(z!)).sqrt(),
    ([x, y, z]) => x!.hypot(y!, z!),
    3,
  ],
  ['sqrt(1 + x * x + y * y)', ([x, y]) => x!.mul(x!).radd(1).add(y!.mul(y!)).sqrt(), xs => hypot(1, ...xs), 2],
]
const points = [0, 1, -1, 0.5, 2, -3.25, 1.75, 20, -20]

test.each(forms)(
  'the stable form of %s has its first and second derivatives, where it has any',
  (text, naive, stable, operands) => {
    const at = points.flatMap((x, i) => [
      [x, points[(i + 2) % 9]!, points[(i + 5) % 9]!].slice(0, operands),
      [0, 0, 2].slice(-operands),
    ])
    let compared = 0
    for (const xs of at) {
      const [before, after] = [naive, stable].map(f => [...grad(f)(xs), ...hessian(f)([...xs]).flat()])
      before!.forEach((derivative, i) => {
        if (!Number.isFinite(derivative)) return
        // the text loses digits, the stable form does not: 1e-6 of the greatest
        expect(Math.abs(derivative - after![i]!), `${text} at ${xs}: ${before} and ${after}`).toBeLessThan(1e-6)
        compared++
      })
    }
    expect(compared).toBeGreaterThan(8)
  },
)

test('norm is hypot of an array', () => {
  expect(hessian(xs => norm(xs))([0, 0, 2])).toEqual(hessian(xs => hypot(...xs))([0, 0, 2]))
})
