/** Special functions in functions on plain numbers: those that Math can compute are derived as on the tape, others are refused. */
import { expect, test } from 'vitest'
import { grad, hessian, type NumberWithGrad } from '../../runtime/index.ts'
import * as special from '../../runtime/special.ts'
import { compile, run, shown } from '../compile.ts'

const derived: readonly (readonly [call: string, points: readonly (readonly number[])[]])[] = [
  [
    'relu(x[0]!) * x[1]!',
    [
      [-2, 3],
      [0.5, 3],
      [0, 3],
      [Number.NaN, 3],
    ],
  ],
  [
    'log1mExp(x[0]!) + x[1]!',
    [
      [-0.1, 1],
      [-3, 1],
      [-800, 1],
    ],
  ],
  [
    'logAddExp(x[0]!, x[1]!)',
    [
      [2, 3],
      [3, 2],
      [-900, 4],
      [1, 1],
    ],
  ],
  ['logAddExp(1, x[0]! * x[1]!)', [[2, 3]]],
]

test.each(derived)('%s is derived as on the tape', (call, points) => {
  const text = `import { grad, hessian, type NumberWithGrad } from 'tsgrad'
import { log1mExp, logAddExp, relu } from 'tsgrad/special'
export const compiled = [grad((x: number[]) => ${call}), hessian((x: number[]) => ${call})]
export const tracked = (x: NumberWithGrad[]): NumberWithGrad => ${call}
export const used = [relu, log1mExp, logAddExp]
`
  const { diagnostics, lowered } = compile({ 'main.ts': text })
  expect(diagnostics.map(shown)).toEqual([])
  const found = run(lowered(), { 'tsgrad/special': special }) as {
    compiled: [(x: readonly number[]) => number[], (x: readonly number[]) => number[][]]
    tracked: (x: NumberWithGrad[]) => NumberWithGrad
  }
  for (const at of points) {
    expect(found.compiled[0](at)).toEqual(grad(found.tracked)(at))
    const [rows, expected] = [found.compiled[1](at), hessian(found.tracked)(at)]
    rows.forEach((row, i) => {
      row.forEach((each, k) => {
        const taped = expected[i]![k]!
        if (Number.isNaN(taped)) expect(each).toBeNaN()
        else expect(each).toBeCloseTo(taped, 12)
      })
    })
  }
})

test('others are refused with their name', () => {
  const text = `import { grad } from 'tsgrad'
import { erf } from 'tsgrad/special'
export const slope = grad((x: number) => erf(x))
`
  const [found, ...others] = compile({ 'main.ts': text }).diagnostics.map(shown)
  expect(others).toEqual([])
  expect(found).toContain("TS94001 tsgrad cannot derive this function: it does not know the body of 'erf'")
})
