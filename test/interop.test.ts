/** The entries for other libraries: every operator that they name, lowered, run on the real package and compared with its own calls. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import * as decimal from 'decimal.js'
import * as mathjs from 'mathjs'
import * as three from 'three'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers'
import '../interop/decimal.ts'
import { install } from '../interop/install.ts'
import '../interop/mathjs.ts'
import '../interop/tfjs.ts'
import '../interop/three.ts'
import * as tsgrad from '../runtime/index.ts'
import { type Compiled, compile, programOf, shown } from './compile.ts'

interface Entry {
  readonly name: string
  readonly source: string
  readonly head: string
  readonly modules: Readonly<Record<string, unknown>>
  /** Natural math, what it is lowered to, and the same by the library's own methods or functions. */
  readonly lines: readonly (readonly [natural: string, lowered: string, byHand: string])[]
  /** What is refused, with its code. */
  readonly refused: readonly (readonly [natural: string, code: number])[]
}

const unary = (names: string, variable: string, byHand = (name: string) => `${variable}.${name}()`) =>
  names.split(' ').map(name => [`Math.${name}(${variable})`, `${variable}.${name}()`, byHand(name)] as const)

const decimalEntry: Entry = {
  name: 'decimal.js',
  source: 'decimal.ts',
  head: `import { Decimal } from 'decimal.js'
import 'tsgrad/interop/decimal.js'
const d = new Decimal('0.3'), e = new Decimal(7)`,
  modules: { 'decimal.js': decimal },
  lines: [
    ['d + e', 'd.added(e)', 'd.plus(e)'],
    ['d + 0.1', 'd.added(0.1)', "d.plus('0.1')"],
    ['0.1 + d', 'd.added(0.1)', "new Decimal('0.1').plus(d)"],
    ['10n + d', 'd.added(10n)', "new Decimal('10').plus(d)"],
    ['d - e', 'd.minus(e)', 'd.sub(e)'],
    ['1 - d', 'd.rminus(1)', 'new Decimal(1).minus(d)'],
    ["d * '0.1'", "d.times('0.1')", "d.times(new Decimal('0.1'))"],
    ['2 * d', 'd.times(2)', 'new Decimal(2).times(d)'],
    ['d / e', 'd.div(e)', 'd.dividedBy(e)'],
    ['1 / e', 'e.rdiv(1)', 'new Decimal(1).div(e)'],
    ['-e % 4', 'e.neg().mod(4)', 'new Decimal(-3)'],
    ['-9 % e', 'e.rmod(-9)', 'new Decimal(-2)'],
    ['d ** 2', 'd.pow(2)', 'd.times(d)'],
    ['2 ** e', 'e.rpow(2)', 'new Decimal(128)'],
    ['-d', 'd.neg()', 'd.negated()'],
    ['d < e', 'd.lt(e)', 'd.lessThan(e)'],
    ['d > 0.3', 'd.gt(0.3)', 'false'],
    ['d <= 0.3', 'd.lte(0.3)', 'true'],
    ['d >= e', 'd.gte(e)', 'false'],
    ['1 < e', 'e.gt(1)', 'true'],
    ['1 > e', 'e.lt(1)', 'false'],
    ['7 <= e', 'e.gte(7)', 'true'],
    ['7 >= e', 'e.lte(7)', 'true'],
    // the string stays text on both sides
    ["d + ' EUR'", "String(d) + ' EUR'", "'0.3 EUR'"],
    ["'x' + d", "'x' + String(d)", "'x0.3'"],
    ["d + '1'", "String(d) + '1'", "'0.31'"],
    ['Math.log(e)', 'e.ln()', 'Decimal.ln(e)'],
    ['Math.log10(e)', 'e.log()', 'Decimal.log10(e)'],
    ['Math.max(d, e)', 'd.max(e)', 'e'],
    ['Math.max(1, d, 2)', "__tsgrad_dispatchMath('max', 'max', 'max', 1, d, 2)", 'new Decimal(2)'],
    ['Math.min(d, 1, e)', 'd.min(1, e)', 'd'],
    ['Math.pow(d, 3)', 'd.pow(3)', 'Decimal.pow(d, 3)'],
    ['Math.pow(3, d)', 'd.rpow(3)', 'Decimal.pow(3, d)'],
    ...unary(
      'abs acos asin asinh atan cbrt ceil cos cosh exp floor sin sinh sqrt tan tanh trunc',
      'd',
      name => `Decimal.${name}(d)`,
    ),
    ...unary('acosh', 'e', name => `Decimal.${name}(e)`),
    ...unary('atanh', 'd', name => `Decimal.${name}(d)`),
    // the precision is the operand's own
    [
      '1 / new (Decimal.clone({ precision: 3 }))(3)',
      'new (Decimal.clone({ precision: 3 }))(3).rdiv(1)',
      "new Decimal('0.333')",
    ],
  ],
  refused: [
    ['+d', 92001],
    ['d & 1', 92001],
    ['Math.round(d)', 92001],
    ['d * true', 2345],
    ['d + undefined', 2345],
  ],
}

