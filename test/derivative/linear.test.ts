/** The functions of tsgrad/linear in functions on plain numbers: values and derivatives of both orders are the tape's. */
import { expect, test } from 'vitest'
import { grad, hessian, jvp, type NumberWithGrad } from '../../runtime/index.ts'
import * as linear from '../../runtime/linear.ts'
import { compile, run, shown } from '../compile.ts'

const rows = '[[p[0]! + 3, p[1]!, p[2]!], [p[3]!, p[4]! + 4, p[5]!], [p[6]!, p[7]!, p[8]! + 5]]'
const symmetric = '[[p[0]! + 3, p[1]!, p[2]!], [p[1]!, p[4]! + 4, p[5]!], [p[2]!, p[5]!, p[8]! + 5]]'
const right = '[[p[1]!, 1], [2, p[3]!], [p[4]!, p[0]!]]'
const vector = '[p[2]!, p[5]!, 2]'

/** Of nine numbers `p`, for both engines; `all` and `each` weigh the entries of a matrix and of a vector. */
const bodies = [
  `each(matVec(${rows}, ${vector}))`,
  `all(matMul(${rows}, ${right}))`,
  'all(transpose([[p[0]!, p[1]!, p[2]!], [p[3]!, p[4]!, p[8]!]]))',
  `each(solve(${rows}, ${vector}))`,
  `all(solve(${rows}, ${right}))`,
  'each(solve([[3, 1], [1, 2]], [p[2]!, p[5]!]))',
  `each(solve(${rows}, [1, 2, 3]))`,
  `all(inverse(${rows}))`,
  `logDet(${rows}) * p[0]!`,
  `all(cholesky(${symmetric}))`,
  `each(solve(${rows}, matVec(inverse(${symmetric}), ${vector})))`,
]

function helpers(entry: string): string {
  return `(v: readonly ${entry}[]): ${entry} => {
  let s: ${entry} = v[0]! * 0
  for (let i = 0; i < v.length; i++) s = s + v[i]! * Math.sin(v[i]! + i)
  return s
}`
}
function matrixHelper(entry: string, each: string): string {
  return `(m: readonly (readonly ${entry}[])[]): ${entry} => {
  let s: ${entry} = m[0]![0]! * 0
  for (let i = 0; i < m.length; i++) s = s + ${each}(m[i]!) * (1 + i)
  return s
}`
}

