/**
 * The second partial derivatives of the table's operations: what forward over reverse multiplies by.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */

/**
 * Writes the derivative of the partial by the only operand. A place gets -0, which stands for nothing, where a partial does not
 * depend on an operand.
 *
 * @returns whether there is any.
 */
export function secondPartial(opcode: number, x: number, y: number, into: Float64Array): boolean {
  switch (opcode) {
    case 8: // exp
      into[0] = y + 0
      return true
    case 9: // expm1
      into[0] = Math.exp(x) + 0
      return true
    case 10: // log
      into[0] = -(1 / x) / x + 0
      return true
    case 11: // log1p
      into[0] = -(1 / (1 + x)) / (1 + x) + 0
      return true
    case 12: // log2
      into[0] = -(Math.LOG2E / x) / x + 0
      return true
    case 13: // log10
      into[0] = -(Math.LOG10E / x) / x + 0
      return true
    case 14: // sqrt
      into[0] = (-(0.5 / y) / y) * (0.5 / y) + 0
      return true
    case 15: // cbrt
      into[0] = (-(1 / (3 * y * y)) / (3 * y * y)) * (y * (3 * (1 / (3 * y * y))) + 3 * y * (1 / (3 * y * y))) + 0
      return true
    case 16: // sin
      into[0] = -Math.sin(x) + 0
      return true
    case 17: // cos
      into[0] = -Math.cos(x) + 0
      return true
    case 18: // tan
      into[0] = y * (1 + y * y) + y * (1 + y * y) + 0
      return true
    case 19: // asin
      into[0] =
        Math.abs(x) === 1
          ? NaN
          : (-(1 / Math.sqrt((1 - x) * (1 + x))) / Math.sqrt((1 - x) * (1 + x))) *
              ((0.5 / Math.sqrt((1 - x) * (1 + x))) * (-(1 + x) + (1 - x))) +
            0
      return true
    case 20: // acos
      into[0] =
        Math.abs(x) === 1
          ? NaN
          : (-(-1 / Math.sqrt((1 - x) * (1 + x))) / Math.sqrt((1 - x) * (1 + x))) *
              ((0.5 / Math.sqrt((1 - x) * (1 + x))) * (-(1 + x) + (1 - x))) +
            0
      return true
    case 21: // atan
      into[0] = (-(1 / (1 + x * x)) / (1 + x * x)) * (x + x) + 0
      return true
    case 22: // sinh
      into[0] = Math.sinh(x) + 0
      return true
    case 23: // cosh
      into[0] = Math.cosh(x) + 0
      return true
    case 24: // tanh
      into[0] =
        Math.abs(x) < 20
          ? 2 * (1 / Math.cosh(x)) * ((-(1 / Math.cosh(x)) / Math.cosh(x)) * Math.sinh(x)) + 0
          : 4 * (Math.exp(-2 * Math.abs(x)) * (-2 * Math.sign(x))) + 0
      return true
    case 25: // asinh
      into[0] = (-(1 / Math.hypot(1, x)) / Math.hypot(1, x)) * (Math.hypot(1, x) === 0 ? 0 : x / Math.hypot(1, x)) + 0
      return true
    case 26: // acosh
      into[0] =
        x === 1
          ? NaN
          : (-(1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1))) / (Math.sqrt(x - 1) * Math.sqrt(x + 1))) *
              (Math.sqrt(x + 1) * (0.5 / Math.sqrt(x - 1)) + Math.sqrt(x - 1) * (0.5 / Math.sqrt(x + 1))) +
            0
      return true
    case 27: // atanh
      into[0] = Math.abs(x) === 1 ? NaN : (-(1 / ((1 - x) * (1 + x))) / ((1 - x) * (1 + x))) * (-(1 + x) + (1 - x)) + 0
      return true
    case 28: // abs
      into[0] = x === 0 ? NaN : -0
      return true
    case 29: // sign
      into[0] = x === 0 ? NaN : -0
      return true
    case 30: // floor
      into[0] = x === y ? NaN : -0
      return true
    case 31: // ceil
      into[0] = x === y ? NaN : -0
      return true
    case 32: // round
      into[0] = y - x === 0.5 ? NaN : -0
      return true
    case 33: // trunc
      into[0] = x === y && x !== 0 ? NaN : -0
      return true
    case 38: // sigmoid
      into[0] =
        Math.abs(x) < 40
          ? 2 *
              (0.5 / Math.cosh(x / 2)) *
              ((-(0.5 / Math.cosh(x / 2)) / Math.cosh(x / 2)) * (Math.sinh(x / 2) * (1 / 2))) +
            0
          : Math.exp(-Math.abs(x)) * -Math.sign(x) + 0
      return true
    case 39: // softplus
      into[0] =
        x < 0
          ? (1 / (1 + Math.exp(x))) * Math.exp(x) +
            (-(Math.exp(x) / (1 + Math.exp(x))) / (1 + Math.exp(x))) * Math.exp(x) +
            0
          : (-(1 / (1 + Math.exp(-x))) / (1 + Math.exp(-x))) * -Math.exp(-x) + 0
      return true
    case 40: // logSigmoid
      into[0] =
        x < 0
          ? (-(1 / (1 + Math.exp(x))) / (1 + Math.exp(x))) * Math.exp(x) + 0
          : (1 / (1 + Math.exp(-x))) * -Math.exp(-x) +
            (-(Math.exp(-x) / (1 + Math.exp(-x))) / (1 + Math.exp(-x))) * -Math.exp(-x) +
            0
      return true
    default:
      return false
  }
}

