/** Derivatives inside of differentiated functions, and functions that bring their own: gradients are those of differences. */
import { expect, test } from 'vitest'
import * as linear from '../../runtime/linear.ts'
import { compile, run, shown } from '../compile.ts'

type Row = readonly [name: string, f: string, at: readonly unknown[]]

const rows: readonly Row[] = [
  ['grad of a closure', '(x: number) => { const d = grad((y: number) => Math.sin(y) * x); return d(x) * x }', [0.7]],
  ['grad of a constant outside', '(x: number) => inner(x) ** 2', [0.7]],
  [
    'grad of an array',
    '(x: number[]) => { const g = grad((y: number[]) => y[0]! ** 2 * y[1]! + Math.sin(y[1]!) * x[0]!)(x); return g[0]! * g[1]! }',
    [[0.3, -0.8]],
  ],
  [
    'valueAndGrad',
    '(x: number) => { const [v, d] = valueAndGrad((y: number) => y ** 3 * x)(x + 1); return v * d }',
    [0.3],
  ],
  [
    'valueAndGrad of an array',
    '(x: number[]) => { const [v, d] = valueAndGrad((y: number[]) => y[0]! ** 3 * x[1]!)(x); return v * d[0]! }',
    [[0.3, 0.4]],
  ],
  [
    'grad of a record',
    '(p: { a: number; b: number[] }) => { const g = grad((q: { a: number; b: number[] }) => q.a * q.b[0]! ** 2 + Math.exp(q.b[1]! * p.a))(p); return g.a * g.b[0]! + g.b[1]! }',
    [{ a: 0.4, b: [0.7, -0.3] }],
  ],
  [
    'jvp in a loop',
    '(x: number) => { let t = x; for (let i = 0; i < 3; i++) { const [v, d] = jvp((y: number) => y * y - x)(t, 1); t -= v / d } return t }',
    [2],
  ],
  [
    'grad of two arguments',
    '(x: number, k: number) => { const [gx, gk] = grad((y: number, m: number) => y ** 2 * m ** 3 * x)(x, k); return gx * gk }',
    [0.5, 1.2],
  ],
  [
    'grad of a Float64Array',
    '(x: Float64Array) => { const g = grad((y: Float64Array) => y[0]! ** 2 * y[1]!)(x); return g[0]! * g[1]! }',
    [Float64Array.of(0.3, -0.8)],
  ],
  [
    'one derivative twice',
    '(x: number) => { const d = grad((y: number) => { let s = 0; for (let i = 0; i < 3; i++) s += y ** i * x; return s }); return d(x) + d(2 * x) }',
    [0.3],
  ],
  ['a step inside', '(x: number) => grad((y: number) => Math.floor(y) * y * x + Math.max(y, 0) ** 2)(x) * x', [1.3]],
  ['a rule', '(x: number) => area(x, x * x) * x', [0.7]],
  ['a rule with any number of operands', '(x: number) => many(x, 2, x * x)', [0.4]],
  ['grad through a rule', '(x: number) => grad((t: number) => area(t, t * x))(x) * x', [0.3]],
  ['grad through a solution', '(x: number) => grad((t: number) => solve([[t, 1], [x, 3]], [t, x])[0]!)(x) * x', [0.3]],
  ['a Differentiable function', '(x: number) => Math.exp(lib([x, 2 * x, 3], { a: x, b: [1, x ** 2] }))', [0.3]],
] // prettier-ignore

const text = `import { customRule, grad, hessian, jacobian, jvp, valueAndGrad, type Differentiable } from 'tsgrad'
import { solve } from 'tsgrad/linear'
const inner = grad((y: number) => Math.exp(y) * y * y)
const area = customRule({ name: 'area', value: (w: number, h: number) => w * h ** 2, partials: (w, h) => [h ** 2, 2 * w * h] })
const many = customRule({ name: 'many', value: (...xs: number[]) => xs.reduce((s, x) => s + x * x, 0), partials(...xs) { return xs.map(x => 2 * x) } })
const made = <F extends (...args: never[]) => number>(f: Differentiable<F>): Differentiable<F> => f
const lib = made((x: number[], p: { a: number; b: number[] }) => x[0]! * x[1]! ** 2 * x[2]! * p.a + Math.sin(p.b[0]! * p.b[1]!))
${rows.map(([, f], i) => `const f${i} = ${f}\nexport const c${i} = [f${i}, valueAndGrad(f${i}), jvp(f${i})]`).join('\n')}
const rosenbrock = (x: number[]) => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2
export const curvatures = [jacobian(grad(rosenbrock)), hessian(rosenbrock)]
const slope = grad((x: number) => Math.sin(x) * x)
export const seconds = [grad(slope), grad(grad((x: number) => Math.sin(x) * x))]
const byRule = (x: number[]) => area(x[0]!, x[1]!) * x[0]! + Math.exp(many(x[0]!, x[1]!))
const written = (x: number[]) => x[0]! * x[1]! ** 2 * x[0]! + Math.exp(x[0]! ** 2 + x[1]! ** 2)
export const ofRules = [hessian(byRule), hessian(written)]
`