const imports = `import { grad, hessian, jvp, type NumberWithGrad, type Numeric } from 'tsgrad'
import { cholesky, inverse, logDet, matMul, matVec, solve, transpose } from 'tsgrad/linear'
`
const text = [
  imports,
  `const each = ${helpers('number')}\nconst all = ${matrixHelper('number', 'each')}`,
  `const eachTaped = ${helpers('Numeric')}\nconst allTaped = ${matrixHelper('Numeric', 'eachTaped')}`,
  ...bodies.map((body, i) => {
    const taped = body.replaceAll(/\b(each|all)\(/g, '$1Taped(')
    return `const f${i} = (p: number[]) => ${body}
export const c${i} = [f${i}, grad(f${i}), hessian(f${i}), jvp(f${i})]
export const t${i} = (p: NumberWithGrad[]): NumberWithGrad => ${taped} as NumberWithGrad`
  }),
].join('\n')

const at = [0.3, -0.7, 0.5, 0.9, 0.2, -0.4, 0.6, 0.1, -0.2]
const direction = [1, 0.5, -2, 0.3, 0.7, -0.1, 2, 1.5, -1]

const made = (() => {
  const { diagnostics, lowered } = compile({ 'main.ts': text }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  return run(lowered(), { 'tsgrad/linear': linear })
})()

const close = (found: readonly number[], expected: readonly number[], relative: number) => {
  expect(found.length).toBe(expected.length)
  const size = Math.max(...expected.map(Math.abs))
  for (const [i, each] of found.entries()) expect(Math.abs(each - expected[i]!)).toBeLessThan(relative * size)
}

test.each(bodies.map((body, i) => [body, i] as const))('%s', (_, i) => {
  type Compiled = [
    (x: number[]) => number,
    (x: number[]) => number[],
    (x: number[]) => number[][],
    (x: number[], along: number[]) => [number, number],
  ]
  const [f, slope, curvature, along] = made[`c${i}`] as Compiled
  const taped = made[`t${i}`] as (p: NumberWithGrad[]) => NumberWithGrad
  close(slope(at), grad(taped)(at), 1e-13)
  close(curvature(at).flat(), hessian(taped)(at).flat(), 1e-12)
  close(along(at, direction), jvp(taped)(at, direction) as [number, number], 1e-13)
  expect(along(at, direction)[0]).toBe(f(at))
})

test('matrices with a shape, captured ones and what does not fit', () => {
  const source = `import { grad, valueAndGrad } from 'tsgrad'
import { cholesky, logDet, matMul, matVec, solve, transpose } from 'tsgrad/linear'
type Dense = { rows: number; columns: number; entries: Float64Array }
const data: readonly (readonly number[])[] = [[2, 1], [1, 3]]
export const captured = grad((b: number[]) => { const x = solve(data, b); return x[0]! * x[1]! + matVec(data, b)[0]! })
export const dense = valueAndGrad((m: Dense) => {
  const t = matMul(transpose(m), m)
  return logDet(t) + cholesky(t).entries[2]! + solve(t, Float64Array.of(1, 2))[1]!
}, { by: 0 })
export const plain = valueAndGrad((m: number[][]) => {
  const t = matMul(transpose(m), m)
  return logDet(t) + cholesky(t)[1]![0]! + solve(t, [1, 2])[1]!
})
export const unfit = grad((b: number[]) => matVec(data, b)[0]!)
export const singular = grad((b: number[]) => solve([[1, b[0]!], [1, b[0]!]], [1, 2])[0]!)
`
  const { diagnostics, lowered } = compile({ 'main.ts': source }, { noUncheckedIndexedAccess: true })
  expect(diagnostics.map(shown)).toEqual([])
  const found = run(lowered(), { 'tsgrad/linear': linear }) as Record<string, (...args: readonly unknown[]) => unknown>
  const solution = linear.solve(
    [
      [2, 1],
      [1, 3],
    ],
    [0.5, 2],
  ) // prettier-ignore
  const rows = linear.inverse([
    [2, 1],
    [1, 3],
  ]) // prettier-ignore
  const expected = [0, 1].map(j => rows[0]![j]! * solution[1]! + solution[0]! * rows[1]![j]! + (j === 0 ? 2 : 1))
  close(found.captured!([0.5, 2]) as number[], expected, 1e-13)
  const entries = Float64Array.of(1, 2, 3, 4, 5, 7)
  const [value, gradient] = found.dense!({ rows: 3, columns: 2, entries }) as [number, { entries: Float64Array }]
  const [same, byRows] = found.plain!([
    [1, 2],
    [3, 4],
    [5, 7],
  ]) as [number, number[][]] // prettier-ignore
  expect(value).toBe(same)
  close(Array.from(gradient.entries), byRows.flat(), 1e-12)
  expect(() => found.unfit!([1, 2, 3])).toThrow('matVec: the vector must have 2 numbers; got 3')
  expect(() => found.singular!([1])).toThrow('solve: the matrix is singular')
})

test('what has no derivative yet says what to write instead', () => {
  const source = `import { grad } from 'tsgrad'
import { leastSquaresSolve } from 'tsgrad/linear'
export const slope = grad((b: number[]) => leastSquaresSolve([[1, 0], [1, 1], [1, 2]], b)[0]!)
`
  const [found, ...others] = compile({ 'main.ts': source }).diagnostics.map(shown)
  expect(others).toEqual([])
  expect(found).toMatch(/TS94011 .*`leastSquaresSolve`, where `solve\(matMul\(transpose\(a\), a\)/)
})
