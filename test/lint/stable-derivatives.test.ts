/**
 * What prefer-stable-math writes by itself has the first and second derivatives of the text that it replaces, at 0 and at 1 too; what it
 * only suggests differs where that text has none.
 */
import { beforeAll, expect, test } from 'vitest'
import { grad, hessian, type NumberWithGrad } from '../../runtime/index.ts'
import { compile, run, shown } from '../compile.ts'

type Pair = readonly [text: string, fix: string]

const fixes: readonly Pair[] = [
  ['Math.log(1 + Math.exp(a))', 'softplus(a)'],
  ['1 / (1 + Math.exp(-a))', 'sigmoid(a)'],
  ['Math.exp(a) / (1 + Math.exp(a))', 'sigmoid(a)'],
  ['Math.log(sigmoid(a))', 'logSigmoid(a)'],
  ['Math.log(1 + a * b)', 'Math.log1p(a * b)'],
  ['Math.log(1 - a)', 'Math.log1p(-a)'],
  ['Math.exp(a) - 1', 'Math.expm1(a)'],
  ['Math.sqrt(1 + a * a)', 'Math.hypot(1, a)'],
  ['Math.sqrt(a * a + b ** 2 + 1)', 'Math.hypot(a, b, 1)'],
  ['Math.log(Math.exp(a) + Math.exp(b))', 'logSumExp([a, b])'],
]
const suggestions: readonly Pair[] = [
  ['Math.sqrt(a * a + b * b)', 'Math.hypot(a, b)'],
  ['Math.sqrt(a ** 2 + b ** 2 + c * c)', 'Math.hypot(a, b, c)'],
]
const points = [0, 0.3, -0.4, 1].flatMap(a => [0, -0.7, 1].flatMap(b => [0, 2].map(c => [a, b, c])))

type Of = (xs: readonly NumberWithGrad[]) => NumberWithGrad
let functions: (readonly [Of, Of])[]
beforeAll(() => {
  const bodies = [...fixes, ...suggestions].map(([text, fix]) => `[([a, b, c]) => ${text}, ([a, b, c]) => ${fix}],`)
  const { diagnostics, lowered } = compile({
    'main.ts': `import { logSigmoid, logSumExp, type NumberWithGrad, sigmoid, softplus } from 'tsgrad'
type Of = (xs: readonly [NumberWithGrad, NumberWithGrad, NumberWithGrad]) => NumberWithGrad
export const functions: [Of, Of][] = [
${bodies.join('\n')}
]`,
  })
  expect(diagnostics.map(shown)).toEqual([])
  functions = (run(lowered()) as { functions: typeof functions }).functions
})

const derivatives = (f: Of, at: readonly number[]) => [...grad(f)(at), ...hessian(f)([...at]).flat()]
const close = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= 1e-12 * (1 + Math.abs(a))

test.each(fixes.map((pair, i) => [...pair, i] as const))('%s and %s', (_text, _fix, i) => {
  const [f, g] = functions[i]!
  for (const at of points) {
    const [found, expected] = [derivatives(g, at), derivatives(f, at)]
    if (!expected.every(Number.isFinite)) continue // an end of the domain
    found.forEach((each, k) => {
      expect(close(each, expected[k]!), `${k} at ${at}: ${found} for ${expected}`).toBe(true)
    })
  }
})

test.each(suggestions.map((pair, i) => [...pair, i + fixes.length] as const))(
  '%s and %s but at 0',
  (_text, _fix, i) => {
    const [f, g] = functions[i]!
    for (const at of points) {
      const [found, expected] = [derivatives(g, at), derivatives(f, at)]
      if (expected.every(Number.isFinite))
        found.forEach((each, k) => {
          expect(close(each, expected[k]!), `${k} at ${at}: ${found} for ${expected}`).toBe(true)
        })
    }
    expect(grad(f)([0, 0, 0]).slice(0, 2)).toEqual([NaN, NaN])
    expect(grad(g)([0, 0, 0])).toEqual([0, 0, 0])
    expect(hessian(g)([0, 0, 0])[0]!.slice(0, 2)).toEqual([NaN, NaN])
  },
)
