/**
 * The texts of an operation: its value, and its partial by each operand, of a row of the rules or of the tangent of one.
 * It must not know variables, nor what is done with the texts.
 *
 * The tangent of y = f(a, b) is f_a ȧ + f_b ḃ; its partials are f_a and f_b by the tangents, f_aa ȧ + f_ab ḃ by a. As an adjoint, a tangent
 * is -0 where nothing moves, and a term whose factor or tangent is -0 is left out. Source: Griewank & Walther, "Evaluating Derivatives",
 * 2008, section 3.1 and chapter 5.
 */
import { quotedRules } from './quoted-rules.ts'

export interface OperationTexts {
  readonly value: string
  /** By each operand; -0 is nothing. */
  readonly partials: readonly string[]
  /** What reaches an operand: whatever its partial is, what is not 0, nothing ever, or what is not -0. */
  readonly passes: 'all' | 'chosen' | 'nothing' | 'reached'
}

/** An operand as it is written; of literals also so that a comparison with another one is no error. */
export interface OperandText {
  readonly text: string
  readonly compared: string
}

const TANGENT = 'tangent '
const JUMPING = 'jumping '
const AT_JUMP = 'at jump '
const SHARED = 'shared '
export const NO_FLOW = '-0'

/** The operation on the operands of another one, its value, and the tangents of its operands, in this order. */
export const tangentRule = (rule: string): string => TANGENT + rule

/** A step among nested ones: its operand, and whether anything has jumped before. Its tangent has the same operand at its end. */
export const jumpingRule = (rule: string): string => JUMPING + rule

/** 0 where such a step is at a jump, or what it is of has jumped; else -0. Of the step's operand, its value, and whether anything has jumped. */
export const atJumpRule = (rule: string): string => AT_JUMP + rule

/** `max` or `min` of some numbers before and another one, of which it shares a tie: the result of those, the number, how many have this result, the result of all. */
export const sharedRule = (rule: 'max' | 'min'): string => SHARED + rule

/** The value itself, whose second derivatives are NaN where it is NaN: the end of a tangent. */
export const RESULT = 'result'

/** The first operand, to which the third one flows with the second as its partial: where a function has a derivative of its own. */
export const FLOW = 'flow'

/** The texts of an operation on `operands` whose value is called `y`. */
export function operationTexts(rule: string, operands: readonly OperandText[], y: string): OperationTexts {
  if (rule.startsWith(AT_JUMP)) {
    const [x, value, jumped] = operands
    const text = jumpText(rule.slice(AT_JUMP.length), x!, jumped!.text, value!.text)
    return { value: `$.jump(${text}, 1)`, partials: operands.map(() => NO_FLOW), passes: 'nothing' }
  }
  if (rule.startsWith(JUMPING)) return jumpingTexts(rule.slice(JUMPING.length), operands, y)
  if (rule === FLOW) return { value: operands[0]!.text, partials: ['1', NO_FLOW, operands[1]!.text], passes: 'all' }
  if (rule === TANGENT + FLOW) return flowTangentTexts(operands)
  if (!rule.startsWith(TANGENT)) return rowTexts(rule, operands, y)
  if (rule.startsWith(TANGENT + JUMPING) && operands.length === 4)
    return jumpingTangentTexts(rule.slice((TANGENT + JUMPING).length), operands)
  const count = (operands.length - 1) / 2
  const [xs, value] = [operands.slice(0, count), operands[count]!.text]
  const [of, tangents] = [rule.slice(TANGENT.length), operands.slice(count + 1).map(each => each.text)]
  return isDerived(of) ? againTexts(of, xs, value, tangents) : tangentTexts(of, xs, value, tangents)
}

// ---- rows of the rules

const substituted = (text: string, operands: Readonly<Record<string, string>>) =>
  text.replace(/(?<![\w.$])(a|b|x|y)(?![\w$])/g, each => operands[each] ?? each)

function rowFilledIn(text: string, [a, b]: readonly OperandText[], y: string): string {
  const kind = /[=<>]/.test(text) ? 'compared' : 'text'
  return substituted(text, { x: a![kind], a: a![kind], ...(b && { b: b[kind] }), y })
}

