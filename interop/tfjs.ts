/**
 * Operators for the Tensor of @tensorflow/tfjs-core: the entry `tsgrad/interop/tfjs`, imported for its effect.
 * Every method is one of the library's functions, so tf.grad sees it; it must not compute anything itself.
 */

import type { Rank, Tensor, TensorLike } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { operators } from '../runtime/operators/operators.ts'
import { install, installMissing } from './install.ts'

/** What may stand beside a tensor; a string beside `+` is text. */
type Operand = Tensor | Exclude<TensorLike, string | boolean>

declare module '@tensorflow/tfjs-core' {
  interface Tensor<R extends Rank = Rank> {
    // No comparisons: they give a tensor, and `if (a < b)` would always be taken. No `%`: tf.mod has the sign of the divisor.
    readonly [operators]: {
      '+': 'plus'
      '-': 'minus'
      '*': 'times'
      '/': 'over'
      '**': 'power'
      'unary -': 'negated'
      'Math.abs': 'abs'
      'Math.acos': 'acos'
      'Math.acosh': 'acosh'
      'Math.asin': 'asin'
      'Math.asinh': 'asinh'
      'Math.atan': 'atan'
      'Math.atanh': 'atanh'
      'Math.ceil': 'ceil'
      'Math.cos': 'cos'
      'Math.cosh': 'cosh'
      'Math.exp': 'exp'
      'Math.expm1': 'expm1'
      'Math.floor': 'floor'
      'Math.log': 'log'
      'Math.log1p': 'log1p'
      'Math.max': 'largest'
      'Math.min': 'smallest'
      'Math.pow': 'power'
      'Math.sign': 'sign'
      'Math.sin': 'sin'
      'Math.sinh': 'sinh'
      'Math.sqrt': 'sqrt'
      'Math.tan': 'tan'
      'Math.tanh': 'tanh'
      reflected: {
        '+': 'plus'
        '-': 'rminus'
        '*': 'times'
        '/': 'rover'
        '**': 'rpower'
        'Math.max': 'largest'
        'Math.min': 'smallest'
        'Math.pow': 'rpower'
      }
    }

    // Operands of one rank give that rank; of others, broadcasting decides when the program runs.
    /** `tf.add`, with broadcasting. */
    plus(other: Tensor<R> | number): Tensor<R>
    plus(other: Operand): Tensor
    /** `tf.sub`, with broadcasting. */
    minus(other: Tensor<R> | number): Tensor<R>
    minus(other: Operand): Tensor
    /** `tf.mul`, with broadcasting: element by element. */
    times(other: Tensor<R> | number): Tensor<R>
    times(other: Operand): Tensor
    /** `tf.div`, with broadcasting. Of two int32 tensors it is `tf.floorDiv`. */
    over(other: Tensor<R> | number): Tensor<R>
    over(other: Operand): Tensor
    /** `tf.pow`, with broadcasting. */
    power(exponent: Tensor<R> | number): Tensor<R>
    power(exponent: Operand): Tensor
    /** `tf.neg` */
    negated(): Tensor<R>
    /** `tf.sub(left, this)` */
    rminus(left: number): Tensor<R>
    rminus(left: Operand): Tensor
    /** `tf.div(left, this)` */
    rover(left: number): Tensor<R>
    rover(left: Operand): Tensor
    /** `tf.pow(left, this)` */
    rpower(left: number): Tensor<R>
    rpower(left: Operand): Tensor
    /** `tf.maximum`, with broadcasting. */
    largest(other: Tensor<R> | number): Tensor<R>
    largest(other: Operand): Tensor
    /** `tf.minimum`, with broadcasting. */
    smallest(other: Tensor<R> | number): Tensor<R>
    smallest(other: Operand): Tensor

    abs(): Tensor<R>
    acos(): Tensor<R>
    acosh(): Tensor<R>
    asin(): Tensor<R>
    asinh(): Tensor<R>
    atan(): Tensor<R>
    atanh(): Tensor<R>
    ceil(): Tensor<R>
    cos(): Tensor<R>
    cosh(): Tensor<R>
    exp(): Tensor<R>
    expm1(): Tensor<R>
    floor(): Tensor<R>
    log(): Tensor<R>
    log1p(): Tensor<R>
    sign(): Tensor<R>
    sin(): Tensor<R>
    sinh(): Tensor<R>
    sqrt(): Tensor<R>
    tan(): Tensor<R>
    tanh(): Tensor<R>
  }
}

type Binary = (this: Tensor, other: Operand) => Tensor
/** A function of two tensors as a method of its first operand, or of its second. */
const method = (f: typeof tf.add): Binary =>
  function (other) {
    return f(this, other)
  }
const reflected = (f: typeof tf.add): Binary =>
  function (left) {
    return f(left, this)
  }

install(tf.Tensor, {
  plus: method(tf.add),
  minus: method(tf.sub),
  times: method(tf.mul),
  over: method(tf.div),
  power: method(tf.pow),
  negated() {
    return tf.neg(this)
  },
  rminus: reflected(tf.sub),
  rover: reflected(tf.div),
  rpower: reflected(tf.pow),
  largest: method(tf.maximum),
  smallest: method(tf.minimum),
})

const unary = (f: (x: Tensor) => Tensor) =>
  function (this: Tensor): Tensor {
    return f(this)
  }

// `@tensorflow/tfjs` registers the same methods under these names.
installMissing(tf.Tensor, {
  abs: unary(tf.abs),
  acos: unary(tf.acos),
  acosh: unary(tf.acosh),
  asin: unary(tf.asin),
  asinh: unary(tf.asinh),
  atan: unary(tf.atan),
  atanh: unary(tf.atanh),
  ceil: unary(tf.ceil),
  cos: unary(tf.cos),
  cosh: unary(tf.cosh),
  exp: unary(tf.exp),
  expm1: unary(tf.expm1),
  floor: unary(tf.floor),
  log: unary(tf.log),
  log1p: unary(tf.log1p),
  sign: unary(tf.sign),
  sin: unary(tf.sin),
  sinh: unary(tf.sinh),
  sqrt: unary(tf.sqrt),
  tan: unary(tf.tan),
  tanh: unary(tf.tanh),
})
