// The source text of a row's functions as expressions, by TypeScript's parser: what a row's operation is in generated code.

import ts from 'typescript'
import { load } from './load.mjs'

const { LEAST_SIGNED, leastAt, strengthOfNode } = await load('command/adoption/precedence.ts')
const syntax = await load('transformer/syntax/syntax.ts')
const { walk } = await load('transformer/syntax/walk.ts')

/** Names that quoted expressions may use beside their parameters: globals, the module of special functions, kinks. */
const KNOWN = new Set(['Math', 'NaN', 'special', 'kink'])

/** The expression inside any parentheses. */
export const unparenthesized = node => syntax.unparenthesized(ts, node)

/** The syntax tree of an expression. */
export function parsed(text) {
  const file = ts.createSourceFile('expression.ts', `(${text})`, ts.ScriptTarget.Latest, true)
  const [statement, ...others] = file.statements
  if (file.parseDiagnostics.length > 0 || others.length > 0) throw new Error(`not an expression: ${text}`)
  return unparenthesized(statement.expression)
}

/** The variables that an expression reads, not the names of properties. */
export function variablesIn(node) {
  const isProperty = name => ts.isPropertyAccessExpression(name.parent) && name.parent.name === name
  const found = []
  walk(ts, node, each => {
    if (ts.isIdentifier(each) && !isProperty(each)) found.push(each)
  })
  return found
}

/** The parameters' names and the expression of an arrow. */
function arrowOf(arrow) {
  const node = parsed(String(arrow))
  if (!ts.isArrowFunction(node) || ts.isBlock(node.body))
    throw new Error(`neither an arrow with an expression nor a named function: ${arrow}`)
  const names = node.parameters.map(({ name }) => name.getText())
  const body = unparenthesized(node.body)
  const unknown = variablesIn(body).find(({ text }) => !names.includes(text) && !KNOWN.has(text))
  if (unknown)
    throw new Error(`\`${unknown.text}\` is neither a parameter nor one of ${[...KNOWN].join(', ')}: ${arrow}`)
  return { names, body }
}

/** Which of its parameters, by place, an arrow's expression reads for its value. */
export function parametersUsed(arrow) {
  const { names, body } = arrowOf(arrow)
  const used = new Set(variablesIn(parsed(withoutKinks(body))).map(({ text }) => text))
  return new Set([...names.keys()].filter(place => used.has(names[place])))
}

/** The expression of an arrow with these texts in place of its parameters. */
export function quoted(arrow, operands) {
  const { names, body } = arrowOf(arrow)
  return substituted(body, node => operands[names.indexOf(node.text)])
}

/** A template's text with other expressions in place of some variables: `filled('a * b', { b: '1 + x' })` is `a * (1 + x)`. */
export function filled(template, replacements) {
  return substituted(parsed(template), ({ text }) =>
    Object.hasOwn(replacements, text) ? replacements[text] : undefined,
  )
}

/** The text of an expression with others in place of its variables, where there are others. */
function substituted(expression, replacementOf) {
  const { text } = expression.getSourceFile()
  let result = ''
  let at = expression.getStart()
  for (const node of variablesIn(expression)) {
    const replacement = replacementOf(node)
    if (replacement === undefined) continue
    result += text.slice(at, node.getStart()) + inPlaceOf(node, replacement)
    at = node.end
  }
  return result + text.slice(at, expression.end)
}

/** An expression as it is written in place of a node: in parentheses where it binds less tightly than the place wants. */
function inPlaceOf(node, text) {
  const replacement = parsed(text)
  // two signs would run together
  const twoSigns = ts.isPrefixUnaryExpression(node.parent) && ts.isPrefixUnaryExpression(replacement)
  const least = twoSigns ? LEAST_SIGNED + 1 : leastAt(ts, node)
  return strengthOfNode(ts, replacement) < least ? `(${replacement.getText()})` : replacement.getText()
}

/** The key under `Math`, if the row has one. */
export function mathKeyOf(rule) {
  return rule.keys.find(key => key.startsWith('Math.'))
}

