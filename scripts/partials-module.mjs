// runtime/generated/core/partials.ts: the rules' partials on numbers and tracked numbers alike, each operation a call of a row's function.

import ts from 'typescript'
import {
  filled,
  functionName,
  importOfSpecial,
  isKink,
  kinksOf,
  operandNames,
  parsed,
  partialText,
  partialWithKinks,
  unparenthesized,
  valueText,
  variablesIn,
} from './quote.mjs'

const PARAMETERS = ['x', 'a', 'b', 'y']
/** Conditions are on values, as `===` would compare objects. */
export const VALUES = Object.fromEntries(PARAMETERS.map(name => [name, `${name}Value`]))

/** Rows whose functions sweeps and rules of any number of operands call too. */
const SHARED = ['add', 'div', 'mul']

/** The name of the row that a node's operator or called function is; `undefined` for other syntax. */
export function rowOf(node, rules) {
  const names = Object.keys(rules)
  const ofKey = key => names.find(name => rules[name].keys.includes(key))
  if (ts.isBinaryExpression(node)) return ofKey(node.operatorToken.getText())
  if (ts.isPrefixUnaryExpression(node)) return ofKey(`unary ${ts.tokenToString(node.operator)}`)
  if (!ts.isCallExpression(node)) return undefined
  const callee = node.expression.getText()
  return ofKey(callee) ?? names.find(name => functionName(rules[name]) === callee)
}

export function operandsOf(node) {
  if (ts.isBinaryExpression(node)) return [node.left, node.right]
  return ts.isPrefixUnaryExpression(node) ? [node.operand] : node.arguments
}

/** An expression of numbers as one of numbers and tracked numbers. Adds the rows that it calls to `called`. */
export function tracked(node, rules, called) {
  const within = inner => tracked(inner, rules, called)
  if (ts.isIdentifier(node) || !variablesIn(node).some(({ text }) => PARAMETERS.includes(text))) return node.getText()
  if (ts.isParenthesizedExpression(node)) return `(${within(node.expression)})`
  if (ts.isConditionalExpression(node))
    return `${filled(node.condition.getText(), VALUES)} ? ${within(node.whenTrue)} : ${within(node.whenFalse)}`
  if (isKink(node)) return kinkText(node)
  const row = rowOf(node, rules)
  if (row === undefined) throw new Error(`no row of the table computes \`${node.getText()}\``)
  const operands = operandsOf(node)
  if (operands.length !== rules[row].arity)
    throw new Error(`${row} takes ${rules[row].arity} operands, not those of \`${node.getText()}\``)
  called.add(row)
  return `${row}(${operands.map(each => within(unparenthesized(each))).join(', ')})`
}

/** A kink on tracked numbers; `x`, `a` and `b` are operands, and only these have derivatives. */
function kinkText(node) {
  const [value, zeros, ...operands] = node.arguments.map(each => each.getText())
  return `kinked(${filled(value, VALUES)}, ${filled(zeros, VALUES)}, ${operands.join(', ')})`
}