function rowTexts(rule: string, operands: readonly OperandText[], y: string): OperationTexts {
  if (rule.startsWith(SHARED)) return sharedTexts(rule.slice(SHARED.length), operands, y)
  const { value, partials, passes } = quotedRules[rule]!
  if (operands.length > partials.length) return manyTexts(rule, operands, y)
  const found = partials.map(each => rowFilledIn(each, operands, y))
  const [a, b] = operands
  if (rule === 'pow' && isWhole(b!)) found[0] = ofPower(a!.text, Number(b!.text), y)
  return { value: substituted(value, { x: a!.text, a: a!.text, ...(b && { b: b.text }), y }), partials: found, passes }
}

/** The share of k numbers with one more is that of 1 / (k + 1) for each, whatever the order is. */
function sharedTexts(rule: string, [before, x, count, all]: readonly OperandText[], y: string): OperationTexts {
  const share = (own: string, other: string, part: string) =>
    `${all!.text} !== ${all!.text} ? NaN : ${own} === ${y} ? (${other} === ${y} ? ${part} / (${count!.text} + 1) : 1) : ${NO_FLOW}`
  const partials = [share(before!.text, x!.text, count!.text), share(x!.text, before!.text, '1'), NO_FLOW, NO_FLOW]
  return { value: `Math.${rule}(${before!.text}, ${x!.text})`, partials, passes: 'chosen' }
}

/** The texts of `max`, `min` and `hypot` of more than two numbers. */
function manyTexts(rule: string, operands: readonly OperandText[], y: string): OperationTexts {
  const texts = operands.map(({ text }) => text)
  const ties = tiesOf(texts, y)
  const partials = texts.map(each =>
    rule === 'hypot' ? `${y} === 0 ? 0 : ${each} / ${y}` : `${each} === ${y} ? 1 / (${ties}) : 0`,
  )
  return { value: `Math.${rule}(${texts.join(', ')})`, partials, passes: quotedRules[rule]!.passes }
}
const tiesOf = (texts: readonly string[], y: string) => texts.map(each => `(${each} === ${y} ? 1 : 0)`).join(' + ')

const isWhole = ({ text }: OperandText) => /^\d+$/.test(text)

/** The partial of a ** n by a, for a literal n: the row pow of the rules, folded. */
function ofPower(a: string, n: number, y: string): string {
  if (n === 0) return `${a} === 0 ? 0 : 0 / ${a} * ${y}`
  if (n === 1) return '1'
  return n === 2 ? `2 * ${a}` : `${n} * ${a} ** ${n - 1}`
}

// ---- their tangents

function tangentTexts(
  rule: string,
  xs: readonly OperandText[],
  y: string,
  tangents: readonly string[],
): OperationTexts {
  if (rule === RESULT) return resultTexts(y, tangents[0]!)
  const { partials, passes } = rowTexts(rule, xs, y)
  const seconds = xs.map((_, i) => xs.map((_, j) => secondText(rule, xs, y, i, j)))
  const wrapped = (text: string) => `${y} === ${y} ? ${text} : NaN`
  const term = (name: string, factor: string, tangent: string) =>
    factor === NO_FLOW || isStill(tangent) ? [] : [`$.${name}(${wrapped(factor)}, ${tangent})`]
  const sum = (terms: readonly string[]) => (terms.length === 0 ? NO_FLOW : terms.join(' + '))
  const value = partials.flatMap((partial, i) => {
    if (passes === 'nothing') return term('jump', seconds[i]![i]!, tangents[i]!)
    return term(passes === 'chosen' ? 'selected' : 'along', partial, tangents[i]!)
  })
  const byTangents = partials.map((partial, i) => {
    if (passes === 'nothing' || isStill(tangents[i]!)) return NO_FLOW
    return `$.${passes === 'chosen' ? 'selected' : 'along'}(${wrapped(partial)}, 1)`
  })
  const byOperands = seconds.map(row => sum(row.flatMap((second, j) => term('term', second, tangents[j]!))))
  return { value: sum(value), partials: [...byOperands, NO_FLOW, ...byTangents], passes: 'reached' }
}

const isDerived = (rule: string) => [TANGENT, JUMPING, AT_JUMP].some(each => rule.startsWith(each))

/** The tangent of what a derivative inside of the function is computed by. Nothing derives it once more: its partials are NaN. */
function againTexts(rule: string, xs: readonly OperandText[], y: string, tangents: readonly string[]): OperationTexts {
  const terms = operationTexts(rule, xs, y).partials.flatMap((partial, i) =>
    partial === NO_FLOW || isStill(tangents[i]!) ? [] : [`$.term(${partial}, ${tangents[i]!})`],
  )
  const partials = [...xs, y, ...tangents].map(() => 'NaN')
  return { value: terms.join(' + ') || NO_FLOW, partials, passes: 'reached' }
}

