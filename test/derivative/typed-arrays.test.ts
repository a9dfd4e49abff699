/** Typed arrays: those of whole numbers are data, and what a Float32Array rounds has the derivative of what was stored. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'

/** Bodies with the class of an array as A: the gradients with Float32Array are those with Float64Array, but for the rounding. */
const rounded = [
  'const a = new A(3); for (let i = 0; i < 3; i++) a[i] = x[i]! ** 2; a[0]! += a[1]! * x[0]!; return a.reduce((s, v) => s + v * v, 0)',
  'const a = A.from(x, v => v * 1.5); const b = a.map(v => v * v); b.set([x[0]!, x[1]!], 1); return [...b, ...a.slice(1)].reduce((s, v) => s + v ** 3, 0)',
  'const b = new A(x).fill(x[2]!, 0, 1); return b.toSorted()[2]! * b.with(0, x[0]!)[0]! + b.filter(v => v > 2).length * b[1]!',
  'const p = { buffer: new A(2), k: 2 }; p.buffer[0] = x[0]! * x[1]!; p.buffer[1] = p.buffer[0]! * x[1]!; return p.buffer[1]! ** 2 * p.k',
  'const b = x[0]! > 1 ? new A(1) : new Float64Array(1); b[0] = x[0]! * x[1]!; return b[0]! * x[2]!',
  'const a = A.of(x[0]!, 2); let s = 0; for (const v of a) s += v * x[1]!; const [first, ...others] = a; return s * first! + others[0]! * a.at(-1)! * x[2]!',
]
const x = [1.1, 2.3, 3.7]

const compiled = compile({
  'main.ts': [
    "import { hessian, valueAndGrad } from 'tsgrad'",
    ...rounded.flatMap((body, i) =>
      ['Float32Array', 'Float64Array'].map((name, k) => {
        const f = `(x: number[]) => { ${body.replace(/\bA\b/g, name)} }`
        return `export const ${'sd'[k]}${i} = [${f}, valueAndGrad(${f}), hessian(${f})]`
      }),
    ),
  ].join('\n'),
})
const made = run(compiled.emit().get('main.js')!) as Record<string, readonly ((x: number[]) => never)[]>

test('the program compiles', () => {
  expect(compiled.diagnostics.map(shown)).toEqual([])
})

test.each(rounded.map((body, i) => [body, i] as const))('%s', (_, i) => {
  const [single, double] = [made[`s${i}`]!, made[`d${i}`]!]
  const [value, gradient] = single[1]!(x) as [number, number[]]
  expect(value).toBe(single[0]!(x))
  expect(value).not.toBe(double[0]!(x))
  const [, expected] = double[1]!(x) as [number, number[]]
  const size = Math.max(...expected.map(Math.abs))
  for (const [k, each] of gradient.entries()) expect(Math.abs(each - expected[k]!) / size).toBeLessThan(1e-6)
  const [rows, wanted] = [single[2]!(x), double[2]!(x)] as number[][][]
  const most = Math.max(...wanted!.flat().map(Math.abs))
  for (const [k, each] of rows!.flat().entries()) expect(Math.abs(each - wanted!.flat()[k]!) / most).toBeLessThan(1e-6)
})
