/**
 * The methods of NumberWithGrad: each computes a value and records the operation.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { GraphNode, MANY, ManyOperands, type NodeOrNumber, type Operand, type ValuedRule } from '../../engine/node.ts'
import { admit } from '../../engine/tape.ts'
import { variadic } from './variadic.ts'

/** @internal The name of each opcode. */
export const operationNames: readonly string[] =
  ' add sub mul div mod pow neg exp expm1 log log1p log2 log10 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs sign floor ceil round trunc max min atan2 hypot sigmoid softplus logSigmoid'.split(
    ' ',
  )

/** @internal The value of an operand; a TypeError that names the method if it has none. */
export function numberOf(operand: NodeOrNumber, method: string): number {
  if (typeof operand === 'number') return +operand // the + tells V8 that this is a double, or it boxes the other return
  return ownNumber(operand, method)
}

/** The same for the number whose method it is. A tag below OPCODES is that of a number outside of all scopes, always alive. */
function ownNumber(node: GraphNode, method: string): number {
  if (!(node?._tag < 128)) admit(node, `NumberWithGrad.${method}`)
  return node._num
}

/**
 * Arithmetic on tracked numbers, whose class is Self. An operand is Other: a number or a NumberWithGrad; anything else throws a TypeError.
 * Derivatives and their conventions: docs/rules.md.
 */
export abstract class Operations<Self extends Operations<Self, Other>, Other extends NodeOrNumber> extends GraphNode {
  /** @internal */
  abstract override _record(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): Self
  /** `+a`, which is `a` itself. */
  abstract pos(): Self

  /** @internal One node for a rule of any number of operands. */
  _many(rule: ValuedRule, operands: readonly NodeOrNumber[]): Self {
    const numbers = operands.map(each => numberOf(each, rule.name))
    return this._record(rule.value(numbers), MANY, new ManyOperands(rule, operands), null)
  }

  /** `a + other`. @example new NumberWithGrad(2).add(-3).num // -1 */
  add(other: Other): Self {
    return this._record(ownNumber(this, 'add') + numberOf(other, 'add'), 1 /* add */, this, other)
  }

  /** `other + a`. @example new NumberWithGrad(-3).radd(2).num // -1 */
  radd(other: Other): Self {
    return this._record(numberOf(other, 'radd') + ownNumber(this, 'radd'), 1 /* add */, other, this)
  }

  /** `a - other`. @example new NumberWithGrad(2).sub(-3).num // 5 */
  sub(other: Other): Self {
    return this._record(ownNumber(this, 'sub') - numberOf(other, 'sub'), 2 /* sub */, this, other)
  }

  /** `other - a`. @example new NumberWithGrad(-3).rsub(2).num // 5 */
  rsub(other: Other): Self {
    return this._record(numberOf(other, 'rsub') - ownNumber(this, 'rsub'), 2 /* sub */, other, this)
  }

  /** `a * other`. @example new NumberWithGrad(2).mul(-3).num // -6 */
  mul(other: Other): Self {
    return this._record(ownNumber(this, 'mul') * numberOf(other, 'mul'), 3 /* mul */, this, other)
  }

  /** `other * a`. @example new NumberWithGrad(-3).rmul(2).num // -6 */
  rmul(other: Other): Self {
    return this._record(numberOf(other, 'rmul') * ownNumber(this, 'rmul'), 3 /* mul */, other, this)
  }

  /** `a / other`. @example new NumberWithGrad(2).div(-3).num // -0.6666666666666666 */
  div(other: Other): Self {
    return this._record(ownNumber(this, 'div') / numberOf(other, 'div'), 4 /* div */, this, other)
  }

  /** `other / a`. @example new NumberWithGrad(-3).rdiv(2).num // -0.6666666666666666 */
  rdiv(other: Other): Self {
    return this._record(numberOf(other, 'rdiv') / ownNumber(this, 'rdiv'), 4 /* div */, other, this)
  }

