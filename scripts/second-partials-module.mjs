// runtime/generated/core/second-partials.ts: the derivatives of the rules' partials, derived from the rows by the chain rule.

import ts from 'typescript'
import { operandsOf, rowOf } from './partials-module.mjs'
import {
  filled,
  importOfSpecial,
  isKink,
  operandNames,
  parsed,
  partialText,
  partialWithKinks,
  unparenthesized,
  variablesIn,
} from './quote.mjs'

/** The text of a derivative that is 0 everywhere. */
const NOTHING = '0'

const OPERATIONS = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '===': (a, b) => a === b,
  '<': (a, b) => a < b,
}

/** What an expression of literals alone is; `undefined` of any other. */
function constantOf(node) {
  if (ts.isParenthesizedExpression(node)) return constantOf(node.expression)
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) return Number(node.getText())
  if (!ts.isBinaryExpression(node)) return undefined
  const [a, b] = [constantOf(node.left), constantOf(node.right)]
  if (node.operatorToken.getText() === '||') return a || b
  if (node.operatorToken.getText() === '&&') return a === false || b === false ? false : undefined
  const operation = OPERATIONS[node.operatorToken.getText()]
  return operation && a !== undefined && b !== undefined ? operation(a, b) : undefined
}

/** An expression without conditions and powers that are known: `2 === 0 ? x : y ** (2 - 1)` is `y`. */
function simplified(text) {
  const node = parsed(text)
  if (ts.isConditionalExpression(node)) {
    const condition = constantOf(node.condition)
    const [yes, no] = [node.whenTrue, node.whenFalse].map(each => simplified(each.getText()))
    if (condition !== undefined) return condition ? yes : no
    return yes === no ? yes : filled('c ? p : q', { c: node.condition.getText(), p: yes, q: no })
  }
  if (!ts.isBinaryExpression(node)) return node.getText()
  const [a, b] = [node.left, node.right].map(each => simplified(each.getText()))
  const operator = node.operatorToken.getText()
  if (operator === '**' && constantOf(parsed(b)) === 1) return a
  return filled(`a ${operator} b`, { a, b })
}

function product(p, q) {
  if (p === NOTHING || q === NOTHING) return NOTHING
  if (p === '1') return q
  if (q === '1') return p
  if (p === '-1') return filled('-q', { q })
  return q === '-1' ? filled('-p', { p }) : filled('p * q', { p, q })
}

function sum(p, q) {
  if (p === NOTHING) return q
  return q === NOTHING ? p : filled('p + q', { p, q })
}

/**
 * The text of the derivative of an expression.
 *
 * @param derivatives those of the variables by name.
 */
function derived(node, derivatives, rules) {
  if (ts.isIdentifier(node)) return derivatives[node.text] ?? NOTHING
  if (!variablesIn(node).some(({ text }) => Object.hasOwn(derivatives, text))) return NOTHING
  const within = inner => derived(unparenthesized(inner), derivatives, rules)
  if (ts.isParenthesizedExpression(node)) return within(node)
  if (ts.isConditionalExpression(node)) {
    const [p, q] = [within(node.whenTrue), within(node.whenFalse)]
    return p === q ? p : filled('c ? p : q', { c: node.condition.getText(), p, q })
  }
  if (isKink(node)) return derivedKink(node, derivatives)
  const row = rowOf(node, rules)
  if (row === undefined) throw new Error(`no row of the table computes \`${node.getText()}\``)
  const operands = operandsOf(node).map(unparenthesized)
  const texts = operands.map(each => each.getText())
  const terms = operands.map((operand, i) => {
    const names = operandNames(rules[row])
    const given = Object.fromEntries(texts.map((text, k) => [names[k], text]))
    const partial = filled(partialText(rules[row], i), { ...given, y: node.getText() })
    return product(simplified(partial), within(operand))
  })
  return terms.reduce(sum)
}

/** A convention has no derivative, or its first ones by the first operand are 0, as are all by the others; see rule.ts. */
function derivedKink(node, derivatives) {
  const [, zeros, first, ...others] = node.arguments.map(each => each.getText())
  if (derivatives[first] === '1') return simplified(filled('zeros < 1 ? NaN : 0', { zeros }))
  return others.some(each => derivatives[each] === '1') ? simplified(filled('zeros < 0 ? NaN : 0', { zeros })) : NOTHING
}

/** The derivative of a row's partial by an operand. */
function secondText(rule, index, name, rules) {
  const derivatives = Object.fromEntries(operandNames(rule).map(each => [each, each === name ? '1' : NOTHING]))
  derivatives.y = partialText(rule, operandNames(rule).indexOf(name))
  return derived(parsed(partialWithKinks(rule, index)), derivatives, rules)
}

/** The pairs of a partial and an operand: by the first twice, by both, by the second twice. */
const PAIRS = {
  1: [[0, 'x']],
  2: [
    [0, 'a'],
    [0, 'b'],
    [1, 'b'],
  ],
} // prettier-ignore

/** The texts of a row's second partials; -0 where there is none. */
export function secondTexts(rule, rules) {
  return PAIRS[rule.arity].map(([index, name]) => secondText(rule, index, name, rules))
}

/** The text with -0, which stands for nothing, where it is 0 everywhere, and with no -0 elsewhere. */
export function orNothing(text) {
  const node = parsed(text)
  if (node.getText() === NOTHING) return '-0'
  if (!ts.isConditionalExpression(node)) return text === 'NaN' ? text : filled('s + 0', { s: text })
  const [p, q] = [node.whenTrue, node.whenFalse].map(each => orNothing(each.getText()))
  return filled('c ? p : q', { c: node.condition.getText(), p, q })
}

function caseOf([name, rule, opcode], rules) {
  const texts = secondTexts(rule, rules)
  if (texts.every(text => text === NOTHING)) return ''
  const writes = texts.map((text, i) => `into[${i}] = ${orNothing(text)}`)
  return `
    case ${opcode}: // ${name}
      ${writes.join('\n')}
      return true`
}

/** runtime/generated/core/second-partials.ts */
export function secondPartialsModule(rules) {
  const cases = Object.entries(rules)
    .map(([name, rule], index) => [name, rule, index + 1])
    .map(row => [row[1].arity, caseOf(row, rules)])
  const casesOf = arity =>
    cases
      .filter(each => each[0] === arity)
      .map(each => each[1])
      .join('')
  return `/**
 * The second partial derivatives of the table's operations: what forward over reverse multiplies by.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
${importOfSpecial(casesOf(1) + casesOf(2))}
/**
 * Writes the derivative of the partial by the only operand. A place gets -0, which stands for nothing, where a partial does not
 * depend on an operand.
 *
 * @returns whether there is any.
 */
export function secondPartial(opcode: number, x: number, y: number, into: Float64Array): boolean {
  switch (opcode) {${casesOf(1)}
    default:
      return false
  }
}

/** The same for two operands: by the first twice, by both, by the second twice. */
export function secondPartials(opcode: number, a: number, b: number, y: number, into: Float64Array): boolean {
  switch (opcode) {${casesOf(2)}
    default:
      return false
  }
}
`
}
