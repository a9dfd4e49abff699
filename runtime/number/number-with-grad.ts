/**
 * The tracked number that users hold. Its arithmetic is in generated/core/operations.ts.
 * This file must not know any derivative, nor the order of the sweep.
 */

import {
  DETACHED,
  type GraphNode,
  LEAF,
  MANY,
  type ManyOperands,
  notNumeric,
  OPCODES,
  type Operand,
  operandsOfNode,
  unexpected,
} from '../engine/node.ts'
import { nextVersion, requireAlive, tape as theTape } from '../engine/tape.ts'
import { numberOf, Operations, operationNames } from '../generated/core/operations.ts'
import { type operators, rejectNativeOperators } from '../operators/operators.ts'
import { backward } from '../sweep/backward.ts'
import { backwardCreatingGraph, clearTrackedGradient, requireSeed, trackedGradientOf } from '../sweep/create-graph.ts'
import type { NumberOperators } from './number-operators.ts'

// V8 loads an imported name at each use, and treats a module's own constant as one.
const tape = theTape
const SCOPED = OPCODES // the first tag of a scope: a smaller one is that of a number which is always alive

/** An operand of a tracked operation: a plain number, which is a constant, or a tracked one. */
export type Numeric = number | NumberWithGrad

const guard = rejectNativeOperators('NumberWithGrad')
const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/**
 * A number that remembers how it was computed, so that `backward()` can compute its derivative by each number behind it.
 *
 * Arithmetic makes new numbers and changes none. Plain numbers among the operands are constants. Values and derivatives are
 * doubles; what is undefined is NaN, as in JavaScript. The `num` of a leaf may be assigned between a `backward` and the next use. A node takes about 110 bytes
 * and lives as long as a result that used it.
 *
 * Source: Linnainmaa, "Taylor expansion of the accumulated rounding error", 1976 (reverse accumulation).
 * @example const a = new NumberWithGrad(3); a.mul(a).backward(); a.grad // 6
 */
export class NumberWithGrad extends Operations<NumberWithGrad, Numeric> {
  // `Numeric` by name: an alias that is an argument keeps its name in messages and hovers
  declare readonly [operators]: NumberOperators

  /** @internal Keeps the hidden class alive: without an instance, a full GC drops it and the code optimised for it. */
  static readonly _specimen: NumberWithGrad = new NumberWithGrad(0.5)

  /**
   * A leaf: a number that no operation gave. Its gradient adds up over `backward` calls.
   *
   * @throws TypeError when `num` is not a number.
   * @example new NumberWithGrad(3).num // 3
   */
  constructor(num: number)
  /** @internal */
  constructor(num: number, opcode: number, a: GraphNode['_a'], b: Operand)
  constructor(num: number, opcode: number = LEAF, a: GraphNode['_a'] = tape.life, b: Operand = null) {
    if (typeof num !== 'number') throw notNumeric('new NumberWithGrad', num)
    super()
    if (opcode < 0) return // a subclass has its fields elsewhere
    // All fields here and in one order: one small constructor, which V8 inlines where an operation is recorded.
    this._num = num
    this._adjoint = -0 // not 0: the field begins as a double, which it stays
    this._tag = tape.mark + opcode
    this._a = a
    this._b = b
    this._uses = -1
    this._next = null
  }

  /**
   * The value.
   *
   * @throws ReferenceError when this is an intermediate of a call of `grad` (or another verb) that has ended.
   * @example new NumberWithGrad(3).num // 3
   */
  get num(): number {
    if (!(this._tag < SCOPED)) requireAlive(this, 'NumberWithGrad.num')
    return this._num
  }

  /**
   * Sets the value of a leaf; results computed from it keep theirs, so that a later `backward` of them throws.
   *
   * @throws TypeError for a number that is no leaf.
   */
  set num(value: number) {
    requireAlive(this, 'NumberWithGrad.num')
    if (typeof value !== 'number') throw notNumeric('NumberWithGrad.num', value)
    if (!(this._tag < SCOPED) || this._opcode !== LEAF) throw fixed(this)
    if (Object.is(value, this._num)) return
    this._num = value
    this._b = nextVersion()
    if (tape.watched) tape.stacks?.set(this, new Error('`num` was assigned here'))
  }

