// The text of docs/special.md: what each special function is, its derivative, its points and its accuracy.

import { hasSpecialValue, kinksOf, operandNames, partialText, shown, valueText } from './quote.mjs'

const code = text => `\`${text.replaceAll('|', '\\|')}\``
const cell = text => text.replaceAll('|', '\\|')
const number = x => (Object.is(x, -0) ? '-0' : String(x))

function line([name, rule]) {
  const names = operandNames(rule)
  const partials = rule.partials.map((_, i) => code(shown(partialText(rule, i))))
  const derivative = rule.arity === 1 ? partials[0] : partials.map((each, i) => `∂${names[i]}: ${each}`).join('<br>')
  const value = hasSpecialValue(rule) ? '' : ` ${code(shown(valueText(rule)))}`
  const kinks = kinksOf(rule).map(code).join(', ')
  return `| ${code(`${name}(${names.join(', ')})`)} | ${cell(rule.meaning)}${value} | ${derivative} | ${kinks} | ${rule.domain ? code(rule.domain) : 'all'} |`
}

function pinLines(name, pins) {
  return pins.map(
    ([operands, value, partials, source]) =>
      `| ${code(`${name}(${operands.map(number).join(', ')})`)} | ${number(value)} | ${partials.map(number).join(', ')} | ${source} |`,
  )
}

/** docs/special.md */
export function specialPage(specialRules, pins, accuracy) {
  const rows = Object.entries(specialRules)
  const shownRows = rows.filter(([, { internal }]) => !internal)
  const internal = rows.filter(([, each]) => each.internal)
  return `# Special functions

Generated from \`special-rules.ts\` and \`special-pins.ts\` in \`runtime/rules/\` by \`scripts/generate.mjs\`: change them instead.

The entry \`tsgrad/special\` has functions that \`Math\` lacks. They take numbers and tracked numbers, as \`exp\` of \`tsgrad\` does: of plain
numbers the result is plain. Each is one operation with derivatives of every order.

\`\`\`ts
import { type NumberWithGrad, valueAndGrad } from 'tsgrad'
import { normalDistribution } from 'tsgrad/special'

/** The price of a call that pays the excess over 1, by its volatility. */
const price = (v: NumberWithGrad) => normalDistribution(v / 2) - normalDistribution(-v / 2)
console.log(valueAndGrad(price)(0.2)) // [ 0.07965567455405814, 0.3969525474770118 ]
\`\`\`

A program pays for the functions that it uses: \`erf\` adds 1.2 kB to the class, all of them 6.7 kB, minified and gzipped.

| you write | what it is | derivative | kinks | domain |
|---|---|---|---|---|
${shownRows.map(line).join('\n')}

Outside of its domain a function is NaN. In a derivative, \`y\` is the value. \`clamp(x, low, high)\` is \`min(max(x, low), high)\`, and
\`smoothstep(x, from, to)\` rises from 0 to 1 as 3t² - 2t³. Their order of arguments begins with \`x\`, other than in GLSL. Derivatives that would lose
their digits by cancellation are made of these functions, exported on plain numbers only, for compiled gradients:

| function | what it is | derivative | kinks | domain |
|---|---|---|---|---|
${internal.map(line).join('\n')}

Functions on plain numbers whose gradient is [compiled](compiled-gradients.md) can call all of them.

## Accuracy

The largest errors of values in units of the last place, at random points, beside mpmath at 60 digits. First and second derivatives are held to
16 and 64 units by tests at some twelve points of each function, to more where the table below or \`test/special.test.ts\` says so.

| function | range | units | |
|---|---|---|---|
${accuracy.map(([name, range, units, note]) => `| \`${name}\` | ${range} | ${units} | ${note} |`).join('\n')}

## Points where a value or a derivative is a convention, or easily lost

| at | value | derivative | source |
|---|---|---|---|
${rows.flatMap(([name]) => pinLines(name, pins[name] ?? [])).join('\n')}
`
}
