/** The package leaves arrays of plain numbers as they are: V8 keeps their numbers in place, and boxes none of them. */
import { setFlagsFromString } from 'node:v8'
import { expect, test } from 'vitest'
import {
  dot,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  logSumExp,
  mean,
  NumberWithGrad,
  norm,
  prod,
  softmax,
  sum,
  valueAndGrad,
  vjp,
} from '../runtime/index.ts'

setFlagsFromString('--allow-natives-syntax')
const isUnboxed: (xs: unknown) => boolean = new Function('xs', 'return %HasDoubleElements(xs)') as never

const data = () => [0.5, 1.5, 2.5, 3.5]
const tracked = () => data().map(x => new NumberWithGrad(x))
const product = (xs: readonly NumberWithGrad[]) => xs.reduce((a, b) => a.mul(b))
const first = (xs: readonly NumberWithGrad[]) => xs[0]!
const row = (xs: readonly number[]) => xs as never

type Use = (...xs: readonly unknown[]) => unknown
const gradient = grad(product)
const nested = grad(({ a, b }: { a: NumberWithGrad[]; b: NumberWithGrad[][] }) => first(a).mul(first(b[0]!)))
const several = valueAndGrad((a: NumberWithGrad[], b: NumberWithGrad[]) => first(a).mul(first(b)))
const chosen = grad((a: NumberWithGrad[], b: readonly number[]) => first(a).mul(b.length), { by: 0 })
const [along, pulled, curvature, rows, second] = [
  jvp(product),
  vjp(softmax),
  hvp(product),
  jacobian(softmax),
  hessian(product),
] as unknown as [Use, Use, Use, Use, Use]

const before = grad((ws: NumberWithGrad[], xs: readonly number[]) => dot(ws, xs), { by: 0 })
const behind = grad((ws: NumberWithGrad[], xs: readonly number[]) => dot(xs, ws), { by: 0 })

/** Each meets the data, and then tracked numbers, or the other way around. */
const uses: Record<string, (xs: number[]) => unknown> = {
  grad: xs => [gradient(xs), gradient(tracked())],
  'nested arguments': xs => [nested({ a: xs, b: [xs] }), nested({ a: tracked(), b: [tracked()] })],
  'several arguments': xs => [several(xs, xs), several(row(xs), tracked() as never), several(tracked(), tracked())],
  'chosen arguments': xs => [chosen(xs, xs), chosen(tracked() as never, xs)],
  jvp: xs => [along(xs, xs), along(tracked(), tracked())],
  vjp: xs => [pulled(xs, xs), pulled(tracked(), tracked())],
  hvp: xs => [curvature(xs, xs), curvature(tracked(), tracked())],
  jacobian: xs => [rows(xs), rows(tracked())],
  hessian: xs => [second(xs), second(tracked())],
  dot: xs => [dot(tracked(), xs), dot(xs, tracked()), before(data(), xs), behind(data(), xs)],
  ...Object.fromEntries(
    Object.entries({ sum, mean, prod, norm, logSumExp, softmax: (xs: never) => softmax(xs)[0]! }).map(([name, f]) => [
      name,
      (xs: number[]) => [f(row(xs)), f(tracked() as never), grad((ws: NumberWithGrad[]) => f(ws as never))(data())],
    ]),
  ),
}

test('the check sees an array that is boxed', () => {
  const xs = data()
  expect(isUnboxed(xs)).toBe(true)
  const mixed: unknown[] = xs
  mixed.push('text')
  expect(isUnboxed(xs)).toBe(false)
})

test.each(Object.entries(uses))('%s', (_, use) => {
  const xs = data()
  for (let i = 0; i < 3000; i++) use(xs)
  expect(isUnboxed(xs)).toBe(true)
  expect(xs).toEqual(data())
})
