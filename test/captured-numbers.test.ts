/** A verb on plain arguments whose function meets tracked numbers from outside throws; each way on gives the right derivative. */
import { describe, expect, test } from 'vitest'
import {
  customRule,
  detach,
  dot,
  ensureNumber,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  NumberWithGrad,
  type Numeric,
  noGrad,
  sum,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'

type Program = (xs: readonly NumberWithGrad[]) => Numeric
/** Each verb at one number, on an array of it: a plain one, or a tracked one. The result is a derivative of f. */
type Verb = (f: Program, at: Numeric) => Numeric

const one = <T>(xs: unknown): T => (Array.isArray(xs) ? one(xs.at(-1)) : (xs as T))
const verbs: Record<string, Verb> = {
  grad: (f, at) => one(grad(f)([at])),
  'grad of one number': (f, at) => one(grad((x: NumberWithGrad) => f([x]))(at as number)),
  'grad of a record': (f, at) => one((grad(({ x }: { x: NumberWithGrad }) => f([x]))({ x: at }) as { x: Numeric }).x),
  'grad of two arguments': (f, at) => grad((x, _y: NumberWithGrad) => f([x]) as never)(at, 2)[0]!,
  valueAndGrad: (f, at) => one(valueAndGrad(f)([at])),
  jvp: (f, at) => one(jvp(f)([at], [1])),
  vjp: (f, at) => one(vjp(f)([at], 1)),
  jacobian: (f, at) => one(jacobian(xs => [f(xs)])([at])),
}
const second: Record<string, Verb> = {
  hvp: (f, at) => one(hvp(f)([at], [1])),
  hessian: (f, at) => one(hessian(f)([at])),
  'grad of grad': (f, at) => grad((x: NumberWithGrad) => one(grad(f)([x])))(at as number),
}
const all = { ...verbs, ...second }

const product = customRule({
  name: 'product',
  value: (a: number, b: number) => a * b,
  partials: (a, b) => [b, a],
  trackedPartials: (a, b) => [b, a],
})

/** w x² in each way in which the two may meet. */
const positions: Record<string, (w: NumberWithGrad, x: NumberWithGrad) => Numeric> = {
  'w * x': (w, x) => w.mul(x).mul(x),
  'x * w': (w, x) => x.mul(w).mul(x),
  'w of mul by a constant': (w, x) => w.mul(1).mul(x).mul(x),
  'x / (1 / w)': (w, x) => x.div(w.rdiv(1)).mul(x),
  dot: (w, x) => dot([w], [x]).mul(x),
  sum: (w, x) => (sum([w, x]) as NumberWithGrad).sub(x).mul(x).mul(x),
  'a rule of mine': (w, x) => product(w, x).mul(x),
}

const told =
  /^(grad|valueAndGrad|jvp|vjp|jacobian|hvp|hessian): `\w+` met a NumberWithGrad from outside of the function, of value \d/

describe.each(Object.entries(all))('%s', (name, verb) => {
  const times = name in second ? 2 : 6 // of w x², by x at 3

  test.each(Object.entries(positions))('%s', (_, f) => {
    const leaf = new NumberWithGrad(5)
    const isTold = (w: NumberWithGrad) => {
      expect(() => verb(([x]) => f(w, x!), 3)).toThrow(told)
      expect(() => verb(([x]) => f(w, x!), 3)).toThrow('detach(w)')
      expect(() => verb(([x]) => f(w, x!), 3)).toThrow('slope(new NumberWithGrad(3))')
    }
    isTold(leaf)
    isTold(leaf.mul(2)) // a result
    isTold(grad((x: NumberWithGrad) => x.mul(x))(new NumberWithGrad(5))) // a result of a verb

    // constants
    const constants: Record<string, () => NumberWithGrad> = {
      'detached inside': () => detach(leaf),
      'made inside': () => new NumberWithGrad(5),
      'made inside by ensureNumber': () => ensureNumber(5),
      'computed inside of noGrad': () => noGrad(() => leaf.mul(1)),
    }
    for (const [how, make] of Object.entries(constants))
      expect(
        verb(([x]) => f(make(), x!), 3),
        how,
      ).toBeCloseTo(times * 5, 12)
    const detached = detach(leaf)
    expect(verb(([x]) => f(detached, x!), 3)).toBeCloseTo(times * 5, 12)
    const computed = noGrad(() => leaf.mul(leaf))
    expect(verb(([x]) => f(computed, x!), 3)).toBeCloseTo(times * 25, 12)
    expect(noGrad(() => verb(([x]) => f(leaf, x!), 3))).toBeCloseTo(times * 5, 12)
    expect(leaf.grad).toBe(null)

    // derivatives by both
    const x = new NumberWithGrad(3)
    const slope = verb(([x]) => f(leaf, x!), x) as NumberWithGrad
    expect(slope.num).toBeCloseTo(times * 5, 12)
    slope.backward()
    expect(leaf.grad).toBeCloseTo(times, 12)
    expect(x.grad ?? 0).toBeCloseTo(name in second ? 0 : 10, 12)

    // inside of another derivative, captured from its arguments
    const mixed = grad((w: NumberWithGrad) => verb(([x]) => f(w, x!), 3))
    expect(mixed(5)).toBeCloseTo(times, 12)
    expect(() => grad((v: NumberWithGrad) => v.mul(verb(([x]) => f(leaf, x!), 3) as NumberWithGrad))(5)).toThrow(told)
  })

  test('a function that returns the number itself', () => {
    const w = new NumberWithGrad(5)
    expect(() => verb(() => w, 3)).toThrow('f returned a NumberWithGrad from outside of the function, of value 5')
    expect(verb(() => detach(w), 3)).toBe(0)
    expect(verb(() => new NumberWithGrad(5), 3)).toBe(0)
  })
})

test('comparisons and values of captured numbers are no derivatives', () => {
  const w = new NumberWithGrad(5)
  expect(grad((x: NumberWithGrad) => (w.gt(3) ? x.mul(w.num) : x))(3)).toBe(5)
})

test('a whole training inside of a function, with its own numbers', () => {
  const f = grad((x: NumberWithGrad) => {
    const w = new NumberWithGrad(0)
    for (let step = 0; step < 200; step++) {
      w.clearGrad()
      w.sub(2).pow(2).backward()
      w.num -= 0.1 * w.grad!
    }
    return x.mul(x).mul(w)
  })
  expect(f(3)).toBeCloseTo(12, 10)
})

test('numbers of a derivative inside of noGrad are constants around it', () => {
  const f = grad((x: NumberWithGrad) => {
    let made: NumberWithGrad | undefined
    noGrad(() =>
      grad((y: NumberWithGrad) => {
        made = new NumberWithGrad(7)
        return y.mul(x).mul(made)
      })(2),
    )
    return x.mul(made!)
  })
  expect(f(3)).toBe(7)
})

test('the gradient penalty', () => {
  const w = new NumberWithGrad(3)
  const slope = grad((x: NumberWithGrad) => w.mul(x).mul(x))
  expect(() => slope(3)).toThrow('grad: `mul` met a NumberWithGrad from outside of the function, of value 3.')
  const loss = slope(new NumberWithGrad(3)).sub(5).pow(2).add(w.pow(2).mul(0.001))
  loss.backward()
  // d/dw ((6 w - 5)² + 0.001 w²) = 12 (6 w - 5) + 0.002 w
  expect(w.grad).toBeCloseTo(12 * 13 + 0.006, 10)
})
