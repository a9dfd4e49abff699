/** Random programs: through the transformer and tracked, they give what JavaScript gives for numbers, and its derivative. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberWithGrad, type Numeric } from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'
import { expectOneTree, sampledForms } from './formats.ts'
import { countOr, seed } from './random.ts'

const PROGRAMS = countOr(200)

/** Smooth everywhere near the point, so that a central difference can be trusted; kinks have their own tests. */
const { expression } = fc.letrec<{ expression: string; leaf: string; node: string }>(tie => ({
  leaf: fc.constantFrom('x', 'y', 'x', 'y', 'either', 'k', '2', '0.5', '-1'),
  node: fc.oneof(
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*'), tie('expression'))
      .map(([l, op, r]) => `${l} ${op} ${r}`),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('leaf'))
      .map(([l, op, r]) => `(${l}) ${op} ${r}`),
    tie('expression').map(e => `-(${e})`),
    tie('expression').map(e => `+(${e})`),
    tie('expression').map(e => `(${e}) ** 2`),
    tie('expression').map(e => `2 ** Math.tanh(${e})`),
    tie('expression').map(e => `(${e}) / (1 + (${e}) ** 2)`),
    fc
      .tuple(fc.constantFrom('tanh', 'sin', 'cos', 'atan', 'asinh'), tie('expression'))
      .map(([f, e]) => `Math.${f}(${e})`),
    fc.tuple(tie('expression'), tie('expression')).map(([u, v]) => `Math.hypot(1, ${u}, ${v})`),
    tie('expression').map(e => `Math.log1p(Math.exp(-Math.abs(1 + (${e}) ** 2)))`),
    // a variable that is assigned, read and stepped inside the expression
    fc
      .tuple(fc.constantFrom('+', '-', '*'), tie('leaf'), tie('leaf'))
      .map(([op, l, r]) => `((t = ${l}), (t ${op}= ${r}), t * t)`),
    tie('leaf').map(l => `((t = ${l}), t++ * t - --t)`),
  ),
  expression: fc.oneof({ maxDepth: 3, depthSize: 'medium' }, tie('leaf'), tie('node')),
}))

const point = { x: 0.7, y: -1.3 }
/** All programs in one module: most of the compiler's time goes by the file. */
const moduleOf = (sources: readonly string[]) => `import type { NumberWithGrad, Numeric } from 'tsgrad'
${sources
  .map(
    source =>
      `(x: NumberWithGrad, y: NumberWithGrad, either: Numeric, k: number) => { let t: Numeric = 0; return [${source}, t][0] }`,
  )
  .map((text, i) => `export const f${i} = ${text}\n`)
  .join('')}`

function native(source: string): (x: number, y: number) => number {
  const f = new Function('x', 'y', 'either', 'k', `let t = 0; return [${source}, t][0]`)
  return (x, y) => f(x, y, x, 3)
}

function central(f: (x: number, y: number) => number, { x, y }: typeof point): [number, number] {
  const h = 1e-5
  return [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)]
}

test(`${PROGRAMS} random programs (SEED=${seed}) give JavaScript's values and their central differences`, async () => {
  const sources = fc.sample(expression, { numRuns: PROGRAMS, seed })
  const forms = await sampledForms(sources, moduleOf, seed)
  const compiled = compile({ 'main.ts': moduleOf(sources), ...forms })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expectOneTree(compiled, Object.keys(forms))
  const programs = run(compiled.lowered()) as Record<string, (...args: unknown[]) => Numeric>
  let tracked = 0
  for (const [i, source] of sources.entries()) {
    const [x, y] = [new NumberWithGrad(point.x), new NumberWithGrad(point.y)]
    const result = programs[`f${i}`]!(x, y, x, 3)
    const f = native(source)
    const value = f(point.x, point.y)
    // a tracked operand of Math.hypot comes first, before a plain one, and the sum of squares rounds by its order
    const rounding = source.includes('hypot') ? 1e-13 * Math.abs(value) : 0
    const got = Number(result instanceof NumberWithGrad ? result.num : result)
    expect(Math.abs(got - value), source).toBeLessThanOrEqual(rounding)
    if (!(result instanceof NumberWithGrad) || !(Math.abs(result.num) < 1e4)) continue
    result.backward()
    const [dx, dy] = central(f, point)
    const scale = 1e-4 * (1 + Math.abs(result.num) + Math.abs(dx) + Math.abs(dy))
    expect(Math.abs((x.grad ?? 0) - dx), source).toBeLessThan(scale)
    expect(Math.abs((y.grad ?? 0) - dy), source).toBeLessThan(scale)
    tracked++
  }
  expect(tracked).toBeGreaterThan(PROGRAMS / 2)
})
