/**
 * The methods of NumberWithGrad again, for numbers that a scope records as slots: value and partial derivatives are written at
 * once. What is not usual (an operand from outside, a full tape, nothing to be recorded) is left to the inherited method.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { NumberWithGrad, type Numeric } from './number-with-grad.ts'
import { slots as allSlots } from './slots.ts'
import { tape as theTape } from './tape.ts'

// V8 loads an imported name anew at each use, and knows nothing of what it finds; a constant of the module it knows.
const slots = allSlots
const tape = theTape

function put(
  slot: number,
  opcode: number,
  value: number,
  left: number,
  leftPartial: number,
  right: number,
  rightPartial: number,
): NumberWithGrad {
  tape.top = slot + 1
  slots.value[slot] = value
  slots.left[slot] = left
  slots.leftPartial[slot] = leftPartial
  slots.right[slot] = right
  slots.rightPartial[slot] = rightPartial
  slots.opcode[slot] = opcode
  const node = tape.pool[slot] as TapedOperations
  node._scope = tape.current
  return node
}

/** The slot of a number and the methods that record in slots. */
export abstract class TapedOperations extends NumberWithGrad {
  /** @internal */
  declare _slot: number
  /** @internal The stamp of its scope. */
  declare _scope: number

  override add(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.add(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.add(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a + b
    return put(top, 1 /* add */, y, this._slot, 1, slot, slot === 0 ? b : 1)
  }

  override radd(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.radd(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.radd(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a + b
    return put(top, 1 /* radd */, y, slot, slot === 0 ? a : 1, this._slot, 1)
  }

  override sub(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sub(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.sub(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a - b
    return put(top, 2 /* sub */, y, this._slot, 1, slot, slot === 0 ? b : -1)
  }

  override rsub(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rsub(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rsub(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a - b
    return put(top, 2 /* rsub */, y, slot, slot === 0 ? a : 1, this._slot, -1)
  }

  override mul(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.mul(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.mul(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a * b
    return put(top, 3 /* mul */, y, this._slot, b, slot, slot === 0 ? b : a)
  }

  override rmul(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rmul(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rmul(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a * b
    return put(top, 3 /* rmul */, y, slot, slot === 0 ? a : b, this._slot, a)
  }

  override div(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.div(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.div(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a / b
    return put(top, 4 /* div */, y, this._slot, 1 / b, slot, slot === 0 ? b : -y / b)
  }

  override rdiv(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rdiv(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rdiv(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a / b
    return put(top, 4 /* rdiv */, y, slot, slot === 0 ? a : 1 / b, this._slot, -y / b)
  }

  override mod(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.mod(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.mod(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a % b
    return put(top, 5 /* mod */, y, this._slot, b === 0 ? NaN : 1, slot, slot === 0 ? b : Math.round((y - a) / b))
  }

  override rmod(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rmod(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rmod(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a % b
    return put(top, 5 /* rmod */, y, slot, slot === 0 ? a : b === 0 ? NaN : 1, this._slot, Math.round((y - a) / b))
  }

  override pow(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.pow(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.pow(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = a ** b
    return put(
      top,
      6 /* pow */,
      y,
      this._slot,
      b === 0 ? (a === 0 ? 0 : b / a) : b * a ** (b - 1),
      slot,
      slot === 0 ? b : a === 0 && b >= 0 ? 0 : y * Math.log(a),
    )
  }

  override rpow(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rpow(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rpow(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = a ** b
    return put(
      top,
      6 /* rpow */,
      y,
      slot,
      slot === 0 ? a : b === 0 ? (a === 0 ? 0 : b / a) : b * a ** (b - 1),
      this._slot,
      a === 0 && b >= 0 ? 0 : y * Math.log(a),
    )
  }

  override neg(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.neg()
    const x = slots.value[this._slot]!
    const y = -x
    return put(top, 7 /* neg */, y, this._slot, -1, 1 /* no operand */, 0)
  }

  override exp(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.exp()
    const x = slots.value[this._slot]!
    const y = Math.exp(x)
    return put(top, 8 /* exp */, y, this._slot, y, 1 /* no operand */, 0)
  }

  override expm1(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.expm1()
    const x = slots.value[this._slot]!
    const y = Math.expm1(x)
    return put(top, 9 /* expm1 */, y, this._slot, Math.exp(x), 1 /* no operand */, 0)
  }

  override log(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.log()
    const x = slots.value[this._slot]!
    const y = Math.log(x)
    return put(top, 10 /* log */, y, this._slot, x < 0 ? NaN : 1 / x, 1 /* no operand */, 0)
  }

  override log1p(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.log1p()
    const x = slots.value[this._slot]!
    const y = Math.log1p(x)
    return put(top, 11 /* log1p */, y, this._slot, x < -1 ? NaN : 1 / (1 + x), 1 /* no operand */, 0)
  }

  override log2(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.log2()
    const x = slots.value[this._slot]!
    const y = Math.log2(x)
    return put(top, 12 /* log2 */, y, this._slot, x < 0 ? NaN : Math.LOG2E / x, 1 /* no operand */, 0)
  }

  override log10(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.log10()
    const x = slots.value[this._slot]!
    const y = Math.log10(x)
    return put(top, 13 /* log10 */, y, this._slot, x < 0 ? NaN : Math.LOG10E / x, 1 /* no operand */, 0)
  }

  override sqrt(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sqrt()
    const x = slots.value[this._slot]!
    const y = Math.sqrt(x)
    return put(top, 14 /* sqrt */, y, this._slot, 0.5 / y, 1 /* no operand */, 0)
  }

  override cbrt(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.cbrt()
    const x = slots.value[this._slot]!
    const y = Math.cbrt(x)
    return put(top, 15 /* cbrt */, y, this._slot, 1 / (3 * y * y), 1 /* no operand */, 0)
  }

  override sin(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sin()
    const x = slots.value[this._slot]!
    const y = Math.sin(x)
    return put(top, 16 /* sin */, y, this._slot, Math.cos(x), 1 /* no operand */, 0)
  }

  override cos(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.cos()
    const x = slots.value[this._slot]!
    const y = Math.cos(x)
    return put(top, 17 /* cos */, y, this._slot, -Math.sin(x), 1 /* no operand */, 0)
  }

  override tan(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.tan()
    const x = slots.value[this._slot]!
    const y = Math.tan(x)
    return put(top, 18 /* tan */, y, this._slot, 1 + y * y, 1 /* no operand */, 0)
  }

  override asin(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.asin()
    const x = slots.value[this._slot]!
    const y = Math.asin(x)
    return put(top, 19 /* asin */, y, this._slot, 1 / Math.sqrt((1 - x) * (1 + x)), 1 /* no operand */, 0)
  }

  override acos(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.acos()
    const x = slots.value[this._slot]!
    const y = Math.acos(x)
    return put(top, 20 /* acos */, y, this._slot, -1 / Math.sqrt((1 - x) * (1 + x)), 1 /* no operand */, 0)
  }

  override atan(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.atan()
    const x = slots.value[this._slot]!
    const y = Math.atan(x)
    return put(top, 21 /* atan */, y, this._slot, 1 / (1 + x * x), 1 /* no operand */, 0)
  }

  override sinh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sinh()
    const x = slots.value[this._slot]!
    const y = Math.sinh(x)
    return put(top, 22 /* sinh */, y, this._slot, Math.cosh(x), 1 /* no operand */, 0)
  }

  override cosh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.cosh()
    const x = slots.value[this._slot]!
    const y = Math.cosh(x)
    return put(top, 23 /* cosh */, y, this._slot, Math.sinh(x), 1 /* no operand */, 0)
  }

  override tanh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.tanh()
    const x = slots.value[this._slot]!
    const y = Math.tanh(x)
    return put(
      top,
      24 /* tanh */,
      y,
      this._slot,
      Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x)),
      1 /* no operand */,
      0,
    )
  }

  override asinh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.asinh()
    const x = slots.value[this._slot]!
    const y = Math.asinh(x)
    return put(top, 25 /* asinh */, y, this._slot, 1 / Math.hypot(1, x), 1 /* no operand */, 0)
  }

  override acosh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.acosh()
    const x = slots.value[this._slot]!
    const y = Math.acosh(x)
    return put(top, 26 /* acosh */, y, this._slot, 1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)), 1 /* no operand */, 0)
  }

  override atanh(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.atanh()
    const x = slots.value[this._slot]!
    const y = Math.atanh(x)
    return put(
      top,
      27 /* atanh */,
      y,
      this._slot,
      Math.abs(x) > 1 ? NaN : 1 / ((1 - x) * (1 + x)),
      1 /* no operand */,
      0,
    )
  }

  override abs(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.abs()
    const x = slots.value[this._slot]!
    const y = Math.abs(x)
    return put(top, 28 /* abs */, y, this._slot, Math.sign(x), 1 /* no operand */, 0)
  }

  override sign(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sign()
    const x = slots.value[this._slot]!
    const y = Math.sign(x)
    return put(top, 157 /* sign */, y, this._slot, 0, 1 /* no operand */, 0)
  }

  override floor(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.floor()
    const x = slots.value[this._slot]!
    const y = Math.floor(x)
    return put(top, 158 /* floor */, y, this._slot, 0, 1 /* no operand */, 0)
  }

  override ceil(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.ceil()
    const x = slots.value[this._slot]!
    const y = Math.ceil(x)
    return put(top, 159 /* ceil */, y, this._slot, 0, 1 /* no operand */, 0)
  }

  override round(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.round()
    const x = slots.value[this._slot]!
    const y = Math.round(x)
    return put(top, 160 /* round */, y, this._slot, 0, 1 /* no operand */, 0)
  }

  override trunc(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.trunc()
    const x = slots.value[this._slot]!
    const y = Math.trunc(x)
    return put(top, 161 /* trunc */, y, this._slot, 0, 1 /* no operand */, 0)
  }

  override _max(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super._max(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super._max(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = Math.max(a, b)
    return put(
      top,
      162 /* _max */,
      y,
      this._slot,
      a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN,
      slot,
      slot === 0 ? b : b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN,
    )
  }

  override rmax(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rmax(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rmax(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = Math.max(a, b)
    return put(
      top,
      162 /* rmax */,
      y,
      slot,
      slot === 0 ? a : a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN,
      this._slot,
      b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN,
    )
  }

  override _min(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super._min(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super._min(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = Math.min(a, b)
    return put(
      top,
      163 /* _min */,
      y,
      this._slot,
      a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN,
      slot,
      slot === 0 ? b : b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN,
    )
  }

  override rmin(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rmin(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rmin(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = Math.min(a, b)
    return put(
      top,
      163 /* rmin */,
      y,
      slot,
      slot === 0 ? a : a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN,
      this._slot,
      b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN,
    )
  }

  override atan2(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.atan2(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.atan2(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = Math.atan2(a, b)
    return put(
      top,
      36 /* atan2 */,
      y,
      this._slot,
      b / Math.hypot(a, b) / Math.hypot(a, b),
      slot,
      slot === 0 ? b : -a / Math.hypot(a, b) / Math.hypot(a, b),
    )
  }

  override ratan2(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.ratan2(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.ratan2(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = Math.atan2(a, b)
    return put(
      top,
      36 /* ratan2 */,
      y,
      slot,
      slot === 0 ? a : b / Math.hypot(a, b) / Math.hypot(a, b),
      this._slot,
      -a / Math.hypot(a, b) / Math.hypot(a, b),
    )
  }

  override _hypot(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super._hypot(other)
    let slot = 0 // for a plain number
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super._hypot(other)
      slot = (other as TapedOperations)._slot
      b = slots.value[slot]!
    }
    const a = slots.value[this._slot]!
    const y = Math.hypot(a, b)
    return put(top, 37 /* _hypot */, y, this._slot, y === 0 ? 0 : a / y, slot, slot === 0 ? b : y === 0 ? 0 : b / y)
  }

  override rhypot(other: Numeric): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.rhypot(other)
    let slot = 0 // for a plain number
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if (!((other as TapedOperations)?._scope >= tape.outermost)) return super.rhypot(other)
      slot = (other as TapedOperations)._slot
      a = slots.value[slot]!
    }
    const b = slots.value[this._slot]!
    const y = Math.hypot(a, b)
    return put(top, 37 /* rhypot */, y, slot, slot === 0 ? a : y === 0 ? 0 : a / y, this._slot, y === 0 ? 0 : b / y)
  }

  override sigmoid(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.sigmoid()
    const x = slots.value[this._slot]!
    const y = x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))
    return put(
      top,
      38 /* sigmoid */,
      y,
      this._slot,
      Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x)),
      1 /* no operand */,
      0,
    )
  }

  override softplus(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.softplus()
    const x = slots.value[this._slot]!
    const y = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
    return put(
      top,
      39 /* softplus */,
      y,
      this._slot,
      x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)),
      1 /* no operand */,
      0,
    )
  }

  override logSigmoid(): NumberWithGrad {
    const { top } = tape
    if (top === tape.limit || !(this._scope >= tape.outermost)) return super.logSigmoid()
    const x = slots.value[this._slot]!
    const y = Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
    return put(
      top,
      40 /* logSigmoid */,
      y,
      this._slot,
      x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x)),
      1 /* no operand */,
      0,
    )
  }
}
