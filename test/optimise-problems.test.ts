/**
 * The problems of Moré, Garbow and Hillstrom through `minimize`, `leastSquares` and `root`, beside what SciPy makes of them with the same
 * derivatives, starts and tolerances (test/scipy-figures.json, by scripts/scipy-figures.py): no problem that SciPy solves is lost.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { NumberWithGrad } from '../runtime/index.ts'
import { leastSquares, minimize, root } from '../runtime/optimise.ts'
import { compile, run, shown } from './compile.ts'
import { problems, programText } from './more-garbow-hillstrom.ts'

type Figures = readonly [value: number | null, evaluations: number] | null
interface Row {
  readonly name: string
  readonly minimize: Figures
  readonly leastSquares: Figures
}
const scipy: { readonly rows: readonly Row[] } = JSON.parse(
  readFileSync(new URL('scipy-figures.json', import.meta.url), 'utf8'),
)

interface Functions {
  readonly starts: number[][]
  readonly residuals: ((x: NumberWithGrad[]) => NumberWithGrad[])[]
  readonly squares: ((x: NumberWithGrad[]) => NumberWithGrad)[]
}
let tracked: Functions
beforeAll(() => {
  const text = programText("import type { NumberWithGrad } from 'tsgrad'\ntype N = NumberWithGrad")
  const { diagnostics, lowered } = compile({ 'main.ts': text })
  expect(diagnostics.map(shown)).toEqual([])
  tracked = run(lowered()) as unknown as Functions
})

/** As low as SciPy came, but for a share that its own tolerances leave. */
function expectAsLow(found: number, figures: Figures, share = 1e-6) {
  expect(found).not.toBeNaN()
  const [value] = figures ?? [null]
  if (value !== null) expect(found).toBeLessThanOrEqual(value * (1 + share) + 1e-10)
}

test('there are SciPy\u2019s figures for every problem', () => {
  expect(scipy.rows.map(({ name }) => name)).toEqual(problems.map(([name]) => name))
  expect(scipy.rows.length).toBeGreaterThan(30)
  expect(scipy.rows.filter(each => each.minimize?.[0] != null).length).toBeGreaterThan(30)
})

describe.each(problems.map(([name, n, m], i) => ({ name, n, m, i })))('$name', ({ i, n, m }) => {
  test('minimize() comes as low as L-BFGS-B', () => {
    const found = minimize(tracked.squares[i]!, tracked.starts[i]!)
    expectAsLow(found.value, scipy.rows[i]!.minimize)
    expect(found.converged).toBe(true)
    expect(found.evaluations).toBeLessThan(1000)
  })

  test('leastSquares() comes as low as least_squares', () => {
    const found = leastSquares(tracked.residuals[i]!, tracked.starts[i]!)
    expectAsLow(2 * found.value, scipy.rows[i]!.leastSquares)
    expect(found.converged).toBe(true)
    expect(found.evaluations).toBeLessThan(1000)
  })

  test.runIf(n === m)('root() finds a root, or says that it found none', () => {
    const found = root(tracked.residuals[i]!, tracked.starts[i]!)
    expect(found.converged).toBe(found.value <= 1e-10)
    expect(found.reason).toBe(found.converged ? 'value' : 'stalled')
  })
})

test('root() solves all but two of the systems', () => {
  const square = problems.flatMap(([name, n, m], i) => (n === m ? [{ name, i }] : []))
  const lost = square.filter(({ i }) => !root(tracked.residuals[i]!, tracked.starts[i]!).converged)
  expect(square.length).toBeGreaterThan(12)
  // the sum of squares has a minimum on the way that is no root; for Chebyquad with n = 8 there is no root
  expect(lost.map(({ name }) => name)).toEqual(['Freudenstein and Roth', 'Chebyquad'])
})

test('functions on plain numbers are compiled, and give the same', () => {
  const rosenbrock = '[10 * (x[1]! - x[0]! ** 2), 1 - x[0]!]'
  const text = `import { leastSquares, minimize, root } from 'tsgrad/optimise'
export const found = [
  minimize((x: number[]) => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2, [-1.2, 1]).x,
  leastSquares((x: number[]) => ${rosenbrock}, [-1.2, 1]).x,
  root(({ a, b }: { a: number; b: number }) => [10 * (b - a ** 2), 1 - a], { a: -1.2, b: 1 }).x,
]
`
  const { diagnostics, lowered } = compile({ 'main.ts': text })
  expect(diagnostics.map(shown)).toEqual([])
  expect(lowered().match(/differentiable\(/g)?.length).toBe(3)
  const { found } = run(lowered(), { 'tsgrad/optimise': { leastSquares, minimize, root } }) as { found: object[] }
  for (const point of found) for (const each of Object.values(point)) expect(each).toBeCloseTo(1, 7)
})
