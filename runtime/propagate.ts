/**
 * What a node gives its operands in the reverse sweep: its own derivative times the partial ones, quoted from the rules.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { type GraphNode, type Operand, operandValue } from './node.ts'

/** Adds to the derivative of each tracked operand of `node`. */
export function propagate(node: GraphNode): void {
  if (node._b === null) propagateUnary(node)
  else propagateBinary(node)
}

function propagateUnary(node: GraphNode): void {
  const operand = node._a as GraphNode
  const x = operand._num
  const y = node._num
  const adjoint = node._adjoint
  switch (node._opcode) {
    case 7: // neg
      operand._adjoint -= adjoint
      break
    case 8: // exp
      operand._adjoint += adjoint * y
      break
    case 9: // expm1
      operand._adjoint += adjoint * Math.exp(x)
      break
    case 10: // log
      operand._adjoint += adjoint * (x < 0 ? NaN : 1 / x)
      break
    case 11: // log1p
      operand._adjoint += adjoint * (x < -1 ? NaN : 1 / (1 + x))
      break
    case 12: // log2
      operand._adjoint += adjoint * (x < 0 ? NaN : Math.LOG2E / x)
      break
    case 13: // log10
      operand._adjoint += adjoint * (x < 0 ? NaN : Math.LOG10E / x)
      break
    case 14: // sqrt
      operand._adjoint += adjoint * (0.5 / y)
      break
    case 15: // cbrt
      operand._adjoint += adjoint * (1 / (3 * y * y))
      break
    case 16: // sin
      operand._adjoint += adjoint * Math.cos(x)
      break
    case 17: // cos
      operand._adjoint += adjoint * -Math.sin(x)
      break
    case 18: // tan
      operand._adjoint += adjoint * (1 + y * y)
      break
    case 19: // asin
      operand._adjoint += adjoint * (1 / Math.sqrt((1 - x) * (1 + x)))
      break
    case 20: // acos
      operand._adjoint += adjoint * (-1 / Math.sqrt((1 - x) * (1 + x)))
      break
    case 21: // atan
      operand._adjoint += adjoint * (1 / (1 + x * x))
      break
    case 22: // sinh
      operand._adjoint += adjoint * Math.cosh(x)
      break
    case 23: // cosh
      operand._adjoint += adjoint * Math.sinh(x)
      break
    case 24: // tanh
      operand._adjoint += adjoint * (1 / Math.cosh(x)) ** 2
      break
    case 25: // asinh
      operand._adjoint += adjoint * (1 / Math.hypot(1, x))
      break
    case 26: // acosh
      operand._adjoint += adjoint * (1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)))
      break
    case 27: // atanh
      operand._adjoint += adjoint * (Math.abs(x) > 1 ? NaN : 1 / ((1 - x) * (1 + x)))
      break
    case 28: // abs
      operand._adjoint += adjoint * Math.sign(x)
      break
    case 29: // sign
      break
    case 30: // floor
      break
    case 31: // ceil
      break
    case 32: // round
      break
    case 33: // trunc
      break
    case 38: // sigmoid
      operand._adjoint += adjoint * (0.5 / Math.cosh(x / 2)) ** 2
      break
    case 39: // softplus
      operand._adjoint += adjoint * (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))
      break
    case 40: // logSigmoid
      operand._adjoint += adjoint * (x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x)))
      break
  }
}

function tracked(operand: Operand): GraphNode | null {
  return typeof operand === 'number' ? null : operand
}

function propagateBinary(node: GraphNode): void {
  const left = tracked(node._a as Operand)
  const right = tracked(node._b)
  const a = operandValue(node._a as Operand)
  const b = operandValue(node._b)
  const y = node._num
  const adjoint = node._adjoint
  switch (node._opcode) {
    case 1: // add
      if (left !== null) left._adjoint += adjoint
      if (right !== null) right._adjoint += adjoint
      break
    case 2: // sub
      if (left !== null) left._adjoint += adjoint
      if (right !== null) right._adjoint -= adjoint
      break
    case 3: // mul
      if (left !== null) left._adjoint += adjoint * b
      if (right !== null) right._adjoint += adjoint * a
      break
    case 4: // div
      if (left !== null) left._adjoint += adjoint * (1 / b)
      if (right !== null) right._adjoint += adjoint * (-y / b)
      break
    case 5: // mod
      if (left !== null) left._adjoint += adjoint * (b === 0 ? NaN : 1)
      if (right !== null) right._adjoint += adjoint * Math.round((y - a) / b)
      break
    case 6: // pow
      if (left !== null) left._adjoint += adjoint * (b === 0 ? (a === 0 ? 0 : b / a) : b * a ** (b - 1))
      if (right !== null) right._adjoint += adjoint * (a === 0 && b >= 0 ? 0 : y * Math.log(a))
      break
    case 34: // max
      if (left !== null) {
        const partial = a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) left._adjoint += adjoint * partial
      }
      if (right !== null) {
        const partial = b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) right._adjoint += adjoint * partial
      }
      break
    case 35: // min
      if (left !== null) {
        const partial = a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) left._adjoint += adjoint * partial
      }
      if (right !== null) {
        const partial = b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) right._adjoint += adjoint * partial
      }
      break
    case 36: // atan2
      if (left !== null) left._adjoint += adjoint * (b / Math.hypot(a, b) / Math.hypot(a, b))
      if (right !== null) right._adjoint += adjoint * (-a / Math.hypot(a, b) / Math.hypot(a, b))
      break
    case 37: // hypot
      if (left !== null) left._adjoint += adjoint * (y === 0 ? 0 : a / y)
      if (right !== null) right._adjoint += adjoint * (y === 0 ? 0 : b / y)
      break
  }
}
