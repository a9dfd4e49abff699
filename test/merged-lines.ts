/** Operators that a user names for other libraries: the four lines, what is lowered, and the same by the library's own calls. */

export interface Merged {
  readonly library: string
  /** Imports, the four lines, and the operands. */
  readonly head: string
  /** Natural math, what it is lowered to, and the same by the library's own calls. */
  readonly lines: readonly (readonly [natural: string, lowered: string, byHand: string])[]
  /** What is refused, with its code. */
  readonly refused: readonly (readonly [natural: string, code: number])[]
  /** What compiles, because the library's types are wide, and throws: part of its message. */
  readonly throws?: readonly (readonly [natural: string, message: string])[]
  /** A method that this version of Node may not have yet. */
  readonly needs?: string
}

export const merged: readonly Merged[] = [
  {
    library: 'big.js',
    head: `import Big from 'big.js'
declare module 'big.js' {
  interface Big { readonly [operators]: { '+': 'plus'; '-': 'minus'; '*': 'times'; '/': 'div'; '%': 'mod'; '**': 'pow'; '<': 'lt'; '>=': 'gte'; 'unary -': 'neg'; 'Math.abs': 'abs'; 'Math.sqrt': 'sqrt'; reflected: { '+': 'plus'; '*': 'times'; '<': 'gt' } } }
}
const a = new Big('0.1'), b = Big(7)`,
    lines: [
      ['a + b * 2', 'a.plus(b.times(2))', "new Big('14.1')"],
      ['0.2 + a', 'a.plus(0.2)', "new Big('0.3')"],
      ['-b % 4', 'b.neg().mod(4)', 'new Big(-3)'],
      ['(b - a) / 3 ** 2', '(b.minus(a)).div(3 ** 2)', "new Big('6.9').div(9)"],
      ['a ** 3', 'a.pow(3)', "new Big('0.001')"],
      ['1 < b', 'b.gt(1)', 'true'],
      ['a >= b', 'a.gte(b)', 'false'],
      ['Math.sqrt(Math.abs(-b))', 'b.neg().abs().sqrt()', 'b.sqrt()'],
    ],
    refused: [
      ['1 - a', 92001],
      ['a ** b', 2345],
    ],
    throws: [["a + ' EUR'", 'Invalid number']],
  },
  {
    library: 'bignumber.js',
    head: `import BigNumber from 'bignumber.js'
declare module 'bignumber.js' {
  interface BigNumber { readonly [operators]: { '+': 'plus'; '-': 'minus'; '*': 'times'; '/': 'div'; '%': 'mod'; '**': 'pow'; '>': 'gt'; 'unary -': 'negated'; 'Number.isNaN': 'isNaN'; reflected: { '+': 'plus'; '*': 'times' } } }
}
const a = new BigNumber('0.1'), b = BigNumber(7)`,
    lines: [
      ['a + b * 2', 'a.plus(b.times(2))', "new BigNumber('14.1')"],
      ['10n + a', 'a.plus(10n)', "new BigNumber('10.1')"],
      ['-b % 4', 'b.negated().mod(4)', 'new BigNumber(-3)'],
      ['a / b - b', 'a.div(b).minus(b)', 'a.dividedBy(b).minus(b)'],
      ['b ** 2', 'b.pow(2)', 'new BigNumber(49)'],
      ['a > b', 'a.gt(b)', 'false'],
      ['Number.isNaN(b / 0 * 0)', 'b.div(0).times(0).isNaN()', 'true'],
    ],
    refused: [
      ['1 / a', 92001],
      ['Math.max(a, b)', 92001],
    ],
  },
  {
    library: 'decimal.js-light',
    head: `import Decimal from 'decimal.js-light'
declare module 'decimal.js-light' {
  interface Decimal { readonly [operators]: { '+': 'plus'; '-': 'minus'; '*': 'times'; '/': 'div'; '**': 'pow'; '<=': 'lte'; 'Math.exp': 'exp'; 'Math.log': 'ln'; reflected: { '*': 'times' } } }
}
const a = new Decimal('0.1'), b = new Decimal(7)`,
    lines: [
      ['a + b - 0.1', 'a.plus(b).minus(0.1)', 'new Decimal(7)'],
      ['2 * b / 4', 'b.times(2).div(4)', "new Decimal('3.5')"],
      ['Math.log(b ** a)', 'b.pow(a).ln()', 'b.toPower(a).naturalLogarithm()'],
      ['Math.exp(a) <= b', 'a.exp().lte(b)', 'true'],
    ],
    refused: [
      ['-a', 92001],
      ['a + {}', 2345],
    ],
  },
  {
    library: 'fraction.js',
    head: `import Fraction from 'fraction.js'
declare module 'fraction.js' {
  interface Fraction { readonly [operators]: { '+': 'add'; '-': 'sub'; '*': 'mul'; '/': 'div'; '%': 'mod'; '**': 'pow'; '<': 'lt'; 'unary -': 'neg'; 'Math.floor': 'floor'; reflected: { '+': 'add'; '*': 'mul' } } }
}
const a = new Fraction(1, 3), b = new Fraction('2.5')`,
    lines: [
      ['a + b / 2', 'a.add(b.div(2))', "new Fraction('19/12')"],
      ['0.1 + a', 'a.add(0.1)', 'new Fraction(13, 30)'],
      ['3n * a - b', 'a.mul(3n).sub(b)', "new Fraction('-3/2')"],
      ['-b % 2', 'b.neg().mod(2)', "new Fraction('-1/2')"],
      ['a ** 2', 'a.pow(2)', 'new Fraction(1, 9)'],
      ['Math.floor(b) < b', 'b.floor().lt(b)', 'true'],
    ],
    refused: [
      ['1 - a', 92001],
      ['a + true', 2345],
    ],
  },
  {
    library: 'complex.js',
    head: `import { Complex } from 'complex.js'
declare module 'complex.js' {
  interface Complex { readonly [operators]: { '+': 'add'; '-': 'sub'; '*': 'mul'; '/': 'div'; '**': 'pow'; 'unary -': 'neg'; 'Math.abs': 'abs'; 'Math.exp': 'exp'; 'Math.sqrt': 'sqrt'; reflected: { '+': 'add'; '*': 'mul' } } }
}
const i = new Complex(0, 1), z = new Complex(3, 4)`,
    lines: [
      ['3 + 4 * i', 'i.mul(4).add(3)', 'z'],
      ['z * z - i / 2', 'z.mul(z).sub(i.div(2))', 'new Complex(-7, 23.5)'],
      ['Math.abs(-z)', 'z.neg().abs()', '5'],
      ['Math.exp(Math.sqrt(z))', 'z.sqrt().exp()', 'new Complex(2, 1).exp()'],
      ['i ** 2', 'i.pow(2)', 'new Complex(-1, 0)'],
    ],
    refused: [
      ['1 - z', 92001],
      ['z < i', 92001],
    ],
  },
  {
    library: 'luxon',
    head: `import { DateTime, Duration } from 'luxon'
declare module 'luxon' {
  interface DateTime { readonly [operators]: { '+': 'plus'; '-': 'minus' } }
  interface Duration { readonly [operators]: { '+': 'plus'; '-': 'minus'; 'unary -': 'negate' } }
}
const start = DateTime.utc(2024, 2, 28), day = Duration.fromObject({ days: 1 }), hour = Duration.fromObject({ hours: 1 })`,
    lines: [
      ['start + day + hour', 'start.plus(day).plus(hour)', 'DateTime.utc(2024, 2, 29, 1)'],
      ['start - (day - hour)', 'start.minus((day.minus(hour)))', 'DateTime.utc(2024, 2, 27, 1)'],
      ['start + { months: 1 }', 'start.plus({ months: 1 })', 'DateTime.utc(2024, 3, 28)'],
      ['-day', 'day.negate()', 'Duration.fromObject({ days: -1 })'],
    ],
    refused: [
      ['day * 2', 92001],
      ['start < start', 92001],
    ],
    throws: [['start - start', 'Invalid unit ts']],
  },
  {
    library: 'temporal-polyfill',
    head: `import { Temporal } from 'temporal-polyfill'
declare module 'temporal-polyfill' {
  namespace Temporal {
    interface PlainDate { readonly [operators]: { '+': 'add'; '-': 'subtract' } }
    interface Duration { readonly [operators]: { '+': 'add'; '-': 'subtract'; 'unary -': 'negated'; 'Math.abs': 'abs' } }
  }
}
const date = Temporal.PlainDate.from('2024-02-28'), day = Temporal.Duration.from('P1D'), hour = Temporal.Duration.from('PT1H')`,
    lines: [
      ['date + day', 'date.add(day)', "Temporal.PlainDate.from('2024-02-29')"],
      ['date - { months: 1 }', 'date.subtract({ months: 1 })', "Temporal.PlainDate.from('2024-01-28')"],
      ['day - hour', 'day.subtract(hour)', "Temporal.Duration.from('PT23H')"],
      ['Math.abs(-day) + day', 'day.negated().abs().add(day)', "Temporal.Duration.from('P2D')"],
    ],
    refused: [
      ['date - date', 2345],
      ['date < date', 92001],
      ['2 * day', 92001],
    ],
  },
  {
    library: 'ml-matrix',
    head: `import { AbstractMatrix, Matrix } from 'ml-matrix'
declare module 'ml-matrix' {
  interface AbstractMatrix {
    readonly [operators]: { '+': 'plus'; '-': 'less'; '*': 'mmul' }
    plus(other: AbstractMatrix | number): Matrix
    less(other: AbstractMatrix | number): Matrix
  }
}
// its own add and sub change the matrix: these do not
AbstractMatrix.prototype.plus = function (other) { return Matrix.add(this, other) }
AbstractMatrix.prototype.less = function (other) { return Matrix.sub(this, other) }
const a = new Matrix([[1, 2], [3, 4]]), b = Matrix.eye(2)`,
    lines: [
      ['a * a', 'a.mmul(a)', 'new Matrix([[7, 10], [15, 22]])'],
      ['a * b + a - 1', 'a.mmul(b).plus(a).less(1)', 'new Matrix([[1, 3], [5, 7]])'],
      ['a.transpose() * [[1], [1]]', 'a.transpose().mmul([[1], [1]])', 'new Matrix([[4], [6]])'],
      ['a', 'a', 'new Matrix([[1, 2], [3, 4]])'],
    ],
    refused: [
      ['a * 2', 2345],
      ['a / a', 92001],
    ],
  },
  {
    library: 'dinero.js',
    head: `import dinero from 'dinero.js'
declare module 'dinero.js' {
  interface Dinero { readonly [operators]: { '+': 'add'; '-': 'subtract'; '*': 'multiply'; '/': 'divide'; '<': 'lessThan'; '>=': 'greaterThanOrEqual'; reflected: { '*': 'multiply' } } }
}
const coffee = dinero({ amount: 350, currency: 'EUR' }), cake = dinero({ amount: 425, currency: 'EUR' })`,
    lines: [
      ['2 * coffee + cake', 'coffee.multiply(2).add(cake)', "dinero({ amount: 1125, currency: 'EUR' })"],
      ['(cake - coffee) / 3', '(cake.subtract(coffee)).divide(3)', "dinero({ amount: 25, currency: 'EUR' })"],
      ['coffee < cake', 'coffee.lessThan(cake)', 'true'],
      ['coffee >= cake', 'coffee.greaterThanOrEqual(cake)', 'false'],
    ],
    refused: [
      ['coffee * cake', 2345],
      ['coffee + 1', 2345],
      ['-coffee', 92001],
    ],
    throws: [["coffee + dinero({ currency: 'USD' })", 'same currency']],
  },
  {
    library: 'Set',
    needs: 'union',
    head: `declare global {
  interface Set<T> { readonly [operators]: { '|': 'union'; '&': 'intersection'; '-': 'difference'; '^': 'symmetricDifference'; '<=': 'isSubsetOf' } }
}
const a = new Set([1, 2, 3]), b = new Set([2, 3, 4])`,
    lines: [
      ['a | b', 'a.union(b)', 'new Set([1, 2, 3, 4])'],
      ['a & b', 'a.intersection(b)', 'new Set([2, 3])'],
      ['a - b', 'a.difference(b)', 'new Set([1])'],
      ['a ^ b', 'a.symmetricDifference(b)', 'new Set([1, 4])'],
      ['(a & b) <= a', '(a.intersection(b)).isSubsetOf(a)', 'true'],
      ["a | new Set(['x'])", "a.union(new Set(['x']))", "new Set([1, 2, 3, 'x'])"],
    ],
    refused: [
      ['a + b', 92001],
      ['a | [1]', 2345],
    ],
  },
]
