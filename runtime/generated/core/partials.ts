/**
 * The partial derivatives on numbers and tracked numbers alike: what derivatives of derivatives and forward mode are made of.
 * Generated from rules.ts by scripts/generate.mjs, lowered by the transformer: change the rules instead.
 */

import { type NodeOrNumber, operandValue } from '../../engine/node.ts'
import { type BinaryKey, dispatchBinary, dispatchMath, dispatchUnary, type UnaryKey } from '../../operators/dispatch.ts'

type Binary<Result = NodeOrNumber> = (a: NodeOrNumber, b: NodeOrNumber) => Result
type Unary = (x: NodeOrNumber) => NodeOrNumber
type MathName = 'abs' | 'cos' | 'cosh' | 'exp' | 'log' | 'round' | 'sign' | 'sin' | 'sinh' | 'sqrt'

const binary =
  (key: BinaryKey, method: string, reflected: string): Binary<never> =>
  (a, b) =>
    dispatchBinary(key, method, reflected, a, b) as never
const unary =
  (key: UnaryKey, method: string): Unary =>
  x =>
    dispatchUnary(key, method, x) as never
const math =
  (name: MathName): Unary =>
  x =>
    (typeof x === 'number' ? Math[name](x) : dispatchMath(name, name, '', x)) as never
const math2 =
  (name: string): Binary =>
  (a, b) =>
    dispatchMath(name, name, `r${name}`, a, b) as never

const abs = /* @__PURE__ */ math('abs')
const add = /* @__PURE__ */ binary('+', 'add', 'radd')
const cos = /* @__PURE__ */ math('cos')
const cosh = /* @__PURE__ */ math('cosh')
const div = /* @__PURE__ */ binary('/', 'div', 'rdiv')
const exp = /* @__PURE__ */ math('exp')
const ge = /* @__PURE__ */ binary('>=', 'ge', 'le')
const gt = /* @__PURE__ */ binary('>', 'gt', 'lt')
const hypot = /* @__PURE__ */ math2('hypot')
const log = /* @__PURE__ */ math('log')
const lt = /* @__PURE__ */ binary('<', 'lt', 'gt')
const mul = /* @__PURE__ */ binary('*', 'mul', 'rmul')
const neg = /* @__PURE__ */ unary('unary -', 'neg')
const pow = /* @__PURE__ */ binary('**', 'pow', 'rpow')
const round = /* @__PURE__ */ math('round')
const sign = /* @__PURE__ */ math('sign')
const sin = /* @__PURE__ */ math('sin')
const sinh = /* @__PURE__ */ math('sinh')
const sqrt = /* @__PURE__ */ math('sqrt')
const sub = /* @__PURE__ */ binary('-', 'sub', 'rsub')

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

function selected(share: number): number | null {
  return share === 0 ? null : share
}

function unaryPartial(opcode: number, x: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
  switch (opcode) {
    case 7: // neg
      return -1
    case 8: // exp
      return y
    case 9: // expm1
      return exp(x)
    case 10: // log
      return lt(x, 0) ? NaN : div(1, x)
    case 11: // log1p
      return lt(x, -1) ? NaN : div(1, add(1, x))
    case 12: // log2
      return lt(x, 0) ? NaN : div(Math.LOG2E, x)
    case 13: // log10
      return lt(x, 0) ? NaN : div(Math.LOG10E, x)
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
      return div(1, sqrt(mul(sub(1, x), add(1, x))))
    case 20: // acos
      return div(-1, sqrt(mul(sub(1, x), add(1, x))))
    case 21: // atan
      return div(1, add(1, mul(x, x)))
    case 22: // sinh
      return cosh(x)
    case 23: // cosh
      return sinh(x)
    case 24: // tanh
      return lt(abs(x), 20) ? pow(div(1, cosh(x)), 2) : mul(4, exp(mul(-2, abs(x))))
    case 25: // asinh
      return div(1, hypot(1, x))
    case 26: // acosh
      return div(1, mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))
    case 27: // atanh
      return gt(abs(x), 1) ? NaN : div(1, mul(sub(1, x), add(1, x)))
    case 28: // abs
      return sign(x)
    case 38: // sigmoid
      return lt(abs(x), 40) ? pow(div(0.5, cosh(div(x, 2))), 2) : exp(neg(abs(x)))
    case 39: // softplus
      return lt(x, 0) ? div(exp(x), add(1, exp(x))) : div(1, add(1, exp(neg(x))))
    case 40: // logSigmoid
      return lt(x, 0) ? div(1, add(1, exp(x))) : div(exp(neg(x)), add(1, exp(neg(x))))
    default:
      return null
  }
}

function leftPartial(opcode: number, a: NodeOrNumber, b: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
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
      return operandValue(b) === 0 ? NaN : 1
    case 6: // pow
      return operandValue(b) === 0 ? (operandValue(a) === 0 ? 0 : div(b, a)) : mul(b, pow(a, sub(b, 1)))
    case 34: // max
      return selected(gt(a, b) ? 1 : lt(a, b) ? 0 : operandValue(a) === operandValue(b) ? 0.5 : NaN)
    case 35: // min
      return selected(lt(a, b) ? 1 : gt(a, b) ? 0 : operandValue(a) === operandValue(b) ? 0.5 : NaN)
    case 36: // atan2
      return div(div(b, hypot(a, b)), hypot(a, b))
    case 37: // hypot
      return operandValue(y) === 0 ? 0 : div(a, y)
    default:
      return null
  }
}

function rightPartial(opcode: number, a: NodeOrNumber, b: NodeOrNumber, y: NodeOrNumber): NodeOrNumber | null {
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
      return round(div(sub(y, a), b))
    case 6: // pow
      return operandValue(a) === 0 && ge(b, 0) ? 0 : mul(y, log(a))
    case 34: // max
      return selected(gt(b, a) ? 1 : lt(b, a) ? 0 : operandValue(a) === operandValue(b) ? 0.5 : NaN)
    case 35: // min
      return selected(lt(b, a) ? 1 : gt(b, a) ? 0 : operandValue(a) === operandValue(b) ? 0.5 : NaN)
    case 36: // atan2
      return div(div(neg(a), hypot(a, b)), hypot(a, b))
    case 37: // hypot
      return operandValue(y) === 0 ? 0 : div(b, y)
    default:
      return null
  }
}
