/** Special functions in functions on plain numbers: values and derivatives of both orders are the tape's, also at their edges. */
import { describe, expect, test } from 'vitest'
import { grad, hessian, type NumberWithGrad } from '../../runtime/index.ts'
import { specialPins } from '../../runtime/rules/special-pins.ts'
import { specialRules } from '../../runtime/rules/special-rules.ts'
import * as special from '../../runtime/special.ts'
import { compile, run, shown } from '../compile.ts'

type Point = readonly number[]
interface Compiled {
  readonly value: (x: Point) => number
  readonly grad: (x: Point) => number[]
  readonly hessian: (x: Point) => number[][]
}
interface Case {
  readonly name: string
  /** Of `x` and `y`. */
  readonly call: string
  readonly points: readonly Point[]
}

const rows = Object.entries(specialRules).filter(([, rule]) => !('internal' in rule && rule.internal))
/** Families, by orders that are literals: there is no derivative by the order. */
const families = new Set(['polygamma', 'besselJ'])
const cases: readonly Case[] = [
  ...rows.flatMap(([name, rule]): Case[] => {
    const pins = specialPins[name as keyof typeof specialPins] ?? []
    const points = [...(rule.samples as readonly Point[]), ...pins.map(([at]) => at)]
    if (families.has(name))
      return [...new Set(points.map(([order]) => order!))].map(order => ({
        name,
        call: `${name}(${order}, x)`,
        points: points.filter(([a]) => a === order).map(([, x]) => [x!, 2]),
      }))
    return rule.arity === 1
      ? [{ name, call: `${name}(x)`, points: points.map(([x]) => [x!, 2]) }]
      : [{ name, call: `${name}(x, y)`, points }]
  }),
  { name: 'polygamma', call: 'polygamma(Math.floor(y), x)', points: [[2.5, 1.5]] },
  { name: 'logAddExp', call: 'logAddExp(1, x)', points: [[2, 3]] },
  {
    name: 'clamp',
    call: 'clamp(x, -1, y)',
    points: [
      [0.5, 2],
      [-3, 2],
      [7, 2],
      [2, 2],
      [-1, 2],
    ],
  },
  {
    name: 'smoothstep',
    call: 'smoothstep(x, 0.5, y)',
    points: [
      [0.7, 2],
      [-3, 2],
      [7, 2],
      [0.5, 2],
      [2, 2],
    ],
  },
] // prettier-ignore

/** Inside of other operations too: what arrives is then no 1. */
const bodies = (call: string) => [call, `Math.exp(${call}) * y`]

const compiledCases = (() => {
  const written = cases.flatMap(({ call }) => bodies(call))
  const names = [...new Set(cases.map(({ name }) => name))]
  const text = [
    "import { grad, hessian, valueAndGrad, type NumberWithGrad } from 'tsgrad'",
    `import { ${names.join(', ')} } from 'tsgrad/special'`,
    ...written.map((body, i) => {
      const f = `([x, y]: [number, number]) => ${body}`
      const t = `([x, y]: [NumberWithGrad, NumberWithGrad]): NumberWithGrad => ${body}`
      return `export const plain${i} = ${f}
export const c${i} = { value: (x: number[]) => valueAndGrad(${f})(x as never)[0], grad: grad(${f}), hessian: hessian(${f}) }
export const t${i} = ${t}`
    }),
  ].join('\n')
  const { diagnostics, lowered } = compile({ 'main.ts': text }, { declaration: false })
  expect(diagnostics.map(shown)).toEqual([])
  const made = run(lowered(), { 'tsgrad/special': special })
  return written.map((_, i) => ({
    plain: made[`plain${i}`] as (x: Point) => number,
    compiled: made[`c${i}`] as Compiled,
    taped: made[`t${i}`] as (x: readonly NumberWithGrad[]) => NumberWithGrad,
  }))
})()

/** Where one engine has no finite number, the other has none either. */
const isSame = (a: number, b: number, digits: number) =>
  Number.isFinite(a) ? Math.abs(a - b) <= digits * Math.max(1, Math.abs(a), Math.abs(b)) : !Number.isFinite(b)

describe.each(cases)('$call', ({ call, points }) => {
  test('is derived as on the tape', () => {
    expect(points.length).toBeGreaterThan(0)
    const different: string[] = []
    bodies(call).forEach((body, k) => {
      const { plain, compiled, taped } = compiledCases[cases.findIndex(each => each.call === call) * 2 + k]!
      for (const at of points) {
        const found = [compiled.value(at), ...compiled.grad(at)]
        const expected = [plain(at), ...grad(taped as never)(at as never)] as number[]
        if (!found.every((each, i) => isSame(each, expected[i]!, 1e-15)))
          different.push(`${body} at ${at}: ${found} for ${expected}`)
        const [second, tapedSecond] = [compiled.hessian(at), hessian(taped as never)(at as never)].map(each =>
          (each as number[][]).flat(),
        ) as [number[], number[]]
        if (!second.every((each, i) => isSame(each, tapedSecond[i]!, 1e-12)))
          different.push(`second of ${body} at ${at}: ${second} for ${tapedSecond}`)
      }
    })
    expect(different).toEqual([])
  })
})

test('all that the entry exports is understood', () => {
  const internal = ['erfcxIntegral', 'expNegSquare', 'sphericalBesselOfPi']
  const understood = new Set(cases.map(({ name }) => name))
  expect(Object.keys(special).filter(name => !understood.has(name))).toEqual(internal)
})