  /** @internal Records an operation outside of scopes; V8 inlines it into every method. */
  override _record(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): NumberWithGrad {
    tape.used = true
    return tape.plain ? new NumberWithGrad(num, opcode, a, b) : recordInScope(num, opcode, a, b)
  }

  /**
   * The derivative of the last `backward` root by this number (on a leaf: the sum over all calls); `null` while no root
   * depended on it, and after `clearGrad()`.
   *
   * @example new NumberWithGrad(3).grad // null
   */
  get grad(): number | null {
    if (!(this._tag < SCOPED)) requireAlive(this, 'NumberWithGrad.grad')
    return this._uses < 0 ? null : this._adjoint + 0 // + 0 makes 0 of -0
  }

  /** Sets the gradient, as `clearGrad()` does for `null`. */
  set grad(value: number | null) {
    if (!(this._tag < SCOPED)) {
      requireAlive(this, 'NumberWithGrad.grad')
      tape.swept = true
    }
    if (value !== null && typeof value !== 'number') throw unexpected('NumberWithGrad.grad', 'a number or null', value)
    clearTrackedGradient(this)
    this._uses = value === null ? -1 : 0
    this._adjoint = value ?? 0
  }

  /**
   * The same derivative as a tracked number, which can be derived again: left by `backward({ createGraph: true })`, adding up
   * on a leaf over such calls; `null` before any, and after `clearGrad()`.
   *
   * @example const x = new NumberWithGrad(3); x.pow(3).backward({ createGraph: true }); x.trackedGrad.num // 27
   */
  get trackedGrad(): NumberWithGrad | null {
    requireAlive(this, 'NumberWithGrad.trackedGrad')
    const gradient = trackedGradientOf(this)
    return gradient === undefined ? null : ensureNumber(gradient as Numeric)
  }

  /**
   * The operands that this number was computed from, in source order; `[]` on a leaf. Computed on each access, with a plain
   * number wrapped as a new leaf each time.
   *
   * @example new NumberWithGrad(3).mul(4).depends_on.map(String) // ['3', '4']
   */
  get depends_on(): NumberWithGrad[] {
    requireAlive(this, 'NumberWithGrad.depends_on')
    return operandsOfNode(this).map(operand => ensureNumber(operand as Numeric))
  }

  /**
   * The name of the operation that gave this number, which is its method's; `''` on a leaf.
   *
   * @example new NumberWithGrad(3).mul(4).creation_op // 'mul'
   */
  get creation_op(): string {
    requireAlive(this, 'NumberWithGrad.creation_op')
    return this._opcode === MANY ? (this._a as ManyOperands).rule.name : operationNames[this._opcode]!
  }

  /**
   * Finds the derivative of this number by every number that it depends on, and adds `seed` times it to their `grad`.
   * Leaves add up over calls; all others start from zero at each call and keep the result for inspection.
   *
   * Time is linear in the number of recorded operations, however often a result is shared; no depth overflows the stack.
   *
   * With `createGraph` every number also gets its `trackedGrad`; a call takes some ten times as long then.
   *
   * @param seed 1 if not given; a number or `{ seed, createGraph }`.
   * @throws TypeError when the seed is not a number; Error when a leaf was assigned after it was used.
   * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.2.
   * @example const a = new NumberWithGrad(3); a.pow(2).backward(); a.grad // 6
   */
  backward(seed: number | { readonly seed?: number; readonly createGraph?: boolean } = 1): void {
    if (!(this._tag < SCOPED)) {
      requireAlive(this, 'NumberWithGrad.backward')
      tape.swept = true
    }
    if (typeof seed === 'number') return backward(this, seed)
    const { seed: factor = 1, createGraph } = requireSeed(seed, 'NumberWithGrad.backward')
    if (createGraph) backwardCreatingGraph(this, factor)
    else backward(this, factor)
  }

  /**
   * Forgets the gradient of this number (and of no other): `grad` is `null` again.
   *
   * @example const a = new NumberWithGrad(3); a.backward(); a.clearGrad(); a.grad // null
   */
  clearGrad(): void {
    this.grad = null
  }