const mathjsEntry: Entry = {
  name: 'mathjs',
  source: 'mathjs.ts',
  head: `import { add, complex, divide, type Fraction, fraction, multiply, pow, subtract } from 'mathjs'
import 'tsgrad/interop/mathjs'
const z = complex(1, 2), w = complex(-3, 0.5), f = fraction(1, 3), g = fraction(-5, 2)`,
  modules: { mathjs },
  lines: [
    ['z + w', 'z.plus(w)', 'add(z, w)'],
    ['1 + z', 'z.plus(1)', 'add(1, z)'],
    ['z - 1', 'z.minus(1)', 'subtract(z, 1)'],
    ['1 - z', 'z.rminus(1)', 'subtract(1, z)'],
    ['z * w', 'z.times(w)', 'multiply(z, w)'],
    ['2 * z', 'z.times(2)', 'multiply(2, z)'],
    ['z / w', 'z.over(w)', 'divide(z, w)'],
    ['1 / z', 'z.rover(1)', 'divide(1, z)'],
    ['z ** w', 'z.power(w)', 'pow(z, w)'],
    ['2 ** z', 'z.rpower(2)', 'pow(2, z)'],
    ['-z', 'z.neg()', 'complex(-1, -2)'],
    ["'z is ' + z", "'z is ' + String(z)", "'z is 1 + 2i'"],
    ['Math.pow(z, 2)', 'z.power(2)', 'complex(-3, 4)'],
    ['Math.pow(2, z)', 'z.rpower(2)', 'pow(2, z)'],
    ['Math.abs(z)', 'z.abs()', 'Math.sqrt(5)'],
    ...unary(
      'acos acosh asin asinh atan atanh cos cosh exp log sin sinh sqrt tan tanh',
      'z',
      name => `mathjs.${name}(z)`,
    ),
    ['f + g', 'f.plus(g)', 'add(f, g)'],
    ['1 + f', 'f.plus(1)', 'fraction(4, 3)'],
    ['f + 0.1', 'f.plus(0.1)', 'fraction(13, 30)'],
    ['f - g', 'f.sub(g)', 'subtract(f, g)'],
    ['1 - f', 'f.rsub(1)', 'fraction(2, 3)'],
    ['f * 3n', 'f.mul(3n)', 'fraction(1)'],
    ['2 * f', 'f.mul(2)', 'fraction(2, 3)'],
    ['f / g', 'f.div(g)', 'divide(f, g)'],
    ['1 / g', 'g.rdiv(1)', 'fraction(-2, 5)'],
    ['g % 2', 'g.mod(2)', 'fraction(-1, 2)'],
    ['-5 % f', 'f.rmod(-5)', 'fraction(0)'],
    ['g ** 3', 'g.power(3)', 'fraction(-125, 8)'],
    ['8 ** f', 'f.rpower(8)', 'fraction(2)'],
    ['Math.pow(f, 2)', 'f.power(2)', 'fraction(1, 9)'],
    ['Math.pow(8, f)', 'f.rpower(8)', 'fraction(2)'],
    ['-f', 'f.neg()', 'fraction(-1, 3)'],
    ['f < g', 'f.lt(g)', 'false'],
    ['f > 0.3', 'f.gt(0.3)', 'true'],
    ['f <= g', 'f.lte(g)', 'false'],
    ['f >= g', 'f.gte(g)', 'true'],
    ['1 < f', 'f.gt(1)', 'false'],
    ['1 > f', 'f.lt(1)', 'true'],
    ['1 <= f', 'f.gte(1)', 'false'],
    ['1 >= f', 'f.lte(1)', 'true'],
    ["f + ' cups'", "String(f) + ' cups'", "'0.(3) cups'"],
    ...unary('abs ceil floor round', 'g', name => `fraction(Math.${name}(-2.5))`),
    // a fraction meets a complex number as a complex one
    ['f * z', 'z.times(f)', 'multiply(f, z) as unknown'],
    ['f - z', 'z.rminus(f)', 'subtract(complex(1 / 3), z)'],
    ['z / f', 'z.over(f)', 'divide(z, complex(1 / 3))'],
  ],
  refused: [
    ['z < w', 92001],
    ['+f', 92001],
    ['z % 2', 92001],
    ['Math.sqrt(f)', 92001],
    ['z + undefined', 2345],
    ["z * '2'", 2345],
  ],
}