  /** `a % other`. @example new NumberWithGrad(5.5).mod(3).num // 2.5 */
  mod(other: Other): Self {
    return this._record(ownNumber(this, 'mod') % numberOf(other, 'mod'), 5 /* mod */, this, other)
  }

  /** `other % a`. @example new NumberWithGrad(3).rmod(5.5).num // 2.5 */
  rmod(other: Other): Self {
    return this._record(numberOf(other, 'rmod') % ownNumber(this, 'rmod'), 5 /* mod */, other, this)
  }

  /** `a ** other`, `Math.pow(a, other)`. @example new NumberWithGrad(2).pow(3).num // 8 */
  pow(other: Other): Self {
    return this._record(ownNumber(this, 'pow') ** numberOf(other, 'pow'), 6 /* pow */, this, other)
  }

  /** `other ** a`, `Math.pow(other, a)`. @example new NumberWithGrad(3).rpow(2).num // 8 */
  rpow(other: Other): Self {
    return this._record(numberOf(other, 'rpow') ** ownNumber(this, 'rpow'), 6 /* pow */, other, this)
  }

  /** `-a`. @example new NumberWithGrad(2).neg().num // -2 */
  neg(): Self {
    return this._record(-ownNumber(this, 'neg'), 7 /* neg */, this, null)
  }

  /** `Math.exp(a)`. @example new NumberWithGrad(-1).exp().num // 0.36787944117144233 */
  exp(): Self {
    return this._record(Math.exp(ownNumber(this, 'exp')), 8 /* exp */, this, null)
  }

  /** `Math.expm1(a)`. @example new NumberWithGrad(-1).expm1().num // -0.6321205588285577 */
  expm1(): Self {
    return this._record(Math.expm1(ownNumber(this, 'expm1')), 9 /* expm1 */, this, null)
  }

  /** `Math.log(a)` for a >= 0, else NaN. @example new NumberWithGrad(0.3).log().num // -1.2039728043259361 */
  log(): Self {
    return this._record(Math.log(ownNumber(this, 'log')), 10 /* log */, this, null)
  }

  /** `Math.log1p(a)` for a >= -1, else NaN. @example new NumberWithGrad(-0.5).log1p().num // -0.6931471805599453 */
  log1p(): Self {
    return this._record(Math.log1p(ownNumber(this, 'log1p')), 11 /* log1p */, this, null)
  }

  /** `Math.log2(a)` for a >= 0, else NaN. @example new NumberWithGrad(0.3).log2().num // -1.7369655941662063 */
  log2(): Self {
    return this._record(Math.log2(ownNumber(this, 'log2')), 12 /* log2 */, this, null)
  }

  /** `Math.log10(a)` for a >= 0, else NaN. @example new NumberWithGrad(0.3).log10().num // -0.5228787452803376 */
  log10(): Self {
    return this._record(Math.log10(ownNumber(this, 'log10')), 13 /* log10 */, this, null)
  }

  /** `Math.sqrt(a)` for a >= 0, else NaN. @example new NumberWithGrad(0.25).sqrt().num // 0.5 */
  sqrt(): Self {
    return this._record(Math.sqrt(ownNumber(this, 'sqrt')), 14 /* sqrt */, this, null)
  }

  /** `Math.cbrt(a)`. @example new NumberWithGrad(-8).cbrt().num // -2 */
  cbrt(): Self {
    return this._record(Math.cbrt(ownNumber(this, 'cbrt')), 15 /* cbrt */, this, null)
  }

  /** `Math.sin(a)`. @example new NumberWithGrad(-2).sin().num // -0.9092974268256817 */
  sin(): Self {
    return this._record(Math.sin(ownNumber(this, 'sin')), 16 /* sin */, this, null)
  }

  /** `Math.cos(a)`. @example new NumberWithGrad(-2).cos().num // -0.4161468365471424 */
  cos(): Self {
    return this._record(Math.cos(ownNumber(this, 'cos')), 17 /* cos */, this, null)
  }

