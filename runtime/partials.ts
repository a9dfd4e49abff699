/**
 * The partial derivatives on numbers and tracked numbers alike: what derivatives of derivatives and forward mode are made of.
 * Generated from rules.ts by scripts/generate.mjs, lowered by the transformer: change the rules instead.
 */
import { dispatchBinary, dispatchMath, dispatchUnary } from './dispatch.ts'
import { operandValue } from './node.ts'
import type { Numeric } from './number-with-grad.ts'

/**
 * The partial derivative of an operation of the table by its operand `index`; `null` where nothing flows, not even times
 * Infinity. `b` is `null` for an operation of one operand.
 */
export function partial(opcode: number, index: number, a: Numeric, b: Numeric | null, y: Numeric): Numeric | null {
  if (b === null) return unaryPartial(opcode, a, y)
  return index === 0 ? leftPartial(opcode, a, b, y) : rightPartial(opcode, a, b, y)
}

function selected(share: number): number | null {
  return share === 0 ? null : share
}

function unaryPartial(opcode: number, x: Numeric, y: Numeric): Numeric | null {
  switch (opcode) {
    case 7: // neg
      return -1
    case 8: // exp
      return y
    case 9: // expm1
      return dispatchMath('exp', 'exp', '', x)
    case 10: // log
      return dispatchBinary('<', 'lt', 'gt', x, 0) ? NaN : dispatchBinary('/', 'div', 'rdiv', 1, x)
    case 11: // log1p
      return dispatchBinary('<', 'lt', 'gt', x, -1)
        ? NaN
        : dispatchBinary('/', 'div', 'rdiv', 1, dispatchBinary('+', 'add', 'radd', 1, x))
    case 12: // log2
      return dispatchBinary('<', 'lt', 'gt', x, 0) ? NaN : dispatchBinary('/', 'div', 'rdiv', Math.LOG2E, x)
    case 13: // log10
      return dispatchBinary('<', 'lt', 'gt', x, 0) ? NaN : dispatchBinary('/', 'div', 'rdiv', Math.LOG10E, x)
    case 14: // sqrt
      return dispatchBinary('/', 'div', 'rdiv', 0.5, y)
    case 15: // cbrt
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        1,
        dispatchBinary('*', 'mul', 'rmul', dispatchBinary('*', 'mul', 'rmul', 3, y), y),
      )
    case 16: // sin
      return dispatchMath('cos', 'cos', '', x)
    case 17: // cos
      return dispatchUnary('unary -', 'neg', dispatchMath('sin', 'sin', '', x))
    case 18: // tan
      return dispatchBinary('+', 'add', 'radd', 1, dispatchBinary('*', 'mul', 'rmul', y, y))
    case 19: // asin
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        1,
        dispatchMath(
          'sqrt',
          'sqrt',
          '',
          dispatchBinary(
            '*',
            'mul',
            'rmul',
            dispatchBinary('-', 'sub', 'rsub', 1, x),
            dispatchBinary('+', 'add', 'radd', 1, x),
          ),
        ),
      )
    case 20: // acos
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        -1,
        dispatchMath(
          'sqrt',
          'sqrt',
          '',
          dispatchBinary(
            '*',
            'mul',
            'rmul',
            dispatchBinary('-', 'sub', 'rsub', 1, x),
            dispatchBinary('+', 'add', 'radd', 1, x),
          ),
        ),
      )
    case 21: // atan
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        1,
        dispatchBinary('+', 'add', 'radd', 1, dispatchBinary('*', 'mul', 'rmul', x, x)),
      )
    case 22: // sinh
      return dispatchMath('cosh', 'cosh', '', x)
    case 23: // cosh
      return dispatchMath('sinh', 'sinh', '', x)
    case 24: // tanh
      return dispatchBinary('<', 'lt', 'gt', dispatchMath('abs', 'abs', '', x), 20)
        ? dispatchBinary(
            '**',
            'pow',
            'rpow',
            dispatchBinary('/', 'div', 'rdiv', 1, dispatchMath('cosh', 'cosh', '', x)),
            2,
          )
        : dispatchBinary(
            '*',
            'mul',
            'rmul',
            4,
            dispatchMath('exp', 'exp', '', dispatchBinary('*', 'mul', 'rmul', -2, dispatchMath('abs', 'abs', '', x))),
          )
    case 25: // asinh
      return dispatchBinary('/', 'div', 'rdiv', 1, dispatchMath('hypot', 'hypot', 'rhypot', 1, x))
    case 26: // acosh
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        1,
        dispatchBinary(
          '*',
          'mul',
          'rmul',
          dispatchMath('sqrt', 'sqrt', '', dispatchBinary('-', 'sub', 'rsub', x, 1)),
          dispatchMath('sqrt', 'sqrt', '', dispatchBinary('+', 'add', 'radd', x, 1)),
        ),
      )
    case 27: // atanh
      return dispatchBinary('>', 'gt', 'lt', dispatchMath('abs', 'abs', '', x), 1)
        ? NaN
        : dispatchBinary(
            '/',
            'div',
            'rdiv',
            1,
            dispatchBinary(
              '*',
              'mul',
              'rmul',
              dispatchBinary('-', 'sub', 'rsub', 1, x),
              dispatchBinary('+', 'add', 'radd', 1, x),
            ),
          )
    case 28: // abs
      return dispatchMath('sign', 'sign', '', x)
    case 38: // sigmoid
      return dispatchBinary('<', 'lt', 'gt', dispatchMath('abs', 'abs', '', x), 40)
        ? dispatchBinary(
            '**',
            'pow',
            'rpow',
            dispatchBinary(
              '/',
              'div',
              'rdiv',
              0.5,
              dispatchMath('cosh', 'cosh', '', dispatchBinary('/', 'div', 'rdiv', x, 2)),
            ),
            2,
          )
        : dispatchMath('exp', 'exp', '', dispatchUnary('unary -', 'neg', dispatchMath('abs', 'abs', '', x)))
    case 39: // softplus
      return dispatchBinary('<', 'lt', 'gt', x, 0)
        ? dispatchBinary(
            '/',
            'div',
            'rdiv',
            dispatchMath('exp', 'exp', '', x),
            dispatchBinary('+', 'add', 'radd', 1, dispatchMath('exp', 'exp', '', x)),
          )
        : dispatchBinary(
            '/',
            'div',
            'rdiv',
            1,
            dispatchBinary('+', 'add', 'radd', 1, dispatchMath('exp', 'exp', '', dispatchUnary('unary -', 'neg', x))),
          )
    case 40: // logSigmoid
      return dispatchBinary('<', 'lt', 'gt', x, 0)
        ? dispatchBinary(
            '/',
            'div',
            'rdiv',
            1,
            dispatchBinary('+', 'add', 'radd', 1, dispatchMath('exp', 'exp', '', x)),
          )
        : dispatchBinary(
            '/',
            'div',
            'rdiv',
            dispatchMath('exp', 'exp', '', dispatchUnary('unary -', 'neg', x)),
            dispatchBinary('+', 'add', 'radd', 1, dispatchMath('exp', 'exp', '', dispatchUnary('unary -', 'neg', x))),
          )
    default:
      return null
  }
}