function partialCase(rule, opcode, name, index, trackedText) {
  const text = partialWithKinks(rule, index)
  if (text === '0') return ''
  const value = trackedText(text)
  const nothing =
    partialText(rule, index) === '0' ? value.replace(/kinked\(0,/, 'kinked(null,').replace(/: 0$/, ': null') : value
  return `
    case ${opcode}: // ${name}
      return ${rule.selects ? `selected(${value})` : nothing}`
}

/** One function of partials: a case for each row of `rows`. */
function partialFunction(rows, index, name, trackedText) {
  const parameters = [...operandNames(rows[0][1]), 'y']
  const cases = rows.map(([row, rule, opcode]) => partialCase(rule, opcode, row, index, trackedText)).join('')
  const values = parameters.filter(each => cases.includes(VALUES[each]))
  return `
function ${name}(opcode: number, ${parameters.map(each => `${each}: NodeOrNumber`).join(', ')}): NodeOrNumber | null {${values
    .map(each => `\n  const ${VALUES[each]} = operandValue(${each})`)
    .join('')}
  switch (opcode) {${cases}
    default:
      return null
  }
}
`
}

/** The rule of any number of operands for a row whose partial by each operand is that by `a`; its kinks are by all of them. */
function symmetricRule(name, rule, rules) {
  const onTracked = tracked(parsed(partialWithKinks(rule, 0)), rules, new Set()).replaceAll('a, b)', '...xs)')
  return `{
    name: '${name}',
    value: xs => ${functionName(rule)}(...xs),
    partials: (xs, y) => xs.map(a => ${partialText(rule, 0)}),
    trackedPartials(operands, result) {
      const xs = operands as readonly NodeOrNumber[]
      const y = result as NodeOrNumber
      const yValue = operandValue(y)
      return xs.map(a => ${onTracked})
    },
    // the derivative of a / y along a direction; a kink has none
    partialTangents: (xs, tangents, y, ofValue) =>
      xs.map((a, i) => (${kinksOf(rule).join(' || ')} ? NaN : (tangents[i]! - (a / y) * ofValue) / y)),
  }`
}

/** runtime/generated/core/variadic.ts */
export function variadicModule(rules) {
  const rows = Object.entries(rules).filter(([, rule]) => rule.alone)
  const entries = rows.map(([name, rule]) =>
    rule.selects
      ? `${name}: selecting('${name}', ${functionName(rule)})`
      : `${name}: ${symmetricRule(name, rule, rules)}`,
  )
  return `/**
 * The rows that take any number of operands, for more than two of them: one node, whose derivatives of all orders are those of the row.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { kinked } from '../../engine/kinked.ts'
import { isReached, type NodeOrNumber, operandValue, type ValuedRule } from '../../engine/node.ts'
import { div } from './partials.ts'

/** The value is one of the operands; a tie is shared by all that are equal, and nothing flows to the others. */
function selecting(name: string, value: (...xs: number[]) => number): ValuedRule {
  const shares = (xs: readonly number[], y: number) => {
    const share = 1 / xs.filter(x => x === y).length
    return xs.map(x => (x === y ? share : null))
  }
  return {
    name,
    value: xs => value(...xs),
    partials: shares,
    trackedPartials(operands, y) {
      const xs = operands as readonly NodeOrNumber[]
      const selected = shares(xs.map(operandValue), operandValue(y as NodeOrNumber))
      const tied = xs.filter((_, i) => selected[i] !== null)
      return selected.map(share => (share === null || share === 1 ? share : kinked(share, -1, ...tied)))
    },
    // shares do not change, but at a tie of which one moves
    partialTangents(xs, tangents, y) {
      const tied = xs.flatMap((x, i) => (x === y ? tangents[i]! : []))
      const isKink = tied.length > 1 && tied.some(isReached)
      return xs.map(x => (isKink && x === y ? NaN : 0))
    },
  }
}

/** By the name of the row. */
export const variadic = {
  ${entries.join(',\n  ')},
} satisfies Record<string, ValuedRule>
`
}

/** A function of numbers and tracked numbers, by the value and the method of a row. */
function helper(name, rule) {
  const value = functionName(rule) ?? `(${operandNames(rule).join(', ')}) => ${valueText(rule)}`
  return `${SHARED.includes(name) ? 'export ' : ''}const ${name} = ${rule.arity === 1 ? 'unary' : 'binary'}('${name}', ${value})`
}

/** runtime/generated/core/partials.ts */
export function partialsModule(rules) {
  const rows = Object.entries(rules).map(([name, rule], index) => [name, rule, index + 1])
  const [unary, binary] = [1, 2].map(arity => rows.filter(([, rule]) => rule.arity === arity))
  const called = new Set(SHARED)
  const trackedText = text => tracked(parsed(text), rules, called)
  const functions = [
    partialFunction(unary, 0, 'unaryPartial', trackedText),
    partialFunction(binary, 0, 'leftPartial', trackedText),
    partialFunction(binary, 1, 'rightPartial', trackedText),
  ].join('')
  const helpers = [...called]
    .sort()
    .map(name => helper(name, rules[name]))
    .join('\n')
  return `/**
 * The partial derivatives on numbers and tracked numbers alike: what derivatives of derivatives and forward mode are made of.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { kinked } from '../../engine/kinked.ts'
import { type NodeOrNumber, operandValue } from '../../engine/node.ts'
${importOfSpecial(helpers + functions)}
type Unary = (x: NodeOrNumber) => NodeOrNumber
type Binary = (a: NodeOrNumber, b: NodeOrNumber) => NodeOrNumber

/** A node by its methods: the engine does not know its class. */
type Methods = Record<string, (other?: NodeOrNumber) => NodeOrNumber>

function unary(method: string, f: (x: number) => number): Unary {
  return x => (typeof x === 'number' ? f(x) : (x as unknown as Methods)[method]!())
}

function binary(method: string, f: (a: number, b: number) => number): Binary {
  const reflected = \`r\${method}\`
  return (a, b) => {
    if (typeof a !== 'number') return (a as unknown as Methods)[method]!(b)
    return typeof b === 'number' ? f(a, b) : (b as unknown as Methods)[reflected]!(a)
  }
}

${helpers}

/**
 * The partial derivative of an operation of the table by its operand \`index\`; \`null\` where nothing flows, not even times
 * Infinity. \`b\` is \`null\` for an operation of one operand.
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

function selected(share: NodeOrNumber): NodeOrNumber | null {
  return share === 0 ? null : share
}
${functions}`
}
