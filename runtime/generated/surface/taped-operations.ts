/**
 * The methods of NumberWithGrad again, for numbers that a scope records as slots: value and partial derivatives are written at
 * once. What is not usual (an operand from outside, a full tape, nothing to be recorded) is left to the inherited method.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import type { Lifetime } from '../../engine/node.ts'
import { slots as allSlots } from '../../engine/slots.ts'
import { tape as theTape } from '../../engine/tape.ts'
import { NumberWithGrad, type Numeric } from '../../number/number-with-grad.ts'

// V8 loads an imported name anew at each use, and knows nothing of what it finds; a constant of the module it knows.
const slots = allSlots
const tape = theTape
const isNoNumber = Number.isNaN

/** A derivative that is a number would hide the error; in the place of a constant's partial is its value. */
function spoil(slot: number): void {
  if (slots.left[slot] !== 0) slots.leftPartial[slot] = NaN
  if (slots.right[slot] !== 0) slots.rightPartial[slot] = NaN
}

/**
 * A new number for a slot, one for each operation: what was kept from an ended scope is told by its own `_life`.
 * A function and not a class: a chain of constructors takes longer. taped-number.ts sets its prototype.
 */
const OwnHandle = function (this: { _slot: number; _life: Lifetime }, slot: number, life: Lifetime) {
  this._slot = slot
  this._life = life
} as unknown as { new (slot: number, life: Lifetime): TapedOperations; prototype: TapedOperations }
export const Handle = OwnHandle

/** The slot of a number and the methods that record in slots. */
export abstract class TapedOperations extends NumberWithGrad {
  /** @internal */
  declare readonly _slot: number
  /** @internal */
  declare readonly _life: Lifetime

  override add(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.add(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.add(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = a + b
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = 1
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : 1
    to.opcode[top] = 1 // add
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override radd(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.radd(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const b = value[at]!
    let from = 0
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.radd(other)
      from = (other as TapedOperations)._slot
      a = value[from]!
    }
    const y = a + b
    tape.top = top + 1
    value[top] = y
    to.left[top] = from
    to.leftPartial[top] = from === 0 ? a : 1
    to.right[top] = at
    to.rightPartial[top] = 1
    to.opcode[top] = 1 // radd
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override sub(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.sub(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.sub(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = a - b
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = 1
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : -1
    to.opcode[top] = 2 // sub
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override rsub(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.rsub(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const b = value[at]!
    let from = 0
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.rsub(other)
      from = (other as TapedOperations)._slot
      a = value[from]!
    }
    const y = a - b
    tape.top = top + 1
    value[top] = y
    to.left[top] = from
    to.leftPartial[top] = from === 0 ? a : 1
    to.right[top] = at
    to.rightPartial[top] = -1
    to.opcode[top] = 2 // rsub
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override mul(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.mul(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.mul(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = a * b
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = b
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : a
    to.opcode[top] = 3 // mul
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override rmul(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.rmul(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const b = value[at]!
    let from = 0
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.rmul(other)
      from = (other as TapedOperations)._slot
      a = value[from]!
    }
    const y = a * b
    tape.top = top + 1
    value[top] = y
    to.left[top] = from
    to.leftPartial[top] = from === 0 ? a : b
    to.right[top] = at
    to.rightPartial[top] = a
    to.opcode[top] = 3 // rmul
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override div(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.div(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.div(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = a / b
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = 1 / b
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : -y / b
    to.opcode[top] = 4 // div
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override rdiv(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.rdiv(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const b = value[at]!
    let from = 0
    let a: number
    if (typeof other === 'number') a = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.rdiv(other)
      from = (other as TapedOperations)._slot
      a = value[from]!
    }
    const y = a / b
    tape.top = top + 1
    value[top] = y
    to.left[top] = from
    to.leftPartial[top] = from === 0 ? a : 1 / b
    to.right[top] = at
    to.rightPartial[top] = -y / b
    to.opcode[top] = 4 // rdiv
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override pow(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.pow(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super.pow(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = a ** b
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = a === 0 && (b === 0 || b === 1) ? b : b === 0 ? (b / a) * y : b * a ** (b - 1)
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : a === 0 && b >= 0 ? 0 : y * Math.log(a)
    to.opcode[top] = 6 // pow
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override neg(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.neg()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = -x
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = -1
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 7 // neg
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override exp(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.exp()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.exp(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = y
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 8 // exp
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override log(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.log()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.log(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = 1 / x
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 10 // log
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override sqrt(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.sqrt()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.sqrt(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = 0.5 / y
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 14 // sqrt
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override sin(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.sin()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.sin(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = Math.cos(x)
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 16 // sin
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override cos(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.cos()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.cos(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = -Math.sin(x)
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 17 // cos
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override tanh(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.tanh()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = Math.tanh(x)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x))
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 24 // tanh
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override _max(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super._max(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super._max(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = Math.max(a, b)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = a === b ? 0.5 : a > b ? 1 : 0
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : a === b ? 0.5 : b > a ? 1 : 0
    to.opcode[top] = 162 // _max
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override _min(other: Numeric): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super._min(other)
    const to = slots
    const { value } = to
    const at = this._slot
    const a = value[at]!
    let from = 0
    let b: number
    if (typeof other === 'number') b = +other
    else {
      if ((other as TapedOperations)?._life !== life) return super._min(other)
      from = (other as TapedOperations)._slot
      b = value[from]!
    }
    const y = Math.min(a, b)
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = a === b ? 0.5 : a < b ? 1 : 0
    to.right[top] = from
    to.rightPartial[top] = from === 0 ? b : a === b ? 0.5 : b < a ? 1 : 0
    to.opcode[top] = 163 // _min
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }

  override sigmoid(): NumberWithGrad {
    const { life, limit, top } = tape
    if (top === limit || this._life !== life) return super.sigmoid()
    const to = slots
    const { value } = to
    const at = this._slot
    const x = value[at]!
    const y = x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))
    tape.top = top + 1
    value[top] = y
    to.left[top] = at
    to.leftPartial[top] = Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x))
    to.right[top] = 1 /* no operand */
    to.rightPartial[top] = 0
    to.opcode[top] = 38 // sigmoid
    if (isNoNumber(y)) spoil(top)
    return new OwnHandle(top, life)
  }
}
