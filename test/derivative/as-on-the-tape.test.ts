/** Compiled gradients are those of the tape, for each rule and function of the package, also at the ends of domains. */
import { describe, expect, test } from 'vitest'
import { rules } from '../../runtime/rules/rules.ts'
import { compile, run, shown } from '../compile.ts'

describe('the rules', () => {
  const points = [-2, -1, -0.5, -0, 0, 0.5, 1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]
  const written = (key: string, operands: readonly string[]) => {
    if (key.startsWith('Math.')) return `${key}(${operands.join(', ')})`
    return key.startsWith('unary ') ? `-${operands[0]}` : `(${operands.join(` ${key} `)})`
  }
  const rows = Object.values(rules).flatMap(({ keys, arity }) =>
    (keys as readonly string[]).map(key => [key, arity] as const),
  )
  const outer: readonly ((r: string) => string)[] = [
    r => r,
    r => `${r} * ${r}`,
    r => `Math.sqrt(${r})`,
    r => `Math.max(${r}, 0)`,
  ]
  const bodies = rows.flatMap(([key, arity]) => {
    const inner =
      arity === 1
        ? [written(key, ['x'])]
        : [written(key, ['x', 'y']), written(key, ['x', 'x']), written(key, ['2', 'y'])]
    return inner.flatMap(r => outer.map(shape => shape(r)))
  })

  test('the compiled gradient is that of the tape, at ordinary points and at the ends of domains', () => {
    expect(bodies.length).toBeGreaterThan(150)
    const text = [
      "import { type NumberWithGrad, type Numeric, valueAndGrad } from 'tsgrad'",
      ...bodies.map((body, i) => `export const plain${i} = valueAndGrad((x: number, y: number) => ${body})`),
      ...bodies.map(
        (body, i) =>
          `export const taped${i} = valueAndGrad((x: NumberWithGrad, y: NumberWithGrad): Numeric => ${body})`,
      ),
    ].join('\n')
    const compiled = compile({ 'main.ts': text }, { declaration: false })
    expect(compiled.diagnostics.map(shown)).toEqual([])
    const made = run(compiled.emit().get('main.js')!) as Record<string, (x: number, y: number) => unknown>
    const of = (engine: string, i: number, x: number, y: number) => String(made[`${engine}${i}`]!(x, y))
    // an expectation for each of 30,000 pairs takes longer than the pairs
    const differing: string[] = []
    let compared = 0
    for (const [i, body] of bodies.entries())
      for (const x of points)
        for (const y of points) {
          const [plain, taped] = [of('plain', i, x, y), of('taped', i, x, y)]
          if (plain !== taped) differing.push(`${body} at ${x}, ${y}: ${plain}, and ${taped} on the tape`)
          compared++
        }
    expect(differing).toEqual([])
    expect(compared).toBeGreaterThan(15_000)
  })
})

describe('the edges of the functions of the package', () => {
  const names = ['sum', 'mean', 'prod', 'norm', 'logSumExp'] as const
  const texts = names.flatMap(name => [
    `export const plain_${name} = valueAndGrad((xs: number[]) => ${name}(xs))`,
    `export const taped_${name} = valueAndGrad((xs: readonly NumberWithGrad[]): Numeric => ${name}(xs))`,
  ])
  const shapes: readonly ((y: string) => string)[] = [y => y, y => `${y} ** 2`, y => `Math.sign(${y})`, y => `3 - ${y}`]
  const seconds = names.flatMap(name =>
    shapes.flatMap((shape, i) => [
      `export const plain_${name}_${i} = hessian((xs: number[]) => ${shape(`${name}(xs)`)})`,
      `export const taped_${name}_${i} = hessian((xs: readonly NumberWithGrad[]): Numeric => ${shape(`${name}(xs)`)})`,
    ]),
  )
  const text = `import { hessian, type NumberWithGrad, type Numeric, valueAndGrad, ${names.join(', ')} } from 'tsgrad'\n${[...texts, ...seconds].join('\n')}`
  const made = run(compile({ 'main.ts': text }, { declaration: false }).emit().get('main.js')!) as Record<
    string,
    (xs: readonly number[]) => [number, number[]]
  >
  const points = [
    [3],
    [0, 0],
    [1, 0, 2],
    [5, 5, -1],
    [-0, 1],
    [Number.POSITIVE_INFINITY, 1],
    [-Infinity, -Infinity],
    [1e200, 1e200],
    [Number.NaN, 1],
  ]
  test.each(names.flatMap(name => points.map(xs => [name, xs] as const)))('%s of %j', (name, xs) => {
    const [value, gradient] = made[`plain_${name}`]!(xs)
    const [expected, slopes] = made[`taped_${name}`]!(xs)
    expect(value).toBe(expected)
    for (const [i, each] of gradient.entries())
      if (Number.isNaN(slopes[i])) expect(each).toBeNaN()
      else expect(each).toBeCloseTo(slopes[i]!, 14)
  })

  test.each(names.flatMap(name => points.slice(0, 5).map(xs => [name, xs] as const)))(
    'second derivatives of %s of %j',
    (name, xs) => {
      for (const i of shapes.keys()) {
        const found = made[`plain_${name}_${i}`]!(xs).flat()
        const expected = made[`taped_${name}_${i}`]!(xs).flat()
        expect(found).toHaveLength(xs.length ** 2)
        for (const [k, each] of found.entries())
          if (Number.isNaN(expected[k])) expect(each, shapes[i]!(name)).toBeNaN()
          else expect(each, shapes[i]!(name)).toBeCloseTo(expected[k]!, 12)
      }
    },
  )
})