const vector = (v: string, w: string): Entry['lines'] => [
  [`${v} + ${w}`, `${v}.plus(${w})`, `${v}.clone().add(${w})`],
  [`${v} - ${w}`, `${v}.minus(${w})`, `${v}.clone().sub(${w})`],
  [`${v} * ${w}`, `${v}.times(${w})`, `${v}.clone().multiply(${w})`],
  [`${v} * 2`, `${v}.times(2)`, `${v}.clone().multiplyScalar(2)`],
  [`2 * ${v}`, `${v}.times(2)`, `${v}.clone().multiplyScalar(2)`],
  [`${v} / ${w}`, `${v}.over(${w})`, `${v}.clone().divide(${w})`],
  [`${v} / 2`, `${v}.over(2)`, `${v}.clone().divideScalar(2)`],
  [`-${v}`, `${v}.negated()`, `${v}.clone().negate()`],
  [`Math.ceil(${v})`, `${v}.ceiled()`, `${v}.clone().ceil()`],
  [`Math.floor(${v})`, `${v}.floored()`, `${v}.clone().floor()`],
  [`Math.round(${v})`, `${v}.rounded()`, `${v}.clone().round()`],
  [`Math.trunc(${v})`, `${v}.truncated()`, `${v}.clone().roundToZero()`],
  [`Math.max(${v}, ${w})`, `${v}.largest(${w})`, `${v}.clone().max(${w})`],
  [`Math.min(${v}, ${w}, ${v})`, `${v}.smallest(${w}, ${v})`, `${v}.clone().min(${w})`],
]

