/**
 * What a node gives its operands in the reverse sweep: its own derivative times the partial ones, quoted from the rules.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { type GraphNode, operandValue } from '../../engine/node.ts'

/** Adds to the derivative of each tracked operand of `node`; a leaf has none. */
export function propagate(node: GraphNode): void {
  const left = node._a as GraphNode
  const right = node._b as GraphNode
  const adjoint = node._adjoint
  const y = node._num
  switch (node._opcode) {
    // add
    case 1: {
      if (typeof left !== 'number') left._adjoint += adjoint
      if (typeof right !== 'number') right._adjoint += adjoint
      break
    }
    // sub
    case 2: {
      if (typeof left !== 'number') left._adjoint += adjoint
      if (typeof right !== 'number') right._adjoint -= adjoint
      break
    }
    // mul
    case 3: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * b
      if (typeof right !== 'number') right._adjoint += adjoint * a
      break
    }
    // div
    case 4: {
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (1 / b)
      if (typeof right !== 'number') right._adjoint += adjoint * (-y / b)
      break
    }
    // mod
    case 5: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (b === 0 ? NaN : 1)
      if (typeof right !== 'number') right._adjoint += adjoint * Math.round((y - a) / b)
      break
    }
    // pow
    case 6: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (b === 0 ? (a === 0 ? 0 : b / a) : b * a ** (b - 1))
      if (typeof right !== 'number') right._adjoint += adjoint * (a === 0 && b >= 0 ? 0 : y * Math.log(a))
      break
    }
    // neg
    case 7: {
      left._adjoint -= adjoint
      break
    }
    // exp
    case 8: {
      left._adjoint += adjoint * y
      break
    }
    // expm1
    case 9: {
      const x = left._num
      left._adjoint += adjoint * Math.exp(x)
      break
    }
    // log
    case 10: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? NaN : 1 / x)
      break
    }
    // log1p
    case 11: {
      const x = left._num
      left._adjoint += adjoint * (x < -1 ? NaN : 1 / (1 + x))
      break
    }
    // log2
    case 12: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? NaN : Math.LOG2E / x)
      break
    }
    // log10
    case 13: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? NaN : Math.LOG10E / x)
      break
    }
    // sqrt
    case 14: {
      left._adjoint += adjoint * (0.5 / y)
      break
    }
    // cbrt
    case 15: {
      left._adjoint += adjoint * (1 / (3 * y * y))
      break
    }
    // sin
    case 16: {
      const x = left._num
      left._adjoint += adjoint * Math.cos(x)
      break
    }
    // cos
    case 17: {
      const x = left._num
      left._adjoint += adjoint * -Math.sin(x)
      break
    }
    // tan
    case 18: {
      left._adjoint += adjoint * (1 + y * y)
      break
    }
    // asin
    case 19: {
      const x = left._num
      left._adjoint += adjoint * (1 / Math.sqrt((1 - x) * (1 + x)))
      break
    }
    // acos
    case 20: {
      const x = left._num
      left._adjoint += adjoint * (-1 / Math.sqrt((1 - x) * (1 + x)))
      break
    }
    // atan
    case 21: {
      const x = left._num
      left._adjoint += adjoint * (1 / (1 + x * x))
      break
    }
    // sinh
    case 22: {
      const x = left._num
      left._adjoint += adjoint * Math.cosh(x)
      break
    }
    // cosh
    case 23: {
      const x = left._num
      left._adjoint += adjoint * Math.sinh(x)
      break
    }
    // tanh
    case 24: {
      const x = left._num
      left._adjoint += adjoint * (Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x)))
      break
    }
    // asinh
    case 25: {
      const x = left._num
      left._adjoint += adjoint * (1 / Math.hypot(1, x))
      break
    }
    // acosh
    case 26: {
      const x = left._num
      left._adjoint += adjoint * (1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)))
      break
    }
    // atanh
    case 27: {
      const x = left._num
      left._adjoint += adjoint * (Math.abs(x) > 1 ? NaN : 1 / ((1 - x) * (1 + x)))
      break
    }
    // abs
    case 28: {
      const x = left._num
      left._adjoint += adjoint * Math.sign(x)
      break
    }
    // max
    case 34: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') {
        const partial = a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) left._adjoint += adjoint * partial
      }
      if (typeof right !== 'number') {
        const partial = b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) right._adjoint += adjoint * partial
      }
      break
    }
    // min
    case 35: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') {
        const partial = a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) left._adjoint += adjoint * partial
      }
      if (typeof right !== 'number') {
        const partial = b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN
        if (partial !== 0) right._adjoint += adjoint * partial
      }
      break
    }
    // atan2
    case 36: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (b / Math.hypot(a, b) / Math.hypot(a, b))
      if (typeof right !== 'number') right._adjoint += adjoint * (-a / Math.hypot(a, b) / Math.hypot(a, b))
      break
    }
    // hypot
    case 37: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (y === 0 ? 0 : a / y)
      if (typeof right !== 'number') right._adjoint += adjoint * (y === 0 ? 0 : b / y)
      break
    }
    // sigmoid
    case 38: {
      const x = left._num
      left._adjoint += adjoint * (Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x)))
      break
    }
    // softplus
    case 39: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))
      break
    }
    // logSigmoid
    case 40: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x)))
      break
    }
  }
}