const made = (() => {
  const { diagnostics, lowered } = compile({ 'main.ts': text }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  return run(lowered(), { 'tsgrad/linear': linear })
})()

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbersIn)
const withNumbers = (value: unknown, numbers: number[]): unknown => {
  if (typeof value === 'number') return numbers.shift()
  if (value instanceof Float64Array) return value.map(() => numbers.shift()!)
  if (Array.isArray(value)) return value.map(each => withNumbers(each, numbers))
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, withNumbers(each, numbers)]))
}

test.each(rows.map(([name, , at], i) => [name, at, i] as const))('%s', (_, at, i) => {
  const [f, derived, along] = made[`c${i}`] as [
    (...xs: readonly unknown[]) => number,
    (...xs: readonly unknown[]) => unknown[],
    (...xs: readonly unknown[]) => number[],
  ]
  const [value, gradient] = derived(...at)
  expect(value).toBeCloseTo(f(...at), 14)
  const numbers = numbersIn(at)
  const h = 1e-4
  const slopes = numbers.map((_, k) => {
    const to = (step: number) =>
      f(
        ...(withNumbers(
          at,
          numbers.map((x, j) => (j === k ? x + step : x)),
        ) as unknown[]),
      )
    return (8 * (to(h) - to(-h)) - (to(2 * h) - to(-2 * h))) / (12 * h)
  })
  numbersIn(gradient).forEach((each, k) => {
    expect(each).toBeCloseTo(slopes[k]!, 8)
  })
  expect(numbersIn(gradient).length).toBe(slopes.length)
  const direction = numbers.map((_, k) => Math.cos(k))
  const [, tangent] = along(...at, ...(withNumbers(at, [...direction]) as unknown[]))
  expect(tangent).toBeCloseTo(
    numbersIn(gradient).reduce((sum, each, k) => sum + each * direction[k]!, 0),
    12,
  )
})

test('a gradient of a gradient is the second derivative', () => {
  type Verb = (x: unknown) => unknown
  const [curvatures, seconds, ofRules] = [made.curvatures, made.seconds, made.ofRules] as [Verb[], Verb[], Verb[]]
  expect(curvatures[0]!([0.3, 0.9])).toEqual(curvatures[1]!([0.3, 0.9]))
  for (const each of seconds) expect(each(0.7)).toBeCloseTo(2 * Math.cos(0.7) - 0.7 * Math.sin(0.7), 14)
  const [found, expected] = ofRules.map(each => numbersIn(each([0.3, 0.9])))
  found!.forEach((each, i) => {
    expect(each).toBeCloseTo(expected![i]!, 12)
  })
})

test.each([
  ['a third derivative', 'hessian((x: number) => grad((y: number) => y ** 3 * x)(x))', /a third derivative/],
  [
    'hessian',
    'grad((x: number) => hessian((y: number) => y ** 3)(x) * x)',
    /`hessian` inside of a differentiated function/,
  ],
  [
    'options',
    'grad((x: number) => grad((y: number, k: number) => y ** 3 * k, { by: 0 })(x, x))',
    /`grad` with options/,
  ],
  ['recursion', 'grad((x: number) => grad(again)(x))', /of a function that calls itself/],
  [
    'effects',
    'grad((x: number[]) => grad((y: number[]) => y[0]! * Math.random())(x)[0]!)',
    /of a function with effects/,
  ],
  [
    'a write outside',
    'grad((x: number) => { const kept = [0]; return grad((y: number) => { kept[0] = y; return kept[0]! ** 2 })(x) })',
    /writes .*'kept'|'kept'/,
  ],
  ["a library's function twice", 'hessian((x: number) => lib(x) * x)', /a second derivative through `lib`/],
] as const)('%s is refused', (name, call, expected) => {
  const source = `import { grad, hessian, type Differentiable } from 'tsgrad'
const again = (x: number): number => (x > 1 ? again(x / 2) * x : x)
declare const lib: Differentiable<(x: number) => number>
export const used = [grad, hessian, again, lib]
export const slope = ${call}
`
  const found = compile({ 'main.ts': source }).diagnostics.map(shown)
  // the inner call is derived by itself too
  expect(found.length, found.join('\n')).toBe(name === 'a write outside' ? 2 : 1)
  expect(found[0]).toMatch(expected)
}) // prettier-ignore
