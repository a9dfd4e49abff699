// The texts of the methods of NumberWithGrad and of the switch of the reverse sweep, from the rules. Opcodes are places in the table, counted from 1.

import { load } from './load.mjs'
import {
  filled,
  importOfSpecial,
  operandNames,
  parametersUsed,
  parsed,
  partialText,
  typedTexts,
  valueText,
  variablesIn,
  written,
} from './quote.mjs'

const { OPCODES } = await load('runtime/engine/node.ts')

export const NOTE = 'Generated from rules.ts by scripts/generate.mjs: change the rules instead.'

/** The domain of a rule in words, after its meaning. */
export const domainText = (rule, operand) => (rule.domain ? ` for ${rule.domain.replace('x', operand)}, else NaN` : '')

function methodDoc(name, rule, text) {
  const [first, second] = rule.samples[0]
  const given = `new NumberWithGrad(${text.reflected ? second : first}).${name}`
  const value = `// ${rule.value(first, second)}`
  const example =
    rule.arity === 1 ? `${given}().num ${value}` : `${given}(${text.reflected ? first : second}).num ${value}`
  return `/** ${text.meaning}${domainText(rule, 'a')}. @example ${example} */`
}

/** What the user types for a row with these operands, in code marks. */
const typed = (name, rule, operands) =>
  typedTexts(name, rule, operands)
    .map(text => `\`${text}\``)
    .join(', ')

function unaryMethod(name, rule, opcode) {
  const meaning = typed(name, rule, ['a'])
  const own = `ownNumber(this, '${name}')`
  const isReadOnce = variablesIn(parsed(valueText(rule))).filter(({ text }) => text === 'x').length === 1
  const [before, x] = isReadOnce ? ['', own] : [`const x = ${own}\n`, 'x']
  return `
  ${methodDoc(name, rule, { meaning })}
  ${name}(): Self {
    ${before}return this._record(${valueText(rule, [x])}, ${opcode}, this, null)
  }`
}

function binaryMethod(name, rule, opcode) {
  const meaning = typed(name, rule, ['a', 'other'])
  return `
  ${methodDoc(name, rule, { meaning })}
  ${name}(other: Other): Self {
    return this._record(${valueText(rule, [`ownNumber(this, '${name}')`, `numberOf(other, '${name}')`])}, ${opcode}, this, other)
  }`
}

function reflectedMethod(name, rule, opcode) {
  const meaning = typed(name, rule, ['other', 'a'])
  return `
  ${methodDoc(`r${name}`, rule, { meaning, reflected: true })}
  r${name}(other: Other): Self {
    return this._record(${valueText(rule, [`numberOf(other, 'r${name}')`, `ownNumber(this, 'r${name}')`])}, ${opcode}, other, this)
  }`
}

function variadicMethod(name, rule, opcode) {
  const meaning = `\`${written(rule.keys[0], ['a', '...others'])}\`, one node; \`${rule.alone}()\` of \`a\` alone`
  return `
  ${methodDoc(name, rule, { meaning })}
  ${name}(...others: Other[]): Self {
    if (others.length === 1) return this._${name}(others[0]!)
    return others.length === 0 ? this.${rule.alone}() : this._many(variadic.${name}, [this, ...others])
  }

  /** @internal */
  _${name}(other: Other): Self {
    return this._record(${valueText(rule, [`ownNumber(this, '${name}')`, `numberOf(other, '${name}')`])}, ${opcode}, this, other)
  }`
}

function methodsOf([name, rule], index) {
  const opcode = `${index + 1} /* ${name} */`
  if (rule.arity === 1) return unaryMethod(name, rule, opcode)
  const direct = rule.alone ? variadicMethod : binaryMethod
  return `${direct(name, rule, opcode)}\n${reflectedMethod(name, rule, opcode)}`
}