  /** `Math.tan(a)`. @example new NumberWithGrad(-1).tan().num // -1.5574077246549023 */
  tan(): Self {
    return this._record(Math.tan(ownNumber(this, 'tan')), 18 /* tan */, this, null)
  }

  /** `Math.asin(a)` for -1 <= a <= 1, else NaN. @example new NumberWithGrad(-0.9).asin().num // -1.1197695149986342 */
  asin(): Self {
    return this._record(Math.asin(ownNumber(this, 'asin')), 19 /* asin */, this, null)
  }

  /** `Math.acos(a)` for -1 <= a <= 1, else NaN. @example new NumberWithGrad(-0.9).acos().num // 2.6905658417935308 */
  acos(): Self {
    return this._record(Math.acos(ownNumber(this, 'acos')), 20 /* acos */, this, null)
  }

  /** `Math.atan(a)`. @example new NumberWithGrad(-3).atan().num // -1.2490457723982544 */
  atan(): Self {
    return this._record(Math.atan(ownNumber(this, 'atan')), 21 /* atan */, this, null)
  }

  /** `Math.sinh(a)`. @example new NumberWithGrad(-2).sinh().num // -3.626860407847019 */
  sinh(): Self {
    return this._record(Math.sinh(ownNumber(this, 'sinh')), 22 /* sinh */, this, null)
  }

  /** `Math.cosh(a)`. @example new NumberWithGrad(-2).cosh().num // 3.7621956910836314 */
  cosh(): Self {
    return this._record(Math.cosh(ownNumber(this, 'cosh')), 23 /* cosh */, this, null)
  }

  /** `Math.tanh(a)`. @example new NumberWithGrad(-2).tanh().num // -0.9640275800758169 */
  tanh(): Self {
    return this._record(Math.tanh(ownNumber(this, 'tanh')), 24 /* tanh */, this, null)
  }

  /** `Math.asinh(a)`. @example new NumberWithGrad(-2).asinh().num // -1.4436354751788103 */
  asinh(): Self {
    return this._record(Math.asinh(ownNumber(this, 'asinh')), 25 /* asinh */, this, null)
  }

  /** `Math.acosh(a)` for a >= 1, else NaN. @example new NumberWithGrad(1.2).acosh().num // 0.6223625037147786 */
  acosh(): Self {
    return this._record(Math.acosh(ownNumber(this, 'acosh')), 26 /* acosh */, this, null)
  }

  /** `Math.atanh(a)` for -1 <= a <= 1, else NaN. @example new NumberWithGrad(-0.9).atanh().num // -1.4722194895832204 */
  atanh(): Self {
    return this._record(Math.atanh(ownNumber(this, 'atanh')), 27 /* atanh */, this, null)
  }

  /** `Math.abs(a)`. @example new NumberWithGrad(-2).abs().num // 2 */
  abs(): Self {
    return this._record(Math.abs(ownNumber(this, 'abs')), 28 /* abs */, this, null)
  }

  /** `Math.sign(a)`. @example new NumberWithGrad(-2).sign().num // -1 */
  sign(): Self {
    return this._record(Math.sign(ownNumber(this, 'sign')), 29 /* sign */, this, null)
  }

  /** `Math.floor(a)`. @example new NumberWithGrad(-2.5).floor().num // -3 */
  floor(): Self {
    return this._record(Math.floor(ownNumber(this, 'floor')), 30 /* floor */, this, null)
  }

  /** `Math.ceil(a)`. @example new NumberWithGrad(-2.5).ceil().num // -2 */
  ceil(): Self {
    return this._record(Math.ceil(ownNumber(this, 'ceil')), 31 /* ceil */, this, null)
  }

  /** `Math.round(a)`. @example new NumberWithGrad(-2.2).round().num // -2 */
  round(): Self {
    return this._record(Math.round(ownNumber(this, 'round')), 32 /* round */, this, null)
  }

  /** `Math.trunc(a)`. @example new NumberWithGrad(-2.5).trunc().num // -2 */
  trunc(): Self {
    return this._record(Math.trunc(ownNumber(this, 'trunc')), 33 /* trunc */, this, null)
  }

