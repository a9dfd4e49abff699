/** What each interop entry names, one operator a line: natural math, what it is lowered to, and the same by the library's own calls. */
import * as tf from '@tensorflow/tfjs-core'
import * as decimal from 'decimal.js'
import * as mathjs from 'mathjs'
import * as three from 'three'

export interface Entry {
  /** Of the entry, without `tsgrad/interop/`. */
  readonly name: string
  readonly head: string
  readonly modules: Readonly<Record<string, unknown>>
  /** Natural math, what it is lowered to, and the same by the library's own methods or functions. */
  readonly lines: readonly (readonly [natural: string, lowered: string, byHand: string])[]
  /** What is refused, with its code. */
  readonly refused: readonly (readonly [natural: string, code: number])[]
}

const unary = (names: string, variable: string, byHand = (name: string) => `${variable}.${name}()`) =>
  names.split(' ').map(name => [`Math.${name}(${variable})`, `${variable}.${name}()`, byHand(name)] as const)

export const decimalEntry: Entry = {
  name: 'decimal.js',
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
    ['Number.isNaN(d / 0 - d / 0)', 'd.div(0).minus(d.div(0)).isNaN()', 'true'],
    ['Number.isFinite(d / 0)', 'd.div(0).isFinite()', 'false'],
    ['Number.isInteger(e)', 'e.isInteger()', 'true'],
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

export const tfjsEntry: Entry = {
  name: 'tfjs',
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

export const entries = [decimalEntry, mathjsEntry, threeEntry, tfjsEntry]
