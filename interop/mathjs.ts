/**
 * Operators for the Complex and the Fraction of mathjs: the entry `tsgrad/interop/mathjs`, imported for its effect.
 * A Complex means what mathjs's functions mean; it must not compute anything itself.
 */
import { add, type Complex, complex, divide, type Fraction, fraction, multiply, pow, subtract } from 'mathjs'
import type { operators } from '../runtime/operators/operators.ts'
import { install } from './install.ts'

type Real = number | Fraction
type FractionOperand = number | bigint | Fraction

declare module 'mathjs' {
  // No comparisons: complex numbers have no order.
  interface Complex {
    readonly [operators]: {
      '+': 'plus'
      '-': 'minus'
      '*': 'times'
      '/': 'over'
      '**': 'power'
      'unary -': 'neg'
      'Math.abs': 'abs'
      'Math.acos': 'acos'
      'Math.acosh': 'acosh'
      'Math.asin': 'asin'
      'Math.asinh': 'asinh'
      'Math.atan': 'atan'
      'Math.atanh': 'atanh'
      'Math.cos': 'cos'
      'Math.cosh': 'cosh'
      'Math.exp': 'exp'
      'Math.log': 'log'
      'Math.pow': 'power'
      'Math.sin': 'sin'
      'Math.sinh': 'sinh'
      'Math.sqrt': 'sqrt'
      'Math.tan': 'tan'
      'Math.tanh': 'tanh'
      reflected: { '+': 'plus'; '-': 'rminus'; '*': 'times'; '/': 'rover'; '**': 'rpower'; 'Math.pow': 'rpower' }
    }

    /** mathjs's `add` */
    plus(other: Complex | Real): Complex
    /** mathjs's `subtract` */
    minus(other: Complex | Real): Complex
    /** mathjs's `multiply` */
    times(other: Complex | Real): Complex
    /** mathjs's `divide` */
    over(other: Complex | Real): Complex
    /** mathjs's `pow`: the principal value. */
    power(exponent: Complex | number): Complex
    /** `left - this` */
    rminus(left: Real): Complex
    /** `left / this` */
    rover(left: Real): Complex
    /** `left ** this` */
    rpower(left: Real): Complex

    // The class has these; mathjs's types do not say so.
    /** The distance from 0. */
    abs(): number
    neg(): Complex
    acos(): Complex
    acosh(): Complex
    asin(): Complex
    asinh(): Complex
    atan(): Complex
    atanh(): Complex
    cos(): Complex
    cosh(): Complex
    exp(): Complex
    log(): Complex
    sin(): Complex
    sinh(): Complex
    sqrt(): Complex
    tan(): Complex
    tanh(): Complex
  }

  interface Fraction {
    readonly [operators]: {
      '+': 'plus'
      '-': 'sub'
      '*': 'mul'
      '/': 'div'
      '%': 'mod'
      '**': 'power'
      '<': 'lt'
      '>': 'gt'
      '<=': 'lte'
      '>=': 'gte'
      'unary -': 'neg'
      'Math.abs': 'abs'
      'Math.ceil': 'ceil'
      'Math.floor': 'floor'
      'Math.pow': 'power'
      'Math.round': 'round'
      reflected: {
        '+': 'plus'
        '-': 'rsub'
        '*': 'mul'
        '/': 'rdiv'
        '%': 'rmod'
        '**': 'rpower'
        '<': 'gt'
        '>': 'lt'
        '<=': 'gte'
        '>=': 'lte'
        'Math.pow': 'rpower'
      }
    }

    /** `add` for numbers only, so that a string beside `+` stays text. @throws TypeError for a string. */
    plus(other: FractionOperand): Fraction
    /** `pow` where the result is a fraction. @throws RangeError where it is irrational. */
    power(exponent: FractionOperand): Fraction
    /** `left - this` */
    rsub(left: FractionOperand): Fraction
    /** `left / this` */
    rdiv(left: FractionOperand): Fraction
    /** `left % this` */
    rmod(left: FractionOperand): Fraction
    /** `left ** this` where the result is a fraction. @throws RangeError where it is irrational. */
    rpower(left: FractionOperand): Fraction
  }
}

// mathjs's types have the classes as interfaces only.
const classOf = <T extends object>(instance: T) => instance.constructor as unknown as { prototype: T; name: string }

install(classOf(complex(0, 1)), {
  plus(other) {
    return add(this, other) as Complex
  },
  minus(other) {
    return subtract(this, other) as Complex
  },
  times(other) {
    return multiply(this, other) as Complex
  },
  over(other) {
    return divide(this, other) as Complex
  },
  power(exponent) {
    return pow(this, exponent) as Complex
  },
  rminus(left) {
    return subtract(left, this) as Complex
  },
  rover(left) {
    return divide(left, this) as Complex
  },
  rpower(left) {
    return pow(left, this) as Complex
  },
})

/** A left operand as fraction.js reads it, which takes a number for the fraction that it is printed as. */
const asFraction = (value: FractionOperand) => fraction(0).add(value)

function power(base: Fraction, exponent: FractionOperand): Fraction {
  // null where no fraction is the answer, which the library's types do not say
  const result = base.pow(exponent) as Fraction | null
  if (result === null)
    throw new RangeError(
      `${base.toFraction()} ** ${exponent} is not a fraction. Use Number(…) ** … for the nearest number`,
    )
  return result
}

install(classOf(fraction(0)), {
  plus(other) {
    if (typeof other === 'string')
      throw new TypeError(
        `\`+\` of Fraction cannot take the string '${other}'. Use add('…') to add, or String(…) to join text`,
      )
    return this.add(other)
  },
  power(exponent) {
    return power(this, exponent)
  },
  rsub(left) {
    return asFraction(left).sub(this)
  },
  rdiv(left) {
    return asFraction(left).div(this)
  },
  rmod(left) {
    return asFraction(left).mod(this)
  },
  rpower(left) {
    return power(asFraction(left), this)
  },
})
