/** The sigmoid's family keeps its digits in the tails, through three derivatives. */
import { describe, expect, test } from 'vitest'
import { grad, logSigmoid, type NumberWithGrad, type Numeric, sigmoid, softplus } from '../runtime/index.ts'

/** σ and its first three derivatives, computed with 400 decimal digits. */
const exact: [x: number, derivatives: [number, number, number, number]][] = [
  [0, [0.5, 0.25, 0, -0.125]],
  [1.5, [0.8175744761936437, 0.14914645207033286, -0.09473021278475267, 0.01567846707932428]],
  [-3, [0.04742587317756678, 0.04517665973091213, 0.04089157466094348, 0.03293107622425642]],
  [40, [1, 4.248354255291589e-18, -4.248354255291589e-18, 4.248354255291589e-18]],
  [-40, [4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18]],
  [300, [1, 5.148200222412013e-131, -5.148200222412013e-131, 5.148200222412013e-131]],
  [-300, [5.148200222412013e-131, 5.148200222412013e-131, 5.148200222412013e-131, 5.148200222412013e-131]],
  [800, [1, 0, 0, 0]],
  [-800, [0, 0, 0, 0]],
]

function expectClose(actual: number, expected: number): void {
  if (expected === 0) expect(actual + 0).toBe(0)
  else expect(Math.abs(actual / expected - 1)).toBeLessThan(2e-14)
}

/** The first three derivatives. */
function derivatives(f: (x: NumberWithGrad) => Numeric, x: number): number[] {
  const first = grad(f)
  const second = grad((x: NumberWithGrad) => first(x))
  const third = grad((x: NumberWithGrad) => second(x))
  return [first(x), second(x), third(x)]
}

describe.each(exact)('at %s', (x, [s, ds, d2s, d3s]) => {
  test('sigmoid', () => {
    expectClose(sigmoid(x), s)
    derivatives(a => sigmoid(a), x).forEach((d, i) => {
      expectClose(d, [ds, d2s, d3s][i]!)
    })
  })

  test("softplus, whose derivative is sigmoid's value", () => {
    derivatives(a => softplus(a), x).forEach((d, i) => {
      expectClose(d, [s, ds, d2s][i]!)
    })
  })

  test('logSigmoid, which is softplus in a mirror', () => {
    expect(logSigmoid(-x) + 0).toBe(-softplus(x) + 0)
    derivatives(a => logSigmoid(a), -x).forEach((d, i) => {
      expectClose(d, [s, -ds, d2s][i]!)
    })
  })
})

test('below -709, where exp(-x) overflows, sigmoid is exp(x) until that is 0', () => {
  for (const x of [-710, -720, -745]) expect([x, sigmoid(x)]).toEqual([x, Math.exp(x)])
  expect(sigmoid(-745)).toBeGreaterThan(0)
})
