/** What is generated from a row: how its expressions are quoted, and that a row whose value is a loop needs one file more and no other place. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Runtime from '../runtime/index.ts'
import { binary, named, type UnaryRule, unary } from '../runtime/rules/rule.ts'

type Rules = Readonly<Record<string, object>>
// the types of scripts are not asked for
const {
  filled,
  parametersUsed,
  quoted,
}: {
  filled(template: string, replacements: Readonly<Record<string, string>>): string
  parametersUsed(arrow: unknown): Set<number>
  quoted(arrow: unknown, operands: readonly string[]): string
} = await import('../scripts/quote.mjs' as string)
const { modulesOf }: { modulesOf(rules: Rules): Record<string, string> } = await import(
  '../scripts/generated.mjs' as string
)

describe('an expression in place of a variable has the parentheses that it needs, and no other', () => {
  test.each([
    ['x * 2', 'a + b', '(a + b) * 2'],
    ['x + 2', 'a * b', 'a * b + 2'],
    ['1 - x', 'a - b', '1 - (a - b)'],
    ['x - 1', 'a - b', 'a - b - 1'],
    ['x ** 2', '-a', '(-a) ** 2'],
    ['2 ** x', '-a', '2 ** -a'],
    ['x ** 2', 'a ** b', '(a ** b) ** 2'],
    ['-x', '-a', '-(-a)'],
    ['-x', 'a * b', '-(a * b)'],
    ['1 - x', '-a', '1 - -a'],
    ['x ? 1 : 2', 'a ? 3 : 4', '(a ? 3 : 4) ? 1 : 2'],
    ['a ? 1 : x', 'b ? 3 : 4', 'a ? 1 : b ? 3 : 4'],
    ['Math.exp(x)', 'a ? 3 : 4', 'Math.exp(a ? 3 : 4)'],
    ['x.num', 'a + b', '(a + b).num'],
    ['x', '(a + b)', 'a + b'],
    ['y.x * x', 'a', 'y.x * a'],
  ])('%s with %s for x: %s', (template, x, expected) => expect(filled(template, { x })).toBe(expected))

  test('operands are replaced by place, whatever their names are', () => {
    expect(quoted((a: number, b: number) => a / b, ['b', 'a'])).toBe('b / a')
    expect(quoted((p: number, q: number) => p * q, ['1 + x', 'f(p)'])).toBe('(1 + x) * f(p)')
  })

  test('the operands that an expression reads are known by place', () => {
    expect([...parametersUsed((_a: number, b: number) => Math.max(b, 1))]).toEqual([1])
    expect([...parametersUsed(() => 1)]).toEqual([])
  })
})

describe('a row that cannot be quoted is refused', () => {
  const f = (x: number) => x
  const outer = 3
  test.each<[string, UnaryRule, string]>([
    [
      'a block',
      named(
        x => {
          return x
        },
        f,
        [1],
      ),
      'neither an arrow with an expression nor a named function',
    ],
    [
      'a name from outside',
      named(x => x * outer, f, [1]),
      '`outer` is neither a parameter nor one of Math, NaN, special',
    ],
    [
      'a partial with a loop',
      named(
        f,
        function g(x) {
          return x
        },
        [1],
      ),
      'neither an arrow with an expression',
    ],
    [
      'a partial that no row computes',
      unary(
        'unary -',
        x => -x,
        x => x | 1,
        [1],
      ),
      'no row of the table computes `x | 1`',
    ],
    [
      'a partial with too many operands',
      unary('Math.max', f, x => Math.max(x, 1, x), [1]),
      'f takes 1 operands, not those of `Math.max(x, 1, x)`',
    ],
  ])('%s', (_what, rule, message) => expect(() => modulesOf({ f: rule })).toThrow(message))

  test('more rows than there are opcodes', () => {
    const sum = binary('+', (a, b) => a + b, [() => 1, () => 1], [[1, 2]])
    const rows = Object.fromEntries(Array.from({ length: 126 }, (_, i) => [`f${i}`, sum]))
    expect(() => modulesOf(rows)).toThrow('126 rows')
  })
})

/** Plain functions of numbers, with loops. */
const SPECIAL = `
/** 2/√π Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)) */
export function erfBySeries(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
/** (1 + 1/b)ᵃ by repeated multiplication, for a whole number a. */
export function compound(a: number, b: number): number {
  let product = 1
  for (let i = 0; i < a; i++) product *= 1 + 1 / b
  return product
}
`
const ROWS = `
  erfBySeries: named(special.erfBySeries, x => 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), [0.5], { meaning: 'The error function.', frequent: true }),
  gelu: named(x => 0.5 * x * (1 + special.erfBySeries(x * Math.SQRT1_2)),
    x => 0.5 * (1 + special.erfBySeries(x * Math.SQRT1_2)) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI), [0.5]),
  compound: binary([], special.compound, [(a, b, y) => y * Math.log(1 + 1 / b), (a, b, y) => -a * y / (b * (b + 1))], [[2, 3]]),
  thrice: binary([], (_a, b) => 3 * b, [() => 0, () => 3], [[1, 2]]),
}
`

