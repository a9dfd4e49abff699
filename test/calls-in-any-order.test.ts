/** What a call of a verb finds does not depend on the calls before it: rows that look at gradients inside of derivatives, in random orders. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  customRule,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  logSumExp,
  NumberWithGrad,
  noGrad,
  softmax,
  vjp,
} from '../runtime/index.ts'
import { countOr, seed } from './random.ts'

const throwing = customRule({
  name: 'throwing',
  value: (x: number) => x,
  partials: (): [number] => {
    throw new Error('a rule that throws')
  },
})
const inner = customRule({
  name: 'inner',
  value: (x: number) => x * x,
  partials: x => [grad((y: NumberWithGrad) => y.mul(y))(x)],
})

/** What the gradients of numbers are inside of a derivative, before and after a `backward()` there. */
function seen(verb: (f: (x: NumberWithGrad) => NumberWithGrad) => void, at: (x: NumberWithGrad) => NumberWithGrad) {
  const found: (number | null)[] = []
  verb(x => {
    const y = at(x)
    found.push(x.grad, y.grad)
    y.backward()
    found.push(x.grad, y.grad)
    return y
  })
  return found
}
/** What a call throws. */
function thrownBy(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}
const square = (x: NumberWithGrad) => x.mul(x)

const rows: readonly (readonly [name: string, call: () => unknown, value: unknown])[] = [
  ['a leaf', () => grad((x: NumberWithGrad) => (x.backward(), x.mul(x.grad!)))(3), 1],
  ['backward inside of grad', () => seen(f => grad(f)(3), square), [null, null, 6, 1]],
  [
    'of several',
    () => seen(f => grad(([x, y]: NumberWithGrad[]) => f(x!.mul(y!)))([3, 4]), square),
    [null, null, 24, 1],
  ],
  ['inside of valueAndGrad', () => grad((x: NumberWithGrad) => (square(x).backward(), x.mul(x.grad!)))(3), 6],
  ['inside of jvp', () => seen(f => jvp(f)(3, 1), square), [null, null, 6, 1]],
  ['inside of vjp', () => seen(f => vjp(f)(3, 2), square), [null, null, 6, 1]],
  ['inside of hvp', () => seen(f => hvp(f)(3, 2), square), [null, null, 6, 1]],
  ['inside of hessian', () => seen(f => hessian(f)(3), square), [null, null, 6, 1]],
  ['inside of jacobian', () => seen(f => jacobian((x: NumberWithGrad) => [f(x), x])(3), square), [null, null, 6, 1]],
  ['of a tracked argument', () => seen(f => grad(f)(new NumberWithGrad(3)), square), [null, null, 6, 1]],
  [
    'inside of an inner derivative',
    () => seen(f => grad((x: NumberWithGrad) => grad((y: NumberWithGrad) => f(y.mul(x)))(x))(3), square),
    [null, null, 18, 1],
  ],
  [
    'createGraph',
    () => {
      let found: unknown
      grad((x: NumberWithGrad) => {
        square(x).backward({ createGraph: true })
        found = [x.grad, x.trackedGrad?.num]
        return x
      })(3)
      return found
    },
    [6, 6],
  ],
  [
    'a leaf of its own',
    () => seen(f => grad((x: NumberWithGrad) => f(new NumberWithGrad(5)).mul(x))(3), square),
    [null, null, 10, 1],
  ],
  [
    'a rule that throws',
    () => thrownBy(() => grad((x: NumberWithGrad) => throwing(x).mul(x))(2)),
    'a rule that throws',
  ],
  [
    'a rule that throws inside',
    () =>
      grad((x: NumberWithGrad) => {
        thrownBy(() => throwing(x).mul(x).backward())
        return x.mul(2)
      })(2),
    2,
  ],
  [
    'a function that throws behind backward',
    () =>
      thrownBy(() =>
        hvp((x: NumberWithGrad): NumberWithGrad => {
          square(x).backward()
          throw new Error('thrown')
        })(2, 1),
      ),
    'thrown',
  ],
  ['a rule with a derivative inside', () => grad((x: NumberWithGrad) => inner(x).mul(x))(3), 27],
  ['noGrad', () => noGrad(() => grad(square)(3)), 6],
  ['many slots', () => grad((xs: NumberWithGrad[]) => logSumExp(xs))([1, 1]), [0.5, 0.5]],
  [
    'more slots',
    () => jacobian((xs: NumberWithGrad[]) => softmax(xs))([0, 0]),
    [
      [0.25, -0.25],
      [-0.25, 0.25],
    ],
  ],
]

test.each(rows)('%s, twice', (_, call, value) => {
  expect([call(), call()]).toEqual([value, value])
})

test('rows in random orders', () => {
  const order = fc.array(fc.nat(rows.length - 1), { minLength: 2, maxLength: 12 })
  let calls = 0
  fc.assert(
    fc.property(order, places => {
      for (const place of places) {
        const [name, call, value] = rows[place]!
        expect(call(), name).toEqual(value)
        calls++
      }
    }),
    { numRuns: countOr(200), seed },
  )
  expect(calls).toBeGreaterThan(400)
})