function leftPartial(opcode: number, a: Numeric, b: Numeric, y: Numeric): Numeric | null {
  switch (opcode) {
    case 1: // add
      return 1
    case 2: // sub
      return 1
    case 3: // mul
      return b
    case 4: // div
      return dispatchBinary('/', 'div', 'rdiv', 1, b)
    case 5: // mod
      return operandValue(b) === 0 ? NaN : 1
    case 6: // pow
      return operandValue(b) === 0
        ? operandValue(a) === 0
          ? 0
          : dispatchBinary('/', 'div', 'rdiv', b, a)
        : dispatchBinary(
            '*',
            'mul',
            'rmul',
            b,
            dispatchBinary('**', 'pow', 'rpow', a, dispatchBinary('-', 'sub', 'rsub', b, 1)),
          )
    case 34: // max
      return selected(
        dispatchBinary('>', 'gt', 'lt', a, b)
          ? 1
          : dispatchBinary('<', 'lt', 'gt', a, b)
            ? 0
            : operandValue(a) === operandValue(b)
              ? 0.5
              : NaN,
      )
    case 35: // min
      return selected(
        dispatchBinary('<', 'lt', 'gt', a, b)
          ? 1
          : dispatchBinary('>', 'gt', 'lt', a, b)
            ? 0
            : operandValue(a) === operandValue(b)
              ? 0.5
              : NaN,
      )
    case 36: // atan2
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        dispatchBinary('/', 'div', 'rdiv', b, dispatchMath('hypot', 'hypot', 'rhypot', a, b)),
        dispatchMath('hypot', 'hypot', 'rhypot', a, b),
      )
    case 37: // hypot
      return operandValue(y) === 0 ? 0 : dispatchBinary('/', 'div', 'rdiv', a, y)
    default:
      return null
  }
}

function rightPartial(opcode: number, a: Numeric, b: Numeric, y: Numeric): Numeric | null {
  switch (opcode) {
    case 1: // add
      return 1
    case 2: // sub
      return -1
    case 3: // mul
      return a
    case 4: // div
      return dispatchBinary('/', 'div', 'rdiv', dispatchUnary('unary -', 'neg', y), b)
    case 5: // mod
      return dispatchMath(
        'round',
        'round',
        '',
        dispatchBinary('/', 'div', 'rdiv', dispatchBinary('-', 'sub', 'rsub', y, a), b),
      )
    case 6: // pow
      return operandValue(a) === 0 && dispatchBinary('>=', 'ge', 'le', b, 0)
        ? 0
        : dispatchBinary('*', 'mul', 'rmul', y, dispatchMath('log', 'log', '', a))
    case 34: // max
      return selected(
        dispatchBinary('>', 'gt', 'lt', b, a)
          ? 1
          : dispatchBinary('<', 'lt', 'gt', b, a)
            ? 0
            : operandValue(a) === operandValue(b)
              ? 0.5
              : NaN,
      )
    case 35: // min
      return selected(
        dispatchBinary('<', 'lt', 'gt', b, a)
          ? 1
          : dispatchBinary('>', 'gt', 'lt', b, a)
            ? 0
            : operandValue(a) === operandValue(b)
              ? 0.5
              : NaN,
      )
    case 36: // atan2
      return dispatchBinary(
        '/',
        'div',
        'rdiv',
        dispatchBinary(
          '/',
          'div',
          'rdiv',
          dispatchUnary('unary -', 'neg', a),
          dispatchMath('hypot', 'hypot', 'rhypot', a, b),
        ),
        dispatchMath('hypot', 'hypot', 'rhypot', a, b),
      )
    case 37: // hypot
      return operandValue(y) === 0 ? 0 : dispatchBinary('/', 'div', 'rdiv', b, y)
    default:
      return null
  }
}