describe('a row whose value is a function with a loop', () => {
  const copy = mkdtempSync(join(tmpdir(), 'tsgrad-rows-'))
  afterAll(() => rmSync(copy, { recursive: true, force: true }))
  const read = (path: string) => readFileSync(join(copy, path), 'utf8')
  let printed: string
  let runtime: typeof Runtime &
    Record<'erfBySeries' | 'gelu' | 'compound' | 'thrice', (...xs: Runtime.Numeric[]) => Runtime.Numeric>

  beforeAll(async () => {
    for (const name of ['runtime', 'tsconfig.json']) cpSync(name, join(copy, name), { recursive: true })
    const table = read('runtime/rules/rules.ts').replace(/\n}\n$/, ROWS)
    const imported = table.includes('./special.ts') ? '' : "import * as special from './special.ts'\n"
    writeFileSync(join(copy, 'runtime/rules/rules.ts'), imported + table)
    appendFileSync(join(copy, 'runtime/rules/special.ts'), SPECIAL)
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', copy], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    printed = stdout
    runtime = await import(join(copy, 'runtime/index.ts'))
  })

  test('is computed by that function, and derived by its row, once and twice', () => {
    const { erfBySeries, gelu, valueAndGrad, hessian, NumberWithGrad } = runtime
    const density = (x: number) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)
    for (const x of [-1.5, 0.3, 2]) {
      const value = erfBySeries(x) as number
      expect(valueAndGrad((t: Runtime.NumberWithGrad) => erfBySeries(t))(x)).toEqual([
        value,
        expect.closeTo(density(x), 14),
      ])
      expect(hessian(([t]) => erfBySeries(t!))([x])[0]![0]).toBeCloseTo(-2 * x * density(x), 13)
      const leaf = new NumberWithGrad(x)
      ;(erfBySeries(leaf) as Runtime.NumberWithGrad).backward()
      expect(leaf.grad).toBeCloseTo(density(x), 14)
      const normal = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
      expect(hessian(([t]) => gelu(t!))([x])[0]![0]).toBeCloseTo((2 - x * x) * normal, 12)
    }
    expect(erfBySeries(0.3)).toBeCloseTo(0.3286267594591274, 15)
  })

  test('may have two operands, and no operator', () => {
    const { compound, valueAndGrad, hessian } = runtime
    expect(compound(3, 2)).toBe(3.375)
    const [, gradient] = valueAndGrad(([a, b]: Runtime.NumberWithGrad[]) => compound(a!, b!))([3, 2])
    expect(gradient).toEqual([expect.closeTo(3.375 * Math.log(1.5), 14), expect.closeTo(-3 * 1.5 ** 2 * 0.25, 14)])
    expect(hessian(([b]) => compound(3, b!))([2])[0]![0]).toBeCloseTo((6 * 1.5) / 16 + (6 * 1.5 ** 2) / 8, 12)
  })

  test('has a share for an operand beside one whose derivative is 0 everywhere', () => {
    const leaf = new runtime.NumberWithGrad(2)
    ;(runtime.thrice(1, leaf) as Runtime.NumberWithGrad).backward()
    expect(leaf.grad).toBe(3)
  })

  test('is imported by the modules that name it, and by no other', () => {
    const paths = printed.match(/runtime\S+/g)!
    const importing = paths.filter(path => read(path).includes("from '../../rules/special.ts'"))
    expect(importing).toEqual(paths.filter(path => /\bspecial\.\w+/.test(read(path))))
    expect([paths.length, importing.length]).toEqual([6, 5])
  })

  test('is documented by its meaning and its own name', () => {
    const functions = read('runtime/generated/surface/functions.ts')
    expect(functions).toContain('The error function. Other types throw a TypeError.\n * Value `erfBySeries(x)`,')
    expect(read('docs/rules.md')).toContain(
      '| `erfBySeries(x)` | `x.erfBySeries()` | The error function. | `2 / Math.sqrt',
    )
    expect(read('docs/rules.md')).not.toContain('special')
  })
})

test('the generated files are what the rules give', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], { encoding: 'utf8' })
  expect(stderr).not.toContain('is not what')
  expect(status).toBe(0)
})