  /** `+a` is `a` itself. @example new NumberWithGrad(3).pos().num // 3 */
  override pos(): NumberWithGrad {
    return this
  }

  /** `a < other`, by value. @example new NumberWithGrad(3).lt(4) // true */
  lt(other: Numeric): boolean {
    return numberOf(this, 'lt') < numberOf(other, 'lt')
  }

  /** `a > other`, by value. @example new NumberWithGrad(3).gt(4) // false */
  gt(other: Numeric): boolean {
    return numberOf(this, 'gt') > numberOf(other, 'gt')
  }

  /** `a <= other`, by value. @example new NumberWithGrad(3).le(3) // true */
  le(other: Numeric): boolean {
    return numberOf(this, 'le') <= numberOf(other, 'le')
  }

  /** `a >= other`, by value. @example new NumberWithGrad(3).ge(4) // false */
  ge(other: Numeric): boolean {
    return numberOf(this, 'ge') >= numberOf(other, 'ge')
  }

  /** `Number.isNaN(a)`: whether the value is NaN. @example new NumberWithGrad(NaN).isNaN() // true */
  isNaN(): boolean {
    return Number.isNaN(this.num)
  }

  /** `Number.isFinite(a)`: whether the value is neither infinite nor NaN. @example new NumberWithGrad(3).isFinite() // true */
  isFinite(): boolean {
    return Number.isFinite(this.num)
  }

  /** `Number.isInteger(a)`: whether the value is a whole number. @example new NumberWithGrad(3).isInteger() // true */
  isInteger(): boolean {
    return Number.isInteger(this.num)
  }

  /** `Number.isSafeInteger(a)`: whether it is one that doubles tell apart from its neighbours. @example new NumberWithGrad(2 ** 53).isSafeInteger() // false */
  isSafeInteger(): boolean {
    return Number.isSafeInteger(this.num)
  }

  /** Throws a TypeError when a native operator asks for a number; gives the text where text is asked for. */
  [Symbol.toPrimitive](hint: string): string {
    return guard.call(this, hint)
  }

  /** The plain number's text. @example `${new NumberWithGrad(3)}` // '3' */
  override toString(): string {
    return String(this.num)
  }

  /** The plain number. @example JSON.stringify({ a: new NumberWithGrad(3) }) // '{"a":3}' */
  toJSON(): number {
    return this.num
  }

  /** @internal What Node's console prints. */
  [inspect](): string {
    const gradient = this.grad === null ? '' : `, grad ${this.grad}`
    return `NumberWithGrad(${this.num}${gradient}${this._opcode === LEAF ? '' : `, op ${this.creation_op}`})`
  }
}

function fixed({ creation_op }: NumberWithGrad): TypeError {
  const what = creation_op === '' ? 'an argument of a differentiated function' : `the result of \`${creation_op}\``
  return new TypeError(
    `NumberWithGrad.num: only the value of a leaf can be assigned, and this is ${what}. Take a new number: \`new NumberWithGrad(…)\`.`,
  )
}

/** @internal Records an operation. */
export function record(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): NumberWithGrad {
  return NumberWithGrad.prototype._record(num, opcode, a, b)
}

function recordInScope(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): NumberWithGrad {
  if (tape.quiet) return detached(num)
  return tape.recorder!(num, opcode, a, b) as NumberWithGrad
}

/** @internal A leaf that is a constant for every derivative. */
export function detached(num: number): NumberWithGrad {
  return new NumberWithGrad(num, LEAF, DETACHED, null)
}

/**
 * The tracked number for `x`: a plain number becomes a leaf, a tracked one is given back.
 *
 * @throws TypeError for anything else.
 * @example ensureNumber(3).num // 3
 */
export function ensureNumber(x: Numeric): NumberWithGrad {
  return typeof x === 'number' ? new NumberWithGrad(x) : requireTracked(x, 'ensureNumber')
}

/** @internal `x` if it is tracked; an error that speaks of `where` if not. */
export function requireTracked(x: unknown, where: string): NumberWithGrad {
  if (x instanceof NumberWithGrad) return x
  throw notNumeric(where, x)
}
