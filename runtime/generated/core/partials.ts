/**
 * The partial derivatives on numbers and tracked numbers alike: what derivatives of derivatives and forward mode are made of.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { kinked } from '../../engine/kinked.ts'
import { type NodeOrNumber, operandValue } from '../../engine/node.ts'

type Unary = (x: NodeOrNumber) => NodeOrNumber
type Binary = (a: NodeOrNumber, b: NodeOrNumber) => NodeOrNumber

/** A node by its methods: the engine does not know its class. */
type Methods = Record<string, (other?: NodeOrNumber) => NodeOrNumber>

function unary(method: string, f: (x: number) => number): Unary {
  return x => (typeof x === 'number' ? f(x) : (x as unknown as Methods)[method]!())
}

function binary(method: string, f: (a: number, b: number) => number): Binary {
  const reflected = `r${method}`
  return (a, b) => {
    if (typeof a !== 'number') return (a as unknown as Methods)[method]!(b)
    return typeof b === 'number' ? f(a, b) : (b as unknown as Methods)[reflected]!(a)
  }
}

const abs = unary('abs', Math.abs)
export const add = binary('add', (a, b) => a + b)
const cos = unary('cos', Math.cos)
const cosh = unary('cosh', Math.cosh)
export const div = binary('div', (a, b) => a / b)
const exp = unary('exp', Math.exp)
const hypot = binary('hypot', Math.hypot)
const log = unary('log', Math.log)
export const mul = binary('mul', (a, b) => a * b)
const neg = unary('neg', x => -x)
const pow = binary('pow', (a, b) => a ** b)
const round = unary('round', Math.round)
const sign = unary('sign', Math.sign)
const sin = unary('sin', Math.sin)
const sinh = unary('sinh', Math.sinh)
const sqrt = unary('sqrt', Math.sqrt)
const sub = binary('sub', (a, b) => a - b)

/**
 * The partial derivative of an operation of the table by its operand `index`; `null` where nothing flows, not even times
 * Infinity. `b` is `null` for an operation of one operand.
 */
export function partial(
  opcode: number,
  index: number,
  a: NodeOrNumber,
  b: NodeOrNumber | null,
  y: NodeOrNumber,
): NodeOrNumber | null {
  if (b === null) return unaryPartial(opcode, a, y)
  return index === 0 ? leftPartial(opcode, a, b, y) : rightPartial(opcode, a, b, y)
}

function selected(share: NodeOrNumber): NodeOrNumber | null {
  return share === 0 ? null : share
}

function unaryPartial(opcode: number, x: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
  const xValue = operandValue(x)
  const yValue = operandValue(y)
  switch (opcode) {
    case 7: // neg
      return -1
    case 8: // exp
      return y
    case 9: // expm1
      return exp(x)
    case 10: // log
      return div(1, x)
    case 11: // log1p
      return div(1, add(1, x))
    case 12: // log2
      return div(Math.LOG2E, x)
    case 13: // log10
      return div(Math.LOG10E, x)
    case 14: // sqrt
      return div(0.5, y)
    case 15: // cbrt
      return div(1, mul(mul(3, y), y))
    case 16: // sin
      return cos(x)
    case 17: // cos
      return neg(sin(x))
    case 18: // tan
      return add(1, mul(y, y))
    case 19: // asin
      return Math.abs(xValue) === 1
        ? kinked(1 / Math.sqrt((1 - xValue) * (1 + xValue)), -1, x)
        : div(1, sqrt(mul(sub(1, x), add(1, x))))
    case 20: // acos
      return Math.abs(xValue) === 1
        ? kinked(-1 / Math.sqrt((1 - xValue) * (1 + xValue)), -1, x)
        : div(-1, sqrt(mul(sub(1, x), add(1, x))))
    case 21: // atan
      return div(1, add(1, mul(x, x)))
    case 22: // sinh
      return cosh(x)
    case 23: // cosh
      return sinh(x)
    case 24: // tanh
      return Math.abs(xValue) < 20 ? pow(div(1, cosh(x)), 2) : mul(4, exp(mul(-2, abs(x))))
    case 25: // asinh
      return div(1, hypot(1, x))
    case 26: // acosh
      return xValue === 1
        ? kinked(1 / (Math.sqrt(xValue - 1) * Math.sqrt(xValue + 1)), -1, x)
        : div(1, mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))
    case 27: // atanh
      return Math.abs(xValue) === 1
        ? kinked(1 / ((1 - xValue) * (1 + xValue)), -1, x)
        : div(1, mul(sub(1, x), add(1, x)))
    case 28: // abs
      return xValue === 0 ? kinked(Math.sign(xValue), -1, x) : sign(x)
    case 29: // sign
      return xValue === 0 ? kinked(null, -1, x) : null
    case 30: // floor
      return xValue === yValue ? kinked(null, -1, x) : null
    case 31: // ceil
      return xValue === yValue ? kinked(null, -1, x) : null
    case 32: // round
      return yValue - xValue === 0.5 ? kinked(null, -1, x) : null
    case 33: // trunc
      return xValue === yValue && xValue !== 0 ? kinked(null, -1, x) : null
    case 38: // sigmoid
      return Math.abs(xValue) < 40 ? pow(div(0.5, cosh(div(x, 2))), 2) : exp(neg(abs(x)))
    case 39: // softplus
      return xValue < 0 ? div(exp(x), add(1, exp(x))) : div(1, add(1, exp(neg(x))))
    case 40: // logSigmoid
      return xValue < 0 ? div(1, add(1, exp(x))) : div(exp(neg(x)), add(1, exp(neg(x))))
    default:
      return null
  }
}

