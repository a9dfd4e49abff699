/**
 * Points where a derivative is a convention or easily gets lost: what PyTorch 1.13.0 (CPU, float64) printed there, and where we
 * differ, why. In reverse mode, on recycled numbers too, and in forward mode.
 */
import { expect, test } from 'vitest'
import {
  abs,
  cbrt,
  grad,
  hypot,
  jvp,
  log,
  logSigmoid,
  logSumExp,
  max,
  min,
  NumberWithGrad,
  type Numeric,
  norm,
  prod,
  sigmoid,
  softmax,
  softplus,
  sqrt,
  tanh,
  valueAndGrad,
} from '../runtime/index.ts'

type Scalar = (...xs: NumberWithGrad[]) => Numeric
/** What PyTorch printed; then, if ours is another, ours and the reason. */
type Row = readonly [
  name: string,
  f: Scalar,
  at: readonly number[],
  pytorch: readonly number[],
  ours?: readonly number[],
  why?: string,
]

const { PI, LN2 } = Math
const inf = Number.POSITIVE_INFINITY
const { NaN: nan } = Number
const hidden = 'a finite derivative of a NaN value hides the error'
const rounded = "PyTorch's formula loses the digits"

const rows: readonly Row[] = [
  ['x ** 0', x => x.pow(0), [0], [0]],
  ['x ** 1', x => x.pow(1), [0], [1]],
  ['x ** 2', x => x.pow(2), [0], [0]],
  ['x ** 0.5', x => x.pow(0.5), [0], [inf]],
  ['x ** -1', x => x.pow(-1), [0], [-inf]],
  ['x ** 3', x => x.pow(3), [-2], [12]],
  ['x ** 0.5', x => x.pow(0.5), [-2], [nan]],
  ['x ** -2', x => x.pow(-2), [-2], [0.25]],
  ['x ** y', (x, y) => x!.pow(y!), [0, 0], [0, 0]],
  ['x ** y', (x, y) => x!.pow(y!), [0, 1], [1, 0]],
  ['x ** y', (x, y) => x!.pow(y!), [0, 0.5], [inf, 0]],
  ['x ** y', (x, y) => x!.pow(y!), [0, -1], [-inf, -inf]],
  ['x ** y', (x, y) => x!.pow(y!), [2, 0], [0, LN2]],
  ['x ** y', (x, y) => x!.pow(y!), [-2, 3], [12, nan]],
  ['x ** y', (x, y) => x!.pow(y!), [-2, 2], [-4, nan]],
  ['x ** y', (x, y) => x!.pow(y!), [1, inf], [inf, 0], [nan, nan], "JavaScript's 1 ** Infinity is NaN"],
  ['x ** y', (x, y) => x!.pow(y!), [inf, 0], [0, inf]],
  ['0 ** y', y => y.rpow(0), [2], [0]],
  ['0 ** y', y => y.rpow(0), [0], [0]],
  ['(-2) ** y', y => y.rpow(-2), [2], [nan]],
  ['sqrt', sqrt, [0], [inf]],
  ['sqrt', sqrt, [-0], [-inf]],
  ['sqrt', sqrt, [-1], [nan]],
  ['cbrt, as x ** (1 / 3)', cbrt, [0], [inf]],
  ['1 / sqrt(x)', x => sqrt(x).rdiv(1), [0], [-inf]],
  ['abs', abs, [0], [0]],
  ['abs', abs, [-0], [0]],
  ['sign', x => x.sign(), [0], [0]],
  ['relu, as max(x, 0) below 0', x => max(x, 0), [-1], [0]],
  ['max(x, y)', (x, y) => max(x!, y!), [2, 2], [0.5, 0.5]],
  ['min(x, y)', (x, y) => min(x!, y!), [2, 2], [0.5, 0.5]],
  ['max(x, x)', x => max(x, x), [2], [1]],
  ['log', log, [0], [inf]],
  ['log', log, [-1], [-1], [nan], hidden],
  ['log1p', x => x.log1p(), [-1], [inf]],
  ['log1p', x => x.log1p(), [1e-20], [1]],
  ['log2', x => x.log2(), [0], [inf]],
  ['log10', x => x.log10(), [0], [inf]],
  ['x * log(x)', x => x.mul(log(x)), [0], [nan]],
  ['expm1', x => x.expm1(), [1e-20], [1]],
  ['exp', x => x.exp(), [1000], [inf]],
  ['exp', x => x.exp(), [-1000], [0]],
  ['atan2(y, x)', (y, x) => y!.atan2(x!), [0, 0], [nan, nan]],
  ['atan2(y, x)', (y, x) => y!.atan2(x!), [0, -1], [-1, 0]],
  ['atan2(y, x)', (y, x) => y!.atan2(x!), [1e-200, 1e-200], [inf, -inf], [5e199, -5e199], rounded],
  ['atan2(y, x)', (y, x) => y!.atan2(x!), [1e200, 1e200], [0, 0], [5e-201, -5e-201], rounded],
  ['hypot(x, y)', (x, y) => hypot(x!, y!), [0, 0], [nan, nan], [0, 0], 'a subgradient, as its norm'],
  ['hypot(x, y)', (x, y) => hypot(x!, y!), [3, 4], [0.6, 0.8]],
  ['hypot(x, y)', (x, y) => hypot(x!, y!), [1e200, 1e200], [0.7071067811865475, 0.7071067811865475]],
  ['sqrt(x * x + y * y)', (x, y) => sqrt(x!.mul(x!).add(y!.mul(y!))), [0, 0], [nan, nan]],
  ['norm([x, y])', (x, y) => norm([x!, y!]), [0, 0], [0, 0]],
  ['x > 0 ? sqrt(x) : 0', x => (x.gt(0) ? sqrt(x) : 0), [0], [nan], [0], 'a real branch: the other one is not there'],
  ['x > 0 ? 1 / x : 0', x => (x.gt(0) ? x.rdiv(1) : 0), [0], [nan], [0], 'a real branch: the other one is not there'],
  ['sigmoid', sigmoid, [800], [0]],
  ['sigmoid', sigmoid, [-800], [0]],
  ['logSigmoid', logSigmoid, [-800], [1]],
  ['softplus', softplus, [800], [1]],
  ['softplus', softplus, [-800], [0]],
  ['softplus', softplus, [0], [0.5]],
  ['softplus', softplus, [25], [1], [0.999999999986112], 'exact; PyTorch takes x from 20 on'],
  ['tanh', tanh, [1000], [0]],
  [
    'logSumExp',
    (x, y) => logSumExp([x!, y!]),
    [1000, 1000],
    [0.5000000000000275, 0.5000000000000275],
    [0.5, 0.5],
    rounded,
  ],
  ['logSumExp', (x, y) => logSumExp([x!, y!]), [-inf, -inf], [nan, nan]],
  ['logSumExp', (x, y) => logSumExp([x!, y!]), [-inf, 0], [0, 1]],
  ['softmax', (x, y) => softmax([x!, y!])[0]!, [1000, 0], [0, 0]],
  ['asin', x => x.asin(), [1], [inf]],
  ['acos', x => x.acos(), [1], [-inf]],
  ['acosh', x => x.acosh(), [1], [inf]],
  ['atanh', x => x.atanh(), [1], [inf]],
  ['tan', x => x.tan(), [PI / 2], [2.6670937881135714e32]],
  ['floor', x => x.floor(), [1], [0]],
  ['round', x => x.round(), [0.5], [0]],
  ['x % y, as fmod', (x, y) => x!.mod(y!), [-5, 3], [1, 1]],
  ['x % y', (x, y) => x!.mod(y!), [6, 3], [1, -2]],
  ['1 / x', x => x.rdiv(1), [0], [-inf]],
  ['1 / x', x => x.rdiv(1), [-0], [-inf]],
  ['x / y', (x, y) => x!.div(y!), [0, 0], [inf, nan], [nan, nan], hidden],
  ['0 * x', x => x.rmul(0), [inf], [0], [nan], hidden],
  ['x - x', x => x.sub(x), [inf], [0], [nan], hidden],
  ['prod([x, y, z])', (...xs) => prod(xs), [0, 2, 3], [6, 0, 0]],
  ['prod([x, y, z])', (...xs) => prod(xs), [0, 0, 3], [0, 0, 0]],
]