/** The same for two operands: by the first twice, by both, by the second twice. */
export function secondPartials(opcode: number, a: number, b: number, y: number, into: Float64Array): boolean {
  switch (opcode) {
    case 3: // mul
      into[0] = -0
      into[1] = 1 + 0
      into[2] = -0
      return true
    case 4: // div
      into[0] = -0
      into[1] = -(1 / b) / b + 0
      into[2] = (1 / b) * -(-y / b) + -(-y / b) / b + 0
      return true
    case 5: // mod
      into[0] = y === 0 && a !== 0 ? NaN : -0
      into[1] = y === 0 && a !== 0 ? NaN : -0
      into[2] = y === 0 && a !== 0 ? NaN : -0
      return true
    case 6: // pow
      into[0] =
        a === 0 && (b === 0 || b === 1)
          ? -0
          : b === 0
            ? y * (-(b / a) / a) +
              (b / a) * (a === 0 && (b === 0 || b === 1) ? b : b === 0 ? (b / a) * y : b * a ** (b - 1)) +
              0
            : b *
                (a === 0 && (b - 1 === 0 || b - 1 === 1)
                  ? b - 1
                  : b - 1 === 0
                    ? ((b - 1) / a) * a ** (b - 1)
                    : (b - 1) * a ** (b - 1 - 1)) +
              0
      into[1] =
        a === 0 && (b === 0 || b === 1)
          ? NaN
          : b === 0
            ? y * (1 / a) + (b / a) * (a === 0 && b >= 0 ? 0 : y * Math.log(a)) + 0
            : a ** (b - 1) + b * (a === 0 && b - 1 >= 0 ? 0 : a ** (b - 1) * Math.log(a)) + 0
      into[2] =
        a === 0 && b >= 0
          ? Math.ceil(b) - 1 < 0
            ? NaN
            : -0
          : Math.log(a) * (a === 0 && b >= 0 ? 0 : y * Math.log(a)) + 0
      return true
    case 34: // max
      into[0] = a === b ? NaN : -0
      into[1] = a === b ? NaN : -0
      into[2] = a === b ? NaN : -0
      return true
    case 35: // min
      into[0] = a === b ? NaN : -0
      into[1] = a === b ? NaN : -0
      into[2] = a === b ? NaN : -0
      return true
    case 36: // atan2
      into[0] =
        a === 0 && b < 0
          ? NaN
          : (1 / Math.hypot(a, b)) *
              ((-(b / Math.hypot(a, b)) / Math.hypot(a, b)) * (Math.hypot(a, b) === 0 ? 0 : a / Math.hypot(a, b))) +
            (-(b / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b)) *
              (Math.hypot(a, b) === 0 ? 0 : a / Math.hypot(a, b)) +
            0
      into[1] =
        a === 0 && b < 0
          ? NaN
          : (1 / Math.hypot(a, b)) *
              (1 / Math.hypot(a, b) +
                (-(b / Math.hypot(a, b)) / Math.hypot(a, b)) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b))) +
            (-(b / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b)) *
              (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b)) +
            0
      into[2] =
        a === 0 && b < 0
          ? NaN
          : (1 / Math.hypot(a, b)) *
              ((-(-a / Math.hypot(a, b)) / Math.hypot(a, b)) * (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b))) +
            (-(-a / Math.hypot(a, b) / Math.hypot(a, b)) / Math.hypot(a, b)) *
              (Math.hypot(a, b) === 0 ? 0 : b / Math.hypot(a, b)) +
            0
      return true
    case 37: // hypot
      into[0] = y === 0 ? NaN : 1 / y + (-(a / y) / y) * (y === 0 ? 0 : a / y) + 0
      into[1] = y === 0 ? NaN : (-(a / y) / y) * (y === 0 ? 0 : b / y) + 0
      into[2] = y === 0 ? NaN : 1 / y + (-(b / y) / y) * (y === 0 ? 0 : b / y) + 0
      return true
    default:
      return false
  }
}
