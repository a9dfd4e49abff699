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