/** Whether there is an exported function of the row's name: for every row but those of operators only. */
export function hasFunction(rule) {
  return rule.keys.length === 0 || mathKeyOf(rule) !== undefined
}

/** What the user types for a row, one text for each key; the function's call where there is no key. */
export function typedTexts(name, rule, operands) {
  return rule.keys.length === 0 ? [`${name}(${operands.join(', ')})`] : rule.keys.map(key => written(key, operands))
}

/** What operands are called in generated code. */
export function operandNames(rule) {
  return rule.arity === 1 ? ['x'] : ['a', 'b']
}

const isNative = f => f.name in Math && f === Math[f.name]

/** The name of a value that is no arrow: a function of `Math`, or one of runtime/rules/special.ts. */
export function functionName({ value }) {
  if (isNative(value)) return `Math.${value.name}`
  return /^function\b/.test(String(value)) ? `special.${value.name}` : undefined
}

/** Whether a row's value is a function of runtime/rules/special.ts. */
export function hasSpecialValue(rule) {
  return functionName(rule)?.startsWith('special.') ?? false
}

/** The value as an expression over the given texts of its operands. */
export function valueText(rule, operands = operandNames(rule)) {
  const name = functionName(rule)
  return name ? `${name}(${operands.join(', ')})` : quoted(rule.value, operands)
}

/** The import that the text of a generated module needs for the special functions that it names. */
export function importOfSpecial(text) {
  return text.includes('special.') ? "import * as special from '../../rules/special.ts'\n" : ''
}

/** A partial as an expression over the names of the operands and `y`, with its kinks. */
export function partialWithKinks(rule, index) {
  return quoted(rule.partials[index], [...operandNames(rule), 'y'])
}

/** The value of a partial as an expression over the names of the operands and `y`. */
export function partialText(rule, index) {
  return withoutKinks(parsed(partialWithKinks(rule, index)))
}

/** Whether a node is a kink of a row: a value, how many of its derivatives are 0, and the operands by which it then has none. */
export const isKink = node => ts.isCallExpression(node) && node.expression.getText() === 'kink'

/** The value of an expression: that of its kinks in their places, without conditions that then decide nothing. */
function withoutKinks(node) {
  if (ts.isParenthesizedExpression(node)) return withoutKinks(node.expression)
  if (isKink(node)) return node.arguments[0].getText()
  if (!ts.isConditionalExpression(node)) return node.getText()
  const [then, otherwise] = [withoutKinks(node.whenTrue), withoutKinks(node.whenFalse)]
  return then === otherwise ? then : `${node.condition.getText()} ? ${then} : ${otherwise}`
}

/** Where the partials of a row have kinks: their conditions. */
export function kinksOf(rule) {
  const conditions = rule.partials.flatMap((_, index) => kinkConditions(parsed(partialWithKinks(rule, index)), []))
  return [...new Set(conditions)]
}

function kinkConditions(node, above) {
  if (ts.isParenthesizedExpression(node)) return kinkConditions(node.expression, above)
  if (isKink(node)) return [above.join(' && ')]
  if (!ts.isConditionalExpression(node)) return []
  const condition = node.condition.getText()
  return [
    ...kinkConditions(node.whenTrue, [...above, condition]),
    ...kinkConditions(node.whenFalse, [...above, `!(${condition})`]),
  ]
}

/** An expression as users read it: special functions by their own names. */
export function shown(text) {
  return text.replaceAll('special.', '')
}

/** What the user types for a key with these operands. */
export function written(key, operands) {
  if (key.startsWith('Math.')) return `${key}(${operands.join(', ')})`
  if (key.startsWith('unary ')) return key.slice('unary '.length) + operands[0]
  return operands.join(` ${key} `)
}

/** A value that the example line of a docstring shows. */
export function exampleOf(name, rule) {
  const operands = rule.samples[0]
  return `@example ${name}(${operands.join(', ')}) // ${rule.value(...operands)}`
}