  /** `Math.max(a, ...others)`, one node; `pos()` of `a` alone. @example new NumberWithGrad(2).max(-3).num // 2 */
  max(...others: Other[]): Self {
    if (others.length === 1) return this._max(others[0]!)
    return others.length === 0 ? this.pos() : this._many(variadic.max, [this, ...others])
  }

  /** @internal */
  _max(other: Other): Self {
    return this._record(Math.max(ownNumber(this, 'max'), numberOf(other, 'max')), 34 /* max */, this, other)
  }

  /** `Math.max(other, a)`. @example new NumberWithGrad(-3).rmax(2).num // 2 */
  rmax(other: Other): Self {
    return this._record(Math.max(numberOf(other, 'rmax'), ownNumber(this, 'rmax')), 34 /* max */, other, this)
  }

  /** `Math.min(a, ...others)`, one node; `pos()` of `a` alone. @example new NumberWithGrad(2).min(-3).num // -3 */
  min(...others: Other[]): Self {
    if (others.length === 1) return this._min(others[0]!)
    return others.length === 0 ? this.pos() : this._many(variadic.min, [this, ...others])
  }

  /** @internal */
  _min(other: Other): Self {
    return this._record(Math.min(ownNumber(this, 'min'), numberOf(other, 'min')), 35 /* min */, this, other)
  }

  /** `Math.min(other, a)`. @example new NumberWithGrad(-3).rmin(2).num // -3 */
  rmin(other: Other): Self {
    return this._record(Math.min(numberOf(other, 'rmin'), ownNumber(this, 'rmin')), 35 /* min */, other, this)
  }

  /** `Math.atan2(a, other)`. @example new NumberWithGrad(2).atan2(-3).num // 2.5535900500422257 */
  atan2(other: Other): Self {
    return this._record(Math.atan2(ownNumber(this, 'atan2'), numberOf(other, 'atan2')), 36 /* atan2 */, this, other)
  }

  /** `Math.atan2(other, a)`. @example new NumberWithGrad(-3).ratan2(2).num // 2.5535900500422257 */
  ratan2(other: Other): Self {
    return this._record(Math.atan2(numberOf(other, 'ratan2'), ownNumber(this, 'ratan2')), 36 /* atan2 */, other, this)
  }

  /** `Math.hypot(a, ...others)`, one node; `abs()` of `a` alone. @example new NumberWithGrad(3).hypot(4).num // 5 */
  hypot(...others: Other[]): Self {
    if (others.length === 1) return this._hypot(others[0]!)
    return others.length === 0 ? this.abs() : this._many(variadic.hypot, [this, ...others])
  }

  /** @internal */
  _hypot(other: Other): Self {
    return this._record(Math.hypot(ownNumber(this, 'hypot'), numberOf(other, 'hypot')), 37 /* hypot */, this, other)
  }

  /** `Math.hypot(other, a)`. @example new NumberWithGrad(4).rhypot(3).num // 5 */
  rhypot(other: Other): Self {
    return this._record(Math.hypot(numberOf(other, 'rhypot'), ownNumber(this, 'rhypot')), 37 /* hypot */, other, this)
  }

  /** `sigmoid(a)`. @example new NumberWithGrad(-3).sigmoid().num // 0.04742587317756679 */
  sigmoid(): Self {
    const x = ownNumber(this, 'sigmoid')
    return this._record(x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)), 38 /* sigmoid */, this, null)
  }

  /** `softplus(a)`. @example new NumberWithGrad(-3).softplus().num // 0.04858735157374206 */
  softplus(): Self {
    const x = ownNumber(this, 'softplus')
    return this._record(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 39 /* softplus */, this, null)
  }

  /** `logSigmoid(a)`. @example new NumberWithGrad(-3).logSigmoid().num // -3.048587351573742 */
  logSigmoid(): Self {
    const x = ownNumber(this, 'logSigmoid')
    return this._record(Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))), 40 /* logSigmoid */, this, null)
  }
}