/** runtime/generated/core/operations.ts: the methods. */
export function operationsModule(rules) {
  const names = ['', ...Object.keys(rules)]
  const methods = Object.entries(rules).map(methodsOf).join('\n')
  return `/**
 * The methods of NumberWithGrad: each computes a value and records the operation.
 * ${NOTE}
 */
import { GraphNode, MANY, ManyOperands, type NodeOrNumber, type Operand, type ValuedRule } from '../../engine/node.ts'
import { variadic } from './variadic.ts'
import { admit } from '../../engine/tape.ts'
${importOfSpecial(methods)}
/** @internal The name of each opcode. */
export const operationNames: readonly string[] = '${names.join(' ')}'.split(' ')

/** @internal The value of an operand; a TypeError that names the method if it has none. */
export function numberOf(operand: NodeOrNumber, method: string): number {
  if (typeof operand === 'number') return +operand // the + tells V8 that this is a double, or it boxes the other return
  return ownNumber(operand, method)
}

/** The same for the number whose method it is. A tag below OPCODES is that of a number outside of all scopes, always alive. */
function ownNumber(node: GraphNode, method: string): number {
  if (!(node?._tag < ${OPCODES})) admit(node, \`NumberWithGrad.\${method}\`)
  return node._num
}

/**
 * Arithmetic on tracked numbers, whose class is Self. An operand is Other: a number or a NumberWithGrad; anything else throws a TypeError.
 * Derivatives and their conventions: docs/rules.md.
 */
export abstract class Operations<Self extends Operations<Self, Other>, Other extends NodeOrNumber> extends GraphNode {
  /** @internal */
  abstract override _record(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): Self
  /** \`+a\`, which is \`a\` itself. */
  abstract pos(): Self

  /** @internal One node for a rule of any number of operands. */
  _many(rule: ValuedRule, operands: readonly NodeOrNumber[]): Self {
    const numbers = operands.map(each => numberOf(each, rule.name))
    return this._record(rule.value(numbers), MANY, new ManyOperands(rule, operands), null)
  }
${methods}
}
`
}

/** The statement that adds a partial's share to an operand. */
function flow(target, text, selects) {
  if (text === '1') return `${target}._adjoint += adjoint`
  if (text === '-1') return `${target}._adjoint += 0 - adjoint`
  if (!selects) return `${target}._adjoint += ${filled('adjoint * partial + 0', { partial: text })}`
  return `{
        const partial = ${text}
        if (partial !== 0) ${target}._adjoint += adjoint * partial + 0
      }`
}

/** Declares those of the operands that some partial uses; y is there for all. */
function operandsUsed(rule, values) {
  const used = rule.partials.map(parametersUsed)
  const names = operandNames(rule).filter((_, place) => used.some(places => places.has(place)))
  return names.map(name => `\nconst ${name} = ${values[name]}`).join('')
}

function unaryCase([name, rule, opcode]) {
  return `
    // ${name}
    case ${opcode}: {${operandsUsed(rule, { x: 'left._num' })}
      ${flow('left', partialText(rule, 0))}
      break
    }`
}

function binaryCase([name, rule, opcode]) {
  return `
    // ${name}
    case ${opcode}: {${operandsUsed(rule, { a: 'operandValue(left)', b: 'operandValue(right)' })}
      ${flowIfTracked('left', partialText(rule, 0), rule.selects)}
      ${flowIfTracked('right', partialText(rule, 1), rule.selects)}
      break
    }`
}

/** The same for an operand that may be a plain number; nothing for a derivative that is 0 everywhere. */
function flowIfTracked(target, text, selects) {
  return text === '0' ? '' : `if (typeof ${target} !== 'number') ${flow(target, text, selects)}`
}

/** Whether anything flows through a row at all. */
const flows = ([, rule]) => rule.partials.some((_, index) => partialText(rule, index) !== '0')

/** runtime/generated/core/propagate.ts: the partial derivatives, as one switch. */
export function propagateModule(rules) {
  const rows = Object.entries(rules).map(([name, rule], index) => [name, rule, index + 1])
  const cases = rows.filter(flows).map(row => (row[1].arity === 1 ? unaryCase(row) : binaryCase(row)))
  return `/**
 * What a node gives its operands in the reverse sweep: its own derivative times the partial ones, quoted from the rules.
 * ${NOTE}
 */
import { GraphNode, type NodeOrNumber, operandValue } from '../../engine/node.ts'
${importOfSpecial(cases.join(''))}
/** Where the value is NaN, so is each partial derivative: a number would hide the error. */
function spoil(operand: NodeOrNumber | null): void {
  if (operand instanceof GraphNode) operand._adjoint = NaN
}

/**
 * Adds to the derivative of each tracked operand of \`node\`; a leaf has none. \`node\` must be reached. What is added is not -0, which
 * would say that nothing arrived: so \`+ 0\`, and \`0 - adjoint\` for \`-adjoint\`.
 */
export function propagate(node: GraphNode): void {
  const left = node._a as GraphNode
  const right = node._b as GraphNode
  const adjoint = node._adjoint
  const y = node._num
  if (Number.isNaN(y)) {
    spoil(left)
    spoil(right)
    return
  }
  switch (node._opcode) {${cases.join('')}
  }
}
`
}