const ways: Record<string, (f: Scalar, at: readonly number[]) => number[]> = {
  'backward()'(f, at) {
    const leaves = at.map(x => new NumberWithGrad(x))
    const y = f(...leaves)
    if (typeof y !== 'number') y.backward()
    return leaves.map(leaf => leaf.grad ?? 0)
  },
  valueAndGrad: (f, at) => valueAndGrad((xs: NumberWithGrad[]) => f(...xs))([...at])[1],
  jvp: (f, at) =>
    at.map(
      (_, i) =>
        jvp((xs: NumberWithGrad[]) => f(...xs))(
          [...at],
          at.map((_x, k) => +(k === i)),
        )[1],
    ),
}

test('the table is as long as it was', () => expect(rows.length).toBeGreaterThan(75))

test.each(Object.entries(ways))('%s gives what PyTorch gives, but where we say why not', (_way, derivatives) => {
  for (const [name, f, at, pytorch, ours, why] of rows) {
    expect(why === undefined).toBe(ours === undefined)
    const found = derivatives(f, at)
    found.forEach((derivative, i) => {
      const expected = (ours ?? pytorch)[i]!
      const where = `${name} at ${at}: ${found}`
      if (Number.isFinite(expected))
        expect(Math.abs(derivative - expected), where).toBeLessThanOrEqual(2e-15 * Math.abs(expected))
      else expect(derivative, where).toBe(expected)
    })
  }
})

test.each<[string, (x: NumberWithGrad) => Numeric, number, readonly [number, number]]>([
  ['x ** 2', x => x.pow(2), 0, [0, 2]],
  ['x ** 1', x => x.pow(1), 0, [1, 0]],
  ['x ** 3', x => x.pow(3), 0, [0, 0]],
  ['x ** 1.5', x => x.pow(1.5), 0, [0, inf]],
  // not PyTorch's 0 for the second: it does not exist
  ['abs', abs, 0, [0, nan]],
  ['relu', x => max(x, 0), 1, [1, 0]],
  ['sqrt(x ** 2)', x => sqrt(x.pow(2)), 0, [nan, nan]],
  ['sigmoid', sigmoid, 800, [0, 0]],
  ['softplus', softplus, 800, [1, 0]],
  ['tanh', tanh, 0, [1, 0]],
])('the first two derivatives of %s are those of PyTorch, or say why not', (_name, f, x, [first, second]) => {
  expect(grad(f)(x) + 0).toBe(first)
  expect(grad((a: NumberWithGrad) => grad(f)(a))(x) + 0).toBe(second)
  expect(jvp((a: NumberWithGrad) => grad(f)(a))(x, 1)[1] + 0).toBe(second)
})
