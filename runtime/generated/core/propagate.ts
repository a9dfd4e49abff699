/**
 * What a node gives its operands in the reverse sweep: its own derivative times the partial ones, quoted from the rules.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { GraphNode, type NodeOrNumber, operandValue } from '../../engine/node.ts'

/** Where the value is NaN, so is each partial derivative: a number would hide the error. */
function spoil(operand: NodeOrNumber | null): void {
  if (operand instanceof GraphNode) operand._adjoint = NaN
}

/**
 * Adds to the derivative of each tracked operand of `node`; a leaf has none. `node` must be reached. What is added is not -0, which
 * would say that nothing arrived: so `+ 0`, and `0 - adjoint` for `-adjoint`.
 */
export function propagate(node: GraphNode): void {
  const left = node._a as GraphNode
  const right = node._b as GraphNode
  const adjoint = node._adjoint
  const y = node._num
  if (Number.isNaN(y)) {
    spoil(left)
    spoil(right)
    return
  }
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
      if (typeof right !== 'number') right._adjoint += 0 - adjoint
      break
    }
    // mul
    case 3: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * b + 0
      if (typeof right !== 'number') right._adjoint += adjoint * a + 0
      break
    }
    // div
    case 4: {
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (1 / b) + 0
      if (typeof right !== 'number') right._adjoint += adjoint * (-y / b) + 0
      break
    }
    // mod
    case 5: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint
      if (typeof right !== 'number') right._adjoint += adjoint * Math.round((y - a) / b) + 0
      break
    }
    // pow
    case 6: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number')
        left._adjoint += adjoint * (a === 0 && (b === 0 || b === 1) ? b : b === 0 ? (b / a) * y : b * a ** (b - 1)) + 0
      if (typeof right !== 'number') right._adjoint += adjoint * (a === 0 && b >= 0 ? 0 : y * Math.log(a)) + 0
      break
    }
    // neg
    case 7: {
      left._adjoint += 0 - adjoint
      break
    }
    // exp
    case 8: {
      left._adjoint += adjoint * y + 0
      break
    }
    // expm1
    case 9: {
      const x = left._num
      left._adjoint += adjoint * Math.exp(x) + 0
      break
    }
    // log
    case 10: {
      const x = left._num
      left._adjoint += adjoint * (1 / x) + 0
      break
    }
    // log1p
    case 11: {
      const x = left._num
      left._adjoint += adjoint * (1 / (1 + x)) + 0
      break
    }
    // log2
    case 12: {
      const x = left._num
      left._adjoint += adjoint * (Math.LOG2E / x) + 0
      break
    }
    // log10
    case 13: {
      const x = left._num
      left._adjoint += adjoint * (Math.LOG10E / x) + 0
      break
    }
    // sqrt
    case 14: {
      left._adjoint += adjoint * (0.5 / y) + 0
      break
    }
    // cbrt
    case 15: {
      left._adjoint += adjoint * (1 / (3 * y * y)) + 0
      break
    }
    // sin
    case 16: {
      const x = left._num
      left._adjoint += adjoint * Math.cos(x) + 0
      break
    }
    // cos
    case 17: {
      const x = left._num
      left._adjoint += adjoint * -Math.sin(x) + 0
      break
    }
    // tan
    case 18: {
      left._adjoint += adjoint * (1 + y * y) + 0
      break
    }
    // asin
    case 19: {
      const x = left._num
      left._adjoint += adjoint * (1 / Math.sqrt((1 - x) * (1 + x))) + 0
      break
    }
    // acos
    case 20: {
      const x = left._num
      left._adjoint += adjoint * (-1 / Math.sqrt((1 - x) * (1 + x))) + 0
      break
    }
    // atan
    case 21: {
      const x = left._num
      left._adjoint += adjoint * (1 / (1 + x * x)) + 0
      break
    }
    // sinh
    case 22: {
      const x = left._num
      left._adjoint += adjoint * Math.cosh(x) + 0
      break
    }
    // cosh
    case 23: {
      const x = left._num
      left._adjoint += adjoint * Math.sinh(x) + 0
      break
    }
    // tanh
    case 24: {
      const x = left._num
      left._adjoint += adjoint * (Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))) + 0
      break
    }
    // asinh
    case 25: {
      const x = left._num
      left._adjoint += adjoint * (1 / Math.hypot(1, x)) + 0
      break
    }
    // acosh
    case 26: {
      const x = left._num
      left._adjoint += adjoint * (1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))) + 0
      break
    }
    // atanh
    case 27: {
      const x = left._num
      left._adjoint += adjoint * (1 / ((1 - x) * (1 + x))) + 0
      break
    }
    // abs
    case 28: {
      const x = left._num
      left._adjoint += adjoint * Math.sign(x) + 0
      break
    }
    // max
    case 34: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') {
        const partial = a === b ? 0.5 : a > b ? 1 : 0
        if (partial !== 0) left._adjoint += adjoint * partial + 0
      }
      if (typeof right !== 'number') {
        const partial = a === b ? 0.5 : b > a ? 1 : 0
        if (partial !== 0) right._adjoint += adjoint * partial + 0
      }
      break
    }
    // min
    case 35: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') {
        const partial = a === b ? 0.5 : a < b ? 1 : 0
        if (partial !== 0) left._adjoint += adjoint * partial + 0
      }
      if (typeof right !== 'number') {
        const partial = a === b ? 0.5 : b < a ? 1 : 0
        if (partial !== 0) right._adjoint += adjoint * partial + 0
      }
      break
    }
    // atan2
    case 36: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (b / Math.hypot(a, b) / Math.hypot(a, b)) + 0
      if (typeof right !== 'number') right._adjoint += adjoint * (-a / Math.hypot(a, b) / Math.hypot(a, b)) + 0
      break
    }
    // hypot
    case 37: {
      const a = operandValue(left)
      const b = operandValue(right)
      if (typeof left !== 'number') left._adjoint += adjoint * (y === 0 ? 0 : a / y) + 0
      if (typeof right !== 'number') right._adjoint += adjoint * (y === 0 ? 0 : b / y) + 0
      break
    }
    // sigmoid
    case 38: {
      const x = left._num
      left._adjoint += adjoint * (Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x))) + 0
      break
    }
    // softplus
    case 39: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))) + 0
      break
    }
    // logSigmoid
    case 40: {
      const x = left._num
      left._adjoint += adjoint * (x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x))) + 0
      break
    }
  }
}
