// The text of the runtime's functions, from the rules: those of `Math` that have a row, and those of rows without a key.

import { exampleOf, hasFunction, importOfSpecial, mathKeyOf, partialText, shown, valueText, written } from './quote.mjs'
import { domainText, NOTE } from './runtime-modules.mjs'

function functionDoc(name, rule, call) {
  const derivative = rule.arity === 1 ? `derivative \`${shown(partialText(rule, 0))}\`` : 'derivatives: docs/rules.md'
  const errors = 'Other types throw a TypeError.'
  if (rule.meaning)
    return `
/**
 * ${rule.meaning} ${errors}
 * Value \`${shown(call)}\`,
 * ${derivative}.
 *
 * ${exampleOf(name, rule)}
 */`
  const meaning = `/** \`${call}\`${domainText(rule, 'x')}; ${derivative}.`
  const separator = meaning.length + errors.length <= 130 ? ' ' : '\n * '
  return `\n${meaning}${separator}${errors}\n * ${exampleOf(name, rule)} */`
}

function unaryFunction(name, rule) {
  return `${functionDoc(name, rule, valueText(rule))}
export function ${name}(x: number): number
export function ${name}(x: NumberWithGrad): NumberWithGrad
export function ${name}(x: Numeric): Numeric
export function ${name}(x: Numeric): Numeric {
  return typeof x === 'number' ? ${valueText(rule)} : requireTracked(x, '${name}').${name}()
}${rule.alias ? aliasOf(name, rule) : ''}`
}

function aliasOf(name, rule) {
  return `\n
/** Another name of \`${name}\`. ${exampleOf(rule.alias, rule)} */
export const ${rule.alias}: typeof ${name} = ${name}`
}

function binaryFunction(name, rule) {
  return `${functionDoc(name, rule, valueText(rule))}
export function ${name}(a: number, b: number): number
export function ${name}(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function ${name}(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function ${name}(a: Numeric, b: Numeric): Numeric
export function ${name}(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return requireTracked(a, '${name}').${name}(b)
  return typeof b === 'number' ? ${valueText(rule)} : requireTracked(b, '${name}').r${name}(a)
}`
}

function variadicFunction(name, rule) {
  return `${functionDoc(name, rule, written(mathKeyOf(rule), ['...xs']))}
export function ${name}(...xs: number[]): number
export function ${name}(first: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function ${name}(first: Numeric, second: NumberWithGrad, ...others: Numeric[]): NumberWithGrad
export function ${name}(...xs: Numeric[]): Numeric
export function ${name}(...xs: Numeric[]): Numeric {
  return ofAll(variadic.${name}, xs)
}`
}

function functionOf([name, rule]) {
  if (rule.arity === 1) return unaryFunction(name, rule)
  return rule.alone ? variadicFunction(name, rule) : binaryFunction(name, rule)
}

/** runtime/generated/surface/functions.ts: the functions of \`Math\` that have a rule, and those of rows without a key. */
export function functionsModule(rules) {
  const rows = Object.entries(rules).filter(([, rule]) => hasFunction(rule))
  const functions = rows.map(functionOf).join('\n')
  return `/**
 * Functions of \`Math\` and the sigmoid's family on numbers and tracked numbers: a number for numbers, tracked where an operand is.
 * ${NOTE}
 */
import type { ValuedRule } from '../../engine/node.ts'
import { dispatchMath } from '../../operators/dispatch.ts'
import { variadic } from '../core/variadic.ts'
import { type NumberWithGrad, type Numeric, requireTracked } from '../../number/number-with-grad.ts'
${importOfSpecial(functions)}
function ofAll(rule: ValuedRule, xs: readonly Numeric[]): Numeric {
  const { name } = rule
  const [tracked] = xs.filter(x => typeof x !== 'number').map(x => requireTracked(x, name))
  if (tracked !== undefined && xs.length > 2) return tracked._many(rule, xs)
  return dispatchMath(name, name, \`r\${name}\`, ...xs) as Numeric
}
${functions}
`
}