const threeEntry: Entry = {
  name: 'three',
  source: 'three.ts',
  head: `import { Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4 } from 'three'
import 'tsgrad/interop/three'
const u2 = new Vector2(-1.5, 2), w2 = new Vector2(4, 0.5)
const u3 = new Vector3(-1.5, 2, 0.25), w3 = new Vector3(4, 0.5, -1)
const u4 = new Vector4(-1.5, 2, 0.25, 1), w4 = new Vector4(4, 0.5, -1, 2)
const m3 = new Matrix3(1, 2, 3, 4, 5, 6, 7, 8, 10), n3 = new Matrix3(2, 0, 1, 0, 3, 0, 1, 0, 1)
const m4 = new Matrix4().makePerspective(-1, 1, 1, -1, 1, 10), n4 = new Matrix4().makeTranslation(1, 2, 3)
const q = new Quaternion(0.5, 0.5, 0.5, 0.5), r = new Quaternion(0, 0.6, 0, 0.8)`,
  modules: { three },
  lines: [
    ...vector('u2', 'w2'),
    ...vector('u3', 'w3'),
    ...vector('u4', 'w4'),
    ['m3 * n3', 'm3.times(n3)', 'new Matrix3().multiplyMatrices(m3, n3)'],
    ['n3 * m3', 'n3.times(m3)', 'new Matrix3().multiplyMatrices(n3, m3)'],
    ['m3 * u3', 'm3.times(u3)', 'u3.clone().applyMatrix3(m3)'],
    ['m3 * u2', 'm3.times(u2)', 'u2.clone().applyMatrix3(m3)'],
    ['m3 * 2', 'm3.times(2)', 'm3.clone().multiplyScalar(2)'],
    ['2 * m3', 'm3.scaledBy(2)', 'm3.clone().multiplyScalar(2)'],
    ['m4 * n4', 'm4.times(n4)', 'new Matrix4().multiplyMatrices(m4, n4)'],
    ['m4 * u4', 'm4.times(u4)', 'u4.clone().applyMatrix4(m4)'],
    ['m4 * n4 * u3', 'm4.times(n4).times(u3)', 'u3.clone().applyMatrix4(n4).applyMatrix4(m4)'],
    ['m4 * 2', 'm4.times(2)', 'm4.clone().multiplyScalar(2)'],
    ['2 * m4', 'm4.scaledBy(2)', 'm4.clone().multiplyScalar(2)'],
    ['q * r', 'q.times(r)', 'new Quaternion().multiplyQuaternions(q, r)'],
    ['q * u3', 'q.times(u3)', 'u3.clone().applyQuaternion(q)'],
    // last: no line before changed an operand
    ['[u2, u3, u4, m3, m4, q]', '[u2, u3, u4, m3, m4, q]', '[u2, u3, u4, m3, m4, q]'],
  ],
  refused: [
    ['u3 + 1', 2345],
    ['1 - u3', 92001],
    ['u3 + u4', 2345],
    ['u3 + q', 2345],
    ['u3 * m4', 2345],
    ['m4 * u2', 2769],
    ['m3 + n3', 92001],
    ['u3 < w3', 92001],
    ['+u3', 92001],
  ],
}

