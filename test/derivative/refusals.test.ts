/** What a derived function may not hold: each row is refused at its place, and a function that is nearly the same is derived. */

import { describe, expect, test } from 'vitest'
import { catalogue } from '../../transformer/report/diagnostics.ts'
import { compile, shown } from '../compile.ts'
import { compiledGradients, refusalsOf } from './compiled.ts'
import { refusalRows as rows } from './refusal-rows.ts'

const found = refusalsOf(rows.map(([, , refused]) => refused))

test.each(rows.map((row, i) => [row[0], row[1], row[2], found[i]!] as const))(
  'TS%d at %j in %s',
  (code, at, source, diagnostics) => {
    expect(diagnostics.length, diagnostics.join('\n')).toBe(1)
    const [, place, actual, text] = /^[\d:]+ (".*?(?<!\\)") TS(\d+) (.*)$/.exec(diagnostics[0]!)!
    expect(Number(actual)).toBe(code)
    expect(JSON.parse(place!).slice(0, at.length)).toBe(at)
    expect(text).toMatch(/cannot derive 'f': /)
    expect(source).toContain('function f')
  },
)

test('what is nearly the same is derived', () => {
  const derived = compiledGradients(rows.map(([, , , allowed]) => allowed))
  expect(derived.length).toBe(rows.length)
  for (const { text } of derived) expect(text).toContain('__tsgrad_differentiable(f, ')
})

test('each message of derivatives but those of places has a row', () => {
  const codes = Object.values(catalogue)
    .map(({ code }) => code)
    .filter(code => Math.floor(code / 1000) === 94)
  const elsewhere = [94010, 94013, 94014, 94015, 94017, 94019, 94020]
  expect(new Set([...rows.map(([code]) => code), ...elsewhere])).toEqual(new Set(codes))
})

