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

/** Whether an operation on it can be recorded here, and at once. */
function isUsual(node: TapedOperations): boolean {
  return tape.top !== tape.limit && node._life === tape.life
}

/** The same, and the slot of the other operand: 0 for a plain number, -1 where it cannot be recorded so. */
function usualSlot(node: TapedOperations, other: Numeric): number {
  const { life } = tape
  if (tape.top === tape.limit || node._life !== life) return -1
  if (typeof other === 'number') return 0
  return (other as TapedOperations)?._life === life ? (other as TapedOperations)._slot : -1
}

function put(
  opcode: number,
  value: number,
  left: number,
  leftPartial: number,
  right: number,
  rightPartial: number,
): NumberWithGrad {
  const own = tape // each constant loaded once: what is short V8 puts into its callers
  const to = slots
  const slot = own.top
  own.top = slot + 1
  to.value[slot] = value
  to.left[slot] = left
  to.leftPartial[slot] = leftPartial
  to.right[slot] = right
  to.rightPartial[slot] = rightPartial
  to.opcode[slot] = opcode
  if (isNoNumber(value)) spoil(slot)
  return new OwnHandle(slot, own.life!)
}

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
    const slot = usualSlot(this, other)
    if (slot === -1) return super.add(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = a + b
    return put(1 /* add */, y, this._slot, 1, slot, slot === 0 ? b : 1)
  }

  override radd(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.radd(other)
    const { value } = slots
    const b = value[this._slot]!
    const a = typeof other === 'number' ? +other : value[slot]!
    const y = a + b
    return put(1 /* radd */, y, slot, slot === 0 ? a : 1, this._slot, 1)
  }

  override sub(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.sub(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = a - b
    return put(2 /* sub */, y, this._slot, 1, slot, slot === 0 ? b : -1)
  }

  override rsub(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.rsub(other)
    const { value } = slots
    const b = value[this._slot]!
    const a = typeof other === 'number' ? +other : value[slot]!
    const y = a - b
    return put(2 /* rsub */, y, slot, slot === 0 ? a : 1, this._slot, -1)
  }

  override mul(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.mul(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = a * b
    return put(3 /* mul */, y, this._slot, b, slot, slot === 0 ? b : a)
  }

  override rmul(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.rmul(other)
    const { value } = slots
    const b = value[this._slot]!
    const a = typeof other === 'number' ? +other : value[slot]!
    const y = a * b
    return put(3 /* rmul */, y, slot, slot === 0 ? a : b, this._slot, a)
  }

  override div(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.div(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = a / b
    return put(4 /* div */, y, this._slot, 1 / b, slot, slot === 0 ? b : -y / b)
  }

  override rdiv(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.rdiv(other)
    const { value } = slots
    const b = value[this._slot]!
    const a = typeof other === 'number' ? +other : value[slot]!
    const y = a / b
    return put(4 /* rdiv */, y, slot, slot === 0 ? a : 1 / b, this._slot, -y / b)
  }

  override pow(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super.pow(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = a ** b
    return put(
      6 /* pow */,
      y,
      this._slot,
      a === 0 && (b === 0 || b === 1) ? b : b === 0 ? (b / a) * y : b * a ** (b - 1),
      slot,
      slot === 0 ? b : a === 0 && b >= 0 ? 0 : y * Math.log(a),
    )
  }

  override neg(): NumberWithGrad {
    if (!isUsual(this)) return super.neg()
    const x = slots.value[this._slot]!
    const y = -x
    return put(7 /* neg */, y, this._slot, -1, 1 /* no operand */, 0)
  }

  override exp(): NumberWithGrad {
    if (!isUsual(this)) return super.exp()
    const x = slots.value[this._slot]!
    const y = Math.exp(x)
    return put(8 /* exp */, y, this._slot, y, 1 /* no operand */, 0)
  }

  override log(): NumberWithGrad {
    if (!isUsual(this)) return super.log()
    const x = slots.value[this._slot]!
    const y = Math.log(x)
    return put(10 /* log */, y, this._slot, 1 / x, 1 /* no operand */, 0)
  }

  override sqrt(): NumberWithGrad {
    if (!isUsual(this)) return super.sqrt()
    const x = slots.value[this._slot]!
    const y = Math.sqrt(x)
    return put(14 /* sqrt */, y, this._slot, 0.5 / y, 1 /* no operand */, 0)
  }

  override sin(): NumberWithGrad {
    if (!isUsual(this)) return super.sin()
    const x = slots.value[this._slot]!
    const y = Math.sin(x)
    return put(16 /* sin */, y, this._slot, Math.cos(x), 1 /* no operand */, 0)
  }

  override cos(): NumberWithGrad {
    if (!isUsual(this)) return super.cos()
    const x = slots.value[this._slot]!
    const y = Math.cos(x)
    return put(17 /* cos */, y, this._slot, -Math.sin(x), 1 /* no operand */, 0)
  }

  override tanh(): NumberWithGrad {
    if (!isUsual(this)) return super.tanh()
    const x = slots.value[this._slot]!
    const y = Math.tanh(x)
    return put(
      24 /* tanh */,
      y,
      this._slot,
      Math.abs(x) < 20 ? (1 / Math.cosh(x)) ** 2 : 4 * Math.exp(-2 * Math.abs(x)),
      1 /* no operand */,
      0,
    )
  }

  override _max(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super._max(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = Math.max(a, b)
    return put(
      162 /* _max */,
      y,
      this._slot,
      a === b ? 0.5 : a > b ? 1 : 0,
      slot,
      slot === 0 ? b : a === b ? 0.5 : b > a ? 1 : 0,
    )
  }

  override _min(other: Numeric): NumberWithGrad {
    const slot = usualSlot(this, other)
    if (slot === -1) return super._min(other)
    const { value } = slots
    const a = value[this._slot]!
    const b = typeof other === 'number' ? +other : value[slot]!
    const y = Math.min(a, b)
    return put(
      163 /* _min */,
      y,
      this._slot,
      a === b ? 0.5 : a < b ? 1 : 0,
      slot,
      slot === 0 ? b : a === b ? 0.5 : b < a ? 1 : 0,
    )
  }

  override sigmoid(): NumberWithGrad {
    if (!isUsual(this)) return super.sigmoid()
    const x = slots.value[this._slot]!
    const y = x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))
    return put(
      38 /* sigmoid */,
      y,
      this._slot,
      Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x)),
      1 /* no operand */,
      0,
    )
  }
}