const tfjsEntry: Entry = {
  name: 'tfjs',
  source: 'tfjs.ts',
  head: `import * as tf from '@tensorflow/tfjs-core'
import 'tsgrad/interop/tfjs'
const w = tf.scalar(3), x = tf.tensor1d([0.5, -2, 0.25]), y = tf.tensor2d([[1, 2, 3], [4, 5, 6]]), h = tf.scalar(0.5)`,
  modules: { '@tensorflow/tfjs-core': tf },
  lines: [
    ['w * x + 1', 'w.times(x).plus(1)', 'tf.add(tf.mul(w, x), 1)'],
    ['x + y', 'x.plus(y)', 'tf.add(x, y)'],
    ['1 + x', 'x.plus(1)', 'tf.add(1, x)'],
    ['y - [1, 2, 3]', 'y.minus([1, 2, 3])', 'tf.sub(y, [1, 2, 3])'],
    ['1 - x', 'x.rminus(1)', 'tf.sub(1, x)'],
    ['[1, 2, 3] - x', "__tsgrad_dispatchBinary('-', '', 'rminus', [1, 2, 3], x)", 'tf.sub([1, 2, 3], x)'],
    ['2 * x', 'x.times(2)', 'tf.mul(2, x)'],
    ['x / w', 'x.over(w)', 'tf.div(x, w)'],
    ['1 / x', 'x.rover(1)', 'tf.div(1, x)'],
    ['y ** 2', 'y.power(2)', 'tf.square(y)'],
    ['2 ** x', 'x.rpower(2)', 'tf.pow(2, x)'],
    ['-x', 'x.negated()', 'tf.neg(x)'],
    ['Math.max(x, 0)', 'x.largest(0)', 'tf.relu(x)'],
    ['Math.max(0, x)', 'x.largest(0)', 'tf.relu(x)'],
    ['Math.min(x, y)', 'x.smallest(y)', 'tf.minimum(x, y)'],
    ['Math.pow(x, 2)', 'x.power(2)', 'tf.square(x)'],
    ['Math.pow(2, x)', 'x.rpower(2)', 'tf.pow(2, x)'],
    ['Math.acosh(w)', 'w.acosh()', 'tf.acosh(w)'],
    ...unary(
      'abs acos asin asinh atan atanh ceil cos cosh exp expm1 floor log log1p sign sin sinh sqrt tan tanh',
      'h',
      name => `tf.${name}(h)`,
    ),
    // derivatives: of w x² + σ(x), where σ is written out
    [
      'tf.grad((x: tf.Tensor) => w * x ** 2 + 1 / (1 + Math.exp(-x)))(h)',
      'tf.grad((x: tf.Tensor) => w.times(x.power(2)).plus((x.negated().exp().plus(1)).rover(1)))(h)',
      'tf.grad(x => tf.add(tf.mul(w, tf.square(x)), tf.sigmoid(x)))(h)',
    ],
    [
      'tf.grads((a: tf.Tensor, b: tf.Tensor) => a * h - b)([w, tf.scalar(2)])',
      'tf.grads((a: tf.Tensor, b: tf.Tensor) => a.times(h).minus(b))([w, tf.scalar(2)])',
      '[tf.scalar(0.5), tf.scalar(-1)]',
    ],
  ],
  refused: [
    ['w < x', 92001],
    ['x % 2', 92001],
    ['+x', 92001],
    ['Math.round(x)', 92001],
    ['x * undefined', 2769],
    ['x * true', 2769],
  ],
}

const entries = [decimalEntry, mathjsEntry, threeEntry, tfjsEntry]

const program = ({ head, lines }: Entry) =>
  `${head}\nexport const results = [\n${lines.map(([natural]) => `() => ${natural},\n`).join('')}]\n`
const twin = ({ head, lines }: Entry) =>
  `${head}\nexport const results = [\n${lines.map(([, , byHand]) => `() => ${byHand},\n`).join('')}]\n`
const refusals = ({ head, refused }: Entry) =>
  `${head}\n${refused.map(([natural], i) => `export const refused${i} = ${natural}`).join('\n')}\n`

/** Runs a module, with the real packages that it imports. */
function run(text: string, modules: Entry['modules'], console?: object): Record<string, unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  })
  const exports: Record<string, unknown> = {}
  const required = (asked: string) => modules[asked] ?? { tsgrad }[asked]
  new Function('exports', 'require', 'mathjs', 'console', outputText)(exports, required, mathjs, console)
  return exports
}

function results(text: string, { modules, name }: Entry): readonly unknown[] {
  const found = run(text, modules).results as readonly (() => unknown)[]
  expect(found.length, name).toBeGreaterThan(20)
  return found.map(f => plain(f()))
}