/** The tangent of the first, and the partial times that of the third; by the partial it is the latter. */
function flowTangentTexts([, factor, , , ofTotal, , ofOperand]: readonly OperandText[]): OperationTexts {
  const [total, moved, partial] = [ofTotal!.text, ofOperand!.text, factor!.text]
  const terms = [...(isStill(total) ? [] : [total]), ...(isStill(moved) ? [] : [`$.along(${partial}, ${moved})`])]
  const byPartial = isStill(moved) ? NO_FLOW : moved
  const byTangents = [isStill(total) ? NO_FLOW : '1', NO_FLOW, isStill(moved) ? NO_FLOW : `$.along(${partial}, 1)`]
  return {
    value: terms.join(' + ') || NO_FLOW,
    partials: [NO_FLOW, byPartial, NO_FLOW, NO_FLOW, ...byTangents],
    passes: 'reached',
  }
}

/** A tangent that is never there; a negative literal stands in parentheses. */
const isStill = (tangent: string) => tangent === NO_FLOW || tangent === `(${NO_FLOW})`

function resultTexts(y: string, tangent: string): OperationTexts {
  const spoiled = `$.term(${y} === ${y} ? -0 : NaN, ${tangent})`
  return { value: `${tangent} + ${spoiled}`, partials: [spoiled, NO_FLOW, '1'], passes: 'reached' }
}

/** NaN at a jump, of the step itself or of what it is of. */
const jumpText = (rule: string, x: OperandText, jumped: string, y: string) =>
  `${y} === ${y} && !${jumped} ? ${secondText(rule, [x], y, 0, 0)} : NaN`

/** What has no derivative behind a jump has none by what moves it. */
function jumpingTexts(rule: string, [x, jumped]: readonly OperandText[], y: string): OperationTexts {
  const { value } = rowTexts(rule, [x!], y)
  return { value, partials: [`$.jump(${jumpText(rule, x!, jumped!.text, y)}, 1)`, NO_FLOW], passes: 'reached' }
}

function jumpingTangentTexts(rule: string, [x, y, tangent, jumped]: readonly OperandText[]): OperationTexts {
  const second = jumpText(rule, x!, jumped!.text, y!.text)
  const partial = `$.term(${second}, ${tangent!.text})`
  return {
    value: `$.jump(${second}, ${tangent!.text})`,
    partials: [partial, NO_FLOW, NO_FLOW, NO_FLOW],
    passes: 'reached',
  }
}

/** A second partial of a row by operands i and j. */
function secondText(rule: string, operands: readonly OperandText[], y: string, i: number, j: number): string {
  if (rule.startsWith(SHARED)) {
    const [before, x, count, all] = operands.map(({ text }) => text)
    if (i > 1 || j > 1) return NO_FLOW
    return `${all} !== ${all} || (${before} === ${y} && ${x} === ${y} && ${count} > 0) ? NaN : ${NO_FLOW}`
  }
  const { partials, seconds } = quotedRules[rule]!
  const [a, b] = operands
  if (operands.length > partials.length) {
    const [p, q] = [operands[i]!.text, operands[j]!.text]
    if (rule === 'hypot')
      return `${y} === 0 ? NaN : ${i === j ? `1 / ${y} ` : ''}- ${p} / ${y} * (${q} / ${y}) / ${y} + 0`
    const ties = tiesOf(
      operands.map(each => each.text),
      y,
    )
    return `${p} === ${y} && ${q} === ${y} && ${ties} > 1 ? NaN : -0`
  }
  if (rule === 'pow' && i + j === 0 && isWhole(b!)) return ofPowerTwice(a!.text, Number(b!.text), y)
  return rowFilledIn(seconds[i + j]!, operands, y)
}

/** The same, folded, of a ** n. */
function ofPowerTwice(a: string, n: number, y: string): string {
  if (n === 0) return `${a} === 0 ? -0 : 0 / ${a} / ${a} * ${y} + 0`
  if (n === 1) return `${a} === 0 ? -0 : 0 / ${a} + 0`
  if (n === 2) return '2'
  return n === 3 ? `6 * ${a} + 0` : `${n * (n - 1)} * ${a} ** ${n - 2} + 0`
}
