// The text of the special functions, from their table: each a function on numbers and tracked numbers, and its rule.

import { tracked, VALUES } from './partials-module.mjs'
import {
  exampleOf,
  functionName,
  hasSpecialValue,
  operandNames,
  parsed,
  partialText,
  partialWithKinks,
  shown,
  valueText,
} from './quote.mjs'
import { NOTE } from './runtime-modules.mjs'
import { secondTexts } from './second-partials-module.mjs'

/** The arithmetic that partials on tracked numbers are made of: its text on plain numbers. */
const ARITHMETIC = { add: '+', sub: '-', mul: '*', div: '/' }

const constantName = name => `${name.replaceAll(/[A-Z0-9]+/g, '_$&').toUpperCase()}_RULE`
const annotation = rule =>
  hasSpecialValue(rule) ? functionName(rule) : `(${operandNames(rule)}) => ${valueText(rule)}`

/** The parameters of an arrow: without those behind the last that its text reads, and with a mark at others that it does not. */
function parametersOf(parameters, text) {
  const isRead = name => new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text)
  const count = parameters.findLastIndex(isRead) + 1
  return `(${parameters
    .slice(0, count)
    .map(name => (isRead(name) ? name : `_${name}`))
    .join(', ')})`
}

const plainArrow = (parameters, text) => `${parametersOf(parameters, text)} => ${text}`

/** An arrow over operands and `y` that takes the values of those whose conditions it asks. */
function arrow(parameters, text) {
  const values = parameters.filter(each => text.includes(VALUES[each]))
  const constants = values.map(each => `const ${VALUES[each]} = operandValue(${each})\n`).join('')
  const body = constants ? `{ ${constants} return ${text} }` : text
  return `${parametersOf(parameters, body)} => ${body}`
}

/** The partials of a row as an object's text. */
function partialsOf(rule, rules, called) {
  const parameters = [...operandNames(rule), 'y']
  const onTracked = rule.partials.map((_, i) => tracked(parsed(partialWithKinks(rule, i)), rules, called))
  const seconds = secondTexts(rule, rules)
  if (rule.arity === 1) {
    const flowing = rule.selects
      ? onTracked[0].replace(/kinked\(0,/, 'kinked(null,').replace(/: 0$/, ': null')
      : onTracked[0]
    return `{
      partial: ${plainArrow(parameters, partialText(rule, 0))},
      second: ${plainArrow(parameters, seconds[0])},
      tracked: ${arrow(parameters, flowing)},${rule.selects ? '\nselects: true,' : ''}
    }`
  }
  const plain = rule.partials.map((_, i) => partialText(rule, i))
  return `{
    partials: ${plainArrow(parameters, `[${plain.join(', ')}]`)},
    seconds: ${plainArrow(parameters, `[${seconds.join(', ')}]`)},
    tracked: ${arrow(parameters, `[${onTracked.join(', ')}]`)},
  }`
}

function docOf(name, rule) {
  const value = hasSpecialValue(rule) ? '' : `Value \`${shown(valueText(rule))}\`; `
  const domain = rule.domain ? `; NaN but for ${rule.domain}` : ''
  const derivative = `derivative${rule.arity === 1 ? ` \`${shown(partialText(rule, 0))}\`` : 's: docs/special.md'}`
  return `
/**
 * ${rule.internal ? '@internal ' : ''}${rule.meaning}
 *
 * ${value}${value ? derivative : derivative.replace('d', 'D')}${domain}.
 * @throws TypeError for what is neither a number nor tracked.
${rule.internal ? '' : ` * ${exampleOf(name, rule)}\n`} */`
}

function unaryFunction(name, rule) {
  return `${docOf(name, rule)}
export function ${name}(x: number): number
export function ${name}(x: NumberWithGrad): NumberWithGrad
export function ${name}(x: Numeric): Numeric
export function ${name}(x: Numeric): Numeric {
  return typeof x === 'number' ? ${valueText(rule)} : operated(${constantName(name)}, [x])
}`
}

function binaryFunction(name, rule) {
  return `${docOf(name, rule)}
export function ${name}(a: number, b: number): number
export function ${name}(a: NumberWithGrad, b: Numeric): NumberWithGrad
export function ${name}(a: Numeric, b: NumberWithGrad): NumberWithGrad
export function ${name}(a: Numeric, b: Numeric): Numeric
export function ${name}(a: Numeric, b: Numeric): Numeric {
  return typeof a === 'number' && typeof b === 'number' ? ${valueText(rule)} : operated(${constantName(name)}, [a, b])
}`
}

function rowText([name, rule], rules, called) {
  const kind = rule.arity === 1 ? 'unary' : 'binary'
  return `${rule.arity === 1 ? unaryFunction(name, rule) : binaryFunction(name, rule)}
const ${constantName(name)} = /* @__PURE__ */ ${kind}Rule('${name}', ${annotation(rule)}, ${partialsOf(rule, rules, called)})
`
}

function arithmeticText(name) {
  const operator = ARITHMETIC[name]
  return `function ${name}(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number') return a.${name}(b)
  return typeof b === 'number' ? a ${operator} b : b.r${name}(a)
}`
}

/** runtime/generated/surface/special-functions.ts */
export function specialModule(rules, specialRules) {
  const called = new Set()
  const all = { ...rules, ...specialRules }
  const rows = Object.entries(specialRules).map(row => rowText(row, all, called))
  const own = [...called].filter(name => name in ARITHMETIC).sort()
  const surface = [...called].filter(name => !(name in ARITHMETIC) && name !== 'neg' && !(name in specialRules)).sort()
  const negation = called.has('neg')
    ? "\nfunction neg(x: Numeric): Numeric {\n  return typeof x === 'number' ? -x : x.neg()\n}\n"
    : ''
  return `/**
 * Special functions on numbers and tracked numbers: a number for numbers, tracked where an operand is.
 * ${NOTE.replace('rules.ts', 'special-rules.ts')}
 */
import { kinked } from '../../engine/kinked.ts'
import { operandValue } from '../../engine/node.ts'
import type { NumberWithGrad, Numeric } from '../../number/number-with-grad.ts'
import { binaryRule, operated, unaryRule } from '../../number/operation-rule.ts'
import * as special from '../../rules/special.ts'
import { ${surface.join(', ')} } from './functions.ts'

${own.map(arithmeticText).join('\n\n')}
${negation}
${rows.join('\n')}`
}

/** runtime/special.ts */
export function specialEntry(specialRules) {
  const names = isInternal =>
    Object.keys(specialRules).filter(name => (specialRules[name].internal === true) === isInternal)
  return `/**
 * The entry \`tsgrad/special\`: special functions on numbers and tracked numbers.
 * ${NOTE.replace('rules.ts', 'special-rules.ts')}
 */
export { ${names(false).sort().join(', ')} } from './generated/surface/special-functions.ts'
// on plain numbers only: what compiled derivatives of the others call
export { ${names(true).sort().join(', ')} } from './rules/special.ts'
export { clamp, smoothstep } from './special/steps.ts'
`
}