/** A value of any of the libraries as data, with what tells it from another kind. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof tf.Tensor)
    return { shape: value.shape, dtype: value.dtype, data: [...value.dataSync()].map(rounded) }
  if (typeof value === 'number') return rounded(value)
  if (typeof value !== 'object' || value === null) return value
  const complex = value as { re?: number; im?: number }
  if ('re' in value) return { re: rounded(complex.re!), im: rounded(complex.im!) }
  if ('toArray' in value) return { kind: value.constructor.name, data: (value as three.Vector3).toArray().map(rounded) }
  return { kind: value.constructor.name, text: String(value) }
}

// the twin may come to a value by another way
const rounded = (x: number) => Number(x.toPrecision(6)) + 0

let compiled: Compiled
beforeAll(() => {
  compiled = compile(
    Object.fromEntries(
      entries.flatMap(entry => [
        [entry.source, program(entry)],
        [`refused-${entry.source}`, refusals(entry)],
      ]),
    ),
    { skipLibCheck: true },
  )
})

describe.each(entries)('$name', entry => {
  const { name, source, lines, refused } = entry
  const found = () => compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith(`/${source}`))
  const lowered = () => compiled.lowered(source)

  test('natural math compiles, to the calls that are claimed', () => {
    expect(found().map(shown)).toEqual([])
    const arrows = lowered()
      .split('\n')
      .filter(line => line.startsWith('() => '))
    expect(arrows).toEqual(lines.map(([, text]) => `() => ${text},`))
  })

  test('the results are those of the calls that one writes by hand', () => {
    expect(results(lowered(), entry)).toEqual(results(twin(entry), entry))
  })

  test('every method that its tables name is called here', () => {
    const text = readFileSync(new URL(`../interop/${source}`, import.meta.url), 'utf8')
    const named = new Set([...text.matchAll(/'[^'\n]+': '(\w+)'/g)].map(([, method]) => method!))
    expect(named.size).toBeGreaterThan(10)
    expect([...named].filter(method => !lowered().includes(`.${method}(`))).toEqual([])
  })

  test('what it does not name, and operands that do not fit, are errors', () => {
    const errors = compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith(`/refused-${source}`))
    const places = errors.map(({ file, start, code }) => {
      const { line } = ts.getLineAndCharacterOfPosition(file!, start!)
      return [file!.text.split('\n')[line]!.split(' = ')[1], code]
    })
    expect(places.sort()).toEqual(refused.map(([natural, code]) => [natural, code]).sort())
    expect(refused.length, name).toBeGreaterThan(4)
  })
})

test('declarations need no transformer, also where libraries are checked', () => {
  const declarations = Object.fromEntries([...compiled.emit()].filter(([name]) => /^(?!refused).*\.d\.ts$/.test(name)))
  expect(Object.keys(declarations)).toEqual(['decimal.d.ts', 'mathjs.d.ts', 'three.d.ts', 'tfjs.d.ts'])
  const { program } = programOf(
    {
      ...declarations,
      'consumer.ts': `import type { Decimal } from 'decimal.js'
import { results } from './decimal.js'
import { results as tensors } from './tfjs.js'
export const first: string | boolean | Decimal = results[0]!()
export const wrong: string = tensors[0]!()
`,
    },
    { skipLibCheck: false },
  )
  const ours = program.getSourceFiles().filter(({ fileName }) => /\/test\/memory\/|\/dist\/interop\//.test(fileName))
  expect(ours.length).toBe(9)
  const found = ours.flatMap(file => [...program.getSemanticDiagnostics(file)])
  expect(found.map(({ start, code, file }) => [code, file!.text.slice(start, start! + 5)])).toEqual([[2322, 'wrong']])
})

describe('docs/interop.md', () => {
  const page = readFileSync(new URL('../docs/interop.md', import.meta.url), 'utf8')
  const [invoice, slope, own] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text]) => text!)
  const luxon = `export class Duration {
  plus(other: Duration) { return other }
  minus(other: Duration) { return other }
  negate() { return this }
}`

  test('its programs print what they claim, and its four lines name the operators of a class', () => {
    const { diagnostics, lowered } = compile(
      {
        'invoice.ts': `${invoice}\nexport {}`,
        'slope.ts': slope!,
        'own.ts': own!,
        'uses.ts': "import { Duration } from 'luxon'\nexport const d = -new Duration() + new Duration()\n",
        'luxon.ts': luxon,
      },
      {
        skipLibCheck: true,
        paths: {
          tsgrad: [fileURLToPath(new URL('../dist/runtime/index.d.ts', import.meta.url))],
          luxon: [fileURLToPath(new URL('memory/luxon.ts', import.meta.url))],
        },
      },
    )
    expect(diagnostics.map(shown).filter(text => !text.includes('"console"'))).toEqual([])
    expect(lowered('uses.ts')).toContain('d = new Duration().negate().plus(new Duration())')
    const printed: unknown[] = []
    for (const name of ['invoice.ts', 'slope.ts'])
      run(
        lowered(name),
        { ...decimalEntry.modules, ...tfjsEntry.modules },
        { log: (value: unknown) => printed.push(value) },
      )
    expect(printed.map(String)).toEqual([invoice, slope].map(text => / \/\/ (.*)$/m.exec(text!)![1]))
    expect(own!.split('\n').filter(line => line !== '' && line !== '}').length).toBe(4)
  })

  test('names every method that is installed, but those that are called as their function of Math', () => {
    const { Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4 } = three
    const others = [decimal.Decimal, mathjs.complex(0, 1).constructor, mathjs.fraction(0).constructor, tf.Tensor]
    const names = [Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4, ...others].flatMap(({ prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype))
        .filter(([, { value }]) => typeof value === 'function' && Symbol.for('tsgrad.interop') in value)
        .map(([name]) => name),
    )
    expect(names.length).toBeGreaterThan(60)
    const inTables = readFileSync(new URL('../interop/tfjs.ts', import.meta.url), 'utf8')
    expect(names.filter(name => !page.includes(name) && !inTables.includes(`'Math.${name}'`))).toEqual([])
  })
})

describe('what is installed', () => {
  test('is not seen by those who list properties', () => {
    const prototypes = [
      decimal.Decimal.prototype,
      tf.Tensor.prototype,
      three.Vector3.prototype,
      three.Matrix4.prototype,
    ]
    const installed = ['added', 'plus', 'rminus', 'times', 'exp'].flatMap(name =>
      prototypes
        .map(prototype => Object.getOwnPropertyDescriptor(prototype, name))
        .filter(found => found !== undefined),
    )
    // `times` and `exp` of decimal.js are its own
    const ours = installed.filter(({ value }) => Symbol.for('tsgrad.interop') in value)
    expect(ours.length).toBeGreaterThan(6)
    expect(ours.filter(({ enumerable }) => enumerable)).toEqual([])
  })

  test('never replaces a method of the library, and then adds nothing', () => {
    class Money {
      declare scaled: () => number
      total(): number {
        return 1
      }
    }
    expect(() => install(Money, { scaled: () => 2, total: () => 2 })).toThrow(
      /^tsgrad cannot give Money the method 'total', since it has one already/,
    )
    expect('scaled' in Money.prototype).toBe(false)
    install(Money, { scaled: () => 2 })
    install(Money, { scaled: () => 3 })
    expect([new Money().scaled(), new Money().total()]).toEqual([3, 1])
  })

  test.each<[string, () => unknown, string]>([
    ['a string that the types did not show', () => new decimal.Decimal(1).added('2' as never), "met the string '2'"],
    [
      'a number beside a vector',
      () => new three.Vector3().plus(1 as never),
      '`+` of Vector3 cannot take an operand of type number',
    ],
    ['a vector of another length', () => new three.Vector3().times(new three.Vector2() as never), 'of type Vector2'],
    [
      'a vector of the wrong length beside a matrix',
      () => new three.Matrix4().times(new three.Vector2() as never),
      '`*` of Matrix4',
    ],
    ['nothing beside a quaternion', () => new three.Quaternion().times(null as never), 'of type null'],
    ['an irrational power of a fraction', () => mathjs.fraction(2).power(0.5), '2 ** 0.5 is not a fraction'],
  ])('throws for %s', (_, call, message) => {
    expect(call).toThrow(message)
  })
})