describe('at the call', () => {
  const said = (text: string, more: Readonly<Record<string, string>> = {}) =>
    compile({ 'main.ts': text, ...more }).diagnostics.map(shown)
  const imports = "import { grad, NumberWithGrad, type Differentiable } from 'tsgrad'\n"

  test.each([
    [
      'a function that is a parameter',
      `${imports}export const at = (f: (x: number) => number) => grad(f)(1)`,
      /"f" TS94020/,
    ],
    [
      'the same, of the type Differentiable',
      `${imports}export const at = (f: Differentiable<(x: number) => number>) => grad(f)(1)`,
      undefined,
    ],
    [
      'a captured tracked number',
      `${imports}declare const k: NumberWithGrad\nexport const g = grad((x: number) => x + k.num * (k as unknown as number))`,
      /"k" TS94014 .*'k' is a tracked number/,
    ],
    [
      'an argument that is no number',
      `${imports}export const g = grad((x: number, name: string) => x + name.length)`,
      /"name: string" TS94015/,
    ],
    [
      'a name that means something else there',
      `${imports}let k = [1]\nfunction f(x: number) { return x * k[0]! }\nexport const more = () => (k = [2])\nexport const g = (k: number) => grad(f)(k)`,
      /"k" TS94013 .*reads 'k'/,
    ],
    [
      'a name of JavaScript that means something else there',
      `${imports}function f(x: number) { return Math.sin(x) }\nexport const g = (Math: number) => grad(f)(Math)`,
      /"f" TS94013 .*reads 'Math'/,
    ],
    [
      'the object of a method',
      `${imports}class A { x = 1; slope() { return grad((k: number) => this.x * k) } }\nexport const a = new A()`,
      undefined,
    ],
    [
      'the object of another function',
      `${imports}function f(this: { x: number }, k: number) { return this.x * k }\nexport const a = grad(f as (k: number) => number)`,
      /"`?this/,
    ],
    [
      'an argument that is a boolean',
      `${imports}export const g = grad((x: number, isOn: boolean) => (isOn ? x : 0))`,
      /"isOn: boolean" TS94015/,
    ],
    [
      'numbers by any name',
      `${imports}export const g = grad((p: Record<string, number>) => p.a! * p.b!)`,
      /"p: Record<string, number>" TS94015/,
    ],
    [
      'a map of numbers',
      `${imports}export const g = grad((p: Map<string, number>) => p.get('a')!)`,
      /"p: Map<string, number>" TS94015/,
    ],
    [
      'a name from outside that the text declares itself',
      `${imports}const seed = 7\nexport const g = grad((x: number) => x * seed)`,
      /TS94013 .*reads 'seed'/,
    ],
    [
      'the same, which the text does not declare',
      `${imports}const sp = 7\nconst T = 300\nexport const g = grad((x: number) => (x * sp) / T)`,
      undefined,
    ],
    [
      'what has no index',
      `${imports}export const g = grad((x: Iterable<number>) => { let s = 0; for (const v of x) s += v; return s })`,
      /"x: Iterable<number>" TS94015/,
    ],
    [
      'a set',
      `${imports}export const g = grad((x: ReadonlySet<number>) => { let s = 0; for (const v of x) s += v; return s })`,
      /"x: ReadonlySet<number>" TS94015/,
    ],
    [
      'a type parameter of plain numbers',
      `${imports}export const g = grad(<T extends readonly number[]>(x: T) => x[0]! ** 2)`,
      /"x: T" TS94015/,
    ],
    [
      'the same as an array',
      `${imports}export const g = grad((x: readonly number[]) => { let s = 0; for (const v of x) s += v; return s })`,
      undefined,
    ],
    [
      'several signatures',
      `${imports}function f(x: number, y: number): number\nfunction f(x: number): number\nfunction f(x: number, y = 2) { return x * y }\nexport const g = grad(f)`,
      /"f" TS94011 .*a function with several signatures/,
    ],
    [
      'a var',
      `${imports}export const g = grad((x: number) => { for (let i = 0; i < 2; i++) { var v: number; v = x } return x })`,
      /"var v: number" TS94011 .*a `var`/,
    ],
    [
      'the same name for the same thing',
      `${imports}const k = [1]\nfunction f(x: number) { return x * k[0]! }\nexport const g = (r: number) => grad(f)(r)`,
      undefined,
    ],
    [
      'a library of the user',
      `${imports}declare function minimize(f: Differentiable<(x: number[]) => number>): void\nminimize(x => x[0]! * x.join().length)`,
      /"join" TS94003/,
    ],
    [
      'the same, derived',
      `${imports}declare function minimize(f: Differentiable<(x: number[]) => number>): void\nminimize(x => x[0]! * x[0]!)`,
      undefined,
    ],
    [
      "tracked numbers are the tape's",
      `${imports}export const g = grad(x => x * x)\nexport const h = grad((x: NumberWithGrad, y: NumberWithGrad) => x * y)`,
      undefined,
    ],
    [
      "a type parameter is the tape's",
      `${imports}export const g = grad(<T extends NumberWithGrad | number>(x: T) => x)`,
      undefined,
    ],
  ])('%s', (_, text, expected) => {
    const diagnostics = said(text)
    if (expected === undefined) expect(diagnostics).toEqual([])
    else {
      expect(diagnostics.length, diagnostics.join('\n')).toBe(1)
      expect(diagnostics[0]).toMatch(expected)
    }
  })

  test('the path to a function of another file is told, at the call', () => {
    const [diagnostic, ...others] = said(
      `import { grad } from 'tsgrad'\nimport { cost } from './cost.ts'\nexport const g = grad(cost)`,
      {
        'cost.ts': "import { layer } from './layer.ts'\nexport const cost = (x: number) => 2 * layer(x)",
        'layer.ts': 'declare function act(x: number): number\nexport const layer = (x: number) => act(x)',
      },
    )
    expect(others).toEqual([])
    expect(diagnostic).toMatch(
      /^3:23 "cost" TS94001 tsgrad cannot derive 'cost': it does not know the body of 'act'\. It is at layer\.ts:2:37\. It is reached by/,
    )
  })

  test('a script cannot import what a derivative needs', () => {
    const lib = "import { grad as own } from 'tsgrad'\ndeclare global { var slope: typeof own }\nexport {}"
    expect(said('const g = slope((x: number) => x * x)', { 'lib.ts': lib })).toEqual([
      expect.stringMatching(/TS94019 The derivative of this function calls an imported function/),
    ])
  })
})

test.each([
  ['a changed one', 'const c = [1, 2]\nc[0] = 3'],
  ['an exported one', 'export const c = [1, 2]'],
  [
    'one that is handed on',
    'const c = [1, 2]\nconst last = (a: number[]) => a.pop()\nexport const shrink = () => last(c)',
  ],
  ['one whose row is handed on', 'const c = [[1], [2]]\nexport const grow = () => { for (const r of c) r.push(1) }'],
  ['one in a pattern', 'const c = [1, 2]\nexport const swap = () => { [c[0], c[1]] = [c[1]!, c[0]!] }'],
  ['a random one', 'const c = [1, Math.random()]'],
  ['a variable', 'let c = [1, 2]\nexport const renew = () => { c = [3] }'],
])('a constant of another file that may change is refused: %s', (_, constant) => {
  const text =
    "import { grad } from 'tsgrad'\nimport { g } from './other.ts'\nexport const slope = grad((x: number) => g(x))"
  const said = (more: string) =>
    compile({
      'main.ts': text,
      'other.ts': `${more}\nexport const g = (x: number) => x * +c.length * x`,
    }).diagnostics.map(shown)
  expect(said(constant).join()).toMatch(/TS94013 .*reads 'c'/)
  expect(said('const c = [1, 2]')).toEqual([])
})