function leftPartial(opcode: number, a: NodeOrNumber, b: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
  const aValue = operandValue(a)
  const bValue = operandValue(b)
  const yValue = operandValue(y)
  switch (opcode) {
    case 1: // add
      return 1
    case 2: // sub
      return 1
    case 3: // mul
      return b
    case 4: // div
      return div(1, b)
    case 5: // mod
      return yValue === 0 && aValue !== 0 ? kinked(1, -1, a, b) : 1
    case 6: // pow
      return aValue === 0 && (bValue === 0 || bValue === 1)
        ? kinked(bValue, 0, b, a)
        : bValue === 0
          ? mul(div(b, a), y)
          : mul(b, pow(a, sub(b, 1)))
    case 34: // max
      return selected(aValue === bValue ? kinked(0.5, -1, a, b) : aValue > bValue ? 1 : 0)
    case 35: // min
      return selected(aValue === bValue ? kinked(0.5, -1, a, b) : aValue < bValue ? 1 : 0)
    case 36: // atan2
      return aValue === 0 && bValue < 0
        ? kinked(bValue / Math.hypot(aValue, bValue) / Math.hypot(aValue, bValue), -1, a, b)
        : div(div(b, hypot(a, b)), hypot(a, b))
    case 37: // hypot
      return yValue === 0 ? kinked(0, -1, a, b) : div(a, y)
    default:
      return null
  }
}

function rightPartial(opcode: number, a: NodeOrNumber, b: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
  const aValue = operandValue(a)
  const bValue = operandValue(b)
  const yValue = operandValue(y)
  switch (opcode) {
    case 1: // add
      return 1
    case 2: // sub
      return -1
    case 3: // mul
      return a
    case 4: // div
      return div(neg(y), b)
    case 5: // mod
      return yValue === 0 && aValue !== 0
        ? kinked(Math.round((yValue - aValue) / bValue), -1, a, b)
        : round(div(sub(y, a), b))
    case 6: // pow
      return aValue === 0 && bValue >= 0 ? kinked(0, Math.ceil(bValue) - 1, a, b) : mul(y, log(a))
    case 34: // max
      return selected(aValue === bValue ? kinked(0.5, -1, a, b) : bValue > aValue ? 1 : 0)
    case 35: // min
      return selected(aValue === bValue ? kinked(0.5, -1, a, b) : bValue < aValue ? 1 : 0)
    case 36: // atan2
      return aValue === 0 && bValue < 0
        ? kinked(-aValue / Math.hypot(aValue, bValue) / Math.hypot(aValue, bValue), -1, a, b)
        : div(div(neg(a), hypot(a, b)), hypot(a, b))
    case 37: // hypot
      return yValue === 0 ? kinked(0, -1, a, b) : div(b, y)
    default:
      return null
  }
}
