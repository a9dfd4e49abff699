/**
 * Operators for the Decimal of decimal.js: the entry `tsgrad/interop/decimal.js`, imported for its effect.
 * The library's own methods, but for what it has no method for; it must not compute anything itself.
 */
import { Decimal } from 'decimal.js'
import type { operators } from '../runtime/operators/operators.ts'
import { install } from './install.ts'

/** What an operand may be beside `+`, where a string means text. */
type Plain = Exclude<Decimal.Value, string>

declare module 'decimal.js' {
  interface Decimal {
    readonly [operators]: {
      '+': 'added'
      '-': 'minus'
      '*': 'times'
      '/': 'div'
      '%': 'mod'
      '**': 'pow'
      '<': 'lt'
      '>': 'gt'
      '<=': 'lte'
      '>=': 'gte'
      'unary -': 'neg'
      'Number.isFinite': 'isFinite'
      'Number.isInteger': 'isInteger'
      'Number.isNaN': 'isNaN'
      'Math.abs': 'abs'
      'Math.acos': 'acos'
      'Math.acosh': 'acosh'
      'Math.asin': 'asin'
      'Math.asinh': 'asinh'
      'Math.atan': 'atan'
      'Math.atanh': 'atanh'
      'Math.cbrt': 'cbrt'
      'Math.ceil': 'ceil'
      'Math.cos': 'cos'
      'Math.cosh': 'cosh'
      'Math.exp': 'exp'
      'Math.floor': 'floor'
      // the library's `log` is to base 10
      'Math.log': 'ln'
      'Math.log10': 'log'
      'Math.max': 'max'
      'Math.min': 'min'
      'Math.pow': 'pow'
      'Math.sin': 'sin'
      'Math.sinh': 'sinh'
      'Math.sqrt': 'sqrt'
      'Math.tan': 'tan'
      'Math.tanh': 'tanh'
      'Math.trunc': 'trunc'
      reflected: {
        '+': 'added'
        '-': 'rminus'
        '*': 'times'
        '/': 'rdiv'
        '%': 'rmod'
        '**': 'rpow'
        '<': 'gt'
        '>': 'lt'
        '<=': 'gte'
        '>=': 'lte'
        'Math.max': 'max'
        'Math.min': 'min'
        'Math.pow': 'rpow'
      }
    }

    /** `plus` for numbers only, so that a string beside `+` stays text. @throws TypeError for a string. */
    added(other: Plain): Decimal
    /** `left - this` */
    rminus(left: Decimal.Value): Decimal
    /** `left / this` */
    rdiv(left: Decimal.Value): Decimal
    /** `left % this` */
    rmod(left: Decimal.Value): Decimal
    /** `left ** this` */
    rpow(left: Decimal.Value): Decimal
    /** The largest of this and the others; NaN when one is. */
    max(...others: Plain[]): Decimal
    /** The smallest of this and the others; NaN when one is. */
    min(...others: Plain[]): Decimal
  }
}

/** The Decimal that made a number: each `Decimal.clone()` has a precision of its own. */
const contextOf = (x: Decimal) => x.constructor as Decimal.Constructor
/** A left operand, exactly: only operations round. */
const asDecimal = (value: Decimal.Value, beside: Decimal) => new (contextOf(beside))(value)

install(Decimal, {
  added(other) {
    if (typeof other === 'string')
      throw new TypeError(
        `\`+\` of Decimal cannot take the string '${other}'. Use plus('…') to add, or String(…) to join text`,
      )
    return this.plus(other)
  },
  rminus(left) {
    return asDecimal(left, this).minus(this)
  },
  rdiv(left) {
    return asDecimal(left, this).div(this)
  },
  rmod(left) {
    return asDecimal(left, this).mod(this)
  },
  rpow(left) {
    return asDecimal(left, this).pow(this)
  },
  max(...others) {
    return contextOf(this).max(this, ...others)
  },
  min(...others) {
    return contextOf(this).min(this, ...others)
  },
})
